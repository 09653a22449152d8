"""Guarantors that a sentence names: states and bodies by name, people by office; not where something happens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.steps.claims.cues import Word
from flows.steps.claims.entities import is_somebody_else
from flows.steps.claims.no_promise import is_recipient
from flows.steps.claims.offices import as_of_then
from flows.steps.claims.said_by import country_of
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.mentions import Mention
from storage.terms import Stage

GROUPS = frozenset({"EU", "NATO", "G7"})
"""Bodies that act as one."""
_INSIDE = frozenset({"within", "inside", "внутри", "всередині", "council", "совете", "раді"})
_AROUND = frozenset(
    {"within", "inside", "outside", "across", "beyond", "throughout", "внутри", "всередині", "вне", "поза"}
    | {"межами", "пределами", "рамках", "території", "территории"}
)
"""What makes a body the room of what happens, not who does it: "inside the EU"."""
_TOWNS = ("capital", "столиц")
_BESIDE = re.compile(
    r"sidelines?|margins|websites?|site|webpage|homepage|полях|кулуарах|маргінесі|сайт(?:і|е|у|ом|а)?|вебсайт(?:і|у)?"
    r"|сторінці|портал(?:і|е)|странице|сайтах"
)
"""Beside whose gathering, or on whose page, something was done or shown: not by whom."""
_BESIDE_REACH = 4
_IN = frozenset({"in", "at", "в", "у", "во"})
_FROM = frozenset({"of", "in", "from", "outside", "the", "із", "з", "з-поза", "из", "в", "у", "вне", "поза"})
_TO = frozenset({"to", "from", "near", "outside", "до", "из", "із", "з", "под", "під", "около"})
_TAKES_PLACE = re.compile(
    r"takes?|took|place|held|happened|відбу\w+|пройш\w+|пройд\w+|прош[её]?л\w*|пройд\w+|состоя\w+|відбува\w+|проход\w+"
)
_ISLANDS = frozenset({"MT", "CY", "IS"})
_OF_GROUP = re.compile(
    r"член\w*|members?|membership|вступ\w*|accession|joins?|joining|join|entry|вход\w+|входи\w+|non-?"
)
"""What makes a union something one belongs to: "until Ukraine becomes a member of NATO"."""
_ONE_OF = re.compile(
    r"country|nation|state|member|країн(?:а|у|ою|і)|стран(?:а|у|ой|е)|держав(?:а|у|ою)|государств(?:о|ом|а)|член\w*"
)
_MET_FOR = frozenset({Stage.SIGNED, Stage.SIGNING_ANNOUNCED, Stage.TALKS_STARTED})
"""Steps two sides meet for, somewhere."""
_VOTED = frozenset({Stage.SUBMITTED, Stage.RATIFIED})
"""What a parliament does, which NATO and the G7 have not."""
_BUDAPEST = ("budapest", "будапешт")
_SINCE = frozenset({"after", "since", "після", "после", "від", "от"})
_BINDS = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_OTHERS_BEFORE = frozenset(
    {"before", "besides", "unlike", "like", "until", "до", "перед", "крім", "окрім", "кроме", "помимо"}
)
"""What makes a state that opens a sentence one with which others are compared: "before Cyprus"."""
_OFFICE_FORMS = frozenset({"name", "adjective"})
_OWNER = 4
"""The fewest letters that "X's " takes."""
_LINKS = frozenset({'"', "of", "the"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A guarantor with the span that names it (offsets into the whole text), and where that stands."""

    code: str
    start: int
    end: int
    word: int
    told_in: int


def named_in(here: ToldSentence, step: Step | None, text: ToldText | None = None) -> Iterator[Actor]:
    """Those a sentence names, in its order; for a step without where it is taken."""
    words = here.view.words
    for named in here.mentions:
        mention = named if text is None else as_of_then(text, here, named, step)
        if mention.kind == "place" and _governs_from(text, here, mention):
            yield Actor(mention.id, mention.start, mention.end, here.word_of(mention), here.number)
            continue
        if mention.kind == "place" or (mention.kind != "guarantor" and mention.id not in GROUPS):
            continue
        word = here.word_of(mention)
        starts, end = here.view.starts, mention.end - here.sentence.start
        after = next((n for n in range(word, len(words)) if starts[n] >= end), None)
        after = len(words) if after is None else after
        if _is_surname(here, mention) or _is_the_memorandum(here, mention, word):
            continue
        if _is_beside(words, word) or _names_something_else(here, mention, word, after, step):
            continue
        if text is not None and is_somebody_else(text, here, mention, after):
            continue
        if (
            text is not None
            and mention == named
            and mention.form == "person"
            and _had_other_office(text, here, mention)
        ):
            continue
        if step is not None and step.stage in _BINDS and (_is_before_whom(here, word) or is_recipient(here, word)):
            continue
        if step is not None and _is_where(here, mention, word, step, text):
            continue
        yield Actor(mention.id, mention.start, mention.end, word, here.number)


