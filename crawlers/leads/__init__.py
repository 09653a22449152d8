"""Discovery: the bytes of a feed, a sitemap or a list page in, leads out. Nothing here fetches or remembers.

A caller that follows sub-indexes or next pages keeps its own set of addresses it has read: every body is read for
itself, and two indexes may name each other.
"""

from datetime import datetime

from crawlers.leads.judging import Judge
from crawlers.leads.lists import ListPage, base_of, parse_list
from crawlers.leads.moments import in_window
from crawlers.leads.offers import offer_of
from crawlers.leads.readable import MAX_LIST_BYTES, ReadableText
from crawlers.leads.results import Lead, LeadsResult, Problem, Refusal, SubIndex
from crawlers.leads.xml_entries import XmlEntries
from crawlers.outlet import Index, Outlet

__all__ = ["Lead", "LeadsResult", "Problem", "Refusal", "SubIndex", "in_window", "read_leads"]

_LISTS = frozenset({"day_list", "page_list"})


def read_leads(
    body: bytes, content_type: str | None, url: str, outlet: Outlet, index: Index, now: datetime
) -> LeadsResult:
    """What an index offers: RSS 2.0, RDF, Atom, a sitemap, a sitemap index, or a list page as `index.kind` says.

    `body` is as it came after HTTP's content encodings were undone; a gzip file is unpacked here. `url` is where it
    came from, `now` aware. For anything that is no list the body itself says what it is, not `index.kind`. Never
    raises for what a body may hold: each entry is a lead, a sub-index or counted under a `Refusal`, and `problem`
    says what is wrong with the whole.
    """
    if index.kind in _LISTS:
        return _read_list(ReadableText(body, content_type, MAX_LIST_BYTES), url, outlet, index, now)
    text = ReadableText(body, content_type)
    judge = Judge(outlet, url, now)
    entries = XmlEntries(text)
    for entry in entries:
        judge.take(offer_of(entry))
    if entries.has_open_entry:
        judge.refused[Refusal.BROKEN] += 1
    return judge.result(entries.problem)


def _read_list(text: ReadableText, url: str, outlet: Outlet, index: Index, now: datetime) -> LeadsResult:
    html = "".join(text)
    document = parse_list(html)
    if document is None:
        judge = Judge(outlet, url, now)
        return judge.result(text.problem or (Problem.NOT_A_FEED if html.strip() else Problem.EMPTY))
    judge = Judge(outlet, url, now, base_of(document))
    next_page = ListPage(document, url, outlet, index, now).read(judge)
    return judge.result(text.problem, next_page)
