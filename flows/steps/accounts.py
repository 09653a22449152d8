"""What is compared of an article to tell whether another tells of the same event, whatever the language of the two.

Names and persons are held by a stem under which the spellings of three languages meet; only words are bound to a
language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from flows.steps.crossing import name_stem, names_in
from flows.steps.text import fold, stems

_OPENING_WORDS = 60
_HEADLINE_WORDS = 12
_QUOTED_WORDS = 5
_LONGEST_HEADLINE = 24
_TITLE_CASE = re.compile(r"(?<=\s)[^\W\d_][\w'’ʼ-]{3,}")
_FEWEST_CASED = 3
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_THOUSANDS = re.compile(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTE = re.compile(r"[«“„\"]([^«»“”„\"\n]{20,600})[»”“\"]")
_ROUND_UP = re.compile(
    r"\b(?:in brief|in (?:five|ten|three|seven|\d+) lines|round-?up|digest|news of the day|day's news|main news"
    r"|the main things|what happened (?:on|over|in)|головне за|підсумки|дайджест|коротко про|новини дня|що сталося за"
    r"|главное за|итоги (?:дня|недели|понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья)"
    r"|коротко о|новости дня|что произошло за)\b"
)
_REFUSAL = re.compile(
    r"\b(?:not|no|never|cannot|won't|refus\w+|reject\w+|rul\w+ out|fails?|failed|against|den(?:y|ies|ied)|declin\w+"
    r"|veto\w*|block(?:s|ed)|не|ні|нет|немає|відмов\w+|відхил\w+|провал\w+|проти|запереч\w+|заблокув\w+"
    r"|отказ\w+|отклон\w+|против|отриц\w+|исключ\w+|виключ\w+|заблокиров\w+)\b"
)
_EVERYWHERE = frozenset(
    name_stem(name)
    for name in (
        *("Ukraine", "Україна", "Украина", "Ukrainian", "Український", "Российский", "Російський", "Росія", "Россия"),
        *("Russia", "Russian", "Russians", "росіяни", "Kyiv", "Київ", "Киев", "Moscow", "Москва", "Kremlin", "Кремль"),
        *("President", "Президент", "Minister", "Міністр", "Prime", "Zelenskyy", "Зеленський", "Telegram", "Rada"),
        *("Верховна", "Рада", "Defence", "Defense", "Foreign", "The", "This", "That", "European", "Monday", "Tuesday"),
        *("Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
)
"""Names, and capitalised words, of nearly every article we read: they tell no event from another."""

_ON_EVERY_PAGE = ("Volodymyr Zelenskyy", "Vladimir Putin", "Donald Trump", "Joe Biden", "Emmanuel Macron")


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
    """What is compared of an article. `published` is aware; all sets are folded.

    `persons`, `names` and `first_names` map the stem under which spellings of three languages meet to the name as
    written; persons are known by their last name. `is_refusal` says that the headline holds a no, `is_round_up` that it
    promises several events.
    """

    published: datetime | None
    language: str | None
    headline: frozenset[str]
    headline_numbers: frozenset[str]
    steps: frozenset[Step]
    persons: Mapping[str, str]
    opening: frozenset[str]
    names: Mapping[str, str]
    first_names: Mapping[str, str]
    numbers: frozenset[str]
    quotes: frozenset[str]
    is_refusal: bool
    is_round_up: bool


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
    opening = title + "\n" + " ".join(text.split()[:_OPENING_WORDS])
    headline = " ".join(title.split()[:_LONGEST_HEADLINE] or text.split()[:_HEADLINE_WORDS])
    return Account(
        published=published,
        language=language,
        headline=frozenset(stems(headline)),
        headline_numbers=frozenset(_numbers(headline)),
        steps=frozenset(steps),
        persons={_person(name): name for name in sorted(persons, reverse=True)},
        opening=frozenset(stems(opening)),
        names=_names(whole),
        first_names=_names(opening),
        numbers=frozenset(_numbers(whole)),
        quotes=frozenset(_quotes(whole)),
        is_refusal=bool(_REFUSAL.search(fold(headline))),
        is_round_up=bool(_ROUND_UP.search(fold(headline))),
    )


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


def _names(text: str) -> dict[str, str]:
    """Names by stem; a headline in Title Case is passed over, since there every word would be one."""
    head, _, rest = text.partition("\n")
    words = _TITLE_CASE.findall(head)
    if len(words) >= _FEWEST_CASED and 2 * sum(word[0].isupper() for word in words) > len(words):
        text = rest
    return {stem: name for stem, name in names_in(text).items() if stem not in _EVERYWHERE}


@lru_cache(maxsize=20_000)
def _person(name: str) -> str:
    """The stem of the last name, or the whole name where that is too short to have one."""
    last = (name.split() or [name])[-1]
    return name_stem(last) or fold(name)


@lru_cache(maxsize=1)
def on_every_page() -> frozenset[str]:
    """The stems of persons that nearly every article names: they tell no event from another."""
    return frozenset(_person(name) for name in _ON_EVERY_PAGE)
