"""A lenient reader of JSON-LD: what real pages send, not what the standard asks for."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from flows.steps.text import normal

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlog|Report|OpinionPiece|SocialMediaPosting)", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LARGEST = 1_000_000
_DEEPEST = 12


def _loads(text: str) -> object:
    if len(text) > _LARGEST:
        return None
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    if not bare:
        return None
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare), html.unescape(bare)):
        try:
            # strict=False lets control characters stand inside strings
            found: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return found
    return None


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), (list, dict)):
                yield from _nodes(value[name], depth + 1)


def types_of(node: Node) -> tuple[str, ...]:
    """The `@type`s of a node."""
    value = node.get("@type")
    return tuple(str(item) for item in (value if isinstance(value, list) else [value]) if item)


def is_article(node: Node) -> bool:
    """Whether a node describes an article."""
    return any(_ARTICLE.search(name) for name in types_of(node))


def read(tree: lxml.html.HtmlElement) -> tuple[Node, ...]:
    """All top nodes of all JSON-LD scripts of a page, in page order; a script that cannot be read gives none."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in str(script.get("type", "")).lower():
            found.extend(_nodes(_loads(script.text or "")))
    return tuple(found)


def article_node(nodes: tuple[Node, ...]) -> Node:
    """The node of the page's article: the article node that says most, else an empty one."""
    articles = [node for node in nodes if is_article(node)]
    wanted = ("datePublished", "headline", "author", "articleBody", "dateModified")
    return max(articles, key=lambda node: sum(bool(node.get(name)) for name in wanted), default={})


def page_node(nodes: tuple[Node, ...]) -> Node:
    """The node of the page itself where it carries a date (sites without article nodes date the page), else empty."""
    return next((node for node in nodes if node.get("datePublished") and "WebPage" in types_of(node)), {})


def text_of(value: object, depth: int = 0) -> str | None:
    """A plain string out of a field that should be one (first of a list, `@value`, `name`), or None.

    JSON can name lone surrogates and U+0000 by their numbers; they are left out. `depth` is how deep `value` lies.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item, depth + 1))), None)
    if isinstance(value, dict):
        return text_of(value.get("@value"), depth + 1) or text_of(value.get("name"), depth + 1)
    if isinstance(value, str):
        return normal(html.unescape(value)).strip() or None
    return None


def names_of(value: object, depth: int = 0) -> list[tuple[str, bool]]:
    """(name, whether it is said to be an organisation) of each author given in a field, in any of its shapes."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [pair for item in value for pair in names_of(item, depth + 1)]
    if isinstance(value, dict):
        name = text_of(value.get("name"))
        return [(name, any("Organization" in kind for kind in types_of(value)))] if name else []
    name = text_of(value)
    return [(name, False)] if name else []


def list_of(value: object) -> list[str]:
    """Strings of a field that is a list, or one string with commas."""
    if isinstance(value, list):
        return [text for item in value if (text := text_of(item))]
    text = text_of(value)
    return [part.strip() for part in text.split(",") if part.strip()] if text else []
