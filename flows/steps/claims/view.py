"""A sentence as the rules see it: words, clauses, zone; and the step a rule makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.steps.claims.cues import Clause, Word, clauses, spans
from storage.terms import BlockKind, Factuality, Stage, Zone

AHEAD = 12
BEHIND = 10
_QUALIFIERS = frozenset({"on", "about", "for", "regarding", "concerning", "про", "щодо", "стосовно", "о", "об", "по"})
DOCUMENTS = ("objects.agreement", "objects.intent", "objects.draft", "objects.text", "objects.declaration")
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january"}) | {
    *("february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
}
_OCCASIONS = frozenset({"sidelines", "margins", "fringes", "day", "eve", "occasion", "behalf", "anniversary", "spot"})
_BEFORE_OBJECT = 4
_SAFE = ("security", "безпек", "безопасн")
_KEPT_SAFE = ("information", "data", "інформац", "даних", "информац", "данных", "flight", "польот", "полет")
_LINKS = frozenset({"and", ",", "та", "і", "й", "и"})
_AFTER_OBJECT = 9


@dataclass(frozen=True, slots=True)
class Step:
    """A step told by one sentence; `act` is the word of the act, `object_at` that of its object or -1.

    `subject` says what the words around the object are about: `security`, `open` (nothing said: the texts around
    decide) or `unclear` (said to be on something we do not know). `guarantor_after`: the guarantor stands after
    the act (wanted, thanked, joined by), not before it. `needs_context`: without a guarantee told of just before,
    the sentence says nothing. `is_anaphoric`: its object is a pronoun, or left out, and stands in what was told before.
    """

    stage: Stage
    factuality: Factuality
    rule: str
    act: int
    clause: Clause
    subject: str
    object_at: int = -1
    object_cue: str = ""
    is_hedged: bool = False
    block_kind: BlockKind | None = None
    guarantor_after: bool = False
    needs_context: bool = False
    is_anaphoric: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The object of an act: its word, its cue, and what it is about (a Step's subject, or `other`)."""

    at: int
    cue: str
    subject: str


class SentenceView:
    """A sentence's words, clauses and zone, with what the rules ask of them."""

    def __init__(self, folded: str, words: tuple[Word, ...], zone: Zone) -> None:
        """A sentence that stands in `zone`, with its words as `StageRules.words` reads its folded text."""
        self._folded = folded
        self.words = words
        self.is_headline = zone is Zone.HEADLINE
        self.is_note = zone is Zone.EDITOR_NOTE
        self.all_cues: frozenset[str] = frozenset().union(*[word.cues for word in words if word.cues])

    @cached_property
    def parts(self) -> tuple[Clause, ...]:
        """Its clauses."""
        return tuple(clauses(self.words))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where its words begin and end."""
        return spans(self._folded)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where its words begin."""
        return tuple([start for start, _ in self.spans])

    def clause(self, number: int) -> Clause:
        """The clause a word stands in (marks between clauses belong to the one before)."""
        found = self.parts[0]
        for part in self.parts:
            if part.first > number:
                break
            found = part
        return found

    def near(self, number: int, *cues: str, behind: int = 0, ahead: int = 0) -> bool:
        """Whether one of the cues stands within so many words of a word, in the whole sentence."""
        if self.all_cues.isdisjoint(cues):
            return False
        for word in self.words[max(0, number - behind) : number + ahead + 1]:
            if word.cues and not word.cues.isdisjoint(cues):
                return True
        return False

    def find(
        self, act: int, *cues: str, behind_first: bool = False, ahead: int = AHEAD, behind: int = BEHIND
    ) -> Target | None:
        """The object of the act: ahead in its clause, else behind (the other way round for a passive).

        A relative clause ("…, which Ukraine signed") also looks into the clause before it. A law or decree in
        between ends the search: it is what was signed then.
        """
        if self.all_cues.isdisjoint(cues):
            return None
        clause = self.clause(act)
        low = max(0 if self.words[clause.first].has("speech.break") else clause.first, act - behind)
        after, before = range(act + 1, min(clause.last, act + ahead + 1)), range(act - 1, low - 1, -1)
        for places in (before, after) if behind_first else (after, before):
            for number in places:
                own = self.words[number].cues
                if not own:
                    continue
                if "objects.bill" in own and "objects.bill" not in cues:
                    break
                if own.isdisjoint(cues):
                    continue
                return Target(number, next(cue for cue in cues if cue in own), self.subject(number))
        return None

    def named_before(self, act: int) -> Target | None:
        """The document named last before an act in its sentence, in whatever clause."""
        if self.all_cues.isdisjoint(DOCUMENTS):
            return None
        for number in range(act - 1, -1, -1):
            own = self.words[number].cues
            if own and not own.isdisjoint(DOCUMENTS):
                return Target(number, next(cue for cue in DOCUMENTS if cue in own), self.subject(number))
        return None

    def subject(self, number: int) -> str:
        """What the object at a word is about: the leftmost cue of the words before it, else of those after it."""
        for place in range(max(0, number - _BEFORE_OBJECT), number + 1):
            own = self.words[place].cues
            if "subject.other" in own:
                return "other"
            if "subject.security" in own:
                return "other" if _is_other_security(self.words, place) else "security"
        after = self.words[number + 1 : number + _AFTER_OBJECT + 1]
        is_same = True
        for place, word in enumerate(after):
            if word.folded in ";.:(" or "speech.break" in word.cues:
                break
            if "subject.security" in word.cues:
                return "other" if _is_other_security(after, place) else "security"
            is_same = is_same and word.folded != ","
            if is_same and "subject.other" in word.cues:
                return "other"
        if len(after) > 1 and after[0].folded in _QUALIFIERS and not _is_day(after[1], after[2:4]):
            # "talks on the conclusion of an agreement" say no more than "talks"
            return "open" if any(word.has("objects.agreement", "objects.text") for word in after[1:5]) else "unclear"
        return "open"


def _is_day(word: Word, following: Sequence[Word]) -> bool:
    """Whether "on" before this word opens a time or a place: on 31 May, on the sidelines, on the same day."""
    is_occasion = any(one.folded in _OCCASIONS for one in (word, *following))
    return word.folded[0].isdigit() or word.folded in _DAYS or is_occasion


def _is_other_security(after: Sequence[Word], place: int) -> bool:
    """Security of information, food or flights, or guarantees for money: none of a state."""
    if after[place].folded.startswith(_SAFE):
        following = [word.folded for word in after[place + 1 : place + 4]]
        first = following[1:] if following[:1] in (["of"], ["the"]) else following
        first = first[1:] if first[:1] == ["the"] else first
        if any(word.startswith(_KEPT_SAFE) for word in first[:2]) and not _LINKS.intersection(first[:1]):
            return True
        before = [word.folded for word in after[max(0, place - 1) : place]]
        return any(word.startswith(_KEPT_SAFE) for word in before) and not _LINKS.intersection(before)
    return _is_guarantee_of_money(after, place)


def _is_guarantee_of_money(after: Sequence[Word], place: int) -> bool:
    """Guarantees for loans, exports, investments: not of security."""
    if not after[place].has("objects.guarantee"):
        return False
    following = after[place + 1 : place + 4]
    return any(w.has("subject.other") for w in following) and not any(w.has("subject.security") for w in following)
