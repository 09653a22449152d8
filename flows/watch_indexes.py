"""What may be wrong with an index: refused, challenged, unreadable, or whole and empty. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp

from crawlers.outlet import Outlet
from flows.watch_records import ANSWERED, Alarm, IndexSeen, Seen
from storage.terms import AlarmKind, Outcome

REFUSALS = frozenset({Outcome.FORBIDDEN, Outcome.RATE_LIMITED, Outcome.HTTP_ERROR})
"""Answers by which a server says that it will not serve."""

NOT_THERE = frozenset({Outcome.NOT_FOUND, Outcome.GONE})

QUIET_DAY = 0.2
"""On its quietest days (Christmas, a Sunday in August) an outlet publishes a fifth of what it does on average."""

NEVER = 1e-4
"""A probability that no night ever sees."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an index, and in words."""

    index: IndexSeen
    kind: AlarmKind
    words: str


def trouble_of(one: IndexSeen, outlet: Outlet) -> Trouble | None:
    """What is wrong with an index, whether or not that is its stated state; None where nothing is."""
    if one.outcomes.get(Outcome.CHALLENGE):
        return Trouble(one, AlarmKind.CHALLENGE, _words(one, {Outcome.CHALLENGE}))
    failed = set(one.outcomes) - ANSWERED - NOT_THERE
    if failed & (REFUSALS | {Outcome.ROBOTS_DENIED}):
        return Trouble(one, AlarmKind.BLOCKED, _words(one, failed))
    if failed:
        return Trouble(one, AlarmKind.UNREADABLE_INDEX, _words(one, failed))
    if _is_missing(one):
        return Trouble(one, AlarmKind.UNREADABLE_INDEX, _words(one, NOT_THERE))
    return _emptiness(one, outlet)


def _is_missing(one: IndexSeen) -> bool:
    """Whether no address of the index exists. The list of a day that has just begun may not, yet."""
    asked = sum(one.outcomes.values())
    return not one.has_answered and asked > (1 if one.is_daily else 0)


def _emptiness(one: IndexSeen, outlet: Outlet) -> Trouble | None:
    """A list a day is empty on a quiet day; any other index shows its latest entries however old they are."""
    if one.listed != 0:
        return None
    words = "came whole and named no article"
    if one.is_daily:
        expected = QUIET_DAY * (one.usual_a_day or 0) * one.whole_days
        if exp(-expected) < NEVER:
            words += f" for {one.whole_days} ended days; usual: {one.usual_a_day:.0f} a day"
            return Trouble(one, AlarmKind.EMPTY_INDEX, words)
        return None
    if one.has_listed:
        return Trouble(one, AlarmKind.EMPTY_INDEX, f"{words}; before, it named some")
    if one.kind in outlet.expectation.never_empty:
        return Trouble(one, AlarmKind.EMPTY_INDEX, f"{words}; stated: never empty")
    return None


def _words(one: IndexSeen, outcomes: set[Outcome] | frozenset[Outcome]) -> str:
    asked = sum(one.outcomes.values())
    counted = ", ".join(f"{outcome} {one.outcomes[outcome]}" for outcome in sorted(outcomes & set(one.outcomes)))
    return f"{counted} of {asked} requests"


def troubles_of(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Trouble]:
    """The indexes that did not give what they should, less those of which that is the stated state."""
    for one in tonight.indexes:
        trouble = trouble_of(one, outlet)
        if trouble is None:
            continue
        is_refusal = trouble.kind in {AlarmKind.BLOCKED, AlarmKind.CHALLENGE}
        if trouble.kind is AlarmKind.EMPTY_INDEX:
            yield trouble
        elif (answered := _answered_on(one, before)) is not None:
            yield replace(trouble, words=f"{trouble.words}; it answered on {answered:%Y-%m-%d}")
        elif not is_refusal or not (one.may_be_blocked or outlet.known_to_block):
            yield trouble


def _answered_on(one: IndexSeen, before: Sequence[Seen]) -> date | None:
    """The latest day on which the index gave what it should."""
    days = (seen.on for seen in before for index in seen.indexes if index.is_same_as(one) and index.has_answered)
    return max(days, default=None)


def index_alarms(outlet: Outlet, tonight: Seen, troubles: Sequence[Trouble]) -> Iterator[Alarm]:
    """An alarm an index, or one for all of them where all that are expected to answer share one trouble."""
    kinds = {trouble.kind for trouble in troubles}
    well = [one for one in tonight.indexes if trouble_of(one, outlet) is None]
    if len(troubles) > 1 and len(kinds) == 1 and not well:
        yield Alarm(outlet.slug, kinds.pop(), "", f"all {len(troubles)} indexes: {troubles[0].words}")
        return
    for trouble in troubles:
        yield Alarm(outlet.slug, trouble.kind, trouble.index.address, trouble.words)
