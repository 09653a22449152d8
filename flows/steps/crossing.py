"""What two texts of different languages have in common: names, numbers, dates, and quotations of one length.

Names are written in a coarse Latin skeleton in which spellings and endings of the three languages fall together
(Зеленського, Зеленский, Zelenskyy); it is made to tell likeness, not to be read. A sign is no proof: capitals and
president's names stand in many texts of one week.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from flows.steps.dates import EventDay, find_days
from flows.steps.language import detect_language
from flows.steps.text import fold
from storage.keys import kyiv_day

_MOST = 100_000
"""Code points that are read for signs: a longer text has told its names by then."""

_NAME = re.compile(r"(?<![\w'’ʼ-])[^\W\d_a-zа-яёіїєґ][\w'’ʼ]{2,}")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:;\n•—–-])[\s«»\"“”„'‘’(\[]*$")
_BEFORE = 6
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d+)?(?![\d.,]*\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTE = re.compile(r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"")
_QUOTED_WORDS, _QUOTE_REACH = 5, 0.35
_SHOWN = 5

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "j", "з": "s",
    "и": "i", "і": "i", "ї": "i", "ы": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "s", "ч": "c", "ш": "c", "щ": "c", "ь": "",
    "ъ": "", "э": "e", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip
_FROM_CYRILLIC = str.maketrans(_CYRILLIC)
_LATIN = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|tsch|sch|tch|ch|sh", "C"), ("zh|dzh|dj", "J"), ("kh", "H"), ("th", "t"), ("ph", "f"), ("ck|q", "k"),
        ("ts|tz|z", "s"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"), ("w", "v"), ("g", "h"), ("y", "i"),
        ("(?<=[aeiou])h(?![aeiou])", ""), ("'s?", ""),
    )
)  # fmt: skip
_ENDING = re.compile(
    r"(?:ього|ого|ьому|ому|ими|ыми|ами|ями|ими|ові|еві|ий|ій|ый|ой|им|ым|ім|ом|ем|єм|ею|ою|ої|ая|ую|их|ых|ах|ях|ів|ов"
    r"|[аеиіїоуыьюяєй])$"
)
_VOWELS = re.compile("[aeiou]")
_CONSONANTS, _LONGEST_STEM, _LEFT = 3, 5, 3


@dataclass(frozen=True)
class Facts:
    """What of a text outlives translation.

    `names` maps a stem to a form as written; `numbers` are digits alone, without years and what belongs to a date;
    `dates` are ISO days; `quotes` are lengths in words of the longer quotations, in order of the text.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    quotes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Signals:
    """What two texts share: names as both write them, numbers, days, lengths of quotations, each sorted."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    score: float = 0.0

    @property
    def why(self) -> tuple[str, ...]:
        """The signs in plain words, each kind with its count and some of its values."""
        kinds = (("names", self.names), ("numbers", self.numbers), ("days", self.dates), ("quotes", self.quotes))
        return tuple(
            f"{len(shared)} {kind if len(shared) > 1 else kind.removesuffix('s')} in both: {', '.join(shared[:_SHOWN])}"
            for kind, shared in kinds
            if shared
        )


def facts(text: str, published: datetime | None = None, language: str | None = None) -> Facts:
    """The facts of a text; `published` (aware) resolves days without a year, `language` is found where not given."""
    text = text[:_MOST]
    folded = fold(text)
    on = kyiv_day(published) if published else None
    days = find_days(folded, language or detect_language(text).value, on)
    return Facts(
        names=names_in(text),
        numbers=_numbers(folded, days),
        dates=frozenset(day.on_min.isoformat() for day in days if day.on_min and day.on_min == day.on_max),
        quotes=tuple(
            count for found in _QUOTE.findall(text) if (count := len("".join(found).split())) >= _QUOTED_WORDS
        ),
    )


def signals(first: Facts, second: Facts) -> Signals:
    """What two texts share. The order of the two does not matter.

    `score`, in 0..1, is the share of the poorer text's names, numbers and days that the other has too.
    """
    names = {
        stem: " / ".join(sorted({first.names[stem], second.names[stem]}))
        for stem in first.names.keys() & second.names.keys()
    }
    numbers, dates = first.numbers & second.numbers, first.dates & second.dates
    poorer = min(_count(first), _count(second))
    return Signals(
        names=tuple(sorted(names.values())),
        numbers=tuple(sorted(numbers, key=lambda digits: (-len(digits), digits))),
        dates=tuple(sorted(dates)),
        quotes=_shared_quotes(first.quotes, second.quotes),
        score=(len(names) + len(numbers) + len(dates)) / poorer if poorer else 0.0,
    )


def _count(one: Facts) -> int:
    return len(one.names) + len(one.numbers) + len(one.dates)


def names_in(text: str) -> dict[str, str]:
    """Words with a capital within a sentence, by stem; the first form met in the order of letters stands for all."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(text):
        if _STARTS_SENTENCE.search(text[max(0, match.start() - _BEFORE) : match.start()]) or match.start() == 0:
            continue
        written = match[0].rstrip("'’ʼ")
        stem = name_stem(written)
        if stem:
            found[stem] = min(found.get(stem, written), written)
    return found


@lru_cache(1 << 14)
def name_stem(name: str) -> str:
    """The skeleton under which a name's spellings and cases in en, uk and ru fall together; empty for too short."""
    folded = unicodedata.normalize("NFC", fold(name))
    if re.search("[а-яіїєґ]", folded):
        bare = _ENDING.sub("", folded)
        bare = bare if len(bare) >= _LEFT else folded
        latin = bare.replace("дж", "j").translate(_FROM_CYRILLIC)
    else:
        latin = "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))
        for pattern, sound in _LATIN:
            latin = pattern.sub(sound, latin)
        latin = latin.lower()
    plain = re.sub(r"(.)\1+", r"\1", re.sub("[^a-z]", "", latin))
    skeleton = re.sub(r"(.)\1+", r"\1", plain[:1] + _VOWELS.sub("", plain[1:]))
    start = "a" if _VOWELS.match(skeleton) else ""
    consonants = start + _VOWELS.sub("", skeleton)
    return consonants[:_LONGEST_STEM] if len(consonants) >= _CONSONANTS else plain.rstrip("aeiou")[:_LONGEST_STEM]


def _numbers(folded: str, days: tuple[EventDay, ...]) -> frozenset[str]:
    told = [(day.start, day.end) for day in days]
    digits = {
        "".join(char for char in match[0] if char.isdecimal())
        for match in _NUMBER.finditer(folded)
        if not any(start <= match.start() < end for start, end in told)
    }
    return frozenset(one for one in digits if len(one) > 1 and not _YEAR.fullmatch(one))


def _shared_quotes(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[str, ...]:
    """Quotations of about one length, paired from the longest down."""
    left = sorted(second, reverse=True)
    pairs = []
    for ours in sorted(first, reverse=True):
        theirs = next((one for one in left if abs(one - ours) <= _QUOTE_REACH * max(one, ours)), None)
        if theirs is not None:
            left.remove(theirs)
            pairs.append("{} and {} words".format(*sorted((ours, theirs), reverse=True)))
    return tuple(pairs)
