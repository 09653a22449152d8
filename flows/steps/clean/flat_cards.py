"""Other stories' lines in a flattened text: tickers, cards with clock times, cards below the article's end.

All functions give indexes of lines; none of these lines is the article's headline or of its body.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.steps.clean.flat_rows import BULLET, Row
from flows.steps.clean.lines import is_headline_like
from flows.steps.text import fold, stems

_TIMED = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[-–—|•·])? (?=\D)", re.IGNORECASE)
_OPENS_A_CLAUSE = re.compile(
    r"(?:,| і| й| та| и| and| but) (?:де|що|чому|як|коли|хто|як(?:ий|а|е|і|ого|ої|их)|котр\w+"
    r"|где|что|почему|как|когда|кто|котор\w+|where|which|who|when|why|how|that)(?: \S+){0,3}$"
)
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|(?<=[\w,]) (?:але|бо|та|і|й|що|щоб|но|и|что|а|the|a|of|to|and|that|but|as|for))$"
)
_FEWEST_CLOCKS = 3
_FEWEST_TIMED = 3
_MOST_BETWEEN = 3
_TEASER_WORDS = 6
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
    begins = _TIMED.match(row.text)
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


def set_in_cards(rows: Sequence[Row], title: str) -> set[int]:
    """Cards set between two paragraphs: a headline, and a teaser below it that breaks off in mid-sentence.

    The headline stands below a label such as "Read also:", or shares no word with the article's own nor with the
    paragraphs around: a subhead with a caption below it does. A question right below such a label needs no teaser.
    """
    found: set[int] = set()
    for position in range(1, len(rows) - 1):
        above, head, below = rows[position - 1 : position + 2]
        is_labelled = above.kind == "read_also" and above.text.endswith(":")
        if not head.could_be_headline or BULLET.match(head.text):
            continue
        if _is_cut_teaser(below) and position + 2 < len(rows):
            if is_labelled or _is_foreign(above, head, rows[position + 2], title):
                found.update((position, position + 1))
        elif is_labelled and head.text.endswith("?") and below.is_prose:
            found.add(position)
    return found


def _is_foreign(above: Row, head: Row, after: Row, title: str) -> bool:
    # Whether a headline has nothing to do with the paragraphs it stands between.
    is_between = (_is_sentence(above) or above.kind is not None) and not is_headline_like(after.text)
    own = stems(head.text)
    around = stems(f"{title} {above.text if above.kind is None else ''} {after.text}")
    return is_between and bool(own) and own.isdisjoint(around) and not after.text[:1].islower()


def _is_cut_teaser(row: Row) -> bool:
    is_line = row.kind is None and not row.is_caption and not row.is_byline and not BULLET.match(row.text)
    told = fold(row.text)
    breaks_off = bool(_BREAKS_OFF.search(told)) or (
        is_headline_like(row.text) and _OPENS_A_CLAUSE.search(told) is not None
    )
    return is_line and breaks_off and len(told.split()) >= _TEASER_WORDS


def _is_sentence(row: Row) -> bool:
    return row.kind is None and row.text.endswith((".", "!", "?", "…", '"', "»", "”"))


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
        if not told or not own or _is_sentence(row) or BULLET.match(row.text):
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
    return is_head and (_is_sentence(teaser) or _is_cut_teaser(teaser))
