"""The body by the page's own structure: the smallest element that holds nearly all of its prose."""

import re
from dataclasses import dataclass
from itertools import accumulate

import lxml.html

from flows.steps.clean.blocks import Line, Walked, tell_skipped, walked
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.lines import is_clock, is_pointer
from flows.steps.clean.verdict import is_prose
from storage.records import Removed

# Words by which class names set something apart from the text around it: those that mean little else in any layout, and
# those that mean it where no outlet's selector says where the body is.
_BOX = (
    r"comments?|disqus|related|similar|recommend\w*|shar(?:e|ing|es|er)|social|subscri\w*|newsletter|advert\w*|ads?"
    r"|promo\w*|banner|sponsor\w*|partners?|breadcrumbs?|tags?|popular|trending|teasers?|cards?|copyright|cookie\w*"
    r"|outbrain|taboola|dfp|donat\w*|support|cta|also|read-?(?:also|more|too)|tg|telegram|err|error|like|likes|print"
    r"|views|disclaimer|author-?(?:about|bio|box)|about-?authors?|push|ai-note|ticker"
)
_BOXES = re.compile(rf"(?:^|[\s_-])(?:{_BOX})(?=$|[\s_-])", re.IGNORECASE)
_APART = re.compile(
    r"(?:^|[\s_-])(?:respond|sidebar|side|widget|by-?line|authors?|bio|meta|most|more|next|prev\w*|navigation|nav|pager"
    r"|pagination|carousel|slider|gallery|caption|credit|toolbar|tools|menu|footer|header|login|signup|modal|popup"
    rf"|consent|rating|votes?|poll|timestamp|date|info|infobox|pullquote|{_BOX})(?=$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"article|content|entry|story|post|text|copy|body|publication|material|news", re.IGNORECASE)
_WHOLE = frozenset(("html", "body"))
_MAIN = frozenset(("html", "body", "main", "article", "figure", "figcaption"))
_LONGEST_MARKS = 200
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "»", "”", '"')
_LARGE = 0.25
_NEARLY_ALL = 0.8
_HARDLY_ANYTHING_ELSE = 0.9
_DENSE = 0.85
_LINKED = 0.9
_LINKS_ONLY = "links_only"
_FEW_LINKS = 0.5
_HARDLY_LINKED = 0.5
_UNLINKED = 0.1
_ENOUGH = 500


@dataclass(frozen=True, slots=True)
class Container:
    """The element around a page's prose, its lines, and what was left out of it.

    `prose` is the number of characters of prose in it, `share` their share of all the page's.

    `is_dense` where next to nothing stands in it but prose and what goes with it (headings, lists); `is_pure` where
    nearly all of it is prose; `is_sure` where the markup calls it an article's as well, and hardly any prose stands
    outside.
    """

    element: lxml.html.HtmlElement
    lines: list[Line]
    prose: int
    share: float
    is_dense: bool
    is_pure: bool
    is_sure: bool
    removed: list[Removed]


def _marks(element: lxml.html.HtmlElement) -> str:
    attributes = element.attrib
    return f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('itemprop', '')}".strip()


def _prose(line: Line) -> int:
    # Items with a link in them are cards of other stories more often than an article's list.
    is_text = line.kind != "caption" and line.link_share < (_HARDLY_LINKED if line.kind != "item" else _UNLINKED)
    return len(line.text) if is_text and is_prose(line.text) else 0


def _is_part(line: Line) -> bool:
    # Headings, list items, captions and short sentences belong to a body; links and labels speak against one.
    return line.link_share < _HARDLY_LINKED and (line.kind != "text" or line.text.endswith(_SENTENCE_ENDS))


def stays(line: Line, clutter: Clutter) -> bool:
    """Whether the line pass, as far as it looks at a line alone, will keep it: what goes must not sway the choice."""
    return _prose(line) > 0 or not (is_clock(line.text) or is_pointer(line) or clutter.kind_of(line.text) is not None)


def _apart(seen: Walked, prose: list[int], names: re.Pattern[str]) -> dict[int, str]:
    """Numbers of the lines that stand in boxes set apart by their class, with the rule that says so."""
    told = list(accumulate(prose, initial=0))
    found: dict[int, str] = {}
    for element, start, end in seen.spans:
        if start == end or element.tag in _MAIN or told[end] - told[start] >= _LARGE * told[-1]:
            continue
        marks = _marks(element)
        if marks and len(marks) < _LONGEST_MARKS and names.search(marks):
            rule = f"selector: {element.tag}.{'.'.join(marks.split())}"
            found.update(dict.fromkeys(range(start, end), rule))
    return found


def without_boxes(seen: Walked) -> tuple[list[Line], list[Removed]]:
    """The lines of a body outside the boxes set apart in it by their class, and those inside them."""
    apart = _apart(seen, [_prose(line) for line in seen.lines], _BOXES)
    removed = [Removed(text=seen.lines[number].text, why=rule) for number, rule in sorted(apart.items())]
    return [line for number, line in enumerate(seen.lines) if number not in apart], removed


def prose_container(tree: lxml.html.HtmlElement, clutter: Clutter) -> Container | None:
    """The smallest element that holds nearly all prose outside boxes set apart; None for a page without prose."""
    articles = list(tree.iter("article"))
    headed = [article for article in articles if next(article.iter("h1"), None) is not None]
    seen = walked(headed[0] if len(headed) == 1 else tree)  # the others are other stories
    prose = [_prose(line) for line in seen.lines]
    apart = _apart(seen, prose, _APART)
    told = list(accumulate((0 if n in apart else size for n, size in enumerate(prose)), initial=0))
    total = told[-1]
    holding = [span for span in seen.spans if told[span[2]] - told[span[1]] >= _NEARLY_ALL * total]
    if not total or not holding:
        return None
    element, start, end = min(holding, key=lambda span: span[2] - span[1])
    lines: list[Line] = []
    removed: list[Removed] = []
    for number, line in enumerate(seen.lines[start:end], start):
        rule = apart.get(number)
        if rule is None and line.link_share >= _LINKED and line.kind != "head" and not is_prose(line.text):
            rule = _LINKS_ONLY
        if rule:
            removed.append(Removed(text=line.text, why=rule))
        else:
            lines.append(line)
    tell_skipped(element, removed)
    held, staying = told[end] - told[start], [line for line in lines if stays(line, clutter)]
    size = sum(len(line.text) for line in staying)
    other = sum(len(line.text) for line in staying if not _prose(line) and not _is_part(line))
    links = sum(gone.why == _LINKS_ONLY for gone in removed)
    is_dense = element.tag not in _WHOLE and links <= _FEW_LINKS * len(staying) and held >= _DENSE * (held + other)
    is_pure = is_dense and held >= _DENSE * size
    is_named = element.tag == "article" or _ARTICLE.search(_marks(element)) is not None
    is_sure = is_pure and is_named and held >= max(_HARDLY_ANYTHING_ELSE * total, _ENOUGH)
    return Container(element, lines, held, held / total, is_dense, is_pure, is_sure, removed)
