"""Reading text that was flattened from a page: where its headline, byline and body stand, told by structure.

The body is the run of lines with most prose in it: sentences count for a run by their length, furniture, clock times
and headings such as "More news" count against it. The headline stands above the run, the byline between the two.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from crawlers.outlet import Outlet
from flows.steps.clean.authors import looks_like_person
from flows.steps.clean.blocks import Line
from flows.steps.clean.captions import is_caption
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.dates_visible import Moment, is_relative, visible_moment
from flows.steps.clean.lines import bare, is_clock, is_headline_like
from flows.steps.clean.verdict import is_prose
from flows.steps.text import fold, squeeze, stems
from storage.records import Removed
from storage.terms import TimePrecision

_LIVE = re.compile(r"\b(?:live|онлайн|наживо|трансляці\w+|трансляци\w+|хроніка|хроника|оновлюється|обновляется)\b")
_READING_TIME = re.compile(r"\b\d+ ?(?:min(?:ute)?s?(?: read)?|хв\w*|мин\w*)\b.*$", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?:article )?by:?|автор\w*:?) [^.]{3,60}$|[^.]{3,60}?\d+ ?(?:hours?|minutes?|days?) ago$", re.IGNORECASE
)
_SPOKEN_HEADLINE = re.compile(r"(?=.{15,200}$)[^\"«“„\s][^.!?]*[\"»”?!]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CUT = ("…", "...")
_BULLET = re.compile(r"(?:[•▪●◦■►➤✔✅*–—-] ?|\d{1,2}[.)] )\S")
_BRACKETED = re.compile(r"([^.!?]{10,200}\S) \([^().]{3,30}\)")
_MARKS_A_MOMENT = re.compile(
    r"(?:by|posted|published|updated|опублік|оновлен|опублик|обновлен|дата|автор)\b|(?:опублік|оновл|опублик|обновл)"
)
_MOST_PROSE = 400
_CLOCK_COST = 600
_STOP_COST = 400
_CLUTTER_COST = 30
_SHORT_COST = 40
_LONG_LINE = 24
_BYLINE_REST = 90
_LONGEST_BYLINE = 250
_LOOK_UP = 30
_MANY_HEADLINES = 8
_CUT_SHORT = 12
_MOST_TOLD = 3000
_HINT = 0.3
_FEWEST_STEMS = 4
_FEWEST_PLAIN = 3
_INSERT_COST = 10
_MOST_INSERTED = 3
_INSERTED = frozenset(("read_also", "ticker", "advert"))
_STEP = 0.02


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
class _Row:
    """One line of the text and what it looks like."""

    text: str
    kind: str | None
    is_stop: bool
    is_clock: bool
    is_prose: bool
    is_caption: bool
    dated: Moment | None
    is_cut_copy: bool = False

    @property
    def is_furniture(self) -> bool:
        return self.kind is not None or self.is_stop or self.is_clock

    @property
    def could_be_headline(self) -> bool:
        bracketed = _BRACKETED.fullmatch(self.text)
        shaped = (
            is_headline_like(bracketed.group(1) if bracketed else self.text)
            or self.is_cut_copy
            or _SPOKEN_HEADLINE.fullmatch(self.text) is not None
        )
        return shaped and not self.is_furniture and not self.is_caption and not self.is_byline and not self.is_name

    @property
    def is_plain_headline(self) -> bool:
        return self.could_be_headline and not self.is_prose

    @property
    def is_byline(self) -> bool:
        return self.kind is None and (self.dated is not None or _BYLINE.match(self.text) is not None)

    @property
    def is_name(self) -> bool:
        return self.kind is None and _is_name_with_role(self.text)


def _is_name_with_role(text: str) -> bool:
    words = text.split()
    shown = [word for word in words if word[0].isalpha()]
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in shown) and looks_like_person(" ".join(words[:2]))  # noqa: PLR2004


def _byline_date(text: str, zone: ZoneInfo, today: date | None) -> Moment | None:
    # A date line is a date with little around it; a sentence that mentions a day is none.
    moment = visible_moment(text, zone, today) if len(text) <= _LONGEST_BYLINE else None
    if moment is None:
        return None
    rest = _READING_TIME.sub("", text[: moment.start] + " " + text[moment.end :])
    is_sentence = text.rstrip().endswith((".", "!", "?", '"', "»", "”"))
    if len(rest) > _BYLINE_REST or (is_sentence and len(rest.split()) > 3):  # noqa: PLR2004
        return None
    return None if moment.precision is TimePrecision.DAY and _tells_a_story(rest) else moment


def _tells_a_story(rest: str) -> bool:
    # "Five things to know on 14 July" is a headline with a day in it: most words around the day are no names.
    words = _WORD.findall(rest)
    plain = sum(word[0].islower() for word in words)
    return plain >= _FEWEST_PLAIN and 2 * plain > len(words) and not _MARKS_A_MOMENT.match(fold(rest.strip()))


def _rows(text: str, outlet: Outlet, clutter: Clutter, today: date | None) -> list[_Row]:
    zone = ZoneInfo(outlet.timezone)
    own = [re.compile(pattern, re.IGNORECASE) for pattern in outlet.clutter_lines]
    rows: list[_Row] = []
    lines = [line for raw in text.splitlines() if (line := squeeze(raw))]
    for line in lines:
        kind = "outlet_line" if any(p.fullmatch(line) for p in own) else clutter.kind_of(line)
        clock = is_clock(line) or is_relative(line)
        cut = line.endswith(_CUT) and sum(other.startswith(line.rstrip(".… ")) for other in lines) > 1
        tail = clutter.cut_tail(line) if kind is None else None
        prose = kind is None and not clock and not cut and is_prose(tail[0] if tail else line)
        rows.append(
            _Row(
                text=line,
                kind=kind,
                is_stop=clutter.is_stop(line),
                is_clock=clock,
                is_prose=prose,
                is_caption=kind is None and is_caption(line),
                is_cut_copy=cut,
                dated=_byline_date(line, zone, today) if kind is None and not clock else None,
            )
        )
    return rows


def _worth(row: _Row, *, is_live: bool) -> int:
    if row.is_clock:
        return 0 if is_live else -_CLOCK_COST
    if row.is_stop:
        return -_STOP_COST
    if row.is_prose and not (row.could_be_headline and _BRACKETED.fullmatch(row.text)):
        return 0 if row.is_caption or row.dated else min(len(row.text), _MOST_PROSE)
    if row.kind is not None or row.is_caption or row.dated:
        return -_CLUTTER_COST
    is_sentence = _BULLET.match(row.text) or row.text.endswith((".", "!", "?", '"', "»", "”", ":"))
    if is_sentence and not row.is_cut_copy:
        return len(row.text) if len(row.text.split()) > 2 else -_CLUTTER_COST  # noqa: PLR2004 - a word is a label
    return -_SHORT_COST


def _lighten_inserts(rows: Sequence[_Row], worths: list[int], *, is_live: bool) -> None:
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


def _cards(rows: Sequence[_Row]) -> set[int]:
    # headline, one sentence, clock time: the card of another story, when a headline stands above it
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


def _headline(rows: Sequence[_Row], first: int, last: int) -> int | None:
    """Index of the headline above a body: near it, sharing words with it, repeated, above a byline."""
    reach = range(max(0, first - _LOOK_UP), first)
    candidates = [position for position in reach if rows[position].could_be_headline]
    told = stems(" ".join(row.text for row in rows[first:last])[:_MOST_TOLD])
    counts = Counter(bare(row.text) for row in rows)

    def score(position: int) -> float:
        row = rows[position]
        own = stems(row.text)
        words = len(_WORD.findall(row.text))
        has_byline = any(rows[p].is_byline for p in range(position + 1, min(position + 5, first)))
        return (
            len(own & told) / max(len(own), _FEWEST_STEMS)
            + _HINT * has_byline
            + _HINT * (words > 3 and counts[bare(row.text)] > 1)  # noqa: PLR2004 - a shorter line is a section
            - _HINT * (words <= 3 and not row.is_cut_copy)  # noqa: PLR2004
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
        and len(_WORD.findall(rows[above].text)) > 3  # noqa: PLR2004
        and above in candidates
        and len(rows[above].text) < len(rows[best].text)
        and score(above) > score(best) / 2
    ):
        return above
    same = [p for p in candidates if bare(rows[p].text) == bare(rows[best].text)]
    return same[0]


def _is_deck(row: _Row, title: str) -> bool:
    return row.could_be_headline and len(row.text) > len(title) and len(row.text.split()) > 8  # noqa: PLR2004 - a clause


def _names(text: str) -> list[tuple[str, bool]]:
    words = text.split()
    pairs = [" ".join(pair) for pair in list(pairwise(words))[::2]]
    if len(words) > 4 and len(words) % 2 == 0 and all(looks_like_person(pair) for pair in pairs):  # noqa: PLR2004
        return [(pair, False) for pair in pairs]
    return [(text, False)] if text else []


def _read_byline(row: _Row, result: Flattened) -> bool:
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
    after = squeeze(_READING_TIME.sub("", row.text[moment.end :]))
    if finer:
        result.published = moment
    result.authors.extend(_names(before) + _names(after))
    return True


def _byline_inside(rows: Sequence[_Row], first: int, last: int, worths: Sequence[int]) -> int:
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


def read_flattened(text: str, outlet: Outlet, clutter: Clutter, today: date | None) -> Flattened:
    """Headline, byline, moment and body lines of a flattened text; what is left out is named in `removed`.

    `today` is a day by which the text was published; it completes dates without a year.
    """
    rows = _rows(text, outlet, clutter, today)
    result = Flattened()
    is_live = any(_LIVE.search(fold(row.text)) for row in rows if row.could_be_headline)
    cards = _cards(rows)
    worths = [-_CLOCK_COST if p in cards else _worth(row, is_live=is_live) for p, row in enumerate(rows)]
    _lighten_inserts(rows, worths, is_live=is_live)
    if rows and len(rows[-1].text.split()) >= _CUT_SHORT and worths[-1] == -_SHORT_COST and len(rows) > 1:
        worths[-1] = len(rows[-1].text)  # the text was cut off in its last sentence
    run = _densest(worths)
    if run is None:
        return _headlines_only(rows)
    first, last = _byline_inside(rows, *run, worths), run[1]
    headline = _headline(rows, first, last)
    if headline is not None:
        result.title = rows[headline].text
    for position, row in enumerate(rows):
        near = headline is not None and headline < position < first
        if position == headline:
            continue
        if first <= position < last or (near and position - 1 == headline and _is_deck(row, result.title)):
            result.lines.append(Line(row.text))
        elif position in cards:
            result.removed.append(Removed(text=row.text, why="other_story"))
        elif position >= last:
            result.removed.append(_gone(row, "after_article"))
        else:
            _above(row, result, near=near, title=result.title)
    result.is_dated = headline is not None and any(row.dated for row in rows[headline + 1 : first])
    _without_byline(rows, result, headline or 0, first)
    headlines_left = sum(row.could_be_headline for row in rows)
    result.is_listing = len(result.lines) < 3 and headlines_left >= _MANY_HEADLINES and not result.published  # noqa: PLR2004
    return result


def _headlines_only(rows: Sequence[_Row]) -> Flattened:
    headlines = [position for position, row in enumerate(rows) if row.could_be_headline]
    first = headlines[0] if headlines else None
    return Flattened(
        title="" if first is None else rows[first].text,
        removed=[_gone(row, "before_article") for position, row in enumerate(rows) if position != first],
        is_listing=len(headlines) >= _MANY_HEADLINES,
    )


def _gone(row: _Row, why: str) -> Removed:
    return Removed(text=row.text, why=row.kind or ("ticker" if row.is_clock else why))


def _above(row: _Row, result: Flattened, *, near: bool, title: str) -> None:
    if near and row.is_caption:
        result.captions.append(row.text)
    elif near and _read_byline(row, result):
        result.removed.append(Removed(text=row.text, why="byline"))
    elif title and bare(row.text) == bare(title):
        result.removed.append(Removed(text=row.text, why="title_repeated"))
    else:
        result.removed.append(_gone(row, "before_article"))


def _without_byline(rows: Sequence[_Row], result: Flattened, headline: int, first: int) -> None:
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
