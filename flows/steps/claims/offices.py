"""Whose office somebody held when the act was done: that of the day of the event, not of the publication."""

import re
from datetime import date, timedelta

from flows.steps.claims.days import days_of
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.dates import EventDay
from flows.steps.lexemes import Person
from flows.steps.mentions import Mention
from storage.terms import Stage

_THEN = re.compile(
    r"(?<!\w)(?:then|at the time|at that time|in those days|тодішн\w+"
    r"|тоді(?! ж)|на той час|у ті дні|тогдашн\w+|тогда(?! же)"
    r"|на тот момент|в то время|в ту пору)(?!\w)"
)
_FORMER = re.compile(r"(?<!\w)(?:former|ex|one-time|колишн\w+|екс|бывш\w+|экс)(?!\w)")
_PREMIER = re.compile(r"(?<!\w)(?:prime minister|premier|прем'єр\w*|премьер\w*)")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")
_BESIDE = 30
"""How many letters around a name say which office is meant."""


def as_of_then(text: ToldText, here: ToldSentence, mention: Mention, step: Step | None) -> Mention:
    """The country a person stood for on the day the sentence tells of; other mentions, and where unsure, as they are.

    The day named nearest to the person decides, or a year; else a "then" beside the name, or a title of the other
    office. What is said about a day ("Rutte said the 2024 text …") is no act of that day.
    """
    if mention.form != "person" or text.published_on is None:
        return mention
    name = next((one for one in here.mentions if one.kind == "person" and one.start == mention.start), None)
    person = text.lexicon.persons.get(name.id) if name is not None else None
    if person is None or len({role.country for role in person.roles}) == 1:
        return mention
    code = _of_day(text, here, mention, person, step) or _of_title(here, mention, person)
    return mention if code is None or code not in text.lexicon.guarantors else mention._replace(id=code)


def _of_day(text: ToldText, here: ToldSentence, mention: Mention, person: Person, step: Step | None) -> str | None:
    at = mention.start - here.sentence.start
    days = [(_past(one, text.published_on), one.start) for one in days_of(text, here) if one.on_min is not None]
    if days:
        day, start = min(days, key=lambda one: abs(one[1] - at))
        return None if _says_between(here, at, start) else person.country_on(day)
    year = _YEAR.search(here.folded)
    if year is not None:
        if _says_between(here, at, year.start()):
            return None
        return _of_year(person, int(year.group()))
    if step is None or step.stage is not Stage.SIGNED or not here.number:
        return None
    before = text.sentences[here.number - 1]
    if before.sentence.paragraph != here.sentence.paragraph or _says_between(here, at, len(here.folded)):
        return None
    told = {one.on_min for one in days_of(text, before) if one.on_min is not None}
    return person.country_on(told.pop()) if len(told) == 1 else None


def _past(day: EventDay, published: date | None) -> date | None:
    """The day, in the year before where its year is a guess that lies ahead."""
    if day.on_min is None or published is None or not day.is_year_guessed or day.on_min <= published:
        return day.on_min
    return day.on_min - timedelta(days=365)


def _of_year(person: Person, year: int) -> str | None:
    """The country of the one who held an office when the year began, or came to one in it."""
    held = [
        role
        for role in person.roles
        if (role.since is None or role.since.year <= year) and (role.until is None or role.until.year >= year)
    ]
    return held[0].country if held else None


def _of_title(here: ToldSentence, mention: Mention, person: Person) -> str | None:
    """The country of the office that a "then" or a title beside the name gives, where it is not today's."""
    start, end = mention.start - here.sentence.start, mention.end - here.sentence.start
    before, after = here.folded[max(0, start - _BESIDE) : start], here.folded[end : end + _BESIDE]
    beside = (
        f"{before[max(before.rfind(mark) for mark in ',.;:(') + 1 :]}|{after if after[:1] in {',', ' ', '('} else ''}"
    )
    if _FORMER.search(beside):
        return None
    is_then = bool(_THEN.search(beside))
    titled = _PREMIER.search(beside.partition("|")[0])
    others = {role.country for role in person.roles if role.country != mention.id and role.until is not None}
    if is_then and len(others) == 1:
        return others.pop()
    premiers = {role.country for role in person.roles if role.title.lower().startswith("prime minister")}
    return premiers.pop() if titled and len(premiers) == 1 else None


def _says_between(here: ToldSentence, first: int, last: int) -> bool:
    """Whether somebody says so between two places, with the day behind it: "Rutte said the text of 2024 …"."""
    if first > last:
        return False
    words = here.view.words
    return any(
        word.has("speech.say") for word in words[here.word_at(first) : here.word_at(min(last, len(here.folded) - 1))]
    ) and not any(word.has("sign.past") for word in words[here.word_at(first) : here.word_at(first) + 3])
