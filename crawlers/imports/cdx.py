"""The index of the Wayback Machine (CDX): what to ask it, what its answers say, which captures to take. Pure."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Literal

from crawlers.leads.moments import KYIV
from crawlers.outlet import Edition, Outlet

ROWS = 5000
"""Lines of one answer."""

SLACK = timedelta(days=30)
"""How long after its publication a capture of an article is looked for."""

CUT_SHARE = 2
"""A capture that many times smaller than the largest one of the same article is taken to be cut."""

STAMP = "%Y%m%d%H%M%S"
_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_DIGITS = re.compile(r"\d{14}", re.ASCII)
_DEFAULT_PORT = re.compile(r"^(http://[^/?#]+):80(?=[/?#]|$)|^(https://[^/?#]+):443(?=[/?#]|$)")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_DETAIL = 300
_LIMIT_WORDS = re.compile(rb"too many requests|rate.?limit|limiting the number", re.IGNORECASE)

Refusal = Literal[
    "not_an_article",
    "other_edition",
    "not_ok",
    "not_html",
    "other_day",
    "before_publication",
    "cut",
    "same_again",
    "later_version",
]
"""Why a capture is not taken: its address is no article of the outlet by its rules, or of another edition; its status
is not 200; it is not HTML; published on, or, where the address does not tell, captured on another day; captured before
its day began; much smaller than another capture of the same article; the same bytes as one that is taken; another
version than the first."""


@dataclass(frozen=True)
class Capture:
    """One line of the index. `url` is the address of the page, without a default port, `original` as it was asked.

    `key` is the same for all forms of an address that the archive takes for one. `at` is aware (UTC); `stamp` are its
    14 digits. `status` is None for what was the same as before. `digest` is of the body; `length` is that of the
    packed record in bytes, None where it is not told.
    """

    key: str
    stamp: str
    at: datetime
    url: str
    original: str
    mime: str
    status: int | None
    digest: str
    length: int | None


@dataclass(frozen=True)
class CdxPage:
    """One answer of the index. `bad_lines` says what each line that cannot be read holds.

    `resume_key` leads on to the next answer; None after the last one.
    """

    captures: tuple[Capture, ...]
    bad_lines: tuple[str, ...] = ()
    resume_key: str | None = None


@dataclass(frozen=True)
class CdxProblem:
    """An answer that is no list of captures. `outcome` is a value of `storage.terms.Outcome`."""

    outcome: str
    detail: str


@dataclass(frozen=True)
class Choice:
    """The captures to take, by address and moment, and how many were refused for which reason."""

    captures: tuple[Capture, ...]
    refused: Counter[Refusal]


def parse_cdx(body: bytes) -> CdxPage | CdxProblem:
    """Read one JSON answer of the index. An archive that holds nothing says `[]`: a page without captures."""
    rows = _rows(body.strip())
    if isinstance(rows, CdxProblem):
        return rows
    resume_key = None
    if len(rows) > 1 and rows[-2] == [] and len(rows[-1]) == 1:
        resume_key = str(rows[-1][0])
        rows = rows[:-2]
    if rows and tuple(rows[0]) != _FIELDS:
        return CdxProblem("unreadable", f"columns {rows[0]} instead of {list(_FIELDS)}"[:_LONGEST_DETAIL])
    found = [_capture(row) for row in rows[1:]]
    return CdxPage(
        tuple(one for one in found if isinstance(one, Capture)),
        tuple(one for one in found if isinstance(one, str)),
        resume_key,
    )


def _rows(text: bytes) -> list[list[object]] | CdxProblem:
    problem: CdxProblem | None = None
    if not text:
        problem = CdxProblem("empty", "it holds nothing, not even an empty list")
    elif text.startswith(b"<"):
        problem = CdxProblem("rate_limited" if says_limit(text) else "error_page", "HTML instead of a list of captures")
    elif b"AccessControlException" in text[:_LONGEST_DETAIL]:
        problem = CdxProblem("forbidden", "the archive shows nothing of this site")
    if problem is not None:
        return problem
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        is_cut = text.startswith(b"[") and not text.endswith(b"]]")
        return CdxProblem("truncated" if is_cut else "unreadable", f"not whole JSON: {error}")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return CdxProblem("unreadable", "JSON, but no list of lists")
    return rows


def _capture(row: Sequence[object]) -> Capture | str:
    if len(row) != len(_FIELDS) or not all(isinstance(value, str) for value in row):
        return f"a line of other than {len(_FIELDS)} words: {row}"[:_LONGEST_DETAIL]
    key, stamp, original, mime, status, digest, length = map(str, row)
    try:
        at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return f"{stamp!r} is no moment: {original}"[:_LONGEST_DETAIL]
    if not _DIGITS.fullmatch(stamp) or not original.lower().startswith(("http://", "https://")):
        return f"no capture of a web page: {stamp} {original}"[:_LONGEST_DETAIL]
    return Capture(
        key=key,
        stamp=stamp,
        at=at,
        url=_DEFAULT_PORT.sub(_without_port, original),
        original=original,
        mime=mime.lower(),
        status=int(status) if status.isdecimal() else None,
        digest=digest,
        length=int(length) if length.isdecimal() else None,
    )


@dataclass(frozen=True)
class Query:
    """What is asked of the index at once: all that was captured of one host, below one path, in a span of days."""

    host: str
    params: tuple[tuple[str, tuple[str, ...]], ...]


def queries(outlet: Outlet, edition: Edition, first_day: date, last_day: date, slack: timedelta = SLACK) -> list[Query]:
    """The queries for captures of an edition's pages of the Kyiv days `first_day` to `last_day`, one a host.

    A page of these days may have been captured later: up to `slack` after them. The archive takes www. and http for
    no difference, so hosts that differ by that alone are asked for once. Raises ValueError where the days end before
    they begin.
    """
    if last_day < first_day:
        message = f"the days end ({last_day}) before they begin ({first_day})"
        raise ValueError(message)
    begin = datetime.combine(first_day, time(), KYIV).astimezone(UTC)
    end = (datetime.combine(last_day + timedelta(days=1), time(), KYIV) + slack).astimezone(UTC) - timedelta(seconds=1)
    found = []
    for host in dict.fromkeys(host.removeprefix("www.") for host in (*edition.hosts, *edition.mirrors)):
        inner = [
            f"!urlkey:[^)]*\\){re.escape(other.path_prefix)}/.*"
            for other in outlet.editions
            if other.path_prefix.startswith(f"{edition.path_prefix}/")
            and host in {name.removeprefix("www.") for name in (*other.hosts, *other.mirrors)}
        ]
        params = {
            "url": (f"{host}{edition.path_prefix}/",),
            "matchType": ("prefix",),
            "from": (begin.strftime(STAMP),),
            "to": (end.strftime(STAMP),),
            "filter": ("statuscode:200", "mimetype:text/html", *inner),
            "fl": (",".join(_FIELDS),),
            "output": ("json",),
            "limit": (str(ROWS),),
            "showResumeKey": ("true",),
        }
        found.append(Query(host, tuple(params.items())))
    return found


def choose(
    captures: Iterable[Capture],
    outlet: Outlet,
    edition: Edition,
    days: tuple[date, date],
    *,
    day_of: Callable[[str], date | None],
    is_every_version: bool = False,
) -> Choice:
    """Of each article the earliest good capture; with `is_every_version` the earliest of each text it has had.

    `days` are the first and the last Kyiv day of publication. `day_of` is told an address and says the day that is
    written in it; where there is none, the day of the capture bounds it. All captures of an article must be given at
    once, in any order; the same ones give the same choice. Every capture is taken or counted once under its refusal.
    """
    refused: Counter[Refusal] = Counter()
    by_article: dict[str, list[Capture]] = defaultdict(list)
    for capture in captures:
        if refusal := _refusal(capture, outlet, edition, days, day_of):
            refused[refusal] += 1
        else:
            by_article[capture.key].append(capture)
    taken: list[Capture] = []
    for key in sorted(by_article):
        taken += _versions(by_article[key], refused, is_every_version=is_every_version)
    return Choice(tuple(taken), refused)


def _refusal(
    capture: Capture, outlet: Outlet, edition: Edition, days: tuple[date, date], day_of: Callable[[str], date | None]
) -> Refusal | None:
    if not outlet.claims_url(capture.url):
        return "not_an_article"
    if outlet.edition_of(capture.url) != edition:
        return "other_edition"
    if capture.status != HTTPStatus.OK:
        return "not_ok"
    if capture.mime not in _HTML:
        return "not_html"
    published = outlet.moment_of(capture.url)
    if published is None and (day := day_of(capture.url)):
        published = datetime.combine(day, time(), KYIV)
    if not days[0] <= (published or capture.at).astimezone(KYIV).date() <= days[1]:
        return "other_day"
    return "before_publication" if published and capture.at < published else None


def _versions(captures: list[Capture], refused: Counter[Refusal], *, is_every_version: bool) -> list[Capture]:
    largest = max(capture.length or 0 for capture in captures)
    taken: list[Capture] = []
    for capture in sorted(captures, key=lambda one: (one.at, one.original, one.digest)):
        if capture.length is not None and capture.length * CUT_SHARE < largest:
            refused["cut"] += 1
        elif any(capture.digest == other.digest for other in taken):
            refused["same_again"] += 1
        elif taken and not is_every_version:
            refused["later_version"] += 1
        else:
            taken.append(capture)
    return taken


def _without_port(found: re.Match[str]) -> str:
    return found[1] or found[2]


def says_limit(body: bytes) -> bool:
    """Whether a page tells its reader to ask less often."""
    return bool(_LIMIT_WORDS.search(body))
