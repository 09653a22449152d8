"""Walking a subtree of a page block by block, with what the line pass needs to know of each block."""

import re
from dataclasses import dataclass
from typing import Literal

import lxml.etree
import lxml.html

from flows.steps.text import squeeze
from storage.records import Removed

Kind = Literal["text", "head", "item", "quote", "caption"]

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "svg",
        "nav",
        "aside",
        "footer",
        "video",
        "audio",
        "object",
        "embed",
        "canvas",
        "map",
        "head",
        "link",
        "meta",
        "picture",
        "dialog",
        "menu",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "section",
        "article",
        "main",
        "header",
        "table",
        "thead",
        "tbody",
        "tr",
        "pre",
        "figure",
        "figcaption",
        "address",
        "center",
        "details",
        "summary",
        "hr",
        "body",
        "html",
        "fieldset",
    ]
)
_KIND_OF_TAG: dict[str, Kind] = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6", "h1", "dt"), "head"),
    "li": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "figure": "caption",
}
_INLINE_SKIPPED = frozenset(("script", "style", "noscript", "template", "svg", "button", "input", ""))
_TOLD_WHEN_SKIPPED = frozenset(("nav", "aside", "footer", "form", "dialog", "menu", "button"))
_UNSEEN = _SKIPPED - _TOLD_WHEN_SKIPPED
_APART = _BLOCKS | _TOLD_WHEN_SKIPPED | {"br", "td", "th"}
_LONGEST_ROW = 200
_AFTER_LINK = ' \t\r\n\xa0.,;!…»”")]→>'
_LONGEST_TOLD = 300
_MOST_TOLD = 100
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = re.compile(r"\n\n\s*$")
_SENTENCE_END = re.compile(r"[.!?:;…»”\"')\]]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One block of text as the line pass sees it.

    `link_share` is the share of its characters inside links, `link_tail` the text of the link it ends with, where one
    link ends it.
    """

    text: str
    kind: Kind = "text"
    link_share: float = 0.0
    link_tail: str = ""


class _Collector:
    """Gathers text until a block ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.length = 0
        self.link_depth = 0
        self.last_link: int | None = None

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            size = len(text.strip())
            self.length += size
            if self.link_depth:
                self.linked += size
            elif text.strip(_AFTER_LINK):
                self.last_link = None

    def open_link(self) -> None:
        """A link begins."""
        self.link_depth += 1
        self.last_link = len(self.pieces)

    def take(self, kind: Kind) -> tuple[Line, ...]:
        """The line that ends here, if there is one."""
        if not self.pieces:
            return ()
        text = squeeze("".join(self.pieces))
        share = self.linked / self.length if self.length else 0.0
        tail = squeeze("".join(self.pieces[self.last_link :])) if self.last_link is not None else ""
        self.pieces, self.linked, self.length, self.last_link = [], 0, 0, 0 if self.link_depth else None
        return (Line(text, kind, min(share, 1.0), tail),) if text else ()


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    attributes = element.attrib
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(str(attributes["style"]))))


def visible_text(root: lxml.html.HtmlElement) -> str:
    """The beginning (at most 300 characters) of what a reader sees of an element, white space squeezed."""
    pieces: list[str] = []
    length = 0
    steps = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not tag or tag in _UNSEEN or _is_hidden(element):
                steps.skip_subtree()
                continue
            pieces.append((" " if tag in _APART else "") + (element.text or ""))
        elif element is not root:
            pieces.append((" " if tag in _APART else "") + (element.tail or ""))
        length += len(pieces[-1].strip()) if pieces else 0
        if length > _LONGEST_TOLD:
            break
    return squeeze("".join(pieces))[:_LONGEST_TOLD].rstrip()


def tell(pruned: list[Removed], element: lxml.html.HtmlElement, why: str) -> None:
    """Note what a reader saw of a pruned element, if anything; at most 100 notes are kept for a page."""
    if len(pruned) < _MOST_TOLD and (text := visible_text(element)):
        pruned.append(Removed(text=text, why=why))


