"""Captions told by how a line ends, or by the bare credit that stands on the line below."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.steps.clean.authors import looks_like_person
from flows.steps.clean.blocks import Line

_AGENCY = (
    r"(?:ap|afp|epa(?:-efe)?|reuters|pa(?: wire)?|tass|sipa|zuma|rex|nurphoto|anadolu|shutterstock|alamy|bloomberg"
    r"|ukrinform|unian|\w{2,12} images)"
)
_TAIL = re.compile(
    r"(?:[,.(|:;/–—-] ?(?:photo|photos|image|picture|screenshot|video|illustration|фото|світлина|скриншот|скріншот"
    r"|ілюстрація|иллюстрация|колаж|коллаж)(?:[:;]| by | from | courtesy | з | із | від | из | от| )[^.!?]{2,90}\)?"
    r"|\([^()]{0,60}(?:getty images|ap photo|shutterstock|/(?:reuters|afp|epa|anadolu|nurphoto)"
    r"|(?:reuters|afp|epa)/)[^()]{0,60}\)"
    r"|(?:bild|foto|photo|фото): ?[\w./ -]{2,80})\.?$",
    re.IGNORECASE,
)
# A name and an agency at a line's end, or an agency's photo mark after the caption's own full stop or bracket.
_CREDIT_TAIL = re.compile(
    rf"(?: [\w.'’-]+ ?/ ?(?:via )?{_AGENCY}(?: europe| via getty images)?"
    r"|[.)»”\"] ?(?:copyright |©|via )?(?:(?:ap|afp|epa|reuters) photo|getty images)(?:/[^.!?]{2,60})?"
    r"|[.)] ?[–—-] ?(?:copyright|©) [^.!?]{2,60})$",
    re.IGNORECASE,
)
_WHERE_IN_PICTURE = re.compile(
    r"\((?:(?:second |third )?(?:from )?(?:left|right)|cent(?:re|er)|pictured(?: left| right)?|ліворуч|праворуч|зліва"
    r"|справа|слева|посередині|у центрі|в центре|на фото|на снимке)\)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|photo|credit|джерело|источник|фото|світлина): ?[^.!?]{2,60}", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]{2,5}")
_FINISHED = (".", "!", "?", "…", ":", ";", '"', "»", "”")
_LONGEST = 400
_LONGEST_LABEL = 160
_FEWEST_WORDS = 3
_MOST_WORDS_NAME = 3
_LONG = 80


def is_caption(text: str) -> bool:
    """Whether a line is a picture's caption by its wording: "…, photo by X", "(AFP via Getty Images)", "(left)"."""
    if len(text) > _LONGEST:
        return False
    if _TAIL.search(text) or _CREDIT_TAIL.search(text):
        return True
    is_label = len(text) <= _LONGEST_LABEL and not text.endswith(_FINISHED)
    return is_label and len(text.split()) > _FEWEST_WORDS and _WHERE_IN_PICTURE.search(text) is not None


def _is_credited(above: Line, credit: Line) -> bool:
    """Whether two lines are a caption and its bare credit: a name and "Source: X", a label and an outlet's initials."""
    if {above.kind, credit.kind} != {"text"} or above.text.endswith(_FINISHED) or len(above.text) > _LONGEST_LABEL:
        return False
    words = len(above.text.split())
    if _SOURCE.fullmatch(credit.text):
        return words <= _MOST_WORDS_NAME and looks_like_person(above.text)
    return words >= _FEWEST_WORDS and credit.text.isupper() and _INITIALS.fullmatch(credit.text) is not None


def with_credited(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a caption with its credit below marked as captions where prose stands before and after.

    "Source: X" is a house formula of news texts as well: it is a credit only right below a person's name alone.
    """
    marked = list(lines)
    prose = [len(line.text) >= _LONG for line in lines]
    for position in range(1, len(marked) - 2):
        above, credit = marked[position], marked[position + 1]
        if prose[position - 1] and prose[position + 2] and _is_credited(above, credit):
            marked[position : position + 2] = [replace(above, kind="caption"), replace(credit, kind="caption")]
    return marked
