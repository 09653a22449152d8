"""From bytes as sent to one parsed tree, or the named reason why there is none."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from dataclasses import dataclass

import lxml.etree
import lxml.html

from storage.terms import Outcome

TOO_LARGE = 10_000_000
"""Bytes above which a page is not read."""

MOST_LINES = 10_000
"""Lines above which a flattened text is not read."""

_SNIFFED = 2048
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP image, sound or video)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"wOF", "a font"),
    (b"\x00\x00\x00", "a media file"),
    (b"ID3", "a sound file"),
    (b"OggS", "an Ogg file"),
)
_BINARY_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/octet")
_HTML_MARK = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|div|p|article|script|table|h1|span|br|section|main)\b", re.IGNORECASE
)
_XML_KINDS: tuple[tuple[re.Pattern[bytes], Outcome, str], ...] = (
    (re.compile(rb"^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:\w+:)?(?:urlset|sitemapindex)\b", re.DOTALL),
     Outcome.SITEMAP, "an XML sitemap"),
    (re.compile(rb"^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL),
     Outcome.FEED, "a feed"),
)  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")
_LOWER_CYRILLIC = re.compile("[а-яіїєґё]")
_ASCII = bytes(range(128))
_MARKUP = b"<\\u>"
# lxml's own choice of a class for each kind of element asks Python code for every element met; one class will do.
_ELEMENTS = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)
_FEW_BAD = 0.02
_MANY_NULS = 0.05
_TRUSTED = 0.8
_LEGACY = ("windows-1251", "koi8-u", "cp866")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why bytes are no page to read."""

    outcome: Outcome
    why: str


def refuse_text(text: str) -> Refused | None:
    """Why a flattened text is not read at all, or None."""
    if not text.strip():
        return Refused(Outcome.EMPTY, "no text")
    if len(text) > TOO_LARGE:
        return Refused(Outcome.TOO_LARGE, f"{len(text)} characters, more than {TOO_LARGE}")
    lines = text.count("\n") + 1
    return Refused(Outcome.TOO_LARGE, f"{lines} lines, more than {MOST_LINES}") if lines > MOST_LINES else None


def refuse(payload: bytes, content_type: str | None) -> Refused | None:
    """The named reason why a payload is not a page of HTML or text, or None."""
    if len(payload) > TOO_LARGE:
        return Refused(Outcome.TOO_LARGE, f"{len(payload)} bytes, more than {TOO_LARGE}")
    if not payload.strip():
        return Refused(Outcome.EMPTY, "no bytes" if not payload else "white space only")
    head = payload[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    magic = next((name for start, name in _MAGIC if payload.startswith(start)), None)
    if magic:
        return Refused(Outcome.BINARY, magic)
    xml = next(((outcome, name) for pattern, outcome, name in _XML_KINDS if pattern.match(head)), None)
    if xml:
        return Refused(*xml)
    return None if is_html(payload) else _without_tags(payload, head, (content_type or "").lower())


def _without_tags(payload: bytes, head: bytes, declared: str) -> Refused | None:
    # Text sent without any tag may still be an article; data and media are not.
    kind = declared.split(";", maxsplit=1)[0]
    has_mark = payload.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if declared.startswith(_BINARY_TYPES):
        return Refused(Outcome.BINARY, f"declared as {kind}")
    if not has_mark and head.count(b"\x00") > _MANY_NULS * len(head):
        return Refused(Outcome.BINARY, "NUL bytes")
    if head[:1] in (b"{", b"[") or "json" in declared:
        return Refused(Outcome.NOT_HTML, "JSON")
    if head.startswith(b"<?xml") or "xml" in declared:
        return Refused(Outcome.NOT_HTML, "XML that is neither feed nor sitemap")
    return Refused(Outcome.NOT_HTML, f"declared as {kind}") if "javascript" in declared or "css" in declared else None


def is_html(payload: bytes) -> bool:
    """Whether bytes hold HTML tags (text sent without any is read as flattened text)."""
    return _HTML_MARK.search(payload[:65536].replace(b"\x00", b"")) is not None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    try:
        # Not each of Python's codecs is a charset (base64, idna, unicode_escape): a charset leaves markup as it is.
        is_charset = _MARKUP.decode(name, "replace") == _MARKUP.decode("ascii")
        return lookup(name).name if is_charset else None
    except (LookupError, ValueError):
        return None


def _declared(payload: bytes, content_type: str | None) -> list[str]:
    header = _HEADER_CHARSET.search(content_type or "")
    meta = _META_CHARSET.search(payload[:16384])
    names = [
        _known(header.group(1)) if header else None,
        _known(meta.group(1).decode("ascii", "ignore")) if meta else None,
    ]
    return list(dict.fromkeys(name for name in names if name and not name.startswith(("utf-16", "utf-32", "utf-7"))))


def _best_legacy(payload: bytes, declared: list[str]) -> str:
    # Eight-bit charsets never fail to decode, so what counts is how much reads as lower-case Cyrillic: in the
    # wrong charset the cases swap or letters turn into signs. A declared one is believed unless clearly worse.
    texts = {name: payload.decode(name, "replace") for name in dict.fromkeys((*declared, *_LEGACY)) if name != "utf-8"}
    scores = {name: len(_LOWER_CYRILLIC.findall(text)) for name, text in texts.items()}
    best = max(scores, key=lambda name: scores[name])
    for name in declared:
        if name in texts and scores[name] >= _TRUSTED * scores[best]:
            return texts[name]
    return texts[best]


def decoded(payload: bytes, content_type: str | None) -> str:
    """The text of a payload: byte order mark, then valid UTF-8, then what HTTP or HTML declare, then the likeliest."""
    if payload.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return payload.decode("utf-16", "replace")
    if payload.startswith(BOM_UTF8):
        return payload[3:].decode("utf-8", "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not valid UTF-8: a cut or slightly damaged page, or another charset; decided below
    text = payload.decode("utf-8", "replace")
    beyond_ascii = len(payload[:200_000].translate(None, _ASCII))
    bad = text[:200_000].count("\ufffd")
    if bad <= _FEW_BAD * max(beyond_ascii, 1) or bad == 1:
        return text
    return _best_legacy(payload, _declared(payload, content_type))


def parsed(text: str) -> lxml.html.HtmlElement | None:
    """The tree of an HTML text, or None for one without any element. Comments are left out."""
    clean = _XML_DECLARATION.sub("", text, count=1).encode("utf-8", "ignore").translate(None, _CONTROL)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = lxml.html.document_fromstring(clean, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None
    return tree if isinstance(tree, lxml.html.HtmlElement) else None
