"""Days named in a sentence, resolved against the day the text was published (Kyiv).

Explicit dates, weekdays, relative words, months and years in English, Ukrainian and Russian. A closed set of
patterns rather than a general date parser: the offsets of the words are evidence, and a general parser reads a
day into every loose number.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.steps.date_words import (
    AFTER,
    AGO,
    BEFORE,
    DAY_UNITS,
    LAST_YEAR,
    MONTHS,
    NUMBERS,
    OF_DAYS,
    ORDINALS,
    PERIODS,
    RELATIVE,
    SEASON_LEADS,
    SEASONS,
    THAT_YEAR,
    THIS_YEAR,
    WEEK_BEFORE,
    WEEK_UNITS,
    WEEKDAYS,
)
from storage.terms import EventPrecision

_WEEK = 7
_BESIDE = 6
"""How many letters may stand between "last week" and its weekday: a comma, "on", "в"."""
_ABOUT = timedelta(days=3)
"""How far "a week ago" may be from the very day."""


@dataclass(frozen=True)
class EventDay:
    """Bounds of a named day, both inclusive, and where its words stand in the text given.

    `is_weekday_conflict`: the text names a weekday and a date that disagree; the bounds hold both.
    `is_weekday`: only a weekday stands there; it was read as the last one up to the day of publication.
    `is_year_guessed`: day and month stand there alone; the year is the likelier one.
    """

    on_min: date | None
    on_max: date | None
    precision: EventPrecision
    start: int
    end: int
    is_weekday_conflict: bool = False
    is_weekday: bool = False
    is_year_guessed: bool = False


def _month_group(language: str) -> str:
    return "|".join(f"(?P<m{number}>{pattern})" for number, pattern in enumerate(MONTHS[language], 1))


def _weekday_group(language: str) -> str:
    return "|".join(f"(?P<w{number}>{pattern})" for number, pattern in enumerate(WEEKDAYS[language]))


def _season(language: str) -> str:
    """A season with its year: "last autumn", "in the summer of 2023", "весной 2024 года"."""
    names = "|".join(f"(?P<season{number}>{names})" for number, names in enumerate(SEASONS[language]))
    year = rf"(?:,? (?:of )?(?:(?P<s_year>(?:19|20)\d\d)(?: (?:року|года))?|(?P<s_last_year>{LAST_YEAR[language]})))?"
    return rf"{SEASON_LEADS[language]}(?:{names}){year}"


def number_of(word: str, language: str) -> int:
    """The number a counting word of `NUMBERS`, or figures, stand for; an empty one is one."""
    if not word:
        return 1
    if word.isdigit():
        return int(word)
    return _index(_NUMBER_FORMS[language], word) + 1


def _pattern(language: str) -> re.Pattern[str]:
    """One pattern a language: [weekday,] day month [year] | month day[, year] | month [year] | weekday | words."""
    plain_months = "|".join(MONTHS[language])
    year = (
        rf"(?:,? (?:(?P<year>(?:19|20)\d\d)(?: (?:року|року|года|р\.|г\.))?|(?P<last>{LAST_YEAR[language]})"
        rf"|(?P<this>{THIS_YEAR[language]})))?"
    )
    month = _month_group(language)
    weekday = rf"(?:(?:{_weekday_group(language)}),? (?:the )?)?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? "
    forms = [
        r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)",
        rf"(?P<that>\d{{1,2}} (?:{plain_months}) {THAT_YEAR[language]})",
        rf"{weekday}(?:{day})(?:{month}){year}",
    ]
    if language == "en":
        # Named groups may stand once in a pattern, so the American order looks its month up by name afterwards.
        forms.append(
            rf"(?:(?P<us_weekday>{'|'.join(WEEKDAYS['en'])}),? )?(?P<us_month>{plain_months}) "
            rf"(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<us_year>(?:19|20)\d\d))?"
        )
        lead = (
            r"(?:(?:in|during|since|of|by|mid|late|early|until|end of|for)[ -](?:the )?(?:end of |mid-?|late |early )?"
            r"|(?P<m_before>last) |(?P<m_after>this) )"
        )
    else:
        lead = r"(?:[ув]|до|від|от|с|з|із|на|кін(?:ця|ці)|початку|кон(?:це|ца)|начал[еа]|середин[іе]|наприкінці) "
    forms += [
        (
            rf"{lead}(?P<month>{plain_months})(?:,? (?:(?P<m_year>(?:19|20)\d\d)(?: (?:року|года))?"
            rf"|(?P<m_last>{LAST_YEAR[language]})|(?P<m_this>{THIS_YEAR[language]})))?"
        ),
        rf"(?P<period>{'|'.join(words for words, _, _ in PERIODS[language])})",
        rf"(?P<relative>{'|'.join(RELATIVE[language])})",
        *(rf"(?P<of_day{number}>{words})" for number, (words, _) in enumerate(OF_DAYS[language])),
        (
            rf"(?:(?P<before>{BEFORE[language]}) |(?P<after>{AFTER[language]}) )?"
            rf"(?P<weekday>{'|'.join(WEEKDAYS[language])})(?P<week_before>{WEEK_BEFORE[language]})?"
        ),
        (
            rf"(?:(?P<number>\d{{1,2}}|{'|'.join(NUMBERS[language])}) )?"
            rf"(?:(?P<days>{DAY_UNITS[language]})|(?P<weeks>{WEEK_UNITS[language]})) (?:{AGO[language]})"
        ),
        _season(language),
        (
            rf"(?:the )?(?P<worded>{'|'.join(sorted(ORDINALS[language], key=len, reverse=True))})(?: day)?(?: of)? "
            rf"(?P<w_month>{plain_months})(?:,? (?P<w_year>(?:19|20)\d\d))?"
        ),
        r"(?P<nth>\d{1,2})-(?:го|ого) числа",
        r"(?:in|since|у|в|з|с) (?P<only_year>(?:19|20)\d\d)(?: (?:році|року|году|года))?(?![\d-])",
    ]
    return re.compile(r"(?<![\w.])(?:" + "|".join(forms) + r")(?!\w)")


def _hint(language: str) -> re.Pattern[str]:
    """What every form of a day holds some word of: a quick look, since each alternative begins with a plain letter."""
    adjectives = ("сьогоднішн", "сегодняшн", "чорашн", "вчерашн", "завтрашн")
    words = (
        *adjectives,
        *MONTHS[language],
        *WEEKDAYS[language],
        *RELATIVE[language],
        *SEASONS[language],
        AGO[language],
    )
    return re.compile("|".join((*words, *(words for words, _, _ in PERIODS[language]), "19", "20", "числа")))


_HINTS = {language: _hint(language) for language in MONTHS}
_PATTERNS = {language: _pattern(language) for language in MONTHS}
_MONTH_FORMS = {language: tuple(re.compile(form) for form in forms) for language, forms in MONTHS.items()}
_NUMBER_FORMS = {language: tuple(re.compile(form) for form in forms) for language, forms in NUMBERS.items()}
_WEEKDAY_FORMS = {language: tuple(re.compile(form) for form in forms) for language, forms in WEEKDAYS.items()}


def find_days(folded: str, language: str, published_on: date | None) -> tuple[EventDay, ...]:
    """Days named in a folded text (`flows.steps.text.fold`), in order, with offsets into it.

    Impossible dates (31.02) are left out.

    Without a day of publication only dates with their year are resolved. A day and month without a year is the
    nearest such day to the publication, one to come counting as twice as far.
    Languages other than en, uk and ru give nothing.
    """
    pattern = _PATTERNS.get(language)
    if pattern is None or not _HINTS[language].search(folded):
        return ()
    found = [day for match in pattern.finditer(folded) for day in _resolved(match, language, published_on)]
    return tuple(_in_week_before(day, found[number - 1] if number else None) for number, day in enumerate(found))


def _in_week_before(day: EventDay, previous: EventDay | None) -> EventDay:
    """A weekday just after a week: "last week, on Thursday"."""
    if not day.is_weekday or day.on_min is None or previous is None or previous.on_min is None or not previous.on_max:
        return day
    is_week = previous.on_max - previous.on_min == timedelta(days=_WEEK - 1) and not previous.on_min.weekday()
    if not is_week or day.start - previous.end > _BESIDE:
        return day
    inside = previous.on_min + timedelta(days=day.on_min.weekday())
    return replace(day, on_min=inside, on_max=inside, is_weekday=False)


def next_weekday(day: EventDay, published_on: date | None) -> EventDay:
    """A bare weekday of something yet to come: the first one after the publication; other days as they are."""
    if not day.is_weekday or day.on_min is None or published_on is None or day.on_min > published_on:
        return day
    ahead = day.on_min + timedelta(days=_WEEK)
    return replace(day, on_min=ahead, on_max=ahead)


def _resolved(match: re.Match[str], language: str, published_on: date | None) -> Iterator[EventDay]:  # noqa: C901, PLR0912 - one branch a form
    found = match.groupdict()
    start, end = match.span()
    if found["iso"] or found["dotted"]:
        yield from _one_day(_numeric(found), start, end)
    elif found["that"]:
        return  # a year that another sentence names
    elif found["day"]:
        month = next(number for number in range(1, 13) if found[f"m{number}"])
        weekday = next((number for number in range(_WEEK) if found[f"w{number}"]), None)
        year = _year(found["year"], found["last"], found["this"], published_on)
        for one in _checked(_dated(int(found["day"]), month, year, published_on), weekday, start, end):
            yield replace(one, is_year_guessed=year is None)
    elif found["worded"]:
        day = ORDINALS[language].index(found["worded"]) + 1
        month = _index(_MONTH_FORMS[language], found["w_month"]) + 1
        year = _year(found["w_year"], None, None, published_on)
        for one in _one_day(_dated(day, month, year, published_on), start, end):
            yield replace(one, is_year_guessed=year is None)
    elif found["nth"] and published_on is not None:
        yield from _one_day(_last_nth(int(found["nth"]), published_on), start, end)
    elif found.get("us_day"):
        month = _index(_MONTH_FORMS[language], found["us_month"]) + 1
        weekday = _index(_WEEKDAY_FORMS[language], found["us_weekday"]) if found["us_weekday"] else None
        year = _year(found["us_year"], None, None, published_on)
        for one in _checked(_dated(int(found["us_day"]), month, year, published_on), weekday, start, end):
            yield replace(one, is_year_guessed=year is None)
    elif found["month"]:
        month = _index(_MONTH_FORMS[language], found["month"]) + 1
        year = _year(found["m_year"], found["m_last"], found["m_this"], published_on)
        if year is None and published_on is not None and (found.get("m_before") or found.get("m_after")):
            year = published_on.year
            if found.get("m_before") and month >= published_on.month:
                year -= 1
        yield from _month(month, year, published_on, start, end)
    elif found["only_year"]:
        year = int(found["only_year"])
        yield EventDay(date(year, 1, 1), date(year, 12, 31), EventPrecision.YEAR, start, end)
    elif published_on is not None:
        yield from _relative(found, language, published_on, start, end)


def _relative(  # noqa: C901 - one branch a form
    found: dict[str, str | None], language: str, published_on: date, start: int, end: int
) -> Iterator[EventDay]:
    if found["period"]:
        unit, count = next((unit, n) for words, unit, n in PERIODS[language] if words == found["period"])
        yield _period(unit, count, published_on, start, end)
    elif found["relative"]:
        yield from _one_day(published_on + timedelta(days=RELATIVE[language][found["relative"]]), start, end)
    elif any(found[f"of_day{number}"] for number in range(len(OF_DAYS[language]))):
        days = next(n for number, (_, n) in enumerate(OF_DAYS[language]) if found[f"of_day{number}"])
        yield from _one_day(published_on + timedelta(days=days), start, end)
    elif found["weekday"]:
        weekday = _index(_WEEKDAY_FORMS[language], found["weekday"])
        back = (published_on.weekday() - weekday) % _WEEK
        is_sure = bool(found["week_before"] or found["after"])
        if found["week_before"]:
            back = published_on.weekday() - weekday + _WEEK
        elif found["after"] or (found["before"] and not back):
            back += -_WEEK if found["after"] else _WEEK
        for day in _one_day(published_on - timedelta(days=back), start, end):
            yield replace(day, is_weekday=not is_sure)
    elif found["days"] or found["weeks"]:
        count = number_of(found["number"] or "", language)
        if found["days"]:
            yield from _one_day(published_on - timedelta(days=count), start, end)
        else:
            then = published_on - timedelta(days=count * _WEEK)
            yield EventDay(then - _ABOUT, then + _ABOUT, EventPrecision.MONTH, start, end)
    elif any(found[f"season{number}"] for number in range(4)):
        yield _in_season(found, published_on, start, end)


def _in_season(found: dict[str, str | None], published_on: date, start: int, end: int) -> EventDay:
    """The season named, of its year; without one the last that has begun, or with "last" has ended."""
    month = 3 * next(number for number in range(4) if found[f"season{number}"]) + 3
    year = _year(found["s_year"], found["s_last_year"], None, published_on)
    if year is None:
        year = published_on.year - (date(published_on.year, month, 1) > published_on)
        if found["s_last"] and published_on <= _season_end(year, month):
            year -= 1
    return EventDay(date(year, month, 1), _season_end(year, month), EventPrecision.MONTH, start, end)


def _season_end(year: int, month: int) -> date:
    year, month = (year + 1, 2) if month == 12 else (year, month + 2)  # noqa: PLR2004 - winter begins in December
    return date(year, month, monthrange(year, month)[1])


def _index(forms: tuple[re.Pattern[str], ...], word: str | None) -> int:
    return next(number for number, form in enumerate(forms) if word is not None and form.fullmatch(word))


def _numeric(found: dict[str, str | None]) -> date | None:
    if iso := found["iso"]:
        year, month, day = (int(part) for part in iso.split("-"))
    else:
        day, month, year = (int(part) for part in (found["dotted"] or "").split("."))
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(year: str | None, last: str | None, this: str | None, published_on: date | None) -> int | None:
    if year:
        return int(year)
    if published_on and last:
        return published_on.year - 1
    return published_on.year if published_on and this else None


def _dated(day: int, month: int, year: int | None, published_on: date | None) -> date | None:
    if year is not None:
        return _date(year, month, day)
    if published_on is None:
        return None
    near = [_date(published_on.year + step, month, day) for step in (-1, 0, 1)]
    return min((one for one in near if one), key=lambda one: _distance(one, published_on), default=None)


def _last_nth(day: int, published_on: date) -> date | None:
    """The last such day of a month, up to the day of publication."""
    first = published_on.replace(day=1)
    for month in (first, (first - timedelta(days=1)).replace(day=1)):
        found = _date(month.year, month.month, day)
        if found is not None and found <= published_on:
            return found
    return None


def _distance(day: date, published_on: date) -> int:
    """News looks back more often than ahead: a day to come counts as twice as far."""
    days = (day - published_on).days
    return days * 2 if days > 0 else -days


def _one_day(day: date | None, start: int, end: int) -> Iterator[EventDay]:
    if day is not None:
        yield EventDay(day, day, EventPrecision.DAY, start, end)


def _checked(day: date | None, weekday: int | None, start: int, end: int) -> Iterator[EventDay]:
    for one in _one_day(day, start, end):
        if day is None or weekday is None or day.weekday() == weekday:
            yield one
            continue
        other = day + timedelta(days=(weekday - day.weekday() + 3) % _WEEK - 3)
        yield replace(one, on_min=min(day, other), on_max=max(day, other), is_weekday_conflict=True)


def _month(month: int, year: int | None, published_on: date | None, start: int, end: int) -> Iterator[EventDay]:
    if year is None:
        if published_on is None:
            return
        middle = [date(published_on.year + step, month, 15) for step in (-1, 0, 1)]
        year = min(middle, key=lambda one: _distance(one, published_on)).year
    last = monthrange(year, month)[1]
    yield EventDay(date(year, month, 1), date(year, month, last), EventPrecision.MONTH, start, end)


def _period(unit: str, count: int, published_on: date, start: int, end: int) -> EventDay:
    if unit == "week":
        monday = published_on - timedelta(days=published_on.weekday()) + timedelta(days=_WEEK * count)
        return EventDay(monday, monday + timedelta(days=_WEEK - 1), EventPrecision.MONTH, start, end)
    if unit == "month":
        months = published_on.year * 12 + published_on.month - 1 + count
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return EventDay(date(year, month + 1, 1), date(year, month + 1, last), EventPrecision.MONTH, start, end)
    year = published_on.year + count
    return EventDay(date(year, 1, 1), date(year, 12, 31), EventPrecision.YEAR, start, end)
