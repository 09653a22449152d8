"""Captures in time order become versions; arrival order and cleaners leave no trace."""

from datetime import UTC, datetime
from itertools import permutations

from flows.steps.versions import Capture, versions

ARTICLE = 7


def capture(page: int, day: int | None, text: str, version: int | None = None) -> Capture:
    return Capture(page, datetime(2026, 3, day, tzinfo=UTC) if day else None, text, version)


def partition(found):
    return [[c.page_id for c in version.captures] for version in found]


def test_same_text_again_is_no_new_version():
    found = versions(ARTICLE, [capture(1, 1, "a"), capture(2, 2, "a")])
    assert partition(found) == [[1, 2]]


def test_a_changed_text_is_a_new_version_and_the_old_text_coming_back_is_a_third():
    found = versions(ARTICLE, [capture(1, 1, "a"), capture(2, 2, "b"), capture(3, 3, "a")])
    assert partition(found) == [[1], [2], [3]]
    assert [v.n for v in found] == [1, 2, 3]
    assert len({v.version_id for v in found}) == 3


def test_partition_does_not_depend_on_the_order_of_arrival():
    given = [capture(1, 1, "a"), capture(2, 2, "b"), capture(3, 3, "a"), capture(4, 4, "a")]
    ids = {tuple(v.version_id for v in versions(ARTICLE, order)) for order in permutations(given)}
    assert len(ids) == 1


def test_a_capture_found_late_between_two_splits_them_and_keeps_the_first_id():
    before = versions(ARTICLE, [capture(1, 1, "a"), capture(3, 3, "a")])
    old = before[0].version_id
    after = versions(ARTICLE, [capture(1, 1, "a", old), capture(2, 2, "b"), capture(3, 3, "a", old)])
    assert partition(after) == [[1], [2], [3]]
    assert after[0].version_id == old
    assert after[2].version_id not in {old, after[1].version_id}


def test_cleaning_anew_keeps_the_version_ids():
    old = versions(ARTICLE, [capture(1, 1, "a"), capture(2, 2, "b")])
    anew = versions(ARTICLE, [capture(1, 1, "A!", old[0].version_id), capture(2, 2, "B!", old[1].version_id)])
    assert [v.version_id for v in anew] == [v.version_id for v in old]


def test_a_capture_of_unknown_time_never_comes_after_a_dated_one():
    found = versions(ARTICLE, [capture(2, 2, "b"), capture(1, None, "a")])
    assert partition(found) == [[1], [2]]
