"""Whose step it is: the guarantors a sentence gives a step to.

A name counts in the act's own clause first, on the act's own side of an "and"; only then in the clauses around,
then in the sentence before. A speaker is not the guarantor where the sentence names another.
"""

import re
from collections.abc import Iterator, Sequence

from flows.steps.claims.beside import taking_part
from flows.steps.claims.cues import Word
from flows.steps.claims.named import GROUPS, Actor, by_people, named_in
from flows.steps.claims.own_clause import is_left_undone
from flows.steps.claims.segments import CONJUNCTIONS, part_at, parts_of
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.mentions import Mention
from storage.terms import STAGE_RANK, Stage

MULTI = "MULTI"
_CONJUNCTIONS = frozenset({"and", "while", "та", "і", "й", "а", "и", ",", "but", "also"})
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_TALKS = frozenset({Stage.TALKS_ANNOUNCED, Stage.TALKS_STARTED, Stage.NEGOTIATING})
_BETWEEN = frozenset({"between", "між", "между"})
_TWO = 2
_BEFORE_GROUP = 3
_LIST_MARKS = frozenset({"-", ":"})
_LISTED = re.compile(r"(?:[\s,]|\b(?:and|the|та|і|й|и)\b)*")
_AND_UNION = re.compile(r"(?: \w+)?,? (?:and|together with|plus|та|і|й|и|разом із?|вместе с) (?:the )?")
_RELATIVE = frozenset(
    {"which", "who", "whose", "який", "яка", "яке", "які", "якою", "яким", "якої", "якого", "яку"}
    | {"который", "которая", "которое", "которые", "которой", "которым"}
)
_ONE_AGREEMENT = frozenset(
    {"agreement", "pact", "deal", "accord", "treaty", "угоду", "угода", "договір", "соглашение", "договор", "пакт"},
)
_JOINT = frozenset({Stage.COMMITMENT, Stage.SIGNED, Stage.JOINED_DECLARATION, Stage.BLOCKED})
_SAME = re.compile(
    r"follow(?:s|ed|ing)|suit|likewise|too|also|same|примеру|последовал\w*|тоже|также|прикладом|прикладу|послідува\w+|також|теж"
    r"|наслідува\w+|затем|потом|then|потім|згодом|далі"
)
"""What tells that another did as the one before."""
_MOST_FROM_CONTEXT = 5
_UNLISTED = ("korean", "корейськ", "корейск", "chinese", "китайськ", "китайск", "indian", "індійськ", "индийск")
"""Whose document it is where the adjective is of a state not found by it: not of the one named before."""
_SAID_APART = frozenset({",", "-"})
_REACH_BACK = 3
_BOTH = frozenset({"both", "two", "двох", "обох", "обидві", "обидвох", "двух", "обеих", "обоих", "обе", "оба"})


def actors(text: ToldText, here: ToldSentence, step: Step) -> tuple[Actor, ...]:
    """The guarantors of a step; MULTI for an unnamed group; none where the text names nobody."""
    named = sorted([*named_in(here, step, text), *_members(text, here, step)], key=lambda one: one.start)
    if is_between_others(here, step) or _is_with_adversary(here, step):
        return ()
    taking = taking_part(text, here, step, named)
    own = _own_side(text, here, step, taking)
    group = _unnamed_group(here, step)
    if group is not None and own and _are_beside(here, group, own):
        return (group, *_one_each(own))
    if own and not (group is not None and _only_says(here, step, group, own)):
        return tuple(_one_each(own))
    group = group or _undivided_group(text, here, step)
    if group is not None:
        return (group,)
    if named and not taking:
        return ()
    people = [] if named else by_people(text, here, step)
    return tuple(_one_each(people)) if people else _from_context(text, here, step)


def _is_with_adversary(here: ToldSentence, step: Step) -> bool:
    """Talks of others with Russia, without Ukraine."""
    return step.stage in _TALKS and here.has("adversary") and not here.has_ukraine


def _only_says(here: ToldSentence, step: Step, group: Actor, own: Sequence[Actor]) -> bool:
    """Whether a counted group acts and those named only tell of it: "26 states pledged troops, Macron said"."""
    if not step.clause.first <= group.word < step.act:
        return False
    words = here.view.words
    says = [n for n, word in enumerate(words) if word.has("speech.say") and n != step.act]
    return all(
        any(min(one.word, group.word) < n < max(one.word, group.word) or abs(one.word - n) <= _TWO for n in says)
        for one in own
    )


