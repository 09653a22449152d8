"""`zaporuka crawl`: read the outlets once, now."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    opened,
    place_options,
    say,
    say_json,
    say_table,
)
from flows.errors import UserError, WorkFailedError

LONG = 100
"""Seconds from which minutes say more."""

if TYPE_CHECKING:
    from flows.crawl import CrawlReport, Estimate
    from flows.fetching import Fetching
    from flows.settings import Settings


def crawl(
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", help="Only this outlet (slug, name or host); may be repeated.")
    ] = None,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the outlets once, now: indexes first, then every page that is due, at each outlet's own pace.

    Needs ZAPORUKA_CONTACT, by which a site's owner reaches you. Example: zaporuka crawl --outlet ukrinform
    """
    from crawlers.outlet import outlet_called
    from flows.crawl import crawl as crawl_outlets
    from flows.ingest import Place
    from flows.knowledge import load_knowledge
    from flows.reference import reference_rows
    from flows.settings import read_settings

    settings = read_settings(home, database)
    knowledge = load_knowledge(settings)
    known = dict(knowledge.outlets)
    wanted = []
    for words in outlet or list(known):
        found = outlet_called(words, known)
        if found is None:
            message = f"No outlet {words!r}. Known: {', '.join(known)}."
            raise UserError(message)
        wanted.append(found)
    fetching = fetching_of(settings)
    with opened(settings, must_exist=False) as store:
        store.load_reference(*reference_rows(knowledge))
        place = Place(store, settings.archive, knowledge, lambda: datetime.now(UTC))
        try:
            report = crawl_outlets(wanted, place, fetching, say_estimate)
        except OSError as error:
            message = f"{error.filename or settings.archive}: {error.strerror or error}; make room, then crawl again."
            raise WorkFailedError(message) from error
        say_crawl(report, as_json=as_json)
        if not any(one.read or one.listed for one in report.outlets.values()):
            message = "Nothing could be read; is this machine on the network? The reasons stand above."
            raise WorkFailedError(message)
        if not as_json:
            say(f"\nNext:  {command('ledger', *place_options(home, database))}")


def fetching_of(settings: "Settings") -> "Fetching":
    """How pages are fetched live.

    Raises UserError without a contact: a site's owner must be able to reach whoever reads it.
    """
    from importlib.metadata import version

    from flows.fetching import Fetching

    contact = settings.contact.strip()
    if not contact or not contact.isprintable():
        message = "Set ZAPORUKA_CONTACT to a mail address or page by which a site's owner reaches you, then try again."
        raise UserError(message)
    return Fetching(user_agent=f"zaporuka/{version('zaporuka')} (+{contact})")


def say_estimate(estimate: "Estimate") -> None:
    """How long it will take, on standard error, before any page is asked for."""
    pages = sum(estimate.pages.values())
    takes = f"{estimate.seconds:.0f} s" if estimate.seconds < LONG else f"{estimate.seconds / 60:.0f} min"
    words = f"{pages} pages of {len(estimate.pages)} outlets are due; at its pace {estimate.slowest} takes the longest,"
    typer.echo(f"{words} about {takes}.", file=sys.stderr)


def say_crawl(found: "CrawlReport", *, as_json: bool) -> None:
    """Listed, read, articles, on topic, and what is missing and why, an outlet a line."""
    if as_json:
        say_json({"run": found.run.run_id, "outlets": [asdict(one) for one in found.outlets.values()]})
        return
    rows = [
        (
            one.outlet,
            "?" if one.listed is None else one.listed,
            one.read,
            one.articles,
            one.on_topic,
            ", ".join(f"{count} {why}" for why, count in sorted(one.missing.items())) or "–",
        )
        for one in found.outlets.values()
    ]
    say_table(
        ("outlet", "listed", "read", "articles", "on topic", "what is missing"),
        rows,
        right=("listed", "read", "articles", "on topic"),
    )
    if any(one.listed is None for one in found.outlets.values()):
        say("? = an index of the outlet could not be read: nobody knows how much is missing.")
    ledger = found.run.ledger
    changed = [f"{ledger[kind]} {kind}" for kind in ("opened", "changed", "closed") if ledger[kind]]
    say(f"Ledger lines: {', '.join(changed) or 'none changed'}.")
