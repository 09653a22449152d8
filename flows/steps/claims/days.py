"""Days a sentence names by what the text told before it: "the next day", "on the 24th", "a week earlier"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.date_words import DAY_UNITS, MONTHS, NUMBERS, THAT_YEAR, WEEK_UNITS
from flows.steps.dates import EventDay, find_days, number_of
from flows.steps.lemmas import morphology
from storage.terms import EventPrecision, Language

_REACH = 6
_DEEP = 3
"""How many days may lean on each other: "on Monday … the next day … the day after"."""
_WEEK = 7
_BESIDE = 3
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
_SHIFTS = {"same": 0, "next": 1, "eve": -1, "prev": -1, "clock": 0}


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of one language: what leans on a day told before, and days with a name of their own."""

    leaning: re.Pattern[str]
    named: re.Pattern[str]


_SAME = {
    "en": (
        r"(?:on )?(?:the|that)(?: very)? same (?:day|evening|afternoon|morning|night)|on that day"
        r"|(?:later )?that (?:day|evening|afternoon|morning|night)"
    ),
    "uk": (
        r"(?:того|цього) (?:ж|же|самого)(?: таки)? (?:дня|вечора|ранку)|(?:у|в) той (?:же|самий) (?:день|вечір)|тоді ж"
        r"|того (?:дня|вечора)"
    ),
    "ru": (
        r"в (?:тот|этот) же (?:день|вечер)|(?:того|этого) же дня|т[ое]м же (?:вечером|утром|днем)|тогда же"
        r"|в тот (?:день|вечер)"
    ),
}
_NEXT = {
    "en": (
        r"the (?:next|following) (?:day|morning|evening|afternoon|night)|(?:a|one) day (?:later|on)"
        r"|the day after(?=[,.;]|$)"
    ),
    "uk": (
        r"(?:наступного|другого) (?:дня|ранку|вечора)|назавтра|день по тому|днем пізніше"
        r"|(?:через|за) (?:день|добу)(?! до)"
    ),
    "ru": (
        r"на (?:следующий|другой) (?:день|вечер)|на следующее утро|назавтра|(?:через|спустя) (?:день|сутки)"
        r"|(?:день|сутки) спустя|днем (?:позже|позднее)"
    ),
}
_PREV = {
    "en": (
        r"(?:a|one|the) day (?:earlier|previously)|the previous (?:day|evening|night)"
        r"|the (?:day|evening) before(?=[,.;]|$)"
    ),
    "uk": r"днем раніше|за (?:день|добу) до (?:того|цього)|попереднього (?:дня|вечора)",
    "ru": r"днем (?:ранее|раньше)|за (?:день|сутки) до (?:этого|того)|в предыдущий (?:день|вечер)",
}
_EVE = {"en": r"(?!)", "uk": r"напередодні", "ru": r"накануне"}
_CLOCK = {
    "en": (
        r"in the (?:evening|morning|afternoon)|at (?:dawn|noon|midnight)"
        r"|at an? (?:early )?(?:morning|evening) (?:session|sitting|meeting)"
    ),
    "uk": r"(?:вранці|уранці|увечері|ввечері|опівдні)|на (?:ранковому|вечірньому) засіданні",
    "ru": r"(?:утром|вечером|в полдень)|на (?:утреннем|вечернем) заседании",
}
_LATER = {"en": " (?:later|afterwards)", "uk": " (?:потому|по тому|пізніше)", "ru": " (?:спустя|позже|позднее)"}
_IN = {"en": r"(?!)", "uk": "через ", "ru": "(?:через|спустя) "}
_EARLIER = {
    "en": " (?:earlier|previously|beforehand)",
    "uk": " (?:раніше|до (?:того|цього))",
    "ru": " (?:ранее|раньше|до (?:этого|того))",
}
_WEEK_ALONE = {"en": r"(?!)", "uk": r"тижнем", "ru": r"неделей"}
_AFTER = {"en": r" after (?:the )?", "uk": r" після ", "ru": r" после "}
_NTH = {
    "en": r"(?:on|of) the (?P<nth>\d{1,2})(?:st|nd|rd|th)",
    "uk": r"(?P<nth>\d{1,2})-(?:го|ого|те)(?: числа)?",
    "ru": r"(?P<nth>\d{1,2})-(?:го|ого|е)(?: числа)?",
}
_DATE_OF_THAT_YEAR = {
    language: rf"(?P<that_day>\d{{1,2}}) (?P<that_month>{'|'.join(months)}) (?:{THAT_YEAR[language]})"
    for language, months in MONTHS.items()
}
_ORDINALS = {
    "en": ("first", "second", "third", "fourth", "fifth"),
    "uk": ("перш", "друг", "трет", "четверт", "п'ят"),
    "ru": ("перв", "втор", "трет", "четверт", "пят"),
}
_ANNIVERSARY = {
    "en": r"({}) anniversary of (?:the |russia's )?(?:(?:full-scale|russian|large-scale) )*(?:invasion|war)",
    "uk": (
        r"({})\w* (?:річниц\w+|роковин\w*) (?:(?:повномасштабн|широкомасштабн|російськ)\w+ )*"
        r"(?:вторгненн|війн|агресі)\w+"
    ),
    "ru": r"({})\w* годовщин\w+ (?:(?:полномасштабн|широкомасштабн|российск)\w+ )*(?:вторжени|войн|агресси)\w+",
}
_HOLIDAY = {"en": r"independence day", "uk": r"(?:день|дня|дні) незалежності", "ru": r"(?:день|дня) независимости"}


