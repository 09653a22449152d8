"""Who wrote a flattened text and when: the lines beside its headline that say so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from crawlers.outlet import Outlet
from flows.steps.clean.authors import looks_like_person, tidy_authors
from flows.steps.clean.dates_visible import Moment
from flows.steps.clean.flat_names import names_with_posts, signers
from flows.steps.clean.flat_rows import READING_TIME, Row
from flows.steps.text import squeeze
from storage.terms import TimePrecision

_BYLINE = "byline"
_EDGES = " ,.;:|·•/-–—()"
_REACH = 3
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?: ?([ap])\.?m)?", re.IGNORECASE)
_NOON, _HOURS, _MINUTES = 12, 24, 60


@dataclass(slots=True)
class Signed:
    """Names as (text, is organisation) and the moment that the lines read so far tell."""

    names: list[tuple[str, bool]] = field(default_factory=list)
    published: Moment | None = None

    def read(self, row: Row) -> bool:
        """Take date and names out of a line if it is a byline; say whether it is."""
        if row.dated is None:
            if not row.is_byline and not (row.kind == _BYLINE and signers(row.text)):
                return False
            self.names.extend(_names(row.text))
            return True
        moment = row.dated
        finer = self.published is None or (
            self.published.precision is TimePrecision.DAY and moment.at.date() == self.published.at.date()
        )
        before = squeeze(row.text[: moment.start])
        after = squeeze(READING_TIME.sub("", row.text[moment.end :]))
        if finer:
            self.published = moment
        self.names.extend(_names(before) + _names(after))
        return True

    def complete(self, rows: Sequence[Row], headline: int, first: int, outlet: Outlet, body: Iterable[str]) -> None:
        """Where no byline stood below the headline: names beside it or its date line, any date line outside the body.

        `first` is where the body begins, `body` the texts of its lines.
        """
        if self.published is None:
            inside = set(body)
            dated = (row.dated for row in rows if row.dated and row.text not in inside and not row.is_prose)
            self.published = next(dated, None)
        if tidy_authors(self.names, outlet):
            return
        beside = (rows[position].text for position in sorted(names_beside(rows, headline, first)))
        self.names.extend(name for text in dict.fromkeys(beside) for name in _names(text))

    def at_clock_of(self, text: str) -> None:
        """Make a known day exact to the minute by the clock time a ticker's item begins with."""
        clock = _CLOCK.match(text)
        if clock is None or self.published is None or self.published.precision is not TimePrecision.DAY:
            return
        hour, minute = int(clock[1]), int(clock[2])
        if clock[3] and hour <= _NOON:
            hour = hour % _NOON + (_NOON if clock[3].lower() == "p" else 0)
        if hour < _HOURS and minute < _MINUTES:
            at = self.published.at.replace(hour=hour, minute=minute)
            self.published = replace(self.published, at=at, precision=TimePrecision.MINUTE)


def names_beside(rows: Sequence[Row], headline: int, first: int) -> set[int]:
    """Lines near the headline that sign the text without saying so.

    They are a person's name, or labelled names, right above or below a date line that stands at most three lines from
    the headline; names with posts there; a bare name right below the headline. Furniture may
    stand between.
    """
    near = range(max(0, headline - _REACH), min(first, headline + 2 * _REACH + 1))
    bylines = {position for position in near if rows[position].is_byline and position != headline}
    bylines |= {position for position in range(headline + 1, first) if rows[position].is_byline}
    found: set[int] = set()
    for position in range(max(0, headline - _REACH - 1), first):
        row = rows[position]
        is_labelled = row.kind in {None, _BYLINE} and position in near and bool(signers(row.text))
        if position == headline or not (row.is_name or row.is_posted or is_labelled):
            continue
        above = position - 1
        while above > headline and (rows[above].is_furniture or rows[above].is_caption):
            above -= 1
        if above in bylines or position + 1 in bylines or (above == headline and row.is_name):
            found.add(position)
    return found


def _names(text: str) -> list[tuple[str, bool]]:
    text = text.strip(_EDGES)
    told = signers(text) or names_with_posts(text)
    if told:
        return [(name, False) for name in told]
    words = text.split()
    pairs = [" ".join(pair) for pair in list(pairwise(words))[::2]]
    if len(words) > 4 and len(words) % 2 == 0 and all(looks_like_person(pair) for pair in pairs):  # noqa: PLR2004
        return [(pair, False) for pair in pairs]
    return [(text, False)] if text else []
