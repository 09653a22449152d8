"""Where the article of a flattened text begins and ends.

The body is the run of lines with most prose in it: sentences count for a run by their length, furniture, clock times
and headings such as "More news" count against it.
"""

import re
from collections.abc import Sequence

from flows.steps.clean.flat_inserts import set_in_cards
from flows.steps.clean.flat_rows import BRACKETED, BULLET, Row
from flows.steps.text import fold, stems

_LIVE = re.compile(r"\b(?:live|онлайн|наживо|трансляці\w+|трансляци\w+|хроніка|хроника|оновлюється|обновляется)\b")
_MOST_PROSE = 400
_CLOCK_COST = 600
_STOP_COST = 400
_CLUTTER_COST = 30
_SHORT_COST = 40
_CUT_SHORT = 12
_INSERT_COST = 10
_MOST_INSERTED = 3
_INSERTED = frozenset(("read_also", "ticker", "advert"))
_REQUESTS = _INSERTED | {"subscribe", "donate", "share", "audio_notice", "video_notice"}
_CLOSING = {"comments": 400, "tags": 120, "typo_notice": 120}
_BEGINNING = 150
_FEWEST_CELLS = 4
_CELLS_A_FIGURE = 4
_CELL_WORDS = 4
_MOST_ABOVE = 4
_MOST_BELOW = 8


def is_live(rows: Sequence[Row]) -> bool:
    """Whether the text is told in entries below their clock times: a headline on the page says so."""
    return any(_LIVE.search(fold(row.text)) for row in rows if row.could_be_headline)


def run_of(rows: Sequence[Row], cards: set[int], tickers: set[int], *, live: bool) -> tuple[int, int] | None:
    """(first, last + 1) of the article's body among the lines of a text; None where no line is a sentence.

    `cards` end a run, lines of `tickers` count as no sentences.
    """
    worths = [-_CLOCK_COST if p in cards else _worth(row, is_live=live) for p, row in enumerate(rows)]
    _short_sentences(rows, worths)
    for position in tickers:
        worths[position] = min(worths[position], -_SHORT_COST)
    _lighten_inserts(rows, worths, is_live=live)
    for position in set_in_cards(rows, ""):
        worths[position] = -_INSERT_COST
        if rows[position - 1].kind in _INSERTED:
            worths[position - 1] = -_INSERT_COST
    _lighten_requests(rows, worths)
    _lighten_tables(rows, worths)
    _weigh_beginning(rows, worths, tickers)
    if rows and len(rows[-1].text.split()) >= _CUT_SHORT and worths[-1] == -_SHORT_COST and len(rows) > 1:
        worths[-1] = len(rows[-1].text)  # the text was cut off in its last sentence
    run = _densest(worths)
    if run is None:
        return None
    first, last = _below_byline(rows, *run, worths), run[1]
    # A line that ends in a colon announces what follows; what follows the last line is furniture.
    while last - first > 1 and rows[last - 1].text.endswith(":") and not rows[last - 1].is_prose:
        last -= 1
    return first, last


def from_lead(rows: Sequence[Row], headline: int, first: int) -> int:
    """Where a body that begins at `first` begins when its lead stands higher, cut off from it by furniture.

    A lead is a sentence below the headline that shares a word with it.
    """
    told = stems(rows[headline].text)
    for position in range(headline + 1, first):
        row = rows[position]
        if row.is_stop or row.is_clock:
            return first
        is_sentence = row.is_prose and not row.is_caption and not row.is_byline and not row.could_be_headline
        if is_sentence and told & stems(row.text):
            return position
    return first


def _worth(row: Row, *, is_live: bool) -> int:
    if row.is_clock:
        return 0 if is_live else -_CLOCK_COST
    if row.is_stop:
        return -_STOP_COST
    if row.is_prose and not (row.could_be_headline and BRACKETED.fullmatch(row.text)):
        return 0 if row.is_caption or row.dated else min(len(row.text), _MOST_PROSE)
    if row.kind is not None or row.is_caption or row.dated:
        return -_CLOSING.get(row.kind or "", _CLUTTER_COST)
    is_sentence = BULLET.match(row.text) or row.text.endswith((".", "!", "?", '"', "»", "”", ":", ";"))
    if is_sentence and not row.is_cut_copy:
        return len(row.text) if len(row.text.split()) > 2 else -_CLUTTER_COST  # noqa: PLR2004 - a word is a label
    return -_SHORT_COST


