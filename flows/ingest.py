"""The sentence: what was handed over is archived, and every closed archive file is read, compared and recorded.

Plain Python. A batch is one archive file and one transaction, so whatever stops a run leaves whole batches, and the
next run takes up what a dead one had archived but not yet recorded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from crawlers.archive import ArchiveWriter, adopt_open, file_urn, read_archive
from crawlers.imports.files import BadInput, RawInput
from flows.books import refresh_ledger
from flows.holders import is_alive, own_holder, wait_until_gone
from flows.judge import Judged, judge, new_batch
from flows.knowledge import Knowledge
from flows.stories import keep_stories
from storage import keys
from storage.models import OutcomeRow, RunState
from storage.store import Store
from storage.terms import Outcome

BATCH = 50
LEASE = timedelta(minutes=5)
UUID_LENGTH = 36
RUN, SPIDER = "run", "spider"
"""Kinds of leases: a run is at work, and its spider is."""

Clock = Callable[[], datetime]
Input = RawInput | BadInput
Result = TypeVar("Result")


@dataclass
class Report:
    """What one run did: inputs by outlet and outcome, rows written by table, ledger lines by what became of them."""

    run_id: str
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    ledger: Counter[str] = field(default_factory=Counter)

    def count(self, item: str, outlet: str | None, outcome: str, detail: str | None) -> None:
        """Count one input once; pages that are no article are also kept by name with what betrayed them."""
        self.outcomes[outlet or "–", outcome] += 1
        if outcome not in {Outcome.ARTICLE, Outcome.KNOWN, Outcome.NOT_A_RESPONSE}:
            self.dropped.append((item, outcome, detail or ""))

    @property
    def inputs(self) -> int:
        """How many inputs were counted."""
        return sum(self.outcomes.values())

    def of_outcome(self, outcome: Outcome) -> int:
        """How many inputs had an outcome."""
        return sum(count for (_, named), count in self.outcomes.items() if named == outcome)


class Doing(Protocol):
    """How a named piece of work is carried out: plainly, or as a task that an orchestrator shows and tries again."""

    def __call__(self, name: str, work: Callable[[], Result]) -> Result:
        """Carry it out and return what it returns."""


def plainly(name: str, work: Callable[[], Result]) -> Result:  # noqa: ARG001 - only an orchestrator shows the name
    """Just do it."""
    return work()


@dataclass(frozen=True)
class Place:
    """Where a run works: the store, the archive folder, what is known, and a clock that gives aware moments.

    `doing` carries out the larger pieces of work.
    """

    store: Store
    archive: Path
    knowledge: Knowledge
    clock: Clock
    doing: Doing = plainly


def ingest(inputs: Iterable[Input], place: Place, on_batch: Callable[[Report], None] | None = None) -> Report:
    """Take in all inputs; the same input again changes nothing. `on_batch` is told the report after each batch.

    Raises StoreError where the database cannot be written; what earlier batches wrote stays.
    """
    with running(place, "ingest") as report:
        take_up_the_dead(place, report)
        take_in(inputs, place, report, "", on_batch)
    return report


def take_in(
    inputs: Iterable[Input],
    place: Place,
    report: Report,
    name: str,
    on_batch: Callable[[Report], None] | None = None,
) -> None:
    """Archive and record inputs within a run, batch by batch; `name` keeps its archive files apart from others'."""
    source = iter(inputs)
    number = 0
    while batch := list(islice(source, BATCH)):
        number += 1
        parts = [report.run_id, *([name] if name else []), f"{number:04d}"]
        path = _archive(batch, "-".join(parts), place, report)
        _bad_inputs(batch, place, report)
        if path is not None:
            load_archive(path, place, report)
        keep_alive(place, report.run_id)
        if on_batch is not None:
            on_batch(report)


@contextmanager
def running(place: Place, verb: str) -> Iterator[Report]:
    """A run with its id, its lease and a report; how it ended is noted, whatever ends it."""
    store, now = place.store, place.clock()
    run_id = store.start_run(verb, place.knowledge.cleaner_version, place.knowledge.rules_version, now)
    store.acquire_lease(RUN, run_id, own_holder(run_id), now, LEASE)
    report = Report(run_id)
    try:
        yield report
    except KeyboardInterrupt:
        store.finish_run(run_id, RunState.INTERRUPTED, place.clock(), _counts(report))
        raise
    except BaseException:
        store.finish_run(run_id, RunState.FAILED, place.clock(), _counts(report))
        raise
    else:
        store.finish_run(run_id, RunState.DONE, place.clock(), _counts(report))
    finally:
        store.release_lease(RUN, run_id, own_holder(run_id))


def keep_alive(place: Place, run_id: str) -> None:
    """Say that a run is still at work; to be called at least every few minutes."""
    place.store.renew_lease(RUN, run_id, own_holder(run_id), place.clock(), LEASE)


def _counts(report: Report) -> dict[str, int]:
    outcomes: Counter[str] = Counter()
    for (_, outcome), count in report.outcomes.items():
        outcomes[outcome] += count
    return dict(sorted(outcomes.items()))


