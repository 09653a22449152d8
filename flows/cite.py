"""A claim as it is cited: article and outlet, times, the archived bytes, the quoted words and where they stand."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from flows.books import on_file, rows_of
from flows.errors import UserError
from flows.step_labels import label_of
from flows.steps.ledger import line_key
from storage.models import TABLES
from storage.records import Claim, Evidence, LedgerLine
from storage.store import FiledClaim, Store
from storage.terms import Decision, EvidenceRole, Language

CLAIM_PREFIX = "claim:"
"""Stands before a claim's number in tables, which a spreadsheet would round if it looked like a number."""

_NUMBER = re.compile(rf"(?:{CLAIM_PREFIX}|claim |#)?\s*(\d{{1,19}})", re.IGNORECASE)
_LARGEST = (1 << 63) - 1
_CLAIM_FIELDS = tuple(name for name in Claim.model_fields if name != "evidence")


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim and all that a reader needs to find its words again. Moments are in UTC.

    `filed` holds headline, language and time of publication as the cited version had them. `captured_at` is when that
    version was first captured, None where nobody knows; `payload_sha256` is of the archived response's body, which
    `warc_file` holds at `warc_offset`. `version` counts from 1 up to `versions`. `is_current` says that the article's
    latest version, as it is read now, still holds the claim. `authors` are people and named desks.
    """

    filed: FiledClaim
    line: str
    outlet_name: str
    authors: tuple[str, ...]
    published_precision: str
    captured_at: datetime | None
    capture_url: str
    payload_sha256: str
    warc_file: str | None
    warc_offset: int | None
    version: int
    versions: int
    text_sha256: str
    cleaner_version: str
    is_current: bool
    vanished_at: datetime | None

    @property
    def step(self) -> Evidence:
        """The words that tell the step."""
        return next(one for one in self.filed.claim.evidence if one.role is EvidenceRole.STEP)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a citation was asked for: the claim, and the line that led to it, if a line did.

    A line that is on the ledger no more leads to the claim it showed last.
    """

    claim_id: int
    line: str | None = None


def claim_asked(words: Sequence[str], store: Store, called: Callable[[str], str]) -> Asked:
    """The claim that words ask for: its number, the name or number of a ledger line, or a guarantor and a step.

    `called` gives the code of a guarantor by any name. Raises UserError, saying what to do, for anything else.
    """
    asked = " ".join(" ".join(words).split())
    if number := _NUMBER.fullmatch(asked):
        return _of_number(int(number[1]), store)
    if "/" in asked:
        return _of_line(asked, store)
    return _of_step(asked.split(), store, called)


def citations(store: Store, claim_ids: Iterable[int]) -> dict[int, Citation]:
    """Citations by claim, as far as the claims are on file.

    A claim that is found in several readings is cited from the one the article shows now, else from the latest.
    """
    chosen: dict[int, dict[str, Any]] = {}
    for row in _rows(store, claim_ids):
        old = chosen.get(row["claim_id"])
        if old is None or _weight(row) > _weight(old):
            chosen[row["claim_id"]] = row
    evidence = _evidence(store, {row["reading_id"] for row in chosen.values()})
    reviews = _last_reviews(store, chosen)
    counts = _version_counts(store, {row["article_id"] for row in chosen.values()})
    return {
        number: _citation(row, evidence[number, row["reading_id"]], reviews.get(number), counts[row["article_id"]])
        for number, row in sorted(chosen.items())
    }


def citation_of(store: Store, asked: Asked) -> Citation:
    """The citation of what was asked for.

    Raises UserError where the claim is on file no more, as when later rules read its sentence otherwise.
    """
    found = citations(store, [asked.claim_id]).get(asked.claim_id)
    if found is None:
        message = (
            f"Claim {asked.claim_id} behind {asked.line or 'that line'} is on file no more: its text is read otherwise "
            "now; `ledger --changes-since` tells when and why."
        )
        raise UserError(message)
    return found


def _unknown(number: int) -> UserError:
    return UserError(
        f"No claim and no ledger line has the number {number}; `ledger --why` shows the numbers of the claims on file."
    )


def _of_number(number: int, store: Store) -> Asked:
    if number > _LARGEST:
        raise _unknown(number)
    if store.rows("select claim_id from claims where claim_id = :n limit 1", n=number):
        return Asked(number)
    for row in store.rows(
        "select line, best_claim from ledger_history where history_id = :n or best_claim = :n"
        " order by case when known_to is null then 0 else 1 end, known_from desc limit 1",
        n=number,
    ):
        return Asked(int(row["best_claim"]), str(row["line"]))
    raise _unknown(number)


def _of_line(asked: str, store: Store) -> Asked:
    name = asked.strip("[] ").replace(" ", "")
    for row in store.rows(
        "select line, best_claim from ledger_history where lower(line) = :name"
        " order by case when known_to is null then 0 else 1 end, known_from desc limit 1",
        name=name.lower(),
    ):
        return Asked(int(row["best_claim"]), str(row["line"]))
    named = name.split("/")[0].upper()
    problem = f"No ledger line was ever called {asked!r}"
    raise _choose(problem, _by_day(store.ledger_lines(), named))


