"""Days a sentence names by what the text told before it: "the next day", "on the 24th", "a week earlier"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from flows.steps.claims.day_words import ORDINALS, WORDS, DayWords
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.date_words import MONTHS
from flows.steps.dates import EventDay, find_days, number_of
from flows.steps.lemmas import morphology
from storage.terms import EventPrecision, Language

_REACH = 6
_DEEP = 3
"""How many days may lean on each other: "on Monday … the next day … the day after"."""
_WEEK = 7
_BESIDE = 3
_OPENING = 2
_FEW_WEEKS = 2
"""More weeks than these are counted roughly: "six weeks later" is no day."""
_YEARS_SINCE = {
    "en": re.compile(
        r"\b(an?|one|two|three|four) years? (?:(?:had|has|have) )?(?:(?:gone by|passed|elapsed) )?since\b"
    ),
    "uk": re.compile(r"(?<!\w)(рік|роки|два роки|три роки)(?: \w+)? відколи(?!\w)"),
    "ru": re.compile(r"(?<!\w)(год|два года|три года)(?: \w+)? с тех пор(?!\w)"),
}
_YEARS = {"a": 1, "an": 1, "one": 1, "рік": 1, "год": 1, "three": 3, "три роки": 3, "три года": 3, "four": 4}
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w'-]*)")
_INVASION = (2022, 2, 24)
_INDEPENDENCE = (8, 24)
_NEAR_HOLIDAY = timedelta(days=7)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ENDS_IN_YEAR = re.compile(
    r"(?<![\d-])((?:19|20)\d\d)(?:-?(?:го|й|му|м|ого))?(?: (?:рік|року|році|год|года|году))?[.:;\u2014 -]*$"
)
_HOURS = re.compile(r"hour|minute|годин|хвилин|час|минут|moment|момент")
_SHORT = 8
"""A sentence of no more words heads what follows."""
_TODAY = frozenset({"today", "tonight", "this morning", "this evening", "сьогодні", "сегодня"})
_SHIFTS = {"same": 0, "next": 1, "eve": -1, "prev": -1, "clock": 0}


def days_of(text: ToldText, here: ToldSentence) -> tuple[EventDay, ...]:
    """Days the sentence names, in order, those included that lean on a day told in it or a few sentences before."""
    return _days(text, here.number, 0)


@lru_cache(maxsize=256)
def _days(text: ToldText, number: int, depth: int) -> tuple[EventDay, ...]:
    here = text.sentences[number]
    own = find_days(here.folded, text.language, text.published_on)
    words = WORDS.get(text.language)
    if words is None or text.published_on is None:
        return own
    own = _without_quoted_today(here.folded, own)
    found = list(own) + list(_with_names(here.folded, words, text.language, text.published_on))
    for match in words.leaning.finditer(here.folded):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        if any(one.precision is EventPrecision.DAY and _is_apposition(one, match) for one in found):
            continue
        if match["clock"] and any(_is_beside(here, one, match) for one in found):
            continue
        day = _leaning(text, here, match, found, depth)
        if day is not None:
            found.append(EventDay(day, day, EventPrecision.DAY, *match.span()))
    found = [_of_headed_year(text, here, one) for one in found]
    return tuple(_years_before(one, here, text.language) for one in sorted(found, key=lambda one: one.start))


def _of_headed_year(text: ToldText, here: ToldSentence, day: EventDay) -> EventDay:
    """A day without a year just after a short sentence that ends in one: "The first: 1994. On 5 December …"."""
    if not day.is_year_guessed or not here.number or day.on_min is None or day.on_max is None:
        return day
    other = text.sentences[here.number - 1]
    year = _ENDS_IN_YEAR.search(other.folded)
    if year is None or other.view.is_headline or here.sentence.paragraph - other.sentence.paragraph > 1:
        return day
    if len(other.view.words) > _SHORT or not text.published_on or int(year.group(1)) > text.published_on.year:
        return day
    then = _date(int(year.group(1)), day.on_min.month, day.on_min.day)
    return day if then is None else replace(day, on_min=then, on_max=then, is_year_guessed=False)


def _without_quoted_today(folded: str, days: tuple[EventDay, ...]) -> tuple[EventDay, ...]:
    """Where the day of a quotation is told beside it, its "today" is that day, not the publication's."""
    if len(days) == 1 or '"' not in folded:
        return days
    quoted = [day for day in days if folded[day.start : day.end] in _TODAY and folded.count('"', 0, day.start) % 2]
    told = {day.on_min for day in days if day not in quoted and day.precision is EventPrecision.DAY}
    if len(told) != 1:
        return days
    on = told.pop()
    return tuple(replace(day, on_min=on, on_max=on) if day in quoted else day for day in days)


def _years_before(day: EventDay, here: ToldSentence, language: str) -> EventDay:
    """A day on which something is so many years past: "on Sunday a year had gone by since …"."""
    since = _YEARS_SINCE[language].search(here.folded, day.end)
    if since is None or day.precision is not EventPrecision.DAY or day.on_min is None:
        return day
    then = _date(day.on_min.year - _YEARS.get(since.group(1), 2), day.on_min.month, day.on_min.day)
    return day if then is None else replace(day, on_min=then, on_max=then)


