"""Sentences of an article with their place in `text_full`.

Own rules, since the trained splitters for Ukrainian are models or drag a framework in, and the sentences are the
proof shown to a reader: where a rule is unsure it does not split, so that no quote is cut short.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from storage.records import Paragraph
from storage.terms import Zone

HEADLINE_PARAGRAPH = -1

_LONGEST_SHORT = 24
_LONGEST_INITIAL = 2
_LONGEST = 2_000  # code points; a longer run without a stop is a table or a list, and is cut at a space

# A set first, so that the search runs from stop to stop; a run of stops is looked at once, from its first.
_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<![.!?…].)[.!?…]*+[\"»”“’')\]]*+(?=\s))", re.DOTALL)
_WORD_BEFORE = re.compile(r"[^\W_][\w.’'ʼ-]*$")
_NEXT = re.compile(r"[\s\"«“„‘'(\[–—-]*(\S)")
_NEXT_WORD = re.compile(r"[\s\"«“„‘'(\[–—-]*([^\W\d_]+)")
_INITIAL = re.compile(r"(?:[^\W\d_]|Дж|Ю|Я)$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Never end a sentence: a name or a number follows them.
_TITLES = _words(
    "mr mrs ms dr prof gen lt col sgt capt sen rep gov st mt vs jan feb mar apr jun jul aug sep sept oct nov dec",
    "art fig",
    "ст рр ім вул просп м обл р-н с смт акад проф ген полк див напр пп стор гр англ тел рис т.зв т.н",
    "ул им г пос см",
)
# Often end a clause, rarely a sentence: they end one only before a capital.
_UNITS = _words("млрд млн тис тыс грн руб коп год хв кв куб долл дол bn mln inc corp ltd co jr sr a.m p.m")
# After a dotted short form ("U.S.") only these words open a new sentence for certain.
_OPENERS = _words(
    "the a an in on at it he she they we this that these those but and however as after before during according",
    "earlier meanwhile also there if when while",
    "у в на це він вона вони ми за після під як також але раніше коли это он она они мы после как также но ранее когда",
)


class Sentence(NamedTuple):
    """A sentence: `text == text_full[start:end]`; `paragraph` counts from 0, the headline is -1."""

    start: int
    end: int
    zone: Zone
    paragraph: int
    text: str


def sentences(title: str, paragraphs: Sequence[Paragraph], text_full: str) -> tuple[Sentence, ...]:
    """All sentences in the order of the text; the headline is the first, unless it is empty.

    A headline is one sentence, whatever stops stand in it; one as long as a text is cut as a paragraph is.
    """
    found = []
    if title.strip():
        whole = ((0, len(title)),) if len(title) <= _LONGEST else _trimmed(text_full, 0, len(title))
        found = [Sentence(start, end, Zone.HEADLINE, HEADLINE_PARAGRAPH, text_full[start:end]) for start, end in whole]
    for number, paragraph in enumerate(paragraphs):
        for start, end in _spans(paragraph.text):
            begin, finish = paragraph.start + start, paragraph.start + end
            found.append(Sentence(begin, finish, paragraph.zone, number, text_full[begin:finish]))
    return tuple(found)


def _spans(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _END.finditer(text):
        if text[stop.start()] == "\n" or _ends_here(text, start, stop):
            found += _trimmed(text, start, stop.end())
            start = stop.end()
    found += _trimmed(text, start, len(text))
    return found


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    found = []
    while end - start > _LONGEST:
        space = text.rfind(" ", start, start + _LONGEST)
        cut = space if space > start else start + _LONGEST
        found.append((start, cut))
        start = cut + 1 if space > start else cut
    if start < end:
        found.append((start, end))
    return found


def _ends_here(text: str, start: int, stop: re.Match[str]) -> bool:
    end, at = stop.end(), stop.start()
    first = text[end + 1 : end + 2]
    if not first.isalnum():
        following = _NEXT.match(text, end)
        if following is None:
            return True
        first = following.group(1)
    if first.islower():
        return False
    if text[at] != ".":
        return True
    begin = max(start, at - _LONGEST_SHORT)
    word = text[text.rfind(" ", begin, at) + 1 or begin : at]
    if not word.isalpha():
        before = _WORD_BEFORE.search(text, begin, at)
        if before is None:
            return True
        word = before.group()
    return _may_end(word, first, text, end)


def _may_end(word: str, first: str, text: str, position: int) -> bool:
    """Whether a full stop after this word, before a character that is no small letter, ends the sentence."""
    folded = word.lower()
    if folded in _UNITS:
        return first.isupper()
    if "." in word and _DOTTED.match(word):
        opener = _NEXT_WORD.match(text, position)
        return opener is not None and opener.group(1).lower() in _OPENERS
    return folded not in _TITLES and not (len(word) <= _LONGEST_INITIAL and word[0].isupper() and _INITIAL.match(word))