def _lighten_inserts(rows: Sequence[Row], worths: list[int], *, is_live: bool) -> None:
    """Make cheap what is set into a text between its sentences: a label of other stories with no or few of them."""
    for position in range(1, len(rows) - 1):
        row = rows[position]
        before = position - 1
        while before and rows[before].kind in _INSERTED:
            before -= 1
        if row.kind not in _INSERTED or not (rows[before].is_prose or worths[before] > 0):
            continue
        after = position + 1
        while after < min(len(rows) - 1, position + 1 + _MOST_INSERTED) and rows[after].is_plain_headline:
            after += 1
        told = after - position - 1
        after += is_live and not told and rows[after].is_clock and after + 1 < len(rows)
        is_card = not is_live and rows[min(after + 1, len(rows) - 1)].is_clock
        goes_on = rows[after].is_prose or (worths[after] > 0 and not rows[after].could_be_headline)
        if goes_on and not (told and row.is_stop) and not is_card:
            worths[position:after] = [-_INSERT_COST] * (after - position)


def _short_sentences(rows: Sequence[Row], worths: list[int]) -> None:
    # A word or two with a full stop, right below a sentence, are a sentence: furniture has no full stop.
    for position in range(1, len(rows)):
        row, above = rows[position], rows[position - 1]
        is_short = len(row.text.split()) <= 2 and row.text.endswith((".", "?", "!", "»", "”"))  # noqa: PLR2004
        is_short = is_short and not row.text.endswith("...")
        if is_short and not row.is_furniture and not row.is_byline and (above.is_prose or worths[position - 1] > 0):
            worths[position] = len(row.text)


def _lighten_requests(rows: Sequence[Row], worths: list[int]) -> None:
    """Make cheap what asks readers for something between two paragraphs: a few lines "Subscribe", "Share", "Donate"."""
    start = 1
    while start < len(rows) - 1:
        end = start
        while end < len(rows) and rows[end].kind in _REQUESTS and not rows[end].is_stop:
            end += 1
        is_between = end < len(rows) and rows[end].is_prose and worths[start - 1] > 0 and worths[end] > 0
        if 0 < end - start <= _MOST_INSERTED and is_between:
            worths[start:end] = [max(worth, -_INSERT_COST) for worth in worths[start:end]]
        start = max(end, start + 1)


def _lighten_tables(rows: Sequence[Row], worths: list[int]) -> None:
    """Make cells of a table between two paragraphs weigh nothing: short lines, a figure in every fourth of them.

    Menus of sections hold no figures.
    """
    start = 1
    while start < len(rows) - 1:
        end = start
        while end < len(rows) and _is_cell(rows[end]):
            end += 1
        figures = sum(any(sign.isdigit() for sign in row.text) for row in rows[start:end])
        is_between = end < len(rows) and rows[end].is_prose and worths[start - 1] > 0
        if end - start >= _FEWEST_CELLS and _CELLS_A_FIGURE * figures >= end - start and is_between:
            worths[start:end] = [max(worth, 0) for worth in worths[start:end]]
        start = max(end, start + 1)


def _is_cell(row: Row) -> bool:
    is_plain = row.kind in {None, "counter"} and not row.is_stop and not row.is_clock and not row.is_byline
    return is_plain and not row.is_prose and len(row.text.split()) <= _CELL_WORDS


def _weigh_beginning(rows: Sequence[Row], worths: list[int], tickers: set[int]) -> None:
    # The first sentence below a date line that stands below a headline: an article begins there, however short it is.
    for position, row in enumerate(rows):
        above = range(max(0, position - _MOST_ABOVE), position)
        if row.dated is None or not any(rows[p].could_be_headline and p not in tickers for p in above):
            continue
        for below in range(position + 1, min(len(rows), position + 1 + _MOST_BELOW)):
            if rows[below].is_clock or rows[below].is_stop:
                break
            if worths[below] > 0 and rows[below].is_prose:
                worths[below] += _BEGINNING
                return


def _densest(worths: Sequence[int]) -> tuple[int, int] | None:
    """(first, last + 1) of the run with the greatest sum, or None where nothing counts for any."""
    best_sum, best = 0, None
    running, start = 0, 0
    for position, worth in enumerate(worths):
        if running <= 0:
            running, start = 0, position
        running += worth
        if running > best_sum:
            best_sum, best = running, (start, position + 1)
    return best


def _below_byline(rows: Sequence[Row], first: int, last: int, worths: Sequence[int]) -> int:
    # Prose before the byline belongs to furniture above the headline when most prose comes after it.
    start = first
    for position in range(first, last):
        row = rows[position]
        if not row.is_byline or row.is_prose:
            continue
        before, after = sum(worths[first:position]), sum(worths[position + 1 : last])
        if 3 * before < after and any(rows[p].could_be_headline for p in range(max(0, position - 4), position)):
            start = position + 1
            break
    return start
