"""From pages handed over to rows: what comes in, what is dropped, and what never changes."""

import sqlite3
from itertools import combinations

import pytest

from crawlers.archive import read_archive
from crawlers.imports.files import read_inputs
from flows import ingest as ingest_module
from flows.ingest import ingest
from storage import keys
from storage.compare import compare
from storage.terms import Outcome


def works_by_article(store):
    return {row["article_id"]: row["work_id"] for row in store.rows("select article_id, work_id from articles")}


def partition(store):
    groups = {}
    for article, work in works_by_article(store).items():
        groups.setdefault(work, set()).add(article)
    return {frozenset(members) for members in groups.values()}


def versions_of(store):
    return {
        tuple(row.values())
        for row in store.rows("select article_id, version_id, n, text_sha256, first_page_id from versions")
    }


def test_every_input_has_an_outcome(database_url, place_of, read_demo, truth):
    report = read_demo(place_of(database_url))
    assert report.inputs == len(truth["pages"])
    found = {}
    for (_, outcome), count in report.outcomes.items():
        found[outcome] = found.get(outcome, 0) + count
    expected = {}
    for page in truth["pages"].values():
        expected[page["outcome"]] = expected.get(page["outcome"], 0) + 1
    assert found == expected


def test_pages_get_the_right_outlet_day_and_language(database_url, place_of, read_demo, truth, demo_lines):
    place = place_of(database_url)
    read_demo(place)
    rows = {
        row["url"]: row
        for row in place.store.rows(
            "select p.url, p.outcome, a.outlet, a.language, cast(a.published_on as text) as day, a.published_day"
            " from pages p left join articles a on a.article_id = p.article_id"
        )
    }
    for line in demo_lines:
        expected = truth["pages"][line["id"]]
        if "url" not in line or expected["outcome"] == Outcome.EMPTY:
            continue
        row = rows[line["url"]]
        assert row["outcome"] == expected["outcome"], line["id"]
        if expected["outcome"] == Outcome.ARTICLE:
            got = (row["outlet"], row["language"], row["day"])
            assert got == (expected["outlet"], expected["language"], expected["published_on"]), line["id"]


def test_copies_are_one_work_and_nothing_else_is(database_url, place_of, read_demo, truth, demo_lines):
    place = place_of(database_url)
    read_demo(place)
    article_of = {
        row["url"]: row["article_id"]
        for row in place.store.rows("select url, article_id from pages")
        if row["article_id"]
    }
    groups = {}
    for line in demo_lines:
        page = truth["pages"][line["id"]]
        if page["outcome"] == Outcome.ARTICLE and "url" in line:
            groups.setdefault(page["work"], set()).add(article_of[line["url"]])
    named = {article_of[line["url"]] for line in demo_lines if line.get("url") in article_of}
    found = {group & named for group in partition(place.store)}
    assert {frozenset(group) for group in groups.values()} <= found


def test_pages_that_name_each_other_are_translations(database_url, place_of, read_demo, truth, demo_lines):
    place = place_of(database_url)
    read_demo(place)
    ids = {line["url"]: line["id"] for line in demo_lines if "url" in line}
    pages = place.store.rows("select url, article_id from pages where article_id is not null")
    named = {row["article_id"]: ids[row["url"]] for row in pages if row["url"] in ids}

    ties = place.store.rows("select article_id, other_article_id, why from relations where kind = 'translation'")

    expected = {frozenset(pair) for group in truth["translations"] for pair in combinations(group, 2)}
    assert {frozenset((named[row["article_id"]], named[row["other_article_id"]])) for row in ties} == expected


def test_the_same_pages_again_change_nothing(database_url, place_of, read_demo):
    place = place_of(database_url)
    first = read_demo(place)
    before = place.store.status()["tables"]
    archived = sorted(place.archive.iterdir())
    second = read_demo(place)
    after = place.store.status()["tables"]
    assert second.of_outcome(Outcome.ARTICLE) == 0
    assert second.of_outcome(Outcome.KNOWN) == first.inputs - first.of_outcome(Outcome.EMPTY)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"runs", "outcomes"}  # the second run itself, and the empty file it met again
    assert sorted(place.archive.iterdir()) == archived


def test_order_of_arrival_leaves_no_trace(new_database, place_of, read_demo):
    forward, backward = place_of(new_database(), "one"), place_of(new_database(), "two")
    read_demo(forward)
    read_demo(backward, order=lambda inputs: inputs[::-1])
    assert works_by_article(forward.store) == works_by_article(backward.store)
    assert versions_of(forward.store) == versions_of(backward.store)
    assert forward.store.ledger_lines() == backward.store.ledger_lines()


