"""Where the article stands in a page: the outlet's selector, else trafilatura; both give lines for the line pass."""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

import lxml.etree
import lxml.html
import trafilatura

from crawlers.outlet import Outlet
from flows.steps.clean import jsonld
from flows.steps.clean.blocks import Kind, Line, tell, tell_skipped, visible_text, walk, walked
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.container import Container, prose_container, stays, without_boxes
from flows.steps.clean.lines import bare, has_link_label
from flows.steps.clean.page import Page, all_of, select, text_of
from flows.steps.clean.published import near_headline
from flows.steps.clean.verdict import is_prose
from flows.steps.text import fold, squeeze
from storage.records import Removed

_THIN = 250
_SHORT = 1000
# What trafilatura takes out before it looks for a body. It copies a tree five times and more: the smaller, the faster.
_NO_BODY = (
    "head", "script", "style", "link", "meta", "noscript", "template", "iframe", "svg", "canvas", "map", "object",
    "embed", "picture", "video", "audio", "source", "img", "nav", "aside", "footer", "menu", "dialog",
    "fieldset", "select", "option", "input", "button", "label", "textarea",
)  # fmt: skip
_BOX = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|subscribe|subscription|newsletter|related|advert|advertisement|promo|banner)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_HOVER_BOX = re.compile(
    r"(?:^|[\s_-])(?:tooltip|popover|rollover)(?:[\w-]*)-(?:block|content|body|text|inner|box)(?=$|\s)", re.IGNORECASE
)
_COUNT = lxml.etree.XPath("count(//*)")
_MUCH_LESS = 0.6
_NEARLY_ALL = 0.8
_ALL = 0.95
_LONGEST_PARAGRAPH = 5000
_MOST_ELEMENTS = 50_000
_LEAD_LETTERS = 50
_LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|standfirst|excerpt|deck|dek|perex|preamble|anons?|announce|sub-?title|chapeau)(?=$|[\s_-])",
    re.IGNORECASE,
)
_MOST_CHILDREN = 3
_NEXT_TO_HEADLINE = 6
_LINKED_LEAD = 0.3
_KINDS: dict[str, Kind] = {"head": "head", "item": "item", "quote": "quote", "p": "text", "row": "text", "ab": "text"}


def outlet_lines(page: Page, outlet: Outlet, pruned: list[Removed]) -> list[Line] | None:
    """The body's lines by the outlet's selectors (newest layout first), its clutter left out; None without a hit.

    Elements of the `lead` selectors stand before the body where they are not part of it; those of the `caption`
    selectors become captions. What a reader saw of the elements left out inside the body is added to `pruned`.
    """
    roots = [root for root in select(page.tree, outlet.body) if text_of(root)]
    if not roots:
        return None
    roots = [root for root in roots if not any(other is not root and other in root.iterancestors() for other in roots)]
    inside = set()
    for root in roots:
        for css in outlet.clutter:
            dropped: set[lxml.html.HtmlElement] = set()
            for element in all_of(root, css):
                if element is not root and element.getparent() is not None:
                    if dropped.isdisjoint(element.iterancestors()):
                        tell(pruned, element, f"selector: {css}")
                    dropped.add(element)
                    element.drop_tree()
        tell_skipped(root, pruned)
        inside.update(root.iter())
    lines: list[Line] = []
    for element in select(page.tree, outlet.lead):
        if element not in inside:
            lines.extend(replace(line, kind="text") for line in walk(element))
    captions = {bare(text_of(element)) for root in roots for css in outlet.caption for element in all_of(root, css)}
    for root in roots:
        inner, boxed = without_boxes(walked(root))
        lines.extend(inner)
        lines.extend(Line(gone.text, "caption") for gone in boxed if bare(gone.text) in captions)
        pruned.extend(gone for gone in boxed if bare(gone.text) not in captions)
    lines = [replace(line, kind="caption") if captions and bare(line.text) in captions else line for line in lines]
    return _lead(page, lines) + lines + _captions_outside(page, outlet, inside)


def _captions_outside(page: Page, outlet: Outlet, inside: set[lxml.html.HtmlElement]) -> list[Line]:
    return [
        Line(text, "caption")
        for css in outlet.caption
        for element in all_of(page.tree, css)
        if element not in inside and (text := text_of(element))
    ]


def _extracted(tree: lxml.html.HtmlElement, *, fast: bool) -> lxml.etree._Element | None:
    # trafilatura works on its own copy of the tree; its `deduplicate` keeps state between calls: never on.
    if fast:
        tree = copy.deepcopy(tree)
        lxml.etree.strip_elements(tree, *_NO_BODY, with_tail=False)
    try:
        found = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, deduplicate=False)
    except (RecursionError, ValueError, TypeError, AttributeError, lxml.etree.LxmlError):
        return None  # a malformed tree trafilatura cannot walk has no body we know of; the verdict says so
    body = getattr(found, "body", None)
    return body if isinstance(body, lxml.etree._Element) else None  # noqa: SLF001 - lxml's only public element type


