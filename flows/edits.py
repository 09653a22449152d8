"""What outlets changed in articles after publishing them: two versions side by side, their words and their steps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from flows.steps.corrections import Note, NoteKind, notes
from flows.steps.ledger import ClaimOnFile, changes, derive
from flows.steps.rewording import TextChange, text_change
from storage.models import TABLES
from storage.records import Claim, Evidence, LedgerLine, Paragraph
from storage.store import Store
from storage.terms import Zone

_AT_ONCE = 500
_ENOUGH = 2
_EARLIER, _LATER = (TABLES["versions"].alias(name) for name in ("earlier", "later"))
_CLAIM_FIELDS = tuple(name for name in Claim.model_fields if name != "evidence")


@dataclass(frozen=True, slots=True)
class Edit:
    """Two versions of one article next to each other, and what the outlet changed from the one to the other.

    `version` is the number of the later one. Moments are in UTC; `captured_before` and `captured_after` are the first
    captures of the two, so that the change itself happened between `last_seen_before` and `captured_after`. Headlines
    are given where they differ. `steps_removed` and `steps_added` are the ledger lines that either version tells
    taken alone; a step told otherwise (say, on another day) stands in both. `notes` are the later version's,
    `has_new_correction` says that one of them is a correction the earlier did not carry. Where the two were read by
    different cleaners or rules, `not_compared` or `steps_not_compared` says so instead.
    """

    article_id: int
    version: int
    outlet: str
    url: str | None
    headline: str
    is_on_topic: bool
    published_at: datetime | None
    published_on: date | None
    published_precision: str
    captured_before: datetime | None
    last_seen_before: datetime | None
    captured_after: datetime
    headline_before: str | None = None
    headline_after: str | None = None
    text: TextChange | None = None
    notes: tuple[Note, ...] = ()
    has_new_correction: bool = False
    steps_removed: tuple[LedgerLine, ...] = ()
    steps_added: tuple[LedgerLine, ...] = ()
    not_compared: str | None = None
    steps_not_compared: str | None = None

    @property
    def correction(self) -> str | None:
        """The correction note the later version carries, if any."""
        return next((note.text for note in self.notes if note.kind is NoteKind.CORRECTION), None)

    @property
    def moves_steps(self) -> bool:
        """Whether the two versions tell different steps, as far as they can be compared."""
        return bool(self.steps_removed or self.steps_added)


@dataclass(frozen=True, slots=True)
class _Read:
    """A version's current reading with the claims found in it."""

    headline: str
    language: str
    cleaner_version: str
    rules_version: str | None
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[tuple[int, Claim], ...]


def edits_since(store: Store, since: datetime, until: datetime | None = None) -> list[Edit]:
    """Edits whose later version was first captured in that time, both ends included, by that capture."""
    wanted = [_LATER.c.captured_at >= since]
    if until is not None:
        wanted.append(_LATER.c.captured_at <= until)
    return _edits(store, wanted)


def edits_of(store: Store, article_ids: Iterable[int]) -> list[Edit]:
    """All edits of these articles, by capture of the later version."""
    wanted = sorted(set(article_ids))
    found = [edit for part in _parts(wanted) for edit in _edits(store, [_LATER.c.article_id.in_(part)])]
    return sorted(found, key=lambda edit: (edit.captured_after, edit.article_id))


def _edits(store: Store, wanted: Sequence[sa.ColumnElement[bool]]) -> list[Edit]:
    articles = TABLES["articles"]
    told = ("outlet", "url", "headline", "is_security_guarantees", "published_at", "published_on")
    query = (
        sa.select(
            *(_LATER.c[name] for name in ("article_id", "n", "captured_at", "version_id")),
            _EARLIER.c.captured_at.label("captured_before"),
            _EARLIER.c.last_seen_at.label("last_seen_before"),
            _EARLIER.c.version_id.label("version_before"),
            *(articles.c[name] for name in (*told, "published_precision")),
        )
        .select_from(_LATER)
        .join(_EARLIER, sa.and_(_EARLIER.c.article_id == _LATER.c.article_id, _EARLIER.c.n == _LATER.c.n - 1))
        .join(articles, articles.c.article_id == _LATER.c.article_id)
        .where(_LATER.c.captured_at.is_not(None), *wanted)
        .order_by(_LATER.c.captured_at, _LATER.c.article_id)
    )
    found: list[Edit] = []
    for part in _parts(rows(store, query)):
        read = _readings(store, [pair[name] for pair in part for name in ("version_before", "version_id")])
        found += [_edit(pair, read[pair["version_before"]], read[pair["version_id"]]) for pair in part]
    return found


