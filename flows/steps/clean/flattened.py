"""Reading text that was flattened from a page: where its headline, byline and body stand, told by structure.

The sentence: what each line looks like → cards of other stories → the run of lines with most prose → the headline
above it → the byline between the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from crawlers.outlet import Outlet
from flows.steps.clean.blocks import Line
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.dates_visible import Moment
from flows.steps.clean.flat_byline import Signed
from flows.steps.clean.flat_cards import below_cards, cards_at_end, clock_cards, is_search, ticker_items
from flows.steps.clean.flat_edges import closing_of, leads_of
from flows.steps.clean.flat_headline import headline_of, is_deck, is_headline_of, told_in
from flows.steps.clean.flat_inserts import set_in_cards
from flows.steps.clean.flat_rows import TIMED, Row, rows_of
from flows.steps.clean.flat_run import from_lead, is_live, run_of
from flows.steps.clean.lines import bare
from flows.steps.text import stems
from storage.records import Removed

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


@dataclass(frozen=True, slots=True)
class _Parts:
    """Which rows are what: the headline, the body `first` to `last` (not with it), and single lines by their index."""

    headline: int | None
    title: str
    first: int
    last: int
    leads: set[int]
    closing: set[int]
    cards: set[int]

    def is_near(self, position: int) -> bool:
        """Whether a row stands between headline and body."""
        return self.headline is not None and self.headline < position < self.first

    def is_kept(self, position: int, row: Row) -> bool:
        """Whether a row is the article's."""
        if self.first <= position < self.last:
            return position not in self.cards
        is_below_headline = self.is_near(position) and position - 1 == self.headline
        return position in self.leads or position in self.closing or (is_below_headline and is_deck(row, self.title))


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
    parts = _parts_of(rows, run, cards, tickers)
    result, signed = Flattened(title=parts.title), Signed()
    for position, row in enumerate(rows):
        if position == parts.headline:
            continue
        if parts.is_kept(position, row):
            result.lines.append(Line(row.text))
        elif position in parts.cards:
            result.removed.append(_gone(row, "other_story"))
        elif position >= parts.last:
            result.removed.append(_gone(row, "after_article"))
        else:
            _above(row, result, signed, is_near=parts.is_near(position))
    above = rows[(parts.headline or 0) + 1 : parts.first]
    result.is_dated = parts.headline is not None and any(row.dated for row in above)
    signed.complete(rows, parts.headline or 0, parts.first, outlet, (line.text for line in result.lines))
    if parts.headline in tickers:
        signed.at_clock_of(rows[parts.headline].text)
    result.authors, result.published = signed.names, signed.published
    result.is_listing = is_search(rows, parts.first, parts.last) or _is_listing(
        rows, rows[parts.first : parts.last], result
    )
    return result


def _parts_of(rows: Sequence[Row], run: tuple[int, int], cards: set[int], tickers: set[int]) -> _Parts:
    first, last = run
    headline = headline_of(rows, first, last, tickers)
    begins = below_cards(rows, "" if headline is None else rows[headline].text, first, last)
    if begins > first:
        first = begins
        headline = headline_of(rows, first, last, tickers)
    elif headline is None and is_headline_of(rows[first], rows[first + 1 : last]):
        headline, first = first, first + 1
    title, leads = "", set[int]()
    if headline is not None:
        title = TIMED.sub("", rows[headline].text, count=1) if headline in tickers else rows[headline].text
        first = from_lead(rows, headline, _below_names(rows, first, last))
        leads = leads_of(rows, headline, first, last)
    last = cards_at_end(rows, first, last, title)
    cards = cards | set_in_cards(rows, title)
    return _Parts(headline, title, first, last, leads, closing_of(rows, first, last, title, cards), cards)


def _below_names(rows: Sequence[Row], first: int, last: int) -> int:
    # No body begins with a line that signs it.
    while first < last - 1 and (rows[first].is_byline or rows[first].is_name) and not rows[first].is_prose:
        first += 1
    return first


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


def _above(row: Row, result: Flattened, signed: Signed, *, is_near: bool) -> None:
    if is_near and row.is_caption:
        result.captions.append(row.text)
    elif is_near and signed.read(row):
        result.removed.append(Removed(text=row.text, why="byline"))
    elif result.title and bare(row.text) == bare(result.title):
        result.removed.append(Removed(text=row.text, why="title_repeated"))
    else:
        result.removed.append(_gone(row, "before_article"))
