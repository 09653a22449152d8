"""One parsed page with what several readers ask of it: metas, JSON-LD, selectors."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import lxml.etree
import lxml.html
from lxml.cssselect import CSSSelector

from flows.steps.clean import jsonld
from flows.steps.text import squeeze

_APART = ("br", "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "tr", "section", "blockquote")


@lru_cache(maxsize=1024)
def _compiled(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def all_of(tree: lxml.html.HtmlElement, css: str) -> list[lxml.html.HtmlElement]:
    """Elements of a subtree that one CSS selector hits, in page order."""
    found = _compiled(css)(tree)
    return (
        [element for element in found if isinstance(element, lxml.html.HtmlElement)] if isinstance(found, list) else []
    )


def select(tree: lxml.html.HtmlElement, selectors: Iterable[str]) -> list[lxml.html.HtmlElement]:
    """Elements of the first selector that hits anything (selectors are in order of preference)."""
    return next((found for css in selectors if (found := all_of(tree, css))), [])


def text_of(element: lxml.html.HtmlElement) -> str:
    """All text of an element, white space squeezed; line breaks and blocks keep words apart."""
    if not len(element):
        return squeeze(element.text or "")
    if next(element.iterdescendants(*_APART), None) is None:
        return squeeze("".join(element.itertext()))
    pieces: list[str] = []
    for event, one in lxml.etree.iterwalk(element, events=("start", "end")):
        if one is element and event == "end":
            break
        text = one.text if event == "start" else one.tail
        pieces.append((" " if one.tag in _APART else "") + (text or ""))
    return squeeze("".join(pieces))


@dataclass(frozen=True, slots=True)
class Page:
    """A page's tree, its meta tags by lower-case name, its JSON-LD and its `<title>`."""

    tree: lxml.html.HtmlElement
    metas: dict[str, list[str]]
    nodes: tuple[jsonld.Node, ...]
    article: jsonld.Node
    title_tag: str
    headings: tuple[str, ...]

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among meta tags of these names (name, property or itemprop)."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)


def view(tree: lxml.html.HtmlElement) -> Page:
    """Read once what the readers of metadata and the verdict share."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = squeeze(str(element.get("content") or ""))
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name:
                metas.setdefault(str(name).lower(), []).append(content)
    nodes = jsonld.read(tree)
    title = next((text_of(element) for element in tree.iter("title")), "")
    headings = tuple(text for element in tree.iter("h1") if (text := text_of(element)))
    return Page(tree, metas, nodes, jsonld.article_node(nodes), title, headings)
