"""What all verbs share: their options, opening the store, printing for people and for programs."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.edge import DEMO_BANNER, opened
from flows.errors import UserError

__all__ = ["DEMO_BANNER", "opened"]

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Data folder. Default: ZAPORUKA_HOME or ./data.", show_default=False)
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="Database URL. Default: ZAPORUKA_DATABASE_URL or the SQLite file in the data folder.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]

PrefectOption = Annotated[
    bool | None,
    typer.Option(
        "--prefect/--no-prefect",
        help="Have Prefect record the run, or not. Default: if a server of it is at hand.",
        show_default=False,
    ),
]


def say(text: str = "") -> None:
    """One line for people on standard output."""
    typer.echo(text)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values are of any type
    """Days and moments as ISO 8601 for `json.dumps`."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    message = f"no JSON form for {type(value).__name__}"
    raise TypeError(message)


def say_json(values: object) -> None:
    """Values as indented JSON on standard output, Cyrillic as it stands."""
    typer.echo(json.dumps(values, ensure_ascii=False, indent=1, default=plain))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[str] = ()) -> None:
    """Rows under column heads, as wide as the terminal; to a file or pipe as wide as they need."""
    from rich.console import Console
    from rich.table import Table

    width = None if sys.stdout.isatty() else 200
    console = Console(width=width, highlight=False, markup=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    console.print(table)


def day_option(text: str | None, name: str) -> date | None:
    """A day given as YYYY-MM-DD.

    Raises UserError for anything else.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{name}: {text!r} is no day; write it like 2024-06-13."
        raise UserError(message) from error


def command(*words: object) -> str:
    """A command line that runs exactly as printed from the current folder."""
    program = Path(sys.argv[0])
    found = shutil.which("zaporuka")
    if found and program.exists() and Path(found).resolve() == program.resolve():
        name = "zaporuka"
    elif program.exists():
        name = os.path.relpath(program)
        name = name if os.sep in name else f"./{name}"
    else:
        name = "zaporuka"
    return shlex.join([name, *(str(word) for word in words)])


def place_options(home: Path | None, database: str | None) -> list[str]:
    """The options that lead a next command to the same data."""
    options = ["--home", str(home)] if home else []
    return options + (["--database", database] if database else [])
