"""A plain client that asks a replica for the outlets' real addresses."""

import gzip
import http.client
import socket
import ssl
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlsplit

import lxml.html
import pytest
from lxml import etree

from crawlers.outlet import all_outlets
from flows.demo.replica import DEMO_DAY, Replica, Setting
from flows.demo.replica.pages import page_of
from flows.demo.replica.setting import SLUGS
from flows.knowledge import load_knowledge
from flows.settings import Settings
from flows.steps.clean import clean
from storage.records import RawPage


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


def all_indexes():
    """Slug and index of every index the played outlets' files name."""
    return [(slug, index) for slug in SLUGS for index in all_outlets()[slug].indexes]


def filled(index, day=DEMO_DAY, page=1):
    """The address of an index for one day or page."""
    iso = day.isocalendar()
    return index.url.format(
        year=day.year, month=day.month, day=day.day, iso_year=iso.year, iso_week=iso.week, page=page
    )


def links(index, body):
    """The addresses an index names."""
    if index.kind == "feed":
        return [str(link) for link in etree.fromstring(body).xpath("//item/link/text()")]
    if index.item:
        found = lxml.html.fromstring(body).cssselect(index.item)
        return [str(item.cssselect("a[href]")[0].get("href")) for item in found]
    body = gzip.decompress(body) if index.url.endswith(".gz") else body
    return [str(loc) for loc in etree.fromstring(body).xpath("//*[local-name()='loc']/text()")]


def named(asking, days, of=None):
    """What each index names for these days, or on its first pages: address of the index to addresses named."""
    found = {}
    for slug, index in all_indexes():
        if of and slug not in of:
            continue
        urls = {filled(index, date.fromisoformat(str(day))) for day in days}
        if index.kind == "page_list":
            urls = {filled(index, page=page) for page in range(1, 6)}
        for url in urls:
            got = asking.get(url)
            if got.status == 200:
                found[url] = links(index, got.body)
    return found


def pytest_generate_tests(metafunc):
    """A test of an index is one of every index."""
    if {"slug", "index"} <= set(metafunc.fixturenames):
        every = all_indexes()
        metafunc.parametrize(("slug", "index"), every, ids=[f"{slug}-{index.url}" for slug, index in every])


@pytest.fixture(scope="session")
def indexes():
    """Ways to read the indexes of a replica."""
    return SimpleNamespace(filled=filled, links=links, named=named)


@pytest.fixture(scope="session")
def knowledge():
    """What the program knows of itself, without any user's files."""
    return load_knowledge(Settings())


@pytest.fixture(scope="session")
def read(knowledge):
    """What our cleaner makes of an article's page."""

    def of(article):
        raw = RawPage(id="1", payload=page_of(article), url=article.url, content_type="text/html")
        return clean(raw, knowledge.outlets, knowledge.clutter)

    return of


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
