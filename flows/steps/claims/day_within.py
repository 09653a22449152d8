"""Which of the days a sentence names is the day of one act in it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.steps.claims.cues import Word
from flows.steps.claims.named import Actor
from flows.steps.claims.segments import CONJUNCTIONS, is_verb, part_at, parts_of
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step
from flows.steps.dates import EventDay
from storage.terms import EventPrecision, Language, Stage

_STOPS = frozenset(",;:")
DONE_BY_SAYING = frozenset(
    {Stage.SIGNING_ANNOUNCED, Stage.TALKS_ANNOUNCED, Stage.PROPOSED, Stage.BLOCKED, Stage.COMMITMENT}
)
"""Steps taken by saying so: the day they are said is their day."""
_KNOWN_BY_SAYING = DONE_BY_SAYING | {Stage.TEXT_AGREED, Stage.NEGOTIATING, Stage.JOINED_DECLARATION}
"""Steps nobody sees: the day they are told of is as near as one comes."""
_SAID_BEFORE = 6
_SAID_AFTER = 4
_SAYING = frozenset(
    {"repeated", "reiterated", "insisted", "promised", "повторив", "повторила", "повторил", "повторили"}
)
_NOTICE = re.compile(
    r"(?:notified|informed|повідоми\w+|сповісти\w+|уведоми\w+|известил\w*|сообщил\w*|извещ\w+) (?:\w+ )?(?:the )?"
    r"(?:congress|parliament|kyiv|ukraine|partners?|depositary|конгрес\w*|парламент\w*|ки[їе]в\w*|укра[їи]н\w*|партнер\w*)"
)
"""A treaty is left by notice to those concerned: the day of the notice is its day."""
_LEAP_DAY = (2, 29)
_SOON = timedelta(days=10)
"""How far ahead a day without a year may lie and still be one planned."""
_WHEN = frozenset({"when", "коли", "когда"})
_TWO = 2
_LIMITS = frozenset({"until", "till", "through", "before", "not", "до", "перед", "не"})
"""What stands before a day that is not the day: up to which something holds, or which a correction takes back."""
_LINKS = frozenset(
    {"on", "in", "at", "of", "the", "back", "dated", "в", "у", "во", "на", "ще", "еще", "від", "от", "late"}
)
_OF = frozenset({"of", "dated", "from", "від", "от"})
_ATTRIBUTE = {
    Language.EN: re.compile(
        r"(?:adopted|signed|concluded|agreed|approved|published|launched|reached|struck|made|issued|dated|held|passed"
        r"|sealed|announced|initialled|ratified|unveiled|proclaimed|endorsed|drafted|inked)"
    ),
    Language.UK: re.compile(r"\w+(?:ан|ен|ят|ит|ут)(?:ий|а|е|ого|ої|ому|им|ій|ою|і|их|ими|у)"),
    Language.RU: re.compile(r"\w+(?:анн|енн|ят|ит|ут)(?:ый|ая|ое|ого|ой|ому|ым|ом|ую|ые|ых|ыми)"),
}
_AGAINST = frozenset({"while", "whereas", "but", "а", "але", "натомість", "но", "зато"})
_AGAINST_IN_TWO = frozenset({("тоді", "як"), ("тогда", "как"), ("в", "то"), ("тим", "часом")})
_THAT = frozenset({"that", "що", "что"})
_DATELINE_REACH = 40


def own_days(
    text: ToldText, here: ToldSentence, step: Step, actor: Actor | None, days: Sequence[EventDay]
) -> list[EventDay]:
    """The days that may be the act's, the likeliest first.

    A day of another deed of the sentence is none: of another part of it, of the document ("the declaration adopted
    on 12 July"), of saying so (where saying is not the step), or one up to which something holds. Where several
    states each have their own day, that of the state asked for.
    """
    days = [one for one in days if not _is_of_another(text, here, step, one)]
    datelines = [one for one in days if _is_dateline(text, here, one)]
    days = [one for one in days if one not in datelines] or datelines
    if not days:
        return []
    shared = _of_actor(here, actor, days) if actor is not None else None
    if shared is not None:
        return [shared]
    if step.stage in DONE_BY_SAYING and (
        said := [one for one in days if is_said(text, here, one) and not _is_said_of_more(text, here, step, one)]
    ):
        return said
    return _of_own_part(text, here, step, actor, days)


def _of_own_part(
    text: ToldText, here: ToldSentence, step: Step, actor: Actor | None, days: Sequence[EventDay]
) -> list[EventDay]:
    """The days of the part of the sentence that tells of the act, or of one that goes on about it after a colon."""
    words = here.view.words
    parts = parts_of(text, here)
    place = part_at(parts, step.act)
    if actor is not None and actor.told_in == here.number:
        other = part_at(parts, actor.word)
        place = other if other > place and words[parts[other]].folded in CONJUNCTIONS else place
    by_part = {one: part_at(parts, here.word_at(one.start)) for one in days}
    if step.stage in DONE_BY_SAYING and (told := [one for one in days if _is_told_in(here, parts, by_part[one])]):
        return told
    own = [one for one in days if by_part[one] == place]
    if _is_set_against(words, step.clause.first):
        own = [one for one in own if here.word_at(one.start) >= step.clause.first]
    if not own and words[parts[place]].folded in _WHEN:  # "joined on 27 May, when its premier signed"
        own = [one for one in days if 0 <= parts[place] - here.word_at(one.end - 1) <= _TWO]
    if not any(one.precision is EventPrecision.DAY for one in own):
        if not _is_set_against(words, parts[place]):
            own += [one for one in days if by_part[one] != place and opens(text, here, one)]
        if step.stage in _KNOWN_BY_SAYING:
            own += [
                one
                for one in days
                if _is_told_in(here, parts, by_part[one])
                or (is_said(text, here, one) and not _is_said_of_more(text, here, step, one))
            ]
        own += [
            one for one in days if abs(by_part[one] - place) == 1 and _goes_on(here, parts, by_part[one], place, actor)
        ]
    at = here.view.starts[step.act]
    return sorted(own, key=lambda one: (one.precision is not EventPrecision.DAY, abs(one.start - at)))


def _is_set_against(words: Sequence[Word], first: int) -> bool:
    """Whether a part opens with what sets it against the one before: "… while Romania plans to sign"."""
    return words[first].folded in _AGAINST or tuple(word.folded for word in words[first : first + 2]) in _AGAINST_IN_TWO


def _is_said_of_more(text: ToldText, here: ToldSentence, step: Step, day: EventDay) -> bool:
    """Whether the day is of a saying after an "and" of its own: "talks go on, and Oslo said on Tuesday that …"."""
    parts = parts_of(text, here)
    place = part_at(parts, here.word_at(day.start))
    words = here.view.words
    if place <= part_at(parts, step.act) or words[parts[place]].folded not in CONJUNCTIONS:
        return False
    last = parts[place + 1] if place + 1 < len(parts) else len(words)
    if any(word.folded in _SAYING for word in words[parts[place] : last]):
        return False
    return any(word.folded in _THAT for word in words[here.word_at(day.start) : min(last + 1, len(words))])


def _is_told_in(here: ToldSentence, parts: Sequence[int], place: int) -> bool:
    """Whether the part of the sentence says that somebody said so, and the next one what: "said in Riga that …"."""
    words = here.view.words
    if place + 1 >= len(parts) or words[parts[place + 1]].folded in CONJUNCTIONS:
        return False
    return any(word.has("speech.say") for word in words[parts[place] : parts[place + 1]])


def _goes_on(here: ToldSentence, parts: Sequence[int], place: int, own: int, actor: Actor | None) -> bool:
    """Whether the part beside the act's is set off by a colon, semicolon or dash and names no other state."""
    words = here.view.words
    if words[parts[max(place, own)] - 1].folded not in {":", ";", "-"}:
        return False
    last = parts[place + 1] if place + 1 < len(parts) else len(words)
    inside = {one.id for one in here.mentions if one.kind == "guarantor" and parts[place] <= here.word_of(one) < last}
    return inside <= {actor.code if actor is not None else ""}


def opens(text: ToldText, here: ToldSentence, day: EventDay) -> bool:
    """Whether a day opens the sentence, before any verb: it is the day of all that is told in it."""
    words = here.view.words
    return not any(is_verb(word, text.language) for word in words[: here.word_at(day.start)])


def _is_of_another(text: ToldText, here: ToldSentence, step: Step, day: EventDay) -> bool:
    words = here.view.words
    first = here.word_at(day.start)
    before = words[first - 1].folded if first else ""
    if before in _LIMITS:
        return True
    is_notice = step.stage is Stage.ENDED and bool(_NOTICE.search(here.folded))
    if step.stage not in _KNOWN_BY_SAYING and not is_notice and is_said(text, here, day):
        return True
    if (before in _OF or words[first].folded in _OF) and step.stage is not Stage.SIGNED:
        noun = next((word for word in reversed(words[max(0, first - 2) : first]) if word.folded not in _LINKS), None)
        if noun is not None and noun.has(*DOCUMENTS):
            return True
    return is_of_attribute(text, here, first, step.act)


def is_of_attribute(text: ToldText, here: ToldSentence, first: int, act: int = -1) -> bool:
    """Whether a participle stands before the day at word `first` that is not the act at word `act`."""
    words = here.view.words
    at = next((n for n in range(first - 1, max(-1, first - 4), -1) if words[n].folded not in _LINKS), None)
    pattern = _ATTRIBUTE.get(text.language)
    if at is None or at == act or pattern is None or not pattern.fullmatch(words[at].folded):
        return False
    if text.language is not Language.EN:
        return True
    before = at - 1 if at and words[at - 1].folded != "," else at - 2
    return before >= 0 and words[before].has(*DOCUMENTS, "objects.guarantee")


def _is_dateline(text: ToldText, here: ToldSentence, day: EventDay) -> bool:
    """Whether the day stands in the line that says where and when the report was written: "OSLO, May 3 - "."""
    if day.start > _DATELINE_REACH or here.sentence.paragraph > 1 or not day.start:
        return False
    head = text.text_full[here.sentence.start : here.sentence.start + day.start].strip(" ,(")
    after = here.folded[day.end : day.end + 24]
    return bool(head) and head.split()[0].isupper() and bool(re.match(r"[^,;:]{0,12}(?:-|\u2013|\u2014|\))", after))


def _of_actor(here: ToldSentence, actor: Actor, days: Sequence[EventDay]) -> EventDay | None:
    """The day of one of several states that each have their own: "Oslo signed on Monday, Riga on Tuesday"."""
    exact = [one for one in days if one.precision is EventPrecision.DAY]
    if actor.told_in != here.number or len({one.on_min for one in exact}) <= 1:
        return None
    base = here.sentence.start
    states = sorted(
        one.start - base for one in here.mentions if one.kind == "guarantor" and one.id not in {"EU", "NATO", "G7"}
    )
    at = actor.start - base
    places = sorted(
        [(one.start, 0, one) for one in exact] + [(start, 1, None) for start in states], key=lambda p: p[:2]
    )
    is_day_first = places[0][1] == 0
    groups = _in_groups([place[1] for place in places], lead=0 if is_day_first else 1)
    if len(groups) <= 1:
        return None
    for low, high in groups:
        members = places[low:high]
        if any(kind == 1 and start == at for start, kind, _ in members):
            found = [one for _, kind, one in members if kind == 0 and one is not None]
            return found[0] if len(found) == 1 else None
    return None


def _in_groups(kinds: Sequence[int], lead: int) -> list[tuple[int, int]]:
    """Stretches of places that begin with those of kind `lead` and hold the others that follow."""
    begins = [n for n, kind in enumerate(kinds) if kind == lead and (not n or kinds[n - 1] != lead)]
    return list(zip(begins, [*begins[1:], len(kinds)], strict=True))


def is_said(text: ToldText, here: ToldSentence, day: EventDay) -> bool:
    """Whether a verb of saying stands at a day that is not to come: "announced in Oslo on 2 December"."""
    published = text.published_on
    if day.on_max is None or (published is not None and day.on_max > published):
        return False
    words = here.view.words
    first = here.word_at(day.start)
    last = here.word_at(day.end - 1)
    for word in reversed(words[max(0, first - _SAID_BEFORE) : first]):
        if word.has("speech.say") or word.folded in _SAYING:
            return True
        if word.folded in _STOPS or is_verb(word, text.language):
            break
    for word in words[last + 1 : last + 1 + _SAID_AFTER]:
        if word.folded in _STOPS:
            break
        if word.has("speech.say") or word.folded in _SAYING:
            return True
    return False


def not_to_come(day: EventDay, published: date | None) -> EventDay:
    """What is told as done was done before publication: a guessed year is the year before if it must be."""
    if not day.is_year_guessed or published is None or day.on_min is None or day.on_max is None:
        return day
    if day.on_min <= published + _SOON or (day.on_min.month, day.on_min.day) == _LEAP_DAY:
        return day
    on_min, on_max = (one.replace(year=one.year - 1) for one in (day.on_min, day.on_max))
    return replace(day, on_min=on_min, on_max=on_max)
