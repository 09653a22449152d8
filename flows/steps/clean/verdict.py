"""Whether a page is an article, and if not, what it is."""

import re
from collections import Counter
from urllib.parse import urlsplit

import lxml.html

from crawlers.outlet import Outlet
from flows.steps.clean import jsonld
from flows.steps.clean.blocks import Line
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.decode import Refused
from flows.steps.clean.lines import is_headline_like
from flows.steps.clean.page import Page, text_of
from flows.steps.text import fold, squeeze, stems
from storage.terms import Outcome

_SHORT_PAGE = 3000
_TITLE_ONLY = 300
_CHALLENGE_MARKS = ("/cdn-cgi/challenge-platform/", "_cf_chl_opt", "cf-browser-verification", "g-recaptcha",
                    "h-captcha",
                    "_Incapsula_Resource", "geo.captcha-delivery.com", "/_sec/cp_challenge")  # fmt: skip
_LISTING_TYPES = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"))
_GALLERY_URL = re.compile(
    r"/(?:photo|photos|gallery|galleries|galereya|fotogalerei|photogallery|foto|fotoreport\w*|photovideo)(?:/|-|$)",
    re.IGNORECASE,
)
_LISTING_URL = re.compile(
    r"/(?:search|poshuk|poisk|tag|tags|tema|topic|topics|category|author|authors|avtor|archive|archives|page/\d+|rubric|rubrics)(?:/[^/]*)?/?$",
    re.IGNORECASE,
)
_UNSEEN = frozenset(("script", "style", "head", "title", "noscript", "template"))
_GALLERY_IMAGES = 5
_FLASH = 40
_PROSE_WORDS = 8
_LISTING_LINKS = 12
_CARD_WORDS = 5
_FEWEST_CARDS = 5
_NEXT_TO_NOTHING = 0.2
_NEARLY_EACH = 0.8
_CARD_TAGS = frozenset(("li", "div", "article", "section", "tr", "td", "a", "dl"))
_NEARLY_ALL = 0.8
_LINKED = 0.9
_OWN_SHARE = 0.4
_FEW_WORDS = 70
_UNSPACED_ENDINGS = ("。", "！", "？")
_ENDINGS = (".", "!", "?", "…", '"', "»", "”", ":", ";", ")")


def is_prose(text: str) -> bool:
    """Whether a line is a sentence rather than a label or headline."""
    words = len(text.split())
    if text.rstrip().endswith(_UNSPACED_ENDINGS):  # scripts that write no spaces
        return len(text) > _PROSE_WORDS
    return words >= _PROSE_WORDS and (text.rstrip().endswith(_ENDINGS) or words >= 3 * _PROSE_WORDS)


def by_wording(page: Page, html: str, clutter: Clutter) -> Refused | None:
    """Challenge, error and cookie pages, told by their title and, on a short page, by what stands on it."""
    title = fold(page.title_tag)
    heading = fold(" ".join(page.headings))
    heads = ((title, "title"), (heading if len(heading) < _TITLE_ONLY else "", "headline"))
    said = [
        (outcome, found, where)
        for outcome, pattern in clutter.pages
        for text, where in heads
        if (found := pattern.search(text))
    ]
    if not said and jsonld.is_article(page.article):
        return None
    visible = fold(_visible_text(page.tree))
    is_short = len(visible) <= _SHORT_PAGE
    for outcome, found, where in said:
        # An article may be about a blocked page; on a long page only the title's beginning tells.
        if is_short or found.start() == 0:
            return Refused(outcome, f"{where}: {found.group(0)[:80]}")
    return by_short_text(visible, clutter) or _by_script(visible, html)


def by_short_text(visible: str, clutter: Clutter) -> Refused | None:
    """Challenge, error and cookie pages, told by the folded text of a short page; None for a longer one."""
    if len(visible) > _SHORT_PAGE:
        return None
    hits = ((outcome, pattern.search(visible)) for outcome, pattern in clutter.pages)
    return next((Refused(outcome, f"text: {found.group(0)[:80]}") for outcome, found in hits if found), None)


def _by_script(visible: str, html: str) -> Refused | None:
    mark = next((mark for mark in _CHALLENGE_MARKS if mark in html), None) if len(visible) <= _TITLE_ONLY else None
    return Refused(Outcome.CHALLENGE, f"script: {mark}") if mark else None


def _visible_text(tree: lxml.html.HtmlElement) -> str:
    pieces: list[str] = []
    size = 0
    for element in tree.iter():
        is_seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
        for text in (element.text if is_seen else None, element.tail):
            if text and (told := text.strip()):
                pieces.append(told)
                size += len(told)
        if size > 2 * _SHORT_PAGE:
            break
    return squeeze(" ".join(pieces))


