"""What one page betrays of its site: the form of article addresses, and the element a text stands in. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import lxml.html

from crawlers.outlet import Edition
from flows.steps.clean.lines import bare
from flows.steps.clean.page import Page, all_of, text_of
from storage.records import Reading

MOST_OF = 0.8
"""Share of the article's letters that the element taken for its body holds at least."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{3,}")
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]*")


def _plain(text: str) -> str:
    """A regular expression for a text as it stands; hyphens need no backslash outside of brackets."""
    return re.escape(text).replace(r"\-", "-")


def article_pattern(path: str, editions: Sequence[Edition]) -> str:
    """A regular expression for addresses of the form of one article's; `path` is its path below the edition's.

    Numbers stand for any number and slugs for any slug. Names of sections stay as they are, unless something more
    telling (a number, a day) sets an article apart.
    """
    hosts = "|".join(dict.fromkeys(_plain(host.removeprefix("www.")) for one in editions for host in one.hosts))
    prefixes = "|".join(_plain(one.path_prefix) for one in editions if one.path_prefix)
    *sections, last = path.strip("/").split("/")
    has_number = any(_NUMBER.search(part) for part in (*sections, last))
    parts = [_section(part, is_free=has_number) for part in sections]
    start = rf"^https?://(?:www\.)?(?:{hosts})" + (f"(?:{prefixes})?" if prefixes else "")
    return "/".join((start, *parts, _last(last))) + r"/?(?:[?#].*)?$"


def _section(part: str, *, is_free: bool) -> str:
    if _YEAR.fullmatch(part):
        return r"\d{4}"
    if part.isdecimal():
        return r"\d+"
    if _NAME.fullmatch(part) and not is_free:
        return _plain(part)
    return "[^/?#]+"


def _last(part: str) -> str:
    stem, dot, ending = part.rpartition(".") if re.fullmatch(r".+\.[a-z]{3,5}", part) else (part, "", "")
    if stem.isdecimal():
        said = r"\d+"
    elif number := re.match(r"\d{3,}(?=[-_])", stem):
        said = rf"\d+{_plain(stem[number.end()])}[^/?#]+"
    elif number := re.search(r"(?<=[-_])[a-z]?(?=\d{3,}$)", stem):
        said = rf"[^/?#]+{_plain(stem[number.start() - 1 : number.end()])}\d+"
    elif "-" in stem or "_" in stem:
        said = r"[^/?#]+[-_][^/?#]+"
    else:
        said = "[^/?#]+"
    return said + (_plain(f"{dot}{ending}") if dot else "")


def body_selector(page: Page, reading: Reading) -> str | None:
    """A selector that hits one element alone: the innermost that holds most of what general rules took for the text."""
    wanted = Counter(bare(one.text) for one in reading.paragraphs)
    held: Counter[lxml.html.HtmlElement] = Counter()
    seen: set[str] = set()
    for element in page.tree.iter("p", "div", "li", "blockquote", "h2", "h3", "h4"):
        text = bare(text_of(element))
        if text in wanted and text not in seen:
            seen.add(text)
            for around in element.iterancestors():
                held[around] += len(text)
    enough = [element for element in held if held[element] >= MOST_OF * max(held.values())]
    inmost = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    while inmost is not None and inmost.tag not in {"body", "html"}:
        for selector in _selectors(inmost):
            if all_of(page.tree, selector) == [inmost]:
                return selector
        inmost = inmost.getparent()
    return None


def _selectors(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Selectors an element may be known by, those that are likely to hold for other pages first."""
    tag = str(element.tag)
    if element.get("itemprop") == "articleBody":
        yield f'{tag}[itemprop="articleBody"]'
    for name in str(element.get("class") or "").split():
        if _NAME.fullmatch(name):
            yield f"{tag}.{name}"
    if _NAME.fullmatch(mark := str(element.get("id") or "")):
        yield f"{tag}#{mark}"
    if tag in {"article", "main"}:
        yield tag