def _words(language: str) -> _Words:
    number = rf"(?:(?P<{{0}}>\d{{{{1,2}}}}|{'|'.join(NUMBERS[language])}) )"
    unit = rf"(?:(?P<{{0}}_days>{DAY_UNITS[language]})|(?P<{{0}}_weeks>{WEEK_UNITS[language]}|{_WEEK_ALONE[language]}))"
    must = "" if language == "en" else "?"

    def counted(name: str, before: str, after: str) -> str:
        return f"{before}{number.format(name)}{must}{unit.format(name)}{after}"

    forms = [
        f"(?P<same>{_SAME[language]})",
        f"(?P<next>{_NEXT[language]})",
        f"(?P<prev>{_PREV[language]})",
        f"(?P<eve>{_EVE[language]})(?! \\d)",
        _DATE_OF_THAT_YEAR[language],
        counted("whom", "", _AFTER[language] + r"(?P<of>[^\W\d_]+)"),
        counted("earlier", "(?:за )?" if language != "en" else "", _EARLIER[language]),
        counted("later", "", _LATER[language]),
        counted("hence", _IN[language], ""),
        _NTH[language],
        f"(?P<clock>{_CLOCK[language]})",
    ]
    anniversary = _ANNIVERSARY[language].format("|".join(_ORDINALS[language]))
    return _Words(
        re.compile(rf"(?<![\w.-])(?:{'|'.join(forms)})(?![\w-])"),
        re.compile(rf"(?<!\w)(?:(?P<war>{anniversary})|(?P<holiday>{_HOLIDAY[language]}))(?!\w)"),
    )


_WORDS: Mapping[str, _Words] = {language: _words(language) for language in MONTHS}


def days_of(text: ToldText, here: ToldSentence) -> tuple[EventDay, ...]:
    """Days the sentence names, in order, those included that lean on a day told in it or a few sentences before."""
    return _days(text, here.number, 0)


@lru_cache(maxsize=256)
def _days(text: ToldText, number: int, depth: int) -> tuple[EventDay, ...]:
    here = text.sentences[number]
    own = find_days(here.folded, text.language, text.published_on)
    words = _WORDS.get(text.language)
    if words is None or text.published_on is None:
        return own
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
    return tuple(_years_before(one, here, text.language) for one in sorted(found, key=lambda one: one.start))


def _years_before(day: EventDay, here: ToldSentence, language: str) -> EventDay:
    """A day on which something is so many years past: "on Sunday a year had gone by since …"."""
    since = _YEARS_SINCE[language].search(here.folded, day.end)
    if since is None or day.precision is not EventPrecision.DAY or day.on_min is None:
        return day
    then = _date(day.on_min.year - _YEARS.get(since.group(1), 2), day.on_min.month, day.on_min.day)
    return day if then is None else replace(day, on_min=then, on_max=then)


def _with_names(folded: str, words: _Words, language: str, published: date) -> Iterator[EventDay]:
    for match in words.named.finditer(folded):
        year, month, day = published.year, *_INDEPENDENCE
        if match["war"]:
            ordinal = next(n for n, one in enumerate(_ORDINALS[language], 1) if match["war"].startswith(one))
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
    told = _told_before(text, here, match.start(), found, depth, is_clock=bool(match["clock"]))
    if told is not None:
        return told + timedelta(days=count)
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
    text: ToldText, here: ToldSentence, position: int, found: list[EventDay], depth: int, *, is_clock: bool
) -> date | None:
    """The day told last before a place: in its sentence, else in the sentences before, of this paragraph or the last.

    "In the evening" leans on no day of its own sentence, and on none to come.
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
            return None if is_clock and is_to_come else day
    return None


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
    if not years and depth < _DEEP:
        for number in range(here.number - 1, max(-1, here.number - 1 - _REACH), -1):
            told = [one.on_min.year for one in _days(text, number, depth + 1) if one.on_min is not None]
            told = told or [
                int(one) for one in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text.sentences[number].folded)
            ]
            if told:
                years = told
                break
    return _date(years[-1], month, int(match["that_day"])) if years else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
