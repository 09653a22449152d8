"""Who was first with a work, and how sure that is.

Copies name their origin, or their times tell. An outlet's times are its own word: what is known is when an address was
first seen here, and that only as exactly as feeds are polled.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from storage.keys import KYIV
from storage.records import Attribution
from storage.terms import TimePrecision

Certainty = Literal["certain", "likely", "not certain", "unknown"]
"""`likely`: by a credit, or by times nobody polled; `unknown`: several may have been first."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_TOLERANCE = timedelta(minutes=2)
_MINUTE = timedelta(minutes=1)
_TO_THE_MINUTE = timedelta(seconds=59)
_EXACT = frozenset({TimePrecision.SECOND, TimePrecision.MINUTE})


@dataclass(frozen=True, slots=True)
class Member:
    """A copy of a work. `first_seen_at` is when its address was first met here, in a feed or as a page.

    `polled_every` is the time between two looks into the outlet's feed while this was published, None where the
    article came by another road (an archive, a file, an index read once).
    """

    article_id: int
    outlet: str
    published_at: datetime | None
    precision: TimePrecision
    first_seen_at: datetime
    polled_every: timedelta | None = None
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstPublisher:
    """Who was first: one article, or all that may have been, the likeliest first. `reason` is a plain sentence.

    `credited` are sources that copies credit and that have no copy on file, most often credited first.
    """

    articles: tuple[int, ...]
    outlets: tuple[str, ...]
    certainty: Certainty
    reason: str
    credited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """Between which moments a member was published, and how that is known."""

    member: Member
    low: datetime
    high: datetime
    basis: Literal["stated", "day", "month", "seen"]
    note: str = ""

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        return self.high, self.low, self.member.article_id


def first_publisher(members: Sequence[Member]) -> FirstPublisher:
    """The origin among the copies of one work: whom the others credit, else whose is the earliest.

    Raises ValueError for no members.
    """
    if not members:
        message = "a work has at least one member"
        raise ValueError(message)
    outlets = {one.outlet for one in members}
    elsewhere = _credited_elsewhere(members, outlets)
    unread = "credited, and no text of theirs on it is on file"
    tail = f"; {_many(elsewhere)} {_are(elsewhere)} {unread}" if elsewhere else ""
    spans = sorted(map(_span, members), key=lambda one: one.order)
    if len(outlets) == 1:
        first = spans[0].member
        certainty: Certainty = "not certain" if elsewhere else "likely"
        return _named([first], certainty, f"no other outlet's text of it is on file{tail}", elsewhere)
    origins, crediting = _origins(members)
    if len(origins) == 1:
        [origin] = origins
        own = next(one for one in spans if one.member.outlet == origin)
        earlier = next((one for one in spans if one.high < own.low and one.member.outlet != origin), None)
        but = f", though {earlier.member.outlet} names an earlier time" if earlier else ""
        reason = f"{crediting} of {len(outlets) - 1} other outlets {_credit(crediting)} {origin}{but}{tail}"
        return _named([own.member], "not certain" if earlier else "likely", reason, elsewhere)
    among = [one for one in spans if not origins or one.member.outlet in origins]
    told = _by_time(among)
    reason = f"{_many(origins)} are credited; {told.reason}" if origins else told.reason
    certainty = "not certain" if elsewhere and told.certainty in {"certain", "likely"} else told.certainty
    return FirstPublisher(told.articles, told.outlets, certainty, reason + tail, elsewhere)


def _credits(member: Member) -> set[str]:
    return {one.source for one in member.attributions if one.role == "origin"}


def _credited_elsewhere(members: Iterable[Member], outlets: set[str]) -> tuple[str, ...]:
    by_outlet = {(one.outlet, source) for one in members for source in _credits(one)}
    counted = Counter(source for _, source in by_outlet if source not in outlets)
    return tuple(sorted(counted, key=lambda source: (-counted[source], source)))


def _origins(members: Sequence[Member]) -> tuple[tuple[str, ...], int]:
    """Outlets that others credit and that credit no other member, and how many others credit somebody among them."""
    outlets = {one.outlet for one in members}
    said: dict[str, set[str]] = {outlet: set() for outlet in outlets}
    for one in members:
        said[one.outlet] |= _credits(one) & outlets
    credited = set().union(*said.values())
    # Whom a chain of credits ends at; where credits run in a circle, nobody.
    ends = tuple(sorted(outlet for outlet in credited if not said[outlet]))
    return ends, sum(bool(sources) for sources in said.values())


def _span(one: Member) -> _Span:
    """When a member was published: as it says, as far as that can be, and not after it was first seen."""
    seen_since = one.first_seen_at - one.polled_every if one.polled_every is not None else _ALWAYS
    if one.published_at is None or one.precision is TimePrecision.UNKNOWN:
        return _Span(one, seen_since, one.first_seen_at, "seen")
    low, high, basis = _stated(one.published_at, one.precision)
    if low > one.first_seen_at + _TOLERANCE:
        note = f"{one.outlet} names a time after it was read here"
        return _Span(one, seen_since, one.first_seen_at, "seen", note)
    if basis == "stated":
        return _Span(one, low, high, basis)
    high = min(high, one.first_seen_at)
    return _Span(one, max(low, seen_since) if seen_since <= high else low, high, basis)


