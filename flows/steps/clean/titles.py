"""The headline of a page: what a reader sees above the text, without the site's name."""

import re

from rapidfuzz import fuzz

from crawlers.outlet import Outlet
from flows.steps.clean import jsonld
from flows.steps.clean.outlet_guess import host_of
from flows.steps.clean.page import Page, select, text_of
from flows.steps.text import fold, squeeze

_SUFFIX = re.compile(r"\s+(?:[|—–•·»/:-]|::|//)\s+")
_ALIKE = 60.0
_SHORT_SUFFIX_WORDS = 5


def _is_site_name(text: str, page: Page, outlet: Outlet, url: str | None) -> bool:
    folded = fold(squeeze(text))
    names = {
        fold(name) for name in (outlet.name, *outlet.names, *outlet.hosts, page.meta("og:site_name") or "") if name
    }
    host = host_of(url)
    core = host.split(".")[0] if host else ""
    squashed = re.sub(r"[\W_]", "", folded)
    if core and (squashed == re.sub(r"[\W_]", "", core) or folded == host):
        return True
    return any(folded == name or (name in folded and len(folded.split()) <= len(name.split()) + 2) for name in names)


def without_site(title: str, page: Page, outlet: Outlet, url: str | None) -> str:
    """A title without the names of the site (and section) at its ends."""
    shown = squeeze(title)
    for _ in range(3):
        cuts = list(_SUFFIX.finditer(shown))
        if not cuts:
            return shown
        head, tail = shown[: cuts[-1].start()], shown[cuts[-1].end() :]
        first, rest = shown[: cuts[0].start()], shown[cuts[0].end() :]
        is_heading = any(fold(head) == fold(heading) for heading in page.headings)
        if _is_site_name(tail, page, outlet, url) or (is_heading and len(tail.split()) <= _SHORT_SUFFIX_WORDS):
            shown = head
        elif not page.headings and " | " in shown:
            return shown.split(" | ")[0]  # without a headline to compare with: what stands after a bar is the site's
        elif _is_site_name(first, page, outlet, url):
            shown = rest
        else:
            return shown
    return shown


def read_title(page: Page, outlet: Outlet, url: str | None) -> tuple[str, str]:
    """(headline, where read): the outlet's selector, the h1 that the metadata confirm, og:title, JSON-LD, title tag."""
    for element in select(page.tree, outlet.title):
        text = text_of(element)
        if text:
            return text, "selector"
    declared = {
        "og": without_site(page.meta("og:title", "twitter:title") or "", page, outlet, url),
        "json_ld": without_site(jsonld.text_of(page.article.get("headline")) or "", page, outlet, url),
        "title_tag": without_site(page.title_tag, page, outlet, url),
    }
    said = [text for text in declared.values() if text]
    headings = [without_site(text, page, outlet, url) for text in page.headings]
    scored = [(max((fuzz.ratio(fold(text), fold(other)) for other in said), default=0.0), text) for text in headings]
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    if best[0] >= _ALIKE:
        return best[1], "h1"
    for source, text in declared.items():
        if text and not _is_site_name(text, page, outlet, url):
            return text, source
    return (headings[0], "h1") if headings else ("", "none")
