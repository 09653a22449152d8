"""Notes by which an outlet says that it corrected or updated an article, told from their wording.

A note opens a paragraph with a label ("Correction:", "УТОЧНЕНО", "Обновлено в 14:30") or speaks of the article itself
("An earlier version of this article …", «Редакція виправила …»). A note that introduces an opinion piece does neither.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.steps.text import fold
from storage.records import Paragraph
from storage.terms import Language, Zone


class NoteKind(StrEnum):
    """What a note says: that something was wrong, or that something was added."""

    CORRECTION = "correction"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands in the article."""

    kind: NoteKind
    text: str


_FIRST, _LAST = 3, 4
_LONGEST = 700
_LONGEST_WORDING = 300
_OPEN = r"[\s*(\[•_-]*"
# Patterns stand against folded text (lower case, straight quotes, plain dashes, е for ё).
_WHEN = (
    r"(?:[ ,(]+(?:\d[\d:./-]*|added|appended|issued|at|on|as of|kyiv time|gmt|utc|[ap]\.?m\.?"
    r"|о|об|в|від|от|року|р\.|года|г\."
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд)[а-яіїєґ]*"
    r"|(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[а-я]*)){0,6}"
)
_LABELS = (
    (
        NoteKind.CORRECTION,
        (
            r"corrections?|corrected|clarifications?|clarified|erratum"
            r"|виправлен(?:о|ня)|уточнен(?:о|ня)|исправлен(?:о|ие)|уточнение"
        ),
    ),
    (
        NoteKind.UPDATE,
        r"(?:updated?|upd|added|оновлен(?:о|ня)|доповнен(?:о|ня)|обновлен(?:о|ие)|дополнен(?:о|ие))(?: ?\d(?![\d:.]))?",
    ),
)
_LABEL = tuple(
    (kind, re.compile(rf"{_OPEN}(?:{words}){_WHEN}\)?(?: ?[:.](?!\d)| - |\]| ?$)")) for kind, words in _LABELS
)
_SHOUTED = tuple(
    (kind, re.compile(rf"{_OPEN}(?:{words})\b"))
    for kind, words in (
        (NoteKind.CORRECTION, "УТОЧНЕНО|ВИПРАВЛЕНО|ИСПРАВЛЕНО|CORRECTION|CORRECTED|CLARIFICATION"),
        (NoteKind.UPDATE, "ОНОВЛЕНО|ДОПОВНЕНО|ОБНОВЛЕНО|ДОПОЛНЕНО|UPDATED?|UPD"),
    )
)
_OURS = (
    r"(?:this (?:article|story|report|text|piece|item|post|page|headline|publication|news (?:item|story)|column"
    r"|interview|live ?blog|caption)|the (?:story|headline)|our (?:article|story|report|headline))"
)
_UK_OWN = r"(?:новини|матеріалу|публікації|замітки)"
_RU_OWN = r"(?:новости|материала|публикации|заметки)"
# One word boundary for all that opens at one: asked before each of them in turn, it is most of the time a search takes.
_CORRECTS = re.compile(
    r"\b(?:"
    rf"{_OURS}(?:'s \w+)? (?:has (?:since )?been|was|had been) (?:\w+ )?(?:corrected|amended|clarified)\b"
    rf"|{_OURS} (?:has been|was) (?:updated|edited|changed|revised) (?:\w+ ){{0,6}}?"
    r"(?:to (?:correct|clarify|fix|reflect the correct)|with the correct)\b"
    r"|(?:an?|the|our) (?:earlier|previous|original|initial|prior|older|first) (?:versions?|editions?|headlines?) "
    rf"(?:of (?:{_OURS}|the article)\b|(?:had )?(?:incorrectly|mistakenly|erroneously|wrongly|mis[a-z]+ed)\b)"
    rf"|{_OURS} (?:had )?(?:originally|previously|initially|incorrectly|mistakenly|erroneously|wrongly) "
    r"(?:\w+ )?(?:said|stated|reported|gave|named|listed|described|identified|mis[a-z]+ed)\b"
    r"|we (?:apologi[sz]e for|regret) (?:the|this|our|any) (?:error|mistake|inaccuracy)"
    r"|[ву] (?:попередній|першій|ранішій|ранній|початковій|первісній) (?:версії|редакції) "
    rf"(?:(?:цієї|цього|нашої|нашого) (?:статті|повідомлення|заголовк[ау]|тексту|{_UK_OWN})|{_UK_OWN})"
    r"|[ву] (?:заголовку|тексті|новині|статті|матеріалі|публікації|замітці)(?: [а-яіїєґ']+){0,2} "
    r"(?:виправлен|уточнен|помилк|неточн)"
    r"|(?:новину|статтю|матеріал|заголовок|публікацію|замітку|цей текст|текст (?:новини|статті)) "
    r"(?:було |вже )?(?:виправлено|уточнено|відредаговано|скориговано|змінено)"
    r"|редакція(?:(?: \S+){0,2} (?:виправила|перепрошує|вибачається)| уточнила| внесла (?:виправлен|уточнен|правк))"
    r"|(?:приносимо|перепрошуємо|просимо|вибачаємося)\b.{0,40}(?:читач|помилк|неточн)"
    r"|в (?:предыдущей|первой|прежней|ранней|изначальной|первоначальной) (?:версии|редакции) "
    rf"(?:(?:этой|этого|нашей|нашего) (?:статьи|сообщения|заголовка|текста|{_RU_OWN})|{_RU_OWN})"
    r"|в (?:заголовке|тексте|новости|статье|материале|публикации|заметке)(?: [а-я]+){0,2} "
    r"(?:исправлен|уточнен|ошибк|ошибочн|неточн)"
    r"|(?:новость|статья|материал|заголовок|публикация|заметка|этот текст|текст (?:новости|статьи)) "
    r"(?:был[аи]? |уже )?(?:исправлен|уточнен|отредактирован|изменен)"
    r"|редакция(?:(?: \S+){0,2} (?:исправила|извиняется)| уточнила| внесла (?:исправлен|уточнен|правк))"
    r"|(?:приносим|просим|извиняемся)\b.{0,40}(?:читател|ошибк|неточн)"
    r")"
    rf"|^{_OPEN}виправлен[оаі] (?:помилк|неточн|назв|прізвищ|ім'я|дат|цифр|заголов)"
    rf"|^{_OPEN}исправлен[оаы]? (?:ошибк|неточн|назван|фамили|имя|дат|цифр|заголов)"
)
_RENEWS = re.compile(
    rf"\b{_OURS} (?:has (?:since )?been|was|is being|will be) (?:\w+ )?updated\b"
    r"|\b(?:новин[ау]|статт[яю]|матеріал|публікаці[яю]|цей текст) (?:було |буде |ще )?(?:оновл|доповн)\w+"
    r"|\b(?:новость|статья|материал|публикация|этот текст) (?:был[аи]? |будет |еще )?(?:обновл|дополн)\w+"
)
# Enough where the paragraph is a note of the editors already.
_SAYS_MENDED = re.compile(
    r"\b(?:was|were|is|are|(?:has|have) (?:since )?been) (?:\w+ )?(?:corrected|amended|clarified)\b"
    r"|\bmis(?:stated|spelled|identified|attributed)\b"
    r"|виправ(?:ил|лен)|уточнен|помилково|перепрошує|вибачення"
    r"|исправ(?:ил|лен)|ошибочно|извинени"
    r"|(?:допу\w+|містил\w+|содержал\w+|була?|была?) (?:\w+ )?(?:помилк|неточн|ошибк)"
)
_SAYS_RENEWED = re.compile(
    r"\b(?:was|were|(?:has|have) been|is being|will be) updated\b|(?:оновл|доповн|обновл|дополн)(?:ен|ю[єе]т|яет)"
)
_IN_ORDER_TO_MEND = re.compile(r"\b(?:to correct|to clarify|corrects|clarifies)\b")
_NOT_OURS = frozenset({Zone.QUOTE, Zone.BACKGROUND, Zone.SOURCE, Zone.CAPTION})


