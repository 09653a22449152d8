"""Which document a step is about."""

import re
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
ISTANBUL_2022 = "istanbul-2022"
NONE_NAMED = "none-named"

_US_TEXT_SINCE = date(2025, 1, 20)
_SPOKEN_OF = frozenset({"objects.guarantee", "objects.guarantor", "objects.party", ""})
_ANY_DOCUMENT = frozenset({"objects.agreement", "objects.text", "objects.draft"})
_ISTANBUL = re.compile(r"(?:istanbul|стамбул)(?!\w*[ -](?:summit|саммит))")
_OLD_TEXT = re.compile(r"(?<!\d)2024(?!\d)|biden|байден")
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
    at_object = [mention for mention in named if abs(_distance(here, mention, step)) <= _NEAR]
    for mention in sorted(at_object, key=lambda one: abs(_distance(here, one, step))):
        return documents[_own(text, mention.id, guarantor)], mention
    clause = step.clause
    for mention in named:
        if clause.first <= here.word_of(mention) < clause.last and step.stage is not Stage.PROPOSED:
            return documents[_own(text, mention.id, guarantor)], mention
    if (spoken_of := _spoken_of(text, here, step, guarantor)) is not None:
        return documents[spoken_of], None
    return documents[_by_object(text, here, step, guarantor)], None


def _spoken_of(text: ToldText, here: ToldSentence, step: Step, guarantor: str) -> str | None:
    """The document last named, for a step on "the document", "the treaty"; None where its own words tell which."""
    if step.object_cue not in _ANY_DOCUMENT or step.subject == "security":
        return None
    documents = text.lexicon.documents
    for other in text.before(here.number, _REACH):
        named = [
            one.id for one in other.mentions if one.kind == "document" and _fits(documents[one.id], guarantor, step)
        ]
        if named:
            return _own(text, named[-1], guarantor)
    return None


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


def _by_object(text: ToldText, here: ToldSentence, step: Step, guarantor: str) -> str:  # noqa: PLR0911 - one return a rule
    if step.stage is Stage.JOINED_DECLARATION or step.object_cue == "objects.declaration":
        return G7_DECLARATION
    if step.object_cue == "objects.intent":
        return COALITION_INTENT
    if step.object_cue in {"objects.coalition", "objects.force"}:
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


def _is_of_2022(here: ToldSentence) -> bool:
    """Whether it speaks of the draft of 2022: by its year, or by the town's name as what it is called."""
    return "2022" in here.folded or any(word.folded.startswith("стамбульськ") for word in here.view.words)
