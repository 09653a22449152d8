"""A server on loopback that plays other people's archives: the Wayback Machine and Common Crawl's news archive.

Everything it holds is planted by a test and made up. It answers as the services document it, and misbehaves as told.
"""

import gzip
import hashlib
import io
import json
import re
import sys
import threading
import time
from base64 import b32encode
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote_plus, unquote, unquote_plus, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

FIELDS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
PLAYED = re.compile(r"/web/(\d{14})id_/(.+)", re.DOTALL)


@dataclass
class Asked:
    """One request as it came; times are of the monotonic clock, `together` counts requests under way with it.

    `target` is the path and query as they were sent, `path` the path unquoted.
    """

    target: str
    path: str
    params: dict
    headers: dict
    begun: float
    together: int
    answered: float | None = None

    @property
    def agent(self):
        """Who asked."""
        return self.headers.get("User-Agent")


@dataclass(frozen=True)
class Reply:
    """One answer; of `cut_at`, only so many bytes of the body are sent before the connection is closed."""

    status: int = 200
    body: bytes = b""
    headers: tuple = ()
    cut_at: int | None = None


TOO_MANY = Reply(429, b"<h1>Too Many Requests</h1>", (("Retry-After", "1"), ("Content-Type", "text/html")))
DOWN = Reply(503, b"<h1>Service Unavailable</h1>", (("Content-Type", "text/html"),))


@dataclass
class Planted:
    """One capture of the Wayback Machine."""

    url: str
    stamp: str
    body: bytes
    status: int = 200
    mime: str = "text/html"
    length: int | None = None
    headers: tuple = ()

    @property
    def digest(self):
        """The digest of the body, as the index has it."""
        return b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    @property
    def row(self):
        """The capture's line of the index."""
        length = len(gzip.compress(self.body)) + 400 if self.length is None else self.length
        return [surt(self.url), self.stamp, self.url, self.mime, str(self.status), self.digest, str(length)]