def _body_lines(body: lxml.etree._Element) -> Iterator[Line]:
    kinds: list[Kind] = ["text"]
    pieces: list[str] = []

    def flush() -> Iterator[Line]:
        text = squeeze("".join(pieces))
        pieces.clear()
        if text:
            yield Line(text, kinds[-1])

    for event, element in lxml.etree.iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            if tag in _KINDS or tag in {"list", "table"}:
                yield from flush()
                kinds.append(_KINDS.get(tag, kinds[-1]))
            elif tag == "lb" and "".join(pieces).endswith("\n"):
                yield from flush()  # a second break in a row ends a paragraph
            elif tag in {"lb", "cell"}:
                pieces.append("\n" if tag == "lb" else " ")
            pieces.append(element.text or "")
        else:
            if tag in _KINDS or tag in {"list", "table"}:
                yield from flush()
                kinds.pop()
            pieces.append(element.tail if element.tail and (tag != "lb" or element.tail.strip()) else "")
    yield from flush()


def _elements(tree: lxml.html.HtmlElement) -> int:
    found = _COUNT(tree)
    return int(found) if isinstance(found, float) else 0


def _size(lines: list[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _without_hover_boxes(page: Page, pruned: list[Removed]) -> None:
    # Boxes a reader sees only with the pointer on a word break into the sentence around them.
    for element in [e for e in page.tree.iter("span", "div") if _HOVER_BOX.search(str(e.get("class") or ""))]:
        if element.getparent() is not None:
            tell(pruned, element, "hover_box")
            element.drop_tree()


def _lead(page: Page, lines: list[Line]) -> list[Line]:
    # A lead set apart from the body: the page's own description tells which block it is, or its class does.
    told = [bare(line.text) for line in lines]
    said = (page.meta("og:description", "description"), jsonld.text_of(page.article.get("description")))
    for described in {bare(text) for text in said if text}:
        begins = described[:_LEAD_LETTERS]
        if len(begins) == _LEAD_LETTERS and not any(begins in text for text in told):
            text = _described(page, begins, 3 * len(described))
            if text:
                return [Line(text)]
    return _marked_as_lead(page, told)


def _described(page: Page, begins: str, longest: int) -> str | None:
    seen: set[lxml.html.HtmlElement] = set()
    for area in near_headline(page):
        for element in area.iter("p", "div", "h2", "h3", "span"):
            if element in seen:  # areas lie one in another
                continue
            seen.add(element)
            if len(element) > _MOST_CHILDREN or not _may_begin(element, begins[0]):
                continue
            text = text_of(element)
            if len(text) <= longest and bare(text).startswith(begins):
                return text
    return None


def _marked_as_lead(page: Page, told: list[str]) -> list[Line]:
    below = (one for heading in page.tree.iter("h1") for one in islice(heading.itersiblings(), _NEXT_TO_HEADLINE))
    for area in chain(islice(below, _NEXT_TO_HEADLINE), near_headline(page)):
        for element in area.iter("p", "div", "h2", "h3"):
            if len(element) > _MOST_CHILDREN or not _LEAD_CLASS.search(str(element.get("class") or "")):
                continue
            inside = walk(element)
            if len(inside) == 1 and is_prose(inside[0].text) and inside[0].link_share < _LINKED_LEAD:
                begins = bare(inside[0].text)[:_LEAD_LETTERS]
                return [] if any(begins in line for line in told) else [replace(inside[0], kind="text")]
    return []


def _may_begin(element: lxml.html.HtmlElement, letter: str) -> bool:
    # The first text in a block tells for next to nothing that most blocks are not the one looked for.
    first = next((told for text in element.itertext() if (told := str(text).lstrip())), "")[:1]
    return first != "" and (not first.isalnum() or fold(first) == letter)


def _around(page: Page, lines: list[Line]) -> lxml.html.HtmlElement | None:
    # The smallest element around the body's paragraphs; None where no paragraph of the page is one of the body's.
    texts = {bare(line.text) for line in lines}
    paragraphs = list(page.tree.iter("p"))
    first = next((p for p in paragraphs if bare(text_of(p)) in texts), None)
    last = None if first is None else next((p for p in reversed(paragraphs) if bare(text_of(p)) in texts), None)
    if first is None or last is None:
        return None
    above_last = set(last.iterancestors())
    return next((element for element in first.iterancestors() if element in above_last), None)


def _tell_boxes(around: lxml.html.HtmlElement, lines: list[Line], pruned: list[Removed]) -> None:
    # Boxes trafilatura takes for no article's by their class: told where nothing of them is among the body's lines.
    kept = "".join(bare(line.text) for line in lines)
    told: set[lxml.html.HtmlElement] = set()
    for element in around.iter("div", "ul", "section"):
        marks = str(element.get("class") or "")
        if marks and _BOX.search(marks) and told.isdisjoint(element.iterancestors()):
            told.add(element)
            if bare(visible_text(element)) not in kept:
                tell(pruned, element, f"selector: {element.tag}.{'.'.join(marks.split())}")


def generic_lines(page: Page, clutter: Clutter, pruned: list[Removed]) -> tuple[list[Line], str]:
    """The body's lines by general rules, and how they were found.

    "structure": the element around the page's prose, where the markup says it is an article's and hardly anything else
    stands in it or beside it. Else "trafilatura": its fast mode, or its careful one ("trafilatura, careful") where the
    fast result is thin: a few sentences, or much less than the page promises (its JSON-LD's article body, the prose
    of that element); where both are, the element after all. Where the two find the same article, the element's lines
    are taken ("structure, as trafilatura"), since they know links and lists. Lines that are captions or single links
    on the page are marked as such. What a reader saw of what stood inside and is no part is added to `pruned`.
    """
    _without_hover_boxes(page, pruned)
    container = prose_container(page.tree, clutter)
    if _elements(page.tree) > _MOST_ELEMENTS:  # trafilatura takes minutes on such trees
        return (_as_it_stands(page, container, pruned) if container else walk(page.tree)), "structure"
    if container is not None and container.is_sure:
        return _as_it_stands(page, container, pruned), "structure"
    prose = container.prose if container and container.is_pure else 0
    promised = max(len(jsonld.text_of(page.article.get("articleBody")) or ""), prose)
    how = "trafilatura"
    body = _extracted(page.tree, fast=True)
    lines = list(_body_lines(body)) if body is not None else []
    is_dump = _is_dump(lines, container)
    if is_dump or _size(lines) < max(_THIN, _MUCH_LESS * promised):
        careful = _extracted(page.tree, fast=False)
        other = list(_body_lines(careful)) if careful is not None else []
        if other and (is_dump or _size(other) > _size(lines)):
            lines, how = other, "trafilatura, careful"
        if container is not None and prose and (is_dump or _size(lines) < min(_SHORT, _MUCH_LESS * prose)):
            return _as_it_stands(page, container, pruned), "structure"
    if container is not None and container.is_dense and _is_same(container, lines, clutter):
        return _as_it_stands(page, container, pruned), f"structure, as {how}"
    around = _around(page, lines)
    if around is None and container is not None:
        around = container.element
    if around is not None:
        tell_skipped(around, pruned)
        _tell_boxes(around, lines, pruned)
    return _lead(page, lines) + _marked(page, lines), how


def _is_dump(lines: list[Line], container: Container | None) -> bool:
    # All text of a page in one paragraph.
    if len(lines) != 1:
        return False
    inside = [line.text for line in container.lines] if container and container.is_dense else []
    is_mixed = len(inside) > 1 and all(text in lines[0].text for text in inside)
    return is_mixed or len(lines[0].text) > _LONGEST_PARAGRAPH


def _is_same(ours: Container, theirs: list[Line], clutter: Clutter) -> bool:
    # Whether two readings of a page found the same article; where hardly any prose stands outside ours, theirs may hold
    # more, since that is none.
    own = [line for line in ours.lines if stays(line, clutter)]
    told = {bare(line.text) for line in own}
    shared = sum(len(line.text) for line in theirs if bare(line.text) in told)
    is_all = ours.share >= _ALL or shared >= _NEARLY_ALL * _size([line for line in theirs if stays(line, clutter)])
    return is_all and shared >= _NEARLY_ALL * _size(own)


def _as_it_stands(page: Page, container: Container, pruned: list[Removed]) -> list[Line]:
    pruned.extend(container.removed)
    return _lead(page, container.lines) + container.lines


def _marked(page: Page, lines: list[Line]) -> list[Line]:
    # Lines that are the whole text of a caption or of a link, or that say by their label what their link is.
    plain = [bare(line.text) for line in lines]
    labelled = [has_link_label(line.text) for line in lines]
    shortest = 0 if any(labelled) else min(map(len, plain), default=0)
    captions, links = (
        {bare(text) for element in page.tree.iter(tag) if len(text := text_of(element)) >= shortest}
        for tag in ("figcaption", "a")
    )
    marked = []
    for line, text, is_labelled in zip(lines, plain, labelled, strict=True):
        if text in captions:
            marked.append(replace(line, kind="caption"))
        elif text in links:
            marked.append(replace(line, link_share=1.0))
        elif is_labelled:
            linked = max((len(link) for link in links if link and text.endswith(link)), default=0)
            marked.append(replace(line, link_share=linked / max(len(text), 1)))
        else:
            marked.append(line)
    return marked