def label_kind(text: str) -> tuple[NoteKind, int] | None:
    """The kind of note whose label opens a paragraph, and where the label ends; None where none does."""
    folded = fold(text)
    for kind, pattern in _LABEL:
        if found := pattern.match(folded):
            return kind, found.end()
    for kind, pattern in _SHOUTED:
        found = pattern.match(text)
        if found and text != text.upper():
            return kind, found.end()
    return None


def note_kind(text: str, *, reach: int = _LONGEST) -> NoteKind | None:
    """What kind of note a paragraph is by its own wording, wherever it stands; None for one that is no note.

    What a note says of the article must begin in the first `reach` characters of a paragraph; a quotation says nothing
    of it.
    """
    folded = fold(text[: reach + _LONGEST_WORDING]) if len(text) <= _LONGEST else ""
    if folded.startswith('"'):
        return None
    label = label_kind(text)
    if (found := _CORRECTS.search(folded)) and found.start() <= reach:
        return NoteKind.CORRECTION
    if label:
        return label[0]
    return NoteKind.UPDATE if (found := _RENEWS.search(folded)) and found.start() <= reach else None


def notes(paragraphs: Sequence[Paragraph], language: Language | str) -> tuple[Note, ...]:  # noqa: ARG001 - as for zones
    """The notes of correction and update at the start or the end of an article, in order.

    A label that stands alone takes the next paragraph with it. Notes of all three languages are known in every text,
    since outlets mix them; `language` changes nothing yet.
    """
    found: list[Note] = []
    for n, paragraph in enumerate(paragraphs):
        if _FIRST <= n < len(paragraphs) - _LAST:
            continue
        kind = _kind(paragraph)
        if kind is None:
            continue
        label = label_kind(paragraph.text)
        is_alone = label is not None and not paragraph.text[label[1] :].strip(" .:)]") and n + 1 < len(paragraphs)
        text = f"{paragraph.text} {paragraphs[n + 1].text}" if is_alone else paragraph.text
        found.append(Note(kind, text))
    return tuple(found)


def _kind(paragraph: Paragraph) -> NoteKind | None:
    if paragraph.zone in _NOT_OURS:
        return None
    kind = note_kind(paragraph.text)
    folded = fold(paragraph.text)
    if paragraph.zone in {Zone.EDITOR_NOTE, Zone.UPDATE} and kind is not NoteKind.CORRECTION:
        is_update = paragraph.zone is Zone.UPDATE
        if _SAYS_MENDED.search(folded) or (is_update and _IN_ORDER_TO_MEND.search(folded)):
            return NoteKind.CORRECTION
        if kind is None and (is_update or _SAYS_RENEWED.search(folded)):
            return NoteKind.UPDATE
    return kind


def correction_note(paragraphs: Sequence[Paragraph], language: Language | str) -> str | None:
    """The note by which an article says that it was corrected or clarified; None where it has none.

    A note of an update alone is none: see `notes`, which has both kinds.
    """
    return next((note.text for note in notes(paragraphs, language) if note.kind is NoteKind.CORRECTION), None)
