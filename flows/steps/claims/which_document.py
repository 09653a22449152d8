"""Which document a step is about."""

from datetime import date

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from flows.steps.lexemes import AgreementDocument
from flows.steps.mentions import Mention
from storage.terms import Family, Stage

BILATERAL = "bilateral"
G7_DECLARATION = "g7-declaration"
EU_COMMITMENTS = "eu-commitments"
US_TEXT = "us-text-2025"
COALITION = "coalition-force"
COALITION_INTENT = "coalition-intent-2026"
NONE_NAMED = "none-named"

_US_TEXT_SINCE = date(2025, 1, 20)
_SPOKEN_OF = frozenset({"objects.guarantee", "objects.guarantor", "objects.party", ""})
_NEAR = 4


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
    at_object = [mention for mention in named if abs(_distance(here, mention, step)) <= _NEAR]
    for mention in sorted(at_object, key=lambda one: abs(_distance(here, one, step))):
        return documents[_own(text, mention.id, guarantor)], mention
    clause = step.clause
    for mention in named:
        if clause.first <= here.word_of(mention) < clause.last and step.stage is not Stage.PROPOSED:
            return documents[_own(text, mention.id, guarantor)], mention
    return documents[_by_object(text, step, guarantor)], None


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


def _own(text: ToldText, slug: str, guarantor: str) -> str:
    """A bilateral agreement of the EU is its commitments; one of the United States may be the text of 2025."""
    return _agreement_of(text, guarantor) if slug == BILATERAL else slug


def _agreement_of(text: ToldText, guarantor: str) -> str:
    if guarantor == "EU":
        return EU_COMMITMENTS
    if guarantor == "US" and text.published_on is not None and text.published_on >= _US_TEXT_SINCE:
        return US_TEXT
    return BILATERAL


def _by_object(text: ToldText, step: Step, guarantor: str) -> str:
    if step.stage is Stage.JOINED_DECLARATION or step.object_cue == "objects.declaration":
        return G7_DECLARATION
    if step.object_cue == "objects.intent":
        return COALITION_INTENT
    if step.object_cue in {"objects.coalition", "objects.force"}:
        return COALITION
    if step.stage in {Stage.PROPOSED, Stage.COMMITMENT} and step.object_cue in _SPOKEN_OF:
        return NONE_NAMED
    if step.stage is Stage.BLOCKED and step.object_cue in {"objects.guarantee", "objects.guarantor"}:
        return NONE_NAMED
    return _agreement_of(text, guarantor)
