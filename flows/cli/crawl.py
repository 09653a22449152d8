"""`zaporuka crawl`: read the outlets once, now."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    PrefectOption,
    command,
    place_options,
    say,
    say_json,
    say_table,
)
from flows.errors import WorkFailedError

LONG = 100
"""Seconds from which minutes say more."""

if TYPE_CHECKING:
    from flows.crawl import Estimate
    from flows.ingest import Doing
    from flows.report import RunReport
    from flows.settings import Settings


def crawl(
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", help="Only this outlet (slug, name or host); may be repeated.")
    ] = None,
    with_prefect: PrefectOption = None,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the outlets once, now: indexes first, then every page that is due, at each outlet's own pace.

    Needs ZAPORUKA_CONTACT, by which a site's owner reaches you. Exit code 1 if something was not as usual.
    Example: zaporuka crawl --outlet ukrinform
    """
    from flows.crawl import Telling
    from flows.edge import fetching_of, outlets_called
    from flows.outlets import known_outlets
    from flows.runs import crawl_run
    from flows.settings import read_settings

    settings = read_settings(home, database)
    names = [one.slug for one in outlets_called(outlet, known_outlets(settings.outlets))] if outlet else []
    fetching_of(settings)  # what was asked wrongly is said before anything starts
    telling = Telling(say_estimate, say_waiting)
    report = carried_out(
        "crawl",
        settings,
        lambda doing: crawl_run(settings, names, telling=telling, doing=doing),
        with_prefect=with_prefect,
    )
    if report is None:
        return
    say_report(report, as_json=as_json)
    if not any(row.read or row.listed for row in report.rows):
        message = "Nothing could be read; is this machine on the network? The reasons stand above."
        raise WorkFailedError(message)
    if not as_json:
        say(f"\nNext:  {command('ledger', *place_options(home, database))}")
    end_by(report)


def carried_out(
    name: str,
    settings: "Settings",
    work: "Callable[[Doing | None], RunReport | None]",
    *,
    with_prefect: bool | None,
) -> "RunReport | None":
    """Carry out a run: recorded by a Prefect server where one is at hand (None), by one of its own (True), or not.

    Raises WorkFailedError where the archive cannot be written, or Prefect does not start.
    """
    from flows.orchestrator import API, find_server, prepare, server

    try:
        api = None if with_prefect is False else find_server(settings.home)
        if api is None and not with_prefect:
            return work(None)
        prepare(settings.home)
        with server(settings.home) if api is None else nullcontext(api) as found:
            os.environ[API] = found
            from flows.tasks import as_flow, as_task

            return as_flow(name, lambda: work(as_task))
    except OSError as error:
        message = f"{error.filename or settings.archive}: {error.strerror or error}; make room, then try again."
        raise WorkFailedError(message) from error


def end_by(report: "RunReport") -> None:
    """End with exit code 1 where somebody ought to look."""
    if report.is_wrong:
        raise typer.Exit(1)


def say_estimate(estimate: "Estimate") -> None:
    """How long it will take, on standard error, before any page is asked for."""
    pages = sum(estimate.pages.values())
    words = f"{pages} pages of {len(estimate.pages)} outlets are due; at its pace {estimate.slowest} takes the longest,"
    typer.echo(f"{words} about {duration(estimate.seconds)}.", file=sys.stderr)


def say_waiting(outlets: Sequence[str]) -> None:
    """Whom another run is reading, on standard error."""
    typer.echo(f"Waiting for {', '.join(outlets)}: another run is reading there.", file=sys.stderr)


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < LONG:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < LONG else f"{minutes // 60} h {minutes % 60:02d} min"


def say_report(report: "RunReport", *, as_json: bool) -> None:
    """Listed, read, articles, on topic, and what is missing and why, an outlet a line; then what is to be said."""
    if as_json:
        say_json(report.as_values())
        return
    from flows.report import COLUMNS

    if report.is_demo:
        say(DEMO_BANNER)
    say(report.heading())
    say_table(COLUMNS, [row.cells() for row in report.rows], right=("listed", "read", "articles", "on topic"))
    for note in report.notes():
        say(note)
