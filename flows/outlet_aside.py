"""A place aside: the spider works as on any night, but in a temporary folder with books of its own.

The folder is removed in the end; the data folder and its database are not written to.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from crawlers.archive import NoSuchPageError, Page, read_page
from crawlers.outlet import Outlet
from crawlers.plan import OutcomeLine
from flows.crawl import taken_up
from flows.edge import Work, at_work, opened
from flows.errors import WorkFailedError
from flows.fetching import fetch
from flows.hosts import HOST, leased
from flows.plan import Due
from flows.settings import DATABASE_FILE, Settings


@dataclass
class Aside:
    """The hosts of some outlets, and a way of asking them."""

    work: Work
    outlets: Sequence[Outlet]
    run_id: str
    rounds: int = 0

    def ask(self, due: Sequence[Due]) -> list[tuple[OutcomeLine, Page | None]]:
        """What came of each address, and the page where one did."""
        self.rounds += 1
        name = f"round{self.rounds}"
        lines = fetch(due, self.outlets, self.work.place, self.work.fetching, self.run_id, name)
        return [(line, self._page(line)) for line in lines]

    def _page(self, line: OutcomeLine) -> Page | None:
        if line.warc_file is None or line.warc_offset is None:
            return None
        try:
            return read_page(self.work.place.archive, line.warc_file, line.warc_offset)
        except NoSuchPageError:  # what came holds no page (say, a body that cannot be unpacked); its outcome says so
            return None


@contextmanager
def set_aside(outlets: Sequence[Outlet] | None, settings: Settings) -> Iterator[Aside]:
    """A place aside for asking some outlets; None are all that can be read.

    Raises UserError without a contact, WorkFailedError where a run on the same data folder is reading one of them, or
    the spider cannot work at all.
    """
    with TemporaryDirectory(prefix="zaporuka-aside-") as folder, at_work(_in(Path(folder), settings)) as work:
        wanted = list(work.outlets.values()) if outlets is None else outlets
        _leave_alone_what_is_read(wanted, settings, work.place.clock())
        with taken_up(work.place, "check") as report, leased(wanted, work.place, report.run_id) as ours:
            yield Aside(work, ours, report.run_id)


def _in(folder: Path, settings: Settings) -> Settings:
    return settings.model_copy(update={"home": folder, "database_url": ""})


def due(url: str, outlet: str, why: Literal["index", "new"] = "new") -> Due:
    """One address to ask for, of no unit."""
    return Due(url, outlet, None, why)


def _leave_alone_what_is_read(outlets: Sequence[Outlet], settings: Settings, now: datetime) -> None:
    """Two programs of ours must not speak to a host at once; the books of the data folder say who does."""
    if not settings.database_url and not (settings.home / DATABASE_FILE).exists():
        return
    with opened(settings) as store:
        held = {lease.key for lease in store.leases() if lease.kind == HOST and lease.until > now}
    if busy := [outlet.slug for outlet in outlets if outlet.slug in held]:
        message = f"{', '.join(busy)}: another run is reading it now; try again when that has ended."
        raise WorkFailedError(message)
