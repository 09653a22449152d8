"""The one line pass: what every kind of input goes through to lose the lines that are not the article's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crawlers.outlet import Outlet
from flows.steps.clean.authors import looks_like_person
from flows.steps.clean.blocks import Line
from flows.steps.clean.bylines import byline_of, is_dated_line
from flows.steps.clean.captions import is_caption, with_credited
from flows.steps.clean.clutter import Clutter
from flows.steps.text import fold, stems
from storage.records import Removed

_CLOCK = re.compile(r"(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?)(?:,? \d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)?", re.IGNORECASE)
_QUOTED = re.compile(r"[«\"“][^»\"”]{2,40}[»\"”]")
_LETTERS_ONLY = re.compile(r"[\W_]+")
_LINK_LABEL = re.compile(
    r"(?:до теми|за темою|по темі|на цю тему|зверніть увагу|читайте|дивіться|важливо|цікаво|к теме|по теме|на эту тему"
    r"|обратите внимание|смотрите|важно|интересно|see|read|watch|related|important)"
    r"(?: (?:також|ще|также|еще|also|more))?[ :-]{1,3}(?=\S)"
)
_NO_AUTHOR = re.compile(r"(?:edit|translat|редакт|перекла|перев[её]|перевод)", re.IGNORECASE)
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"')
_ENDINGS = (".", "!", "?", "…", ":", ";", '"', "»", "”", ")", "]", ",")
_LONGEST_COMPARED = 500
_LONGEST_HEADLINE = 220
_FEWEST_WORDS_HEADLINE = 3
_FEWEST_WORDS_REPEATED = 8
_LINKED = 0.9
_MOSTLY_LINKED = 0.6
_END_LINES = 3
_OPENING_LINES = 3
_NEARLY_ALL = 0.7
_A_GOOD_PART = 0.4
_READ_ALSO = "read_also"
_TAGS = "tags"
_MOST_WORDS_TAG = 3
_MOST_WORDS_LABEL = 6
_TAIL_LABEL = re.compile(r"(?<=[.!?…»”\"]) (?:[^\W\d][\w'’-]* ?){1,4}:$")
_OF_SOURCE = re.compile(r"(?:source|via|document|документ|джерел|источник|за даними|по данным|according)")
_CUT_OFF = re.compile(
    r"(?:\S+ ){3,}(?:the|a|an|of|to|and|that|as|for|with|from|but|its|their|що|щоб|та|і|й|бо|але|на|у|в|із|зі|для"
    r"|які|який|яка|что|чтобы|и|но|в|на|из|с|для|которые|который|которая)$"
)
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_OF_OTHER_STORIES = frozenset(("read_also", "ticker", "advert"))


@dataclass(slots=True)
class Kept:
    """What the line pass leaves: the article's lines, its captions, what was taken out, and authors it named."""

    lines: list[Line] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)


def bare(text: str) -> str:
    """Letters and digits of a folded text, to compare headlines whatever their punctuation; long texts as they are."""
    return text if len(text) > _LONGEST_COMPARED else _letters(text)


@lru_cache(maxsize=2048)  # of one page, the same lines are compared in several places
def _letters(text: str) -> str:
    return _LETTERS_ONLY.sub("", fold(text))


def is_headline_like(text: str) -> bool:
    """Whether a line could be a headline: short enough, some words, no full stop at its end."""
    is_short = len(text) <= _LONGEST_HEADLINE
    return is_short and not text.rstrip().endswith(_ENDINGS) and len(text.split()) >= _FEWEST_WORDS_HEADLINE


def _is_card(text: str) -> bool:
    return is_headline_like(text) and len(text.split()) > 4  # noqa: PLR2004 - shorter links are names of things


def is_clock(text: str) -> bool:
    """Whether a line is nothing but a time of day (with or without a short date)."""
    return _CLOCK.fullmatch(text.strip()) is not None


def has_link_label(text: str) -> bool:
    """Whether a line begins as those that point to another story do: «До теми …», "Watch: …"."""
    return _LINK_LABEL.match(fold(text)) is not None


def _before_link_tail(line: Line) -> str | None:
    # A link that is a clause of its own after the paragraph's last sentence leads to another page; so does one with a
    # short label of its own ("See more: …").
    if len(line.link_tail.split()) < _FEWEST_WORDS_HEADLINE or line.link_tail[:1].islower():
        return None
    before = line.text.removesuffix(line.link_tail).rstrip()
    before = _TAIL_LABEL.sub("", before)
    is_cut = before != line.text and before.endswith(_SENTENCE_ENDS) and line.kind in {"text", "item", "quote"}
    return before if is_cut else None