def rows(store: Store, query: sa.Select[Any]) -> list[dict[str, Any]]:
    """The rows of a query by the names of its columns."""
    names = [str(column.key) for column in query.selected_columns]
    with store.stream(query) as found:
        return [dict(zip(names, row, strict=True)) for row in found]


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _readings(store: Store, version_ids: Sequence[int]) -> dict[int, _Read]:
    readings, paragraphs, claims = TABLES["readings"], TABLES["reading_paragraphs"], TABLES["claims"]
    names = ("reading_id", "version_id", "headline", "language", "text_full", "cleaner_version", "rules_version")
    query = sa.select(*(readings.c[name] for name in names))
    current = rows(store, query.where(readings.c.version_id.in_(version_ids), readings.c.is_current == 1))
    ids = [row["reading_id"] for row in current]
    texts = {row["reading_id"]: row["text_full"] for row in current}
    spans: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for row in rows(store, sa.select(paragraphs).where(paragraphs.c.reading_id.in_(ids)).order_by(paragraphs.c.n)):
        start, end = row["span_start"], row["span_end"]
        text = texts[row["reading_id"]][start:end]
        spans[row["reading_id"]].append(Paragraph(text=text, zone=Zone(row["zone"]), start=start, end=end))
    proofs = _evidence(store, ids)
    told: defaultdict[int, list[tuple[int, Claim]]] = defaultdict(list)
    for row in rows(store, sa.select(claims).where(claims.c.reading_id.in_(ids)).order_by(claims.c.claim_id)):
        evidence = proofs[row["claim_id"], row["reading_id"]]
        values = {name: row[name] for name in _CLAIM_FIELDS} | {"evidence": tuple(evidence)}
        told[row["reading_id"]].append((row["claim_id"], Claim.model_validate(values)))
    return {
        row["version_id"]: _Read(
            **{name: row[name] for name in ("headline", "language", "cleaner_version", "rules_version")},
            paragraphs=tuple(spans[row["reading_id"]]),
            claims=tuple(told[row["reading_id"]]),
        )
        for row in current
    }


def _evidence(store: Store, reading_ids: Sequence[int]) -> Mapping[tuple[int, int], list[Evidence]]:
    table = TABLES["evidence"]
    found: defaultdict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for row in rows(store, sa.select(table).where(table.c.reading_id.in_(reading_ids)).order_by(table.c.n)):
        values = {"start": row["span_start"], "end": row["span_end"]}
        proof = Evidence(**values, **{name: row[name] for name in ("role", "quote", "rule")})
        found[row["claim_id"], row["reading_id"]].append(proof)
    return found


def _edit(pair: Mapping[str, Any], before: _Read, after: _Read) -> Edit:
    found = notes(after.paragraphs, after.language)
    told_before = {note.text for note in notes(before.paragraphs, before.language)}
    corrections = [note.text for note in found if note.kind is NoteKind.CORRECTION]
    edit: dict[str, Any] = {
        "version": pair["n"],
        "is_on_topic": bool(pair["is_security_guarantees"]),
        "captured_after": pair["captured_at"],
        "notes": found,
        "has_new_correction": any(text not in told_before for text in corrections),
        **{name: pair[name] for name in ("article_id", "outlet", "url", "headline", "published_at", "published_on")},
        **{name: pair[name] for name in ("published_precision", "captured_before", "last_seen_before")},
    }
    if before.cleaner_version != after.cleaner_version:
        why = f"read by two cleaners, {before.cleaner_version} and {after.cleaner_version}"
        return Edit(**edit, not_compared=why, steps_not_compared=why)
    if before.headline != after.headline:
        edit |= {"headline_before": before.headline, "headline_after": after.headline}
    edit["text"] = text_change([one.text for one in before.paragraphs], [one.text for one in after.paragraphs])
    if before.rules_version != after.rules_version:
        names = [one.rules_version or "none" for one in (before, after)]
        return Edit(**edit, steps_not_compared=f"searched by two sets of rules, {names[0]} and {names[1]}")
    moved = changes(_steps(before, pair), _steps(after, pair))
    edit["steps_removed"] = tuple(one.before for one in moved if one.before)
    edit["steps_added"] = tuple(one.after for one in moved if one.after)
    return Edit(**edit)


def _steps(read: _Read, pair: Mapping[str, Any]) -> tuple[LedgerLine, ...]:
    """The lines one version tells taken alone. What a note says of an earlier version is not the version's word."""
    article = pair["article_id"]
    return derive(
        ClaimOnFile(claim_id, article, pair["outlet"], "secondary", pair["published_at"], article, claim)
        for claim_id, claim in read.claims
        if claim.zone is not Zone.EDITOR_NOTE
    )[0]


def what_changed(edit: Edit) -> tuple[str, ...]:
    """What an edit did to the steps told, a word or two a step: `day`, `country`, `step removed` and so on."""
    gone, found = list(edit.steps_removed), []
    for new in edit.steps_added:
        likest = max(gone, key=lambda old: _in_common(old, new), default=None)
        if likest is None or _in_common(likest, new) < _ENOUGH:
            found.append("step added")
            continue
        gone.remove(likest)
        found.append(_difference(likest, new))
    return tuple(dict.fromkeys([*found, *("step removed" for _ in gone)]))


def _in_common(old: LedgerLine, new: LedgerLine) -> int:
    return (old.guarantor == new.guarantor) + (old.document == new.document) + (old.stage == new.stage)


def _difference(old: LedgerLine, new: LedgerLine) -> str:
    pairs = (
        ("country", old.guarantor, new.guarantor),
        ("step", (old.stage, old.acting_side), (new.stage, new.acting_side)),
        ("document", old.document, new.document),
        ("day", (old.event_on_min, old.event_on_max), (new.event_on_min, new.event_on_max)),
        ("planned day", old.planned_on, new.planned_on),
        ("certainty", (old.status, old.is_hedged), (new.status, new.is_hedged)),
        ("condition", old.condition_kind, new.condition_kind),
        ("place", old.place, new.place),
        ("speaker's side", old.confirmed_by, new.confirmed_by),
    )
    return next((name for name, was, now in pairs if was != now), "step")