def tell_skipped(root: lxml.html.HtmlElement, pruned: list[Removed]) -> None:
    """Note the elements of a subtree that are passed over for their tag (navigation, asides, forms, footers)."""
    steps = lxml.etree.iterwalk(root, events=("start",))
    for _, element in steps:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element):
            if tag in _TOLD_WHEN_SKIPPED:
                tell(pruned, element, f"tag: {tag}")
            steps.skip_subtree()


@dataclass(frozen=True, slots=True)
class Walked:
    """The lines of a subtree; its block elements with the numbers of their first line and of that after their last."""

    lines: list[Line]
    spans: list[tuple[lxml.html.HtmlElement, int, int]]


def walk(root: lxml.html.HtmlElement) -> list[Line]:
    """The blocks of a subtree in reading order, as `walked` finds them."""
    return walked(root).lines


def walked(root: lxml.html.HtmlElement) -> Walked:
    """The blocks of a subtree in reading order, with the elements they stand in.

    Paragraphs end where a block element or a double `<br>` does; a single `<br>` ends one only after a finished
    sentence. Scripts, forms, navigation, asides and hidden elements are passed over.
    """
    collector = _Collector()
    kinds: list[Kind] = ["text"]
    seen = Walked([], [])
    lines = seen.lines
    open_blocks: list[int] = []
    steps = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or not tag or (element is not root and _is_hidden(element)):
                steps.skip_subtree()
                if tag not in _INLINE_SKIPPED:
                    lines.extend(collector.take(kinds[-1]))
                continue
            lines.extend(_opened(tag, element, collector, kinds))
            if tag in _BLOCKS:
                open_blocks.append(len(lines))
        else:
            is_walked = tag and tag not in _SKIPPED and (element is root or not _is_hidden(element))
            if is_walked:
                lines.extend(_closed(tag, collector, kinds))
                if tag in _BLOCKS:
                    seen.spans.append((element, open_blocks.pop(), len(lines)))
            if element is not root:
                collector.add(element.tail)
    lines.extend(collector.take(kinds[-1]))
    return seen


def _is_data_row(row: lxml.html.HtmlElement) -> bool:
    # A row of short cells tells figures; whole texts laid out in a table hold blocks or are long.
    cells = [text for cell in row if (text := squeeze("".join(str(piece) for piece in cell.itertext())))]
    is_flat = not any(child.tag in _BLOCKS for cell in row for child in cell)
    return is_flat and len(cells) > 1 and sum(map(len, cells)) <= _LONGEST_ROW


def _opened(tag: str, element: lxml.html.HtmlElement, collector: _Collector, kinds: list[Kind]) -> tuple[Line, ...]:
    ended: tuple[Line, ...] = ()
    if tag == "br":
        text_before = "".join(collector.pieces[-3:])
        if _BREAK.search(text_before) or _SENTENCE_END.search(text_before):
            return collector.take(kinds[-1])
        collector.add("\n\n")
        return ()
    if tag in _BLOCKS:
        ended = collector.take(kinds[-1])
        inherited: Kind = kinds[-1] if kinds[-1] != "head" else "text"
        kinds.append("item" if tag == "tr" and _is_data_row(element) else _KIND_OF_TAG.get(tag, inherited))
    elif tag in {"td", "th"}:
        collector.add(" ")
    elif tag == "a":
        collector.open_link()
    collector.add(element.text)
    return ended


def _closed(tag: str, collector: _Collector, kinds: list[Kind]) -> tuple[Line, ...]:
    ended: tuple[Line, ...] = ()
    if tag in _BLOCKS:
        ended = collector.take(kinds[-1])
        if len(kinds) > 1:
            kinds.pop()
    elif tag == "a":
        collector.link_depth = max(collector.link_depth - 1, 0)
    return ended