def test_one_by_one_gives_the_same_as_all_at_once(new_database, place_of, read_demo, monkeypatch):
    at_once, one_by_one = place_of(new_database(), "one"), place_of(new_database(), "two")
    read_demo(at_once)
    monkeypatch.setattr(ingest_module, "BATCH", 1)
    read_demo(one_by_one)
    assert works_by_article(at_once.store) == works_by_article(one_by_one.store)
    assert versions_of(at_once.store) == versions_of(one_by_one.store)
    assert at_once.store.ledger_lines() == one_by_one.store.ledger_lines()


def test_every_quote_stands_where_it_says(database_url, place_of, read_demo):
    place = place_of(database_url)
    read_demo(place)
    assert place.store.status()["tables"]["evidence"] > 0
    assert place.store.quote_mismatches() == 0


def test_an_edited_article_has_two_versions_and_one_article(database_url, place_of, read_demo, demo_lines):
    place = place_of(database_url)
    read_demo(place)
    url = next(line["url"] for line in demo_lines if line["id"] == "no-offer-capture-1")
    rows = place.store.rows("select distinct p.article_id, p.version_id from pages p where p.url = :url", url=url)
    assert len({row["article_id"] for row in rows}) == 1
    assert len(rows) == 2


@pytest.mark.parametrize("dies_in", ["archive", "save", "ledger"])
def test_a_run_that_died_is_taken_up_by_the_next(new_database, place_of, read_demo, monkeypatch, dies_in):
    whole, broken = place_of(new_database(), "one"), place_of(new_database(), "two")
    monkeypatch.setattr(ingest_module, "BATCH", 10)
    read_demo(whole)
    with monkeypatch.context() as patched:
        calls = []

        def die(*args, real, **more):
            calls.append(args)
            if len(calls) == 2:
                raise PowerCutError
            return real(*args, **more)

        if dies_in == "archive":
            real_write = ingest_module.ArchiveWriter.write_resource
            patched.setattr(
                ingest_module.ArchiveWriter,
                "write_resource",
                lambda self, *a, **m: die(self, *a, real=real_write, **m),
            )
        elif dies_in == "save":
            real_save = type(broken.store).save
            patched.setattr(type(broken.store), "save", lambda self, *a: die(self, *a, real=real_save))
        else:
            real_refresh = ingest_module.refresh_ledger
            patched.setattr(ingest_module, "refresh_ledger", lambda *a, **m: die(*a, real=real_refresh, **m))
        patched.setattr(type(broken.store), "finish_run", lambda *_: None)  # a power cut says nothing
        patched.setattr(type(broken.store), "release_lease", lambda *_: None)
        with pytest.raises(PowerCutError):
            read_demo(broken)
    later = ingest_module.Place(
        broken.store, broken.archive, broken.knowledge, lambda: broken.clock() + 2 * ingest_module.LEASE
    )
    read_demo(later)
    assert versions_of(whole.store) == versions_of(broken.store)
    assert works_by_article(whole.store) == works_by_article(broken.store)
    assert whole.store.ledger_lines() == broken.store.ledger_lines()
    assert list(broken.archive.glob("*.open")) == []


class PowerCutError(Exception):
    """What stops a run in the middle."""


def test_everything_taken_in_is_in_the_archive_as_it_was(database_url, place_of, tmp_path):
    place = place_of(database_url)
    page = tmp_path / "page.html"
    page.write_bytes("<html><body><p>Не стаття, але сторінка.</p></body></html>".encode("cp1251"))
    report = ingest(read_inputs([page]), place)
    [file] = sorted(place.archive.glob("*.warc.gz"))
    [record] = list(read_archive(file))
    assert record.payload == page.read_bytes()
    assert report.inputs == 1
    [row] = place.store.rows("select payload_sha256, warc_file from pages")
    assert row == {"payload_sha256": keys.sha256(page.read_bytes()), "warc_file": file.name}


def test_both_engines_hold_the_same(request, place_of, read_demo, tmp_path):
    cluster = request.getfixturevalue("postgres")
    url = cluster.create("both_engines")
    try:
        on_sqlite, on_postgres = place_of(f"sqlite:///{tmp_path}/one.db", "one"), place_of(url, "two")
        read_demo(on_sqlite)
        read_demo(on_postgres)
        report = compare(f"sqlite:///{tmp_path}/one.db", url)
        assert report.is_same, report.as_text()
        on_postgres.store.close()
    finally:
        cluster.drop("both_engines")


def test_sql_of_an_analyst_reads_the_ledger_view(place_of, read_demo, tmp_path):
    place = place_of(f"sqlite:///{tmp_path}/plain.db")
    read_demo(place)
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        lines = dict(plain.execute("select line, status from ledger").fetchall())
    plain.close()
    assert lines == {line.line: line.status for line in place.store.ledger_lines()}
