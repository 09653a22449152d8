"""`zaporuka demo`: invented pages, handed over and crawled on two nights, in a database of their own."""

from contextlib import contextmanager, nullcontext
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DEMO_BANNER, command, opened, say
from flows.cli.crawl import carried_out, say_estimate, say_report
from flows.cli.ingest import inputs_under, show_report, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.demo.replica import Replica, Truth
    from flows.report import RunReport
    from flows.settings import Settings

DEMO_HOME = Path("demo-data")
DEMO_PACE = 0.05
_COUNTED = ("articles", "versions", "claims")


def demo(
    home: Annotated[
        Path | None, typer.Option("--home", help="Data folder of the demo. Default: ./demo-data.", show_default=False)
    ] = None,
    pace: Annotated[
        float, typer.Option("--pace", min=0.0, help="Seconds between two requests to one of the demo's own servers.")
    ] = DEMO_PACE,
    with_crawl: Annotated[bool, typer.Option("--crawl/--no-crawl", help="Crawl the server, too.")] = True,
    with_prefect: Annotated[
        bool, typer.Option("--prefect/--no-prefect", help="Run the crawls as flows of Prefect.")
    ] = True,
) -> None:
    """Read invented pages, then crawl on two nights: what came in, what changed overnight and why, and the ledger.

    The crawls read a server on this machine that plays four outlets; nothing leaves it. Example: zaporuka demo
    """
    from flows.cli.ledger_text import say_ledger
    from flows.knowledge import load_knowledge
    from flows.settings import read_settings

    place = home or DEMO_HOME
    settings = read_settings(place).model_copy(update={"database_url": "", "webhook": ""})
    say(DEMO_BANNER)
    with opened(settings, must_exist=False, is_demo=True) as store:
        store.mark_demo()
        with as_file(files("flows") / "demo") as folder:
            report = take_in(inputs_under([folder / "manifest.jsonl"], None), store, settings, load_knowledge(settings))
        say("\nPages handed over\n")
        show_report(report)
    since = None
    if with_crawl:
        from flows.orchestrator import server

        with server(settings.home) if with_prefect else nullcontext():
            since = _two_nights(settings, pace, with_prefect=None if with_prefect else False)
    with opened(settings) as store:
        say("\nThe ledger, with the sentence behind each line")
        say_ledger(store)
    _say_next(place, since)


def _two_nights(settings: "Settings", pace: float, *, with_prefect: bool | None) -> datetime:
    """Crawl the replica on two nights, and the second one again; returns the moment the second began."""
    from flows.cli.ledger_text import say_changes

    with _playing(pace) as (replica, told):
        live = settings.model_copy(update={"replica": told})
        say("\nOne night's crawl of a server on this machine that plays the four outlets\n")
        first = _night(live, with_prefect=with_prefect)
        say_report(first, as_json=False)
        _say_truth(first, replica.truth(1))
        replica.night = 2
        say("\nThe night after\n")
        second = _night(live, with_prefect=with_prefect)
        say_report(second, as_json=False)
        say("\nWhat changed since yesterday, and by which cause\n")
        with opened(settings) as store:
            say_changes(store, second.started_at, second.ended_at)
            before = _counts(settings)
        _night(live, with_prefect=with_prefect)
        new = [f"{count - before[name]} new {name}" for name, count in _counts(settings).items()]
        say(f"\nThe second night once more: {', '.join(new)}.")
        return second.started_at


def _night(settings: "Settings", *, with_prefect: bool | None) -> "RunReport":
    from flows.crawl import Telling
    from flows.runs import crawl_run

    report = carried_out(
        "nightly",
        settings,
        lambda doing: crawl_run(settings, verb="nightly", telling=Telling(say_estimate), doing=doing),
        with_prefect=with_prefect,
    )
    if report is None:
        message = "a night always reports"
        raise TypeError(message)
    return report


@contextmanager
def _playing(pace: float) -> "Iterator[tuple[Replica, Path]]":
    """The replica, and the file that tells of it."""
    from flows.demo.replica import Replica, Setting

    setting = Setting(days=1, history_every=0)
    with TemporaryDirectory() as folder, Replica(Path(folder) / "replica", setting=setting) as replica:
        told = Path(folder) / "replica.json"
        replica.describe(told, delay_s=pace)
        yield replica, told


def _counts(settings: "Settings") -> dict[str, int]:
    with opened(settings) as store:
        tables = store.status()["tables"]
    return {name: tables[name] for name in _COUNTED}


def _say_truth(found: "RunReport", truth: "Truth") -> None:
    """What the server really held, which a crawl of a live outlet could not know."""
    for row in found.rows:
        count = truth.outlets[row.outlet]
        if count.missing:
            unknown = sum(count.missing.values())
            say(f"The server knows what {row.outlet}'s indexes hid: {unknown} of its {count.published} articles.")
        if row.listed is not None and row.listed != count.listed:
            say(f"{row.outlet}: the server listed {count.listed} pages, the crawl saw {row.listed}.")


def _say_next(place: Path, since: datetime | None) -> None:
    from storage import keys

    say(f"\n{DEMO_BANNER}\n\nNext:")
    options = ("--home", str(place))
    say(f"  {command('ledger', *options)}")
    if since is not None:
        say(f"  {command('ledger', '--changes-since', keys.kyiv_day(since), *options)}")
    say(f"  {command('ledger', 'ireland', '--why', *options)}")
    say(f"  {command('search', 'гарантії безпеки', *options)}")
    say(f"  {command('status', *options)}")
