"""`zaporuka status --coverage`: the calendar of what was read, of how much, and why some is missing."""

import shutil
import sys
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.cli.common import command, say, say_json, say_table
from flows.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawlers.outlet import Outlet
    from flows.calendar import Line
    from storage.store import Store

DAYS = 14
MOST_DAYS = 366
_LEFT, _CELL = 30, 8
_WIDE = 200


def say_coverage(
    store: "Store",
    roster: "Sequence[Outlet]",
    called: "Sequence[Outlet]",
    first: date | None,
    last: date | None,
    *,
    where: "Sequence[str]" = (),
    as_json: bool,
) -> None:
    """Print the calendar of the outlets called, or of all that are known or on file, and some Kyiv days.

    Without days the last fourteen are shown. `where` are the options that lead a next command to the same data.
    """
    from datetime import UTC, datetime

    from flows.calendar import calendar_of, editions_on_file, last_day_of_interest
    from storage import keys

    today = keys.kyiv_day(datetime.now(UTC))
    last = last or last_day_of_interest(store, today)
    first = first or last - timedelta(days=DAYS - 1)
    if first > last:
        message = f"The days end ({last}) before they begin ({first})."
        raise UserError(message)
    if (last - first).days >= MOST_DAYS:
        message = f"{first} to {last} are more than {MOST_DAYS} days; ask for a year at most."
        raise UserError(message)
    named = [(one.slug, language) for one in (called or roster) for language in one.languages]
    wanted = {slug for slug, _ in named} if called else None
    besides = [one for one in editions_on_file(store, first, last) if wanted is None or one[0] in wanted]
    lines = calendar_of(store, list(dict.fromkeys([*named, *besides])), first, last)
    if as_json:
        values = {"database": store.shown, "is_demo": store.is_demo, "first": first, "last": last}
        say_json(values | {"lines": [asdict(line) for line in lines]})
        return
    say(f"Coverage, {first} – {last} (Kyiv days of publication). Database: {store.shown}")
    say("12: all of 12 the outlet's own index names.  9/12: 9 of them.  9/?: 9, and nobody knows of how many.")
    say("9/12+?: 9 of 12 that are known, and nobody knows of how many.  –: nothing known.\n")
    _say_calendar([line for line in lines if not line.is_silent], first, last)
    never = _say_missing(lines)
    if never:
        days = ("--from", first, "--to", min(last, today)) if first < today - timedelta(days=DAYS) else ()
        outlet = ("--outlet", never[0]) if len(never) == 1 else ()
        verb = "backfill" if days else "crawl"
        say(f"Next:  {command(verb, *outlet, *days, *where)}")


def _say_calendar(lines: "Sequence[Line]", first: date, last: date) -> None:
    """Tables side by side as wide as the terminal lets them be, the newest days last."""
    if not lines:
        say("Nothing was read or listed of these days.")
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    at_once = max(3, (width - _LEFT) // _CELL)
    count = (last - first).days + 1
    for begin in range(0, count, at_once):
        days = [first + timedelta(days=nth) for nth in range(begin, min(begin + at_once, count))]
        rows = [
            (line.outlet, line.language, *(cell.shown() for cell in line.cells[begin : begin + at_once]))
            for line in lines
        ]
        heads = [f"{day:%d.%m}" for day in days]
        say_table(("outlet", "", *heads), rows, right=heads)
        say()


def _say_missing(lines: "Sequence[Line]") -> list[str]:
    """What is missing and why; returns the outlets of which nothing at all is known."""
    reasons = [(line, [*_told(line.unread, ""), *_told(line.shut, "index ")]) for line in lines]
    missing = [(line, why) for line, why in reasons if why and not line.is_silent]
    if missing:
        say("Named by an index and not read, and indexes that could not be read:")
        for line, why in missing:
            say(f"  {line.outlet} {line.language}: {', '.join(why)}")
    silent = [(line, why) for line, why in reasons if line.is_silent]
    shut = [(line, why) for line, why in silent if why]
    if shut:
        say("Nothing known, and why:")
        for line, why in shut:
            say(f"  {line.outlet} {line.language}: {', '.join(why)}")
    never = sorted(
        {line.outlet for line, why in silent if not why} - {line.outlet for line in lines if not line.is_silent}
    )
    if never:
        say(f"Not read in these days: {', '.join(never)}.")
    return never


def _told(counts: "Mapping[str, int]", before: str) -> list[str]:
    return [f"{count} {before}{why}" for why, count in sorted(counts.items())]