def surt(url):
    """The key of an address: the host turned round, without www., scheme and port; lower case."""
    parts = urlsplit(url.lower())
    host = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    return f"{host}){parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def stamp_of(moment):
    """A moment as 14 digits, in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def warc_of(records):
    """A WARC file as the news crawl writes it: for each record a request and a response, one gzip member each.

    A record is (url, html) or (url, html, moment) or a dict with url, html, at, status, headers, truncated.
    """
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    writer.write_record(writer.create_warcinfo_record("CC-NEWS.warc.gz", {"software": "made up"}))
    for one in records:
        record = one if isinstance(one, dict) else dict(zip(("url", "html", "at"), one, strict=False))
        body = record["html"].encode() if isinstance(record["html"], str) else record["html"]
        at = record.get("at", datetime(2024, 2, 16, 12, 0, tzinfo=UTC))
        date = {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        headers = [("Content-Type", "text/html; charset=utf-8"), *record.get("headers", ())]
        if "truncated" in record:
            date["WARC-Truncated"] = record["truncated"]
        asked = StatusAndHeaders("GET / HTTP/1.1", [("User-Agent", "CCBot")], is_http_request=True)
        told = StatusAndHeaders(str(record.get("status", "200 OK")), headers, protocol="HTTP/1.1")
        url = record["url"]
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=date))
        response = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=told, warc_headers_dict=date
        )
        writer.write_record(response)
    return file.getvalue()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing of clients that leave early; anything else is a mistake of ours and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class ArchivesStandIn:
    """Plays both archives at `url`; use as a context manager. `log` has every request in the order they came.

    The index gives `rows_a_page` lines at most, whatever limit is asked for.
    """

    rows_a_page: int = 1000
    log: list[Asked] = field(default_factory=list)
    captures: list[Planted] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self):
        self._misdeeds = []
        self._months = defaultdict(list)
        self._lock = threading.Lock()
        self._busy = 0

    def __enter__(self):
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self):
                stand_in._serve(self)

            def log_message(self, *_):
                """Say nothing."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def plant_capture(self, url, at, html, **others):
        """Add one capture; `others` are status, mime, length and headers (the outlet's own) of `Planted`."""
        body = html.encode() if isinstance(html, str) else html
        self.captures.append(Planted(url, stamp_of(at), body, **others))
        return self.captures[-1]

    def plant_warc(self, begun_at, records, *, is_listed=True, number=1):
        """Add a news file and return its path; `records` as `warc_of` takes them, or the bytes of a file."""
        year, month = begun_at.astimezone(UTC).strftime("%Y %m").split()
        path = f"crawl-data/CC-NEWS/{year}/{month}/CC-NEWS-{stamp_of(begun_at)}-{number:05d}.warc.gz"
        self.files[path] = records if isinstance(records, bytes) else warc_of(records)
        if is_listed:
            self.list_path(year, month, path)
        return path

    def list_path(self, year, month, path):
        """Add a line to a month's listing, whether there is such a file or not."""
        self._months[f"{int(year)}/{int(month):02d}"].append(path)

    def misbehave(self, part, *replies, forever=False):
        """Answer the next requests whose path and query hold `part` with these, one each; or the last for ever."""
        self._misdeeds.append((part, list(replies), forever))

    def asked(self, part=""):
        """The requests whose path holds a text."""
        return [one for one in self.log if part in one.path]

    def _serve(self, handler):
        parts = urlsplit(handler.path)
        path, params = unquote(parts.path), parse_qs(parts.query)
        with self._lock:
            self._busy += 1
            asked = Asked(handler.path, path, params, dict(handler.headers), time.monotonic(), self._busy)
            self.log.append(asked)

        def done():
            with self._lock:
                self._busy -= 1
                asked.answered = time.monotonic()

        _send(handler, self._misdeed(handler.path) or self._answer(path, params, handler), done)

    def _misdeed(self, target):
        for misdeed in self._misdeeds:
            part, replies, forever = misdeed
            if part in unquote(target) and replies:
                return replies[0] if forever and len(replies) == 1 else replies.pop(0)
        return None

    def _answer(self, path, params, handler):
        if path == "/cdx/search/cdx":
            return self._index({name: values[-1] for name, values in params.items()}, params.get("filter", []))
        if path.startswith("/web/"):
            return self._playback(handler.path)
        if path.endswith("/warc.paths.gz"):
            month = "/".join(path.split("/")[-3:-1])
            if month not in self._months:
                return Reply(404, b"<html>404 Not Found</html>")
            return Reply(200, gzip.compress("".join(f"{line}\n" for line in self._months[month]).encode()))
        return self._file(path.lstrip("/"), handler.headers.get("Range"))

    def _index(self, params, filters):
        wanted = surt(f"http://{params['url']}")
        rows = sorted(capture.row for capture in self.captures)
        rows = [row for row in rows if row[0].startswith(wanted) and _passes(row, params, filters)]
        rows = [row for row in rows if " ".join(row) > unquote_plus(params.get("resumeKey", ""))]
        page = rows[: min(self.rows_a_page, int(params["limit"]))]
        more = [[], [_key(page[-1])]] if len(page) < len(rows) else []
        found = [FIELDS, *page, *more] if page else []
        return Reply(200, json.dumps(found).encode() + b"\n", (("Content-Type", "application/json"),))

    def _playback(self, target):
        found = PLAYED.fullmatch(target)
        same = [one for one in self.captures if found and surt(unquote(one.url)) == surt(unquote(found[2]))]
        if not same:
            return Reply(404, b"<html>The Wayback Machine has not archived that URL.</html>")
        nearest = min(same, key=lambda capture: abs(int(capture.stamp) - int(found[1])))
        if nearest.stamp != found[1]:
            return Reply(302, b"", (("Location", f"/web/{nearest.stamp}id_/{nearest.url}"),))
        moment = datetime.strptime(nearest.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        own = nearest.headers or (("content-type", f"{nearest.mime}; charset=utf-8"), ("server", "made-up"))
        headers = [("Memento-Datetime", format_datetime(moment, usegmt=True)), ("X-Archive-Src", "made-up.warc.gz")]
        headers += [("Content-Type", nearest.mime), *((f"x-archive-orig-{name}", value) for name, value in own)]
        return Reply(nearest.status, nearest.body, tuple(headers))

    def _file(self, path, wanted):
        if path not in self.files:
            return Reply(404, b"<html>404 Not Found</html>")
        body = self.files[path]
        tag = ("ETag", '"' + hashlib.sha256(body).hexdigest()[:16] + '"')
        if not wanted:
            return Reply(200, body, (tag,))
        start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1])
        where = ("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        return Reply(206, body[start:], (tag, where))


def _key(row):
    """How to go on after a line; it is shown quoted, and unquoted once more than other parameters when it comes."""
    return quote_plus(f"{row[0]} {row[1]}!")


def _passes(row, params, filters):
    if not params.get("from", "0") <= row[1] <= params.get("to", "9"):
        return False
    for one in filters:
        name, _, pattern = one.removeprefix("!").partition(":")
        if bool(re.fullmatch(pattern, row[FIELDS.index(name)])) == one.startswith("!"):
            return False
    return True


def _send(handler, reply, done):
    """Send an answer; it counts as answered just before its last byte leaves, so that no client can be quicker."""
    handler.send_response(reply.status)
    for name, value in reply.headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(reply.body)))
    body = reply.body[: reply.cut_at]
    if not body:
        done()
    handler.end_headers()
    if body:
        handler.wfile.write(body[:-1])
        done()
        handler.wfile.write(body[-1:])
    if reply.cut_at is not None:
        handler.close_connection = True
