"""The one text every offset points into, and the folding used to match in it."""

import re
import unicodedata
from collections.abc import Iterable

from storage.records import Paragraph
from storage.terms import Zone

PARAGRAPH_BREAK = "\n\n"

# Of lower-case letters; as it stands the text of a page holds few of these, so looking for each beats a translation.
_FOLDED = tuple(
    {
        "\u02bc": "'",
        "\u2019": "'",
        "\u2018": "'",
        "\u0060": "'",
        "\u00b4": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "ё": "е",
    }.items()
)
_STEM = 5
_INVISIBLE = re.compile("[\x00\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""U+0000, lone surrogates, and signs of direction or of where a word may break: inside a word they hide it."""


def normal(text: str) -> str:
    """NFC without U+0000, lone surrogates and invisible signs of layout: the only form in which text is stored."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Lower case with apostrophes, dashes, quotes, spaces and ё made alike; one code point to one code point.

    The result has the same length as the input, so offsets found in it hold in the original.
    """
    folded = text.lower()
    if len(folded) != len(text):  # a few capitals (İ) lower to two code points
        folded = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    if folded.isascii():
        return folded.replace("`", "'")
    for sign, plain in _FOLDED:
        if sign in folded:
            folded = folded.replace(sign, plain)
    return folded


def squeeze(text: str) -> str:
    """White space runs as one space, ends trimmed."""
    return " ".join(text.split())


def stems(text: str) -> set[str]:
    """Beginnings of the longer words of a text: enough to tell a common subject in inflected languages."""
    return {word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", fold(text))}


def lay_out(title: str, paragraphs: Iterable[tuple[str, Zone]]) -> tuple[str, tuple[Paragraph, ...]]:
    """The stored text and its paragraphs with offsets: headline, then paragraphs, joined by blank lines.

    Title and paragraphs are brought to `normal` form; paragraphs that are empty after that are left out.
    """
    parts = [normal(title)]
    spans: list[Paragraph] = []
    position = len(parts[0])
    for text, zone in paragraphs:
        clean = normal(text)
        if not clean:
            continue
        start = position + len(PARAGRAPH_BREAK)
        position = start + len(clean)
        spans.append(Paragraph(text=clean, zone=zone, start=start, end=position))
        parts.append(clean)
    return PARAGRAPH_BREAK.join(parts), tuple(spans)
