"""Killed at any moment and started again, a run ends where an undisturbed one does, and no archived byte is lost."""

import json
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.archive import Page, read_archive
from flows.demo.replica import Replica, Setting
from storage import keys
from storage.store import Store

REPO = Path(__file__).parents[2]
INGEST = """
import sys
import flows.ingest
flows.ingest.BATCH = 5
from flows.cli import run
sys.exit(run(["ingest", sys.argv[1], "--home", sys.argv[2]]))
"""
CRAWL = (Path(__file__).parent / "crawl_once.py").read_text(encoding="utf-8")
STATE = {
    "articles": "select article_id, headline, published_day, work_id from articles",
    "versions": "select article_id, n, text_sha256 from versions",
    "readings": "select article_id, text_sha256, rules_version from readings",
    "tags": "select r.article_id, t.topic, t.role from tags t join readings r on r.reading_id = t.reading_id",
    "claims": "select claim_id, stage, event_day_min, event_day_max from claims",
    "ledger": "select line, event_day_min, event_day_max, status, texts from ledger",
    "cells": "select outlet, language, published_day, listed, read, gap_possible from cells",
}


def state(home):
    """What a run left, without the moments at which it did."""
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        return {name: sorted(map(repr, (row.values() for row in store.rows(sql)))) for name, sql in STATE.items()}


def unread(home):
    """Archived pages that the database does not know."""
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        known = {row["page_id"] for row in store.rows("select page_id from pages")}
    assert list((home / "archive").glob("*.open")) == []
    return [
        page.url
        for file in (home / "archive").glob("*.warc.gz")
        for page in read_archive(file)
        if isinstance(page, Page) and keys.page_id(page.url, page.fetched_at, page.payload_sha256) not in known
    ]


def run(code, *arguments, kill_after=None):
    """Run a program; killed after so many seconds if asked. Returns the seconds it took."""
    started = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL) as program:
        try:
            assert program.wait(timeout=kill_after or 120) == 0
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
            program.wait()
    return time.monotonic() - started


def moments(count, seconds, start):
    """Moments to die at, spread over a run; the first seconds, in which a program only starts, are left out."""
    return [start + (seconds - start) * (n + 0.5) / count for n in range(count)]


def kill_and_finish(code, arguments_of, homes, whole, seconds, count, start):
    for number, moment in enumerate(moments(count, seconds, start)):
        home = homes / f"killed-{number}"
        home.mkdir()
        run(code, *arguments_of(home), kill_after=moment)
        run(code, *arguments_of(home))
        assert state(home) == whole, f"killed after {moment:.2f} of {seconds:.2f} s"
        assert unread(home) == []


def ingest_arguments(home):
    return str(REPO / "flows/demo/manifest.jsonl"), str(home)


@pytest.fixture
def undisturbed_ingest(tmp_path):
    """An undisturbed run's state and how long it took."""
    home = tmp_path / "whole"
    home.mkdir()
    seconds = run(INGEST, *ingest_arguments(home))
    return state(home), seconds


@pytest.mark.prove
def test_ingest_killed_in_the_middle(undisturbed_ingest, tmp_path):
    whole, _ = undisturbed_ingest
    home = tmp_path / "killed"
    home.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", INGEST, *ingest_arguments(home)], stdout=subprocess.DEVNULL
    ) as program:
        while len(list((home / "archive").glob("*"))) < 3:
            assert program.poll() is None, "it ended before its third batch"
            threading.Event().wait(0.005)
        program.kill()
    run(INGEST, *ingest_arguments(home))
    assert state(home) == whole
    assert unread(home) == []


@pytest.mark.prove
def test_ingest_killed_at_sixteen_moments(undisturbed_ingest, tmp_path):
    whole, seconds = undisturbed_ingest
    kill_and_finish(INGEST, ingest_arguments, tmp_path, whole, seconds, 16, 0.3 * seconds)
    print(f"\ningest killed at 16 moments of {seconds:.1f} s: all equal, no archived byte lost")


@pytest.mark.prove
def test_crawl_killed_at_sixteen_moments(tmp_path):
    with Replica(tmp_path / "replica", setting=Setting(days=1, history_every=0)) as replica:
        said = {
            "endpoints": replica.endpoints,
            "ca_file": str(replica.ca_file),
            "offset": (replica.setting.moment(1) - datetime.now(UTC)).total_seconds(),
        }

        def arguments(home):
            return (json.dumps(said | {"home": str(home)}),)

        whole = tmp_path / "whole"
        whole.mkdir()
        seconds = run(CRAWL, *arguments(whole))
        kill_and_finish(CRAWL, arguments, tmp_path, state(whole), seconds, 16, 0.3 * seconds)
        print(f"\ncrawl killed at 16 moments of {seconds:.1f} s: all equal, no archived byte lost")
