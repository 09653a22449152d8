"""The sentences behind a line of the ledger, in words: one text told whole, the others in a row each."""

from collections.abc import Iterator, Mapping, Sequence

from flows.ledger_words import in_words
from flows.review_words import decisions_in_words
from storage import keys
from storage.records import Evidence
from storage.store import FiledClaim
from storage.store.reviews import FiledReview
from storage.terms import EvidenceRole, Factuality, ReportType

_OTHER_TEXTS = 2
"""Texts shown beside the first, unless all are asked for: a guarantor's whole ladder is to fit one screen."""


def proof_in_words(
    claims: Sequence[FiledClaim], reviews: Mapping[int, Sequence[FiledReview]], *, full: bool
) -> Iterator[str]:
    """Rows for the claims behind one line, given in the order of their weight.

    The first is told with address, rule and every place of its evidence. Two other texts follow, with their weightiest
    sentence where it is put otherwise, and any claim that a person judged; the rest is counted. `full` tells each as
    the first.
    """
    if full:
        for claim in claims:
            yield from _whole(claim)
            yield from _decided(claim, reviews)
        return
    told: set[int] = set()
    shown: set[str] = set()
    for number, claim in enumerate(claims):
        words = _step(claim).quote
        is_new = words not in shown and claim.article_id not in {one.article_id for one in claims[:number]}
        if number == 0:
            yield from _whole(claim)
        elif reviews.get(claim.claim_id) or (is_new and len(shown) <= _OTHER_TEXTS):
            yield _row(claim)
        else:
            continue
        told.add(claim.claim_id)
        shown.add(words)
        yield from _decided(claim, reviews)
    left = [claim for claim in claims if claim.claim_id not in told]
    if left:
        texts = len({claim.article_id for claim in left})
        yield f"and {_counted(len(left), 'sentence')} more in {_counted(texts, 'text')}: --full"


def _whole(filed: FiledClaim) -> Iterator[str]:
    claim = filed.claim
    yield f"{filed.outlet}, {_when(filed, with_hour=True)}, {filed.language}: {filed.headline}"
    yield f"  {filed.url or '(no address)'}  claim {filed.claim_id}"
    sentences = (EvidenceRole.STEP, EvidenceRole.CONTEXT)
    for one in sorted(claim.evidence, key=lambda one: one.role is not EvidenceRole.STEP):
        if one.role in sentences:
            yield f"  {one.role:7} {one.start}–{one.end}  “{one.quote}”"
    parts = [f"{one.role} {one.start}–{one.end} “{one.quote}”" for one in claim.evidence if one.role not in sentences]
    yield f"  {' · '.join([*parts, *_details(filed)])}"


def _details(filed: FiledClaim) -> Iterator[str]:
    """How the sentence tells it, where that is not plainly and first-hand, and by which rule it was read."""
    claim = filed.claim
    if claim.factuality is not Factuality.FACT:
        yield str(claim.factuality)
    if claim.report_type is not ReportType.ORIGINAL:
        yield claim.report_type.replace("_", " ")
    if claim.said_by:
        yield f"said by {claim.said_by}"
    if claim.is_hedged:
        yield "hedged"
    if claim.condition_kind:
        yield f"condition: {claim.condition_kind.replace('_', ' ')}"
    yield f"rule {claim.rule} of {filed.rules_version}"


def _row(filed: FiledClaim) -> str:
    step = _step(filed)
    where = f"{filed.outlet}, {_when(filed)}, {filed.language}"
    return f"{where}  {step.start}–{step.end}  “{step.quote}”  claim {filed.claim_id}"


def _when(filed: FiledClaim, *, with_hour: bool = False) -> str:
    if filed.published_at is None:
        return "time unknown"
    day = in_words(keys.kyiv_day(filed.published_at))
    return f"{day} {filed.published_at.astimezone(keys.KYIV):%H:%M} Kyiv" if with_hour else day


def _step(filed: FiledClaim) -> Evidence:
    return next(one for one in filed.claim.evidence if one.role is EvidenceRole.STEP)


def _decided(filed: FiledClaim, reviews: Mapping[int, Sequence[FiledReview]]) -> Iterator[str]:
    for decision in decisions_in_words(reviews.get(filed.claim_id, ())):
        yield f"  review   {decision}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"
