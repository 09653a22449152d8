"""For whom the guarantee spoken of at one place of a text is: Ukraine, somebody else, or not said there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.steps.mentions import Mention


class Beneficiary(StrEnum):
    """Whose security is guaranteed."""

    UKRAINE = "ukraine"
    OTHER = "other"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named at `start`..`end`; `who` is ukraine, state (a possible guarantor), adversary or other."""

    who: str
    start: int
    end: int


_REACH = 60
_EN_FOR = re.compile(
    r"^[\"' ,]*(?:[\w-]+ ){0,3}"
    r"(?:for (?:[\w'-]+ ){0,4}|to (?:(?:the|its|our|both|all of|post-?war|embattled|people of) ){0,3})$"
)
_EN_FROM = re.compile(r"^[\"' ]*(?:obtained |received )?(?:from|by) $")
_SLAVIC_FOR = re.compile(r"^[\" ]*(?:для|щодо|всередині|в отношении) (?:[\w'-]+ ){0,3}$")
_SLAVIC_OF = re.compile(r"^[\" ]*$")
_SLAVIC_FROM = re.compile(r"^[\" ]*(?:від|от|со стороны|з боку) $")
_EN_GIVEN = re.compile(
    r"\b(?:giv\w+|gave|provid\w+|offer\w*|grant\w*|guarantee\w*|promis\w+|owe\w*|deny|denies) (?:the )?$"
)
_EN_BETWEEN = re.compile(r"^ (?:[\w'-]+ ){0,3}[\"']*$")
_EN_OWN = re.compile(r"^'?s?'? (?:[\w-]+ ){0,1}[\"']*$")
_WANTS = re.compile(
    r"^ (?:[\w'-]+ ){0,3}?(?:needs?|wants?|wanted|demand\w*|seek\w*|sought|asks?|asked|asking|requir\w+|insist\w+"
    r"|expect\w*"
    r"|потрібн\w+|хоч[еу]\w*|вимага\w+|прагн\w+|прос\w+|чека\w+|очіку\w+|нужн\w+|хотят|требу\w+|добива\w+|ждет) "
    r"(?:[\w'-]+ ){0,4}[\"']*$"
)
_HERS_AFTER = re.compile(r"^ (?:(?:of|for|in|для|щодо) )?(?:the |our |new )?$")
_HERS_BEFORE = re.compile(r"^(?:'s)? (?:the )?$")
_OWN = re.compile(r"\b(?:its|our|their)\b|(?<!\w)(?:наш|сво|їхн|її)\w*")
_SLAVIC_BETWEEN = re.compile(r"^ (?:[\w'-]+ ){0,2}[\"']*$")
_SLAVIC_GIVEN = re.compile(r"(?<!\w)(?:нада\w+|дад\w+|дат[иь]|да[вл]\w*|предостав\w+|гарант\w+) $")


def named(mentions: Iterable[Mention], others: Iterable[tuple[int, int]]) -> list[Named]:
    """All who might be a beneficiary, by position; `others` are spans of ships, plants, other countries."""
    kinds = {"ukraine": "ukraine", "guarantor": "state", "group": "state", "adversary": "adversary"}
    found = [
        Named("ukraine" if mention.id == "UA" else kinds[mention.kind], mention.start, mention.end)
        for mention in mentions
        if mention.kind in kinds or (mention.kind == "place" and mention.id == "UA")
    ]
    found += [Named("other", start, end) for start, end in others]
    return sorted(found, key=lambda one: (one.start, -one.end))


def beneficiary_of(folded: str, start: int, end: int, who: Sequence[Named]) -> Beneficiary:
    """For whom the guarantee at `start`..`end` is, by what stands directly after and before it."""
    is_slavic = _is_slavic(folded[start:end])
    for one in who:
        if one.start < end or one.start - end > _REACH:
            continue
        between = folded[end : one.start]
        if _gives(between, one, is_slavic=is_slavic):
            return Beneficiary.OTHER
        if _receives_after(between, one, is_slavic=is_slavic):
            return Beneficiary.UKRAINE if one.who == "ukraine" else Beneficiary.OTHER
    for one in reversed(who):
        if one.end > start or start - one.end > _REACH:
            continue
        if _receives_before(folded, start, end, one, is_slavic=is_slavic):
            return Beneficiary.UKRAINE if one.who == "ukraine" else Beneficiary.OTHER
    return Beneficiary.UNSAID


def is_ukraines(folded: str, start: int, end: int, who: Sequence[Named]) -> bool:
    """Whether the words at `start`..`end` name Ukraine, or speakers' own country, as whose security it is."""
    if _OWN.search(folded, start, end):
        return True
    return any(
        (start <= one.start and one.end <= end)
        or (one.start >= end and _HERS_AFTER.match(folded[end : one.start]))
        or (one.end <= start and _HERS_BEFORE.match(folded[one.end : start]))
        for one in who
        if one.who == "ukraine"
    )


def _is_slavic(form: str) -> bool:
    return bool(form) and max(form) >= "\u0400"


def _gives(between: str, one: Named, *, is_slavic: bool) -> bool:
    """Guarantees *from* Ukraine, or from armed bands, are not guarantees for it."""
    pattern = _SLAVIC_FROM if is_slavic else _EN_FROM
    return one.who in {"ukraine", "other"} and bool(pattern.search(between))


def _receives_after(between: str, one: Named, *, is_slavic: bool) -> bool:
    if not is_slavic:
        return bool(_EN_FOR.search(between))
    if _SLAVIC_FOR.search(between):
        return True
    return one.who != "state" and bool(_SLAVIC_OF.search(between))


def _receives_before(folded: str, start: int, end: int, one: Named, *, is_slavic: bool) -> bool:
    between = folded[one.end : start]
    if one.who != "state" and _WANTS.search(between):
        return True
    before = folded[max(0, one.start - 24) : one.start]
    if is_slavic:
        return bool(_SLAVIC_GIVEN.search(before) and _SLAVIC_BETWEEN.search(between))
    if _EN_GIVEN.search(before) and _EN_BETWEEN.search(between):
        return True
    if between.startswith("'s") and _EN_OWN.search(between):
        # "Russia's security guarantees" are Russia's; "France's security guarantees" are given by France,
        # but "Israel's security guaranteed" is Israel's.
        form = folded[start:end]
        return one.who != "state" or (form.startswith("security") and form.endswith("guaranteed"))
    return False
