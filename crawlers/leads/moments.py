"""Moments and days as indexes write them: in feeds, in sitemaps, in list pages and in addresses."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from string import Formatter
from typing import TypeVar
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from crawlers.leads.results import Lead, SubIndex

KYIV = ZoneInfo("Europe/Kyiv")
_Item = TypeVar("_Item", Lead, SubIndex)
_EARLIEST = 1990  # no outlet was on the web before; what says so is a mistake
_OVERLAP = timedelta(days=3)  # a piece written on Friday may appear on Monday, in the next month's file

_JS_ZONE = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d{4})|\s*\([^)]*\)\s*$")
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_MONTHS = {
    name.lower().rstrip("."): number
    for language in ("uk", "en", "ru")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, "format", language).items()
}
_NAMED = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_PROSE = (
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<name>{_NAMED})\b\.?,?(?:\s+(?P<year>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b(?P<name>{_NAMED})\b\.?\s+(?P<day>\d{{1,2}})(?!\d)(?:,?\s+(?P<year>\d{{4}}))?", re.IGNORECASE),
)
_LABEL_CHARS = 60
_LABEL_WORDS = 14  # letters a time label may hold beside the time: a weekday, "року", "updated"

_DIGITS = {"year": r"\d{4}", "iso_year": r"\d{4}", "page": r"\d+"}  # numbers may stand side by side
_SPAN = re.compile(r"(?<!\d)(\d{4})/(\d\d)-(\d\d)-(\d\d)-(\d\d)(?!\d)")
_ONE_DAY = re.compile(r"(?<!\d)(\d{4})([-_/.]?)(\d\d)\2(\d\d)(?!\d)")
_ONE_MONTH = re.compile(r"(?<!\d)(\d{4})(?:[-_.]?(\d\d)|/(\d\d?))(?!\d)")


def read_moment(text: str | None, zone: tzinfo) -> datetime | None:
    """A moment in ISO 8601, RFC 822 or JavaScript's form; `zone` where it names none; None if it is neither.

    A bare day is its midnight. Years before 1990 are taken for mistakes.
    """
    said = (text or "").strip()
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        try:
            moment = parsedate_to_datetime(_JS_ZONE.sub("", said))
        except (ValueError, OverflowError, IndexError):
            return None
        if said.endswith("-0000"):  # RFC 2822: UTC, at an unknown place
            moment = moment.replace(tzinfo=UTC)
    if moment.year < _EARLIEST:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def read_labels(labels: list[str], day: date | None, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment told by short visible texts: the first day and the first HH:MM that stand alone in a text.

    `day` is used where no text names one; without any day there is no moment. A day without a year is the latest
    such day not after `now`. A day without a time is its midnight in `zone`.
    """
    clock: re.Match[str] | None = None
    said: date | None = None
    for label in labels:
        if len(label) > _LABEL_CHARS:
            continue
        found, rest = _first_day(label, now.astimezone(zone).date())
        at = _CLOCK.search(rest)
        rest = _CLOCK.sub(" ", rest)
        if (found or at) and sum(map(str.isalpha, rest)) <= _LABEL_WORDS:
            said, clock = said or found, clock or at
    on = said or day
    if on is None:
        return None
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone)


def _first_day(text: str, today: date) -> tuple[date | None, str]:
    for pattern in (_YEAR_FIRST, _DAY_FIRST, *_PROSE):
        if match := pattern.search(text):
            parts = match.groupdict()
            month = _MONTHS[parts["name"].lower()] if "name" in parts else int(parts["month"])
            rest = text[: match.start()] + " " + text[match.end() :]
            if parts["year"]:
                return _day(int(parts["year"]), month, int(parts["day"])), rest
            this = _day(today.year, month, int(parts["day"]))
            if this is None or this > today + timedelta(days=1):
                this = _day(today.year - 1, month, int(parts["day"]))
            return this, rest
    return None, text


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _template(template: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for literal, name, spec, _ in Formatter().parse(template.partition("://")[2]):
        pattern += re.escape(literal)
        if name:
            digits = _DIGITS.get(name, r"\d{2}" if spec else r"\d{1,2}")
            pattern += digits if name in seen else f"(?P<{name}>{digits})"
            seen.add(name)
    return re.compile(pattern)


def template_numbers(template: str, url: str) -> dict[str, int] | None:
    """The numbers a URL has in the places of an index template (`year`, `month`, `page` …); None if it is not one."""
    match = _template(template).fullmatch(url.partition("://")[2])
    return {name: int(number) for name, number in match.groupdict().items()} if match else None


def period_of(numbers: dict[str, int]) -> tuple[date, date] | None:
    """First and last day told by a template's numbers: a day, an ISO week or a month; None if they tell none."""
    try:
        if "iso_week" in numbers and "iso_year" in numbers:
            monday = date.fromisocalendar(numbers["iso_year"], numbers["iso_week"], 1)
            return monday, monday + timedelta(days=6)
        if "year" not in numbers or "month" not in numbers:
            return None
        year, month = numbers["year"], numbers["month"]
        if "day" in numbers:
            return (only := date(year, month, numbers["day"])), only
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


def period_in_url(url: str, templates: tuple[str, ...], today: date) -> tuple[date, date] | None:
    """First and last day a sitemap's address speaks of, or None.

    The outlet's own templates decide first, since `/2025/07.xml` may be a month or a week; without one, a span of
    days (`2025/11-12-11-26`), a day (`2025-12-01`) or a month (`2025-12`, `202512`, `2025/7`) is looked for.
    """
    for template in templates:
        if (numbers := template_numbers(template, url)) and (period := period_of(numbers)):
            return period
    if match := _SPAN.search(url):
        year, month, day, to_month, to_day = map(int, match.groups())
        first = _day(year, month, day)
        last = _day(year + ((to_month, to_day) < (month, day)), to_month, to_day)
        if first and last:
            return first, last
    if (match := _ONE_DAY.search(url)) and (only := _day(int(match[1]), int(match[3]), int(match[4]))):
        return only, only
    for match in _ONE_MONTH.finditer(url):
        if _EARLIEST <= int(match[1]) <= today.year + 1:
            period = period_of({"year": int(match[1]), "month": int(match[2] or match[3])})
            if period:
                return period
    return None


def in_window(items: Iterable[_Item], from_day: date, to_day: date, *, is_undated_in: bool = True) -> tuple[_Item, ...]:
    """Those leads or further indexes that may concern the Kyiv days `from_day` to `to_day`, both inclusive.

    A lead is judged by the Kyiv day of its hint. A further index may hold more than its address says (an article
    is changed before it is published, clocks differ), so it counts within three days of its own; one of which only
    the last change is known may hold everything up to then. What carries no day is in unless `is_undated_in` is
    False. Raises ValueError where the window ends before it begins.
    """
    if to_day < from_day:
        message = f"the window ends ({to_day}) before it begins ({from_day})"
        raise ValueError(message)
    return tuple(item for item in items if _may_concern(item, from_day, to_day, is_undated_in=is_undated_in))


def _may_concern(item: Lead | SubIndex, from_day: date, to_day: date, *, is_undated_in: bool) -> bool:
    if isinstance(item, Lead):
        on = item.published_hint.astimezone(KYIV).date() if item.published_hint else None
        return is_undated_in if on is None else from_day <= on <= to_day
    if item.last_day is None:
        return is_undated_in
    begins_in_time = item.first_day is None or item.first_day <= to_day + _OVERLAP
    return begins_in_time and item.last_day >= from_day - _OVERLAP