def _are_beside(here: ToldSentence, group: Actor, own: Sequence[Actor]) -> bool:
    """Whether a counted group acts with a union of states: "thirty states and the EU signed the compact"."""
    union = own[0]
    if {one.code for one in own} - GROUPS or union.start < group.end:
        return False
    return (
        _AND_UNION.fullmatch(here.folded[group.end - here.sentence.start : union.start - here.sentence.start])
        is not None
    )


def _one_each(found: Sequence[Actor]) -> Iterator[Actor]:
    seen: set[str] = set()
    for one in found:
        if one.code not in seen:
            seen.add(one.code)
            yield one


def _own_side(text: ToldText, here: ToldSentence, step: Step, named: Sequence[Actor]) -> list[Actor]:
    clause = step.clause
    inside = [one for one in named if clause.first <= one.word < clause.last]
    inside = _across_relative(text, here, step, named, inside) or inside
    inside = _of_own_part(text, here, step, _without_speaker(here, step, inside))
    if inside:
        return _on_side(here, step, inside)
    cues, inner = here.view.all_cues, here.view.words[clause.first : clause.last]
    is_of_states = "actors.states" in cues and any("actors.states" in word.cues for word in inner)
    if is_of_states and not _is_list_to_come(here, step):
        return []
    before = [one for one in named if one.word < clause.first]
    opening = here.view.words[clause.first : min(clause.last, clause.first + _TWO)]
    if before and any(word.folded in _RELATIVE for word in opening):
        return _together(here, before[::-1])
    after = [one for one in named if one.word >= clause.last]
    return _together(here, _first_clause(here, before[::-1])[::-1]) or _together(here, _first_clause(here, after))


def _across_relative(
    text: ToldText, here: ToldSentence, step: Step, named: Sequence[Actor], inside: Sequence[Actor]
) -> list[Actor]:
    """Names before an inserted clause, where those after it belong to an "and" with a verb of its own.

    "Bulgaria, which had signed, left the compact, and Australia will join": it is Bulgaria that left.
    """
    if not inside or min(one.word for one in inside) < step.act:
        return []
    parts = parts_of(text, here)
    place = part_at(parts, step.act)
    if any(part_at(parts, one.word) == place for one in inside):
        return []
    if not all(here.view.words[parts[part_at(parts, one.word)]].folded in CONJUNCTIONS for one in inside):
        return []
    return [one for one in named if one.word < step.clause.first and part_at(parts, one.word) == place]


def _of_own_part(text: ToldText, here: ToldSentence, step: Step, inside: list[Actor]) -> list[Actor]:
    """Names of the part of the sentence that tells of the act; those of another only if it says they did the same.

    Where the act's own part speaks of states it does not name, none of another part is one of them.
    """
    if len({one.code for one in inside}) <= 1 and "actors.states" not in here.view.all_cues:
        return inside
    parts = parts_of(text, here)
    if len(parts) == 1:
        return inside
    words = here.view.words
    place = part_at(parts, step.act)
    ends = [*parts[1:], len(words)]
    own = [one for one in inside if part_at(parts, one.word) == place or _did_the_same(words, parts, ends, one, step)]
    is_of_states = any(word.has("actors.states") for word in words[parts[place] : ends[place]])
    return own if is_of_states else own or inside


def _did_the_same(words: Sequence[Word], parts: Sequence[int], ends: Sequence[int], one: Actor, step: Step) -> bool:
    place = part_at(parts, one.word)
    own = words[parts[place] : ends[place]]
    return any(_SAME.fullmatch(word.folded) for word in own) and not is_left_undone(own, step)


def _is_list_to_come(here: ToldSentence, step: Step) -> bool:
    """Whether a dash or colon after the clause opens the list of its states."""
    words, last = here.view.words, step.clause.last
    return any(word.folded in _LIST_MARKS for word in words[last : last + 1])


def _first_clause(here: ToldSentence, ordered: Sequence[Actor]) -> list[Actor]:
    """Those of the names that stand in the clause of the first of them."""
    if not ordered:
        return []
    clause = here.view.clause(ordered[0].word)
    return [one for one in ordered if clause.first <= one.word < clause.last]


