"""`zaporuka demo`: invented pages of four outlets, handed over and crawled, into a database of their own."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import DEMO_BANNER, command, opened, say
from flows.cli.crawl import say_crawl
from flows.cli.ingest import inputs_under, show_report, take_in

if TYPE_CHECKING:
    from flows.crawl import CrawlReport
    from flows.demo.replica import Truth
    from flows.knowledge import Knowledge
    from flows.settings import Settings
    from storage.store import Store

DEMO_HOME = Path("demo-data")
DEMO_PACE = 0.05


def demo(
    home: Annotated[
        Path | None, typer.Option("--home", help="Data folder of the demo. Default: ./demo-data.", show_default=False)
    ] = None,
    pace: Annotated[
        float, typer.Option("--pace", min=0.0, help="Seconds between two requests to one of the demo's own servers.")
    ] = DEMO_PACE,
    with_crawl: Annotated[bool, typer.Option("--crawl/--no-crawl", help="Crawl the server, too.")] = True,
) -> None:
    """Read invented pages: show what came in, what was dropped and why, the ledger with its sentences, and a crawl.

    The crawl reads a server on this machine that plays four outlets; nothing leaves it. Example: zaporuka demo
    """
    from flows.cli.ledger_text import say_ledger
    from flows.knowledge import load_knowledge
    from flows.settings import read_settings

    place = home or DEMO_HOME
    settings = read_settings(place).model_copy(update={"database_url": ""})
    knowledge = load_knowledge(settings)
    with opened(settings, must_exist=False, is_demo=True) as store:
        say(DEMO_BANNER)
        store.mark_demo()
        with _pages() as folder:
            report = take_in(inputs_under([folder / "manifest.jsonl"], None), store, settings, knowledge)
        say("\nPages handed over\n")
        show_report(report)
        say("\nThe ledger, with the sentence behind each line")
        say_ledger(store)
        if with_crawl:
            say("\nOne night's crawl of a server on this machine that plays the four outlets\n")
            found, truth = _crawl(store, settings, knowledge, pace)
            say_crawl(found, as_json=False)
            _say_truth(found, truth)
    say(f"\n{DEMO_BANNER}\n\nNext:")
    options = ("--home", str(place))
    say(f"  {command('ledger', *options)}")
    say(f"  {command('ledger', 'ireland', '--why', *options)}")
    say(f"  {command('search', 'гарантії безпеки', *options)}")
    say(f"  {command('status', *options)}")


def _pages() -> AbstractContextManager[Path]:
    return as_file(files("flows") / "demo")


def _crawl(store: "Store", settings: "Settings", knowledge: "Knowledge", pace: float) -> "tuple[CrawlReport, Truth]":
    from flows.cli.crawl import say_estimate
    from flows.crawl import crawl
    from flows.demo.replica import Replica, Setting
    from flows.fetching import Fetching
    from flows.ingest import Place

    with TemporaryDirectory() as folder, Replica(Path(folder), setting=Setting(days=1, history_every=0)) as replica:
        offset = replica.setting.moment(1) - datetime.now(UTC)
        fetching = Fetching(
            user_agent="zaporuka-demo (a server on this machine)",
            delay_s=pace,
            endpoints=replica.endpoints,
            ca_file=replica.ca_file,
            clock_offset=offset,
        )
        place = Place(store, settings.archive, knowledge, lambda: datetime.now(UTC) + offset)
        return crawl(list(knowledge.outlets.values()), place, fetching, say_estimate), replica.truth(1)


def _say_truth(found: "CrawlReport", truth: "Truth") -> None:
    """What the server really held, which a crawl of a live outlet could not know."""
    for slug, count in truth.outlets.items():
        report = found.outlets[slug]
        if count.missing:
            unknown = sum(count.missing.values())
            say(f"The server knows what {slug}'s indexes hid: {unknown} of its {count.published} articles.")
        if report.listed is not None and report.listed != count.listed:
            say(f"{slug}: the server listed {count.listed} pages, the crawl saw {report.listed}.")
