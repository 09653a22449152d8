"""An audit: a sample of claims drawn by chance, but repeatably, and how many of those judged were wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.books import on_file
from flows.chance import Z_95, Share, limits
from flows.review import Item
from flows.steps.ledger import line_key
from storage import keys
from storage.store import FiledClaim, Store
from storage.store.reviews import FiledReview, reviews_of, standing
from storage.terms import STAGE_RANK, Decision, Factuality, Stage


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn: `size` claims, of one step and of one guarantor where these are named."""

    size: int
    seed: int
    stage: Stage | None = None
    guarantor: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, and out of how many claims of each step."""

    items: tuple[Item, ...]
    population: Counter[Stage]


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `drawn` claims out of `population` so many were judged; `wrong` is rejected and corrected ones of those."""

    stage: Stage | None
    wrong: Share
    rejected: int
    corrected: int
    drawn: int
    population: int


def draw(store: Store, wanted: Wanted) -> Sample:
    """Draw among the claims told as fact, of which copies of one text count once a line.

    The same seed draws the same claims from the same database on either engine, and almost the same once it has grown.
    What persons decided does not count: the sample is of what the rules read.
    """
    voices: dict[tuple[str, int], FiledClaim] = {}
    for filed in store.claims_on_file():
        claim = filed.claim
        if claim.factuality is not Factuality.FACT or wanted.stage not in {None, claim.stage}:
            continue
        if wanted.guarantor in {None, claim.guarantor}:
            voices.setdefault((line_key(claim), filed.work_id), filed)
    lots = sorted(
        voices.values(), key=lambda one: (keys.key("sample", str(wanted.seed), str(one.claim_id)), one.claim_id)
    )
    drawn = lots[: wanted.size]
    reviews = reviews_of(store, drawn)
    items = [
        Item(one, line_key(on_file(one).claim), ("drawn by chance",), reviews.get(one.claim_id, ())) for one in drawn
    ]
    return Sample(tuple(items), Counter(one.claim.stage for one in voices.values()))


def judged(item: Item, reader: str | None) -> FiledReview | None:
    """The decision that counts for a drawn claim: the latest about what it is now, of one reader or of anybody."""
    last = [one for one in standing(item.reviews) if not one.changed and reader in {None, one.reader}]
    return last[-1] if last else None


def rates(sample: Sample, reader: str | None, *, by_stage: bool = False) -> list[Rate]:
    """How many of those judged were wrong: of all, and with `by_stage` of each step from the most advanced down."""
    found = [_rate(None, sample.items, sample.population.total(), reader)]
    if by_stage:
        for stage in sorted({one.filed.claim.stage for one in sample.items}, key=lambda one: -STAGE_RANK[one]):
            mine = [one for one in sample.items if one.filed.claim.stage is stage]
            found.append(_rate(stage, mine, sample.population[stage], reader))
    return found


def _rate(stage: Stage | None, items: Sequence[Item], population: int, reader: str | None) -> Rate:
    said = Counter(one.decision for item in items if (one := judged(item, reader)))
    rejected, corrected = said[Decision.REJECT], said[Decision.CORRECT]
    return Rate(stage, Share(rejected + corrected, said.total()), rejected, corrected, len(items), population)


def rates_in_words(found: Sequence[Rate], wanted: Wanted, reader: str | None) -> list[str]:
    """The error rate of this database, a line each, with what it rests on and what it does not say."""
    lines = []
    for rate in found:
        what = rate.stage or wanted.stage or "all steps"
        drawn = f"{rate.wrong.of} of {rate.drawn} drawn judged, out of {rate.population}"
        if not rate.wrong.of:
            lines.append(f"{what}: no rate yet; {drawn}.")
            continue
        low, high = limits(rate.wrong, Z_95)
        lines.append(
            f"{what}: {rate.wrong.value:.1%} wrong (95 % interval {low:.1%} to {high:.1%}), n = {rate.wrong.of}:"
            f" {rate.rejected} rejected, {rate.corrected} corrected; {drawn}."
        )
    if any(0 < rate.wrong.of < rate.drawn for rate in found):
        lines.append("Not all are judged; those left out may be the harder ones.")
    lines.append(
        f"Judged by {reader or 'whoever decided last'}, seed {wanted.seed}. Of claims told as fact, copies once."
        " It says nothing of steps that were missed."
    )
    return lines
