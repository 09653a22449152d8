"""What differs between the paragraphs of two versions of one text, down to the sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from flows.steps.sentences import sentences
from storage.records import Paragraph
from storage.terms import Zone

_SAME = 0.5
"""Share of words in common from which a paragraph counts as another one reworded, not as a new one."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """The sentences that differ in one place of a paragraph; empty where none stood or none stands."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """Paragraphs only the later version has, those only the earlier had, and what was reworded in others."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rewordings: tuple[Rewording, ...] = ()


def text_change(before: Sequence[str], after: Sequence[str]) -> TextChange:
    """What differs between two lists of paragraphs; a paragraph in another's place is that one, if alike."""
    added: list[str] = []
    removed: list[str] = []
    rewordings: list[Rewording] = []
    for old, new in _differing(before, after):
        left = list(new)
        for paragraph in old:
            likeness = [Indel.normalized_similarity(paragraph.split(), other.split()) for other in left]
            best = max(range(len(left)), key=lambda n: likeness[n], default=None)
            if best is None or likeness[best] < _SAME:
                removed.append(paragraph)
                continue
            pairs = _differing(_sentences(paragraph), _sentences(left.pop(best)))
            rewordings += [Rewording(" ".join(was), " ".join(now)) for was, now in pairs]
        added += left
    return TextChange(tuple(added), tuple(removed), tuple(rewordings))


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield before[i:j], after[k:m]


def _sentences(text: str) -> list[str]:
    whole = Paragraph(text=text, zone=Zone.BODY, start=0, end=len(text))
    return [one.text for one in sentences("", [whole], text)]
