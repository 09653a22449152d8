"""Other stories' lines in a flattened text: tickers, cards with clock times, cards below the article's end.

All functions give indexes of lines; none of these lines is the article's headline or of its body.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.steps.clean.flat_inserts import is_cut_teaser, is_sentence
from flows.steps.clean.flat_rows import BULLET, TIMED, Row
from flows.steps.clean.lines import is_headline_like
from flows.steps.text import fold, stems

_FOUND = re.compile(
    r"(?:знайдено|найдено|found)(?: \w+)?:? \d+(?: \w+){0,3}|\d+ (?:results?|результат\w*)(?: \w+){0,3}"
    r"|(?:результати пошуку|результаты поиска|search results)\b.{0,100}|(?:сортувати|сортировать|sort by)\b.{0,80}"
)
_OF_SEARCH = re.compile(r"^(?:\d{1,2}\.\d{2}\.(?:20)?\d{2}\b|…|\.\.\.)|(?:…|\.\.\.)$")
_REACH_FOUND = 8
_FEWEST_FOUND = 2
_FEWEST_CLOCKS = 3
_FEWEST_TIMED = 3
_MOST_BETWEEN = 3
_HEADLINE_WORDS = 4


def clock_cards(rows: Sequence[Row]) -> set[int]:
    """Cards below any headline that end in their clock time: headline, one sentence, clock."""
    found: set[int] = set()
    above = False
    for position in range(1, len(rows) - 2):
        card = rows[position : position + 3]
        above = above or rows[position - 1].could_be_headline
        first = is_headline_like(card[0].text) or card[0].text.endswith(("?", "!", "»", '"'))
        if (
            above
            and first
            and not card[0].dated
            and card[2].is_clock
            and not card[1].is_furniture
            and not rows[position - 1].is_prose
        ):
            found.update(range(position, position + 3))
    return found


def ticker_items(rows: Sequence[Row]) -> set[int]:
    """Headlines of a ticker: lines that begin with a clock time, three and more; lines between three and more clocks.

    What stands below the last clock is the ticker's as well where its label, and no headline, stands above the first:
    then each clock stands above its item. The other way round, the line between label and first clock is.
    """
    timed = [position for position, row in enumerate(rows) if _is_timed(row)]
    found = set(timed) if len(timed) >= _FEWEST_TIMED else set()
    clocks = [position for position, row in enumerate(rows) if row.is_clock]
    for chain in _chains(rows, clocks):
        for above, below in pairwise(chain):
            found.update(range(above + 1, below))
        first, last = chain[0], chain[-1]
        is_labelled = first == 0 or rows[first - 1].is_furniture or not rows[first - 1].could_be_headline
        if is_labelled and last + 1 < len(rows) and rows[last + 1].could_be_headline:
            found.add(last + 1)
        elif not is_labelled and (first == 1 or rows[first - 2].is_furniture):
            found.add(first - 1)
    return found


def _is_timed(row: Row) -> bool:
    begins = TIMED.match(row.text)
    return begins is not None and row.kind is None and not row.dated and not row.text.endswith((".", ";"))


def _chains(rows: Sequence[Row], clocks: Sequence[int]) -> list[list[int]]:
    # Clocks that follow each other with an item between them: its headline, and perhaps a teaser.
    chains: list[list[int]] = []
    for clock in clocks:
        items = rows[chains[-1][-1] + 1 : clock] if chains else ()
        is_next = 0 < len(items) <= _MOST_BETWEEN and items[0].could_be_headline and not any(r.dated for r in items)
        if is_next:
            chains[-1].append(clock)
        else:
            chains.append([clock])
    return [chain for chain in chains if len(chain) >= _FEWEST_CLOCKS]


def below_cards(rows: Sequence[Row], title: str, first: int, last: int) -> int:
    """Where the body `rows[first:last]` begins when cards of other stories, headline and teaser, have come into it.

    Two cards and more, one teaser each; then a headline two of whose words the rest takes up, more than of `title`'s
    (empty where no line above the body could be the headline).
    """
    at = next((p for p in range(first, min(first + 2, last)) if rows[p].is_prose), last)
    cards = 0
    while at < last and rows[at].is_prose:
        head = next((p for p in range(at + 1, min(at + 1 + _MOST_BETWEEN, last)) if _heads(rows[p])), None)
        if head is None or any(rows[p].is_prose for p in range(at + 1, head)):
            break
        at = next((p for p in range(head + 1, min(head + 2 + _MOST_BETWEEN, last)) if rows[p].is_prose), last)
        cards += 1
        told = stems(" ".join(row.text for row in rows[at:last] if row.is_prose))
        shared = len(stems(rows[head].text) & told)
        if cards > 1 and shared > 1 and shared > 2 * len(stems(title) & told):
            return at
    return first


def _heads(row: Row) -> bool:
    return row.is_plain_headline and len(row.text.split()) >= _HEADLINE_WORDS


def cards_at_end(rows: Sequence[Row], first: int, last: int, title: str) -> int:
    """Where the body `rows[first:last]` ends when cards of other stories, headline and teaser, have come into it.

    They stand below a line that is no sentence: furniture or a label. A subhead has its paragraph below it, not another
    headline. Nothing but cards follows, and none shares a word with the headline. One card alone must stand below
    furniture and take up a word of its own headline in its teaser, for a last paragraph may stand below a "Read also".
    """
    own = stems(title)
    told = 0
    for position in range(first, last - 2):
        row = rows[position]
        told += len(row.text) if row.is_prose else 0
        if not told or not own or is_sentence(row) or BULLET.match(row.text):
            continue
        cards = _cards_to(rows, position + 1, last)
        rest = [below for below in rows[position + 1 : last] if not below.is_furniture]
        is_one = cards == 1 and row.is_furniture and bool(stems(rest[0].text) & stems(rest[1].text))
        if (is_one or cards > 1) and not any(own & stems(below.text) for below in rest):
            return position
    return last


def _cards_to(rows: Sequence[Row], at: int, last: int) -> int:
    # How many cards, with furniture between them, fill the lines up to the last; 0 where anything else is there.
    cards = 0
    while at < last:
        if rows[at].is_furniture:
            at += 1
        elif at + 1 < last and _is_card(rows[at], rows[at + 1]):
            cards += 1
            at += 2
        else:
            return 0
    return cards


def _is_card(head: Row, teaser: Row) -> bool:
    is_head = head.is_plain_headline and len(head.text.split()) >= _HEADLINE_WORDS and not BULLET.match(head.text)
    return is_head and (is_sentence(teaser) or is_cut_teaser(teaser))


def is_search(rows: Sequence[Row], first: int, last: int) -> bool:
    """Whether the "body" `rows[first:last]` is what a search or an archive found: every paragraph has its headline.

    A line above it says so ("Found 118 articles", "Sort by date"), or three teasers and more begin with their day or
    are cut out of their text.
    """
    teasers = [position for position in range(first, last) if rows[position].is_prose]
    if len(teasers) < _FEWEST_FOUND or not all(p and rows[p - 1].could_be_headline for p in teasers):
        return False
    is_told = any(_FOUND.fullmatch(fold(row.text)) for row in rows[max(0, first - _REACH_FOUND) : first])
    return is_told or (
        len(teasers) > _FEWEST_FOUND and all(_OF_SEARCH.search(fold(rows[position].text)) for position in teasers)
    )
