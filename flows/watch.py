"""Watching: what was seen of one outlet in one run, held against what is stated or usual, gives alarms. Pure.

Shares are learned from earlier nights. One is unusual where it is greater than theirs by more than a tolerance even if
chance is given all it may have (99.9 %, Newcombe's limits of a difference: `flows.chance.surely_more`), so that few
cases raise nothing. What is stated, or plainly wrong on a first night, is tested by the exact binomial tail.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from crawlers.outlet import Outlet
from flows.chance import NOTHING, Share, at_least, surely_more
from flows.watch_indexes import NEVER, QUIET_DAY, REFUSALS, index_alarms, trouble_of, troubles_of
from flows.watch_records import FIELDS, Alarm, Seen
from storage.terms import AlarmKind, Outcome

UNLIKELY = 1e-3
"""What comes about by chance in less than one night of a thousand is told."""

TOLERANCE = 0.1
"""Nights differ by more than chance (Sundays, holidays, an election): by so much a share may move."""

LANGUAGE_TOLERANCE = 0.2
"""The mix of editions depends on the hour of a run as well, so it may move further."""

LANGUAGE_LEFT = 1 / 3
"""A language that keeps more than a third of its share has not gone."""

MISSING_ALLOWED = 0.1
"""Of what no article lacks, one in ten may: odd pages (a live blog, a project's page) are published everywhere."""

MOST = 0.5
"""Without a night to compare with, only what befalls more than half is plainly wrong."""

FEW = 5
"""Of fewer pages than this all may be videos by chance, whatever earlier nights held: they often come in pairs."""

A_WHOLE_NIGHT = 20
"""Pages from which on a single night counts as a measure of what nights may be like."""


def alarms_of(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> list[Alarm]:
    """What is not as usual, by kind and subject, each once. `before` are the earlier runs in time order.

    What an outlet states as its normal state (an index that may be blocked, an outlet known to block) is an alarm
    only where it has become so. A night that itself raised an alarm is no measure for that alarm; where all nights
    before did, what they showed has become usual, but for what is stated or plainly wrong.
    """
    troubles = list(troubles_of(outlet, tonight, before))
    found = [*index_alarms(outlet, tonight, troubles), *_challenges(outlet, tonight, before)]
    found += [*_drops(outlet, tonight, before), *_fields(outlet, tonight, before), *_layout(outlet, tonight, before)]
    found += _dates(outlet, tonight, before)
    if not troubles:  # with an edition's index missing, the mix is another one
        found += _languages(outlet, tonight, before)
    found += _silence(outlet, tonight, before)
    found += _still(outlet, tonight, before, {(alarm.kind, alarm.subject) for alarm in found})
    merged: dict[tuple[AlarmKind, str], Alarm] = {}
    for alarm in found:
        key = (alarm.kind, alarm.subject)
        same = merged.get(key)
        merged[key] = replace(same, detail=f"{same.detail}; {alarm.detail}") if same else alarm
    return [merged[key] for key in sorted(merged)]


def _challenges(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    share = tonight.share(Outcome.CHALLENGE)
    if share.count and (not outlet.known_to_block or _has_given_pages(before)):
        yield Alarm(outlet.slug, AlarmKind.CHALLENGE, "", f"{share} pages asked whether a person reads them")


def _has_given_pages(before: Sequence[Seen]) -> bool:
    return any(seen.requests.get(Outcome.ARTICLE) for seen in before)


def alarm_for(outcome: Outcome) -> tuple[AlarmKind, str]:
    """Kind and subject of the alarm that unusually many pages of an outcome raise."""
    if outcome in REFUSALS:
        return AlarmKind.BLOCKED, ""
    return (AlarmKind.CHALLENGE, "") if outcome is Outcome.CHALLENGE else (AlarmKind.DROP_JUMP, outcome.value)


def _drops(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    """Refused pages as one, every other outcome by itself; without a night to compare with, that all were dropped."""
    refusals = tuple(sorted(REFUSALS & set(tonight.requests)))
    others = set(tonight.requests) - {Outcome.ARTICLE, Outcome.NOT_MODIFIED, Outcome.CHALLENGE, *refusals}
    groups = [
        (*alarm_for(outcomes[0]), outcomes) for outcomes in (refusals, *((one,) for one in sorted(others))) if outcomes
    ]
    is_lost = tonight.judged >= FEW and not tonight.requests.get(Outcome.ARTICLE)
    largest = max((tonight.share(*outcomes).count for _, _, outcomes in groups), default=0)
    for kind, subject, outcomes in groups:
        share, named = tonight.share(*outcomes), ", ".join(outcomes)
        usual = _usual(((seen, seen.share(*outcomes)) for seen in before), kind, subject)
        is_stated = outlet.known_to_block and kind is AlarmKind.BLOCKED and not _has_given_pages(before)
        if usual is not None and usual.is_exceeded_by(share):
            yield Alarm(outlet.slug, kind, subject, f"{share} pages {named}; {usual}")
        elif is_lost and share.count == largest and not is_stated and (not usual or share.of >= A_WHOLE_NIGHT):
            yield Alarm(outlet.slug, kind, subject, f"{share} pages {named}, none is an article")


def _fields(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    for name in FIELDS:
        share = tonight.lacking(name)
        if name in outlet.expectation.always:
            is_told, why = at_least(share, MISSING_ALLOWED) < UNLIKELY, "stated: none ever does"
        else:
            usual = _usual(((seen, seen.lacking(name)) for seen in before), AlarmKind.EMPTY_FIELD, name)
            is_told, why = usual is not None and usual.is_exceeded_by(share), str(usual)
        if is_told:
            yield Alarm(outlet.slug, AlarmKind.EMPTY_FIELD, name, f"{share} articles lack it; {why}")


def _layout(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    """Articles that the outlet's body selectors missed, so that general rules read them."""
    if not outlet.body:
        return
    share = tonight.generic
    usual = _usual(((seen, seen.generic) for seen in before), AlarmKind.LAYOUT_CHANGED, "")
    words = f"the body selectors of its file miss {share} articles, which were read by general rules"
    if usual is not None and usual.is_exceeded_by(share):
        yield Alarm(outlet.slug, AlarmKind.LAYOUT_CHANGED, "", f"{words}; {usual}")
    elif usual is None and at_least(share, MOST) < UNLIKELY:
        yield Alarm(outlet.slug, AlarmKind.LAYOUT_CHANGED, "", words)


def _languages(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    """The language whose share has moved furthest, if one has turned over."""
    turned: list[tuple[float, str, str]] = []
    for name in sorted({name for seen in (tonight, *before) for name in seen.languages}):
        usual = _usual(((seen, seen.written_in(name)) for seen in before), AlarmKind.LANGUAGE_TURNED)
        if usual is None:
            continue
        share = tonight.written_in(name)
        is_going = share.of >= FEW and share.value <= LANGUAGE_LEFT * usual.share.value
        if (is_going and surely_more(usual.share, share) > 0) or usual.is_exceeded_by(share, LANGUAGE_TOLERANCE):
            turned.append((abs(share.value - usual.share.value), name, f"{share} articles in it; {usual}"))
    if turned:
        _, name, words = max(turned)
        yield Alarm(outlet.slug, AlarmKind.LANGUAGE_TURNED, name, words)


def _dates(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    """Moments of publication that are not those told before, by the article itself or by the index."""
    kind, subject = AlarmKind.DATE_DRIFT, "published_at"
    if at_least(tonight.reread, MISSING_ALLOWED) < UNLIKELY:
        words = f"{tonight.reread} articles looked at again tell another moment than before"
        yield Alarm(outlet.slug, kind, subject, words)
    usual = _usual(((seen, seen.hinted) for seen in before), kind, subject)
    if usual is not None and usual.is_exceeded_by(tonight.hinted):
        words = f"{tonight.hinted} articles tell another moment than the index; {usual}"
        yield Alarm(outlet.slug, kind, subject, words)


def _silence(outlet: Outlet, tonight: Seen, before: Sequence[Seen]) -> Iterator[Alarm]:
    """Indexes that answer and name nothing of the last whole Kyiv days, more of them than an outlet is ever quiet.

    The chance of no article in `days` days is exp(-rate * days). A run minutes after another lists what that one
    did, so it is no silence; nor is a night in which nothing answered, which is told as such.
    """
    if not any(one.has_answered and trouble_of(one, outlet) is None for one in tonight.indexes):
        return
    rate = float(outlet.expectation.articles_min or 0)
    if not rate and before and tonight.usual_a_day:
        rate = QUIET_DAY * tonight.usual_a_day
    if tonight.newest_on is None:
        if rate:
            yield Alarm(outlet.slug, AlarmKind.SILENCE, "", f"its indexes name nothing; {rate:g} a day are expected")
        return
    days = (tonight.on - tonight.newest_on).days - 1
    if days > 0 and exp(-rate * days) < NEVER:
        words = f"nothing newer than {tonight.newest_on:%Y-%m-%d} is listed, {days} whole days without an article"
        yield Alarm(outlet.slug, AlarmKind.SILENCE, "", f"{words}; at least {rate:g} a day are expected")


def _still(
    outlet: Outlet, tonight: Seen, before: Sequence[Seen], told: Collection[tuple[AlarmKind, str]]
) -> Iterator[Alarm]:
    """Alarms of the run before that tonight's few pages do not end: a run minutes after another sees hardly any."""
    if not before:
        return
    for kind, subject in sorted(before[-1].raised - set(told)):
        share = _evidence(tonight, kind, subject)
        if share is not None and share.of < FEW and (not share.of or share.value > MOST):
            words = f"as in the run of {before[-1].on:%Y-%m-%d}; {share.of} pages since are too few to tell otherwise"
            yield Alarm(outlet.slug, kind, subject, words)


def _evidence(tonight: Seen, kind: AlarmKind, subject: str) -> Share | None:
    """Of the pages that could tell, those that speak for an alarm; None where every run can tell."""
    if kind is AlarmKind.DROP_JUMP:
        return tonight.share(Outcome(subject))
    if kind is AlarmKind.EMPTY_FIELD:
        return tonight.lacking(subject)
    if kind is AlarmKind.LAYOUT_CHANGED:
        return tonight.generic
    if kind is AlarmKind.DATE_DRIFT:
        return tonight.reread + tonight.hinted
    return Share(0, sum(tonight.languages.values())) if kind is AlarmKind.LANGUAGE_TURNED else None


@dataclass(frozen=True, slots=True)
class Usual:
    """What earlier nights showed: all of them together, and the most any single whole night did."""

    share: Share
    most: float
    nights: int

    def __str__(self) -> str:
        return f"usual: {self.share} in {self.nights} earlier runs"

    def is_exceeded_by(self, share: Share, tolerance: float = TOLERANCE) -> bool:
        """Whether neither chance nor the tolerance explains a share."""
        is_beyond = share.of >= FEW and share.value > self.most + tolerance
        return is_beyond and surely_more(share, self.share) > tolerance


def _usual(shares: Iterable[tuple[Seen, Share]], kind: AlarmKind, subject: str | None = None) -> Usual | None:
    """What the nights showed that did not raise that alarm (None: on whatever subject); None where there is none."""
    kept = [
        share
        for seen, share in shares
        if share.of and not any(kind == raised and subject in {None, about} for raised, about in seen.raised)
    ]
    if not kept:
        return None
    most = max((share.value for share in kept if share.of >= A_WHOLE_NIGHT), default=0.0)
    return Usual(sum(kept, NOTHING), most, len(kept))