def take_up_the_dead(place: Place, report: Report) -> None:
    """Record what runs that died (killed, stopped, out of disk) had archived, and settle the ledger they left."""
    _free_leases_of_the_dead(place)
    dead = set(place.store.dead_runs(place.clock(), except_run=report.run_id))
    ended = {row["run_id"] for row in place.store.rows("select run_id from runs where state <> 'running'")}
    left_open = [path for path in sorted(place.archive.glob("*.warc.gz.open")) if _run_of(path) in dead | ended]
    dead |= {_run_of(path) for path in left_open}  # a run that failed, as on a full disk, may leave a file open, too
    if not dead:
        return
    for path in left_open:
        adopt_open(path)
    for path in sorted(place.archive.glob("*.warc.gz")):
        if _run_of(path) in dead:
            load_archive(path, place, report, is_late=True)
    report.ledger += refresh_ledger(place.store, place.knowledge.rules_version, place.clock(), guarantors=None)
    for run_id in sorted(dead - ended):
        place.store.finish_run(run_id, RunState.INTERRUPTED, place.clock(), {})


def _free_leases_of_the_dead(place: Place) -> None:
    """Give back what processes of this machine held that are gone; a spider whose starter died is waited for."""
    leases = place.store.leases()
    orphaned = {lease.key for lease in leases if lease.kind == RUN and not is_alive(lease.holder)}
    stay = {
        lease.key
        for lease in leases
        if lease.kind == SPIDER and lease.key in orphaned and not wait_until_gone(lease.holder)
    }
    for lease in leases:
        if not is_alive(lease.holder) and lease.holder.partition(" ")[0] not in stay:
            place.store.release_lease(lease.kind, lease.key, lease.holder)


def _run_of(path: Path) -> str:
    """The run that wrote an archive file: its id, a UUID, begins the name."""
    return path.name[:UUID_LENGTH]


def _archive(batch: Iterable[Input], name: str, place: Place, report: Report) -> Path | None:
    """Write what is not yet on file to one archive file, and close it; None where there was nothing new."""
    given = {_page_key(found): found for found in batch if isinstance(found, RawInput)}
    counted = Counter(_page_key(found) for found in batch if isinstance(found, RawInput))
    known = place.store.known_pages(given)
    for page_id, found in given.items():
        again = counted[page_id] - (page_id not in known)
        for _ in range(again):
            report.count(found.item, found.outlet, Outcome.KNOWN, None)
    fresh = [found for page_id, found in given.items() if page_id not in known]
    if not fresh:
        return None
    with ArchiveWriter(place.archive, name) as writer:
        for found in fresh:
            _write(writer, found)
    return writer.path


def _write(writer: ArchiveWriter, found: RawInput) -> None:
    if found.http_status is None:
        writer.write_resource(
            found.url or file_urn(found.payload),
            found.payload,
            found.content_type,
            found.fetched_at,
            outlet=found.outlet,
            file_name=found.item,
            is_flat_text=found.is_flat_text,
        )
        return
    # The payload has its content encoding undone, so the header that names it no longer holds.
    headers = [
        (f"X-Original-{name}" if name.lower() == "content-encoding" else name, value)
        for name, value in found.http_headers
    ]
    writer.write_response(
        found.url or file_urn(found.payload),
        found.http_status,
        headers,
        found.payload,
        found.fetched_at,
        truncated="length" if found.is_truncated else None,
        outlet=found.outlet,
    )


def _page_key(found: RawInput) -> int:
    url = found.url or file_urn(found.payload)
    return keys.page_id(url, found.fetched_at, keys.sha256(found.payload))


def _bad_inputs(batch: Iterable[Input], place: Place, report: Report) -> None:
    """Count what could not be read at all; it has no page, so its outcome is the only trace of it."""
    rows = []
    for found in batch:
        if isinstance(found, BadInput):
            report.count(found.item, None, found.outcome, found.detail)
            rows.append(
                OutcomeRow(
                    run_id=report.run_id,
                    stage="read",
                    item=found.item,
                    outcome=Outcome(found.outcome),
                    detail=found.detail,
                    at=place.clock(),
                )
            )
    if rows:
        batch_of_rows = new_batch(place.knowledge)
        batch_of_rows.outcomes = rows
        place.store.save(batch_of_rows, place.clock())


def load_archive(path: Path, place: Place, report: Report, *, is_late: bool = False) -> None:
    """Read one closed archive file and record all of it in one transaction, then bring the ledger up to date."""
    now = place.clock()
    judged: Judged = judge(read_archive(path), place.store, place.archive, place.knowledge, report.run_id, now)
    if is_late and not judged.batch.pages:
        return
    for item, outlet, outcome, detail in judged.counted:
        report.count(item, outlet, outcome, detail)
    report.rows += place.store.save(judged.batch, now)
    report.rows += keep_stories(place.store)
    report.ledger += refresh_ledger(
        place.store,
        place.knowledge.rules_version,
        now,
        guarantors=judged.guarantors | place.store.guarantors_of(judged.touched),
        edited=judged.edited,
    )
