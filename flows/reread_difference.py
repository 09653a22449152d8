"""What reading anew changes: counted under one list of kinds, with examples that name their address."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from flows.books import on_file
from flows.steps.ledger import changes
from storage import keys
from storage.records import Claim, Conflict, LedgerLine, Paragraph, Reading
from storage.rows import CHANGE_FIELDS
from storage.store import FiledClaim
from storage.terms import CopyKind

EXAMPLES = 20
_LONGEST = 160
_PROVENANCE = {"removed", "sources", "path", "outlet_source", "date_source"}
"""Fields of a reading that say how it was made, not what it says."""
_SHOWN = set(CHANGE_FIELDS)


class Kind(StrEnum):
    """What may change; every count is under one of these."""

    READING_CHANGED = "reading_changed"
    READING_SAME = "reading_same"
    HEADLINE = "headline"
    PUBLISHED = "published"
    AUTHORS = "authors"
    LANGUAGE = "language"
    OUTLET = "outlet"
    ADDRESS = "address"
    PARAGRAPH_GAINED = "paragraph_gained"
    PARAGRAPH_LOST = "paragraph_lost"
    ARTICLE_FOUND = "article_found"
    ARTICLE_LOST = "article_lost"
    CAPTURE_FOUND = "capture_found"
    CAPTURE_LOST = "capture_lost"
    OUTCOME = "outcome"
    TOPIC = "topic"
    CLAIM_ADDED = "claim_added"
    CLAIM_REMOVED = "claim_removed"
    CLAIM_CHANGED = "claim_changed"
    RELATION_ADDED = "relation_added"
    RELATION_REMOVED = "relation_removed"
    WORK_MERGED = "work_merged"
    WORK_SPLIT = "work_split"
    WORK_CHANGED = "work_changed"
    STORY_CHANGED = "story_changed"
    FILED_ANEW = "filed_anew"
    LINE_OPENED = "line_opened"
    LINE_CHANGED = "line_changed"
    LINE_CLOSED = "line_closed"
    LINE_RECOUNTED = "line_recounted"
    CONFLICT_ADDED = "conflict_added"
    CONFLICT_REMOVED = "conflict_removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: what kind, where it stands (an address), what it is about, and from what to what."""

    kind: Kind
    address: str
    about: str = ""
    before: str = ""
    after: str = ""


