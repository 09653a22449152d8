"""The edge: settings become an open store, a place to work in, and a way of fetching. Heavy parts load when needed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from flows.errors import UserError, WorkFailedError

if TYPE_CHECKING:
    from crawlers.outlet import Outlet
    from flows.elsewhere import Elsewhere
    from flows.fetching import Fetching
    from flows.ingest import Doing, Place
    from flows.settings import Settings
    from storage.store import Store


_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|^https?://\S+\.\S+")
"""A mail address, or a page."""

_SERVICE = re.compile(r"https?://[A-Za-z0-9._-]+(?::\d{1,5})?(?:/[!-~]*)?")
DEMO_BANNER = "DEMO: INVENTED ARTICLES. Nothing below happened."


@dataclass(frozen=True)
class Work:
    """All a fetching run needs: where it works, how it fetches, the outlets by slug, and other people's archives."""

    place: "Place"
    fetching: "Fetching"
    outlets: "Mapping[str, Outlet]"
    elsewhere: "Elsewhere"


@contextmanager
def opened(settings: "Settings", *, must_exist: bool = True, is_demo: bool = False) -> "Iterator[Store]":
    """The store of the settings, closed afterwards.

    `is_demo` False refuses the demo's database unless it is only read (`must_exist`); True refuses any other.
    Raises UserError or WorkFailedError with one line that says what to do.
    """
    from storage.store import Store, StoreError  # noqa: PLC0415 - whoever only asks for help need not wait for it

    try:
        if not must_exist:
            settings.home.mkdir(parents=True, exist_ok=True)
        store = Store.open(settings.url, must_exist=must_exist)
    except StoreError as error:
        raise WorkFailedError(str(error)) from error
    except OSError as error:
        message = f"{settings.home}: {error.strerror}; name another data folder with --home."
        raise WorkFailedError(message) from error
    try:
        if not must_exist and store.is_demo != is_demo and not store.is_empty:
            kind = "the demo's, with invented articles" if store.is_demo else "a real one"
            message = f"This database is {kind}; name another with --home or --database."
            raise UserError(message)
        yield store
    except StoreError as error:
        raise WorkFailedError(str(error)) from error
    finally:
        store.close()


@contextmanager
def at_work(settings: "Settings", doing: "Doing | None" = None) -> Iterator[Work]:
    """A place to fetch into, closed afterwards.

    Where a replica is told of, it is read instead of the outlets, into a database that holds invented articles only.
    Raises UserError or WorkFailedError with one line that says what to do.
    """
    from flows.ingest import Place, plainly  # noqa: PLC0415 - see above
    from flows.knowledge import load_knowledge  # noqa: PLC0415
    from flows.reference import reference_rows  # noqa: PLC0415

    knowledge = load_knowledge(settings)
    fetching = fetching_of(settings)
    with opened(settings, must_exist=False, is_demo=settings.replica is not None) as store:
        if settings.replica is not None:
            store.mark_demo()
        store.load_reference(*reference_rows(knowledge))
        clock = _clock(fetching.clock_offset)
        place = Place(store, settings.archive, knowledge, clock, doing or plainly)
        outlets = _readable(knowledge.outlets, settings)
        yield Work(place, fetching, outlets, _elsewhere(settings, fetching.user_agent))


def _readable(outlets: "Mapping[str, Outlet]", settings: "Settings") -> "Mapping[str, Outlet]":
    """All outlets, or those the replica plays."""
    if settings.replica is None:
        return outlets
    from flows.demo.replica.told import read_told  # noqa: PLC0415 - see above

    return {slug: outlets[slug] for slug in read_told(settings.replica).outlets if slug in outlets}


def _elsewhere(settings: "Settings", user_agent: str) -> "Elsewhere":
    """Other people's archives. Whoever reads a replica must name servers of their own that play them, too.

    Raises UserError for an address that is none.
    """
    from flows.elsewhere import Elsewhere  # noqa: PLC0415 - see above
    from flows.settings import COMMON_CRAWL, WAYBACK  # noqa: PLC0415

    addresses = []
    for name, usual in (("wayback", WAYBACK), ("common_crawl", COMMON_CRAWL)):
        address = getattr(settings, name).strip()
        if address and not _SERVICE.fullmatch(address):
            message = f"ZAPORUKA_{name.upper()}: {address!r} is no web address; give one like {usual}, or unset it."
            raise UserError(message)
        addresses.append("" if settings.replica is not None and address == usual else address)
    return Elsewhere(addresses[0], addresses[1], user_agent, settings.archive_pace_s)


def _clock(offset: timedelta) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + offset


def fetching_of(settings: "Settings") -> "Fetching":
    """How pages are fetched: live, or from the replica the settings name.

    Raises UserError without a contact: a site's owner must be able to reach whoever reads it.
    """
    from flows.fetching import Fetching  # noqa: PLC0415 - see above

    if settings.replica is not None:
        from flows.demo.replica.told import read_told  # noqa: PLC0415

        try:
            told = read_told(settings.replica)
        except ValueError as error:
            message = f"ZAPORUKA_REPLICA: {error}"
            raise UserError(message) from error
        return Fetching(
            user_agent=told.user_agent,
            delay_s=told.delay_s,
            endpoints=told.endpoints,
            ca_file=told.ca_file,
            clock_offset=told.clock_offset,
            disk_budget_gb=settings.disk_budget_gb,
        )
    contact = settings.contact.strip()
    if not contact.isprintable() or not _CONTACT.search(contact):
        message = "Set ZAPORUKA_CONTACT to a mail address or page by which a site's owner reaches you, then try again."
        raise UserError(message)
    return Fetching(user_agent=f"zaporuka/{version('zaporuka')} (+{contact})", disk_budget_gb=settings.disk_budget_gb)


def outlets_called(names: Sequence[str], known: "Mapping[str, Outlet]") -> "list[Outlet]":
    """The outlets a person named by slug, name or host, each once; all of them where nobody named any.

    Raises UserError for a name nobody bears.
    """
    from crawlers.outlet import outlet_called  # noqa: PLC0415 - see above
    from flows.outlets import nobody  # noqa: PLC0415

    found = {}
    for words in names or list(known):
        outlet = outlet_called(words, dict(known))
        if outlet is None or outlet.slug not in known:  # a government has no indexes: its pages are handed over
            raise nobody(words, known)
        found[outlet.slug] = outlet
    return list(found.values())
