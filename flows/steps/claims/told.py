"""A text read for claims: its sentences with their words, mentions and steps."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flows.steps.claims.cues import StageRules
from flows.steps.claims.stage import steps
from flows.steps.claims.view import SentenceView, Step
from flows.steps.lexemes import Lexicon
from flows.steps.mentions import Mention, find_mentions
from flows.steps.sentences import Sentence, sentences
from flows.steps.text import fold
from storage.records import Paragraph
from storage.terms import Language, Zone


@dataclass(frozen=True, eq=False)
class ToldSentence:
    """One sentence: `mentions` are its own, with offsets into the whole text; `steps` as `stage.steps` finds them."""

    number: int
    sentence: Sentence
    view: SentenceView
    mentions: tuple[Mention, ...]
    steps: tuple[Step, ...]

    def word_of(self, mention: Mention) -> int:
        """The word of the sentence at which a mention begins."""
        return max(0, bisect_right(self.view.starts, mention.start - self.sentence.start) - 1)

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
    def has_ukraine(self) -> bool:
        """Whether Ukraine, one of its people, or "we" is named."""
        return self.has("ukraine") or "actors.we" in self.view.all_cues or self.has_place("UA")

    def has_place(self, code: str) -> bool:
        """Whether a capital of this country is named as a place."""
        return any(mention.kind == "place" and mention.id == code for mention in self.mentions)


@dataclass(frozen=True, slots=True, eq=False)
class ToldText:
    """A text, its language, the day it was published in Kyiv, and its sentences."""

    text_full: str
    language: Language
    published_on: date | None
    lexicon: Lexicon
    sentences: tuple[ToldSentence, ...]

    def before(self, number: int, reach: int) -> Sequence[ToldSentence]:
        """Up to `reach` body sentences before one, nearest first; then the headline."""
        body = [
            one for one in self.sentences[max(0, number - reach) : number] if one.sentence.zone is not Zone.HEADLINE
        ]
        headline = [one for one in self.sentences[:1] if one.sentence.zone is Zone.HEADLINE and one.number != number]
        return [*reversed(body), *headline]


def told(
    title: str,
    paragraphs: Sequence[Paragraph],
    text_full: str,
    language: Language,
    published_on: date | None,
    lexicon: Lexicon,
    stages: StageRules,
) -> ToldText:
    """Read a text: sentences, mentions, cue words and steps."""
    parts = sentences(title, paragraphs, text_full)
    mentions = find_mentions(text_full, language, lexicon, published_on)
    starts = [mention.start for mention in mentions]
    found: list[ToldSentence] = []
    folded = fold(text_full)
    for number, part in enumerate(parts):
        low, high = bisect_right(starts, part.start - 1), bisect_right(starts, part.end - 1)
        view = SentenceView(stages.words(folded[part.start : part.end], language), part.zone)
        is_question = part.text.rstrip("\"'”») ").endswith("?")
        own = tuple(mentions[low:high])
        found.append(ToldSentence(number, part, view, own, steps(view, is_question=is_question) if view.words else ()))
    return ToldText(text_full, language, published_on, lexicon, tuple(found))
