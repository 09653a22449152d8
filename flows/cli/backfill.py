"""`zaporuka backfill`: read what outlets published in the past."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DatabaseOption, HomeOption, JsonOption, PrefectOption, day_option, say_json
from flows.cli.crawl import carried_out, duration, end_by, say_report
from flows.errors import UserError, WorkFailedError
from flows.via import Via

if TYPE_CHECKING:
    from flows.forecast import Forecast


def backfill(
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", help="Only this outlet (slug, name or host); may be repeated.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="First Kyiv day, YYYY-MM-DD.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last Kyiv day. Default: today.")] = None,
    around: Annotated[str | None, typer.Option("--around", help="A Kyiv day, with --days before and after it.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=0, help="Days around --around. Default: 3.")] = None,
    edition: Annotated[
        list[str] | None, typer.Option("--edition", help="Read this language (uk, en, ru); may be repeated.")
    ] = None,
    every_edition: Annotated[
        bool, typer.Option("--all", help="Read every edition. Default: each outlet's first.")
    ] = False,
    via: Annotated[
        Via,
        typer.Option(
            help="The road. Default: the outlets' own indexes, then the Wayback Machine for what they refuse."
        ),
    ] = Via.ANY,
    only_plan: Annotated[bool, typer.Option("--plan", help="Say what it would take, and stop.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on (only asked at a terminal).")] = False,
    with_prefect: PrefectOption = None,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read what outlets published on past days, over their sitemaps, day pages and numbered lists, or from archives.

    Says first what it will take. Stopped at any moment, the same command goes on where it was.
    Example: zaporuka backfill --outlet ukrinform --around 2024-02-16 --days 3
    """
    from flows.edge import fetching_of, outlets_called
    from flows.outlets import known_outlets
    from flows.past import Asked
    from flows.runs import backfill_run
    from flows.settings import read_settings

    if edition and every_edition:
        message = "Say --edition or --all, not both."
        raise UserError(message)
    settings = read_settings(home, database)
    names = [one.slug for one in outlets_called(outlet, known_outlets(settings.outlets))] if outlet else []
    fetching_of(settings)  # what was asked wrongly is said before anything starts
    asked = Asked(
        day_option(first, "--from"),
        day_option(last, "--to"),
        day_option(around, "--around"),
        days,
        tuple(edition or ()),
        every_edition,
    )

    def agree(ahead: "Forecast") -> bool:
        if only_plan and as_json:
            say_json(asdict(ahead))
            return False
        say_forecast(ahead)
        if only_plan:
            typer.echo("Nothing was fetched. The same command without --plan begins.", file=sys.stderr)
            return False
        if yes or not sys.stdin.isatty():
            return True
        return typer.confirm("Go on?", err=True)

    report = carried_out(
        "backfill",
        settings,
        lambda doing: backfill_run(settings, names, asked, via=via, agree=agree, tell_unit=say_unit, doing=doing),
        with_prefect=False if only_plan else with_prefect,
    )
    if report is None:
        return
    say_report(report, as_json=as_json)
    if any(row.missing for row in report.rows) and not any(row.read or row.listed for row in report.rows):
        message = "Nothing could be read; is this machine on the network? The reasons stand above."
        raise WorkFailedError(message)
    end_by(report)


def say_unit(words: str) -> None:
    """A unit that is done, on standard error."""
    typer.echo(words, file=sys.stderr)


def say_forecast(ahead: "Forecast") -> None:
    """What is ahead, on standard error: units, pages, hours, gigabytes, and when it ends."""
    for one in ahead.outlets:
        if one.low is None or one.high is None or one.seconds is None:
            words = f"pages unknown ({one.basis})"
        else:
            pages = f"{one.low}–{one.high}" if one.low != one.high else f"{one.high}"
            words = f"{pages} pages, about {duration(one.seconds)} (by {one.basis})"
        typer.echo(
            f"{one.outlet}: {one.units} unit{'' if one.units == 1 else 's'} (sitemaps, day pages, lists), {words}",
            file=sys.stderr,
        )
    if ahead.note:
        typer.echo(ahead.note, file=sys.stderr)
    if not ahead.outlets:
        return
    if ahead.ends_at is None:
        words = f"At least {ahead.gigabytes:.2f} GB. Of some outlets nobody knows how much they publish, nor the end."
        typer.echo(words, file=sys.stderr)
        return
    end = f"{ahead.ends_at:%Y-%m-%d %H:%M} UTC"
    typer.echo(f"All in all up to {ahead.gigabytes:.2f} GB, to {end}, if nothing stops it.", file=sys.stderr)
