"""Reading text that was flattened from a page: where its headline, byline and body stand, told by structure.

The sentence: what each line looks like → cards of other stories → the run of lines with most prose → the headline
above it → the byline between the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from crawlers.outlet import Outlet
from flows.steps.clean.authors import looks_like_person
from flows.steps.clean.blocks import Line
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.dates_visible import Moment
from flows.steps.clean.flat_cards import below_cards, cards_at_end, clock_cards, set_in_cards, ticker_items
from flows.steps.clean.flat_headline import headline_of, is_deck, is_headline_of, told_in
from flows.steps.clean.flat_rows import READING_TIME, Row, rows_of
from flows.steps.clean.flat_run import from_lead, is_live, run_of
from flows.steps.clean.lines import bare
from flows.steps.text import squeeze, stems
from storage.records import Removed
from storage.terms import TimePrecision

_MANY_HEADLINES = 8
_FEWEST_SHARED = 2


@dataclass(slots=True)
class Flattened:
    """What structure rules made of a flattened text; `lines` still need the line pass.

    `is_listing` says that the text is headlines without any article, `is_dated` that a line of its moment alone stands
    between the headline and the body.
    """

    title: str = ""
    lines: list[Line] = field(default_factory=list)
    authors: list[tuple[str, bool]] = field(default_factory=list)
    published: Moment | None = None
    captions: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    is_listing: bool = False
    is_dated: bool = False


def read_flattened(text: str, outlet: Outlet, clutter: Clutter, today: date | None) -> Flattened:
    """Headline, byline, moment and body lines of a flattened text; what is left out is named in `removed`.

    `today` is a day by which the text was published; it completes dates without a year.
    """
    rows = rows_of(text, outlet, clutter, today)
    live = is_live(rows)
    cards, tickers = clock_cards(rows), set[int]() if live else ticker_items(rows)
    run = run_of(rows, cards, tickers, live=live)
    if run is None:
        return _headlines_only(rows)
    first, last = run
    result = Flattened()
    headline = headline_of(rows, first, last, tickers)
    begins = below_cards(rows, "" if headline is None else rows[headline].text, first, last)
    if begins > first:
        first = begins
        headline = headline_of(rows, first, last, tickers)
    elif headline is None and is_headline_of(rows[first], rows[first + 1 : last]):
        headline, first = first, first + 1
    if headline is not None:
        result.title = rows[headline].text
        first = from_lead(rows, headline, first)
    last = cards_at_end(rows, first, last, result.title)
    cards |= set_in_cards(rows, result.title)
    for position, row in enumerate(rows):
        near = headline is not None and headline < position < first
        if position == headline:
            continue
        if (first <= position < last and position not in cards) or (
            near and position - 1 == headline and is_deck(row, result.title)
        ):
            result.lines.append(Line(row.text))
        elif position in cards:
            result.removed.append(Removed(text=row.text, why="other_story"))
        elif position >= last:
            result.removed.append(_gone(row, "after_article"))
        else:
            _above(row, result, near=near, title=result.title)
    result.is_dated = headline is not None and any(row.dated for row in rows[headline + 1 : first])
    _without_byline(rows, result, headline or 0, first)
    result.is_listing = _is_listing(rows, rows[first:last], result)
    return result


def _is_listing(rows: Sequence[Row], body: Sequence[Row], result: Flattened) -> bool:
    # Many headlines and next to no text are a listing, but for one short article: dated, or the only text on the page
    # that takes up words of the headline above it, where the teasers of a listing do so one after the other.
    if len(result.lines) > 2 or result.published or sum(row.could_be_headline for row in rows) < _MANY_HEADLINES:  # noqa: PLR2004
        return False
    told = told_in(body)
    teasers = sum(
        head.could_be_headline and text.is_prose and not stems(head.text).isdisjoint(stems(text.text))
        for head, text in pairwise(rows)
    )
    return len(stems(result.title) & told) < _FEWEST_SHARED or teasers > _FEWEST_SHARED


def _headlines_only(rows: Sequence[Row]) -> Flattened:
    headlines = [position for position, row in enumerate(rows) if row.could_be_headline]
    first = headlines[0] if headlines else None
    return Flattened(
        title="" if first is None else rows[first].text,
        removed=[_gone(row, "before_article") for position, row in enumerate(rows) if position != first],
        is_listing=len(headlines) >= _MANY_HEADLINES,
    )


def _gone(row: Row, why: str) -> Removed:
    return Removed(text=row.text, why=row.kind or ("ticker" if row.is_clock else why))


def _above(row: Row, result: Flattened, *, near: bool, title: str) -> None:
    if near and row.is_caption:
        result.captions.append(row.text)
    elif near and _read_byline(row, result):
        result.removed.append(Removed(text=row.text, why="byline"))
    elif title and bare(row.text) == bare(title):
        result.removed.append(Removed(text=row.text, why="title_repeated"))
    else:
        result.removed.append(_gone(row, "before_article"))


def _names(text: str) -> list[tuple[str, bool]]:
    words = text.split()
    pairs = [" ".join(pair) for pair in list(pairwise(words))[::2]]
    if len(words) > 4 and len(words) % 2 == 0 and all(looks_like_person(pair) for pair in pairs):  # noqa: PLR2004
        return [(pair, False) for pair in pairs]
    return [(text, False)] if text else []


def _read_byline(row: Row, result: Flattened) -> bool:
    """Take date and names out of a line if it is a byline; say whether it is."""
    if row.dated is None:
        if not row.is_byline:
            return False
        result.authors.extend(_names(row.text))
        return True
    moment = row.dated
    finer = result.published is None or (
        result.published.precision is TimePrecision.DAY and moment.at.date() == result.published.at.date()
    )
    before = squeeze(row.text[: moment.start])
    after = squeeze(READING_TIME.sub("", row.text[moment.end :]))
    if finer:
        result.published = moment
    result.authors.extend(_names(before) + _names(after))
    return True


def _without_byline(rows: Sequence[Row], result: Flattened, headline: int, first: int) -> None:
    # No byline under the headline: any date line outside the body, and names that stand beside a date line.
    if result.published is None:
        body = {line.text for line in result.lines}
        result.published = next(
            (row.dated for row in rows if row.dated and row.text not in body and not row.is_prose), None
        )
    if not result.authors:
        bylines = {position for position in range(headline, first) if rows[position].is_byline}
        beside = [row.text for p, row in enumerate(rows[:first]) if row.is_name and {p - 1, p + 1} & bylines]
        result.authors = [name for text in dict.fromkeys(beside) for name in _names(text)]
