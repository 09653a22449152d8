"""What a text goes on about: the agreement it named last.

"It was signed on Monday", "the accord was ratified in June": which agreement stands in what was told
before. The agreement named last decides; one on something else, or between others, ends the thread.
"""

import re
from collections.abc import Iterator

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.who import is_between_others
from storage.terms import Stage, Zone

_PLURAL = re.compile(
    r"(?:agreement|pact|deal|accord|document|text)s|treaties|угод|угодами|угодах|документи|документів|документами|документах|договори|договорів"
    r"|тексти|текстів|соглашений|соглашениями|документы|документов|документами|документах|договоры|договоров|тексты|текстов"
)
_AHEAD_OF_HEADLINE = 3


def agreement_before(text: ToldText, here: ToldSentence) -> tuple[str, ToldSentence | None]:
    """What the agreement is about that a text speaks of at a sentence (`security`, `other`, ``), and who says so.

    The nearest sentence before that says what its agreement is about decides; for a headline, the sentences after
    it. An aside on another agreement holds for its paragraph: the next goes on about what the text began with.
    """
    for one in _around(text, here):
        if one.agreement_is == "security":
            return ("other", None) if _is_of_others(one) else ("security", one)
        if one.agreement_is == "other":
            return ("other", None) if one.sentence.paragraph == here.sentence.paragraph else _main(text, here)
    return "", None


def _main(text: ToldText, here: ToldSentence) -> tuple[str, ToldSentence | None]:
    """The first sentence before one that says what its agreement is about, where it is on security."""
    first = next((one for one in text.sentences[: here.number] if one.agreement_is), None)
    if first is not None and first.agreement_is == "security" and not _is_of_others(first):
        return "security", first
    return "other", None


def _is_of_others(one: ToldSentence) -> bool:
    return any(is_between_others(one, step) for step in one.steps if step.stage is not Stage.JOINED_DECLARATION)


def is_plural(word: str) -> bool:
    """Whether a word names several documents."""
    return _PLURAL.fullmatch(word) is not None


def _around(text: ToldText, here: ToldSentence) -> Iterator[ToldSentence]:
    """Sentences before, nearest first, the headline last; for the headline those after it."""
    first = 1 if text.sentences[0].sentence.zone is Zone.HEADLINE else 0
    yield from reversed(text.sentences[first : here.number])
    if first and here.number:
        yield text.sentences[0]
    elif first:
        yield from text.sentences[1 : 1 + _AHEAD_OF_HEADLINE]
