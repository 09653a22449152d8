"""How alike two articles tell of one event: by steps, persons, names, numbers and quotes, whatever their language.

An `Account` holds what is compared; `score` says how alike two are and names what it saw. Only words are bound to a
language: openings are compared stem by stem where both are in the same one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from flows.steps.text import fold, squeeze, stems
from storage.terms import Family, Stage

SPAN = timedelta(days=10)
"""How far apart two articles of one story may be published, unless copies or translations tie them."""

ENOUGH = 0.5
"""The score from which two articles are taken to tell of one event."""

_OFTEN = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.NEGOTIATING})
"""Steps that are told again and again, so that one of them in two articles says less."""

_OPENING_WORDS = 60
_HEADLINE_WORDS = 12
_QUOTED_WORDS = 5
_STEM = 5
_NAME = re.compile(r"(?<![.!?…:\n\"«“„] )(?<![\n\"«“„])(?<!^)\b[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]{2,}")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTE = re.compile(r"[«“„\"]([^«»“”„\"\n]{20,600})[»”“\"]")
_LATIN = {
    **dict(zip("абвгґдезийклмнопрстуфыэіїє", "abvggdeziyklmnoprstufyeiie", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "iu",
    "я": "ia",
    "ь": "",
    "ъ": "",
}
_TO_LATIN = str.maketrans(_LATIN | {"'": "", "-": ""})
_EVERYWHERE = frozenset(
    {"ukrai", "rosii", "rosiy", "rossi", "russi", "kyiv", "kyiev", "kiev", "presi", "preze", "prezi", "prezy", "minis"}
    | {"prime", "zelen", "telep", "the", "this", "that", "today", "rada"}
)
"""Names, and capitalised words, of nearly every article we read: they tell no event from another."""

_ON_EVERY_PAGE = ("Volodymyr Zelenskyy", "Vladimir Putin", "Donald Trump", "Joe Biden")

_SAME_SOUND = (("kh", "h"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("j", "y"), ("iy", "y"), ("yy", "y"), ("g", "h"))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a guarantor's promise that an article tells; `is_told` False for what is denied or asked."""

    guarantor: str
    document: str
    stage: str
    first: date | None = None
    last: date | None = None
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared of an article. `published` is aware; all sets are folded, names in Latin stems.

    `persons` maps each person's name in Latin stems to the canonical name.
    """

    published: datetime | None
    language: str | None
    headline: frozenset[str]
    steps: frozenset[Step]
    persons: Mapping[str, str]
    opening: frozenset[str]
    names: frozenset[str]
    first_names: frozenset[str]
    numbers: frozenset[str]
    first_numbers: frozenset[str]
    quotes: frozenset[str]


def account(
    title: str,
    text: str,
    *,
    published: datetime | None = None,
    language: str | None = None,
    steps: Iterable[Step] = (),
    persons: Iterable[str] = (),
) -> Account:
    """What is compared of an article, from its headline, its text without the headline, and what was found in it.

    `persons` are canonical names.
    """
    whole = title + "\n" + text
    opening = " ".join([*squeeze(title).split(), *squeeze(text).split()[:_OPENING_WORDS]])
    return Account(
        published=published,
        language=language,
        headline=frozenset(stems(squeeze(title) or " ".join(text.split()[:_HEADLINE_WORDS]))),
        steps=frozenset(steps),
        persons={_person(name): name for name in sorted(persons, reverse=True)},
        opening=frozenset(stems(opening)),
        names=_names(whole),
        first_names=_names(" " + opening),
        numbers=frozenset(_numbers(whole)),
        first_numbers=frozenset(_numbers(opening)),
        quotes=frozenset(_quotes(whole)),
    )


def may_be_one_event(a: Account, b: Account) -> bool:
    """Whether two articles are near in time and have a step, persons or words of their headlines in common.

    Asks for no more than moment, language, headline, steps and persons; undated articles never may.
    """
    if a.published is None or b.published is None or abs(a.published - b.published) > SPAN:
        return False
    persons = a.persons.keys() & b.persons.keys()
    if len(persons) > 1 or persons - _on_every_page():
        return True
    if a.language == b.language and len(a.headline & b.headline) > 1:
        return True
    return any(_is_one_step(one, other) for one in a.steps for other in b.steps)


def score(a: Account, b: Account) -> tuple[float, tuple[str, ...]]:
    """How alike two articles tell of one event, in 0..1, and the signals that decided; the order does not matter.

    Each signal takes its share of the doubt that the others leave, so no single one but a strong one is enough.
    """
    if not may_be_one_event(a, b):
        return 0.0, ()
    doubt, why = 1.0, []
    for weight, told in (*_by_steps(a, b), *_by_persons(a, b), *_by_opening(a, b), *_by_text(a, b)):
        doubt *= 1 - weight
        why.append(told)
    fits, spoken = _by_moment(a, b)
    found = (1 - doubt) * fits * _contradiction(a, b)
    return round(found, 3), (*why, spoken) if why else ()


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


def _contradiction(a: Account, b: Account) -> float:
    """Less where each tells of other guarantors alone, or opens with other numbers: a frame filled twice."""
    ours, theirs = ({one.guarantor for one in side.steps} for side in (a, b))
    of_guarantors = 0.6 if ours and theirs and not ours & theirs else 1.0
    are_others = a.first_numbers and b.first_numbers and not a.first_numbers & b.first_numbers
    return of_guarantors * (0.75 if are_others else 1.0)


def _by_persons(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    if common := sorted(min(a.persons[one], b.persons[one]) for one in a.persons.keys() & b.persons.keys()):
        yield min(0.3, 0.1 * len(common)), f"{_listed(common)} in both"


def _by_opening(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    if a.language is not None and a.language == b.language:
        common, share = _shared(a.opening, b.opening)
        if len(common) > 3 and share > 0.1:  # noqa: PLR2004
            yield min(0.65, 1.3 * (share - 0.1) + 0.1), f"share {share:.2f} of the shorter opening's words"
    common, share = _shared(a.first_names, b.first_names)
    if len(common) > 1 or (common and share >= 0.5):  # noqa: PLR2004
        yield min(0.35, 0.1 * len(common)) * min(1.0, share + 0.25), f"names {_listed(common)} in both openings"


def _by_text(a: Account, b: Account) -> Iterable[tuple[float, str]]:
    if common := sorted(a.numbers & b.numbers, key=lambda one: (-len(one), one)):
        weights = sum(0.06 + 0.05 * min(3, len(one) - 1) for one in common)
        few = max(1, min(len(a.numbers), len(b.numbers)))
        yield min(0.45, weights) * min(1.0, 0.4 + len(common) / few), f"number {_listed(common)} in both"
    if common := sorted(a.quotes & b.quotes):
        yield min(0.6, 0.2 * len(common)), f"{len(common)} runs of quoted words in both"
    common, share = _shared(a.names, b.names)
    if len(common) > 2 and share > 0.25:  # noqa: PLR2004
        yield min(0.4, 0.5 * share), f"share {share:.2f} of the names of the shorter list"


def _by_moment(a: Account, b: Account) -> tuple[float, str]:
    gap = abs(a.published - b.published) if a.published and b.published else SPAN
    days = gap / timedelta(days=1)
    fits = 1.0 if days <= 1.5 else 0.75 if days <= 3 else 0.55  # noqa: PLR2004
    return fits, f"published {days:.1f} days apart"


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> tuple[list[str], float]:
    common = sorted(ours & theirs)
    return common, len(common) / max(1, min(len(ours), len(theirs)))


def _listed(values: list[str]) -> str:
    shown = ", ".join(values[:3])
    return f"{shown} and {len(values) - 3} more" if len(values) > 3 else shown  # noqa: PLR2004


def _numbers(text: str) -> Iterable[str]:
    for found in _NUMBER.findall(_THOUSANDS.sub("", text)):
        if len(found) > 1 and not _YEAR.fullmatch(found):
            yield found.replace(",", ".")


def _quotes(text: str) -> Iterable[str]:
    """Every run of so many words that stands in quotation marks."""
    for found in _QUOTE.findall(text):
        words = re.findall(r"\w+", fold(found))
        for start in range(len(words) - _QUOTED_WORDS + 1):
            yield " ".join(words[start : start + _QUOTED_WORDS])


def _names(text: str) -> frozenset[str]:
    return frozenset(_in_latin(fold(name)) for name in _NAME.findall(text)) - _EVERYWHERE


def _person(name: str) -> str:
    return " ".join(_in_latin(fold(word)) for word in name.split())


@lru_cache(maxsize=1)
def _on_every_page() -> frozenset[str]:
    return frozenset(_person(name) for name in _ON_EVERY_PAGE)


@lru_cache(maxsize=20_000)
def _in_latin(word: str) -> str:
    """The beginning of a name as it sounds, so that spellings of three languages meet."""
    latin = word.translate(_TO_LATIN)
    for spelt, sounds in _SAME_SOUND:
        latin = latin.replace(spelt, sounds)
    return latin[:_STEM]
