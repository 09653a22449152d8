"""How the sentences of a text speak of guarantees for Ukraine: of themselves, in passing, or of something else."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flows.steps.beneficiary import Beneficiary, Named, beneficiary_of, is_ukraines, named
from flows.steps.lexemes import Hits
from flows.steps.mentions import Mention
from flows.steps.scanned import ScannedText
from flows.steps.sentences import Sentence
from flows.steps.triggers import EXPLICIT, Trigger
from storage.terms import Zone

INVASION = date(2022, 2, 24)
"""Until then Russia demanded "security guarantees" of its own, under that very name."""
_LONG_LIST = 2
_FULL_TEXT = 5
"""Sentences from which a text that never names Ukraine is about others."""
_BACK = 4
"""Sentences before one within which Ukraine may have been named for it."""
_OFTEN = 2
_WE_NEED = re.compile(
    r"\bwe (?:need|want|demand|require|insist|expect)|(?<!\w)(?:нам|росії|россии|москві|москве) (?:\w+ ){0,2}"
    r"(?:потрібн|треба|нужн|необходим)|(?<!\w)ми (?:хочемо|вимагаємо|чекаємо)"
    r"|(?<!\w)мы (?:хотим|требуем|ждем|настаиваем)"
)
_DISCUSSED = re.compile(
    r"\b(?:discuss\w*|talks? (?:focused|centred|centered) on|focus\w* on|exchang\w+ (?:of )?views|touched (?:up)?on"
    r"|reviewed|covered|addressed|informed about|topics?|issues?|agenda)\b"
    r"|(?<!\w)(?:обговор\w+|обсуд\w+|обсужд\w+|йшлося|ішлося|говорили про|торкнул\w+|порушил\w+|тем[аиоу]\w*"
    r"|порядок денний|обмінял\w+ думками|обменял\w+ мнениями|затронул\w+|речь шла)(?!\w)"
)
_LIST_BREAK = re.compile(r",| and | as well as | та | і | й | а також | и | а также |;")
_SO_CALLED = re.compile(r"(?:so-called|так зван\w+|так называем\w+) [\"']*$")


class Said(StrEnum):
    """How one sentence speaks of guarantees for Ukraine, the most telling first."""

    OWN = "own"
    PASSING = "passing"
    PRECEDENT = "precedent"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class _Context:
    """What of the whole text decides on a sentence: who is named where, demands, and the memorandum of 1994."""

    who: Sequence[Named]
    starts: Sequence[int]
    demands: Sequence[int]
    precedents: Sequence[int]
    is_russia_named: bool
    has_others: bool
    times_ukraine: int
    day: date | None

    def named_in(self, part: Sentence) -> Sequence[Named]:
        """Who is named in a sentence."""
        return self.who[bisect_left(self.starts, part.start) : bisect_left(self.starts, part.end)]


def _is_in(part: Sentence, starts: Sequence[int]) -> bool:
    """Whether one of the places, given in order, lies in a sentence."""
    return bisect_left(starts, part.start) < bisect_left(starts, part.end)


def how_said(triggers: Sequence[Trigger], text: ScannedText) -> dict[int, Said]:
    """How each sentence with a strong trigger of a core topic speaks, by the sentence's number."""
    topics = text.lexicon.topics
    core = [one for one in triggers if one.strength == "strong" and topics[one.topic].is_core]
    if not core:
        return {}
    context = _context(text.hits, text.mentions, text.published_on)
    order = list(Said)
    said: dict[int, Said] = {}
    for trigger in core:
        before = said.get(trigger.sentence, Said.FOREIGN)
        if before is Said.OWN:
            continue
        verdict = _verdict(trigger, text.sentences, text.folded, context)
        said[trigger.sentence] = min(verdict, before, key=order.index)
    return said


def _context(hits: Hits, mentions: Sequence[Mention], day: date | None) -> _Context:
    others = [(hit.start, hit.end) for name in ("other_beneficiary", "other_state") for hit in hits.words(name)]
    own = [Named("ukraine", hit.start, hit.end) for hit in hits.words("ukraine_as_us")]
    who = sorted([*named(mentions, others), *own], key=lambda one: one.start)
    return _Context(
        who,
        [one.start for one in who],
        [hit.start for hit in hits.words("demand")],
        [one.start for one in mentions if one.kind == "document" and one.id == "budapest-1994"],
        is_russia_named=any(one.who == "adversary" for one in who),
        has_others=bool(others),
        times_ukraine=sum(one.kind == "ukraine" or one.id == "UA" for one in mentions),
        day=day,
    )