def _together(here: ToldSentence, ordered: Sequence[Actor]) -> list[Actor]:
    """The first name and those listed with it: "Estonia, Latvia and Lithuania"."""
    found = list(ordered[:1])
    for one in ordered[1:]:
        first, second = sorted((found[-1], one), key=lambda actor: actor.start)
        base = here.sentence.start
        if not _LISTED.fullmatch(here.folded[first.end - base : second.start - base]):
            break
        found.append(one)
    return found


def _without_speaker(here: ToldSentence, step: Step, inside: list[Actor]) -> list[Actor]:
    """Names on the other side of a "said" than the act, dropped if the act's own side has names."""
    words = here.view.words
    clause = step.clause
    said = [n for n in range(clause.first, clause.last) if words[n].has("speech.say") and n != step.act]
    for at in said:
        own = [one for one in inside if (one.word > at) == (step.act > at)]
        inside = own or inside
        mark = max((n for n in range(step.act + 1, at) if words[n].folded in _SAID_APART), default=-1)
        if mark >= 0:  # "…, the State Department said"
            inside = [one for one in inside if not mark < one.word < at] or inside
    return inside


def _on_side(here: ToldSentence, step: Step, inside: list[Actor]) -> list[Actor]:
    """Where a clause tells of two acts ("signed with A and began talks with B"), each takes its own names."""
    rivals = sorted(
        {other.act for other in here.steps if other.clause == step.clause and other.stage is not step.stage}
    )
    left = _split(here, max((act for act in rivals if act < step.act), default=-1), step.act)
    right = _split(here, step.act, min((act for act in rivals if act > step.act), default=-1))
    if left is not None:
        own = [one for one in inside if one.word > left and (right is None or one.word < right)]
        first = min([*rivals, step.act])
        own = own or [one for one in inside if one.word < first]
    else:
        own = [one for one in inside if right is None or one.word < right]
    own = _urged(here, step, own or inside)
    after = [one for one in own if one.word > step.act]
    before = [one for one in own if one.word < step.act]
    if step.guarantor_after:
        return after or before
    if step.stage is Stage.PROPOSED:
        return _proposed(here, step, own)
    if (step.stage is Stage.JOINED_DECLARATION or step.stage in _TALKS) and before:
        return before + [one for one in after if not _is_parted(here, step.act, one.word)]
    if step.rule in {"blocked.not-provided", "blocked.vetoed", "blocked.refused"}:
        return before or after
    return own


def _is_parted(here: ToldSentence, first: int, second: int) -> bool:
    return any(word.folded == "," for word in here.view.words[first:second])


def _urged(here: ToldSentence, step: Step, own: list[Actor]) -> list[Actor]:
    """Who urges or thanks another is not the one who acts: the names between the urging and the act, if any."""
    words = here.view.words
    urging = next(
        (n for n in range(step.act - 1, step.clause.first - 1, -1) if words[n].has("modes.urge", "modes.thanks")), None
    )
    if urging is None:
        return own
    return [one for one in own if urging < one.word < step.act] or own


def _split(here: ToldSentence, first: int, second: int) -> int | None:
    """The last conjunction between two acts of one clause; None if there are no two acts or nothing parts them."""
    if first < 0 or second < 0:
        return None
    names = {here.word_of(one) for one in here.mentions if one.kind == "guarantor"}
    between = [
        n
        for n in range(first + 1, second)
        if here.view.words[n].folded in _CONJUNCTIONS and not (n - 1 in names and n + 1 in names)
    ]
    return between[-1] if between else None


def _proposed(here: ToldSentence, step: Step, own: list[Actor]) -> list[Actor]:
    """Who wishes is not the guarantor where somebody is named after the wish."""
    words = here.view.words
    low = step.clause.first
    before, after = [one for one in own if one.word < step.act], [one for one in own if one.word > step.act]
    wish = next((n for n in range(step.act - 1, low - 1, -1) if words[n].has("modes.wish", "modes.see")), None)
    if wish is None:
        return before or after
    between = [one for one in before if one.word > wish]
    return between or after or ([] if words[wish].has("modes.urge") else before)


def is_between_others(here: ToldSentence, step: Step) -> bool:
    """Other states' deal, as "the US signed a pact with Japan": two states, one agreement, and no Ukraine."""
    if here.has_ukraine or step.stage in {Stage.PROPOSED, Stage.JOINED_DECLARATION}:
        return False
    inside = [one for one in named_in(here, step) if step.clause.first <= one.word < step.clause.last]
    if len({one.code for one in inside}) < _TWO:
        return False
    words = here.view.words
    if step.stage is Stage.SIGNED and words[step.object_at].folded in _ONE_AGREEMENT:
        return True
    if any(word.folded in _BETWEEN for word in words):
        return True
    partners = {one for one in inside if any(word.folded in _WITH for word in words[max(0, one.word - 3) : one.word])}
    return bool(partners) and any(one.word < step.act for one in inside if one not in partners)


