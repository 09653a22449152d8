"""What part of a text each paragraph is, told from its own words."""

import re
from collections.abc import Sequence

from flows.steps.corrections import NoteKind, note_kind
from flows.steps.text import fold
from storage.terms import Language, Zone

# Patterns stand against folded text (lower case, straight quotes, plain dashes, е for ё).
_LABELS: tuple[tuple[Zone, re.Pattern[str]], ...] = tuple(
    (zone, re.compile(rf"(?:{pattern})", re.IGNORECASE))
    for zone, pattern in (
        (Zone.SOURCE, r"sources?:|source of information:|джерело:|джерела:|источники?:"),
        (
            Zone.BACKGROUND,
            (
                r"(?:background|previously|earlier|reminder|for reference|what preceded|context):"
                r"|(?:передісторія|що передувало|нагадаємо|довідково|довідка|контекст|до слова|раніше):"
                r"|(?:предыстория|что предшествовало|напомним|справка|справочно|контекст|к слову|ранее):"
            ),
        ),
        (
            Zone.EDITOR_NOTE,
            (
                r"(?:editor'?s?'? ?'?s? notes?|note from the editor|disclaimer):"
                r"|(?:від редакції|примітка редакції|примітка)[:.]"
                r"|(?:от редакции|примечание редакции|примечание)[:.]"
            ),
        ),
        (
            Zone.QUOTE,
            (
                r"(?:direct )?quotes?(?: (?:from|of|by) [^:]{2,60})?:|literally:"
                r"|(?:пряма мова|цитата|дослівно)(?: [^:]{2,60})?:"
                r"|(?:прямая речь|цитата|дословно)(?: [^:]{2,60})?:"
            ),
        ),
        (
            Zone.BODY,
            (
                r"(?:more )?details?:|(?:more|in addition):|(?:деталі|подробиці|більше деталей|що відомо):"
                r"|(?:детали|подробности|больше деталей|что известно):"
            ),
        ),
    )
)
_ZONE_OF_NOTE = {NoteKind.CORRECTION: Zone.EDITOR_NOTE, NoteKind.UPDATE: Zone.UPDATE}
_FORMULA_BACKGROUND = re.compile(
    r"(?:as (?:[\w.'-]+ ){0,4}(?:reported|previously reported|noted|informed)(?: (?:earlier|by [\w' -]{2,40}))?,"
    r"|as reported(?: (?:earlier|by|previously)\b[^,]{0,40})?,"
    r"|(?:it was )?(?:previously|earlier),? (?:it was )?reported"
    r"|(?:we )?recall(?: that|,)|as a reminder|for the record,"
    r"|нагадаємо|нагадуємо|як (?:раніше )?(?:повідомля|інформува|писа)|раніше (?:повідомля|стало відомо|укрінформ)"
    r"|(?:уп|укрінформ|ми) (?:раніше )?(?:повідомлял|писал)"
    r"|до слова,|к слову,"
    r"|напомним|напоминаем|как (?:ранее )?(?:сообща|информирова|писал)|ранее (?:сообща|стало известно|укринформ))"
)
# Who, when and where: "Про це 3 березня в Гаазі повідомив…"; "він" speaks on, and "не" tells of no source.
_BETWEEN = r"(?:(?!(?:не|він|вона|вони|он|она|они) )\S*[^\s.!?] ){0,6}?"
_FORMULA_SOURCE = re.compile(
    r"(?:(?:this (?:is|was)|it (?:is|was)) (?:reported|stated|announced|said)(?: \w+){0,3} (?:by|in|on|at|according)"
    r"|that'?s according to|according to (?:the )?ukrinform"
    rf"|про це {_BETWEEN}(?:йдеться|ідеться|повідом|інформу|пише|переда|свідч|заяв|розпов|сказа|напис|зазнач)"
    rf"|об этом {_BETWEEN}(?:говорится|сообща|сообщи|информиру|пишет|переда|заяви|рассказа|сказа|написа))"
)
_BULLET = re.compile(r"\s*(?:[•▪●◦■►➤✔✅]|[-*] |\d{1,2}[.)] )")
_OPENING = '"«“„'
_ENDING = (".", "!", "?", "…", ":", ";", ",", '"', "»", "”", ")", "]")
_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”|„[^“”]*[“”]')
_LONG_SOURCE = 220
_SUBHEAD_LONGEST = 110
_QUOTED_SHARE = 0.5
_LONGEST_RUN = 6
_OPENING_WORDS = 60  # a note that comes later in a paragraph does not make all of it one


def _is_open(text: str) -> bool:
    # A quotation that runs on has an opening mark without its closing one.
    return text.count('"') % 2 == 1 or text.count("«") > text.count("»") or text.count("“") > text.count("”")


def _closes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("»") > text.count("«") or text.count("”") > text.count("“")


def _quote_ends(texts: Sequence[str], position: int) -> int:
    """Where the quotation of a paragraph ends; the paragraph itself where no closing mark follows soon."""
    if not _is_open(texts[position]):
        return position
    for later in range(position + 1, min(position + 1 + _LONGEST_RUN, len(texts))):
        if _labelled(texts[later]) or texts[later].startswith(("“", "«")):
            break
        if _closes(texts[later]):
            return later
    return position


def _labelled(text: str) -> Zone | None:
    folded = fold(text)
    label = next((zone for zone, pattern in _LABELS if pattern.match(folded)), None)
    note = None if label else note_kind(text, reach=_OPENING_WORDS)
    return _ZONE_OF_NOTE[note] if note else label


def _is_quotation(text: str) -> bool:
    if not text.startswith(tuple(_OPENING)):
        return False
    if _is_open(text):
        return True
    return sum(len(part) for part in _QUOTED.findall(text)) >= _QUOTED_SHARE * len(text)


def _is_subhead(text: str, *, is_last: bool) -> bool:
    return (
        not is_last and len(text) <= _SUBHEAD_LONGEST and not text.rstrip().endswith(_ENDING) and len(text.split()) > 1
    )


def _own_zone(text: str, *, is_first: bool, is_last: bool) -> Zone:
    folded = fold(text)
    if _FORMULA_BACKGROUND.match(folded) and not is_first:
        return Zone.BACKGROUND
    if _FORMULA_SOURCE.match(folded) and len(text) <= _LONG_SOURCE:
        return Zone.SOURCE
    if _BULLET.match(text):
        return Zone.LIST
    if is_first:
        return Zone.LEAD
    if _is_quotation(text):
        return Zone.QUOTE
    return Zone.SUBHEAD if _is_subhead(text, is_last=is_last) else Zone.BODY


def zones(paragraph_texts: Sequence[str], language: Language | str) -> list[Zone]:  # noqa: ARG001 - the contract's
    """The zone of every paragraph, in order; the same number of zones as paragraphs.

    A labelled quotation runs until its closing mark, a labelled background until the next label or subhead.
    House formulas of all three languages are known in every text, since outlets mix them; `language` is part of
    the contract and changes nothing yet.
    """
    found: list[Zone] = []
    quoted_to = -1
    in_background = False
    for position, text in enumerate(paragraph_texts):
        label = _labelled(text)
        if label:
            zone = label
            in_background = label is Zone.BACKGROUND
        elif position <= quoted_to:
            zone = Zone.QUOTE
        else:
            zone = _own_zone(text, is_first=position == 0, is_last=position == len(paragraph_texts) - 1)
            in_background = in_background and zone is not Zone.SUBHEAD
            zone = Zone.BACKGROUND if in_background else zone
        if zone is Zone.QUOTE and position > quoted_to:
            quoted_to = _quote_ends(paragraph_texts, position)
        found.append(zone)
    return found
