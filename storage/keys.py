"""Natural keys: every id is a 63-bit hash of what makes the thing itself.

The same input gives the same id on every machine and engine. Keys hold neither offsets nor rule versions, so
reviews and citations survive reprocessing.
"""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.terms import TimePrecision

KYIV = ZoneInfo("Europe/Kyiv")
_EPOCH = date(1970, 1, 1)
_SEPARATOR = "\x1f"


def key(kind: str, *parts: str) -> int:
    """63-bit id of a thing of the given kind: the first 8 bytes of SHA-256 of its parts, sign bit cleared."""
    digest = hashlib.sha256(_SEPARATOR.join((kind, *parts)).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") & 0x7FFF_FFFF_FFFF_FFFF


def sha256(data: bytes | str) -> str:
    """SHA-256 in lower-case hex of bytes, or of a text's UTF-8."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def published_by(published: datetime | None, precision: str | None) -> datetime | None:
    """The latest moment at which a text may have been published: of one known to the day, the end of that day in Kyiv.

    By this texts are put in order, so that a bare date comes before no known hour of its day.
    """
    if published is None or precision not in {TimePrecision.DAY, TimePrecision.MONTH}:
        return published
    morrow = kyiv_day(published) + timedelta(days=1)
    return datetime.combine(morrow, time(), KYIV).astimezone(UTC) - timedelta(microseconds=1)


def canonical_or_urn(canonical_url: str | None, text_sha256: str) -> str:
    """What identifies an article: its canonical URL, or `urn:sha256:<text>` where there is none."""
    return canonical_url or f"urn:sha256:{text_sha256}"


def article_id(identifier: str) -> int:
    """Id of an article from `canonical_or_urn`."""
    return key("article", identifier)


def page_id(url: str, fetched_at: datetime | None, payload_sha256: str) -> int:
    """Id of one capture. An unknown moment is an empty part, so the same file read twice is one capture."""
    moment = fetched_at.astimezone(UTC).isoformat(timespec="microseconds") if fetched_at else ""
    return key("page", url, moment, payload_sha256)


def version_id(article: int, text_sha256: str, nth: int) -> int:
    """Id of a version: the article, its text when first read, and how many earlier versions had that same text."""
    return key("version", str(article), text_sha256, str(nth))


def reading_id(version: int, cleaner_version: str) -> int:
    """Id of what one cleaner made of one version."""
    return key("reading", str(version), cleaner_version)


def claim_id(article: int, guarantor: str, document: str, stage: str, step_sentence: str) -> int:
    """Id of a claim: neither offset nor rule version is part of it."""
    return key("claim", str(article), guarantor, document, stage, step_sentence)


def kyiv_day(moment: datetime) -> date:
    """Calendar day in Kyiv of an aware moment."""
    return moment.astimezone(KYIV).date()


def day_number(day: date) -> int:
    """Days since 1970-01-01, so that date arithmetic is the same SQL on every engine."""
    return (day - _EPOCH).days
