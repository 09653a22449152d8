"""Names that stand in the sentence of an act without taking part in it.

Who is next in line, who is unlike the one that acts, who is only waited for, and which of two named together
"the first" and "the second" are.
"""

import re
from collections.abc import Sequence

from flows.steps.claims.cues import Word
from flows.steps.claims.named import Actor
from flows.steps.claims.own_clause import of_own_clause
from flows.steps.claims.segments import is_verb
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from storage.terms import Factuality, Language

_STOPS = frozenset(",;:()-") | {"and", "but", "while", "та", "і", "й", "а", "и", "но", "але"}
_MARKS = frozenset(",;:()")
_NEXT = re.compile(r"next|черзі|черга|чергою|наступн(?:а|ий|е|ою|им|і)|очереди|очередь|следующ(?:ая|ий|ее|ей|им|ие)")
_PERIOD = re.compile(
    r"days?|weeks?|weekend|months?|years?|spring|summer|autumn|winter|д(?:ень|ня|ні)|тиж\w+|міся\w+|рок\w+|рік"
    r"|недел\w+|месяц\w*|год\w*|раз\w*|етап\w*|этап\w*|раунд\w*|round|step|stage"
)
_UNLIKE = re.compile(
    r"(?<![\w'-])(?:unlike|instead of|rather than|in contrast (?:to|with)|as opposed to|contrary to"
    r"|compared (?:to|with)|except(?: for)?|with the exception of|apart from|other than|but not(?: with)?|not with"
    r"|на відміну від|замість|крім|окрім|за винятком|на противагу|порівняно з|не (?:зі?|із)"
    r"|в отличие от|вместо|кроме|за исключением|в противовес|по сравнению с|не со?"
    r"|(?:але|но|а) не(?: (?:зі?|із|со?))?|не|not)(?!\w)"
)
_TIME = re.compile(
    r"(?<![\w'-])(?:as soon as|once|until|till|after|before|when"
    r"|щойно|тільки-но|коли|після того як|після того, як|поки не|доки не"
    r"|перш ніж|как только|когда|после того как|после того, как|пока не|прежде чем)(?!\w)"
)
_OTHER_OF_TWO = {
    Language.EN: (frozenset({"first", "former"}), frozenset({"second", "latter"})),
    Language.UK: (
        frozenset({"перша", "перший", "перше"}),
        frozenset({"друга", "другий", "друге", "остання", "останній"}),
    ),
    Language.RU: (frozenset({"первая", "первый", "первое"}), frozenset({"вторая", "второй", "второе", "последняя"})),
}
_BEFORE_NEXT = re.compile(r" (?:the )?|(?: and | та | і | й | и )")
_LISTED = re.compile(r"(?:[\s,]|\b(?:and|the|та|і|й|и)\b)*")
_NO_NOUN = frozenset(
    {"on", "in", "at", "has", "had", "already", "only", "still", "is", "was", "to", "на", "у", "в", "до", "з", "із"}
    | {"вже", "уже", "ще", "лише", "тільки", "с", "со", "еще", "только", "лишь", "-", "к", "за", "о", "про", "не"}
)


def taking_part(text: ToldText, here: ToldSentence, step: Step, named: Sequence[Actor]) -> list[Actor]:
    """The names without those that the sentence sets apart from the act."""
    unlike = _named_after(here, _UNLIKE, named) if step.factuality is Factuality.FACT else set()
    found = [one for one in named if one.word not in unlike]
    if len({one.code for one in found}) <= 1:
        return found
    found = of_own_clause(text, here, step, _of_two(text, here, step, found))
    words = here.view.words
    found = [one for one in found if not _is_next(words, one.word, step.act)]
    clauses = [
        (low, high)
        for low, high in _stretches(here, _TIME)
        if any(is_verb(word, text.language) for word in words[low:high])
    ]
    own = [one for one in clauses if _is_in([one], step.act)]
    if own:  # "when Oslo signed, Riga was still in talks"
        return [one for one in found if _is_in(own, one.word)] or found
    waited = clauses
    return [one for one in found if not _is_in(waited, one.word)] or found


def _is_next(words: Sequence[Word], at: int, act: int) -> bool:
    """Whether the few words around a name, the act not among them, say it is next: "Oslo signed, Riga is next"."""
    low = next((n + 1 for n in range(at, -1, -1) if words[n].folded in _STOPS), 0)
    high = next((n for n in range(at, len(words)) if words[n].folded in _STOPS), len(words))
    if low <= act < high:
        return False
    return any(
        _NEXT.fullmatch(words[n].folded) and not (n + 1 < len(words) and _PERIOD.fullmatch(words[n + 1].folded))
        for n in range(low, high)
    )


def _named_after(here: ToldSentence, opening: re.Pattern[str], named: Sequence[Actor]) -> set[int]:
    """The words of the names directly after such an opening, with those listed with them."""
    base = here.sentence.start
    found: set[int] = set()
    for match in opening.finditer(here.folded):
        last = match.end()
        for one in sorted(named, key=lambda one: one.start):
            if one.start - base >= last and _BEFORE_NEXT.fullmatch(here.folded[last : one.start - base]):
                found.add(one.word)
                last = one.end - base
    return found


def _stretches(here: ToldSentence, opening: re.Pattern[str]) -> list[tuple[int, int]]:
    """The words from each such opening to the next mark."""
    words = here.view.words
    found = []
    for match in opening.finditer(here.folded):
        low = here.word_at(match.start())
        first = here.word_at(match.end() - 1)
        high = next((n for n in range(first + 1, len(words)) if words[n].folded in _MARKS), len(words))
        found.append((low, high))
    return found


def _is_in(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    return any(low <= at < high for low, high in stretches)


def _of_two(text: ToldText, here: ToldSentence, step: Step, named: Sequence[Actor]) -> list[Actor]:
    """Of two named together, the one that "the first" or "the second" before the act stands for."""
    words = here.view.words
    both = _OTHER_OF_TWO.get(text.language)
    if both is None or not all(any(word.folded in one for word in words) for one in both):
        return list(named)
    places = {
        n: place
        for n, word in enumerate(words[:-1])
        for place in (0, 1)
        if word.folded in both[place]
        and (words[n + 1].folded in _NO_NOUN or words[n + 1].folded == "," or is_verb(words[n + 1], text.language))
    }
    if set(places.values()) != {0, 1}:
        return list(named)
    first = min(places)
    base = here.sentence.start
    pair = [one for one in named if one.word < first][-2:]
    before = [n for n in places if n < step.act]
    if len(pair) != len(both) or not before:
        return list(named)
    if not _LISTED.fullmatch(here.folded[pair[0].end - base : pair[1].start - base]):
        return list(named)
    return [pair[places[max(before)]], *(one for one in named if one not in pair)]
