"""`zaporuka db`: make or bring up to date, check, and compare databases."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.common import DatabaseOption, HomeOption, JsonOption, say, say_json
from flows.errors import WorkFailedError

app = typer.Typer(help="Make, bring up to date, check and compare databases.", rich_markup_mode=None)


@app.command("upgrade")
def upgrade(home: HomeOption = None, database: DatabaseOption = None) -> None:
    """Make the database, or bring an older one up to date. Nothing in it is lost.

    Example: zaporuka db upgrade
    """
    from flows.settings import read_settings
    from storage.store import Store, StoreError

    settings = read_settings(home, database)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        report = Store.upgrade(settings.url)
    except OSError as error:
        message = f"{settings.home}: {error.strerror}; name another data folder with --home."
        raise WorkFailedError(message) from error
    except StoreError as error:
        raise WorkFailedError(str(error)) from error
    say(report)


@app.command("check")
def check(home: HomeOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Check that the database is ours, up to date, whole, and that every quote stands where it says.

    Example: zaporuka db check
    """
    from flows.settings import read_settings
    from storage.store import Store, StoreError

    settings = read_settings(home, database)
    try:
        report = Store.check(settings.url)
    except StoreError as error:
        raise WorkFailedError(str(error)) from error
    if as_json:
        say_json(report.as_dict())
    else:
        say(report.as_text())
    if not report.is_sound:
        raise typer.Exit(1)


@app.command("compare")
def compare(
    first: Annotated[str, typer.Argument(help="URL of one database, a SQLite file, or a data folder.")],
    second: Annotated[str, typer.Argument(help="URL of the other.")],
    without_captures: Annotated[
        bool, typer.Option("--without-captures", help="Leave out when pages were fetched, to compare two crawls.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare two databases row for row. Volatile columns (moments of loading, file places) are named and left out.

    Example: zaporuka db compare data/zaporuka.db postgresql://localhost/zaporuka
    """
    from storage.compare import compare as compare_databases
    from storage.store import StoreError

    try:
        report = compare_databases(_database_of(first), _database_of(second), without_captures=without_captures)
    except StoreError as error:
        raise WorkFailedError(str(error)) from error
    if as_json:
        say_json(report.as_dict())
    else:
        say(report.as_text())
    if not report.is_same:
        raise typer.Exit(1)


def _database_of(place: str) -> str:
    """A data folder stands for the database in it."""
    from flows.settings import DATABASE_FILE

    return str(Path(place) / DATABASE_FILE) if Path(place).is_dir() else place
