"""Which document a step is about."""

import re
from datetime import date
from functools import lru_cache

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import DOCUMENTS, Step
from flows.steps.lexemes import AgreementDocument
from flows.steps.mentions import Mention
from storage.terms import Family, Stage, Zone

BILATERAL = "bilateral"
G7_DECLARATION = "g7-declaration"
EU_COMMITMENTS = "eu-commitments"
US_TEXT = "us-text-2025"
COALITION = "coalition-force"
COALITION_INTENT = "coalition-intent-2026"
ISTANBUL_2022 = "istanbul-2022"
NONE_NAMED = "none-named"
UK_100_YEAR = "uk-100-year"
BUDAPEST = "budapest-1994"

_US_TEXT_SINCE = date(2025, 1, 20)
_SPOKEN_OF = frozenset({"objects.guarantee", "objects.guarantor", "objects.party", ""})
_ANY_DOCUMENT = frozenset({"objects.agreement", "objects.text", "objects.draft"})
_ISTANBUL = re.compile(r"(?:istanbul|стамбул)(?!\w*[ -](?:summit|саммит))")
_OLD_TEXT = re.compile(
    r"(?<!\d)2024(?!\d)|biden|байден"
    r"|(?<!\w)(?:old|former|previous|earlier|стар|попередн|колишн|прежн|предыдущ|бывш)\w* (?:\w+ )?"
    r"(?:agreement|deal|pact|accord|угод|догов|соглаш|пакт)"
)
_UNNAMED = frozenset({"objects.signature", "objects.bill"})
_WITH = frozenset({"with", "з", "із", "зі", "с", "со"})
_OF_NO_TEXT = frozenset({Stage.PROPOSED, Stage.COMMITMENT, Stage.BLOCKED})
"""Stages that need no document."""
_FORCE = frozenset({"objects.force", "objects.unit", "objects.deployment", "objects.coalition"})
_OF_THEIR_OWN = frozenset({Family.UK_100_YEAR, Family.UKRAINE_COMPACT, Family.EU_COMMITMENTS})
"""Families whose documents a text may be about as a whole."""
_VOTED = frozenset({Stage.SUBMITTED, Stage.RATIFIED, Stage.IN_FORCE})
_READY = "proposed.ready-to-join"
_BUDAPEST_YEAR = 1994
_OPENING_SENTENCES = 6
_TWO = 2
_NEAR = 4
_REACH = 3


def which_document(
    text: ToldText, here: ToldSentence, step: Step, guarantor: str
) -> tuple[AgreementDocument, Mention | None]:
    """The document of a guarantor's step, and the mention that names it where one does.

    A document named at the act's object wins; then one named in the act's clause that fits the object; else the
    object decides: a declaration joined is the G7's, a declaration of intent or troops the coalition's, an
    agreement the guarantor's own (the EU's commitments, after January 2025 the new text of the United States).
    A proposal names no document.
    """
    documents = text.lexicon.documents
    named = [
        mention
        for mention in here.mentions
        if mention.kind == "document" and _fits(documents[mention.id], guarantor, step)
    ]
    if step.object_at >= 0 and _is_own_with_ukraine(here, step):
        named = [one for one in named if _distance(here, one, step) == 0]
    at_object = [mention for mention in named if abs(_distance(here, mention, step)) <= _NEAR]
    for mention in sorted(at_object, key=lambda one: abs(_distance(here, one, step))):
        return documents[_own(text, here, mention.id, guarantor)], mention
    clause = step.clause
    for mention in named:
        if clause.first <= here.word_of(mention) < clause.last and step.stage is not Stage.PROPOSED:
            return documents[_own(text, here, mention.id, guarantor)], mention
    if (spoken_of := _spoken_of(text, here, step, guarantor)) is not None:
        return documents[spoken_of], None
    return documents[_by_object(text, here, step, guarantor)], None


def _spoken_of(  # noqa: PLR0911 - one return a rule
    text: ToldText, here: ToldSentence, step: Step, guarantor: str
) -> str | None:
    """The document last named, for a step on "the document", "the treaty"; None where its own words tell which.

    Where none is named just before, the one the headline and opening are about.
    """
    if step.object_cue not in _ANY_DOCUMENT | _UNNAMED and step.stage not in _VOTED:
        return None
    if (step.subject == "security" and step.object_cue != "objects.text") or _is_own_with_ukraine(here, step):
        return None
    documents = text.lexicon.documents
    about = document_of_text(text)
    if step.object_cue in _ANY_DOCUMENT:
        for other in text.before(here.number, _REACH):
            named = [
                one.id for one in other.mentions if one.kind == "document" and _fits(documents[one.id], guarantor, step)
            ]
            is_one_text = about is not None and step.object_cue == "objects.text" and named[-1:] == [BILATERAL]
            if named and not is_one_text:
                return _own(text, here, named[-1], guarantor)
    if about is None or step.stage in {Stage.PROPOSED, Stage.COMMITMENT}:
        return None
    if here.sentence.zone is Zone.BACKGROUND and about != UK_100_YEAR:
        return None
    document = documents[about]
    if (document.parties and guarantor not in document.parties) or not _may_be_of(here, about):
        return None
    return about


def _may_be_of(here: ToldSentence, slug: str) -> bool:
    """Whether the sentence does not say it is of an older agreement, or of a bilateral one."""
    if slug == UK_100_YEAR and re.search(r"(?<!\d)2024(?!\d)", here.folded):
        return False
    return not re.search(r"bilateral|двосторонн|двусторонн", here.folded)


