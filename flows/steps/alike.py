"""How alike two articles tell of one event: by steps, persons, names, numbers and quotes.

`score` says how alike two accounts are and names what it saw. Openings are compared stem by stem where both are in one
language. Likeness alone joins too much, since two visits or two votes of one day are told in one frame; so what both
tell, but differently, counts against it.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from flows.steps.accounts import Account, Step, on_every_page
from flows.steps.crossing import name_stem
from storage.terms import Family, Stage

SPAN = timedelta(days=10)
"""How far apart two articles of one story may be published, unless copies or translations tie them."""

ENOUGH = 0.5
"""The score from which two articles are taken to tell of one event."""

_OFTEN = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.NEGOTIATING})
"""Steps that are told again and again, so that one of them in two articles says less."""

_HEADLINE_COMMON = 2
_MANY = 3


def keys_of(one: Account) -> frozenset[tuple[str, ...]]:
    """By what an article is looked up among others: two that may tell of one event have one of these in common.

    Asks for no more than language, headline, steps and persons.
    """
    told_of = one.persons.keys() & on_every_page()
    return frozenset(
        (
            *(("person", name) for name in one.persons.keys() - told_of),
            *(("persons", *two) for two in combinations(sorted(told_of), 2)),
            *(("number", number) for number in one.headline_numbers),
            *(("words", str(one.language), *two) for two in combinations(sorted(one.headline), 2)),
            *(("step", step.guarantor, step.document, step.stage) for step in one.steps),
        )
    )


def may_be_one_event(a: Account, b: Account) -> bool:
    """Whether two articles are near in time and have a step, a person or much of their headlines in common.

    Asks for no more than moment, language, headline, steps and persons; undated articles never may.
    """
    if a.published is None or b.published is None or abs(a.published - b.published) > SPAN:
        return False
    persons = a.persons.keys() & b.persons.keys()
    if len(persons) > 1 or persons - on_every_page() or a.headline_numbers & b.headline_numbers:
        return True
    if a.language == b.language and len(a.headline & b.headline) >= _HEADLINE_COMMON:
        return True
    return any(_is_one_step(one, other) for one in a.steps for other in b.steps)


def score(a: Account, b: Account) -> tuple[float, tuple[str, ...]]:
    """How alike two articles tell of one event, in 0..1, and the signals that decided; the order does not matter.

    Each signal takes its share of the doubt that the others leave, so no single one but a strong one is enough; then
    what the two tell differently, and the time between them, take their share of what was found.
    """
    if not may_be_one_event(a, b):
        return 0.0, ()
    doubt, why = 1.0, []
    for weight, told in (*_by_steps(a, b), *_by_persons(a, b), *_by_opening(a, b), *_by_text(a, b)):
        doubt *= 1 - weight
        why.append(told)
    if not why:
        return 0.0, ()
    found = 1 - doubt
    for left, told in (*_against(a, b), _by_moment(a, b)):
        found *= left
        why.append(told)
    return round(found, 3), tuple(why)


def _by_steps(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    common = {one for one in a.steps if any(_is_one_step(one, other) for other in b.steps)}
    if common:
        is_plain = any(
            one.document != Family.NONE_NAMED.replace("_", "-") and one.stage not in _OFTEN for one in common
        )
        named = sorted({f"{one.guarantor}/{one.document}/{one.stage}" for one in common})
        yield (0.5 if is_plain or len(named) > 1 else 0.4), f"step {_listed(named)} in both"
    elif guarantors := sorted({one.guarantor for one in a.steps} & {one.guarantor for one in b.steps}):
        yield 0.15, f"steps of {_listed(guarantors)} in both"


def _is_one_step(one: Step, other: Step) -> bool:
    named = (one.guarantor, one.document, one.stage, one.is_told)
    if named != (other.guarantor, other.document, other.stage, other.is_told):
        return False
    starts = [day for day in (one.first, other.first) if day]
    ends = [day for day in (one.last, other.last) if day]
    return not starts or not ends or max(starts) <= min(ends)


def _is_opposite(one: Step, other: Step) -> bool:
    return one.is_told != other.is_told and _is_one_step(one, replace(other, is_told=one.is_told))


def _by_persons(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    common = _persons_of_both(a, b)
    if common:
        rare = len(common.keys() - on_every_page())
        named = sorted(common.values())
        # Where words can be compared as well, persons say less: those of one crisis meet in every text on it.
        each, most = (0.2, 0.4) if a.language == b.language else (0.3, 0.5)
        yield min(most, each * rare + 0.1 * (len(common) - rare)), f"{_listed(named)} in both"


def _persons_of_both(a: Account, b: Account) -> dict[str, str]:
    """Persons found in one of them and at least named in the other."""
    found = {**b.persons, **a.persons}
    return {
        stem: min(a.persons.get(stem, name), b.persons.get(stem, name))
        for stem, name in found.items()
        if (stem in a.persons or stem in a.names) and (stem in b.persons or stem in b.names)
    }


def _names_of_both(a: Account, b: Account) -> frozenset[str]:
    """The stems by which persons of both are known: a person counts as such, and not again as names."""
    return frozenset(name_stem(word) for name in _persons_of_both(a, b).values() for word in name.split())


def _by_opening(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    if a.language is not None and a.language == b.language:
        common, share = _shared(a.opening, b.opening)
        if len(common) > _MANY and share > 0.1:  # noqa: PLR2004
            yield min(0.5, 1.2 * (share - 0.1) + 0.1), f"share {share:.2f} of the shorter opening's words"
    persons = _names_of_both(a, b)
    common, share = _shared(a.first_names.keys() - persons, b.first_names.keys() - persons)
    if len(common) > 1 or (common and share >= 0.5):  # noqa: PLR2004
        named = [min(a.first_names[one], b.first_names[one]) for one in common]
        yield min(0.35, 0.1 * len(common)) * min(1.0, share + 0.25), f"names {_listed(named)} in both openings"


def _by_text(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    if common := sorted(a.numbers & b.numbers, key=lambda one: (-len(one), one)):
        weights = sum(0.15 + 0.05 * min(3, len(one) - 1) for one in common)
        few = max(1, min(len(a.numbers), len(b.numbers)))
        yield min(0.6, weights) * min(1.0, 0.4 + len(common) / few), f"number {_listed(common)} in both"
    if common := sorted(a.quotes & b.quotes):
        yield min(0.6, 0.2 * len(common)), f"{len(common)} runs of quoted words in both"
    persons = _names_of_both(a, b)
    common, share = _shared(a.names.keys() - persons, b.names.keys() - persons)
    if common and share > 0.25:  # noqa: PLR2004
        weight = min(0.4, 0.55 * share, 0.1 * len(common) if len(common) < _MANY else 1)
        yield weight, f"share {share:.2f} of the names of the shorter list"


def _against(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    """What speaks against one event, with the share of the likeness that it leaves.

    One frame is filled twice on many a day (two visits, two votes, two strikes, two nights of drones): its words stay,
    and who acts, where, and how many do not.
    """
    ours, theirs = ({one.guarantor for one in side.steps} for side in (a, b))
    if ours and theirs and not ours & theirs:
        both = sorted((_listed(sorted(ours)), _listed(sorted(theirs))))
        yield 0.6, f"steps of {' and of '.join(both)}"
    who = [sorted(one.persons.keys() - on_every_page()) for one in (a, b)]
    if all(who) and not _persons_of_both(a, b).keys() - on_every_page():
        told = [_listed([one.persons[name] for name in names]) for one, names in zip((a, b), who, strict=True)]
        # Two spellings of a foreign name may fail to meet, so that this says less across languages.
        yield (0.5 if a.language == b.language else 0.75), f"other persons: {' and '.join(sorted(told))}"
    if len(a.numbers) > 1 and len(b.numbers) > 1 and not a.numbers & b.numbers:
        yield 0.6, "no number in both"
    if len(a.first_names) > 1 and len(b.first_names) > 1 and not a.first_names.keys() & b.first_names.keys():
        yield 0.6, "no name in both openings"
    if a.is_refusal != b.is_refusal:
        yield 0.6, "only one headline says no"
    if any(_is_opposite(one, other) for one in a.steps for other in b.steps):
        yield 0.6, "one denies the step that the other tells"
    if a.is_round_up or b.is_round_up:
        yield 0.3, "one of them tells several events"


def _by_moment(a: Account, b: Account) -> tuple[float, str]:
    gap = abs(a.published - b.published) if a.published and b.published else SPAN
    days = gap / timedelta(days=1)
    fits = 1.0 if days <= 1.5 else 0.75 if days <= 2.5 else 0.55  # noqa: PLR2004
    return fits, f"published {days:.1f} days apart"


def _shared(ours: AbstractSet[str], theirs: AbstractSet[str]) -> tuple[list[str], float]:
    common = sorted(ours & theirs)
    return common, len(common) / max(1, min(len(ours), len(theirs)))


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:3])
    return f"{shown} and {len(values) - 3} more" if len(values) > 3 else shown  # noqa: PLR2004