def is_pointer(line: Line) -> bool:
    """Whether a line is a link to another story by its markup: a linked headline, alone or with a label or a clock."""
    return _pointer(line) is not None


def _pointer(line: Line) -> str | None:
    if _is_linked_headline(line):
        return "linked_headline"
    if _is_clocked_link(line):
        return "ticker"
    return "labelled_link" if _is_labelled_link(line) else None


def _is_clocked_link(line: Line) -> bool:
    clock = line.text.removesuffix(line.link_tail).rstrip(" -–—|")
    return bool(line.link_tail) and is_clock(clock) and is_headline_like(line.link_tail)


def _is_linked_headline(line: Line) -> bool:
    if line.link_share >= _LINKED and line.kind == "text" and len(line.text) <= _LONGEST_HEADLINE:
        return len(line.text.split()) >= _FEWEST_WORDS_HEADLINE
    is_link = line.link_share >= _LINKED and line.kind == "item"
    return _is_card(line.text) and (is_link or (line.link_share >= _MOSTLY_LINKED and has_link_label(line.text)))


def _is_labelled_link(line: Line) -> bool:
    # "More of this: a headline", whatever the wording: a short label with a colon, then nothing but the link.
    label = line.text.removesuffix(line.link_tail).rstrip()
    is_label = label.endswith(":") and len(label.split()) <= _MOST_WORDS_LABEL and not _OF_SOURCE.match(fold(label))
    is_headline = is_headline_like(line.link_tail) or not line.link_tail[:1].islower()
    return is_label and is_headline and len(line.link_tail.split()) > _FEWEST_WORDS_HEADLINE


class _Pass:
    """State of one run over one page's lines."""

    def __init__(self, title: str, outlet: Outlet, clutter: Clutter) -> None:
        self.title = bare(title)
        self.outlet = outlet
        self.own_lines = [re.compile(pattern, re.IGNORECASE) for pattern in outlet.clutter_lines]
        self.clutter = clutter
        self.kept = Kept()
        self.seen: set[str] = set()
        self.expects_link = False
        self.expects_tags = False

    def why_removed(self, line: Line) -> str | None:
        """The name of the rule that takes a line out, or None for one that stays."""
        text = line.text
        plain = bare(text)
        if any(pattern.fullmatch(text) for pattern in self.own_lines):
            return "outlet_line"
        if not plain or plain == self.title:
            return "title_repeated" if plain else "no_words"
        kind = "ticker" if is_clock(text) else self.clutter.kind_of(text)
        if kind is None and len(self.kept.lines) < _OPENING_LINES and byline_of(text, self.outlet):
            return "byline"
        if kind is None and not self.kept.lines and is_dated_line(text, self.outlet):
            return "date_line"
        return kind or self._why_in_context(line, plain)

    def _why_in_context(self, line: Line, plain: str) -> str | None:
        text = line.text
        if self.expects_tags and len(text.split()) <= _MOST_WORDS_TAG and not text.endswith(_ENDINGS):
            return "tags"
        is_link = line.link_share >= _LINKED or (is_headline_like(text) and not _NUMBERED.match(text))
        if self.expects_link and is_link:
            return "read_also_item"
        if pointer := _pointer(line):
            return pointer
        if line.kind == "text" and len(text.split()) >= _FEWEST_WORDS_REPEATED and plain in self.seen:
            return "repeated"
        self.seen.add(plain)
        return None

    def _without_tail(self, line: Line) -> Line:
        cut = self.clutter.cut_tail(line.text)
        if cut:
            stays, gone, kind = cut
            self.kept.removed.append(Removed(text=gone, why=f"{kind}_tail"))
            return Line(stays, line.kind, line.link_share)
        before = _before_link_tail(line)
        if before is None:
            return line
        self.kept.removed.append(Removed(text=line.text[len(before) :].strip(), why="link_tail"))
        return Line(before, line.kind)

    def take(self, line: Line) -> None:
        """Judge one line."""
        line = self._without_tail(line)
        why = self.why_removed(line)
        if why is None and (line.kind == "caption" or is_caption(line.text)):
            self.kept.captions.append(line.text)
            return
        if why is None:
            self.expects_link = self.expects_tags = False
            self.kept.lines.append(line)
            return
        if why == "byline" and not _NO_AUTHOR.match(line.text):
            self.kept.bylines.append(line.text)
        if why == _TAGS and line.text.rstrip().endswith(":"):
            self.expects_tags = True
        if why == _READ_ALSO:
            self.expects_link = line.text.rstrip().endswith(":") or len(line.text.split()) <= _END_LINES
        self.kept.removed.append(Removed(text=line.text, why=why))


