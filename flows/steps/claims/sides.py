"""Whose act a step is told as: Ukraine's, the guarantor's, or a third's."""

import re
from itertools import pairwise

from flows.steps.claims.named import Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.mentions import Mention
from storage.terms import Side, Stage

_AND = frozenset({"and", "та", "і", "й", "и"})
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_FROM = frozenset({"from", "від", "от"})
_BESIDE = frozenset(
    {"with", "for", "of", "to", "in", "by", "from", "on", "between", "against", "toward", "towards"}
    | {"з", "із", "зі", "с", "со", "для", "від", "от", "в", "у", "на", "до", "к", "про", "о", "щодо", "між", "между"}
)
_WE = frozenset({"we", "ми", "мы"})
_NOT_SUBJECT = re.compile(
    r"укра[їи]н(?:и|ы|і|е|ою|ой|у)|ки[єе]в(?:а|у|і|е|ом)|києв\w+"
    r"|(?:українськ|украинск|київськ|киевск)(?:ого|ої|ой|им|ій|ом|ому|ими|их)"
)
"""Ukraine in a case of the language that no subject stands in."""
_BOTH_DO = frozenset(
    {Stage.TALKS_ANNOUNCED, Stage.TALKS_STARTED, Stage.NEGOTIATING, Stage.SIGNING_ANNOUNCED, Stage.SIGNED}
)
_BY_WORDS_OF = frozenset({"словам", "словами", "according", "даними", "данным"})
_SIDES = frozenset({"sides", "parties", "both", "teams", "сторони", "команди", "стороны", "команды"})
_PRESIDENTS = frozenset({"president", "президент", "президентом"})
_MONARCHIES = frozenset({"GB", "NL", "DK", "SE", "NO", "ES", "BE", "LU", "JP", "CA", "AU", "NZ"})
"""States without a president: "the president tabled the bill" is not of them."""
_MINISTERS = re.compile(r"міністрів|безпеки|європи|нацбезпеки")
_ASKED_BY_KYIV = re.compile(
    r"(?:at|on|upon) (?:the )?(?:request|demand|insistence|initiative) of (?:ukraine|kyiv)"
    r"|(?:at|on|upon) (?:ukraine|kyiv)'s (?:request|demand|insistence|initiative)"
    r"|на (?:вимогу|запит|прохання|звернення) (?:україни|києва|української)"
    r"|за (?:запитом|ініціативою) (?:україни|києва)"
    r"|по (?:требованию|запросу|просьбе|инициативе) (?:украины|киева|украинской)"
)


def acting_side(text: ToldText, here: ToldSentence, step: Step, actor: Actor, speaker: Side) -> Side:
    """Who proposes, whose parliament, or whose act the sentence tells; an act of both is told as the guarantor's.

    A wish of nobody named is the wish of the speaker, whose side is given.
    """
    if step.stage in {Stage.RATIFIED, Stage.SUBMITTED}:
        return _whose_parliament(text, here, step, actor)
    if step.stage is Stage.INVOKED:
        return _who_calls(here, step, actor)
    if step.stage is not Stage.PROPOSED:
        return _whose_act(here, step, actor, speaker)
    return _who_proposes(here, step, actor, speaker)


def _who_proposes(here: ToldSentence, step: Step, actor: Actor, speaker: Side) -> Side:
    view = here.view
    low = step.clause.first
    wishes = ("modes.wish", "modes.plan", "modes.see")
    wish = next((n for n in range(step.act, low - 1, -1) if view.words[n].has(*wishes)), step.act)
    is_ours = any(word.folded in _WE for word in view.words[max(low, wish - 2) : wish])
    if actor.told_in == here.number and actor.word < wish and not step.guarantor_after and not is_ours:
        return Side.GUARANTOR
    before = [one for one in here.mentions if here.word_of(one) < wish]
    is_of_his_country = any(word.has("actors.that_state") for word in view.words[low : step.act + 1])
    if actor.told_in != here.number and is_of_his_country and not any(one.kind == "ukraine" for one in before):
        return Side.UA if speaker is Side.UA else Side.GUARANTOR
    if any(one.kind == "ukraine" for one in before) or "actors.we" in view.all_cues:
        return Side.UA
    if any(one.kind in {"guarantor", "group"} and one.id != actor.code for one in before):
        return Side.THIRD
    if here.has_ukraine:
        return Side.UA
    return Side.THIRD if speaker is Side.UNKNOWN else speaker


def _who_calls(here: ToldSentence, step: Step, actor: Actor) -> Side:
    """Who uses a clause: the guarantor where it is the subject, else Ukraine, for whom the clause was written."""
    if _ASKED_BY_KYIV.search(here.folded):
        return Side.UA
    words = here.view.words
    subjects = [
        one
        for one in here.mentions
        if one.kind in {"ukraine", "guarantor"} and here.word_of(one) < step.act and _may_act(here, one)
    ]
    if actor.told_in != here.number or actor.word > step.act or any(one.kind == "ukraine" for one in subjects):
        return Side.UA
    is_subject = any(one.id == actor.code and one.start == actor.start for one in subjects)
    is_speaker = any(word.has("speech.say") for word in words[actor.word : step.act])
    return Side.GUARANTOR if is_subject and not is_speaker else Side.UA