def _is_before_whom(here: ToldSentence, word: int) -> bool:
    """Whether others acted before a state the sentence opens with, or unlike it: "До Кіпру такі тексти уклали"."""
    words = here.view.words
    return word == 1 and words[0].folded in _OTHERS_BEFORE


def _is_the_memorandum(here: ToldSentence, mention: Mention, word: int) -> bool:
    """Whether a capital stands for the memorandum of 1994, not for its government: "thirty years after Budapest"."""
    if mention.id != "HU" or not here.folded.startswith(_BUDAPEST, mention.start - here.sentence.start):
        return False
    before = [one.folded for one in here.view.words[max(0, word - 2) : word]]
    return bool(before) and before[-1] in _SINCE


def _is_surname(here: ToldSentence, mention: Mention) -> bool:
    """Whether a state's name belongs to another state, as a person's does: "Portugal's Montenegro"."""
    if (
        mention.form != "name"
        or mention.start - here.sentence.start < _OWNER
        or not here.folded.startswith("'s ", mention.start - here.sentence.start - 3)
    ):
        return False
    return any(one.kind == "guarantor" and one.end == mention.start - 3 for one in here.mentions)


def _governs_from(text: ToldText | None, here: ToldSentence, mention: Mention) -> bool:
    """Whether a capital as a place tells whose government or parliament acts: "in Sofia the government approved"."""
    if text is None or mention.id not in text.lexicon.guarantors:
        return False
    if text.lexicon.guarantors[mention.id].kind != "state":
        return False
    if any(one.kind in {"guarantor", "group"} and one.id != mention.id for one in here.mentions):
        return False
    words, word = here.view.words, here.word_of(mention)
    if not word or words[word - 1].folded not in _IN:
        return False
    beside = (*words[max(0, word - 2) : word - 1], *words[word + 1 : word + 4])
    return any(one.has("actors.government", "actors.parliament") and not one.has("actors.rada") for one in beside)


def _had_other_office(text: ToldText, here: ToldSentence, mention: Mention) -> bool:
    """Whether the sentence names the country of another office of the same person: "then still the Dutch premier"."""
    person = next((one for one in here.mentions if one.kind == "person" and one.start == mention.start), None)
    known = text.lexicon.persons.get(person.id) if person is not None else None
    codes = {role.country for role in known.roles} - {mention.id} if known is not None else set()
    return any(one.kind == "guarantor" and one.form in _OFFICE_FORMS and one.id in codes for one in here.mentions)


def _is_where(here: ToldSentence, mention: Mention, word: int, step: Step, text: ToldText | None) -> bool:
    """A country in which something happens: "signed in Italy", "in Davos, Switzerland", "took place in Luxembourg"."""
    if mention.form != "name" or not word:
        return False
    words = here.view.words
    before = words[word - 1].folded
    if before == "the" and word > 1:
        before = words[word - 2].folded
    if mention.id in GROUPS:
        return step.stage in _MET_FOR and before in _INSIDE
    if before == "на" and mention.id in _ISLANDS:
        return True
    if before == "," and text is not None:
        return _is_of_town(here, mention, word, step, text)
    if before not in _IN:
        return False
    return step.stage in _MET_FOR or any(
        _TAKES_PLACE.fullmatch(one.folded) for one in words[max(0, word - 4) : word - 1]
    )


