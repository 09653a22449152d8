"""A citation as lines for people, as BibTeX and as JSON values. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.cite import Asked, Citation
from flows.edge import DEMO_BANNER
from flows.ledger_view import claim_values
from flows.ledger_words import day_in_words, in_words, said_by_in_words, step_in_words
from flows.review_words import correction_in_words
from storage import keys
from storage.records import LedgerLine
from storage.store import FiledClaim
from storage.terms import Language, TimePrecision

_LABEL = 10
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {Language.EN: "english", Language.UK: "ukrainian", Language.RU: "russian"}
_EXACT = frozenset({TimePrecision.SECOND.value, TimePrecision.MINUTE.value})
_TEX = re.compile(r"[\\{}$&#%_~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_UNSAFE_IN_KEY = re.compile(r"[^a-z0-9]+")


def citation_lines(
    cited: Citation, asked: Asked, line: LedgerLine | None, archive: Path, *, is_demo: bool
) -> list[str]:
    """All of a citation, a fact a line, ending with a sentence to copy. `line` is the ledger line as it stands."""
    filed = cited.filed
    rows = [
        ("line", _line_in_words(cited, asked, line)),
        ("claim", f"{filed.claim_id} · {filed.claim.factuality} · {filed.claim.report_type} · rule {filed.claim.rule}"),
        ("outlet", f"{cited.outlet_name} ({filed.outlet})"),
        ("headline", filed.headline),
        ("address", filed.url or "(no address)"),
        ("published", published_in_words(cited)),
        ("captured", _captured(cited)),
        ("capture", f"sha256 {cited.payload_sha256}"),
        ("archive", _place(cited, archive)),
        ("version", f"{cited.version} of {cited.versions}, text sha256 {cited.text_sha256}"),
        *((one.role.value, f"{one.start}–{one.end}  “{one.quote}”") for one in filed.claim.evidence),
        ("rules", f"{filed.rules_version}, cleaner {cited.cleaner_version}"),
        *([("review", _review(filed))] if filed.decision else []),
    ]
    lines = [DEMO_BANNER] if is_demo else []
    lines += [f"{name:{_LABEL}} {value}" for name, value in rows]
    return [*lines, *_warnings(cited), "", "Cite as:", in_a_sentence(cited, is_demo=is_demo)]


def in_a_sentence(cited: Citation, *, is_demo: bool) -> str:
    """The citation as running text."""
    filed, step = cited.filed, cited.step
    parts = [
        *([DEMO_BANNER.split(".", maxsplit=1)[0]] if is_demo else []),
        f"{', '.join(cited.authors)}, {cited.outlet_name}" if cited.authors else cited.outlet_name,
        f"“{filed.headline}”",
        published_in_words(cited),
        *([filed.url] if filed.url else []),
        f"captured {_captured(cited)}, sha256 {cited.payload_sha256}",
        f"version {cited.version}, characters {step.start}–{step.end}: “{step.quote}”",
        f"claim {filed.claim_id} ({cited.line}), rules {filed.rules_version}",
    ]
    return "; ".join(parts) + "."


def bibtex(cited: Citation, *, is_demo: bool) -> str:
    """The citation as a BibTeX entry, which biblatex and reference managers read as well. Days are Kyiv days."""
    filed, step = cited.filed, cited.step
    day = filed.published_on if cited.published_precision != TimePrecision.UNKNOWN.value else None
    captured = keys.kyiv_day(cited.captured_at) if cited.captured_at else None
    name = _UNSAFE_IN_KEY.sub("-", filed.outlet.lower()).strip("-")
    note = (
        f"Captured {_iso(cited.captured_at) or 'at an unknown time'}; SHA-256 {cited.payload_sha256}; "
        f"version {cited.version} of {cited.versions}; characters {step.start}–{step.end}: “{step.quote}”; "
        f"claim {filed.claim_id}, line {cited.line}, rules {filed.rules_version}"
    )
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in cited.authors or (cited.outlet_name,)),
        "title": f"{{{_tex(filed.headline)}}}",
        "howpublished": _tex(cited.outlet_name),
        "year": str(day.year) if day else "",
        "month": _MONTHS[day.month - 1] if day else "",
        "day": str(day.day) if day and cited.published_precision != TimePrecision.MONTH.value else "",
        "url": filed.url.replace("{", "%7B").replace("}", "%7D") if filed.url else "",
        "urldate": captured.isoformat() if captured else "",
        "langid": _LANGUAGES.get(filed.language, ""),
        "note": _tex(f"{DEMO_BANNER} {note}" if is_demo else note),
    }
    body = ",\n".join(
        f"  {field} = {value}" if field == "month" else f"  {field} = {{{value}}}"
        for field, value in fields.items()
        if value
    )
    head = f"{DEMO_BANNER}\n" if is_demo else ""  # between entries, any text is a remark
    return f"{head}@misc{{{name}-{day.isoformat() if day else 'nd'}-{filed.claim_id},\n{body}\n}}"


def citation_values(cited: Citation, asked: Asked, line: LedgerLine | None, *, is_demo: bool) -> dict[str, Any]:
    """All of a citation as JSON values; moments are in UTC."""
    names = ("outlet_name", "authors", "published_precision", "captured_at", "capture_url", "payload_sha256")
    more = ("warc_file", "warc_offset", "version", "versions", "text_sha256", "cleaner_version", "is_current")
    return {
        "is_demo": is_demo,
        "line": asked.line or cited.line,
        "on_ledger": line.model_dump(mode="json") if line else None,
        **{name: getattr(cited, name) for name in (*names, *more, "vanished_at")},
        **claim_values(cited.filed),
        "citation": in_a_sentence(cited, is_demo=is_demo),
        "bibtex": bibtex(cited, is_demo=is_demo),
    }


def _line_in_words(cited: Citation, asked: Asked, line: LedgerLine | None) -> str:
    name = asked.line or cited.line
    if line is None:
        return f"{name} · not on the ledger now"
    status = "" if line.status == "current" else f" ({line.status})"
    return f"{name} · {step_in_words(line)}{status} · {day_in_words(line)} · {said_by_in_words(line)}"


def proof_values(cited: Citation) -> dict[str, Any]:
    """The heart of a citation as JSON values: who printed which words when, and the hash of the capture."""
    filed, step = cited.filed, cited.step
    return {
        **{name: getattr(filed, name) for name in ("claim_id", "outlet", "url", "headline", "published_at")},
        "captured_at": cited.captured_at,
        "payload_sha256": cited.payload_sha256,
        "quote": step.quote,
        "start": step.start,
        "end": step.end,
        "rule": filed.claim.rule,
        "rules_version": filed.rules_version,
        "review": filed.decision,
    }


def published_in_words(cited: Citation) -> str:
    """When the cited version says it was published, in Kyiv, as exactly as it is known."""
    at, precision = cited.filed.published_at, cited.published_precision
    if at is None or precision == TimePrecision.UNKNOWN.value:
        return "time of publication unknown"
    if precision in _EXACT:
        return _moment(at)
    day = keys.kyiv_day(at)
    return f"{day:%b %Y} (to the month)" if precision == TimePrecision.MONTH.value else f"{in_words(day)} (to the day)"


def _review(filed: FiledClaim) -> str:
    """Who decided what about the claim, and what they put in place of what was read."""
    words = f"{filed.reader}: {filed.decision}"
    return f"{words}: {correction_in_words(filed.correction)}" if filed.correction else words


def _captured(cited: Citation) -> str:
    return _moment(cited.captured_at) if cited.captured_at else "at an unknown time"


def _place(cited: Citation, archive: Path) -> str:
    if cited.warc_file is None:
        return "not in the archive"
    asked_for = f", asked for as {cited.capture_url}" if cited.capture_url != cited.filed.url else ""
    return f"{archive / cited.warc_file}, byte {cited.warc_offset}{asked_for}"


def _warnings(cited: Citation) -> Iterator[str]:
    if not cited.is_current:
        yield "! The article as it is read now holds this claim no more; the version cited is kept."
    if cited.vanished_at is not None:
        yield f"! The outlet has taken the page down; found gone on {_moment(cited.vanished_at)}."


def _moment(at: datetime) -> str:
    local = at.astimezone(keys.KYIV)
    return f"{in_words(local.date())} {local:%H:%M} Kyiv"


def _iso(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def _tex(text: str) -> str:
    return _TEX.sub(lambda sign: _TEX_WORDS.get(sign[0], "\\" + sign[0]), " ".join(text.split()))
