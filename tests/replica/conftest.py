"""A plain client that asks a replica for the outlets' real addresses."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from flows.demo.replica import Replica, Setting


@dataclass(frozen=True)
class Got:
    """What came back; `body` is None where it was cut."""

    status: int
    headers: dict[str, str]
    body: bytes | None


class Client:
    """Asks one thing at a time; follows nothing."""

    def __init__(self, replica, timeout=10.0):
        self.replica = replica
        self.timeout = timeout
        self.held = {}
        self.tls = ssl.create_default_context(cafile=replica.ca_file)

    def connect(self, url, tls=None):
        """A connection to where the endpoint map says this host is, spoken to by its real name."""
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
        place, _, there = self.replica.endpoints[f"{parts.hostname}:{port}"].partition(":")
        plain = socket.create_connection((place, int(there)), timeout=self.timeout)
        if parts.scheme == "http":
            return plain
        return (tls or self.tls).wrap_socket(plain, server_hostname=parts.hostname)

    def get(self, url, **headers):
        """One GET; header names are given with underscores. A connection is used again while both sides like it."""
        parts = urlsplit(url)
        where = (parts.scheme, parts.netloc)
        held = self.held.pop(where, None)
        try:
            got, connection = self._ask(held or self._fresh(url), url, headers)
        except (OSError, http.client.HTTPException):
            if held is None:
                raise
            got, connection = self._ask(self._fresh(url), url, headers)
        if connection.sock is not None:
            self.held[where] = connection
        return got

    def _fresh(self, url):
        connection = http.client.HTTPConnection(urlsplit(url).hostname, timeout=self.timeout)
        connection.sock = self.connect(url)
        return connection

    @staticmethod
    def _ask(connection, url, headers):
        parts = urlsplit(url)
        target = url.removeprefix(f"{parts.scheme}://{parts.netloc}") or "/"
        try:
            connection.request("GET", target, headers={n.replace("_", "-"): v for n, v in headers.items()})
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Got(response.status, names, response.read()), connection
        except http.client.IncompleteRead:
            connection.close()
            response.close()
            return Got(response.status, names, None), connection
        except BaseException:
            connection.close()
            raise

    def close(self):
        """Leave all connections."""
        for connection in self.held.values():
            connection.close()


@pytest.fixture(scope="module")
def replica(tmp_path_factory):
    with Replica(tmp_path_factory.mktemp("replica")) as running:
        yield running


@pytest.fixture(scope="module")
def open_replica(tmp_path_factory):
    """One whose Ukrainska Pravda shows its sitemaps and lists."""
    with Replica(tmp_path_factory.mktemp("open"), setting=Setting(pravda_blocks=False)) as running:
        yield running


@pytest.fixture(scope="module")
def unruly(tmp_path_factory):
    with Replica(tmp_path_factory.mktemp("unruly"), misbehave=True) as running:
        yield running


@pytest.fixture
def client():
    """Makes a client of a replica and lets it be night 1."""
    made = []

    def of(replica, timeout=10.0):
        replica.night = 1
        made.append(Client(replica, timeout))
        return made[-1]

    yield of
    for one in made:
        one.close()