def _is_of_town(here: ToldSentence, mention: Mention, word: int, step: Step, text: ToldText) -> bool:
    """Whether a country only says where a town lies: "in Davos, Switzerland"; not in "In Paris, France said"."""
    words, spans = here.view.words, here.view.spans
    low = next((n for n in range(word - 2, max(-1, word - 5), -1) if words[n].folded in _IN), None)
    if low is None or low == word - 2:
        return False
    town = here.sentence.start + spans[low + 1][0]
    is_state = any(one.kind == "guarantor" and one.start == town for one in here.mentions)
    if is_state or not text.text_full[town].isupper():
        return False
    end = mention.end - here.sentence.start
    is_apart = here.folded.startswith((",", ".", ")"), end) or end >= len(here.folded)
    return is_apart and (word > step.act or here.folded.startswith(",", end))


def _is_beside(words: Sequence[Word], at: int) -> bool:
    """Whether a name only tells on the sidelines of whose meeting, or on whose site: "на полях Європейської ради"."""
    return any(_BESIDE.fullmatch(one.folded) for one in words[max(0, at - _BESIDE_REACH) : at])


def _names_something_else(here: ToldSentence, mention: Mention, word: int, after: int, step: Step | None) -> bool:  # noqa: PLR0911 - one return a rule
    """A summit, a newspaper, "EU countries", or the G7 in the name of its declaration."""
    view = here.view
    following = view.words[after] if after < len(view.words) else None
    if following is not None and following.has("actors.venue"):
        return True
    if mention.form == "adjective" and following is not None and following.folded.startswith(_TOWNS):
        return any(one.folded in _IN | _TO for one in view.words[max(0, word - 2) : word])
    if mention.id not in GROUPS:
        return False
    if step is not None and step.stage in _VOTED and mention.id != "EU":
        return True
    before = [one for one in view.words[max(0, word - 3) : word] if one.folded not in _LINKS]
    if before and before[-1].folded in _AROUND:
        return True
    if before and before[-1].has("actors.venue"):
        return True
    if _is_belonged_to(view.words, mention, word, after):
        return True
    is_of_members = bool(before) and before[-1].has("actors.states", "actors.state_word")
    is_g7_act = step is not None and step.stage is Stage.JOINED_DECLARATION and word < step.act
    if mention.id == "G7":
        if before and before[-1].has("objects.declaration", "objects.agreement", "objects.text"):
            return True
        is_after = view.near(word, "objects.declaration", behind=4) and not is_g7_act
        return is_after or (
            view.near(after, "objects.declaration", ahead=3)
            and not (is_g7_act and step and step.act > after - 1 and step.act < after + 3)
        )
    is_offer = step is not None and step.stage is Stage.PROPOSED
    is_of_members |= following is not None and following.has("actors.states", "actors.state_word")
    return mention.id != "G7" and not is_offer and is_of_members


def _is_belonged_to(words: Sequence[Word], mention: Mention, word: int, after: int) -> bool:
    """Whether the union is what one state belongs to or does not: "the fifth country of the G7", "a non-EU state"."""
    near = [one.folded for one in words[max(0, word - 3) : word]]
    if mention.id != "G7" and any(_OF_GROUP.fullmatch(one) for one in near):
        return True
    if near and (near[-1] in _FROM or near[-1] in _LINKS) and any(_ONE_OF.fullmatch(one) for one in near[:-1]):
        return True
    if near and (_ONE_OF.fullmatch(near[-1]) or any(one.startswith(("вход", "вхож", "non")) for one in near)):
        return True
    return any(_ONE_OF.fullmatch(one.folded) or one.folded == "members" for one in words[after : after + 1])


def by_people(text: ToldText, here: ToldSentence, step: Step) -> list[Actor]:
    """Countries of the people in the act's clause whose office no longer says it: those who ever served one only."""
    found: list[Actor] = []
    for mention in here.mentions:
        if mention.kind != "person":
            continue
        word = here.word_of(mention)
        person = text.lexicon.persons.get(mention.id)
        codes = {role.country for role in person.roles} if person is not None else set()
        if len(codes) == 1 and step.clause.first <= word < step.clause.last:
            code = codes.pop()
            if code in text.lexicon.guarantors and text.lexicon.guarantors[code].kind in {"state", "union"}:
                found.append(Actor(code, mention.start, mention.end, word, here.number))
    for mention in here.unlisted:
        word = here.word_of(mention)
        country = country_of(text, mention.id) if step.clause.first <= word < step.clause.last else None
        if country is not None and country != "UA":
            found.append(Actor(country, mention.start, mention.end, word, here.number))
    return sorted(found, key=lambda one: one.start)