@lru_cache(maxsize=8)
def document_of_text(text: ToldText) -> str | None:
    """The one document with a name of its own that the headline, or else the first paragraph, is about."""
    documents = text.lexicon.documents
    head = [one for one in text.sentences[:_OPENING_SENTENCES] if one.view.is_headline]
    lead = [one for one in text.sentences[:_OPENING_SENTENCES] if not one.view.is_headline][:_TWO]
    for sentences in (head, lead):
        named = {
            one.id
            for other in sentences
            for one in other.mentions
            if one.kind == "document" and documents[one.id].family in _OF_THEIR_OWN
        }
        if len(named) == 1:
            return named.pop()
        if named:
            return None
    return None


def _is_own_with_ukraine(here: ToldSentence, step: Step) -> bool:
    """Whether it is "an agreement with Ukraine": the guarantor's own, whatever the text is about."""
    if step.object_cue != "objects.agreement" or step.object_at < 0:
        return False
    words = here.view.words[step.object_at + 1 : step.object_at + 3]
    if len(words) < _TWO or words[0].folded not in _WITH:
        return False
    at = step.object_at + 2
    return any(one.kind in {"ukraine", "place"} and here.word_of(one) == at for one in here.mentions if one.id == "UA")


def of_that_day(
    text: ToldText, document: AgreementDocument, stage: Stage, guarantor: str, on: date | None
) -> AgreementDocument:
    """The document a step of a known day must be of: in December 1994 that of Budapest, before 2025 no US text."""
    documents = text.lexicon.documents
    if on is None or document.family not in {Family.BILATERAL, Family.US_TEXT_2025}:
        return document
    if stage is Stage.SIGNED and on.year == _BUDAPEST_YEAR and guarantor in documents[BUDAPEST].parties:
        return documents[BUDAPEST]
    if document.family is Family.US_TEXT_2025 and on < _US_TEXT_SINCE and stage is not Stage.PROPOSED:
        return documents[BILATERAL]
    return document


def _distance(here: ToldSentence, mention: Mention, step: Step) -> int:
    anchor = step.object_at if step.object_at >= 0 else step.act
    first = here.word_of(mention)
    spans, end = here.view.spans, mention.end - here.sentence.start
    last = max((n for n in range(first, len(spans)) if spans[n][1] <= end), default=first)
    if first <= anchor <= last:
        return 0
    return first - anchor if anchor < first else anchor - last


def _fits(document: AgreementDocument, guarantor: str, step: Step) -> bool:
    if document.parties and guarantor not in document.parties:
        return False
    if step.stage is Stage.PROPOSED and step.object_cue in _SPOKEN_OF:
        return document.family not in {Family.BILATERAL, Family.G7_DECLARATION, Family.US_TEXT_2025}
    is_declaration = document.family is Family.G7_DECLARATION
    if step.stage is Stage.JOINED_DECLARATION:
        return is_declaration
    return not (is_declaration and step.object_cue != "objects.declaration")


def _own(text: ToldText, here: ToldSentence, slug: str, guarantor: str) -> str:
    """A bilateral agreement of the EU is its commitments; one of the United States may be the text of 2025."""
    if slug != BILATERAL or (guarantor == "US" and _OLD_TEXT.search(here.folded)):
        return slug
    return _agreement_of(text, guarantor)


def _agreement_of(text: ToldText, guarantor: str) -> str:
    if guarantor == "EU":
        return EU_COMMITMENTS
    if guarantor == "US" and text.published_on is not None and text.published_on >= _US_TEXT_SINCE:
        return US_TEXT
    return BILATERAL


def _by_object(text: ToldText, here: ToldSentence, step: Step, guarantor: str) -> str:  # noqa: PLR0911 - one a rule
    if step.stage is Stage.JOINED_DECLARATION or step.object_cue == "objects.declaration":
        return G7_DECLARATION
    if step.object_cue == "objects.intent":
        return COALITION_INTENT
    if (step.rule == _READY or step.stage is Stage.BLOCKED) and _spoke_of_declaration(text, here, step):
        return G7_DECLARATION
    if step.object_cue in {"objects.coalition", "objects.force"}:
        return COALITION
    if step.stage in _OF_NO_TEXT and _is_of_force(text, here, step):
        return COALITION
    if step.stage is Stage.PROPOSED and _ISTANBUL.search(here.folded) and _is_of_2022(here):
        return ISTANBUL_2022
    if step.stage in {Stage.PROPOSED, Stage.COMMITMENT} and step.object_cue in _SPOKEN_OF:
        return NONE_NAMED
    if step.stage is Stage.BLOCKED and step.object_cue in {"objects.guarantee", "objects.guarantor"}:
        return NONE_NAMED
    if guarantor == "US" and _OLD_TEXT.search(here.folded):  # the agreement of June 2024
        return BILATERAL
    return _agreement_of(text, guarantor)


def _spoke_of_declaration(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether "joining", "this text" are of the declaration of the G7: the document the text named last."""
    if step.rule != _READY and step.object_cue not in {"objects.text", "objects.signature"}:
        return False
    for other in text.before(here.number, 2 * _REACH):
        named = [one.id for one in other.mentions if one.kind == "document"]
        if named:
            return named[-1] == G7_DECLARATION
    return False


def _is_of_force(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a pledge or refusal is of troops, by its own words or, having no object, by those before it."""
    if not here.view.all_cues.isdisjoint(_FORCE) and step.object_cue not in {*DOCUMENTS, "objects.signature"}:
        return True
    if step.object_cue or step.stage is not Stage.BLOCKED or not here.number:
        return False
    before = text.sentences[here.number - 1]
    return before.sentence.paragraph == here.sentence.paragraph and not before.view.all_cues.isdisjoint(_FORCE)


def _is_of_2022(here: ToldSentence) -> bool:
    """Whether it speaks of the draft of 2022: by its year, or by the town's name as what it is called."""
    return "2022" in here.folded or any(word.folded.startswith("стамбульськ") for word in here.view.words)
