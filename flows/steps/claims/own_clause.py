"""Sentences of two deeds set side by side: each with a subject and a verb of its own, and its own names.

"Croatia signs the agreement, Bulgaria puts the decision off": it is Croatia alone that signs.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.steps.claims.cues import Word
from flows.steps.claims.named import Actor
from flows.steps.claims.segments import CONJUNCTIONS, is_verb, part_at
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.lemmas import morphology
from storage.terms import Language, Stage

_BOUND = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_BREAKS = frozenset({",", ";", "-"})
_LINKS = CONJUNCTIONS | {"whereas", "тоді", "тогда", "тим", "тем", "часом", "временем", "як", "как", "однак", "yet"}
_SUBJECT = 6
"""How many words a subject may be long before its verb: "the centre-right government of Sweden"."""
_DID_SO = re.compile(
    r"follow(?:s|ed|ing)|suit|likewise|too|also|same|did|done|примеру|последовал\w*|тоже|также|прикладом|прикладу"
    r"|послідува\w+|також|теж|наслідува\w+|зробил\w+|зробив|сделал\w*|саме|самое"
)
"""What tells that another did as the one before."""
_NOT_DONE = ("modes.negation", "modes.future", "modes.possible", "modes.plan", "modes.wish", "modes.due")
_NO_SUBJECT = frozenset(
    {"who", "which", "that", "whose", "where", "when", "if", "as", "because", "after", "before", "since", "although"}
    | {"що", "щоб", "якщо", "коли", "де", "бо", "оскільки", "хоча", "аби", "після", "перш", "як", "за", "на", "у", "в"}
    | {"что", "чтобы", "если", "когда", "где", "поскольку", "хотя", "после", "прежде", "как", "во", "по", "об", "о"}
    | {"though", "including", "with", "in", "on", "at", "for", "from", "by", "to", "of", "під", "до", "з", "із", "с"}
)
_MODALS = frozenset(
    {"should", "must", "ought", "shall", "needs", "следует", "должна", "должно", "должны", "має", "мають"}
)
_NEXT = 3
_PRESENT = re.compile(r"[a-z]{2,}[^s']s")
_IS = re.compile(r"yet|still|will|would|may|might|must|can|could|has|have|had|is|are|was|were|does|do")


def of_own_clause(text: ToldText, here: ToldSentence, step: Step, named: Sequence[Actor]) -> list[Actor]:
    """The names of the clause that tells of the act, where another with its own subject and verb has names, too."""
    found = [one for one in named if not _is_only_to_follow(here, step, one)]
    if len({one.code for one in found}) <= 1:
        return found
    begins = own_clauses(text, here)
    if len(begins) == 1:
        return found
    words = here.view.words
    ends = [*begins[1:], len(words)]
    place = part_at(begins, step.act)
    own = [one for one in found if part_at(begins, one.word) == place]
    if not own:
        return found
    same = {n for n in range(len(begins)) if does_so(words[begins[n] : ends[n]], step)}
    return [one for one in found if part_at(begins, one.word) in {place, *same}]


def _is_only_to_follow(here: ToldSentence, step: Step, actor: Actor) -> bool:
    """Whether a name behind a step that binds opens a clause of what is not done: "Sweden signed and Latvia should"."""
    if step.stage not in _BOUND or actor.told_in != here.number or actor.word <= step.act:
        return False
    words = here.view.words
    if words[actor.word - 1].folded not in CONJUNCTIONS:
        return False
    return any(word.has(*_NOT_DONE) or word.folded in _MODALS for word in words[actor.word + 1 : actor.word + _NEXT])


def does_so(words: Sequence[Word], step: Step) -> bool:
    """Whether a clause says that its state did as another; one that only will, or did not, did not what binds."""
    if not any(_DID_SO.fullmatch(word.folded) for word in words):
        return False
    return not is_left_undone(words, step)


def is_left_undone(words: Sequence[Word], step: Step) -> bool:
    """Whether a clause beside a step that binds tells of what only will be done, or was not."""
    return step.stage in _BOUND and any(word.has(*_NOT_DONE) for word in words)


@lru_cache(maxsize=256)
def own_clauses(text: ToldText, here: ToldSentence) -> tuple[int, ...]:
    """The words at which clauses set side by side begin, the first one at 0."""
    words = here.view.words
    if not any(word.folded in _BREAKS for word in words):
        return (0,)
    names = {here.word_of(one) for one in here.mentions if one.kind in {"guarantor", "ukraine", "group", "person"}}
    verbs = {n for n in range(len(words)) if _is_verb(words, n, text.language, names)}
    begins = [0]
    for number, word in enumerate(words):
        if word.folded not in _BREAKS or not any(begins[-1] <= verb < number for verb in verbs):
            continue
        first = number + 1
        while first < len(words) and words[first].folded in _LINKS:
            first += 1
        if _has_subject(words, first, verbs, names, text.language):
            begins.append(number + 1)
    return tuple(begins)


def _has_subject(words: Sequence[Word], first: int, verbs: set[int], names: set[int], language: Language) -> bool:
    """Whether a subject begins at a word, and its verb follows before any mark."""
    if first >= len(words) or first in verbs or words[first].folded in _NO_SUBJECT:
        return False
    verb = next((n for n in range(first, min(len(words), first + _SUBJECT)) if n in verbs), None)
    if verb is None:
        return False
    subject = range(first, verb)
    if any(not words[n].folded[0].isalnum() or words[n].has("speech.break") for n in subject):
        return False
    if any(cue.startswith(("speech.say", "speech.opinion")) for cue in words[verb].cues):
        return False  # who tells it is another matter
    if language is Language.EN:
        return any(n in names for n in subject) or words[first].folded in {"the", "a", "its", "their", "his", "no"}
    return any(_is_nominative(words[n].folded, language) for n in subject)


def _is_verb(words: Sequence[Word], number: int, language: Language, names: set[int]) -> bool:
    word = words[number]
    if number in names:
        return False
    if is_verb(word, language):
        return True
    if language is not Language.EN:
        return False
    if _IS.fullmatch(word.folded):
        return True
    is_thing = any(cue.startswith(("objects.", "actors.")) for cue in word.cues)
    is_followed = number + 1 < len(words) and words[number + 1].folded[0].isalnum()
    return number - 1 in names and is_followed and not is_thing and bool(_PRESENT.fullmatch(word.folded))


@lru_cache(maxsize=20_000)
def _is_nominative(word: str, language: Language) -> bool:
    """Whether a word may be the subject of a clause."""
    if not word.isalpha() and "'" not in word and "-" not in word:
        return False
    for one in morphology("uk" if language is Language.UK else "ru").parse(word):
        if one.tag.POS in {"NOUN", "NPRO"} and one.tag.case == "nomn":
            return True
    return False
