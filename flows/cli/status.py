"""`zaporuka status`: what is wrong, what is on file, what was dropped and why, how the last runs ended."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    day_option,
    opened,
    place_options,
    say,
    say_json,
    say_table,
)
from flows.errors import UserError

_DROPPED = """
select coalesce(p.outlet, '–') as outlet, p.outcome, count(*) as pages
from pages p group by coalesce(p.outlet, '–'), p.outcome order by 1, 2
"""

_WHY = """
select what, outcome, why from (
  select p.url as what, p.outcome, p.outcome_detail as why from pages p
  where p.outcome not in ('article', 'robots_file', 'feed', 'sitemap')
  union select o.item, o.outcome, o.detail from outcomes o
  where o.stage = 'read' and o.outcome not in ('known', 'not_a_response')
) as dropped order by outcome, what
"""
SHOWN = 20

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flows.settings import Settings
    from flows.standing import Standing


def status(
    coverage_only: Annotated[
        bool, typer.Option("--coverage", help="Show a calendar instead: articles read of those expected, day by day.")
    ] = False,
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", help="With --coverage: only this outlet; may be repeated.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="With --coverage: first Kyiv day, YYYY-MM-DD.")] = None,
    last: Annotated[
        str | None, typer.Option("--to", help="With --coverage: last Kyiv day. Default: today, and 13 days before.")
    ] = None,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show alarms first, then what is on file: pages by outlet and outcome, articles by edition, the last runs.

    Ends with code 1 while the latest run of any outlet raised an alarm. Example: zaporuka status --coverage
    """
    from flows.atom import feed_path
    from flows.coverage import coverage_in_words, coverage_of
    from flows.settings import read_settings
    from flows.standing import standing_alarms

    settings = read_settings(home, database)
    if not coverage_only and (outlet or first or last):
        message = "--outlet, --from and --to choose what --coverage shows; add --coverage."
        raise UserError(message)
    if coverage_only:
        days = (day_option(first, "--from"), day_option(last, "--to"))
        _calendar(settings, outlet or (), days, place_options(home, database), as_json=as_json)
        return
    with opened(settings) as store:
        found = store.status()
        coverage = coverage_of(store)
        pages = store.rows(_DROPPED)
        dropped = store.rows(_WHY)
        lines = [line for line in store.ledger_lines() if line.status == "current"]
        alarms = standing_alarms(store)
        feed = feed_path(settings.home)
        if as_json:
            values = {"database": store.shown, "is_demo": store.is_demo, "coverage": coverage, "pages": pages}
            said = [one.alarm.model_dump(exclude={"raised_on", "raised_day"}) | {"since": one.since} for one in alarms]
            values["feed"] = str(feed) if feed.exists() else None
            say_json({"alarms": said, **values, "dropped": dropped, **found})
            raise typer.Exit(1 if alarms else 0)
        if store.is_demo:
            say(DEMO_BANNER)
        _say_alarms(alarms)
        say(f"Database: {store.shown}")
        say(f"Feed of changes: {feed if feed.exists() else f'{feed}, written after a night'}")
        say(f"Read: {coverage_in_words(coverage)}\n")
        say_table(
            ("outlet", "what became of it", "pages"),
            [(row["outlet"], row["outcome"], row["pages"]) for row in pages],
            right=("pages",),
        )
        if dropped:
            say("\nDropped:")
            for row in dropped[:SHOWN]:
                say(f"  {row['outcome']:11} {row['what']}  ({row['why']})")
            if len(dropped) > SHOWN:
                say(f"  … and {len(dropped) - SHOWN} more: --json names them all.")
        say()
        say_table(
            ("outlet", "language", "articles", "first", "last", "days"),
            [
                (row["outlet"], row["language"], row["articles"], row["first_on"], row["last_on"], row["days"])
                for row in coverage["editions"]
            ],
            right=("articles", "days"),
        )
        tables = found["tables"]
        say(
            f"\n{tables['versions']} versions, {tables['readings']} readings, {tables['claims']} claims, "
            f"{len(lines)} ledger lines, {tables['reviews']} reviews."
        )
        say("\nLast runs:")
        say_table(
            ("started", "verb", "state", "counts"),
            [
                (
                    f"{run['started_at']:%Y-%m-%d %H:%M} UTC",
                    run["verb"],
                    run["state"],
                    ", ".join(f"{name} {count}" for name, count in run["counts"].items()),
                )
                for run in found["runs"]
            ],
        )
    if alarms:
        raise typer.Exit(1)


def _calendar(
    settings: "Settings",
    names: "Sequence[str]",
    days: "tuple[date | None, date | None]",
    where: "Sequence[str]",
    *,
    as_json: bool,
) -> None:
    from crawlers.outlet import UNLISTED, UNLISTED_SLUG, outlet_called
    from flows.cli.coverage import say_coverage
    from flows.outlets import known_outlets, nobody

    outlets = known_outlets(settings.outlets)
    called = []
    for name in names:
        found = outlet_called(name, {**outlets, UNLISTED_SLUG: UNLISTED})
        if found is None:
            raise nobody(name, outlets)
        called.append(found)
    with opened(settings) as store:
        if store.is_demo and not as_json:
            say(DEMO_BANNER)
        say_coverage(store, list(outlets.values()), called, *days, where=where, as_json=as_json)


def _say_alarms(alarms: "Sequence[Standing]") -> None:
    for one in alarms:
        alarm = one.alarm
        words = [alarm.outlet or "all", alarm.kind, *([alarm.subject] if alarm.subject else []), alarm.detail]
        say(f"ALARM  {'  '.join(words)}  (since {one.since:%Y-%m-%d %H:%M} UTC)")
    if alarms:
        say("What each alarm means, and what to do: docs/running.md\n")
