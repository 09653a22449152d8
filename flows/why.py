"""Explaining one document to a person: what cleaning and tagging decided, by which rule, on which words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.cells import cell_len, chop_cells

from crawlers.outlet import Outlet
from storage.records import Dropped, Findings, Reading, Removed, Told
from storage.terms import OutletSource, TimePrecision

_LANGUAGES = {"uk": "Ukrainian", "ru": "Russian", "en": "English", "other": "another language"}
_SOURCES = {
    "h1": "page's headline (h1)",
    "json_ld": "JSON-LD",
    "link": "link tag",
    "markup": "marked in the page",
    "meta": "meta tag",
    "og": "Open Graph tag",
    "selector": "outlet's selector",
    "structure": "place in the text",
    "time_tag": "time tag",
    "title_tag": "title tag",
    "trafilatura": "any date (htmldate)",
    "url": "address",
    "visible": "date in sight",
}
_WHOSE = {
    OutletSource.URL: "by its address",
    OutletSource.GIVEN: "as you said",
    OutletSource.HOUSE_STYLE: "by its house style",
    OutletSource.UNLISTED: "none of the outlets described",
}
_RULES = {
    "advert": "an advertisement or its label",
    "after_article": "below the article",
    "appeal": "asks the reader for something",
    "after_end": "below a heading that ends the article",
    "before_article": "above the article",
    "byline": "who wrote it, and when",
    "date_line": "when it was published",
    "heading_of_nothing": "a heading with nothing below it",
    "headline_cut_copy": "a headline cut out of the first words",
    "donate": "asks for money",
    "footer": "the site's own lines",
    "hover_box": "seen only with the pointer on a word",
    "labelled_link": "a label and a link to another page",
    "linked_headline": "a link to another story",
    "links_only": "nothing but links",
    "no_words": "no letters or digits",
    "other_story": "a card of another story",
    "outlet_line": "a line the outlet's file names",
    "page_tools": "a tool of the page",
    "read_also": "points to another story",
    "read_also_item": "another story under such a label",
    "repeated": "said before",
    "share": "share buttons",
    "subscribe": "newsletters, channels, log-in",
    "tags": "the article's tags",
    "ticker": "a time of day, or a news ticker's line",
    "title_repeated": "the headline once more",
    "typo_notice": "how to report a mistake",
}
_BODIES = {
    "structure": "the element around the page's prose, as its markup tells",
    "structure, as trafilatura": "the element around the page's prose; the quick extraction (trafilatura) agrees",
    "structure, as trafilatura, careful": "the element around the page's prose; the careful extraction agrees",
    "trafilatura": "the quick extraction (trafilatura)",
    "trafilatura, careful": "the careful extraction (trafilatura); the quick one found too little",
}
_SHOWN = 3
_TAIL = "_tail"
_SELECTOR = "selector: "


def why_cleaned(item: str, result: Reading | Dropped, outlets: Mapping[str, Outlet], width: int | None = None) -> str:
    """Which road cleaning took and why, where each value came from, and what was removed by which rule.

    With `width`, lines are cut to so many columns and long lists folded, for one screen; without it (a pipe, a file)
    everything stands there whole.
    """
    outlet = outlets.get(result.outlet or "")
    lines = [f"{item}: {'article' if isinstance(result, Reading) else f'no article, {_plain(result.outcome)}'}", ""]
    lines += _table("How it was read", _road(result, outlet))
    lines += _table("Where each value comes from", _values(result))
    if isinstance(result, Reading):
        rows = [(_plain(one.zone.value), one.text) for one in result.paragraphs]
        lines += _table("What was kept", iter([*rows, *(("caption", text) for text in result.captions)]))
    lines += _removed(result.removed, result.path, None if width is None else _SHOWN)
    if width is not None:
        lines = [_cut(line, width) for line in lines]
    return "\n".join(lines)


def _road(result: Reading | Dropped, outlet: Outlet | None) -> Iterator[tuple[str, ...]]:
    if isinstance(result, Dropped):
        yield "outcome", _plain(result.outcome)
        yield "why", result.why
    if result.outlet_source:
        name = f"{outlet.name} ({outlet.slug}), " if outlet else ""
        yield "outlet", f"{name}{result.sources.get('outlet', _WHOSE[result.outlet_source])}"
    if result.path is None:
        yield "road", "none: refused before its body was looked for"
        return
    yield from _body(result, outlet)
    if isinstance(result, Reading):
        zones = Counter(paragraph.zone.value for paragraph in result.paragraphs)
        told = ", ".join(f"{n} {_plain(zone)}" for zone, n in zones.items())
        paragraphs, captions = _count(len(result.paragraphs), "paragraph"), _count(len(result.captions), "caption")
        yield "kept", f"{paragraphs} ({told}), {captions}"


def _body(told: Reading | Dropped, outlet: Outlet | None) -> Iterator[tuple[str, str]]:
    found = told.sources.get("body", "")
    tried = outlet.body if outlet else ()
    if told.path == "flattened":
        yield "road", "flattened: a text without HTML"
        yield "body", "the run of lines that reads most like prose"
    elif told.path == "outlet":
        css = found.removeprefix(_SELECTOR)
        place = f", selector {tried.index(css) + 1} of {len(tried)}" if css in tried and len(tried) > 1 else ""
        yield "road", "outlet: by the facts in the outlet's file"
        yield "body", f"{css}{place}"
    else:
        why = "its outlet's file names no body" if outlet else "nobody described its outlet"
        why = f"nothing found by the outlet's {' or '.join(tried)}" if tried else why
        yield "road", f"general: {why}"
        yield "body", _BODIES.get(found, found)


def _values(result: Reading | Dropped) -> Iterator[tuple[str, ...]]:
    def row(name: str, field: str, value: str | None) -> tuple[str, ...]:
        source = result.sources.get(field, "none")
        is_said = bool(value) and source != "none"
        return name, _SOURCES.get(source, source) if is_said else "none", value or "–"

    yield row("title", "title", result.title)
    yield row("authors", "authors", ", ".join(result.authors))
    yield row("published", "published_at", _published(result))
    yield row("modified", "modified_at", _moment(result.modified_at))
    yield row("section", "section", result.section)
    yield row("tags", "outlet_tags", ", ".join(result.outlet_tags))
    if isinstance(result, Reading):
        yield "language", "the text", _LANGUAGES.get(result.language.value, result.language.value)
    else:
        yield "language", "none", "–"
    yield row("translations", "translations", ", ".join(f"{k} {url}" for k, url in sorted(result.translations.items())))
    yield row("canonical", "canonical_url", result.canonical_url)
    free = "no" if "paywalled" in result.sources else None
    yield row("paywall", "paywalled", "yes" if result.paywalled else free)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(sep=" ", timespec="minutes") if moment else None


def _published(told: Told) -> str | None:
    if told.published_at is None:
        return None
    if told.published_precision in {TimePrecision.DAY, TimePrecision.MONTH}:
        return f"{told.published_at.date().isoformat()} (to the {told.published_precision})"
    return _moment(told.published_at)


def _table(head: str, rows: Iterator[tuple[str, ...]]) -> list[str]:
    """Rows in columns below a head; the last column as long as it is."""
    told = [[_printable(cell) for cell in row] for row in rows]
    wide = [max(cell_len(cell) for cell in column) for column in zip(*told, strict=True)][:-1]
    padded = ([cell + " " * (size - cell_len(cell)) for cell, size in zip(row, wide, strict=False)] for row in told)
    return [head, *("  " + "  ".join([*cells, row[-1]]) for cells, row in zip(padded, told, strict=True)), ""]


def _removed(removed: Sequence[Removed], path: str | None, most: int | None) -> list[str]:
    groups: dict[str, list[str]] = {}
    for one in removed:
        tail = "… " if one.why.endswith(_TAIL) else ""
        groups.setdefault(one.why, []).append(tail + _printable(one.text))
    if not groups:
        return ["What was removed: nothing"]
    lines = [f"What was removed: {_count(len(removed), 'text')} by {_count(len(groups), 'rule')}"]
    for why, texts in groups.items():
        lines.append(f"  {len(texts)} × {_printable(_rule(why, path))}")
        # Folding a single line would save nothing.
        shown = texts if most is None or len(texts) <= most + 1 else texts[:most]
        lines += [f"    {text}" for text in shown]
        if len(shown) < len(texts):
            lines.append(f"    and {len(texts) - len(shown)} more (whole in a pipe: | less)")
    return lines


def _rule(why: str, path: str | None) -> str:
    if why.endswith(_TAIL):
        return f"{why} (the end of a line; the line stayed)"
    if why.startswith("tag: "):
        return f"{why} (an element that holds no text of articles)"
    if why.startswith(_SELECTOR):
        whose = "clutter by the outlet's file" if path == "outlet" else "a box named like sharing, adverts or links"
        return f"{why} ({whose})"
    return f"{why} ({_RULES[why]})" if why in _RULES else why


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def _printable(text: str) -> str:
    # A page's text may hold what moves a terminal's cursor or turns the direction of writing.
    return "".join(char if char.isprintable() else " " for char in text)


def _cut(line: str, width: int) -> str:
    return line if cell_len(line) <= width else chop_cells(line, max(width - 1, 1))[0] + "…"


def why_tagged(item: str, text_full: str, found: Findings) -> str:
    """Topics, claims, statements, persons and credits with the rule and the quoted words behind each."""
    about = "about security guarantees" if found.is_security_guarantees else "not about security guarantees"
    lines = [f"{item}: {about} (score {found.score:.2f}), {found.language}"]
    lines += [f"  topic        {tag.topic} ({tag.role}, {tag.score:.2f})" for tag in found.topics]
    for claim in found.claims:
        day = claim.event_on_max.isoformat() if claim.event_on_max else "–"
        lines.append(
            f"  claim        {claim.guarantor} {claim.document} {claim.stage} · {claim.factuality} · "
            f"acts: {claim.acting_side} · says: {claim.said_by or '–'} ({claim.said_side}) · {day} ({claim.precision})"
            f" · rule {claim.rule}"
        )
        lines += [f"    {e.role:8} {e.start}–{e.end} [{e.rule}] {text_full[e.start : e.end]}" for e in claim.evidence]
    for statement in found.statements:
        lines.append(f"  statement    {statement.kind}: {statement.value} · {statement.speaker or '–'}")
    lines += [f"  person       {person.name}: {', '.join(person.as_written)}" for person in found.persons]
    lines += [
        f"  credit       {one.name} ({one.kind}, {one.role}) {one.start}–{one.end} [{one.rule}] {one.quote}"
        for one in found.attributions
    ]
    return "\n".join(lines)
