"""Runs that want the same hosts: one at a time, and whoever came first is next."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from flows.hosts import HOST, WANTED, waves

A_MOMENT = timedelta(seconds=5)


@pytest.fixture
def outlets(knowledge):
    return [knowledge.outlets[slug] for slug in ("president", "ukrinform")]


@pytest.fixture
def place(place_of, database_url):
    return place_of(database_url, now=datetime.now(UTC))


def held(place, kind):
    return {lease.key for lease in place.store.leases() if lease.kind == kind}


def test_all_that_is_free_is_had_at_once_and_given_back(place, outlets):
    turns = list(map(len, waves(outlets, place, "run-1", timedelta(0))))
    assert turns == [2]
    assert held(place, HOST) == set()


def test_what_another_run_reads_is_left_out_without_patience(place, outlets):
    place.store.acquire_lease(HOST, "president", "other m 1", place.clock(), A_MOMENT * 60)
    [ours] = waves(outlets, place, "run-1", timedelta(0))
    assert [outlet.slug for outlet in ours] == ["ukrinform"]
    assert held(place, WANTED) == set()


def test_what_becomes_free_is_had_after_a_wait(place, outlets):
    place.store.acquire_lease(HOST, "president", "other m 1", place.clock(), A_MOMENT * 60)
    told, turns = [], []
    for ours in waves(outlets, place, "run-1", A_MOMENT * 6, told.append):
        turns.append([outlet.slug for outlet in ours])
        place.store.release_lease(HOST, "president", "other m 1")
    assert turns == [["ukrinform"], ["president"]]
    assert len(told) <= 1
    assert held(place, WANTED) == set()


def test_whoever_waits_is_let_in_before_a_long_run_goes_on(place, outlets):
    """One run takes its outlet again and again; another that waits gets its turn in between."""
    order, has_begun = [], threading.Event()

    def long_run():
        for _ in range(3):
            for _ in waves(outlets[:1], place, "long", A_MOMENT * 6):
                order.append("long")
                has_begun.set()
                waits.wait(timeout=A_MOMENT.total_seconds())

    def short_run():
        has_begun.wait(timeout=A_MOMENT.total_seconds())
        order.extend("short" for _ in waves(outlets[:1], place, "short", A_MOMENT * 6, lambda _: waits.set()))

    waits = threading.Event()
    threads = [threading.Thread(target=one) for one in (long_run, short_run)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(order) == ["long", "long", "long", "short"]
    assert order.index("short") < 3
