"""Write out the SQL that makes today's models from nothing: `python -m storage.migrations.freeze 0001`.

Only for a schema no database holds yet. Once one does, a change is a revision of its own, see `alembic.ini`.
"""

import sys
from pathlib import Path

from storage import dialect
from storage.models import METADATA, VIEWS, View


def frozen(engine: str) -> str:
    """All statements for one engine, parted by lines that hold only a semicolon."""
    statements = dialect.schema_ddl(engine, METADATA)
    statements += [f"CREATE VIEW {view.name} AS {view.query}" for view in VIEWS]
    statements += [comment for view in VIEWS for comment in _comments(engine, view)]
    statements += dialect.search_ddl(engine)
    statements.append("INSERT INTO zaporuka_info (key, value) VALUES ('application', 'zaporuka'), ('is_demo', '0')")
    return dialect.STATEMENT_END.join(statements) + dialect.STATEMENT_END


def _comments(engine: str, view: View) -> list[str]:
    if not dialect.keeps_comments(engine):
        return []
    said = [(f"VIEW {view.name}", view.comment)]
    said += [(f"COLUMN {view.name}.{name}", comment) for name, comment in view.columns.items()]
    return [f"COMMENT ON {what} IS '{comment.replace(chr(39), chr(39) * 2)}'" for what, comment in said]


def main(revision: str) -> None:
    """Write the files of a revision, one an engine."""
    folder = Path(__file__).parent / "versions" / revision
    folder.mkdir(exist_ok=True)
    for engine in dialect.ENGINES:
        (folder / f"{engine}.sql").write_text(frozen(engine), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
