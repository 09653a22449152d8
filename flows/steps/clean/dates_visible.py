"""Publication moments as pages write them: ISO forms in markup, and prose in Ukrainian, Russian and English."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import dateparser

from storage.terms import TimePrecision

_MONTHS: dict[str, int] = {
    prefix: number
    for number, prefixes in enumerate(
        (
            ("jan", "січ", "янв"),
            ("feb", "лют", "фев"),
            ("mar", "бер", "мар"),
            ("apr", "квіт", "апр"),
            ("may", "трав", "мая", "май"),
            ("jun", "черв", "июн"),
            ("jul", "лип", "июл"),
            ("aug", "серп", "авг"),
            ("sep", "вер", "сен"),
            ("oct", "жовт", "окт"),
            ("nov", "лист", "ноя"),
            ("dec", "груд", "дек"),
        ),
        start=1,
    )
    for prefix in prefixes
}
# Cut short without a full stop ("13 черв, 18:02") a month needs its year or a time of day: "3 лип" are lime trees.
_MONTH = (
    r"(?P<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|січ(?:ня|ень)|лют(?:ого|ий)|берез(?:ня|ень)|квіт(?:ня|ень)"
    r"|трав(?:ня|ень)|черв(?:ня|ень)|лип(?:ня|ень)|серп(?:ня|ень)|верес(?:ня|ень)|жовт(?:ня|ень)|листопада?"
    r"|груд(?:ня|ень)|янв(?:аря|арь)|февр(?:аля|аль)|марта?|апр(?:еля|ель)|ма[яй]|июн[яь]|июл[яь]|августа?"
    r"|сент(?:ября|ябрь)|окт(?:ября|ябрь)|ноя(?:бря|брь)|дек(?:абря|абрь))(?![^\W\d_])"
    r"|(?:січ|лют|бер(?:ез)?|кві?т|трав|черв|лип|серп|вер(?:ес)?|жовт|лист(?:оп)?|груд|янв|февр?|мар|апр|июн|июл|авг"
    r"|сент?|окт|ноя(?:б)?|дек)(?=\.|,?\s+(?:20\d\d\b|\d{1,2}:\d\d)))\.?"
)
_DAY_NAME = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|понеділок|вівторок|середа|четвер|п['’ʼ]ятниця"
    r"|субота|неділя|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)"
)
_WEEKDAY = rf"(?:{_DAY_NAME},?\s*)"
_OF_YEAR = r"(?:\s*(?:року|рік|года|год|р\.|г\.))?"
# The day of the week may stand between the date and the time: "21 May, 2026 Thursday 09:25".
_WEEKDAY_AFTER = rf"(?:{_OF_YEAR},?\s*\(?\b(?:{_DAY_NAME}|пн|вт|ср|чт|пт|сб|нд|вс)\b\.?\)?)?"
_TIME = r"(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
_TIME_BEFORE = re.sub(r"\?P<(\w+)>", r"?P<\g<1>2>", _TIME)
_ZONE = r"(?:\s*(?P<zone>utc|gmt|eet|eest|msk|cet|cest)(?P<shift>[+-]\d{1,2})?)?"
_GAP = rf"{_OF_YEAR}\s*(?:[,|•·-]|–|—)?\s*(?:о|об|в|at|@)?\s*"
# "18:02, 13 June 2026"; "10.15 12 May" may be two figures and a day.
_TIME_FIRST = rf"(?:(?<![\d:.]){_TIME.replace('[:.]', ':', 1).replace('>', '3>')}\s*(?:[,|•·-]|–|—)?\s*)?"
_PROSE = re.compile(
    rf"{_TIME_FIRST}(?:{_WEEKDAY})?(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|{_MONTH.replace('month>', 'month2>')}\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?)(?!\d)"
    rf"{_WEEKDAY_AFTER}(?:{_GAP}{_TIME}{_ZONE})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?:{_TIME_BEFORE}"
    r"\s*(?:[,|•·-]|–|—)?\s*)?(?<![\d-])(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep)(?P<year>20\d\d|19\d\d)(?![\d-])"
    rf"(?:{_GAP}{_TIME}{_ZONE})?",
    re.IGNORECASE,
)
# "14:05, 17.07.18": two figures are a year only beside a time of day.
_SHORT_YEAR = r"(?<![\d.])(?P<day>[0-3]\d)\.(?P<month>[01]\d)\.(?P<year>\d\d)(?![\d.])"
_NUMERIC_SHORT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"(?<!\d){_TIME},?\s*(?:[|•·-]|–|—)?\s*{_SHORT_YEAR}", rf"{_SHORT_YEAR}{_GAP}{_TIME}(?!\d)")
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)"
    r"(?:[T ]+(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?(?!\d)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"^(?:сьогодні|вчора|сегодня|вчера|today|yesterday|\d{1,2}\s+(?:хвилин\w*|годин\w*|минут\w*|час\w*|minutes?|hours?)"
    r"\s+(?:тому|назад|ago))(?:,?\s*(?:о|об|в|at)?\s*\d{1,2}:\d{2})?$",
    re.IGNORECASE,
)
_SHIFTS = {"utc": 0, "gmt": 0, "eet": 2, "eest": 3, "msk": 3, "cet": 1, "cest": 2}
_NOON = 12
_LATEST_MONTH = 12
_CENTURY, _SHORT_FIGURES = 2000, 2
_YEARS = range(1900, 2100)  # as the other patterns have them: at the ends of the calendar a moment has no UTC
_FARTHEST_OFFSET = timedelta(hours=14)
_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with its offset, how exactly it is known, and where in the searched text it stood (code points)."""

    at: datetime
    precision: TimePrecision
    start: int = 0
    end: int = 0