def _stated(moment: datetime, precision: TimePrecision) -> tuple[datetime, datetime, Literal["stated", "day", "month"]]:
    if precision in _EXACT:
        moment = moment.astimezone(UTC)
        return moment, moment + (_TO_THE_MINUTE if precision is TimePrecision.MINUTE else timedelta()), "stated"
    local = moment.astimezone(KYIV)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision is TimePrecision.DAY:
        following = (start + timedelta(days=1, hours=2)).replace(hour=0)
        return start.astimezone(UTC), following.astimezone(UTC) - _MINUTE, "day"
    start = start.replace(day=1)
    following = (start + timedelta(days=32)).replace(day=1, hour=0)
    return start.astimezone(UTC), following.astimezone(UTC) - _MINUTE, "month"


def _by_time(spans: Sequence[_Span]) -> FirstPublisher:
    """Who was first by time, of spans in order; articles of the same outlet are no rivals."""
    first = spans[0]
    others = [one for one in spans if one.member.outlet != first.member.outlet]
    notes = "; ".join(dict.fromkeys(one.note for one in spans if one.note))
    tail = f"; {notes}" if notes else ""
    if not others:
        return _named([first.member], "likely", f"only {first.member.outlet} of them{tail}")
    rivals = [one for one in others if one.low <= first.high]
    if rivals:
        return _overlapping(first, rivals, tail)
    following = min(others, key=lambda one: (one.low, one.member.article_id))
    gap = following.low - (first.low if first.basis == "stated" else first.high)
    polls = _polls(first, following)
    basis = _basis(first, following)
    is_stated = basis == "by published time (minute)"
    how = f"first {basis}, {'' if is_stated else 'at least '}{_long(gap)} before {following.member.outlet}"
    if not is_stated:
        certainty: Certainty = "certain" if notes == "" and "day" not in basis else "likely"
        return _named([first.member], certainty, how + tail)
    if polls is None:
        return _named([first.member], "likely", f"{how}, by their own word: no feed was polled then{tail}")
    if gap < polls:
        reason = f"first by {_long(gap)}, polls are {_long(polls)} apart: not certain"
        return _named([first.member], "not certain", f"{reason} ({following.member.outlet} came next){tail}")
    return _named([first.member], "certain", how + tail)


def _overlapping(first: _Span, rivals: Sequence[_Span], tail: str) -> FirstPublisher:
    """What can be said where several may have been first."""
    all_ = (first, *rivals)
    members = [one.member for one in all_]
    names = _many(tuple(dict.fromkeys(one.outlet for one in members)))
    bases = {one.basis for one in all_}
    if bases == {"stated"}:
        return _named(members, "unknown", f"the same minute: {names}{tail}")
    if bases == {"day"}:
        return _named(members, "unknown", f"same day, times unknown: {names}{tail}")
    if bases == {"seen"}:
        following = min(rivals, key=lambda one: one.order)
        gap, polls = following.high - first.high, _polls(first, following)
        every = f"polls are {_long(polls)} apart" if polls else "not all were polled"
        reason = f"read here first, by {_long(gap)}; {every}: not certain"
        return _named(members, "unknown" if not gap else "not certain", f"{reason} ({names}){tail}")
    vague = _many(tuple(dict.fromkeys(one.member.outlet for one in all_ if one.basis != "stated")))
    reason = f"{first.member.outlet} is the first that is known for sure, but the time of {vague} is not exact"
    return _named(members, "not certain", f"{reason}: not certain{tail}")


def _basis(first: _Span, following: _Span) -> str:
    if {first.basis, following.basis} == {"stated"}:
        return "by published time (minute)"
    if "seen" in {first.basis, following.basis}:
        return "by when it was read here"
    return "by published day"


def _polls(*spans: _Span) -> timedelta | None:
    """The longest time between two polls; None where one of them was not polled."""
    every = [one.member.polled_every for one in spans]
    known = [one for one in every if one is not None]
    return max(known) if len(known) == len(every) else None


def _named(
    members: Sequence[Member], certainty: Certainty, reason: str, credited: tuple[str, ...] = ()
) -> FirstPublisher:
    outlets = tuple(dict.fromkeys(one.outlet for one in members))
    return FirstPublisher(tuple(one.article_id for one in members), outlets, certainty, reason, credited)


def _credit(number: int) -> str:
    return "credits" if number == 1 else "credit"


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _many(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _long(length: timedelta) -> str:
    minutes = round(length / _MINUTE)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:  # noqa: PLR2004 - two days
        return f"{hours // 24} days"
    if hours:
        return f"{hours} h {rest:02d}" if rest else f"{hours} h"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
