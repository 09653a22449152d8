"""What the spider is asked and what it answers: the plan and the outcomes, two files of JSON lines.

The first line of a plan holds its limits, every other line one request. The outcomes hold exactly one line a request.
"""

import errno
import ipaddress
import math
import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from crawlers.outlet import Host

OutcomeWord = Literal[
    "fetched",
    "not_modified",
    "redirect",
    "not_found",
    "gone",
    "forbidden",
    "rate_limited",
    "http_error",
    "server_error",
    "too_large",
    "truncated",
    "timeout",
    "no_response",
    "dns_failed",
    "guard_refused",
    "robots_denied",
]
"""What became of a request: the names of `storage.terms.Outcome`, and `fetched` for an answer yet to be judged."""

Record = TypeVar("Record", bound=BaseModel)

NOWHERE = ""
"""The group of requests whose host the plan does not name; none of them is ever sent."""


class BadPlanError(Exception):
    """A plan that cannot be carried out; the message names file, line and reason."""


def _is_positive_delay(seconds: float) -> float:
    if not math.isfinite(seconds) or seconds < 0:
        message = "a delay is a number of seconds, 0 or more"
        raise ValueError(message)
    return seconds


def _split_address(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        message = f"{address!r} is not of the form host:port"
        raise ValueError(message)
    return host.strip("[]"), int(port)


def _is_host_port(address: str) -> str:
    _split_address(address)
    return address


def _is_ip_port(address: str) -> str:
    ipaddress.ip_address(_split_address(address)[0])
    return address


Delay = Annotated[float, AfterValidator(_is_positive_delay)]
HostPort = Annotated[str, AfterValidator(_is_host_port)]
IpPort = Annotated[str, AfterValidator(_is_ip_port)]
HeaderValue = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
FileWord = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=100)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HostRule(_Line):
    """One host that may be asked: the group it is paced with, and the hosts its redirects may lead to besides."""

    group: str = Field(min_length=1)
    sisters: tuple[Host, ...] = ()


class Limits(_Line):
    """What binds a run. Sizes are bytes of a body as sent and unpacked alike, times are seconds.

    `delay_s` gives each host group the least time from the start of one request to the start of the next.
    `endpoints` leads `host:port` to another address, the one exception of the address guard; `ca_file` names
    certificates (PEM) trusted besides those of the system. `clock_offset_s` is added to every moment that is
    archived: it is 0 but for a server of our own that plays another day.
    """

    run: FileWord
    max_bytes: int = Field(gt=0)
    timeout_s: float = Field(gt=0)
    max_redirects: int = Field(ge=0)
    user_agent: Annotated[str, Field(pattern=r"^[!-~][ -~]*$")]
    delay_s: dict[str, Delay]
    hosts: dict[Host, HostRule]
    obey_robots: bool = True
    endpoints: dict[HostPort, IpPort] = {}
    ca_file: str | None = None
    clock_offset_s: float = 0.0
    warc_max_bytes: int = Field(default=256 << 20, gt=0)
    warc_max_s: float = Field(default=1800, gt=0)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if unpaced := {rule.group for rule in self.hosts.values()} - set(self.delay_s):
            message = f"no delay_s for host group {min(unpaced)!r}"
            raise ValueError(message)
        if self.ca_file is not None and not Path(self.ca_file).is_file():
            message = f"ca_file {self.ca_file!r} is not there"
            raise ValueError(message)
        return self

    def group_of(self, host: str) -> str:
        """The group a host is paced with; NOWHERE for a host that is neither named nor anyone's sister."""
        if host in self.hosts:
            return self.hosts[host].group
        return next((rule.group for rule in self.hosts.values() if host in rule.sisters), NOWHERE)

    def leads_to(self, host: str, target: str) -> bool:
        """Whether a redirect from `host` may be followed to `target`: its own group's hosts and its sisters."""
        rule = self.hosts.get(host)
        group = self.group_of(host)
        within = group != NOWHERE and target in self.hosts and self.hosts[target].group == group
        return target == host or within or (rule is not None and target in rule.sisters)