def _with_names(folded: str, words: DayWords, language: str, published: date) -> Iterator[EventDay]:
    for match in words.named.finditer(folded):
        year, month, day = published.year, *_INDEPENDENCE
        if match["war"]:
            ordinal = next(n for n, one in enumerate(ORDINALS[language], 1) if match["war"].startswith(one))
            year, month, day = _INVASION[0] + ordinal, *_INVASION[1:]
        found = date(year, month, day)
        if match["war"] or abs(found - published) <= _NEAR_HOLIDAY:
            yield EventDay(found, found, EventPrecision.DAY, *match.span())


def _leaning(
    text: ToldText, here: ToldSentence, match: re.Match[str], found: list[EventDay], depth: int
) -> date | None:
    """The day such words stand for; None where nothing told before says."""
    if match["nth"]:
        return _nth(text, here, match, found, depth)
    if match["that_day"]:
        return _of_that_year(text, here, match, found, depth)
    count = _count(match, text.language)
    if count is None or (match["of"] and not _is_told_of_before(text, here, match)):
        return None
    is_past = bool(match["clock"]) or (bool(match["same"]) and not _looks_ahead(here))
    told = _told_before(text, here, match.start(), found, depth, is_clock=bool(match["clock"]), is_past=is_past)
    if told is not None:
        return told + timedelta(days=count)
    if match["same"]:
        return _of_the_news(text, depth) or _told_after(text, here, match, depth)
    may_be_of_the_news = match["prev"] or match["clock"] or (match["eve"] and not _is_of_a_thing(here, match, text))
    return text.published_on + timedelta(days=count) if may_be_of_the_news and text.published_on else None


def _count(match: re.Match[str], language: str) -> int | None:
    for name, days in _SHIFTS.items():
        if match[name]:
            return days
    for name, sign in (("whom", 1), ("later", 1), ("hence", 1), ("earlier", -1)):
        if match[f"{name}_days"] or match[f"{name}_weeks"]:
            number = number_of(match[name] or "", language)
            if match[f"{name}_weeks"] and number > _FEW_WEEKS:
                return None
            return sign * number * (_WEEK if match[f"{name}_weeks"] else 1)
    return None


def _told_before(
    text: ToldText,
    here: ToldSentence,
    position: int,
    found: list[EventDay],
    depth: int,
    *,
    is_clock: bool,
    is_past: bool,
) -> date | None:
    """The day told last before a place: in its sentence, else in the sentences before, of this paragraph or the last.

    "In the evening" leans on no day of its own sentence; what is past leans on no day to come.
    """
    inside = [one for one in found if one.end <= position and one.precision is EventPrecision.DAY]
    if inside and not is_clock:
        return inside[-1].on_max
    if depth >= _DEEP:
        return None
    for number in range(here.number - 1, max(-1, here.number - 1 - _REACH), -1):
        other = text.sentences[number]
        if here.sentence.paragraph - other.sentence.paragraph > 1:
            return None
        told = [one for one in _days(text, number, depth + 1) if one.precision is EventPrecision.DAY]
        if told:
            day = told[-1].on_max
            is_to_come = day is not None and text.published_on is not None and day > text.published_on
            return None if is_past and is_to_come else day
    return None


def _told_after(text: ToldText, here: ToldSentence, match: re.Match[str], depth: int) -> date | None:
    """The one past day of the sentence after, where none before names it: "on the same day … It was on Monday"."""
    if (
        depth >= _DEEP
        or here.view.is_headline
        or _HOURS.search(match.group())
        or here.number + 1 >= len(text.sentences)
    ):
        return None
    other = text.sentences[here.number + 1]
    days = [one for one in _days(text, other.number, _DEEP) if one.precision is EventPrecision.DAY]
    is_beside = other.sentence.paragraph - here.sentence.paragraph <= 1
    if len(days) != 1 or not is_beside or not text.published_on or not days[0].on_max:
        return None
    return days[0].on_max if days[0].on_max <= text.published_on else None


def _looks_ahead(here: ToldSentence) -> bool:
    cues = here.view.all_cues
    return bool(cues & {"modes.future", "modes.plan"}) or any(cue.endswith(".future") for cue in cues)


def _of_the_news(text: ToldText, depth: int) -> date | None:
    """The one day the headline and first paragraphs name: what "the same day" leans on further down."""
    if depth >= _DEEP:
        return None
    published = text.published_on
    told = {
        day.on_max
        for other in text.sentences
        if other.sentence.paragraph < _OPENING
        for day in _days(text, other.number, _DEEP)
        if day.precision is EventPrecision.DAY and day.on_max is not None
    }
    past = {day for day in told if published is None or day <= published}
    return past.pop() if len(past) == 1 else None


def _is_apposition(day: EventDay, match: re.Match[str]) -> bool:
    """Whether the day itself stands directly beside: "on the same day, 16 February"."""
    return 0 <= day.start - match.end() <= _BESIDE or 0 <= match.start() - day.end <= _BESIDE


