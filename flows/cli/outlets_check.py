"""`zaporuka outlets check`: whether an outlet's file holds, on paper and, with --live, at the outlet itself."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DEMO_BANNER, JsonOption, command, say, say_json, say_table

if TYPE_CHECKING:
    from crawlers.outlet import Outlet
    from flows.settings import Settings


def check(
    slug: Annotated[
        str | None, typer.Argument(help="The outlet (slug, name or host). Default: all.", show_default=False)
    ] = None,
    is_live: Annotated[
        bool,
        typer.Option("--live", help="Ask the outlet itself for indexes and two pages an edition; nothing is kept."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check an outlet's file: its facts, its example addresses, and its saved pages field by field. No network.

    With --live its indexes and two newest pages an edition are fetched, politely, read, and thrown away; that needs
    ZAPORUKA_CONTACT. Exit code 1 if something failed.
    Example: zaporuka outlets check ukrinform
    """
    from flows.edge import outlets_called
    from flows.outlets import known_outlets
    from flows.settings import read_settings

    settings = read_settings()
    known = known_outlets(settings.outlets)
    outlets = outlets_called([slug] if slug else (), known)
    if is_live:
        is_well = _live(outlets[0] if slug else None, settings, as_json=as_json)
    else:
        is_well = _on_paper(outlets, settings, as_json=as_json)
    if not is_well:
        raise typer.Exit(1)


def _on_paper(outlets: "list[Outlet]", settings: "Settings", *, as_json: bool) -> bool:
    from crawlers.outlet import all_outlets
    from flows.lexicon.clutter import load_clutter
    from flows.outlet_check import cases_folder, check_outlet
    from flows.outlets import known_outlets
    from storage.keys import kyiv_day

    known, built_in = known_outlets(settings.outlets), all_outlets()
    today = kyiv_day(datetime.now(UTC))
    found = [
        check_outlet(one, known, load_clutter(), cases_folder(one.slug, settings.outlets, built_in), today)
        for one in outlets
    ]
    is_well = not any(one.failures for one in found)
    if as_json:
        say_json([asdict(one) for one in found])
        return is_well
    rows = [(one.outlet, one.checks, one.cases, len(one.failures) or "") for one in found]
    say_table(("outlet", "checks", "cases", "failed"), rows, right=("checks", "cases", "failed"))
    say()
    for one in found:
        for failure in one.failures:
            say(f"{one.outlet}: {failure}.")
    if without := [f"{one.outlet} {language}" for one in found for language in one.by_other_roads]:
        say(f"Editions without an index of their own for the night: {', '.join(without)}.")
    if absent := [one.outlet for one in found if one.cases is None]:
        say(f"No cases here of {', '.join(absent)}: those of built-in outlets are in a copy of the repository.")
    failed = sum(bool(one.failures) for one in found)
    say(f"{len(found) - failed} of {len(found)} outlets are well.")
    if is_well:
        say(f"Next:  {command('outlets', 'check', *([outlets[0].slug] if len(outlets) == 1 else []), '--live')}")
    return is_well


def _live(outlet: "Outlet | None", settings: "Settings", *, as_json: bool) -> bool:
    from flows.edge import fetching_of
    from flows.outlet_live import look_live
    from flows.outlet_live_row import COLUMNS
    from storage.keys import kyiv_day

    fetching_of(settings)  # what was asked wrongly is said before anything starts
    typer.echo("Asking for indexes and two pages an edition, at each outlet's pace; nothing is kept.", err=True)
    rows, now = look_live([outlet] if outlet else None, settings)
    is_well = all(row.is_well for row in rows)
    if as_json:
        say_json([row.as_values() for row in rows])
        return is_well
    if settings.replica is not None:
        say(DEMO_BANNER)
    say_table(COLUMNS, [row.cells(now) for row in rows])
    say()
    for line in (line for row in rows for line in row.lines()):
        say(line)
    if refusing := list(dict.fromkeys(row.outlet for row in rows if row.refuses)):
        named = [word for slug in refusing for word in ("--outlet", slug)]
        road = command("backfill", *named, "--around", kyiv_day(now), "--via", "wayback", "--plan")
        say(f"Nothing is evaded. What archives hold of those that refuse:  {road}")
    say(f"{sum(row.is_well for row in rows)} of {len(rows)} editions are as their files say. Nothing was stored.")
    if is_well:
        named = ["--outlet", outlet.slug] if outlet else []
        say(f"Next:  {command('crawl', *named)}")
    return is_well
