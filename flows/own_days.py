"""Days as analysts write them into a table's cell, in three languages and several orders."""

import re
from calendar import monthrange
from datetime import date

from flows.steps.dates import find_days
from flows.steps.text import fold, squeeze

Days = tuple[date | None, date | None]
"""The earliest and the latest day meant; None is open."""

EMPTY = frozenset({"", "-", "?", "n/a", "na", "none", "немає", "нет"})
"""What stands in a cell that says nothing, folded."""

_BY = re.compile(r"(?:by|no later than|not later than|until|до|не пізніше|не позднее|к) (?=\S)")
_YEAR_TAIL = re.compile(r"[ ,]*(?:р|г|року|рік|года|год)?\.?$")
_LEADS = {"en": "in ", "uk": "у ", "ru": "в "}
_LARGEST_MONTH = 12


def day_bounds(text: str) -> Days | None:
    """The days a cell means: a day, a month, a year, `by` a day, or `a/b` for a span; None for an empty one.

    Raises ValueError, saying why, for anything else.
    """
    asked = squeeze(fold(text)).strip(" .;")
    if asked in EMPTY:
        return None
    if by := _BY.match(asked):
        last = day_bounds(asked[by.end() :])
        return (None, last[1]) if last else None
    if span := re.fullmatch(r"(\d{4}-\d\d?-\d\d?) ?/ ?(\d{4}-\d\d?-\d\d?)", asked):
        first, last = (_from_numbers(one, text) for one in span.groups())
        if first and last:
            return first[0], last[1]
    found = _from_numbers(asked, text) or _from_words(asked)
    if found is None:
        message = f"the day {text!r} is not understood; write it like 2024-06-13"
        raise ValueError(message)
    return found


def _from_numbers(asked: str, text: str) -> Days | None:
    if iso := re.fullmatch(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2})(?:[t ]\d.*)?)?", asked):
        year, month, day = int(iso[1]), int(iso[2]), iso[3]
        return _day(year, month, int(day), text) if day else _month(year, month, text)
    if dotted := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: .*)?", asked):
        first, second, year = int(dotted[1]), int(dotted[3]), int(dotted[4])
        is_american = dotted[2] != "." and second > _LARGEST_MONTH
        if dotted[2] != "." and first <= _LARGEST_MONTH and second <= _LARGEST_MONTH and first != second:
            either = " or ".join(f"{date(year, *one):%d %b}" for one in ((second, first), (first, second)))
            message = f"the day {text!r} may be {either}; write it like 2024-06-13"
            raise ValueError(message)
        return _day(year, first, second, text) if is_american else _day(year, second, first, text)
    if re.fullmatch(r"(?:19|20)\d\d", _YEAR_TAIL.sub("", asked)):
        return date(int(asked[:4]), 1, 1), date(int(asked[:4]), 12, 31)
    return None


def _day(year: int, month: int, day: int, text: str) -> Days:
    try:
        found = date(year, month, day)
    except ValueError as error:
        message = f"{text!r} is no day of the calendar"
        raise ValueError(message) from error
    return found, found


def _month(year: int, month: int, text: str) -> Days:
    first, _ = _day(year, month, 1, text)
    return first, date(year, month, monthrange(year, month)[1])


def _from_words(asked: str) -> Days | None:
    for language, lead in _LEADS.items():
        for before in ("", lead):
            whole = before + asked
            for day in find_days(whole, language, None):
                if day.start <= len(before) and _YEAR_TAIL.fullmatch(whole[day.end :]) and day.on_max:
                    return day.on_min, day.on_max
    return None
