"""Lines of the article that stand apart from its body: the lead above furniture, closing lines below it."""

import re
from collections.abc import Sequence

from flows.steps.clean.flat_headline import told_in
from flows.steps.clean.flat_inserts import is_sentence
from flows.steps.clean.flat_rows import BULLET, Row
from flows.steps.clean.lines import bare, is_headline_like
from flows.steps.text import fold, stems

_SOURCE = re.compile(r"(?:джерел[оа]|источник(?:и)?|sources?|за матеріалами|по материалам): \S.{2,160}")
_BACKGROUND = re.compile(
    r"(?:нагада\w+|напомн\w+|напомина\w+|раніше|ранее|до цього|до этого|earlier|previously"
    r"|as (?:we|\w+) (?:wrote|reported)"
    r"|як (?:ми )?(?:\w+ ){0,2}(?:писал\w+|повідомлял\w+|розповідал\w+|раніше)"
    r"|как (?:мы )?(?:\w+ ){0,2}(?:писал\w+|сообщал\w+|рассказывал\w+|ранее))\b.*"
    r"|(?:виправлення|уточнення|спростування|исправление|уточнение|опровержение|correction|clarification|editor's note"
    r"|виправлено|оновлено|исправлено|обновлено|corrected|updated?)(?: [\w.:]+)?[:.] .*"
)
_MARKS = re.compile(r"[/|→•>©]")
_ASIDE = frozenset(("subscribe", "donate", "share", "appeal", "audio_notice", "video_notice", "typo_notice", "byline"))
_MOST_ASIDE = 3
_MOST_AFTER_SET_APART = 2
_LEAD_WORDS = 7
_SENTENCE_WORDS = 4
_FEWEST_SHARED = 2


def leads_of(rows: Sequence[Row], headline: int, first: int, last: int) -> set[int]:
    """Lines between headline and body `rows[first:last]` that are the article's lead.

    A sentence right below the headline where byline or date line come after it; below the date line, a longer line
    that shares a word with headline or body, and the sentences right below it. A lead without a full stop is the only
    such line: more of them are headlines of other stories.
    """
    dates = [position for position in range(headline + 1, first) if rows[position].is_byline]
    if not dates:
        return set()
    found: set[int] = set()
    below, title = headline + 1, rows[headline].text
    if dates[0] - below in {1, 2} and _has_full_stop(rows[below]):
        found.add(below)
    told = stems(title) | told_in(rows[first:last])
    ends = (position for position in range(dates[-1], first) if rows[position].is_stop or rows[position].is_clock)
    between = [position for position in range(dates[-1] + 1, next(ends, first)) if _is_open(rows[position])]
    between = [position for position in between if bare(title) not in bare(rows[position].text)]
    undotted = sum(is_headline_like(rows[position].text) for position in between)
    for position in between:
        row = rows[position]
        is_lead = len(row.text.split()) >= _LEAD_WORDS and not told.isdisjoint(stems(row.text))
        is_lead = is_lead and not _MARKS.search(row.text) and rows[position - 1].kind != "read_also"
        if (is_lead and (_has_full_stop(row) or undotted == 1)) or (position - 1 in found and _has_full_stop(row)):
            found.add(position)
    return found


def _is_open(row: Row) -> bool:
    # A line of no known kind, and of no form but a sentence's or a headline's.
    is_named = row.is_byline or row.is_name or row.is_posted
    return row.kind is None and not (row.is_stop or row.is_clock or row.is_caption or row.is_cut_copy or is_named)


def _has_full_stop(row: Row) -> bool:
    is_long = row.is_prose or len(row.text.split()) >= _SENTENCE_WORDS
    return _is_open(row) and is_long and is_sentence(row) and not BULLET.match(row.text)


def closing_of(rows: Sequence[Row], first: int, last: int, title: str, cards: set[int]) -> set[int]:
    """Lines below the body `rows[first:last]` that close the article.

    They are the source ("Source: …"), what was told before ("Earlier we wrote that …"), a correction, and a sentence
    about the article's matter set apart by one or two requests or dates. Above them stands nothing but such lines and,
    three at most, requests, dates and labels.
    """
    told = stems(title) | told_in(rows[first:last])
    found: set[int] = set()
    aside = 0
    for position in range(last, len(rows)):
        row, above = rows[position], rows[position - 1]
        if row.is_clock or row.is_stop or position in cards:
            break
        folded = fold(row.text)
        is_background = _BACKGROUND.match(folded) is not None and is_sentence(row)
        is_source = row.kind is None and _SOURCE.fullmatch(folded) is not None
        is_last = (
            0 < aside <= _MOST_AFTER_SET_APART
            and row.is_prose
            and row.dated is None
            and is_sentence(row)
            and _is_aside(above)
            and len(stems(row.text) & told) >= _FEWEST_SHARED
        )
        if _is_open(row) and (is_source or is_background or is_last):
            found.add(position)
            aside = 0
            continue
        aside += 1
        if aside > _MOST_ASIDE or not (_is_aside(row) or (row.kind is None and not row.is_prose)):
            break
    return found


def _is_aside(row: Row) -> bool:
    return row.kind in _ASIDE or (row.kind is None and row.dated is not None)
