"""How a sentence holds an act: done, planned, wished, possible, negated.

Only what stands before the act in its own clause and near it counts (the veto window): a mood is looked for in at
most eight words before the act, a negation in at most four.
"""

from dataclasses import dataclass
from itertools import pairwise

from flows.steps.claims.cues import Clause, Word

_MOOD_WINDOW = 8
_NEGATION_WINDOW = 4
_FINITE = frozenset({"past", "passive", "present", "future"})
_UNFULFILLED = frozenset({"modes.plan", "modes.wish", "modes.ready", "modes.future", "modes.possible", "modes.agreed"})
_NO_CUES: frozenset[str] = frozenset()
_NO = frozenset({"no", "neither", "none"})
_SO_THAT = frozenset({"чтобы", "чтоб", "щоб", "аби"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our"})
_OF_THE_VERB_BEFORE = frozenset({"modes.be", "modes.plan", "modes.wish", "modes.ready", "modes.agreed"})
_BEFORE_A_MONTH = frozenset({"of", "in", "by", "last", "next", "this", "since", "until", "early", "late", "mid", "on"})
_LATEST = frozenset({"latest", "newest", "last"})
_WOULD = frozenset({"б", "би", "бы"})
_GOVERNING = frozenset(
    {"modes.future", "modes.plan", "modes.agreed", "modes.ready", "modes.wish", "modes.possible"}
    | {"modes.condition", "modes.almost", "modes.discuss", "modes.be", "modes.thanks", "modes.decision"},
)


@dataclass(frozen=True, slots=True)
class Mood:
    """The cues that govern an act, by name, and what its own form adds."""

    cues: frozenset[str]
    is_negated: bool
    is_infinitive: bool
    is_present: bool
    is_future: bool
    is_nth: bool

    def has(self, *names: str) -> bool:
        """Whether one of these moods (`future`, `plan`, `wish` …) governs the act."""
        return bool(self.cues) and not self.cues.isdisjoint([f"modes.{name}" for name in names])

    @property
    def is_done(self) -> bool:
        """Told as having happened: nothing governs it that would make it less."""
        if self.is_nth:
            return not self.has("future", "possible", "condition") and not self.is_negated
        return not (
            self.is_negated
            or self.is_infinitive
            or self.is_present
            or self.is_future
            or self.has("future", "possible", "be", "condition", "almost")
        )

    @property
    def is_planned(self) -> bool:
        """Told as to come for certain, with or without a day."""
        return (self.is_future or self.is_infinitive or self.has("future", "plan", "agreed", "be")) and not (
            self.has("wish") and not self.has("agreed", "plan", "future")
        )


def mood(words: tuple[Word, ...], act: int, form: str, clause: Clause) -> Mood:
    """The mood of the act at word `act` of the given form."""
    is_finite = form in _FINITE
    first = max(clause.first, act - _MOOD_WINDOW)
    cues: set[str] = set()
    for number in range(act - 1, first - 1, -1):
        word = words[number]
        if is_finite and word.folded == ",":
            break
        if word.cues and not (word.folded == "may" and _is_month(words, number)):
            cues |= word.cues & _GOVERNING
    if form in {"past", "passive"}:
        cues = _of_a_past(words, act, clause, cues)
    is_infinitive = form == "infinitive" or (form == "past" and _is_put_to(words, act))
    is_present = form == "present"
    if form == "base":
        is_infinitive = _follows_to(words, act, first)
        is_present = not is_infinitive and not cues & {"modes.future", "modes.possible"}
    is_perfect_infinitive = form == "past" and _is_to_have(words, act)
    if (
        is_finite and form != "present" and not is_perfect_infinitive
    ):  # a finite past is not governed by a plan or wish before it
        cues -= {"modes.plan", "modes.agreed", "modes.wish", "modes.ready", "modes.discuss"}
    if words[clause.first].folded == "had" and act - clause.first < _MOOD_WINDOW:  # "had they signed, …"
        cues.add("modes.condition")
    is_nth = False
    if form in {"base", "infinitive"} and is_infinitive:
        before = words[first:act]
        is_nth = any(word.has("rounds.ordinal") for word in before) and any(
            word.has("actors.state_word") for word in before
        )
        is_nth = (is_nth or _is_the_latest(before)) and not _is_to_be(words[clause.first : act])
    return Mood(
        cues=frozenset(cues) if cues else _NO_CUES,
        is_negated=_is_negated(words, act, clause),
        is_infinitive=is_infinitive or (is_perfect_infinitive and bool(cues & _UNFULFILLED)),
        is_present=is_present,
        is_future=form == "future",
        is_nth=is_nth,
    )


def _is_month(words: tuple[Word, ...], number: int) -> bool:
    """May the month: "on 3 May", "the end of May", "in May 2024"."""
    around = [word.folded for word in (*words[max(0, number - 1) : number], *words[number + 1 : number + 2])]
    return any(one[0].isdigit() or one in _BEFORE_A_MONTH for one in around)


def _follows_to(words: tuple[Word, ...], act: int, first: int) -> bool:
    """Whether "to" governs it: to sign, to soon sign, to negotiate and sign."""
    reach = 4 if act and words[act - 1].folded in {"and", "or"} else 2
    return any(words[number].folded == "to" for number in range(max(first, act - reach), act))


def _of_a_past(words: tuple[Word, ...], act: int, clause: Clause, cues: set[str]) -> set[str]:
    """A condition opens its clause, "б" follows it; what governs a verb before its "has" does not govern it."""
    near = [word.folded for word in words[max(clause.first, act - 3) : act]]
    has = max(n for n in range(act - len(near), act) if words[n].folded == "has") if "has" in near else None
    if has is not None:  # "is to vouch … has been agreed"
        cues = {cue for word in words[has:act] for cue in word.cues if cue in _GOVERNING} | (cues & {"modes.condition"})
    opening = words[clause.first : clause.first + 2]
    is_as_though = words[clause.first].folded in {"though", "if"} and words[clause.first - 1].folded == "as"
    if is_as_though or any(word.has("modes.condition") for word in opening):
        cues = cues | {"modes.condition"}
    is_would = act + 1 < len(words) and words[act + 1].folded in _WOULD
    if is_would or _is_wanted(words, act, clause):
        cues = cues | {"modes.possible"}
    return cues - _OF_THE_VERB_BEFORE if _is_second_of_two(words, act) else cues


def _is_wanted(words: tuple[Word, ...], act: int, clause: Clause) -> bool:
    """A past after "чтобы" is a wish: "требует, чтобы парламент ратифицировал"."""
    for number in range(act - 1, max(clause.first, act - _MOOD_WINDOW) - 1, -1):
        if words[number].folded == ",":
            return False
        if words[number].folded in _SO_THAT:
            return True
    return False


def _is_second_of_two(words: tuple[Word, ...], act: int) -> bool:
    """A verb with its own object after "and": "did not wait to be asked and triggered the clause"."""
    following = [word.folded for word in words[act + 1 : act + 2]]
    return act > 0 and words[act - 1].folded == "and" and bool(following) and following[0] in _DETERMINERS


def _is_put_to(words: tuple[Word, ...], act: int) -> bool:
    """English "put" is an infinitive after "to": came to put his name to it."""
    return words[act].folded == "put" and act > 0 and words[act - 1].folded == "to"


def _is_to_have(words: tuple[Word, ...], act: int) -> bool:
    """A perfect infinitive: hopes to have signed."""
    before = [word.folded for word in words[max(0, act - 4) : act]]
    return "have" in before and "to" in before[: before.index("have")]


def _is_the_latest(before: tuple[Word, ...]) -> bool:
    """Became the latest, or the first, to sign."""
    named = any(word.folded in _LATEST or word.has("rounds.ordinal") for word in before)
    return named and any(word.has("become.past") for word in before)


def _is_to_be(before: tuple[Word, ...]) -> bool:
    """Is to be, will become or hopes to be the first to sign: not yet the first."""
    is_to = any(one.folded == "to" and two.folded in {"be", "become"} for one, two in pairwise(before))
    return is_to or any(word.has("modes.future", "modes.wish", "modes.due") for word in before)


def _is_negated_after(words: tuple[Word, ...], act: int, clause: Clause) -> bool:
    """Подписан он не был: the negation stands with a "to be" after a participle."""
    after = [word.folded for word in words[act + 1 : min(clause.last, act + 4)]]
    if "не" not in after or not any(cue.endswith(".passive") for cue in words[act].cues):
        return False
    return any(one == "не" and follow.startswith(("бу", "бы")) for one, follow in pairwise(after))


def _is_negated(words: tuple[Word, ...], act: int, clause: Clause) -> bool:
    if _is_negated_after(words, act, clause) or (act + 1 < len(words) and words[act + 1].folded in _NO):
        return True
    for number in range(act - 1, max(clause.first, act - _NEGATION_WINDOW) - 1, -1):
        word = words[number]
        if word.folded == ",":
            return False
        if "modes.negation" in word.cues and "modes.no_negation" not in word.cues:
            return not _is_of_did(words, number, act)
    return False


def _is_of_did(words: tuple[Word, ...], negation: int, act: int) -> bool:
    """Whether a negation belongs to a "did" before another verb: "did not wait and signed"."""
    is_did = words[negation].folded == "didn't" or (negation > 0 and words[negation - 1].folded == "did")
    return is_did and words[act - 1].folded == "and" and words[act].folded.endswith("ed")