def _goes_on(title: str, after: Sequence[Line]) -> bool:
    # Whether lines below a stop are the article's: their prose takes up words of the headline again.
    told = stems(title)
    prose = [line for line in after if not is_headline_like(line.text) and line.link_share < _LINKED]
    return not told or not prose or any(told & stems(line.text) for line in prose)


def _without_cut_cards(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    # A teaser that breaks off in mid-clause is a card of another story, and so is the headline right above it.
    gone: set[int] = set()
    for position in range(2, len(lines)):
        above, line = lines[position - 1], lines[position]
        goes_on = position + 1 < len(lines) and lines[position + 1].text[:1].islower()
        if (
            is_headline_like(line.text)
            and is_headline_like(above.text)
            and not goes_on
            and _CUT_OFF.search(fold(line.text))
        ):
            gone.update((position - 1, position))
    return (
        [line for position, line in enumerate(lines) if position not in gone],
        [lines[position] for position in sorted(gone)],
    )


def _is_inserted(lines: Sequence[Line], position: int, clutter: Clutter) -> bool:
    # A label of other stories set into the text: after it, or after the listed links below it, a paragraph goes on.
    if clutter.kind_of(lines[position].text) not in _OF_OTHER_STORIES:
        return False
    after = (line for line in lines[position + 1 :] if line.kind != "item" and not is_clock(line.text))
    following = next(after, None)
    return (
        following is not None
        and following.kind == "text"
        and following.link_share < _MOSTLY_LINKED
        and following.text.endswith(_SENTENCE_ENDS)
        and clutter.kind_of(following.text) is None
    )


def _without_end(lines: Sequence[Line], title: str, clutter: Clutter) -> tuple[list[Line], list[Line]]:
    # A heading such as "More news" ends the article when nearly all prose stands before it; one in mid-text does where
    # nothing below it is about the headline's matter.
    prose = [0 if is_headline_like(line.text) or line.link_share >= _LINKED else len(line.text) for line in lines]
    total = sum(prose)
    before = 0
    for position, line in enumerate(lines):
        is_stop = before > _A_GOOD_PART * total and clutter.is_stop(line.text)
        is_stop = is_stop and not _is_inserted(lines, position, clutter)
        if is_stop and (before > _NEARLY_ALL * total or not _goes_on(title, lines[position + 1 :])):
            return list(lines[:position]), list(lines[position:])
        before += prose[position]
    return list(lines), []


def _without_signature(kept: Kept, authors: Iterable[str]) -> None:
    # Names alone on the last lines sign the article: authors known from elsewhere, or one person's name after prose.
    known = {bare(author) for author in authors}
    for _ in range(_END_LINES):
        if len(kept.lines) < 2:  # noqa: PLR2004 - a signature follows something
            return
        last = kept.lines[-1]
        # "Name, «Outlet»" is signed as well: what stands in quotation marks is where the author works.
        names = [
            part.strip(" .")
            for part in re.split(r"[,;/]| та | і | и | and ", _QUOTED.sub("", last.text))
            if part.strip(" .")
        ]
        if not names:
            return
        signed = bare(last.text) in known or all(bare(name) in known for name in names)
        if not signed and not (all(looks_like_person(name) for name in names) and last.kind != "item"):
            return
        kept.lines.pop()
        kept.bylines.append(last.text)
        kept.removed.append(Removed(text=last.text, why="byline"))


def line_pass(lines: Sequence[Line], title: str, outlet: Outlet, clutter: Clutter, authors: Iterable[str] = ()) -> Kept:
    """Take out of a page's lines what is not the article's; every line lands in exactly one place of the result."""
    run = _Pass(title, outlet, clutter)
    whole, cards = _without_cut_cards(with_credited(lines))
    inside, after = _without_end(whole, title, clutter)
    for line in inside:
        run.take(line)
    run.kept.removed.extend(Removed(text=line.text, why="other_story") for line in cards)
    run.kept.removed.extend(Removed(text=line.text, why="after_end") for line in after)
    while run.kept.lines and run.kept.lines[-1].kind == "head":
        run.kept.removed.append(Removed(text=run.kept.lines.pop().text, why="heading_of_nothing"))
    _without_signature(run.kept, authors)
    return run.kept
