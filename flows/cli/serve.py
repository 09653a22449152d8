"""`zaporuka serve`: nights by a clock and looks into the feeds, until stopped."""

import os
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DatabaseOption, HomeOption, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.settings import Settings

PORT = 4200


def serve(
    nightly: Annotated[
        str | None, typer.Option("--nightly", help="When nights are read, a cron line in Kyiv time. Default: 0 2 * * *")
    ] = None,
    poll_minutes: Annotated[
        float | None, typer.Option("--poll-minutes", help="Minutes between two looks into the feeds. Default: 30.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where Prefect's pages are shown.")] = PORT,
    home: HomeOption = None,
    database: DatabaseOption = None,
) -> None:
    """Read by itself: feeds every half hour, a night at two in the morning in Kyiv; a missed night at once.

    Shows its runs on a page of this machine. Stop it with Ctrl-C: what was fetched is kept, and the next start goes
    on from there. Example: zaporuka serve --nightly "30 1 * * *"
    """
    from flows.edge import at_work
    from flows.orchestrator import API, prepare, server
    from flows.settings import read_settings
    from flows.webhook import checked_address

    settings = read_settings(home, database, nightly=nightly, poll_minutes=poll_minutes)
    if settings.webhook:
        checked_address(settings.webhook)
    prepare(settings.home, is_service=True)
    with at_work(settings):  # what cannot work is said now, not at two in the morning
        pass
    # Each run is a process that reads the environment; a password must not go into Prefect's own database.
    told = {"ZAPORUKA_HOME": str(settings.home.absolute()), "ZAPORUKA_DATABASE_URL": settings.absolute_url}
    with _environment(told):
        if os.environ.get(API):
            _serve(settings)
            return
        with server(settings.home, port):
            say(f"Prefect shows what runs at http://127.0.0.1:{port}. Stop with Ctrl-C.")
            _serve(settings)


@contextmanager
def _environment(told: "Mapping[str, str]") -> "Iterator[None]":
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(settings: "Settings") -> None:
    from datetime import UTC, datetime

    from flows.edge import fetching_of, opened
    from flows.schedules import checked_cron, is_missed, last_night, run_service

    cron = checked_cron(settings.nightly)
    with opened(settings) as store:
        last = last_night(store)
    # A replica's clock runs ahead of this machine's.
    last = last - fetching_of(settings).clock_offset if last else None
    missed = is_missed(last, cron, datetime.now(UTC))
    say(f"Nights: {settings.nightly} (Kyiv). Feeds: every {settings.poll_minutes:g} min.")
    if missed:
        say("The last night was missed: reading it now." if last else "No night was read yet: reading one now.")
    run_service(settings.nightly, timedelta(minutes=settings.poll_minutes), is_night_missed=missed)
