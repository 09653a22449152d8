"""A text read for claims: its sentences with their words, mentions and steps."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from flows.steps.claims.cues import StageRules
from flows.steps.claims.stage import steps
from flows.steps.claims.view import DOCUMENTS, SentenceView, Step
from flows.steps.lexemes import Lexicon
from flows.steps.mentions import Mention
from flows.steps.persons import found_people
from flows.steps.scanned import ScannedText
from flows.steps.sentences import Sentence
from storage.terms import Language, Zone

_OTHER_STATES = "other_state"
_PAPERS = frozenset({*DOCUMENTS, "objects.guarantee"})
_CLOSING = "\"'”») "
"""What may follow the mark of a question."""
_BILLS = ("bill", "legislation", "законопро")


@dataclass(eq=False)
class ToldSentence:
    """One sentence: `mentions` are its own, with offsets into the whole text; `steps` as `stage.steps` finds them.

    `unlisted` are the people in it whom the lexicon does not hold (kind person, form `unlisted`).
    `names_other_states`: it names states outside our list, between whom treaties are their own.
    """

    number: int
    sentence: Sentence
    folded: str
    view: SentenceView
    mentions: tuple[Mention, ...]
    steps: tuple[Step, ...]
    unlisted: tuple[Mention, ...] = ()
    names_other_states: bool = False

    def word_of(self, mention: Mention) -> int:
        """The word of the sentence at which a mention begins."""
        return self.word_at(mention.start - self.sentence.start)

    def word_at(self, position: int) -> int:
        """The word that stands at a position of the sentence."""
        return max(0, bisect_right(self.view.starts, position) - 1)

    def span_of(self, first: int, last: int) -> tuple[int, int]:
        """Where words `first` to `last` (inclusive) stand in the whole text."""
        spans = self.view.spans
        return self.sentence.start + spans[first][0], self.sentence.start + spans[last][1]

    def has(self, *kinds: str) -> bool:
        """Whether a mention of one of these kinds stands in the sentence."""
        return any(mention.kind in kinds for mention in self.mentions)

    @cached_property
    def names_guarantee(self) -> bool:
        """Whether it speaks of a guarantee, a security agreement or another document of ours."""
        return "subject.security" in self.view.all_cues and (
            not self.view.all_cues.isdisjoint(("objects.guarantee", "objects.guarantor", "objects.agreement"))
            or not self.view.all_cues.isdisjoint(("objects.text", "objects.declaration"))
        )

    @cached_property
    def agreement_is(self) -> str:
        """What the agreement it names is about: `security`, `other`, or nothing where it names none or does not say."""
        view = self.view
        found = {
            view.subject(n) for n, word in enumerate(view.words) if word.cues and not word.cues.isdisjoint(_PAPERS)
        }
        if self.has("document"):
            found.add("security")
        if found and self.names_other_states and not self.has_ukraine:
            return "other"
        if "security" in found:
            return "security"
        if "other" in found or (not found and _is_of_another_paper(view)):
            return "other"
        return ""

    @cached_property
    def has_ukraine(self) -> bool:
        """Whether Ukraine, one of its people, or "we" is named."""
        return self.has("ukraine") or "actors.we" in self.view.all_cues or self.has_place("UA")

    def has_place(self, code: str) -> bool:
        """Whether a capital of this country is named as a place."""
        return any(mention.kind == "place" and mention.id == code for mention in self.mentions)


def _is_of_another_paper(view: SentenceView) -> bool:
    """A contract signed, or a decree, law or order that is none on ratification (a bill may be one)."""
    cues = view.all_cues
    if "objects.paper" in cues and not cues.isdisjoint(("sign.past", "sign.passive")):
        return "ratify.noun" not in cues
    if "objects.bill" not in cues or "actors.parliament" in cues:
        return False
    if not cues.isdisjoint(("ratify.noun", "ratify.infinitive", "ratify.past", "ratify.passive")):
        return False
    return any(word.has("objects.bill") and not word.folded.startswith(_BILLS) for word in view.words)


@dataclass(frozen=True, eq=False)
class ToldText:
    """A text, its language, the day it was published in Kyiv, and its sentences.

    `names_others`: it names states or people, other than Ukraine, whose security others may guarantee.
    """

    text_full: str
    language: Language
    published_on: date | None
    lexicon: Lexicon
    sentences: tuple[ToldSentence, ...]
    is_flash: bool
    names_others: bool
    _last: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _first: dict[Callable[[ToldSentence], bool], int | None] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def has_ukraine(self) -> bool:
        """Whether any sentence names Ukraine, one of its people, or "we"."""
        return any(one.has_ukraine for one in self.sentences)

    @cached_property
    def naming(self) -> Mapping[str, Sequence[ToldSentence]]:
        """The sentences that name each person whom the lexicon does not hold."""
        found: dict[str, dict[int, ToldSentence]] = {}
        for here in self.sentences:
            for person in here.unlisted:
                found.setdefault(person.id, {})[here.number] = here
        return {name: tuple(there.values()) for name, there in found.items()}

    def first(self, test: Callable[[ToldSentence], bool]) -> ToldSentence | None:
        """The first sentence that passes a test, which is asked of each sentence once."""
        if test not in self._first:
            self._first[test] = next((one.number for one in self.sentences if test(one)), None)
        number = self._first[test]
        return None if number is None else self.sentences[number]

    def last_on_agreement(self, number: int) -> ToldSentence | None:
        """The nearest sentence of the body before one that says what its agreement is about."""
        first = 1 if self.sentences[0].sentence.zone is Zone.HEADLINE else 0
        at = number - 1
        while at >= first and not self.sentences[at].agreement_is:
            at = self._last.get(at, at - 1)
        self._last[number] = at
        return self.sentences[at] if at >= first else None

    def before(self, number: int, reach: int) -> Sequence[ToldSentence]:
        """Up to `reach` body sentences before one, nearest first; then the headline."""
        body = [
            one for one in self.sentences[max(0, number - reach) : number] if one.sentence.zone is not Zone.HEADLINE
        ]
        headline = [one for one in self.sentences[:1] if one.sentence.zone is Zone.HEADLINE and one.number != number]
        return [*reversed(body), *headline]


def told(text: ScannedText, stages: StageRules) -> ToldText:
    """Read a text: its sentences with their mentions, cue words and steps."""
    mentions, folded, language = text.mentions, text.folded, text.language
    starts = [mention.start for mention in mentions]
    unlisted = sorted(
        [Mention("person", one.key, one.start, one.end, "unlisted") for one in found_people(text) if one.is_unlisted],
        key=lambda one: one.start,
    )
    people = [one.start for one in unlisted]
    others = [hit.start for hit in text.hits.words(_OTHER_STATES)]
    found: list[ToldSentence] = []
    for number, part in enumerate(text.sentences):
        start, end = part.start, part.end
        own_folded = folded[start:end]
        view = SentenceView(own_folded, stages.words(own_folded, language), part.zone)
        found.append(
            ToldSentence(
                number,
                part,
                own_folded,
                view,
                mentions[bisect_left(starts, start) : bisect_left(starts, end)],
                steps(view, is_question="?" in part.text and part.text.rstrip(_CLOSING).endswith("?")),
                tuple(unlisted[bisect_left(people, start) : bisect_left(people, end)]) if people else (),
                bool(others) and bisect_left(others, start) < bisect_left(others, end),
            )
        )
    return ToldText(
        text.text_full,
        language,
        text.published_on,
        text.lexicon,
        tuple(found),
        is_flash=text.is_flash,
        names_others=text.names_others,
    )
