"""The data dictionary: what every table, view and column means, written from the comments of the models."""

import sqlalchemy as sa

from storage.models import TABLES, VIEWS, View

_HEAD = """# Data dictionary

Generated from the comments in `storage/models`; `make docs` writes it anew. The same tables, columns and types
are on SQLite and Postgres.

Ids are 63-bit hashes of natural keys. Moments end in `_at` and are in UTC; `_on` is the calendar day in Kyiv, `_day`
the same day as a number, so that days can be subtracted on both engines. Truth values are 0 or 1. Lists and maps are
JSON text. Offsets count characters (Unicode code points) of `readings.text_full`:
`substr(text_full, span_start + 1, span_end - span_start)` is the quote.
"""


def data_dictionary() -> str:
    """The whole dictionary as Markdown: views first, then tables by name."""
    views = [_view(view) for view in VIEWS]
    tables = [_table(TABLES[name]) for name in sorted(TABLES)]
    return "\n".join([_HEAD, *views, *tables])


def _view(view: View) -> str:
    rows = "\n".join(f"| `{name}` | {_plain(comment)} |" for name, comment in view.columns.items())
    return f"## `{view.name}` (view)\n\n{view.comment}\n\n| column | meaning |\n|---|---|\n{rows}\n"


def _table(table: sa.Table) -> str:
    rows = "\n".join(_column(column) for column in table.columns)
    head = "| column | type | null | key | meaning |\n|---|---|---|---|---|"
    return f"## `{table.name}`\n\n{table.comment}\n\n{head}\n{rows}\n"


def _column(column: sa.Column[object]) -> str:
    keys = ["primary"] if column.primary_key else []
    keys += sorted(f"→ `{key.target_fullname}`" for key in column.foreign_keys)
    kind = type(column.type).__name__.lower().replace("utcdatetime", "moment")
    null = "yes" if column.nullable else ""
    return f"| `{column.name}` | {kind} | {null} | {' '.join(keys)} | {_plain(str(column.comment))} |"


def _plain(comment: str) -> str:
    return comment.replace("|", "\\|")
