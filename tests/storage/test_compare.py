from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage.compare import MAX_SHOWN, compare
from storage.store import Store, StoreError


@pytest.fixture
def pair(more_stores, made):
    """Two stores with the same articles, loaded in different order and batches."""
    pages = [made.article(slug, day=day) for day, slug in enumerate(("Zebra", "aster", "їжак", "ґава"))]
    one, other = more_stores(), more_stores()
    one.save(made.batch(*pages), made.noon)
    for page in reversed(pages):
        other.save(made.batch(page), made.noon + timedelta(days=1))
    return one, other


def test_the_same_content_is_the_same(pair):
    report = compare(pair[0].shown, pair[1].shown)
    assert report.is_same, report.as_text()
    assert report.rows["articles"] == 4
    assert "Left out: tables" in report.as_text()


def test_rows_that_differ_are_named(pair):
    first, second = pair
    with second._write() as connection:
        connection.execute(sa.text("UPDATE readings SET section = 'Other' WHERE url LIKE '%Zebra'"))
        connection.execute(sa.text("DELETE FROM article_urls WHERE url LIKE '%aster'"))
    with first._write() as connection:
        connection.execute(sa.text("DELETE FROM guarantors"))

    report = compare(first.shown, second.shown)

    assert {name: n for name, n in report.differing.items() if n} == {"article_urls": 1, "guarantors": 1, "readings": 1}
    found = {(one.table, one.kind, one.columns) for one in report.differences}
    assert found == {
        ("article_urls", "only in the first", ()),
        ("guarantors", "only in the second", ()),
        ("readings", "differs in", ("section",)),
    }
    assert report.as_dict()["is_same"] is False


def test_many_differences_are_counted_and_some_shown(more_stores, made):
    one, other = more_stores(), more_stores()
    one.save(made.batch(*(made.article(f"x{n}") for n in range(MAX_SHOWN + 5))), made.noon)
    report = compare(one.shown, other.shown)
    assert report.differing["articles"] == MAX_SHOWN + 5
    assert sum(difference.table == "articles" for difference in report.differences) == MAX_SHOWN
    assert "more" in report.as_text()


def test_both_engines_give_the_same_answers(tmp_path, postgres, made):
    pages = [made.article(slug, f"{slug} ©", (f"{slug} 𝔘 it's",), day=n) for n, slug in enumerate("ґжZaї")]
    name = "both_engines"
    urls = [str(tmp_path / "x.db"), postgres.create(name)]
    try:
        answers = []
        for url in urls:
            Store.upgrade(url)
            with Store.open(url, must_exist=True) as store:
                store.load_reference(made.outlets, [], [])
                for page in pages if url == urls[0] else reversed(pages):
                    store.save(made.batch(page), made.noon)
                answers.append((store.search(["it"], 9), store.claims_on_file(), store.quote_mismatches()))
        assert answers[0] == answers[1]
        report = compare(*urls)
        assert report.is_same, report.as_text()
        assert sum(report.rows.values()) > 50
    finally:
        postgres.drop(name)


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(StoreError, match="there is no database"):
        compare(str(tmp_path / "a.db"), str(tmp_path / "b.db"))