@dataclass
class Difference:
    """What reading anew comes to. The same whether it is only shown or applied.

    `total` are the articles and other captures that are due within the limits, `done` those dealt with so far;
    `beyond` are due outside the limits. `older` counts current readings that this step cannot use, by the cleaner that
    made them. `failed` maps (file or address, reason) to how many articles and other captures could not be read anew
    for it; they stay as they are. Of each kind of change at most `most` are kept as examples (None: all).
    """

    step: str
    is_applied: bool
    cleaner_version: str
    rules_version: str
    outlet: str | None = None
    since: str | None = None
    total: int = 0
    done: int = 0
    beyond: int = 0
    older: Counter[str] = field(default_factory=Counter)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[Kind] = field(default_factory=Counter)
    examples: dict[Kind, list[Change]] = field(default_factory=dict)
    most: int | None = EXAMPLES

    def add(self, changes_found: Iterable[Change]) -> None:
        """Count changes, and keep the first of each kind as examples; the same reading twice is no example."""
        for change in changes_found:
            self.counts[change.kind] += 1
            kept = self.examples.setdefault(change.kind, [])
            if change.kind is not Kind.READING_SAME and (self.most is None or len(kept) < self.most):
                kept.append(change)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes that a reader could see."""
        return not any(count for kind, count in self.counts.items() if kind is not Kind.READING_SAME)

    def as_values(self) -> dict[str, Any]:
        """The difference for `--json`; every kind is named, whether it occurs or not."""
        names = ("step", "is_applied", "cleaner_version", "rules_version", "outlet", "since", "total", "done", "beyond")
        return {
            **{name: getattr(self, name) for name in names},
            "older": dict(sorted(self.older.items())),
            "failed": [{"what": what, "why": why, "left": count} for (what, why), count in sorted(self.failed.items())],
            "counts": {kind.value: self.counts[kind] for kind in Kind},
            "examples": [
                {name: getattr(one, name) for name in Change.__slots__}
                for kind in Kind
                for one in self.examples.get(kind, ())
            ],
        }


def is_same_reading(old: Reading, new: Reading) -> bool:
    """Whether two readings say the same, however they were made."""
    return old.model_dump(exclude=_PROVENANCE) == new.model_dump(exclude=_PROVENANCE)


def reading_changes(old: Reading, new: Reading, address: str) -> Iterator[Change]:
    """How a new reading of a version differs from the one on file."""
    if is_same_reading(old, new):
        yield Change(Kind.READING_SAME, address)
        return
    yield Change(Kind.READING_CHANGED, address, new.title)
    told: tuple[tuple[Kind, str, str], ...] = (
        (Kind.HEADLINE, old.title, new.title),
        (Kind.PUBLISHED, _moment(old), _moment(new)),
        (Kind.AUTHORS, ", ".join(old.authors), ", ".join(new.authors)),
        (Kind.LANGUAGE, old.language, new.language),
        (Kind.OUTLET, old.outlet, new.outlet),
        (Kind.ADDRESS, old.canonical_url or "", new.canonical_url or ""),
    )
    for kind, before, after in told:
        if before != after:
            yield Change(kind, address, before=before, after=after)
    was, now = Counter(_texts(old.paragraphs)), Counter(_texts(new.paragraphs))
    for text in (was - now).elements():
        yield Change(Kind.PARAGRAPH_LOST, address, before=excerpt(text))
    for text in (now - was).elements():
        yield Change(Kind.PARAGRAPH_GAINED, address, after=excerpt(text))


def _texts(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [one.text for one in paragraphs]


def _moment(reading: Reading) -> str:
    at = reading.published_at
    return f"{_kyiv(at)} ({reading.published_precision})" if at else ""


def _kyiv(at: datetime) -> str:
    return at.astimezone(keys.KYIV).isoformat(sep=" ")


def excerpt(text: str) -> str:
    """A text as long as an example may be."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


def topic_change(was: bool | None, now: bool, address: str, headline: str) -> Iterator[Change]:  # noqa: FBT001 - two values
    """That an article turns out to be about guarantees, or not to be."""
    if bool(was) != now:
        words = {True: "about guarantees", False: "not about guarantees"}
        yield Change(Kind.TOPIC, address, headline, words[bool(was)], words[now])


def claim_changes(before: Iterable[FiledClaim], after: Iterable[FiledClaim], address: str) -> Iterator[Change]:
    """Claims of one article that come, go or say something else; that their sentence moved is no change."""
    was = {one.claim_id: one.claim for one in before}
    now = {one.claim_id: one.claim for one in after}
    for claim_id in sorted(was.keys() | now.keys()):
        old, new = was.get(claim_id), now.get(claim_id)
        if old is None and new is not None:
            yield Change(Kind.CLAIM_ADDED, address, _about(new), after=excerpt(_sentence(new)))
        elif old is not None and new is None:
            yield Change(Kind.CLAIM_REMOVED, address, _about(old), before=excerpt(_sentence(old)))
        elif old is not None and new is not None and (told := _told_apart(_content(old), _content(new))):
            yield Change(Kind.CLAIM_CHANGED, address, _about(new), *told)


def _about(claim: Claim) -> str:
    return f"{claim.guarantor}/{claim.document}/{claim.stage} {claim.factuality}"


def _sentence(claim: Claim) -> str:
    return next((one.quote for one in claim.evidence if one.role == "step"), claim.step_sentence)


def _told_apart(was: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, str] | None:
    """The fields that differ, with what they were and what they become."""
    names = [name for name in now if was[name] != now[name]]
    if not names:
        return None
    return (
        excerpt("; ".join(f"{name} {was[name]}" for name in names)),
        excerpt("; ".join(f"{name} {now[name]}" for name in names)),
    )


def _content(claim: Claim) -> dict[str, Any]:
    proofs = [(one.role.value, one.quote, one.rule) for one in claim.evidence]
    return claim.model_dump(mode="json", exclude={"evidence"}) | {"evidence": proofs}