def by_home_address(url: str | None, outlet: Outlet) -> Refused | None:
    """The home page of an outlet or of one of its editions, told by its address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    homes = {"", *(edition.path_prefix.rstrip("/") for edition in outlet.editions)}
    is_home = parts.hostname and parts.path.rstrip("/") in homes and not parts.query
    return Refused(Outcome.LISTING, "the home page's address") if is_home else None


def by_address(page: Page, url: str | None, outlet: Outlet) -> Refused | None:
    """Home pages and listings, told by their address and by what the page says it is."""
    home = by_home_address(url, outlet)
    if home:
        return home
    if url:
        try:
            path = urlsplit(url).path.rstrip("/")
        except ValueError:
            path = "/unreadable"
        ruled_out = next((rule for rule in outlet.not_article_url if re.search(rule, url)), None)
        if ruled_out and not outlet.claims_url(url) and not page.article:
            return Refused(Outcome.LISTING, f"the outlet's rule {ruled_out}")
        if _LISTING_URL.search(path) and not outlet.claims_url(url) and not page.article:
            return Refused(Outcome.LISTING, f"address: {path[-60:]}")
    kinds = {kind for node in page.nodes for kind in jsonld.types_of(node)}
    if kinds & _LISTING_TYPES and not page.article:
        return Refused(Outcome.LISTING, f"JSON-LD: {min(kinds & _LISTING_TYPES)}")
    return None


def _says_article(page: Page) -> bool:
    return bool(page.article) or (page.meta("og:type") or "").lower() == "article"


def by_content(page: Page, url: str | None, lines: list[Line], title: str) -> Refused | None:
    """Listings, galleries and lost bodies, told by what is left after the line pass."""
    text = " ".join(line.text for line in lines)
    prose = [line for line in lines if is_prose(line.text) and line.link_share < _LINKED]
    if len(text) < _FLASH or not prose:
        images = sum(1 for _ in page.tree.iter("img"))
        if _GALLERY_URL.search(url or "") and images >= _GALLERY_IMAGES:
            return Refused(Outcome.GALLERY, f"{images} images, {len(text)} characters of text")
        cards = _cards(page)
        if len(cards) >= _LISTING_LINKS and not _says_article(page):
            return Refused(Outcome.LISTING, f"{len(cards)} linked headlines, no prose")
        why = f"{len(text)} characters of text in {len(lines)} lines, no sentence among them"
        return Refused(Outcome.BODY_LOST if title else Outcome.NO_TEXT, why)
    return None if _says_article(page) else _is_listing(page, lines, len(prose))


def _is_listing(page: Page, lines: list[Line], prose: int) -> Refused | None:
    teased = _teased(page, lines)
    if teased:
        return Refused(Outcome.LISTING, f"nearly all of the text stands in {teased} cards of linked headlines")
    cards = _cards(page)
    if len(cards) < _LISTING_LINKS:
        return _is_short_listing(cards, lines)
    headlines = sum(is_headline_like(line.text) or line.link_share >= _LINKED for line in lines)
    if headlines > 2 * prose:
        return Refused(Outcome.LISTING, f"{headlines} headlines to {prose} paragraphs")
    rest = text = " ".join(line.text for line in lines)
    for card in cards:
        rest = rest.replace(card, "")
    if len(rest) < _OWN_SHARE * len(text):
        return Refused(Outcome.LISTING, f"{len(cards)} linked headlines make up the text")
    return None


def _is_short_listing(cards: list[str], lines: list[Line]) -> Refused | None:
    # Few headlines make a listing only where next to nothing else is said.
    rest = text = " ".join(line.text for line in lines)
    inside = [card for card in cards if card in text]
    for card in inside:
        rest = rest.replace(card, "")
    if len(inside) >= _FEWEST_CARDS and len(rest) < _NEXT_TO_NOTHING * len(text):
        return Refused(Outcome.LISTING, f"{len(inside)} linked headlines are nearly all of the text")
    return None


def _teased(page: Page, lines: list[Line]) -> int:
    # A row of like elements, a linked headline in each, is a listing where hardly any text stands outside of it.
    size = sum(len(line.text) for line in lines)
    for parent in page.tree.iter("div", "ul", "ol", "section", "main", "td", "tbody", "body"):
        if len(parent) < _FEWEST_CARDS:
            continue
        kinds = Counter((child.tag, child.get("class")) for child in parent if child.tag in _CARD_TAGS)
        kind, count = kinds.most_common(1)[0] if kinds else (None, 0)
        if count < _FEWEST_CARDS:
            continue
        alike = [child for child in parent if (child.tag, child.get("class")) == kind]
        told = [text_of(child) for child in alike if any(_is_card_title(text_of(a)) for a in child.iter("a"))]
        if len(told) < _NEARLY_EACH * count:
            continue
        inside = " ".join(told)
        if sum(len(line.text) for line in lines if line.text in inside) >= _NEARLY_ALL * size:
            return len(told)
    return 0


def _is_card_title(text: str) -> bool:
    return is_headline_like(text) and len(text.split()) >= _CARD_WORDS - 1


def _cards(page: Page) -> list[str]:
    # Links that read like headlines; the longest first, so that one inside another is taken out with it.
    texts = {text for a in page.tree.iter("a") if is_headline_like(text := text_of(a))}
    return sorted((text for text in texts if len(text.split()) >= _CARD_WORDS), key=len, reverse=True)


def belongs_to(title: str, lines: list[Line]) -> bool:
    """Whether a short text shares any word with its headline (a longer text is believed)."""
    text = " ".join(line.text for line in lines)
    return not title or len(text.split()) > _FEW_WORDS or bool(stems(title) & stems(text))