def _groups(text: ToldText, here: ToldSentence, step: Step) -> Iterator[tuple[Mention, list[str]]]:
    """Groups of states named in the step's clause (Nordics, Baltics), with the codes of their members."""
    for mention in here.mentions:
        if mention.kind != "group" or mention.id in GROUPS:
            continue
        if step.clause.first <= here.word_of(mention) < step.clause.last:
            members = [code for code, one in text.lexicon.guarantors.items() if mention.id in one.groups]
            if members:
                yield mention, members


def _members(text: ToldText, here: ToldSentence, step: Step) -> Iterator[Actor]:
    """The members of a group of which the sentence says that all acted (taxonomy R13)."""
    for mention, members in _groups(text, here, step):
        word = here.word_of(mention)
        if here.view.near(word, "actors.all", behind=_BEFORE_GROUP):
            yield from (Actor(code, mention.start, mention.end, word, here.number) for code in members)


def _undivided_group(text: ToldText, here: ToldSentence, step: Step) -> Actor | None:
    """A named group of which the sentence does not say that every member acted stays one row."""
    for mention, _ in _groups(text, here, step):
        return Actor(MULTI, mention.start, mention.end, here.word_of(mention), here.number)
    return None


def _unnamed_group(here: ToldSentence, step: Step) -> Actor | None:
    if step.stage not in _JOINT or here.view.all_cues.isdisjoint(("actors.states", "objects.agreement")):
        return None
    words = here.view.words
    for number in range(len(words) - 1):
        counted = words[number].folded.isdigit() or words[number].has("actors.count")
        low = number + 1
        if counted and any(word.has("actors.states", "objects.agreement") for word in words[low : low + 3]):
            start, end = here.span_of(number, low)
            return Actor(MULTI, start, end, number, here.number)
    return None


def _from_context(text: ToldText, here: ToldSentence, step: Step) -> tuple[Actor, ...]:
    """The guarantors of the sentence before, or of the headline, for a sentence that names none."""
    if step.object_at > 0 and any(
        word.folded.startswith(_UNLISTED) for word in here.view.words[max(0, step.object_at - 2) : step.object_at]
    ):
        return ()
    if step.stage in {Stage.PROPOSED, Stage.COMMITMENT} and not step.needs_context:
        return _last_named(text, here) if _points_at(here, step) else ()
    if any(_is_group(here, number) for number in range(step.clause.first, step.clause.last)):
        return ()
    most = 1 if STAGE_RANK[step.stage] >= STAGE_RANK[Stage.SIGNED] else _MOST_FROM_CONTEXT
    for other in text.before(here.number, 1):
        found = list(_one_each(list(named_in(other, None, text))))
        if found and len(found) <= most and (other.names_guarantee or (most > 1 and step.subject == "security")):
            return tuple(found)
        if found:
            break
    is_binding = STAGE_RANK[step.stage] >= STAGE_RANK[Stage.SIGNED]
    return () if is_binding and step.object_at < 0 and not step.is_anaphoric else _last_named(text, here)


def _is_group(here: ToldSentence, number: int) -> bool:
    """Whether the word is of states not named; "both countries" are the two spoken of."""
    words = here.view.words
    return words[number].has("actors.states") and not (number and words[number - 1].folded in _BOTH)


def _points_at(here: ToldSentence, step: Step) -> bool:
    """Whether "it", "his country" stands for the guarantor."""
    return any(word.has("actors.that_state") for word in here.view.words[step.clause.first : step.clause.last])


def _last_named(text: ToldText, here: ToldSentence) -> tuple[Actor, ...]:
    """The one guarantor of whom the text spoke last, where the sentences just before name no other."""
    if here.view.all_cues & {"objects.guarantor", "actors.states"} or any(named_in(here, None, text)):
        return ()
    for other in text.before(here.number, _REACH_BACK):
        found = list(_one_each(list(named_in(other, None, text))))
        if found:
            return tuple(found) if len(found) == 1 else ()
    return ()
