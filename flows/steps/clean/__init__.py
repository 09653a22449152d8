"""Cleaning: one page as it came → what a reader of the article would read, or the named reason why there is none.

The sentence: refuse what is no page → decode → parse once → whose page → told by wording or address that it is no
article → metadata → body → the one line pass → told by content that it is no article → zones → the stored text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crawlers.outlet import Outlet
from flows.steps.clean.authors import tidy_authors
from flows.steps.clean.blocks import Line
from flows.steps.clean.body import generic_lines, outlet_lines
from flows.steps.clean.bylines import byline_of
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.decode import Refused, decoded, is_html, parsed, refuse, refuse_text
from flows.steps.clean.flattened import read_flattened
from flows.steps.clean.lines import Kept, bare, line_pass
from flows.steps.clean.metadata import Metadata, read_metadata
from flows.steps.clean.outlet_guess import guess_outlet
from flows.steps.clean.page import all_of, view
from flows.steps.clean.published import last_known_day, url_moment
from flows.steps.clean.verdict import belongs_to, by_address, by_content, by_home_address, by_short_text, by_wording
from flows.steps.clean.zones import zones
from flows.steps.language import detect_language
from flows.steps.text import fold, lay_out, normal, squeeze
from storage.records import Dropped, RawPage, Reading, Removed
from storage.terms import DateSource, Outcome, OutletSource, TimePrecision, Zone

__all__ = ["CLEANER_VERSION", "clean", "detect_language", "zones"]

CLEANER_VERSION = "2"
"""Changed whenever the same page may give another reading."""

_FEW_LINES = 8
_SENTENCE_ENDS = (".", "!", "?", "…")
_ZONE_OF_KIND = {"head": Zone.SUBHEAD, "item": Zone.LIST, "quote": Zone.QUOTE}


def clean(page: RawPage, outlets: Mapping[str, Outlet], clutter: Clutter) -> Reading | Dropped:
    """What one page says, or the named outcome it has instead. Never raises for what a page may hold."""
    if page.text is not None:
        return _clean_text(page, page.text, outlets, clutter)
    payload = page.payload or b""
    refused = refuse(payload, page.content_type)
    if refused:
        outlet, source = guess_outlet(page.outlet, page.url, None, outlets)
        return _dropped(refused, page, outlet, source)
    text = decoded(payload, page.content_type)
    if not is_html(payload) and "<" not in text[:1000]:
        return _clean_text(page, text, outlets, clutter)
    return _clean_html(page, text, outlets, clutter)


def _clean_html(page: RawPage, html: str, outlets: Mapping[str, Outlet], clutter: Clutter) -> Reading | Dropped:
    tree = parsed(html)
    outlet, source = guess_outlet(page.outlet, page.url, None, outlets)
    if tree is None:
        return _dropped(Refused(Outcome.UNREADABLE, "no HTML element in it"), page, outlet, source)
    seen = view(tree)
    if source is OutletSource.UNLISTED and not page.url:
        outlet, source = guess_outlet(None, seen.meta("og:url"), None, outlets)
    refused = by_wording(seen, html, clutter) or by_address(seen, page.url, outlet)
    if refused:
        named = Metadata(title=squeeze(normal(seen.title_tag)), sources={"title": "title_tag"})
        return _dropped(refused, page, outlet, source, named)
    data = read_metadata(seen, outlet, page.url, page.fetched_at)
    pruned: list[Removed] = []
    hit = next((css for css in outlet.body if all_of(tree, css)), None)
    lines = outlet_lines(seen, outlet, pruned)
    path = "outlet" if lines is not None else "generic"
    if lines is None:
        lines, data.sources["body"] = generic_lines(seen, clutter, pruned)
    else:
        data.sources["body"] = f"selector: {hit}"
    kept = line_pass(lines, data.title, outlet, clutter, data.authors)
    kept.removed[:0] = pruned
    _tell_byline(data, kept)
    refused = by_content(seen, page.url, kept.lines, data.title)
    if refused:
        return _dropped(refused, page, outlet, source, data, kept, path)
    return _reading(page, outlet, source, data, kept, path)


def _clean_text(page: RawPage, text: str, outlets: Mapping[str, Outlet], clutter: Clutter) -> Reading | Dropped:
    text = normal(text)
    outlet, source = guess_outlet(page.outlet, page.url, text, outlets)
    unread = refuse_text(text)
    if unread:
        return _dropped(unread, page, outlet, source)
    found = read_flattened(text, outlet, clutter, last_known_day(page.url, page.fetched_at, outlet))
    authors = tidy_authors(found.authors, outlet)
    kept = line_pass(found.lines, found.title, outlet, clutter, authors)
    kept.captions[:0] = found.captions
    kept.removed[:0] = found.removed
    data = Metadata(title=found.title, authors=authors, published=found.published)
    data.sources |= {"title": "structure", "authors": "byline" if authors else "none"}
    if found.published:
        data.date_source = DateSource.BYLINE
        data.sources["published_at"] = "byline"
    refused = by_short_text(fold(text), clutter) if len(found.lines) <= _FEW_LINES else None
    refused = refused or by_home_address(page.url, outlet)
    if not refused and found.is_listing:
        refused = Refused(Outcome.LISTING, "headlines without an article")
    if not refused and not (kept.lines and (found.is_dated or belongs_to(found.title, kept.lines))):
        why = "no sentence left" if not kept.lines else "what is left shares no word with the headline"
        refused = Refused(Outcome.BODY_LOST if found.title else Outcome.NO_TEXT, why)
    if refused:
        return _dropped(refused, page, outlet, source, data, kept, "flattened")
    data.title, cut_copy = _own_headline(found.title, kept.lines)
    kept.removed.extend(cut_copy)
    return _reading(page, outlet, source, data, kept, "flattened")


def _tell_byline(data: Metadata, kept: Kept) -> None:
    # The extraction may have left the byline out before any line rule saw it.
    if data.byline:
        told = bare(data.byline.text)
        seen = [one.text for one in kept.removed] + [line.text for line in kept.lines]
        if all(bare(text) != told for text in seen):
            kept.removed.insert(0, Removed(text=data.byline.text, why="byline"))


def _own_headline(title: str, lines: Sequence[Line]) -> tuple[str, list[Removed]]:
    # Some feeds cut a headline out of the text's first words; such a copy is no headline.
    begins = bare(lines[0].text[: 2 * len(title)])  # `bare` leaves long texts as they are
    if title.endswith(("…", "...")) and begins.startswith(bare(title)):
        return "", [Removed(text=title, why="headline_cut_copy")]
    return title, []


def _reading(
    page: RawPage, outlet: Outlet, source: OutletSource, data: Metadata, kept: Kept, path: str
) -> Reading | Dropped:
    if not data.authors and (signed := _signed_by(kept, outlet)):
        data.authors, data.sources["authors"] = signed, "byline"
    language = detect_language(" ".join(line.text for line in kept.lines))
    texts = [squeeze(normal(line.text)) for line in kept.lines]
    found = zones(texts, language)
    laid = [(text, _zone(line, zone)) for text, line, zone in zip(texts, kept.lines, found, strict=True)]
    text_full, paragraphs = lay_out(data.title, laid)
    if data.published is None and (by_url := url_moment(page.url, outlet)):
        data.published, data.date_source = by_url, DateSource.URL
        data.sources["published_at"] = "url"
    data.translations = {lang: url for lang, url in data.translations.items() if lang != language.value}
    return Reading(
        **_told(page, outlet, source, data, kept),
        language=language,
        title=normal(data.title),
        paragraphs=paragraphs,
        captions=tuple(dict.fromkeys(normal(caption) for caption in kept.captions)),
        text_full=text_full,
        path=path,
    )


def _told(page: RawPage, outlet: Outlet, source: OutletSource, data: Metadata, kept: Kept) -> dict[str, Any]:
    """What a reading and a dropped page tell alike."""
    if page.outlet and source is not OutletSource.GIVEN:
        data.sources["outlet"] = f"{source} ({page.outlet!r}, as given, is nobody we know)"
    return {
        "outlet": outlet.slug,
        "outlet_source": source,
        "url": page.url,
        "canonical_url": data.canonical_url,
        "authors": data.authors,
        "published_at": data.published.at if data.published else None,
        "published_precision": data.published.precision if data.published else TimePrecision.UNKNOWN,
        "date_source": data.date_source,
        "modified_at": data.modified_at,
        "section": data.section,
        "outlet_tags": data.tags,
        "paywalled": data.paywalled,
        "translations": data.translations,
        "removed": tuple(kept.removed),
        "sources": data.sources,
    }


def _signed_by(kept: Kept, outlet: Outlet) -> tuple[str, ...]:
    read = [(text, byline_of(text, outlet)) for text in kept.bylines]
    said = [(name, False) for text, found in read for name in (found.names if found else (text.rsplit(":", 1)[-1],))]
    return tidy_authors(said, outlet)


def _zone(line: Line, zone: Zone) -> Zone:
    # Markup says more than wording where wording says nothing; a whole sentence set as the first heading is the lead.
    if zone is Zone.LEAD and line.kind == "head" and line.text.rstrip().endswith(_SENTENCE_ENDS):
        return zone
    return _ZONE_OF_KIND.get(line.kind, zone) if zone in {Zone.BODY, Zone.SUBHEAD, Zone.LEAD} else zone


def _dropped(
    refused: Refused,
    page: RawPage,
    outlet: Outlet,
    source: OutletSource,
    data: Metadata | None = None,
    kept: Kept | None = None,
    path: str | None = None,
) -> Dropped:
    data = data or Metadata()
    return Dropped(
        **_told(page, outlet, source, data, kept or Kept()),
        outcome=refused.outcome,
        why=refused.why,
        title=data.title or None,
        path=path,
    )