def _whose_act(here: ToldSentence, step: Step, actor: Actor, speaker: Side) -> Side:
    """Ukraine's where it alone stands before the act, or its "we" acts; else the guarantor's.

    That a text is agreed is often told by one side only (taxonomy R10): then it is the one that says so.
    """
    if step.stage in {Stage.JOINED_DECLARATION, Stage.COMMITMENT, Stage.BLOCKED}:
        return Side.GUARANTOR
    words = here.view.words
    low = step.clause.first
    if speaker is Side.UA and step.stage is Stage.TEXT_AGREED:
        return Side.UA
    before = [word.folded for word in words[max(0, actor.word - 2) : actor.word] if word.folded != "the"]
    is_together = actor.told_in == here.number and bool(before) and before[-1] in _AND
    if speaker is not Side.GUARANTOR and not (is_together and step.stage in _BOTH_DO):
        is_with = actor.told_in == here.number and bool(before) and before[-1] in _WITH
        are_we = any(word.folded in _WE for word in words[low : step.clause.last])
        is_from_us = any(one.folded in _FROM and two.has("actors.we") for one, two in pairwise(words))
        if is_from_us or (are_we and (is_with or speaker is Side.UA)):
            return Side.UA
    subjects = [
        one for one in here.mentions if one.kind in {"ukraine", "guarantor"} and low <= here.word_of(one) < step.act
    ]
    subjects = [one for one in subjects if _may_act(here, one)]
    if step.stage in _BOTH_DO and any(word.folded in _SIDES for word in words[low : step.act]):
        return Side.GUARANTOR
    if subjects and all(one.kind == "ukraine" for one in subjects):
        is_with = any(word.folded in _AND for word in words[low : step.act])
        return Side.GUARANTOR if is_with and actor.word < step.act else Side.UA
    return Side.GUARANTOR


def _may_act(here: ToldSentence, mention: Mention) -> bool:
    """A name that may be a subject: no "with Ukraine", no "of Ukraine", no "Ukrainian" before another noun's owner."""
    word = here.word_of(mention)
    base = here.sentence.start
    if mention.kind == "ukraine" and _NOT_SUBJECT.fullmatch(here.folded[mention.start - base : mention.end - base]):
        return False
    before = [one.folded for one in here.view.words[max(0, word - 2) : word] if one.folded != "the"]
    return not before or (before[-1] not in _BESIDE and _BY_WORDS_OF.isdisjoint(before))


def _whose_parliament(  # noqa: PLR0911 - one return a rule
    text: ToldText, here: ToldSentence, step: Step, actor: Actor
) -> Side:
    """Whose parliament acts: the Rada's is Ukraine, else the state named before the act, alone.

    A government that is not said to be Ukraine's brings a bill to its own parliament; where nobody is named, the
    sentence before tells whose parliament is spoken of.
    """
    words = here.view.words
    rada, other = _parliaments(here)
    is_presidents = any(word.folded in _PRESIDENTS for word in words) and not any(
        one.kind == "guarantor" for one in here.mentions
    )
    if is_presidents and not rada and actor.code in _MONARCHIES:
        return Side.UA
    if rada or other:
        return Side.GUARANTOR if other else Side.UA
    is_named_first = actor.told_in == here.number and actor.word < step.act
    first = [one for one in here.mentions if here.word_of(one) < step.act and one.kind in {"ukraine", "guarantor"}]
    if is_named_first:
        return Side.UNKNOWN if any(one.kind == "ukraine" for one in first) else Side.GUARANTOR
    if first and all(one.kind == "ukraine" for one in first):
        return Side.UA
    states = {one.id for one in here.mentions if one.kind in {"ukraine", "guarantor"}}
    if states == {actor.code}:
        return Side.GUARANTOR
    if states:
        return Side.UNKNOWN
    for before in text.sentences[max(0, here.number - 1) : here.number]:
        rada, other = _parliaments(before)
        if rada != other:
            return Side.UA if rada else Side.GUARANTOR
    is_ruled = any(word.has("actors.government", "actors.that_state") or word.folded in _REALMS for word in words)
    return Side.GUARANTOR if is_ruled else Side.UNKNOWN


def _parliaments(here: ToldSentence) -> tuple[bool, bool]:
    """Whether the Rada is named, and whether another parliament is; beside the Rada "deputies" are its own."""
    words = here.view.words
    rada = other = False
    for number, word in enumerate(words):
        following = words[number + 1].folded if number + 1 < len(words) else ""
        if _MINISTERS.fullmatch(following):
            continue
        if word.has("actors.rada"):
            rada = True
        elif word.has("actors.parliament"):
            other = True
    if rada and other:
        other = any(
            word.has("actors.parliament") and not word.has("actors.rada") and not _ANY_PARLIAMENT.fullmatch(word.folded)
            for word in words
        )
    return rada, other


_ANY_PARLIAMENT = re.compile(r"(?:парламент|депутат)\w*|parliament\w*|lawmakers|mps|deputies|legislature")
_REALMS = frozenset(
    {"kingdom", "duchy", "republic", "government", "cabinet", "королівство", "герцогство", "республіка", "королевство"}
    | {"республика", "кабінет", "кабинет", "уряд", "правительство"}
)