def _is_beside(here: ToldSentence, day: EventDay, match: re.Match[str]) -> bool:
    """Whether an hour of the day stands at the day it belongs to: "увечері в суботу"."""
    first, last = sorted((here.word_at(day.start), here.word_at(match.start())))
    between = here.folded[min(day.end, match.end()) : max(day.start, match.start())]
    return day.precision is EventPrecision.DAY and last - first <= _BESIDE and "," not in between


def _is_told_of_before(text: ToldText, here: ToldSentence, match: re.Match[str]) -> bool:
    """Whether "eight days after the Croats" counts from a state the sentences just before tell of."""
    at = here.sentence.start + match.start("of")
    code = next((one.id for one in here.mentions if one.start == at and one.kind == "guarantor"), None)
    before = text.sentences[max(0, here.number - _DEEP) : here.number]
    return code is not None and any(one.id == code for other in before for one in other.mentions)


def _is_of_a_thing(here: ToldSentence, match: re.Match[str], text: ToldText) -> bool:
    """Whether a noun says the eve of what it is: "напередодні саміту"."""
    after = _NEXT_WORD.match(here.folded, match.end())
    return after is not None and _is_genitive(after.group(1), text.language)


@lru_cache(maxsize=5_000)
def _is_genitive(word: str, language: Language) -> bool:
    parses = morphology("uk" if language is Language.UK else "ru").parse(word)
    cases = {str(parse.tag.case) for parse in parses if parse.tag.POS in {"NOUN", "ADJF", "PRTF", "NPRO"}}
    return bool(cases) and "gent" in cases and "nomn" not in cases


_NO_DAY_AFTER = re.compile(
    r" (?:anniversary|floor|day|round|time|summit|session|birthday|meeting|state|country|nation|amendment|article"
    r"|parallel|minute|year|month|attempt|package|century|page|edition|congress|line|to|such|of these|of those|pact"
    r"|agreement|signature|document|member|place|parliament|legislature|sitting|deal)\b"
)


def _nth(text: ToldText, here: ToldSentence, match: re.Match[str], found: list[EventDay], depth: int) -> date | None:
    """Such a day of the month told last; else the last one up to the publication."""
    published = text.published_on
    if published is None or _NO_DAY_AFTER.match(here.folded, match.end()):
        return None
    after = _NEXT_WORD.match(here.folded, match.end())
    if text.language is not Language.EN and "числа" not in match.group():
        if after is not None and _is_genitive(after.group(1), text.language):
            return None
        if after is not None and _agrees_with_ordinal(after.group(1), text.language):
            return None
    day = int(match["nth"])
    month_before = published.replace(day=1) - timedelta(days=1)
    months = [_month_told(text, here, match.start(), found, depth), published, month_before]
    for month in months:
        one = _date(month.year, month.month, day) if month is not None else None
        if one is not None and (one <= published or month is months[0]):
            return one
    return None


@lru_cache(maxsize=5_000)
def _agrees_with_ordinal(word: str, language: Language) -> bool:
    """Whether "24-го" may be an ordinal before this noun in the genitive, whatever else the form may be."""
    parses = morphology("uk" if language is Language.UK else "ru").parse(word)
    best = parses[0].tag if parses else None
    return best is not None and best.POS in {"NOUN", "ADJF"} and str(best.case) == "gent"


def _month_told(text: ToldText, here: ToldSentence, position: int, found: list[EventDay], depth: int) -> date | None:
    inside = [one for one in found if one.end <= position and one.on_min is not None and _is_in_a_month(one)]
    if inside:
        return inside[-1].on_min
    if depth >= _DEEP:
        return None
    for number in range(here.number - 1, max(-1, here.number - 1 - _REACH), -1):
        told = [one for one in _days(text, number, depth + 1) if _is_in_a_month(one)]
        if told:
            return told[-1].on_min
    return None


def _is_in_a_month(day: EventDay) -> bool:
    if day.on_min is None or day.on_max is None:
        return False
    return (day.on_min.year, day.on_min.month) == (day.on_max.year, day.on_max.month)


def _of_that_year(
    text: ToldText, here: ToldSentence, match: re.Match[str], found: list[EventDay], depth: int
) -> date | None:
    month = next(
        number for number, form in enumerate(MONTHS[text.language], 1) if re.fullmatch(form, match["that_month"])
    )
    years = [one.on_min.year for one in found if one.end <= match.start() and one.on_min is not None]
    years = years or [int(one) for one in _YEAR.findall(here.folded, 0, match.start())]
    if not years and depth < _DEEP:
        for number in range(here.number - 1, max(-1, here.number - 1 - _REACH), -1):
            told = [one.on_min.year for one in _days(text, number, depth + 1) if one.on_min is not None]
            told = told or [int(one) for one in _YEAR.findall(text.sentences[number].folded)]
            if told:
                years = told
                break
    return _date(years[-1], month, int(match["that_day"])) if years else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
