"""Tagging and claims taken together: all that is found in one text."""

from collections.abc import Sequence
from datetime import date

from crawlers.outlet import outlet_called
from flows.knowledge import Knowledge
from flows.steps.attribution import attributions
from flows.steps.by_steps import about_by_steps
from flows.steps.claims import claims, told
from flows.steps.clean import zones
from flows.steps.language import detect_language
from flows.steps.persons import persons
from flows.steps.scanned import ScannedText
from flows.steps.statements import statements
from flows.steps.tag import UMBRELLA, tag
from flows.steps.text import normal
from flows.wire import TextLine, given_paragraphs, paragraph_spans
from storage import keys
from storage.records import Findings, Paragraph
from storage.terms import Language, Zone

_SENTENCE_ENDS = (".", "!", "?", "…", ":", '"', "”", "»")


def find(
    title: str,
    paragraphs: Sequence[Paragraph],
    text_full: str,
    language: Language,
    published_on: date | None,
    knowledge: Knowledge,
    outlet: str | None = None,
) -> Findings:
    """Topics, claims, statements, persons and credits of one text; offsets are into `text_full`.

    `outlet` is the slug of the outlet that published it: what it credits to itself is told apart.

    Claims and statements are sought in a text that is about guarantees for Ukraine; in one that speaks of them only
    in its background, that gives claims which repeat an older step.
    """
    text = ScannedText(title, paragraphs, text_full, language, published_on, knowledge.lexicon)
    is_about, score, topics = tag(text)
    is_spoken_of = text.is_flash or any(one.topic == UMBRELLA for one in topics)
    read = told(text, knowledge.stages) if is_spoken_of or text.may_have_topic else None
    if read is not None and not is_about:
        is_about, score, topics = about_by_steps(read, score, topics)
    return Findings(
        language=language,
        is_security_guarantees=is_about,
        score=score,
        topics=topics,
        claims=claims(read, only_background=not is_about) if read is not None and (is_about or is_spoken_of) else (),
        statements=statements(read) if read is not None and is_about else (),
        persons=persons(text),
        attributions=attributions(text_full, paragraphs, outlet, knowledge.sources),
    )


def zoned(line: TextLine) -> tuple[Language, list[Paragraph]]:
    """Language and paragraphs of a C3 line; zones come from cleaning's own function where the line gives none.

    Where no title is given, a first paragraph that ends in no stop is the headline.
    Raises BadLineError where a given paragraph does not stand in the text.
    """
    text_full = line.text_full
    language = Language(line.language) if line.language in set(Language) else detect_language(text_full)
    paragraphs = given_paragraphs(line)
    if paragraphs is None:
        spans = paragraph_spans(line.text_body, len(text_full) - len(line.text_body))
        kinds = list(zones([text for text, _, _ in spans], language))
        if spans and not line.title.strip() and not spans[0][0].endswith(_SENTENCE_ENDS):
            kinds[0] = Zone.HEADLINE
        paragraphs = [
            Paragraph(text=text, zone=zone, start=start, end=end)
            for (text, start, end), zone in zip(spans, kinds, strict=True)
        ]
    return language, paragraphs


def hints_at_guarantees(headline: str, language: str | None, knowledge: Knowledge) -> bool:
    """Whether a headline alone speaks of security guarantees, at least in passing."""
    known = Language(language) if language else detect_language(headline)
    title = normal(headline)
    text = ScannedText(title, (), title, known, None, knowledge.lexicon)
    is_about, _, topics = tag(text)
    return is_about or any(one.topic == UMBRELLA for one in topics)


def find_in_line(line: TextLine, knowledge: Knowledge) -> Findings:
    """All that is found in one C3 line.

    Raises BadLineError where a given paragraph does not stand in the text.
    """
    language, paragraphs = zoned(line)
    published_on = keys.kyiv_day(line.published) if line.published else None
    outlet = outlet_called(line.outlet, dict(knowledge.outlets)) if line.outlet else None
    slug = outlet.slug if outlet else line.outlet
    return find(normal(line.title), paragraphs, line.text_full, language, published_on, knowledge, slug)
