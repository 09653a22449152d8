"""`zaporuka ledger`: who promised Ukraine what, how far each promise has come, and what changed."""

import re
from datetime import UTC, date, datetime, time, timedelta
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
from storage import keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storage.records import Conflict, LedgerLine
    from storage.store import Store

_AGO = re.compile(r"(\d{1,4})([dw])")
_FIRST_YEAR = 1970


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
    known_at: Annotated[
        str | None,
        typer.Option(
            "--known-at", help="What this database showed then: YYYY-MM-DD (the end of that day) or a moment."
        ),
    ] = None,
    changes_since: Annotated[
        str | None,
        typer.Option(
            "--changes-since", help="What changed since, and why: YYYY-MM-DD, or days or weeks ago (1d, 7d, 2w)."
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Show the sentences behind each line, with place and rule.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="With --why: every sentence of every text.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show planned and conditional steps too.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print a table for a spreadsheet, a row a line (or, of changes, a change).")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the ledger: guarantor, document, step, day; each line rests on sentences (--why).

    Example: zaporuka ledger japan --why
    """
    from flows.activity import present
    from flows.cli.ledger_text import say_basis, say_lines
    from flows.guarantors import code_of, names_of
    from flows.ledger_view import as_values, claims_behind, end_of, lines_of, reviews_behind, those_shown_then
    from flows.settings import read_settings

    settings = read_settings(home, database)
    if guarantor and guarantor_option:
        message = "Name one guarantor, either as WHO or with --guarantor."
        raise UserError(message)
    who = guarantor or guarantor_option
    _refuse_mixed(
        {"--as-of": as_of, "--published-by": published_by, "--known-at": known_at, "--changes-since": changes_since}
    )
    as_of_day, published_day = day_option(as_of, "--as-of"), day_option(published_by, "--published-by")
    known = _moment_option(known_at) if known_at is not None else None
    since = _since_option(changes_since) if changes_since is not None else None
    if full and not why:
        message = "--full is how much --why shows; give both."
        raise UserError(message)
    _refuse_forms(why=why, as_csv=as_csv, as_json=as_json, is_of_changes=since is not None)
    with opened(settings) as store:
        now = present(store, datetime.now(UTC))
        code = code_of(who, store, settings.lexicon) if who else None
        if since is not None:
            span = (_began(since, now), now)
            _show_changes(store, *span, code, everything=everything, as_json=as_json, as_csv=as_csv)
            return
        if known is not None and known > max(now, end_of(keys.kyiv_day(now))):
            message = f"--known-at: {known_at} lies ahead; nobody knows yet what will be shown then."
            raise UserError(message)
        names = names_of(store)
        lines, conflicts = lines_of(store, published_day, known)
        lines = [line for line in lines if code in {None, line.guarantor}]
        dated = [line for line in lines if as_of_day is None or _happened_by(line, as_of_day)]
        shown = [line for line in dated if everything or line.status == "current"]
        hidden = len(dated) - len(shown)
        undated = sum(line.event_on_max is None for line in lines) if as_of_day else 0
        if as_csv:
            _say_csv(store, shown, conflicts, names, hidden + undated, published_day)
            return
        claims = claims_behind(store, shown, published_day) if why or as_json else {}
        if known is not None:
            claims = those_shown_then(shown, claims)
        if as_json:
            say_json(as_values(store, shown, conflicts, claims, known))
            return
        if store.is_demo:
            say(DEMO_BANNER)
        say_lines(shown, conflicts, claims, names, reviews_behind(store, claims, known), why=why, full=full)
        say_basis(store, names.get(code, code) if code else None, shown, hidden, undated, published_day, known)
        if shown:
            then = ["--known-at", known_at] if known_at is not None else []
            _say_next(shown[0], then, place_options(home, database), has_shown_why=why)


def _happened_by(line: "LedgerLine", day: date) -> bool:
    return line.event_on_max is not None and line.event_on_max <= day


def _say_next(line: "LedgerLine", then: list[str], place: list[str], *, has_shown_why: bool) -> None:
    """The command that leads on: to the sentences behind a line, and from there to its citation."""
    if has_shown_why:
        say(f"Next:  {command('cite', line.line, *place)}")
    else:
        say(f"Next:  {command('ledger', line.guarantor, '--why', *then, *place)}")


def _refuse_forms(*, why: bool, as_csv: bool, as_json: bool, is_of_changes: bool) -> None:
    """Raises UserError where an answer is asked for in two forms at once."""
    if is_of_changes and why:
        message = "--why shows the sentences behind lines; leave it out, or leave out --changes-since."
        raise UserError(message)
    if as_csv and (why or as_json):
        message = f"--csv is a table of its own, with one quote a row; leave out {'--why' if why else '--json'}."
        raise UserError(message)


def _refuse_mixed(given: "Mapping[str, str | None]") -> None:
    """Raises UserError where more than one clock is named."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        message = f"Give one of {' and '.join(named)}: each is a clock of its own, and they are never mixed."
        raise UserError(message)


def _show_changes(
    store: "Store",
    since: datetime,
    until: datetime,
    code: str | None,
    *,
    everything: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    from flows.activity import activity_in_words
    from flows.changes import changes_since
    from flows.cite import citations
    from flows.cli.ledger_text import say_changes
    from flows.ledger_csv import changes_table, proving_claim
    from flows.ledger_view import changes_as_values

    if as_csv:
        changes = changes_since(store, since, until, code)
        numbers = [number for one in changes.changes if (number := proving_claim(one)) is not None]
        _say_table(changes_table(changes, citations(store, numbers), everything=everything))
        hidden = 0 if everything else sum(one.is_hidden for one in changes.changes)
        _aside(
            f"{len(changes.changes) - hidden} changes, {hidden} of planned or conditional lines hidden (--all). "
            f"{len(changes.edits)} edits and {len(changes.vanished)} vanished pages have no row: --json. "
            f"Read in that time: {activity_in_words(changes.read)}"
        )
    elif as_json:
        say_json(changes_as_values(changes_since(store, since, until, code), everything=everything))
    else:
        say_changes(store, since, until, guarantor=code, everything=everything)


def _say_csv(
    store: "Store",
    shown: "Sequence[LedgerLine]",
    conflicts: "Mapping[str, Sequence[Conflict]]",
    names: "Mapping[str, str]",
    left_out: int,
    published_by: date | None,
) -> None:
    from flows.cite import citations
    from flows.coverage import coverage_in_words, coverage_of
    from flows.ledger_csv import ledger_table

    cited = citations(store, (line.best_claim for line in shown))
    _say_table(ledger_table(shown, conflicts, cited, names, is_demo=store.is_demo))
    read = coverage_in_words(coverage_of(store, until=published_by))
    _aside(f"{len(shown)} lines; {left_out} planned, conditional, rejected or without a day left out. Read: {read}")


def _say_table(text: str) -> None:
    """A table on standard output, in UTF-8 wherever this runs."""
    typer.echo(text.encode(), nl=False)


def _aside(text: str) -> None:
    """What an answer rests on, beside the table and not in it."""
    typer.echo(text, err=True)


def _since_option(text: str) -> date | timedelta:
    """A day, or how long ago.

    Raises UserError for anything else.
    """
    if ago := _AGO.fullmatch(text.strip()):
        return timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
    try:
        return _known_year(date.fromisoformat(text))
    except ValueError as error:
        message = f"--changes-since: {text!r} is neither a day nor a time ago; write it like 2024-06-13, 1d, 7d or 2w."
        raise UserError(message) from error


def _began(since: date | timedelta, now: datetime) -> datetime:
    """The first moment of the day meant, in Kyiv.

    Raises UserError for a day to come.
    """
    day = keys.kyiv_day(now) - since if isinstance(since, timedelta) else since
    if day > keys.kyiv_day(now):
        message = f"--changes-since: {day} lies ahead; nothing can have changed since."
        raise UserError(message)
    return datetime.combine(day, time.min, keys.KYIV)


def _moment_option(text: str) -> datetime:
    """The end of a day in Kyiv, or a moment; one without an offset is Kyiv time.

    Raises UserError for anything else.
    """
    from flows.ledger_view import end_of

    try:
        if len(text) <= len("2024-06-13"):
            return end_of(_known_year(date.fromisoformat(text)))
        moment = datetime.fromisoformat(text)
        _known_year(moment.date())
    except ValueError as error:
        message = f"--known-at: {text!r} is no day and no moment; write it like 2024-06-13 or 2024-06-13T18:00+03:00."
        raise UserError(message) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=keys.KYIV)


def _known_year(day: date) -> date:
    if day.year < _FIRST_YEAR:
        message = f"no database is as old as {day}"
        raise ValueError(message)
    return day
