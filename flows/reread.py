"""Reading anew what is on file: by today's cleaner, today's rules or today's comparison; shown first, then applied.

Plain Python. The archive is the source: a new cleaner gives new readings and never a version, so what we improve
never looks like an outlet's edit. Showing puts every batch over the store in memory and writes nothing; applying
saves each batch in one transaction and brings the ledger up to date after it, so whatever stops it leaves whole
batches, and the next run does only what is still due.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from flows.books import on_file
from flows.errors import UserError, WorkFailedError
from flows.holders import own_holder
from flows.ingest import LEASE, Place, Report, keep_alive, running, take_up_the_dead
from flows.reference import reference_rows
from flows.reread_batches import reidentify, reread_articles, reread_dropped, retag
from flows.reread_difference import EXAMPLES, Difference, conflict_changes, line_changes, relation_changes, work_changes
from flows.reread_made import Reread, Tie
from flows.reread_view import View, Work
from flows.steps.ledger import derive
from flows.stories import keep_stories
from storage.records import Conflict, LedgerLine
from storage.store import stale
from storage.store.stale import Scope
from storage.terms import Cause

BATCH = 50
"""Articles, or captures that are none, in one transaction."""

REPROCESS = "reprocess"
"""The verb, and the kind of lease that keeps two of it apart."""

_FIRST = -1


class Step(StrEnum):
    """What is done anew."""

    CLEAN = "clean"
    IDENTIFY = "identify"
    TAG = "tag"
    LEDGER = "ledger"


Telling = Callable[[Difference], None]


def reprocess(
    step: str,
    place: Place,
    *,
    apply: bool,
    outlet: str | None = None,
    since: date | None = None,
    on_batch: Telling | None = None,
    examples: int | None = EXAMPLES,
) -> Difference:
    """Do a step anew for all that is due, within the limits; says what it changes, and writes that only if told to.

    `outlet` is a slug, `since` a Kyiv day of publication (of the fetch where that is unknown). `on_batch` is told the
    difference so far after each batch. `examples` is how many changes of each kind are kept (None: all).
    Raises UserError for an unknown step or for limits on the ledger, which is derived from all claims;
    WorkFailedError where another run is reading anew; StoreError where the database cannot be written.
    """
    if step not in set(Step):
        message = f"No step {step!r}; say one of: {', '.join(Step)}."
        raise UserError(message)
    if step == Step.LEDGER and (outlet or since):
        message = "The ledger is derived from all claims; leave out --outlet and --since."
        raise UserError(message)
    scope = Scope(outlet, since)
    difference = _what_is_due(Step(step), place, scope, examples)
    difference.is_applied = apply
    with View(place.store, place.knowledge) as view:
        tally = _Tally(difference, place, view)
        told = on_batch or _to_nobody
        if not apply:
            _show(Step(step), scope, tally, told)
        elif difference.total or tally.is_unsettled:
            _apply(Step(step), scope, tally, told)
    return difference


def _to_nobody(difference: Difference) -> None:
    del difference


def _what_is_due(step: Step, place: Place, scope: Scope, examples: int | None) -> Difference:
    store, cleaner, rules = place.store, place.knowledge.cleaner_version, place.knowledge.rules_version
    since = scope.since.isoformat() if scope.since else None
    found = Difference(step, False, cleaner, rules, scope.outlet, since, most=examples)  # noqa: FBT003 - not yet
    everywhere = Scope()
    if step is Step.LEDGER:
        found.total = len(stale.guarantors_named(store))
        return found
    found.older = stale.readings_of_other_cleaners(store, cleaner, scope)
    if step is Step.CLEAN:
        found.total = sum(stale.count_to_clean(store, cleaner, scope))
        found.beyond = sum(stale.count_to_clean(store, cleaner, everywhere)) - found.total
    elif step is Step.TAG:
        found.total = stale.count_to_tag(store, cleaner, rules, scope)
        found.beyond = stale.count_to_tag(store, cleaner, rules, everywhere) - found.total
    else:
        found.total = stale.count_articles(store, scope)
        found.beyond = stale.count_articles(store, everywhere) - found.total
    return found


@dataclass
class _Tally:
    """What is counted across batches: the difference, the works concerned, the guarantors whose lines may move."""

    difference: Difference
    place: Place
    view: View
    works_before: dict[int, int] = field(default_factory=dict)
    works_after: dict[int, int] = field(default_factory=dict)
    ties_gained: set[Tie] = field(default_factory=set)
    ties_lost: set[Tie] = field(default_factory=set)
    guarantors: set[str] = field(default_factory=set)
    addresses: dict[int, str] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)
    lines: list[LedgerLine] = field(init=False)
    conflicts: list[Conflict] = field(init=False)
    is_unsettled: bool = field(init=False)

    def __post_init__(self) -> None:
        store = self.place.store
        self.lines, self.conflicts = store.ledger_lines(), store.conflicts()
        self.is_unsettled = _was_stopped(self.place)
        if self.is_unsettled:
            self.guarantors |= set(stale.guarantors_named(store))

    def note(self, made: Reread) -> None:
        """Count one batch; to be called before it is saved or put over the store."""
        difference = self.difference
        difference.add(made.changes)
        difference.failed += made.failed
        difference.done += made.done
        gained, lost = made.ties_after - made.ties_before, made.ties_before - made.ties_after
        back, gone = gained & self.ties_lost, lost & self.ties_gained  # what one batch parts another may join again
        self.ties_gained = (self.ties_gained | (gained - back)) - gone
        self.ties_lost = (self.ties_lost | (lost - gone)) - back
        for article, work in made.works_after.items():
            if article in made.works_before:
                self.works_before.setdefault(article, made.works_before[article])
            self.works_after[article] = work
        for article in made.gone:
            self.works_after.pop(article, None)
        self.gone |= made.gone
        self.guarantors |= made.guarantors
        self.addresses |= made.addresses

    def close(self, lines: Iterable[LedgerLine], conflicts: Iterable[Conflict]) -> None:
        """Count what became of relations, works, and the lines of the guarantors concerned, given how these stand."""
        named = {*self.works_before.values(), *self.works_after.values()}
        named |= {article for tie in self.ties_gained | self.ties_lost for article in tie[:2]}
        articles = self.gone | self.view.addresses_of(named)
        self.difference.add(relation_changes(self.ties_gained, self.ties_lost, articles))
        self.difference.add(work_changes(self.works_before, self.works_after, articles))
        now = list(lines)
        before = [line for line in self.lines if line.guarantor in self.guarantors]
        names = {line.line for line in (*before, *now)}
        was, told = ([one for one in found if one.line in names] for found in (self.conflicts, conflicts))
        claims = {line.best_claim for line in (*before, *now)} | {one.claim_id for one in (*was, *told)}
        addresses = self._addresses(claims - self.addresses.keys()) | self.addresses
        self.difference.add(line_changes(before, now, addresses))
        self.difference.add(conflict_changes(was, told, addresses))

    def _addresses(self, claim_ids: set[int]) -> dict[int, str]:
        """The address of the article of each claim on file."""
        claims = self.place.store.claims_on_file(claim_ids=sorted(claim_ids)) if claim_ids else []
        articles = self.view.addresses_of({one.article_id for one in claims})
        return {one.claim_id: articles[one.article_id] for one in claims}


def _was_stopped(place: Place) -> bool:
    """Whether the last reading anew ended before it was done, so that its ledger may lag behind its claims."""
    sql = "select state from runs where verb = :verb order by started_at desc limit 1"
    return any(row["state"] != "done" for row in place.store.rows(sql, verb=REPROCESS))


def _show(step: Step, scope: Scope, tally: _Tally, told: Telling) -> None:
    for made in _batches(step, scope, Work(tally.place, tally.view, "", tally.place.clock())):
        tally.note(made)
        tally.view.put(made)
        told(tally.difference)
    if step is Step.LEDGER:
        tally.guarantors |= set(stale.guarantors_named(tally.place.store))
        tally.difference.done = tally.difference.total
    tally.close(*_derived(tally.view, tally.guarantors))


def _apply(step: Step, scope: Scope, tally: _Tally, told: Telling) -> None:
    place, view = tally.place, tally.view
    with running(place, REPROCESS) as report:
        place.store.load_reference(*reference_rows(place.knowledge))
        if tally.is_unsettled:
            _settle(tally.guarantors, tally, report)
        take_up_the_dead(place, report)
        if not tally.is_unsettled:
            tally.lines, tally.conflicts = place.store.ledger_lines(), place.store.conflicts()
        with alone(place, report.run_id) as still:
            for made in _batches(step, scope, Work(place, view, report.run_id, place.clock())):
                tally.note(made)
                _save(made, tally, report)
                still()
                told(tally.difference)
            if step is Step.LEDGER:
                tally.guarantors |= set(stale.guarantors_named(place.store))
                _settle(tally.guarantors, tally, report)
                tally.difference.done = tally.difference.total
    shown = [line for line in place.store.ledger_lines() if line.guarantor in tally.guarantors]
    tally.close(shown, place.store.conflicts())


@contextmanager
def alone(place: Place, run_id: str) -> Iterator[Callable[[], None]]:
    """No other run reads anew until the block ends; what is given says that this one still does."""
    store, holder = place.store, own_holder(run_id)
    if not store.acquire_lease(REPROCESS, "", holder, place.clock(), LEASE):
        message = "Another run is reading anew; try again when that has ended."
        raise WorkFailedError(message)

    def still() -> None:
        keep_alive(place, run_id)
        if not store.renew_lease(REPROCESS, "", holder, place.clock(), LEASE):
            message = "This run stood still for so long that another one took over; what it saved stays."
            raise WorkFailedError(message)

    try:
        yield still
    finally:
        store.release_lease(REPROCESS, "", holder)


def _save(made: Reread, tally: _Tally, report: Report) -> None:
    now = tally.place.clock()
    report.rows += tally.place.store.save(made.batch, now)
    report.rows += keep_stories(tally.place.store, {one.article_id for one in made.batch.articles})
    tally.view.forget()
    for counted, count in made.counted.items():
        report.outcomes[counted] += count
    _settle(made.guarantors, tally, report)


def _settle(guarantors: Iterable[str], tally: _Tally, report: Report) -> None:
    """Bring the lines of these guarantors up to date; whatever moves, moves by our rules."""
    place, wanted = tally.place, set(guarantors)
    shown = {line.line for line in place.store.ledger_lines() if line.guarantor in wanted} if wanted else set()
    lines, conflicts = _derived(tally.view, wanted)
    closed = sorted(shown - {line.line for line in lines})
    if lines or closed:
        now: datetime = place.clock()
        rules = place.knowledge.rules_version
        report.ledger += place.store.write_ledger(
            lines, closed, conflicts, now=now, rules_version=rules, cause=Cause.RULE
        )


def _derived(view: View, guarantors: Iterable[str]) -> tuple[list[LedgerLine], list[Conflict]]:
    """The lines of the guarantors and their conflicts, from the claims as they will stand; one guarantor at a time."""
    lines: list[LedgerLine] = []
    conflicts: list[Conflict] = []
    for code in sorted(guarantors):
        found, told = derive(on_file(one) for one in view.claims_about(code))
        lines += found
        conflicts += told
    return lines, conflicts


def _batches(step: Step, scope: Scope, work: Work) -> Iterator[Reread]:
    """What is due, batch by batch in the order of ids; each is judged only when the one before it was dealt with."""
    store, knowledge = work.place.store, work.place.knowledge
    cleaner, rules = knowledge.cleaner_version, knowledge.rules_version
    if step is Step.CLEAN:
        for ids in _in_parts(lambda after: stale.articles_to_clean(store, cleaner, scope, after, BATCH)):
            yield reread_articles(ids, work)
        after = _FIRST
        while pages := stale.dropped_to_clean(store, cleaner, scope, after, BATCH):
            yield reread_dropped(pages, work)
            after = max(page.page_id for page in pages)
    elif step is Step.TAG:
        for ids in _in_parts(lambda after: stale.articles_to_tag(store, cleaner, rules, scope, after, BATCH)):
            yield retag(ids, work)
    elif step is Step.IDENTIFY:
        for ids in _in_parts(lambda after: stale.articles_of(store, scope, after, BATCH)):
            yield reidentify(ids, work)


def _in_parts(ask: Callable[[int], list[int]]) -> Iterator[list[int]]:
    after = _FIRST
    while ids := ask(after):
        yield ids
        after = ids[-1]
