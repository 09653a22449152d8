"""A text scanned once: what tagging, claims, statements and people all work on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flows.steps.lexemes import Hits, Lexicon
from flows.steps.mentions import Mention, mentions_of
from flows.steps.people import Found, people_of
from flows.steps.sentences import Sentence, sentences
from flows.steps.text import fold
from storage.records import Paragraph
from storage.terms import Language

MOST_SENTENCES_OF_A_FLASH = 2
_HEAD = 500  # code points; a text on a topic says so in its headline or lead, and need not be gone through for it


@dataclass(frozen=True, eq=False)
class ScannedText:
    """A text as `flows.steps.text.lay_out` makes it, with what a scan of the lexicon finds in it.

    `published_on` is the Kyiv day of publication, None where it is unknown. Each part is made when first asked for,
    and once: a text without a word of ours costs no more than its folding and one look for such words.
    """

    title: str
    paragraphs: Sequence[Paragraph]
    text_full: str
    language: Language
    published_on: date | None
    lexicon: Lexicon

    @cached_property
    def folded(self) -> str:
        """The text in the form used for matching, of the same length."""
        return fold(self.text_full)

    @cached_property
    def may_have_topic(self) -> bool:
        """Whether any phrase of a topic, or word of a pair that makes one, stands in it."""
        look = self.lexicon.gate.find_matches_as_indexes
        return bool(look(self.folded[:_HEAD]) or look(self.folded))

    @cached_property
    def hits(self) -> Hits:
        """Every entry of the lexicon that stands in the text."""
        return Hits(self.lexicon.scan(self.text_full, self.folded, self.language))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The headline and all sentences."""
        return sentences(self.title, self.paragraphs, self.text_full)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Who and what the text names."""
        return mentions_of(self.hits, self.text_full, self.folded, self.lexicon, self.published_on)

    @cached_property
    def people(self) -> tuple[Found, ...]:
        """Where it names people, public figures first; of one kind in the order of the text."""
        return people_of(self.mentions, self.hits, self.text_full, self.folded, self.language, self.lexicon)

    @cached_property
    def names_others(self) -> bool:
        """Whether it names ships, plants, other countries: those whose guarantees are not Ukraine's."""
        return bool(self.hits.words("other_beneficiary") or self.hits.words("other_state"))

    @cached_property
    def is_flash(self) -> bool:
        """Whether it has no more than two sentences, and so nothing around them to tell what they are about."""
        return len(self.paragraphs) <= MOST_SENTENCES_OF_A_FLASH and len(self.sentences) <= MOST_SENTENCES_OF_A_FLASH
