"""The Wayback Machine: reading its index page by page, and taking captures out of it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from http import HTTPStatus

from crawlers.archive import MAX_PAYLOAD, outcome_of_status
from crawlers.decoding import BadEncodingError, TooLargeError, decode_body
from crawlers.imports.cdx import SLACK, Capture, CdxPage, CdxProblem, Query, parse_cdx, queries, says_limit
from crawlers.imports.files import BadInput, RawInput
from crawlers.imports.service import FOUND_AT, PLAYED_BACK, Answer, Headers, Service, ServiceError, failed
from crawlers.leads.moments import read_moment
from crawlers.outlet import Edition, Outlet

BASE_URL = "https://web.archive.org"
CDX = "/cdx/search/cdx"
PACE_S = 2.0
PACES = {"/cdx/": 3.0}
"""Seconds. Its index takes 24 requests a minute from one address, and shuts out for an hour who goes on asking."""

LONGEST_CDX = 50_000_000
"""Bytes of the longest answer of the index that is read."""

_OF_THE_OUTLET = "x-archive-orig-"
_PLAYED = re.compile(r"/web/(\d{14})")
_BOM = b"\xef\xbb\xbf"


def pages(service: Service, query: Query, resume_key: str | None = None) -> Iterator[CdxPage]:
    """The answers to one query, one after the other; from where `resume_key` of an earlier answer leads.

    Raises ServiceError where an answer is no list of captures; those before it have been given out.
    """
    while True:
        more = {"resumeKey": [resume_key]} if resume_key else {}  # as it came, though quoted: it is unquoted twice
        params = {name: list(values) for name, values in query.params} | more
        answer = service.get(CDX, params, max_bytes=LONGEST_CDX)
        page = parse_cdx(answer.body)
        if isinstance(page, CdxProblem):
            is_over = page.outcome == "rate_limited"
            raise failed(answer.url, f"{page.detail} (status {answer.status})", page.outcome, is_over=is_over)
        if answer.status != HTTPStatus.OK:
            raise failed(answer.url, f"status {answer.status}", outcome_of_status(answer.status) or "http_error")
        if answer.is_cut:
            raise failed(answer.url, "the answer breaks off", "truncated")
        yield page
        if page.resume_key is None:
            return
        if page.resume_key == resume_key:
            raise failed(answer.url, "it leads on to itself", "unreadable")
        resume_key = page.resume_key


def captures_of(
    service: Service, outlet: Outlet, edition: Edition, first_day: date, last_day: date, slack: timedelta = SLACK
) -> Iterator[CdxPage]:
    """All that `queries` asks, host after host. Raises ServiceError, ValueError."""
    for query in queries(outlet, edition, first_day, last_day, slack):
        yield from pages(service, query)


def playback(capture: Capture) -> str:
    """The path of a capture's original bytes, as the outlet sent them."""
    return f"/web/{capture.stamp}id_/{capture.original.replace('#', '%23')}"


def fetch_capture(service: Service, capture: Capture) -> RawInput | BadInput:
    """Take one capture: the page as the outlet sent it, under its own address and with the moment it was captured.

    The item of either is the archive's address of it, which the page's headers keep, too (`Zaporuka-Found-At`).
    Raises ServiceError only where the service as a whole is out of reach or wants to be left alone (`is_over`).
    """
    item = service.address(playback(capture))
    try:
        answer = service.get(playback(capture), follow=False)
    except ServiceError as error:
        if error.is_over:
            raise
        return BadInput(item, error.outcome, str(error))
    if bad := _not_this_capture(answer, capture):
        return BadInput(item, *bad)
    headers = _headers_of_the_outlet(answer)
    try:
        payload, is_cut = _payload(answer, headers)
    except (TooLargeError, BadEncodingError) as error:
        outcome = "too_large" if isinstance(error, TooLargeError) else "unreadable"
        return BadInput(item, outcome, f"{item}: {error}")
    if not payload.strip():
        return BadInput(item, "truncated" if is_cut else "empty", f"{item}: the capture has no body")
    return RawInput(
        item=item,
        url=capture.url,
        payload=payload,
        is_flat_text=False,
        content_type=_value(headers, "Content-Type") or answer.header("Content-Type"),
        fetched_at=capture.at,
        outlet=None,
        source_name=service.host,
        http_status=answer.status,
        http_headers=(*headers, (FOUND_AT, item)),
        is_truncated=is_cut,
    )


def _not_this_capture(answer: Answer, capture: Capture) -> tuple[str, str] | None:
    """Outcome and detail of an answer that is not the capture asked for; None for one that is."""
    other = _PLAYED.search(answer.header("Location") or "")
    if other and other[1] != capture.stamp:
        return "redirect", f"{answer.url}: the archive leads on to its capture of {other[1]}"
    said = answer.header(PLAYED_BACK)
    if said is None:
        outcome = outcome_of_status(answer.status) or ("rate_limited" if says_limit(answer.body) else "error_page")
        return outcome, f"{answer.url}: not a capture but a page of the archive itself (status {answer.status})"
    if (at := read_moment(said, UTC)) != capture.at:
        return "redirect", f"{answer.url}: the archive gave its capture of {at or said} instead"
    if (status_outcome := outcome_of_status(answer.status)) is not None:
        return status_outcome, f"{answer.url}: the outlet had answered {answer.status}"
    return None


def _headers_of_the_outlet(answer: Answer) -> Headers:
    begin = len(_OF_THE_OUTLET)
    return tuple((name[begin:], value) for name, value in answer.headers if name.lower().startswith(_OF_THE_OUTLET))


def _payload(answer: Answer, headers: Headers) -> tuple[bytes, bool]:
    """The body with the outlet's own encoding undone, and whether its end is missing.

    The archive plays most bodies back unpacked, and some as the outlet had packed them without saying so.
    """
    encoding, length = _value(headers, "Content-Encoding"), _value(headers, "Content-Length")
    body, is_cut = answer.body, answer.is_cut
    if encoding and not body.removeprefix(_BOM).lstrip().startswith(b"<"):
        body, is_cut_inside = decode_body(body, encoding, MAX_PAYLOAD)
        is_cut = is_cut or is_cut_inside
    is_short = not encoding and length is not None and length.isdecimal() and len(body) < int(length)
    return body, is_cut or is_short


def _value(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)
