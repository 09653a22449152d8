"""The lines of a flattened text and what each looks like: prose, furniture, a byline, a possible headline."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from crawlers.outlet import Outlet
from flows.steps.clean.captions import is_caption
from flows.steps.clean.clutter import Clutter
from flows.steps.clean.dates_visible import Moment, is_relative, visible_moment
from flows.steps.clean.flat_names import name_alone, names_with_posts, signers
from flows.steps.clean.lines import is_clock, is_headline_like
from flows.steps.clean.verdict import is_prose
from flows.steps.text import fold, squeeze
from storage.terms import TimePrecision

WORD = re.compile(r"[^\W\d_]{2,}")
READING_TIME = re.compile(r"\b\d+ ?(?:min(?:ute)?s?(?: read)?|хв\w*|мин\w*)\b.*$", re.IGNORECASE)
BRACKETED = re.compile(r"([^.!?]{10,200}\S) \([^().]{3,30}\)")
TIMED = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[-–—|•·])? (?=\D)", re.IGNORECASE)
BULLET = re.compile(r"(?:[•▪●◦■►➤✔✅*–—-] ?|\d{1,2}[.)] )\S")
_BYLINE = re.compile(
    r"(?:(?:article )?by:?|автор\w*:?) [^.]{3,60}$|[^.]{3,60}?\d+ ?(?:hours?|minutes?|days?) ago$", re.IGNORECASE
)
_SPOKEN_HEADLINE = re.compile(r"(?=.{15,200}$)[^\"«“„\s][^.!?]*[\"»”?!]")
_MARKS_A_MOMENT = re.compile(
    r"(?:by|posted|published|updated|опублік|оновлен|опублик|обновлен|дата|автор)\b|(?:опублік|оновл|опублик|обновл)"
)
_CLOCK_FIRST = re.compile(r"\d{1,2}[:.]\d{2}\b(?![./]\d)")
# "The pump works again. PHOTO": a sentence with a label in capitals behind it.
_SHOUTED = re.compile(r"(?<=[.!?…»”\"]) \W?[^\W\d_a-zа-яґєії]{3,}(?: [^\W\d_a-zа-яґєії]{2,}){0,2}$")
_CUT = ("…", "...")
_BYLINE_REST = 90
_LONGEST_BYLINE = 250
_FEWEST_PLAIN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text and what it looks like.

    `kind` is the kind of furniture it is, None for none; `dated` the moment of a line that is a date with little
    around it; `is_cut_copy` says that the line is the cut beginning of another.
    """

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
        """Whether the line is known for none of an article's, whatever stands around it."""
        return self.kind is not None or self.is_stop or self.is_clock

    @property
    def could_be_headline(self) -> bool:
        """Whether the line has the form of a headline and is nothing else."""
        bracketed = BRACKETED.fullmatch(self.text)
        shaped = (
            is_headline_like(bracketed.group(1) if bracketed else self.text)
            or self.is_cut_copy
            or _SPOKEN_HEADLINE.fullmatch(self.text) is not None
        )
        return shaped and not self.is_furniture and not self.is_caption and not self.is_byline and not self.is_name

    @property
    def is_plain_headline(self) -> bool:
        """Whether the line could be a headline and no sentence."""
        return self.could_be_headline and not self.is_prose

    @property
    def is_byline(self) -> bool:
        """Whether the line says when, or by its wording by whom, the text was written."""
        says_who = _BYLINE.match(self.text) is not None or bool(signers(self.text))
        return self.kind is None and (self.dated is not None or says_who)

    @property
    def is_name(self) -> bool:
        """Whether the line is a person's name, with or without what the person is."""
        return self.kind is None and name_alone(self.text)

    @property
    def is_posted(self) -> bool:
        """Whether the line is names, or names with posts; a headline may have that form as well."""
        return self.kind is None and bool(names_with_posts(self.text))


def _byline_date(text: str, zone: ZoneInfo, today: date | None) -> Moment | None:
    # A date line is a date with little around it; a sentence that mentions a day is none.
    moment = visible_moment(text, zone, today) if len(text) <= _LONGEST_BYLINE else None
    if moment is None:
        return None
    rest = READING_TIME.sub("", text[: moment.start] + " " + text[moment.end :])
    is_sentence = text.rstrip().endswith((".", "!", "?", '"', "»", "”"))
    if len(rest) > _BYLINE_REST or (is_sentence and len(rest.split()) > 3):  # noqa: PLR2004
        return None
    # "10:11 Five things to know on 14 July" is a ticker's item: its clock is no moment of the day it names.
    is_loose = moment.precision is TimePrecision.DAY or _CLOCK_FIRST.match(text, moment.start) is not None
    return None if is_loose and _tells_a_story(rest) else moment


def _tells_a_story(rest: str) -> bool:
    # "Five things to know on 14 July" is a headline with a day in it: most words around the day are no names.
    words = WORD.findall(rest)
    plain = sum(word[0].islower() for word in words)
    return plain >= _FEWEST_PLAIN and 2 * plain > len(words) and not _MARKS_A_MOMENT.match(fold(rest.strip()))


def _begins_another(line: str, in_order: Sequence[str]) -> bool:
    # Whether a line cut off at its end is the beginning of another one; `in_order` holds all lines, sorted.
    start = line.rstrip(".… ")
    at = bisect_left(in_order, start)
    return at + 1 < len(in_order) and in_order[at + 1].startswith(start)


def rows_of(text: str, outlet: Outlet, clutter: Clutter, today: date | None) -> list[Row]:
    """The lines of a text that hold anything, each with what it looks like; `today` completes dates without a year."""
    zone = ZoneInfo(outlet.timezone)
    own = [re.compile(pattern, re.IGNORECASE) for pattern in outlet.clutter_lines]
    rows: list[Row] = []
    lines = [line for raw in text.splitlines() if (line := squeeze(raw))]
    # A time with its day, alone on a line, is the article's moment where the page has one of them; more are a ticker.
    clocks_with_day = {line for line in lines if is_clock(line) and visible_moment(line, zone, today)}
    in_order = sorted(lines)
    moments = clocks_with_day if len(clocks_with_day) == 1 else set()
    for line in lines:
        kind = "outlet_line" if any(p.fullmatch(line) for p in own) else clutter.kind_of(line)
        clock = (is_clock(line) and line not in moments) or is_relative(line)
        cut = line.endswith(_CUT) and _begins_another(line, in_order)
        tail = clutter.cut_tail(line) if kind is None else None
        prose = kind is None and not clock and not cut and is_prose(tail[0] if tail else _SHOUTED.sub("", line))
        rows.append(
            Row(
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
    return _without_headlines_dated(rows)


def _without_headlines_dated(rows: list[Row]) -> list[Row]:
    # "Flood in the hills: live, 9 April" above the article's own date line is its headline, and no second date.
    for position, row in enumerate(rows[:-1]):
        below = rows[position + 1].dated
        if row.dated and below and row.dated.precision is TimePrecision.DAY and row.dated.at.date() == below.at.date():
            around = row.text[: row.dated.start] + row.text[row.dated.end :]
            is_bare = not WORD.search(rows[position + 1].text[: below.start] + rows[position + 1].text[below.end :])
            if is_bare and len(WORD.findall(around)) >= _FEWEST_PLAIN and not _BYLINE.match(row.text):
                rows[position] = replace(row, dated=None)
    return rows
