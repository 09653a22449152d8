"""The day of an act whose own sentence names none: what the sentences around it, or the opening, say."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from flows.steps.claims.day_within import DONE_BY_SAYING, is_of_attribute, is_said, not_to_come, opens
from flows.steps.claims.days import days_of
from flows.steps.claims.named import GROUPS, Actor
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step
from flows.steps.dates import EventDay, find_days
from storage.terms import STAGE_RANK, EventPrecision, Factuality, Language, Stage, Zone

_REACH = 2
_OLD_NEWS = timedelta(days=7)
_FRESH = timedelta(days=2)
_OPENING = 2
_TWO = 2
_ENTRY = 4
_MARKS = 8
"""How many letters may stand beside a day that is a heading: a stop, "року", a dash."""
_TAKES_A_STAND = re.compile(
    r"refused|declined|rejected|urged|replied|answered|repeated"
    r"|reiterated|відмови\w+ся|відкинув|відкинула|закликав|закликала"
    r"|відповів|відповіла|повторив|повторила|отказал\w*|отверг\w*|призвал\w*|ответил\w*|повторил\w*"
)
_INFORMED = re.compile(
    r"informed|briefed|notified|по?інформув\w+|проінформув\w+|доповів|доповіла|розповів|розповіла|повідомив|повідомила"
    r"|(?:про)?информировал\w*|доложил\w*|рассказал\w*|сообщил\w*"
)
_NOTES = re.compile(
    r"(?<!\w)(?:notes?|letters?|requests?|calls?|appeals?|нот[аиу]"
    r"|лист[аи]?|запит\w*|звернення|нот[аыу]|письм[оа]|запрос\w*"
    r"|обращени[ея])(?!\w)(?=.*(?<!\w)(?:handed|delivered|sent"
    r"|went out|submitted|вручи\w+|переда\w+|надісла\w+|направ\w+"
    r"|відправ\w+|отправ\w+|посла\w+|вручен\w+))|(?:handed|delivered"
    r"|sent|вручи\w+|переда\w+|надісла\w+|направ\w+|отправ\w+)"
    r"(?: \w+){0,3} (?:notes?|letters?|requests?|нот[аиуы]|листи?"
    r"|запит\w*|звернення|письм[оа]|запрос\w*|обращени[ея])(?!\w)"
)
"""A call on a document is made by note: when the note went out is when it was made."""
_LISTED = re.compile(
    r"(?:the )?(?:second|third|fourth|fifth|another|the last)\b.{0,24}?(?: (?:is|was)\b|[\u2013\u2014:-])"
    r"|(?:друг(?:ий|а|е)|трет(?:ій|я|є)|четверт(?:ий|а|е)|п'ят(?:ий|а"
    r"|е)|ще од(?:ин|на)|останн(?:ій|я))(?: \w+)?,? ?[\u2013\u2014:-]"
    r"|(?:втор(?:ой|ая|ое)|трет(?:ий|ья|ье)|четверт(?:ый|ая|ое)|пят(?:ый|ая"
    r"|ое)|еще од(?:ин|на)|последн(?:ий|яя))(?: \w+)?,? ?[\u2013\u2014:-]"
)
"""An item of a list that the opening announced: "The second document is …"."""
_DASHES = ("-", "\u2013", "\u2014")
_HAPPENED = re.compile(
    r"(?:^|[,;] )(?:случилось|произошло|состоялось) (?:это|все это)|^(?:это|все это) (?:случилось|произошло|было)"
    r"|^(?:сталося|відбулося|трапилося|сталось|відбулось) це|^(?:це|усе це) (?:сталося|відбулося|трапилося|було)"
    r"|^(?:it|this|that|all this) (?:happened|took place|was done|occurred)"
)
_NOW = frozenset({"now", "сейчас", "зараз", "нині", "ныне"})
_LEADS = {Language.EN: "in ", Language.UK: "у ", Language.RU: "в "}
"""What a month has before it in a sentence; as a heading it stands alone."""
_LONGEST_MONTH = 24
_PERFECT = frozenset({"has", "have", "had", "already", "also", "уже", "вже", "также", "також", "теж", "тоже", "досі"})
_SAID_SO = DONE_BY_SAYING | {Stage.NEGOTIATING}
_LATER = frozenset({"speech.background", "modes.hedge", "modes.future", "modes.plan"})


def days_around(
    text: ToldText, here: ToldSentence, step: Step, actor: Actor | None
) -> Iterator[tuple[ToldSentence, EventDay, str]]:
    """Sentences that give the day, with it and the rule by which they do, the surest first."""
    for other, day in _day_of_entry(text, here):
        yield other, day, "date.entry"
    for other, day in _days_after(text, here, step, actor):
        yield other, day, "date.next-sentence"
    for other, day in _days_before(text, here, step, actor):
        yield other, day, "date.sentence-before"
    for other, day in _days_of_opening(text, here, step):
        yield other, day, "date.opening"


def _day_of_entry(text: ToldText, here: ToldSentence) -> Iterator[tuple[ToldSentence, EventDay]]:
    """The day or month that opens an entry of a chronicle, as a sentence of its own: "30 March. Bulgaria signed …"."""
    if any(word.folded in _NOW for word in here.view.words):
        return
    for other in reversed(text.sentences[max(0, here.number - _ENTRY) : here.number]):
        away = here.sentence.paragraph - other.sentence.paragraph
        is_alone = not any(
            one.sentence.paragraph == other.sentence.paragraph for one in text.sentences[other.number + 1 : here.number]
        )
        if away > 1 or away < 0 or (away and not is_alone):
            return
        day = _heading(text, other)
        if day is not None:
            yield other, not_to_come(day, text.published_on)
            return


def _heading(text: ToldText, other: ToldSentence) -> EventDay | None:
    """The day or month a sentence consists of."""
    exact = {EventPrecision.DAY, EventPrecision.MONTH}
    for day in days_of(text, other):
        if len(other.folded) - (day.end - day.start) <= _MARKS and day.precision in exact:
            return day
    lead = _LEADS.get(text.language)
    if lead is None or len(other.folded) > _LONGEST_MONTH:
        return None
    return next(
        (one for one in find_days(lead + other.folded, text.language, text.published_on) if one.start == 0), None
    )


def _days_of_opening(text: ToldText, here: ToldSentence, step: Step) -> Iterator[tuple[ToldSentence, EventDay]]:
    """The one fresh day that headline and first paragraphs name, for the news they tell; none where they name more.

    A headline that itself names the day ("Evening digest, 21 February") gives it to all that is told below, and the
    opening to what somebody says further down, where saying is the step.
    """
    published = text.published_on
    is_opening = here.sentence.paragraph < _OPENING or _is_listed(text, here)
    is_told = any(_INFORMED.fullmatch(word.folded) for word in here.view.words[: step.act])
    by_saying = DONE_BY_SAYING | {Stage.TEXT_AGREED} if is_told else DONE_BY_SAYING
    if published is None or here.sentence.zone is Zone.BACKGROUND:
        return
    if here.view.all_cues & {"speech.background", "modes.hedge"}:
        return
    fresh = [
        one
        for one in _fresh_days(text, published)
        if (one[0] is not here and not _tells_of_later(one[0], step))
        or (step.stage in by_saying and (one[0] is not here or one[1].on_max == published))
    ]
    is_said_there = step.stage in by_saying and (
        is_told
        or "speech.say" in here.view.all_cues
        or any(_TAKES_A_STAND.fullmatch(word.folded) for word in here.view.words)
        or not (days_of(text, here) or any(word.folded in _PERFECT for word in here.view.words[: step.act + 2]))
    )
    if not is_opening and not is_said_there:
        fresh = [one for one in fresh if one[0].view.is_headline and one[1].on_max == published]
    elif not is_opening:
        fresh = [one for one in fresh if one[1].on_max and published - one[1].on_max <= _FRESH / 2]
    if len({one[1].on_max for one in fresh}) == 1:
        yield fresh[0]


def _is_listed(text: ToldText, here: ToldSentence) -> bool:
    """Whether the paragraph is an item of a list the opening announced."""
    first = next(one for one in text.sentences if one.sentence.paragraph == here.sentence.paragraph)
    return bool(_LISTED.match(first.folded))


def _tells_of_notes(other: ToldSentence, step: Step) -> bool:
    """Whether the sentence says that the notes went out by which a document was called upon."""
    return step.stage is Stage.INVOKED and bool(_NOTES.search(other.folded))


def _question_before(text: ToldText, here: ToldSentence) -> ToldSentence | None:
    """The question in whose answer the sentence stands: "– Did Friday's ceremony go well? – …"."""
    first = next(one for one in text.sentences if one.sentence.paragraph == here.sentence.paragraph)
    if not first.number or here.number - first.number > 1 or not first.sentence.text.lstrip().startswith(_DASHES):
        return None
    other = text.sentences[first.number - 1]
    is_question = other.sentence.text.rstrip(' "»”').endswith("?")
    return other if is_question and first.sentence.paragraph - other.sentence.paragraph == 1 else None


def _tells_of_later(other: ToldSentence, step: Step) -> bool:
    """Whether a sentence tells only of what comes after the step, as a ratification after a signing."""
    ranks = [STAGE_RANK[one.stage] for one in other.steps if one.factuality is Factuality.FACT]
    return bool(ranks) and min(ranks) > STAGE_RANK[step.stage]


@lru_cache(maxsize=4)
def _fresh_days(text: ToldText, published: date) -> tuple[tuple[ToldSentence, EventDay], ...]:
    """The fresh days that headline and first paragraphs name, each of no more than two sentences and two headlines."""
    kept: list[tuple[ToldSentence, EventDay]] = []
    naming: dict[tuple[date, bool], set[int]] = {}
    for other in text.sentences:
        if other.sentence.paragraph >= _OPENING or other.sentence.zone is Zone.BACKGROUND:
            continue
        for day in days_of(text, other):
            if day.precision is not EventPrecision.DAY or day.on_max is None or day.on_min != day.on_max:
                continue
            if not published - _FRESH <= day.on_max <= published:
                continue
            sentences = naming.setdefault((day.on_max, other.view.is_headline), set())
            if other.number in sentences or len(sentences) < _TWO:
                sentences.add(other.number)
                kept.append((other, day))
    return tuple(kept)


def _days_after(
    text: ToldText, here: ToldSentence, step: Step, actor: Actor | None
) -> Iterator[tuple[ToldSentence, EventDay]]:
    """Days of the sentences after, where they say when it happened, or (of what is done by saying) was said."""
    published = text.published_on
    if published is None:
        return
    following = text.sentences[here.number + 1 : here.number + 2 + _REACH]
    for other in [one for one in following if one.sentence.zone is not Zone.SOURCE][:_REACH]:
        if other.sentence.zone is Zone.BACKGROUND:
            return
        cues = other.view.all_cues
        codes = {one.id for one in other.mentions if one.kind == "guarantor"} - GROUPS
        if codes and actor is not None and actor.code not in codes:
            return
        is_told_of = (
            "speech.happened" in cues
            or bool(_HAPPENED.search(other.folded))
            or _tells_on(here, other, step, actor)
            or _tells_of_notes(other, step)
        )
        is_said_so = step.stage in _SAID_SO and "speech.this" in cues and "speech.say" in cues
        if not (is_told_of or is_said_so) or (step.stage not in DONE_BY_SAYING and _tells_of_later(other, step)):
            continue
        for day in days_of(text, other):
            is_recent = day.on_max is not None and published - _OLD_NEWS <= day.on_max <= published
            if day.precision is EventPrecision.DAY and is_recent:
                yield other, day


def _tells_on(here: ToldSentence, other: ToldSentence, step: Step, actor: Actor | None) -> bool:
    """Whether the sentence just after, of the same paragraph, tells of the same papers and of no other state."""
    if other.number != here.number + 1 or other.sentence.paragraph != here.sentence.paragraph:
        return False
    if step.stage in DONE_BY_SAYING or other.view.all_cues & _LATER:
        return False
    codes = {one.id for one in other.mentions if one.kind == "guarantor"} - GROUPS
    if codes - {actor.code if actor is not None else ""}:
        return False
    return any(word.has("sign.past", "sign.passive") for word in other.view.words) and bool(
        other.view.all_cues & {*DOCUMENTS, "objects.signature", "objects.amendment"}
    )


def _days_before(  # noqa: PLR0911 - one return a rule
    text: ToldText, here: ToldSentence, step: Step, actor: Actor | None
) -> Iterator[tuple[ToldSentence, EventDay]]:
    """The one day of the sentence just before, where the story simply goes on: "On Monday X flew in. They signed …"."""
    published = text.published_on
    if published is None or not here.number or here.view.is_headline or here.sentence.zone is Zone.BACKGROUND:
        return
    words = here.view.words
    later = _LATER - {"modes.hedge"} if step.stage is Stage.PROPOSED else _LATER  # "named it a possible guarantor"
    if here.view.all_cues & later or any(word.folded in _PERFECT for word in words[: step.act + 2]):
        return
    asked = _question_before(text, here)
    other = asked or text.sentences[here.number - 1]
    if (other.sentence.paragraph != here.sentence.paragraph and asked is None) or other.view.is_headline:
        return
    days = [one for one in days_of(text, other) if not is_of_attribute(text, other, other.word_at(one.start))]
    is_head = len(days) == 1 and step.stage is Stage.PROPOSED and opens(text, other, days[0])
    if other.view.all_cues & _LATER and not is_head:  # "On March 29 they put forward what would be …"
        return
    if len(days) != 1 or days[0].precision is not EventPrecision.DAY:
        return
    day = not_to_come(days[0], published)
    if day.on_max is None or day.on_max > published or (is_said(text, other, day) and step.stage not in DONE_BY_SAYING):
        return
    named = {one.id for one in here.mentions if one.kind == "guarantor"}
    before = {one.id for one in other.mentions if one.kind == "guarantor"} - GROUPS
    if before and actor is not None and actor.code not in before and (named or other.steps):
        return
    yield other, day
