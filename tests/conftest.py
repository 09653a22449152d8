"""Fixtures shared by all tests."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from storage.models import METADATA
from storage.schema import REVISIONS
from storage.store import Store

REPO = Path(__file__).parents[1]


def pytest_addoption(parser):
    """Options of the proofs; they stand here because pytest reads them before it looks into folders."""
    parser.addoption("--raise-floors", action="store_true", help="write better figures of proofs into floors.toml")
    parser.addoption("--lower-floors", action="store_true", help="write worse figures of proofs into floors.toml")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled texts and real pages; tests that read it skip, visibly, where it is absent."""
    folder = (REPO / os.environ.get("ZAPORUKA_SHARED", "../shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no labelled data: {folder} is absent (set ZAPORUKA_SHARED)")
    return folder


NO_POSTGRES = "NO POSTGRES"


class PostgresCluster:
    """A private Postgres server in a temporary folder, gone when the session ends however it ends.

    It runs as an unprivileged user when the tests run as root, listens on loopback and a socket in its folder,
    and waits for no disk.
    """

    def __init__(self, binaries: Path):
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="zaporuka-pg-"))
        self.user = _unprivileged_user()
        self.process = None
        self.port = 0

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        as_user = {"user": self.user, "cwd": self.folder} if self.user else {"cwd": self.folder}
        if self.user:
            shutil.chown(self.folder, self.user)
        make = [self.binaries / "initdb", "-D", "data", "-U", "zaporuka", "--auth=trust", "--no-sync", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C.UTF-8"], check=True, capture_output=True, **as_user)
        for _ in range(5):  # another program may take the free port before the server does
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            where = ["-D", "data", "-k", str(self.folder), "-p", str(self.port), "-h", "127.0.0.1"]
            fast = [f"-c{setting}" for setting in ("fsync=off", "full_page_writes=off", "synchronous_commit=off")]
            with (self.folder / "log").open("wb") as log:
                command = [self.binaries / "postgres", *where, *fast, "-cmax_connections=50"]
                self.process = subprocess.Popen(command, stdout=log, stderr=log, **as_user)
            if self._answers():
                return
        pytest.fail("the test server did not start:\n" + (self.folder / "log").read_text())

    def _answers(self):
        ready = [self.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(200):
            if self.process.poll() is not None:
                return False
            if subprocess.run(ready, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def url(self, name):
        """The address of a database."""
        return f"postgresql://zaporuka@127.0.0.1:{self.port}/{name}"

    def create(self, name, template="template0"):
        """Make a database, whose own collation is deliberately not C, and return its URL."""
        locale = "" if template != "template0" else " LOCALE_PROVIDER icu ICU_LOCALE 'uk' LOCALE 'C.UTF-8'"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{locale}')
        return self.url(name)

    def drop(self, name):
        """Remove a database, whoever still uses it."""
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement):
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _unprivileged_user():
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _postgres_binaries():
    """The folder of the newest server programs (15 or later), or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], check=True, capture_output=True, text=True)
        found.append(Path(said.stdout.strip()))
    return next((folder for folder in reversed(found) if (folder / "initdb").is_file()), None)


@pytest.fixture(scope="session")
def postgres():
    """A private Postgres server of this session; without its programs tests skip loudly, and fail where CI=true."""
    binaries = _postgres_binaries()
    if binaries is None:
        message = f"{NO_POSTGRES}: no server programs found (Debian: apt install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with PostgresCluster(binaries) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A SQLite file of today's schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    Store.upgrade(str(file))
    return file


@pytest.fixture(scope="session")
def postgres_pool(postgres):
    """Names of Postgres databases of today's schema that no test uses now; they are emptied and used again."""
    Store.upgrade(postgres.create("template_zaporuka"))
    return []


@pytest.fixture(params=["sqlite", "postgres"])
def engine_name(request):
    """Each test that asks for a database runs once on every engine."""
    return request.param


@pytest.fixture
def new_database(engine_name, request, sqlite_template, tmp_path):
    """Call it to get the URL of one more empty database of today's schema, on this test's engine."""
    taken = []

    def make():
        if engine_name == "sqlite":
            file = tmp_path / f"{uuid4().hex}.db"
            shutil.copy(sqlite_template, file)
            return f"sqlite:///{file}"
        cluster, pool = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_pool")
        if not pool:
            name = f"t_{uuid4().hex}"
            cluster.create(name, "template_zaporuka")
            pool.append(name)
        taken.append(pool.pop())
        return cluster.url(taken[-1])

    yield make
    for name in taken:
        _empty(request.getfixturevalue("postgres").url(name))
    if taken:
        request.getfixturevalue("postgres_pool").extend(taken)


def _empty(url):
    """Bring a database of ours back to what the migrations made."""
    emptied = "; ".join(str(table.delete()) for table in reversed(METADATA.sorted_tables))
    ours = "INSERT INTO zaporuka_info (key, value) VALUES ('application', 'zaporuka'), ('is_demo', '0')"
    with psycopg.connect(url) as connection:
        connection.execute(f"{emptied}; {ours}")
        connection.execute("UPDATE alembic_version SET version_num = %s", [REVISIONS[-1]])


@pytest.fixture
def database_url(new_database):
    """An empty database of today's schema, once on SQLite and once on Postgres."""
    return new_database()


@pytest.fixture
def store(database_url):
    """An open store on an empty database, once on SQLite and once on Postgres."""
    with Store.open(database_url, must_exist=True) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter):
    """Say loudly when tests did not run on Postgres."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_POSTGRES in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{NO_POSTGRES}: {len(skipped)} tests were NOT run on Postgres", red=True, bold=True
        )
