"""Patterns of the words that lean on a day told before ("the next day", "on the 24th") and of days with a name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.steps.date_words import DAY_UNITS, MONTHS, NUMBERS, THAT_YEAR, WEEK_UNITS


@dataclass(frozen=True, slots=True)
class DayWords:
    """Patterns of one language: what leans on a day told before, and days with a name of their own."""

    leaning: re.Pattern[str]
    named: re.Pattern[str]


_SAME = {
    "en": (
        r"(?:on )?(?:the|that)(?: very)? same (?:day|evening|afternoon|morning|night)|on that day"
        r"|(?:later )?that (?:day|evening|afternoon|morning|night)"
        r"|(?:(?:an?|one|two|three|some|several|a few|a couple of"
        r"|half an) )?(?:hours?|minutes) (?:later|earlier|afterwards|before)"
        r"|(?:at the same (?:time|table|ceremony|session)|simultaneously|together) (?:as|with) (?:them|him|her|it)"
        r"|(?:from the moment of|at the moment of|immediately (?:up)?on"
        r"|at once,? (?:up)?on) (?:its |the )?(?:signing|signature)"
    ),
    "uk": (
        r"(?:того|цього) (?:ж|же|самого)(?: таки)? (?:дня|вечора|ранку)|(?:у|в) той (?:же|самий) (?:день|вечір)|тоді ж"
        r"|того (?:дня|вечора)"
        r"|(?:(?:дв[ао]ма|трьома|кількома|півтори|пів) )?(?:годин(?:ою|ами|и)|хвилинами|півгодини) (?:раніше|пізніше)"
        r"|за (?:(?:дві|три|кілька|пів) )?(?:годин[уи]?|хвилин) (?:до"
        r"|після) (?:того|цього)|через (?:(?:дві|три|кілька) )?годин[уи]?"
        r"|(?:одночасно|водночас|разом) (?:з|із) (?:ними|ним|нею|цим)"
        r"|з моменту (?:його |її )?підписання"
    ),
    "ru": (
        r"в (?:тот|этот) же (?:день|вечер)|(?:того|этого) же дня|т[ое]м же (?:вечером|утром|днем)|тогда же"
        r"|в тот (?:день|вечер)"
        r"|(?:(?:двумя|тремя|несколькими|полутора) )?(?:часом|часами|минутами|получасом) (?:ранее|раньше|позже|позднее)"
        r"|за (?:(?:два|три|несколько|пол) ?)?(?:часа?|часов|минут) до (?:этого"
        r"|того)|(?:через|спустя) (?:(?:два|три|несколько) )?(?:часа?|часов)"
        r"|(?:одновременно|вместе) с (?:ними|ним|ней|этим)"
        r"|с момента (?:его )?подписания"
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
ORDINALS = {
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


def _words(language: str) -> DayWords:
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
    anniversary = _ANNIVERSARY[language].format("|".join(ORDINALS[language]))
    return DayWords(
        re.compile(rf"(?<![\w.-])(?:{'|'.join(forms)})(?![\w-])"),
        re.compile(rf"(?<!\w)(?:(?P<war>{anniversary})|(?P<holiday>{_HOLIDAY[language]}))(?!\w)"),
    )


WORDS: Mapping[str, DayWords] = {language: _words(language) for language in MONTHS}
