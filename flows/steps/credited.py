"""Names of outlets and agencies in a text, in every form the lexicon gives them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ahocorasick_rs import AhoCorasick

from storage.records import SourceKind

Letters = Literal["any", "capital", "exact"]
"""How a name must be written: any case (hosts), with a capital first, or letter for letter (abbreviations)."""

_CAPITAL_AFTER = re.compile(r" ([A-Z][\w'’-]+)")
_MAY_FOLLOW = re.compile(
    r"News|Agency|Ukrain\w+|Russian|Europe|Pro|International|Online|Magazine|Newspaper|Business|Economics|Live|TV|Radio"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Sept|Nov|Dec)ember|October"
)
"""Capitalised words after a Latin name that leave it what it is; others make another name of it (… Philanthropies)."""
_OF = re.compile(r" of [A-Z]")
_JOINED = re.compile(r"[\w@/&]|[-.'](?=\w)")


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet or agency: its slug or id, what it is called, what it is."""

    id: str
    name: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a source. One that is not `is_loose` means something else as well: it must stand in quotes."""

    source: Source
    written: str
    letters: Letters
    is_loose: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, and where it stands there."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True)
class Sources:
    """All names a text may credit. `version` is a hash of what they were read from.

    `decline` gives the names by their folded forms; it is called when a text is first looked at, for it takes a while.
    """

    version: str
    decline: Callable[[], Mapping[str, tuple[Name, ...]]]

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, tuple[tuple[Name, ...], ...]]:
        forms = self.decline()
        return AhoCorasick(list(forms)), tuple(forms.values())

    def find(self, text: str, folded: str) -> list[Named]:
        """The names in a text, in order, the longest where several begin together; `folded` is the text folded."""
        automaton, names = self._automaton
        found: list[Named] = []
        for number, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
            if name := next((one for one in names[number] if _is_written(one, text, start, end)), None):
                found.append(Named(start, end, name))
        return list(_outermost(found))


def _outermost(found: list[Named]) -> Iterator[Named]:
    last = 0
    for one in sorted(found, key=lambda named: (named.start, -named.end)):
        if one.start >= last:
            last = one.end
            yield one


def _is_written(name: Name, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if name.letters == "exact" and written != name.written:
        return False
    if name.letters == "capital" and not written[0].isupper():
        return False
    if start and _joins_before(text, start, is_host=name.letters == "any"):
        return False
    following = text[end : end + 2].replace("’", "'")
    if following[:2] == "'s":
        following = text[end + 2 : end + 4]
    if _JOINED.match(following):
        return False
    if not written[-1].isascii():
        return True
    after = _CAPITAL_AFTER.match(text, end)
    return not _OF.match(text, end) and (after is None or _MAY_FOLLOW.fullmatch(after.group(1)) is not None)


def _joins_before(text: str, start: int, *, is_host: bool) -> bool:
    before = text[start - 1]
    if is_host and text[max(0, start - 4) : start].lower() == "www.":
        return False
    return before.isalnum() or before in "_@/.&-'’"
