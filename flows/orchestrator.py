"""How this project wants Prefect to be: at home in the data folder, on loopback, quiet, and gone when its starter is.

Nothing here imports Prefect, whose settings must be in the environment before anything does.
"""

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from flows.errors import UserError, WorkFailedError

LOOPBACK = "127.0.0.1"
API = "PREFECT_API_URL"
START_S = 120
"""Seconds a server may take to start; on a small machine a first start takes up to twenty."""

SHOWS_PAGES = "PREFECT_SERVER_UI_ENABLED"


def prepare(home: Path, *, is_service: bool = False) -> None:
    """Set what the environment does not say otherwise; call it before Prefect is imported for the first time."""
    _folder(home).mkdir(parents=True, exist_ok=True)
    wanted = {
        "PREFECT_HOME": str(_folder(home)),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_S),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # What goes wrong is said by the command itself, in one line; a service has only its log to say it in.
        "PREFECT_LOGGING_LEVEL": "INFO" if is_service else "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


def find_server(home: Path) -> str | None:
    """The API of the Prefect server to use: the environment's, or that of a service on this data folder; else None."""
    if os.environ.get(API):
        return os.environ[API]
    try:
        told = json.loads(_told(home).read_text(encoding="utf-8"))["api"]
    except (OSError, ValueError, KeyError):
        return None
    return str(told) if _answers(str(told)) else None


@contextmanager
def server(home: Path, port: int | None = None) -> Iterator[str]:
    """A Prefect server on loopback while the block lasts; yields its API's address, which the environment then names.

    With a port it shows its pages in the browser, and other commands on the same data folder use it, too. Raises
    UserError for a port that is taken, WorkFailedError where another server uses the data folder, or none starts.
    """
    prepare(home)
    folder = _folder(home)
    at = _free_port() if port is None else port
    api = f"http://{LOOPBACK}:{at}/api"
    with _alone(folder / "server.lock", home):
        if port is not None and not _is_free(port):
            message = f"Port {port} is taken; name another with --port."
            raise UserError(message)
        environment = {**os.environ, SHOWS_PAGES: "0" if port is None else "1"}
        command = [sys.executable, "-m", "flows.prefect_server", str(at)]
        with (
            (folder / "server.log").open("ab") as log,
            subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log) as process,  # noqa: S603 - our own program
        ):
            try:
                _wait_for(api, process, folder / "server.log")
                if port is not None:
                    _told(home).write_text(json.dumps({"api": api}), encoding="utf-8")
                os.environ[API] = api
                yield api
            finally:
                os.environ.pop(API, None)
                if port is not None:
                    _told(home).unlink(missing_ok=True)
                process.terminate()


def _folder(home: Path) -> Path:
    return (home / "prefect").absolute()


def _told(home: Path) -> Path:
    return _folder(home) / "server.json"


@contextmanager
def _alone(lock: Path, home: Path) -> Iterator[None]:
    """Two servers on one database would stand in each other's way."""
    with lock.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{home}: another run's Prefect server uses this data folder; wait for it, or add --no-prefect."
            raise WorkFailedError(message) from error
        yield


def _wait_for(api: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_S
    while not _answers(api):
        if process.poll() is not None or time.monotonic() > until:
            message = f"Prefect's server did not start, see {log}; try again, or add --no-prefect."
            raise WorkFailedError(message)
        time.sleep(0.2)


def _answers(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=2.0).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