def _verdict(trigger: Trigger, parts: Sequence[Sentence], folded: str, context: _Context) -> Said:
    here = parts[trigger.sentence]
    inside = context.named_in(here)
    beneficiary = beneficiary_of(folded, trigger.start, trigger.end, inside)
    if beneficiary is Beneficiary.OTHER or _has_other_within(trigger, inside):
        return Said.FOREIGN
    if trigger.rule == EXPLICIT and not _is_said_ukraines(trigger, parts, folded, inside, context):
        return Said.FOREIGN
    if beneficiary is Beneficiary.UNSAID and _is_foreign(trigger, parts, folded, inside, context):
        return Said.FOREIGN
    if _is_in(here, context.precedents):
        return Said.PRECEDENT
    if here.zone is not Zone.HEADLINE and _is_listed(trigger, here, folded):
        return Said.PASSING
    return Said.OWN


def _has_other_within(trigger: Trigger, inside: Sequence[Named]) -> bool:
    """Whether somebody else's good stands between the words of a pair: "security … of patient data … agreement"."""
    return any(one.who == "other" and trigger.start < one.start and one.end < trigger.end for one in inside)


def _is_said_ukraines(
    trigger: Trigger, parts: Sequence[Sentence], folded: str, inside: Sequence[Named], context: _Context
) -> bool:
    """Whether the words say that it is Ukraine's security; "our security" in a text without Ukraine is another's."""
    if not is_ukraines(folded, trigger.start, trigger.end, inside):
        return False
    has = {one.who for one in inside}
    if "adversary" in has and "ukraine" not in has:
        return False
    if context.times_ukraine or not any(one.who == "state" for one in context.who):
        return True
    return folded[trigger.start] >= "\u0400" and len(parts) < _FULL_TEXT


def _is_foreign(
    trigger: Trigger, parts: Sequence[Sentence], folded: str, inside: Sequence[Named], context: _Context
) -> bool:
    """Whether a guarantee whose beneficiary the phrase does not say is somebody else's."""
    has = {one.who for one in inside}
    if _SO_CALLED.search(folded, max(0, trigger.start - 24), trigger.start):
        return True
    if "ukraine" in has:
        return False
    if "other" in has or _is_russias_own(trigger, parts, folded, context):
        return True
    if _is_near("ukraine", trigger.sentence, parts, context):
        return False
    # A Ukrainian or Russian text need not name Ukraine: its readers know whose guarantees are meant.
    is_at_home = folded[trigger.start] >= "\u0400"
    if not context.has_others:
        return not (is_at_home or context.times_ukraine > _OFTEN)
    is_ours = is_at_home and context.times_ukraine >= _OFTEN
    return not is_ours or _is_near("other", trigger.sentence, parts, context)


def _is_russias_own(trigger: Trigger, parts: Sequence[Sentence], folded: str, context: _Context) -> bool:
    """Whether Russia speaks of guarantees it wants: in a demand, in "we need them", under a headline on its demand."""
    here = parts[trigger.sentence]
    has = {one.who for one in context.named_in(here)}
    if context.is_russia_named and context.day is not None and context.day < INVASION:
        return True
    if "adversary" in has and _is_in(here, context.demands):
        return True
    beside = [parts[0], *parts[max(0, trigger.sentence - 1) : trigger.sentence]]
    has_beside = has.union(one.who for part in beside for one in context.named_in(part))
    if "adversary" not in has_beside or "ukraine" in has_beside:
        return False
    if _WE_NEED.search(folded, here.start, trigger.start):
        return True
    return "state" not in has and _is_in(parts[0], context.demands)


def _is_near(who: str, sentence: int, parts: Sequence[Sentence], context: _Context) -> bool:
    """Whether somebody of this kind is named in the headline or in a sentence beside this one."""
    back = _BACK if who == "ukraine" else 1
    beside = [parts[0], *parts[max(0, sentence - back) : sentence + 2]]
    return any(one.who == who for part in beside for one in context.named_in(part))


def _is_listed(trigger: Trigger, here: Sentence, folded: str) -> bool:
    """Whether the phrase is an item of a list of subjects somebody discussed."""
    before = folded[here.start : trigger.start]
    verb = _DISCUSSED.search(before)
    if not verb:
        return False
    after = folded[trigger.end : here.end]
    return len(_LIST_BREAK.findall(before[verb.end() :])) + len(_LIST_BREAK.findall(after)) >= _LONG_LIST