def _of_step(words: Sequence[str], store: Store, called: Callable[[str], str]) -> Asked:
    of_guarantor: list[LedgerLine] | None = None
    for cut in range(len(words) - 1, 0, -1):
        label = label_of(" ".join(words[cut:]))
        if label is None or label.is_negated:
            continue
        try:
            code = called(" ".join(words[:cut]))
        except UserError:
            continue
        of_guarantor = _by_day(store.ledger_lines(), code)
        lines = [line for line in of_guarantor if label.fits(line.stage, line.acting_side)]
        lines = [line for line in lines if line.status == "current"] or lines
        if len(lines) == 1:
            return Asked(lines[0].best_claim, lines[0].line)
        if lines:
            problem = "Several lines tell that"
            raise _choose(problem, lines)
    asked = " ".join(words)
    if of_guarantor is not None:
        problem = f"No ledger line tells {asked!r}"
        raise _choose(problem, of_guarantor)
    message = f"{asked!r} is no claim's number, no ledger line and no guarantor with a step; try JP/bilateral/signed."
    raise UserError(message)


def _by_day(lines: Iterable[LedgerLine], code: str) -> list[LedgerLine]:
    mine = (line for line in lines if line.guarantor == code)
    return sorted(mine, key=lambda line: (line.stage_rank, line.line))


def _choose(problem: str, lines: Sequence[LedgerLine]) -> UserError:
    if not lines:
        return UserError(f"{problem}; `ledger --all` shows the lines there are.")
    return UserError(f"{problem}; cite one of: {', '.join(line.line for line in lines)}.")


def _rows(store: Store, claim_ids: Iterable[int]) -> list[dict[str, Any]]:
    claims, articles, outlets = TABLES["claims"], TABLES["articles"], TABLES["outlets"]
    readings, versions, pages = TABLES["readings"], TABLES["versions"], TABLES["pages"]
    query = (
        sa.select(
            *claims.c,
            *(readings.c[name] for name in ("headline", "language", "authors", "published_at", "published_on")),
            *(readings.c[name] for name in ("published_precision", "text_sha256", "cleaner_version", "is_current")),
            *(versions.c[name] for name in ("n", "captured_at")),
            *(pages.c[name] for name in ("fetched_at", "payload_sha256", "warc_file", "warc_offset")),
            pages.c.url.label("capture_url"),
            *(articles.c[name] for name in ("outlet", "url", "first_seen_at", "vanished_at", "work_id")),
            articles.c.current_reading_id,
            *(outlets.c[name].label(f"outlet_{name}") for name in ("name", "side", "tier")),
        )
        .join(readings, readings.c.reading_id == claims.c.reading_id)
        .join(versions, versions.c.version_id == claims.c.version_id)
        .join(pages, pages.c.page_id == readings.c.page_id)
        .join(articles, articles.c.article_id == claims.c.article_id)
        .join(outlets, outlets.c.outlet == articles.c.outlet)
    )
    names = [str(column.key) for column in query.selected_columns]
    return [dict(zip(names, row, strict=True)) for row in rows_of(store, query, claims.c.claim_id, claim_ids)]


def _weight(row: Mapping[str, Any]) -> tuple[bool, int, bool, int]:
    return row["reading_id"] == row["current_reading_id"], row["n"], bool(row["is_current"]), row["reading_id"]


def _evidence(store: Store, readings: Iterable[int]) -> dict[tuple[int, int], list[Evidence]]:
    table = TABLES["evidence"]
    names = ("claim_id", "reading_id", "n", "role", "span_start", "span_end", "quote", "rule")
    query = sa.select(*(table.c[name] for name in names))
    found: defaultdict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for claim, reading, _, role, start, end, quote, rule in sorted(
        rows_of(store, query, table.c.reading_id, readings), key=lambda row: row[:3]
    ):
        found[claim, reading].append(Evidence(role=role, start=start, end=end, quote=quote, rule=rule))
    return found


def _last_reviews(store: Store, claim_ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    table = TABLES["reviews"]
    names = ("claim_id", "decided_at", "review_id", "decision", "correction", "reader")
    query = sa.select(*(table.c[name] for name in names))
    return {row[0]: row for row in sorted(rows_of(store, query, table.c.claim_id, claim_ids), key=lambda row: row[:3])}


def _version_counts(store: Store, articles: Iterable[int]) -> dict[int, int]:
    table = TABLES["versions"]
    query = sa.select(table.c.article_id, sa.func.count()).group_by(table.c.article_id)
    return dict(rows_of(store, query, table.c.article_id, articles))


def _citation(
    row: Mapping[str, Any], evidence: Sequence[Evidence], review: tuple[Any, ...] | None, versions: int
) -> Citation:
    claim = Claim.model_validate({name: row[name] for name in _CLAIM_FIELDS} | {"evidence": tuple(evidence)})
    same = ("claim_id", "reading_id", "version_id", "article_id", "rules_version", "outlet", "outlet_side")
    more = ("outlet_tier", "url", "headline", "published_at", "published_on", "first_seen_at")
    filed = FiledClaim(
        **{name: row[name] for name in (*same, *more)},
        claim=claim,
        language=Language(row["language"]),
        work_id=row["work_id"] if row["work_id"] is not None else row["article_id"],
        decision=Decision(review[3]) if review else None,
        correction=review[4] if review else None,
        reader=review[5] if review else None,
    )
    whole = ("outlet_name", "published_precision", "capture_url", "payload_sha256", "warc_file", "warc_offset")
    return Citation(
        filed=filed,
        line=line_key(on_file(filed).claim),
        **{name: row[name] for name in (*whole, "text_sha256", "cleaner_version", "vanished_at")},
        authors=tuple(row["authors"] or ()),
        captured_at=row["fetched_at"] or row["captured_at"],
        version=row["n"],
        versions=versions,
        is_current=row["reading_id"] == row["current_reading_id"],
    )