class PlanHead(_Line):
    """The first line of a plan."""

    limits: Limits


class PlannedRequest(_Line):
    """One request of a plan. `etag` and `last_modified` are those of the capture already held."""

    url: str
    outlet: FileWord
    unit: str | None
    why: Literal["index", "new", "revisit"]
    etag: HeaderValue | None = None
    last_modified: HeaderValue | None = None


class OutcomeLine(_Line):
    """What became of one planned request.

    `status`, `warc_file`, `warc_offset`, `bytes` (of the body as sent), `etag` and `last_modified` are those of the
    last answer that came, None or 0 where none did. `seconds` is the time spent waiting for answers, pauses left out.
    `final_url` is the last address asked, None where nothing was sent; `detail` says in words what `outcome` leaves
    open.
    """

    url: str
    outlet: str
    unit: str | None
    why: Literal["index", "new", "revisit"]
    outcome: OutcomeWord
    status: int | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    bytes: int = 0
    seconds: float = 0.0
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    detail: str | None = None


class Plan:
    """A plan on disk, checked line by line when it is opened and read again as it is carried out.

    Of each request only the byte its line starts at is held in memory.
    """

    def __init__(self, path: Path) -> None:
        """Raises BadPlanError."""
        self.path = path
        self.by_outlet: Counter[str] = Counter()
        self._starts: dict[str, array[int]] = {}
        try:
            with path.open("rb") as file:
                self.limits = _read(PlanHead, file.readline(), path, 1).limits
                start = file.tell()
                for number, line in enumerate(file, 2):
                    request = _read(PlannedRequest, line, path, number)
                    self._starts.setdefault(self._group(request), array("q")).append(start)
                    self.by_outlet[request.outlet] += 1
                    start += len(line)
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise BadPlanError(message) from error

    @property
    def total(self) -> int:
        """How many requests the plan holds."""
        return self.by_outlet.total()

    @property
    def groups(self) -> tuple[str, ...]:
        """The host groups that have requests, NOWHERE among them if there are hosts the plan does not name."""
        return tuple(self._starts)

    def requests(self, group: str) -> Iterator[PlannedRequest]:
        """The requests of a host group in the order of the plan."""
        with self.path.open("rb") as file:
            for start in self._starts[group]:
                file.seek(start)
                yield PlannedRequest.model_validate_json(file.readline())

    def _group(self, request: PlannedRequest) -> str:
        host = host_of(request.url)
        return self.limits.group_of(host) if host else NOWHERE


def _read(kind: type[Record], line: bytes, path: Path, number: int) -> Record:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"{path}: line {number}: {field + ': ' if field else ''}{first['msg'].removeprefix('Value error, ')}"
        raise BadPlanError(message) from error


def host_of(url: str) -> str | None:
    """The host of a URL, lower case, or None where it has none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def write_plan(path: Path, limits: Limits, requests: Iterable[PlannedRequest]) -> None:
    """Write a plan. Raises OSError."""
    with path.open("w", encoding="utf-8") as file:
        for line in chain([PlanHead(limits=limits)], requests):
            file.write(line.model_dump_json() + "\n")


def read_outcomes(path: Path) -> Iterator[OutcomeLine]:
    """The outcomes of a run, without a last line that a dying run did not finish.

    Raises OSError, pydantic's ValidationError.
    """
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield OutcomeLine.model_validate_json(line)


class OutcomeFile:
    """Appends outcomes to a file, a whole line at a time; use as a context manager.

    A line cut short by a run that died before is removed on opening. Raises OSError; then the lines written so far
    stand whole.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b", buffering=0)
        self._file.seek(0)
        self._end = sum(len(line) for line in self._file if line.endswith(b"\n"))
        self._file.truncate(self._end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, outcome: OutcomeLine) -> None:
        """Append one line and hand it to the system."""
        line = outcome.model_dump_json().encode() + b"\n"
        try:
            written = self._file.write(line)
        except OSError:
            self._file.truncate(self._end)
            raise
        if written != len(line):
            self._file.truncate(self._end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._file.name)
        self._end += written
