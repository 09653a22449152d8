"""Other stories set between the paragraphs of a flattened text: cards, labelled headlines, a few items of a ticker."""

import re
from collections.abc import Sequence

from flows.steps.clean.flat_rows import BULLET, TIMED, Row
from flows.steps.clean.lines import is_headline_like
from flows.steps.text import fold, stems

_OPENS_A_CLAUSE = re.compile(
    r"(?:,| і| й| та| и| and| but) (?:де|що|чому|як|коли|хто|як(?:ий|а|е|і|ого|ої|их)|котр\w+"
    r"|где|что|почему|как|когда|кто|котор\w+|where|which|who|when|why|how|that)(?: \S+){0,3}$"
)
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|(?<=[\w,]) (?:але|бо|та|і|й|що|щоб|но|и|что|а|the|a|of|to|and|that|but|as|for))$"
)
# A line that is a label alone; the headline of another story stands below it.
_SOLD = re.compile(
    r"(?:(?:лише|тільки|только) )?для (?:передплатник\w+|підписник\w+|подписчик\w+)"
    r"|(?:for )?(?:subscribers|members)(?: only)?"
    r"|premium|преміум|премиум"
    r"|(?:exclusive|ексклюзив|эксклюзив)(?: for \w+| для \w+)?"
    r"|(?:партнерськ|партнерск|спонсорськ|спонсорск)\w+ (?:матеріал|проєкт|проект|материал)|спецпро[єе]кт"
)
# A label with another story's headline behind it, in one line.
_LABELLED = re.compile(
    r"(?:(?:також |ще |также |еще |also )?(?:до теми|за темою|по темі|на цю тему|цікаво|к теме|по теме|на эту тему"
    r"|интересно|of interest)|вибір редакції|выбор редакции|рекоменд\w+|recommended|related(?: \w+)?"
    r"|read|watch|see also) ?[:|-] ?(?=[^\W_]|\")"
)
# The same with a word that a sentence of the article may begin with: "Important: …", "Breaking France bans Mondays".
_MARKED = re.compile(
    r"(?:[Вв]ажливо|[Вв]ажно|[Аа]ктуально|[Тт]ерміново|[Сс]рочно|[Ii]mportant|[Bb]reaking|ВАЖЛИВО|ВАЖНО|АКТУАЛЬНО)"
    r" ?[:|—–-]? ?(?=[A-ZА-ЯҐЄІЇ«“\"])"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_CLOCK_SIGNS = 5
_MOST_WORDS_LABEL = 6
_MOST_ITEMS = 4
_FEWEST_ENTRIES = 3
_MOST_WORDS_SUBHEAD = 5
_TEASER_WORDS = 6


def set_in_cards(rows: Sequence[Row], title: str) -> set[int]:
    """Lines of other stories set between two paragraphs of the article with this headline (empty for not known yet).

    They are a headline with a teaser that breaks off, headlines below a label such as "Read also:" or "For
    subscribers", a headline behind its label in one line, and two items of a ticker. A headline without a label to
    itself shares no word with the article's own nor with the paragraphs around: a subhead does.
    """
    found: set[int] = set()
    for position in range(1, len(rows) - 1):
        found |= _card(rows, position, title) or _below_label(rows, position, title)
        if _is_in_one_line(rows, position, title) or _is_pair_of_ticker(rows, position, title):
            found.add(position)
            found |= {position + 1} if TIMED.match(rows[position].text) else set()
    return found | _above_entries(rows, title)


def _above_entries(rows: Sequence[Row], title: str) -> set[int]:
    # In a text of entries below their clock times, a headline between an entry and the next clock: where few entries
    # have one, it is another story's. Headlines of entries stand above all of them.
    entries = [p for p in range(2, len(rows) - 1) if rows[p].is_clock and rows[p + 1].is_prose]
    heads = {p - 1 for p in entries if rows[p - 1].is_plain_headline and rows[p - 2].is_prose}
    if len(entries) < _FEWEST_ENTRIES or 3 * len(heads) > len(entries):
        return set()
    return {p for p in heads if stems(rows[p].text).isdisjoint(stems(f"{title} {rows[p - 1].text}"))}


def _card(rows: Sequence[Row], position: int, title: str) -> set[int]:
    # A headline and a teaser below it that breaks off; a question right below a label needs no teaser.
    above, head, below = rows[position - 1 : position + 2]
    is_labelled = above.kind == "read_also" and above.text.endswith(":")
    if not head.could_be_headline or BULLET.match(head.text):
        return set()
    if is_cut_teaser(below) and position + 2 < len(rows):
        is_card = is_labelled or _is_foreign(above, head, rows[position + 2], title)
        return {position, position + 1} if is_card else set()
    return {position} if is_labelled and head.text.endswith("?") and below.is_prose else set()


def _below_label(rows: Sequence[Row], position: int, title: str) -> set[int]:
    label = rows[position]
    text = fold(label.text)
    is_sold = _SOLD.fullmatch(text) is not None
    is_label = label.kind == "read_also" and len(text.split()) <= _MOST_WORDS_LABEL and ":" not in text[:-1]
    if not (is_sold or is_label) or not is_sentence(rows[position - 1]):
        return set()
    end = position + 1
    while end < min(len(rows), position + 2 + _MOST_ITEMS) and _is_item(rows[end]):
        end += 1
    if end == position + 1 or end == len(rows) or not (rows[end].is_prose or is_sentence(rows[end])):
        return set()
    if is_sold:
        head = rows[position + 1]
        # In an interview a question stands below it, and the article goes on.
        is_card = end == position + 2 and not head.text.endswith("?")
        is_card = is_card and _is_foreign(rows[position - 1], head, rows[end], title)
        return {position, position + 1} if is_card else set()
    # The last one may be a subhead of the article: it takes up a word of the text below it, and no other item does.
    *items, last = (row.text for row in rows[position + 1 : end])
    told = stems(" ".join(row.text for row in rows[end : end + _MOST_ITEMS + 1]))
    is_subhead = len(last.split()) <= _MOST_WORDS_SUBHEAD and bool(stems(last) & told) and bool(items)
    if is_subhead and stems(" ".join(items)).isdisjoint(told):
        end -= 1
    return set(range(position, end))


def _is_item(row: Row) -> bool:
    return row.is_plain_headline and not BULLET.match(row.text)


def _is_in_one_line(rows: Sequence[Row], position: int, title: str) -> bool:
    row = rows[position]
    if not (is_headline_like(row.text) or row.text.endswith("?")) or row.is_prose or row.is_caption:
        return False
    if _LABELLED.match(fold(row.text)):
        return True
    marked = _MARKED.match(row.text)
    own = stems(row.text[marked.end() :]) if marked else set()
    return bool(own) and own.isdisjoint(_around(rows[position - 1], rows[position + 1], title))


def _is_pair_of_ticker(rows: Sequence[Row], position: int, title: str) -> bool:
    # Two headlines that begin with a clock time, the later one first: a programme of events goes the other way.
    pair = rows[position : position + 2]
    clocks = [found.group().rjust(_CLOCK_SIGNS) for row in pair if (found := _CLOCK.match(row.text))]
    if len(clocks) < len(pair) or not all(is_headline_like(row.text) and TIMED.match(row.text) for row in pair):
        return False
    is_between = is_sentence(rows[position - 1]) and position + 2 < len(rows) and is_sentence(rows[position + 2])
    own = stems(" ".join(row.text for row in pair))
    return clocks[0] > clocks[1] and is_between and own.isdisjoint(stems(title))


def _around(above: Row, after: Row, title: str) -> set[str]:
    return stems(f"{title} {above.text if above.kind is None else ''} {after.text}")


def _is_foreign(above: Row, head: Row, after: Row, title: str) -> bool:
    # Whether a headline has nothing to do with the paragraphs it stands between.
    is_between = (is_sentence(above) or above.kind is not None) and not is_headline_like(after.text)
    own = stems(head.text)
    return is_between and bool(own) and own.isdisjoint(_around(above, after, title)) and not after.text[:1].islower()


def is_cut_teaser(row: Row) -> bool:
    """Whether a line breaks off in mid-clause, as teasers of other stories do."""
    is_line = row.kind is None and not row.is_caption and not row.is_byline and not BULLET.match(row.text)
    told = fold(row.text)
    breaks_off = bool(_BREAKS_OFF.search(told)) or (
        is_headline_like(row.text) and _OPENS_A_CLAUSE.search(told) is not None
    )
    return is_line and breaks_off and len(told.split()) >= _TEASER_WORDS


def is_sentence(row: Row) -> bool:
    """Whether a line of no known kind ends like a sentence."""
    return row.kind is None and row.text.endswith((".", "!", "?", "…", '"', "»", "”"))
