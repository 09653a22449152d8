"""Which line above the body of a flattened text is its headline, and whether the line below it is its deck."""

import re
from collections import Counter
from collections.abc import Sequence

from flows.steps.clean.flat_rows import TIMED, WORD, Row
from flows.steps.clean.lines import bare
from flows.steps.text import stems

_LOOK_UP = 30
_MOST_TOLD = 3000
_HINT = 0.3
_LESS = 0.1
_STEP = 0.02
_FEWEST_STEMS = 4
_NEAR = 5
_MOST_BELOW = 3
_CRUMBS = re.compile(r" ?[/>›»|•·→] ?")
_CRUMB_WORDS = 3
_QUOTED = re.compile(r"(?=.{15,200}$)(?:«[^«»]+»|“[^“”]+”|„[^“”]+[“”]|\"[^\"]+\")")
# Small words of English headlines in which every word has a capital; a bar of sections holds none of them.
_OF_CLAUSES = frozenset(
    ("its", "their", "his", "her", "with", "from", "after", "before", "over", "into", "amid", "as", "against",
     "without", "despite", "while", "near", "than")
)  # fmt: skip
_CYRILLIC = re.compile(r"[а-яґєії]", re.IGNORECASE)
_MOSTLY = 0.8
_SECTION = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|&")


def headline_of(rows: Sequence[Row], first: int, last: int, tickers: set[int]) -> int | None:
    """Index of the headline above the body `rows[first:last]`; None where no line above it could be one.

    The headline shares words with the body, is repeated, stands near the body and above a byline; it has no further
    headlines below it but a deck, and is neither a bar of sections nor a line of `tickers`.
    """
    reach = range(max(0, first - _LOOK_UP), first)
    told = told_in(rows[first:last])
    own_item = _own_item(rows, first, tickers, told)
    if own_item is not None:
        return own_item
    candidates = [p for p in reach if p not in tickers and _is_candidate(rows, p)]
    counts = Counter(bare(row.text) for row in rows)
    above_body = Counter(bare(rows[position].text) for position in reach)

    def is_repeated(row: Row, own: set[str]) -> bool:
        # Tickers and lists of other stories repeat each other; a copy below the body counts with words of the body.
        return above_body[bare(row.text)] > 1 or (counts[bare(row.text)] > 1 and not own.isdisjoint(told))

    def score(position: int) -> float:
        row = rows[position]
        own = stems(row.text)
        words = len(WORD.findall(row.text))
        return (
            len(own & told) / max(len(own), _FEWEST_STEMS)
            - _HINT * own.isdisjoint(told)
            + _HINT * _above_byline(rows, position, first)
            + _HINT * (words > 3 and is_repeated(row, own))  # noqa: PLR2004 - a shorter line is a section
            - _HINT * (words <= 3 and not row.is_cut_copy)  # noqa: PLR2004
            - _LESS * min(_MOST_BELOW, _headlines_below(rows, position, first))
            - _STEP * (first - position)
        )

    if not candidates:
        return None
    best = max(candidates, key=score)
    # A deck shares as many words with the body; the headline is the line directly above it, shorter. A deck comes once.
    # A line of a few words there is a section: "News World Garden".
    above, is_once = best - 1, counts[bare(rows[best].text)] == 1
    if (
        is_once
        and len(WORD.findall(rows[above].text)) > 3  # noqa: PLR2004
        and above in candidates
        and len(rows[above].text) < len(rows[best].text)
        and score(above) > score(best) / 2
    ):
        return above
    same = [p for p in candidates if bare(rows[p].text) == bare(rows[best].text)]
    return same[0]


def _is_candidate(rows: Sequence[Row], position: int) -> bool:
    row, below = rows[position], rows[position + 1 : position + 3]
    if row.is_posted and any(beside.dated for beside in (*rows[max(0, position - 1) : position], *below[:1])):
        return False  # "Jane Doe, lawyer" beside the date signs the text
    # The byline may stand below a lead.
    above_byline = any(line.is_byline and (not at or below[0].is_prose) for at, line in enumerate(below))
    if _QUOTED.fullmatch(row.text):
        return above_byline and not row.is_furniture and not row.is_caption
    # A bar of sections does not stand right above the byline; a headline all in capitals may.
    return row.could_be_headline and (above_byline or not is_menu(row.text))


def _own_item(rows: Sequence[Row], first: int, tickers: set[int], told: set[str]) -> int | None:
    # The item of a ticker whose text stands below it: a date line comes next, then a body that takes up its words.
    for position in range(max(0, first - _NEAR), first - 1):
        is_dated = position in tickers and TIMED.match(rows[position].text) and rows[position + 1].dated is not None
        if is_dated and len(stems(rows[position].text) & told) > 1:
            return position
    return None


def is_headline_of(row: Row, body: Sequence[Row]) -> bool:
    """Whether a line that ends like a sentence is the headline of the text below it.

    It shares two words with it, or is all in quotation marks and stands above a byline.
    """
    is_quoted = bool(body) and _QUOTED.fullmatch(row.text) is not None and body[0].is_byline
    return is_quoted or (row.could_be_headline and len(stems(row.text) & told_in(body)) > 1)


def told_in(body: Sequence[Row]) -> set[str]:
    """Stems of the longer words in a body's first sentences; headlines of other stories set into it tell nothing."""
    sentences = [row.text for row in body if row.is_prose] or [row.text for row in body]
    return stems(" ".join(sentences)[:_MOST_TOLD])


def is_menu(text: str) -> bool:
    """Whether a line is a bar or path of sections: "Home World Garden Letters", "Home / World", "News | Garden"."""
    parts = _CRUMBS.split(text)
    if len(parts) > 1 and all(len(part.split()) <= _CRUMB_WORDS for part in parts):
        return True
    # A headline holds a small word or a mark somewhere, and begins with a capital; a bar of sections does neither. In
    # Cyrillic headlines few words but the first have capitals.
    words = text.split()
    if len(words) <= _CRUMB_WORDS + 1 or not all(_SECTION.fullmatch(word) for word in words):
        return False
    capitals = sum(word[0].isupper() for word in words)
    if any(word.lower() in _OF_CLAUSES for word in words):
        return False
    return capitals in {0, len(words)} or (_CYRILLIC.match(text) is not None and capitals >= _MOSTLY * len(words))


def _above_byline(rows: Sequence[Row], position: int, first: int) -> float:
    # 1 for a line with a byline or date below it, a half for one with a bare name, less with headlines between.
    headlines = 0
    for below in range(position + 1, min(position + _NEAR, first)):
        row = rows[below]
        if row.is_byline or row.is_name:
            return (1.0 if row.is_byline else 0.5) / (1 + headlines)
        headlines += row.could_be_headline
    return 0.0


def _headlines_below(rows: Sequence[Row], position: int, first: int) -> int:
    # Headlines directly below, beyond one that may be a deck or a second copy.
    below = 0
    while position + 1 + below < first and rows[position + 1 + below].could_be_headline:
        below += 1
    return max(0, below - 1)


def is_deck(row: Row, title: str) -> bool:
    """Whether a line below the headline has the form of its deck: a headline's, longer than the headline itself."""
    return row.could_be_headline and len(row.text) > len(title) and len(row.text.split()) > 8  # noqa: PLR2004 - a clause