def _zoned(
    parts: tuple[int, int, int, int, int, int], zone: ZoneInfo, offset: timedelta | None = None
) -> datetime | None:
    try:
        naive = datetime(*parts, tzinfo=UTC)
    except ValueError:
        return None
    if offset is None:
        return naive.replace(tzinfo=zone)
    shifted = naive - offset
    # UTC is what machines write; a moment said in UTC is told in the outlet's own time, any other offset is kept.
    return shifted.astimezone(zone) if not offset else shifted.astimezone(_fixed(offset, zone, shifted))


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """A moment in another zone, or None for one at the very end of the calendar, which has no day there."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return None


def _fixed(offset: timedelta, zone: ZoneInfo, moment: datetime) -> tzinfo:
    local = moment.astimezone(zone)
    return zone if local.utcoffset() == offset else timezone(offset)


def iso_moment(text: str, zone: ZoneInfo) -> Moment | None:
    """A moment written the ISO way (tolerating blanks, missing seconds and unpadded parts), or None."""
    found = _ISO.search(text)
    if not found:
        return None
    get = found.group
    offset: timedelta | None = None
    if get("offset"):
        raw = get("offset").upper()
        if raw in {"Z", "UTC", "GMT"}:
            offset = timedelta(0)
        else:
            digits = raw[1:].replace(":", "").ljust(4, "0")
            offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if raw[0] == "-" else 1)
        if abs(offset) > _FARTHEST_OFFSET:
            return None
    parts = (int(get("year")), int(get("month")), int(get("day")),
             int(get("hour") or 0), int(get("minute") or 0), int(get("second") or 0))  # fmt: skip
    moment = _zoned(parts, zone, offset if get("hour") else None)
    if moment is None:
        return None
    precision = TimePrecision.DAY
    if get("hour"):
        precision = TimePrecision.SECOND if get("second") else TimePrecision.MINUTE
    return Moment(moment, precision, found.start(), found.end())


def _from_match(found: re.Match[str], zone: ZoneInfo, today: date | None) -> Moment | None:
    given = found.groupdict()

    def part(name: str) -> str | None:
        return given.get(name) or given.get(f"{name}2") or given.get(f"{name}3")

    month_text = (part("month") or "").lower()
    month = int(month_text) if month_text.isdigit() else _month_of(month_text)
    day, hour = int(part("day") or 0), part("hour")
    if given.get("sep") == "/" and day <= _LATEST_MONTH and month != day:
        return None  # 06/01 is January in one country and June in another
    hours = int(hour or 0)
    half = (part("half") or "").lower()
    if half and hours <= _NOON:
        hours = hours % _NOON + (_NOON if half == "p" else 0)
    figures = part("year")
    year = int(figures) if figures else _year_for(month, day, today)
    if figures and len(figures) == _SHORT_FIGURES:
        year += _CENTURY
    if year not in _YEARS:
        return None
    zone_name = (given.get("zone") or "").lower()
    offset = timedelta(hours=_SHIFTS[zone_name] + int(given.get("shift") or 0)) if zone_name else None
    if offset is not None and abs(offset) > _FARTHEST_OFFSET:
        return None
    moment = _zoned((year, month, day, hours, int(part("minute") or 0), int(part("second") or 0)), zone, offset)
    if moment is None:
        return None
    precision = TimePrecision.DAY if hour is None else TimePrecision.MINUTE
    return Moment(moment, precision, found.start(), found.end())


def _month_of(name: str) -> int:
    return next((number for prefix, number in _MONTHS.items() if name.startswith(prefix)), 0)


def _year_for(month: int, day: int, today: date | None) -> int:
    # Pages leave the year out while it is the current one: the last such day not after the page was taken.
    if today is None:
        return 0
    try:
        this_year = date(today.year, month, day)
    except ValueError:
        return 0
    return today.year if this_year - today <= _TOLERANCE else today.year - 1


def visible_moment(text: str, zone: ZoneInfo, today: date | None = None) -> Moment | None:
    """The first moment written in a text, or None.

    A missing zone is `zone`; a missing year is that of `today` (the day the page was taken; None: no such dates).
    """
    best: Moment | None = iso_moment(text, zone)
    for pattern in (_PROSE, _NUMERIC, *_NUMERIC_SHORT):
        for found in pattern.finditer(text):
            moment = _from_match(found, zone, today)
            if moment:
                if best is None or moment.start < best.start:
                    best = moment
                break
    return best


def relative_moment(text: str, zone: ZoneInfo, fetched_at: datetime | None) -> Moment | None:
    """A moment told from the time the page was taken ("вчора, 10:11"), or None; needs `fetched_at`."""
    wording = text.strip()
    if fetched_at is None or not _RELATIVE.match(wording) or (taken := in_zone(fetched_at, zone)) is None:
        return None
    base = taken.replace(tzinfo=None)
    found = dateparser.parse(
        wording, languages=["uk", "ru", "en"], settings={"RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    )
    if found is None:
        return None
    precision = TimePrecision.MINUTE if ":" in wording else TimePrecision.DAY
    if precision is TimePrecision.DAY:
        found = found.replace(hour=0, minute=0, second=0, microsecond=0)
    return Moment(found.replace(tzinfo=zone), precision, 0, len(text))


def is_relative(text: str) -> bool:
    """Whether a line is nothing but a moment told from now."""
    return _RELATIVE.match(text.strip()) is not None
