"""Tagging and claims taken together: all that is found in one text."""

from collections.abc import Sequence
from datetime import date

from flows.knowledge import Knowledge
from flows.steps.claims import claims
from flows.steps.clean import zones
from flows.steps.language import detect_language
from flows.steps.persons import persons
from flows.steps.statements import statements
from flows.steps.tag import tag
from flows.wire import TextLine, given_paragraphs, paragraph_spans
from storage import keys
from storage.records import Findings, Paragraph
from storage.terms import Language


def find(
    title: str,
    paragraphs: Sequence[Paragraph],
    text_full: str,
    language: Language,
    published_on: date | None,
    knowledge: Knowledge,
) -> Findings:
    """Topics, claims, statements and persons of one text; offsets are into `text_full`."""
    lexicon = knowledge.lexicon
    is_about, score, topics = tag(title, paragraphs, text_full, language, published_on, lexicon)
    given = (title, paragraphs, text_full, language, published_on, lexicon, knowledge.stages)
    return Findings(
        language=language,
        is_security_guarantees=is_about,
        score=score,
        topics=topics,
        claims=claims(*given, is_about=is_about),
        statements=statements(*given, is_about=is_about),
        persons=persons(text_full, language, lexicon),
    )


def zoned(line: TextLine) -> tuple[Language, list[Paragraph]]:
    """Language and paragraphs of a C3 line; zones come from cleaning's own function where the line gives none.

    Raises BadLineError where a given paragraph does not stand in the text.
    """
    text_full = line.text_full
    language = Language(line.language) if line.language in set(Language) else detect_language(text_full)
    paragraphs = given_paragraphs(line)
    if paragraphs is None:
        spans = paragraph_spans(line.text_body, len(text_full) - len(line.text_body))
        kinds = zones([text for text, _, _ in spans], language)
        paragraphs = [
            Paragraph(text=text, zone=zone, start=start, end=end)
            for (text, start, end), zone in zip(spans, kinds, strict=True)
        ]
    return language, paragraphs


def find_in_line(line: TextLine, knowledge: Knowledge) -> Findings:
    """All that is found in one C3 line.

    Raises BadLineError where a given paragraph does not stand in the text.
    """
    language, paragraphs = zoned(line)
    published_on = keys.kyiv_day(line.published) if line.published else None
    return find(line.title, paragraphs, line.text_full, language, published_on, knowledge)
