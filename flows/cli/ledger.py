"""`zaporuka ledger`: who promised Ukraine what, and how far each promise has come."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    day_option,
    opened,
    place_options,
    say,
    say_json,
)
from flows.errors import UserError

if TYPE_CHECKING:
    from storage.records import LedgerLine


def ledger(
    guarantor: Annotated[
        str | None, typer.Argument(help="A country or union by any name: japan, Японія, Япония, JP.", metavar="WHO")
    ] = None,
    guarantor_option: Annotated[str | None, typer.Option("--guarantor", help="The same as WHO.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Steps up to this day, by all that is known now. YYYY-MM-DD.")
    ] = None,
    published_by: Annotated[
        str | None, typer.Option("--published-by", help="What outlets had published by this day. YYYY-MM-DD.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Show the sentences behind each line, with place and rule.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show planned and conditional steps too.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the ledger: guarantor, document, step, day; each line rests on sentences (--why).

    Example: zaporuka ledger japan --why
    """
    from flows.cli.ledger_text import say_basis, say_lines
    from flows.guarantors import code_of, names_of
    from flows.ledger_view import as_values, claims_behind, lines_of
    from flows.settings import read_settings

    settings = read_settings(home, database)
    if guarantor and guarantor_option:
        message = "Name one guarantor, either as WHO or with --guarantor."
        raise UserError(message)
    who = guarantor or guarantor_option
    as_of_day, published_day = day_option(as_of, "--as-of"), day_option(published_by, "--published-by")
    with opened(settings) as store:
        code = code_of(who, store, settings.lexicon) if who else None
        names = names_of(store)
        lines, conflicts = lines_of(store, published_day)
        lines = [line for line in lines if code in {None, line.guarantor}]
        dated = [line for line in lines if as_of_day is None or _happened_by(line, as_of_day)]
        shown = [line for line in dated if everything or line.status == "current"]
        hidden = len(dated) - len(shown)
        undated = sum(line.event_on_max is None for line in lines) if as_of_day else 0
        claims = claims_behind(store, shown, published_day) if why or as_json else {}
        if as_json:
            say_json(as_values(store, shown, conflicts, claims))
            return
        if store.is_demo:
            say(DEMO_BANNER)
        say_lines(shown, conflicts, claims, names, why=why)
        say_basis(store, names.get(code, code) if code else None, shown, hidden, undated, published_day)
        if shown and not why:
            first = shown[0].guarantor
            say(f"Next:  {command('ledger', first, '--why', *place_options(home, database))}")


def _happened_by(line: "LedgerLine", day: date) -> bool:
    return line.event_on_max is not None and line.event_on_max <= day