def claims_that_differ(before: Iterable[FiledClaim], after: Iterable[FiledClaim]) -> set[str]:
    """Guarantors whose ledger may move, since a claim about them, or what stands behind it, is not as it was."""
    was = {one.claim_id: on_file(one) for one in before}
    now = {one.claim_id: on_file(one) for one in after}
    return {
        one.claim.guarantor
        for claim_id in was.keys() | now.keys()
        if was.get(claim_id) != now.get(claim_id)
        for one in (was.get(claim_id), now.get(claim_id))
        if one is not None
    }


def relation_changes(
    gained: Iterable[tuple[int, int, CopyKind]],
    lost: Iterable[tuple[int, int, CopyKind]],
    address_of: Mapping[int, str],
) -> Iterator[Change]:
    """Relations between two articles that come or go; an article that is no more is named by its number."""
    for kind, ties in ((Kind.RELATION_ADDED, gained), (Kind.RELATION_REMOVED, lost)):
        for first, second, how in sorted(ties):
            one, other = address_of.get(first, str(first)), address_of.get(second, str(second))
            yield Change(kind, one, f"{how} {other}")


def work_changes(
    before: Mapping[int, int], after: Mapping[int, int], address_of: Mapping[int, str]
) -> Iterator[Change]:
    """Works that become one, and works that fall apart; articles that came or went are no party to it.

    Both maps are article to work, and hold every member of every work concerned.
    """
    into: dict[int, set[int]] = {}
    out_of: dict[int, set[int]] = {}
    for article in before.keys() & after.keys():
        into.setdefault(after[article], set()).add(before[article])
        out_of.setdefault(before[article], set()).add(after[article])
    for kind, groups in ((Kind.WORK_MERGED, into), (Kind.WORK_SPLIT, out_of)):
        for work, others in sorted(groups.items()):
            if len(others) > 1:
                yield Change(kind, address_of.get(work, str(work)), f"{len(others)} works")


def line_changes(
    before: Iterable[LedgerLine], after: Iterable[LedgerLine], address_of: Mapping[int, str]
) -> Iterator[Change]:
    """Ledger lines that open, change or close, and lines of which only counts or proofs change.

    `address_of` maps a claim to the address of its article.
    """
    was, now = {one.line: one for one in before}, {one.line: one for one in after}
    kinds = {"opened": Kind.LINE_OPENED, "changed": Kind.LINE_CHANGED, "closed": Kind.LINE_CLOSED}
    told = changes(was.values(), now.values())
    for one in told:
        shown = one.after or one.before
        address = address_of.get(shown.best_claim, "") if shown else ""
        words = (_in_words(one.before), _in_words(one.after))
        if one.before and one.after:
            words = _told_apart(one.before.model_dump(include=_SHOWN), one.after.model_dump(include=_SHOWN)) or words
        yield Change(kinds[one.kind], address, one.line, *words)
    for name in sorted(was.keys() & now.keys() - {one.line for one in told}):
        if was[name] != now[name]:
            address = address_of.get(now[name].best_claim, "")
            yield Change(Kind.LINE_RECOUNTED, address, name, _counted(was[name]), _counted(now[name]))


def _in_words(line: LedgerLine | None) -> str:
    if line is None:
        return ""
    days = "/".join(str(day) for day in dict.fromkeys((line.event_on_min, line.event_on_max)) if day) or "no day"
    planned = f", planned for {line.planned_on}" if line.planned_on else ""
    place = f", {line.place}" if line.place else ""
    return f"{line.status}, {days} ({line.precision}){planned}{place}, said by {line.confirmed_by}"


def _counted(line: LedgerLine) -> str:
    return f"{line.speakers}/{line.texts}/{line.outlets} speakers/texts/outlets"


def conflict_changes(
    before: Iterable[Conflict], after: Iterable[Conflict], address_of: Mapping[int, str]
) -> Iterator[Change]:
    """Values told against a line that come or go; `address_of` maps a claim to the address of its article."""
    was = {(one.line, one.field, one.value): one.claim_id for one in before}
    now = {(one.line, one.field, one.value): one.claim_id for one in after}
    for key in sorted(was.keys() ^ now.keys()):
        line, name, value = key
        if key in now:
            yield Change(Kind.CONFLICT_ADDED, address_of.get(now[key], ""), line, after=f"{name} {value}")
        else:
            yield Change(Kind.CONFLICT_REMOVED, address_of.get(was[key], ""), line, before=f"{name} {value}")
