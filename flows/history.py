"""How ledger lines went from one state to another over a span of time, and by which cause.

The history keeps a cause for every state that came; why one ended without another is found again from the versions of
the articles it rested on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from flows.books import rows_of
from flows.steps.ledger import changes
from storage.models import TABLES
from storage.records import LedgerLine
from storage.store import Store
from storage.terms import Cause, Decision

_STATE = ("known_from", "known_to", "rules_version", "cause")
_Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class State:
    """A line as it was shown from one moment (UTC) to another, None for what is shown now, and why it came."""

    line: LedgerLine
    known_from: datetime
    known_to: datetime | None
    rules_version: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Step:
    """One moment (UTC) at which a line went from one state to another, and the run at work then."""

    line: str
    at: datetime
    before: State | None
    after: State | None
    cause: Cause
    run: str | None

    @property
    def promise(self) -> tuple[str, str]:
        """Guarantor and document, the first two parts of the line's name."""
        guarantor, document, _ = self.line.split("/", 2)
        return guarantor, document


def steps_between(store: Store, since: datetime, until: datetime) -> list[Step]:
    """What became of each line between two moments, both included, by line and moment.

    Steps of one line within one run and by one cause are one: nobody saw what stood between them.
    """
    of_line: defaultdict[str, list[State]] = defaultdict(list)
    for state in _states(store, since, until):
        of_line[state.line.line].append(state)
    found = [
        (name, at, before, after)
        for name, states in of_line.items()
        for at, before, after in _steps(states, since, until)
    ]
    closed = [before for _, _, before, after in found if after is None and before is not None]
    why_closed = iter(closing_causes(store, closed))
    runs = _runs(store, until)
    steps = [
        Step(name, at, before, after, after.cause if after else next(why_closed), _run_at(runs, at))
        for name, at, before, after in found
    ]
    return [step for step in _joined(steps) if _is_seen(step)]


def _states(store: Store, since: datetime, until: datetime) -> list[State]:
    """The states that began or ended between two moments, both included, by line and moment."""
    table = TABLES["ledger_history"]
    names = tuple(LedgerLine.model_fields)
    in_span = sa.or_(table.c.known_from.between(since, until), table.c.known_to.between(since, until))
    query = (
        sa.select(*(table.c[name] for name in (*names, *_STATE)))
        .where(in_span)
        .order_by(table.c.line, table.c.known_from, table.c.history_id)
    )
    with store.stream(query) as found:
        rows = [dict(zip((*names, *_STATE), row, strict=True)) for row in found]
    return [
        State(
            line=LedgerLine.model_validate({name: row[name] for name in names}),
            known_from=row["known_from"],
            known_to=row["known_to"],
            rules_version=row["rules_version"],
            cause=Cause(row["cause"]),
        )
        for row in rows
    ]


def _steps(
    states: Sequence[State], since: datetime, until: datetime
) -> Iterator[tuple[datetime, State | None, State | None]]:
    """The moments at which one line was another than just before, with its states before and from then on."""
    moments = {at for state in states for at in (state.known_from, state.known_to) if at and since <= at <= until}
    for at in sorted(moments):
        before = next((one for one in states if one.known_from < at and one.known_to and at <= one.known_to), None)
        after = next((one for one in states if one.known_from <= at and (not one.known_to or at < one.known_to)), None)
        if before is not None or after is not None:
            yield at, before, after


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    last: Step | None = None
    for step in steps:
        if last is not None and step.run is not None and _together(last) == _together(step):
            last = replace(step, before=last.before)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _together(step: Step) -> tuple[str, str | None, Cause]:
    return step.line, step.run, step.cause


def _is_seen(step: Step) -> bool:
    return bool(changes(_lines(step.before), _lines(step.after)))


def _lines(state: State | None) -> list[LedgerLine]:
    return [state.line] if state else []


def _runs(store: Store, until: datetime) -> list[tuple[str, datetime, datetime | None]]:
    table = TABLES["runs"]
    query = sa.select(table.c.run_id, table.c.started_at, table.c.finished_at).where(table.c.started_at <= until)
    with store.stream(query.order_by(table.c.started_at.desc(), table.c.run_id)) as found:
        return [(row[0], row[1], row[2]) for row in found]


def _run_at(runs: Iterable[tuple[str, datetime, datetime | None]], at: datetime) -> str | None:
    return next((name for name, began, ended in runs if began <= at and (ended is None or at <= ended)), None)


def closing_causes(store: Store, closed: Sequence[State]) -> list[Cause]:
    """Why each of these states ended without another, in the same order.

    A person's correction while it was shown is a review. Where a claim it rested on stands in a version of its article
    and not in the next, which the run then at work had stored, the outlet edited it away. What is left are our rules.
    """
    rested = [{*state.line.deciding, state.line.best_claim} for state in closed]
    every = {number for numbers in rested for number in numbers}
    corrected, dropped = _corrected(store, every), _dropped(store, every)
    causes: list[Cause] = []
    for state, numbers in zip(closed, rested, strict=True):
        end = state.known_to
        if end is None:
            message = f"{state.line.line} is still shown"
            raise ValueError(message)
        if any(state.known_from < at <= end for number in numbers for at in corrected[number]):
            causes.append(Cause.REVIEW)
        elif any(_is_within(end, run) for number in numbers for run in dropped[number]):
            causes.append(Cause.OUTLET_EDIT)
        else:
            causes.append(Cause.RULE)
    return causes


def _corrected(store: Store, claim_ids: set[int]) -> defaultdict[int, list[datetime]]:
    """When persons corrected each claim."""
    reviews = TABLES["reviews"]
    query = sa.select(reviews.c.claim_id, reviews.c.decided_at).where(reviews.c.decision == Decision.CORRECT.value)
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for number, at in rows_of(store, query, reviews.c.claim_id, claim_ids):
        found[number].append(at)
    return found


def _dropped(store: Store, claim_ids: set[int]) -> defaultdict[int, list[_Span]]:
    """From when to when the runs worked that stored a version without the claim right after one that holds it."""
    claims, pages, runs = TABLES["claims"], TABLES["pages"], TABLES["runs"]
    earlier, later = TABLES["versions"].alias("earlier"), TABLES["versions"].alias("later")
    same = claims.alias("same")
    stays = sa.exists().where(same.c.claim_id == claims.c.claim_id, same.c.version_id == later.c.version_id)
    query = (
        sa.select(claims.c.claim_id, runs.c.started_at, runs.c.finished_at)
        .join(earlier, earlier.c.version_id == claims.c.version_id)
        .join(later, sa.and_(later.c.article_id == earlier.c.article_id, later.c.n == earlier.c.n + 1))
        .join(pages, pages.c.version_id == later.c.version_id)
        .outerjoin(runs, runs.c.run_id == pages.c.run_id)
        .where(~stays)
        .distinct()
    )
    found: defaultdict[int, list[_Span]] = defaultdict(list)
    for number, *run in rows_of(store, query, claims.c.claim_id, claim_ids):
        found[number].append((run[0], run[1]))
    return found


def _is_within(moment: datetime, run: _Span) -> bool:
    """Whether a run was at work at a moment; one that is not on file may have been."""
    started, finished = run
    return (started is None or started <= moment) and (finished is None or moment <= finished)
