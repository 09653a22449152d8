"""Copies kept up as texts arrive: who stands for equal texts, in any order of arrival, and what reprints cost."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.copies import EITHER_SIDE, copies
from storage import keys
from storage.models import OutletRow, PageRow
from storage.records import Paragraph, Reading
from storage.store import Batch, ReadPage, Store

NOON = datetime(2026, 6, 15, 9, tzinfo=UTC)
OUTLET = OutletRow(
    outlet="dawn",
    name="Dawn",
    kind="newspaper",
    side="UA",
    tier="primary",
    languages=["en"],
    homepage="https://dawn.example/",
    rights="made up",
    is_known_to_block=False,
)
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu")


def text(seed, count=120):
    """Invented words."""
    drawn = random.Random(seed)  # noqa: S311 - a repeatable draw
    return ["".join(drawn.choices(SYLLABLES, k=3)) for _ in range(count)]


def edited(words, seed):
    """The same with two words put for others."""
    drawn, changed = random.Random(seed), list(words)  # noqa: S311 - a repeatable draw
    for at in drawn.sample(range(70, len(changed)), 2):
        changed[at] = "".join(drawn.choices(SYLLABLES, k=4))
    return changed


def read(name, words, days=0.0, *, at=NOON):
    """A capture of an article: `name` makes its address; published some days after noon, or nobody knows when."""
    url, title, body = f"https://dawn.example/{name}", " ".join(words[:6]), " ".join(words[6:])
    start = len(title) + 2
    reading = Reading(
        outlet="dawn",
        outlet_source="url",
        url=url,
        canonical_url=url,
        language="en",
        title=title,
        published_at=None if days is None else NOON + timedelta(days=days),
        published_precision="unknown" if days is None else "minute",
        date_source="none" if days is None else "json_ld",
        path="outlet",
        paragraphs=(Paragraph(text=body, zone="body", start=start, end=start + len(body)),),
        text_full=f"{title}\n\n{body}",
    )
    sha256, article = keys.sha256(reading.text_full), keys.article_id(url)
    version = keys.version_id(article, sha256, 0)
    return ReadPage(keys.page_id(url, at, sha256), article, version, url, reading)


def page_of(one, at):
    sha256 = keys.sha256(one.reading.text_full)
    return PageRow(
        page_id=one.page_id,
        url=one.identifier,
        outlet="dawn",
        fetched_at=at,
        http_status=200,
        payload_sha256=sha256,
        payload_bytes=1,
        record_type="response",
        is_truncated=False,
        outcome="article",
        article_id=one.article_id,
        version_id=one.version_id,
        text_sha256=sha256,
        cleaner_version="c1",
    )


@pytest.fixture
def new_store(new_database):
    """Open a store, a new one or that of an address; what comes back takes in a batch and says what is filed then."""
    opened = []

    def make(url=None):
        store = Store.open(url or new_database(), must_exist=True)
        opened.append(store)
        store.load_reference([OUTLET])

        def take(*ones, at=NOON):
            identities, works, redirects = copies(ones, store, {})
            batch = Batch("c1", "r1", [page_of(one, at) for one in ones], articles=list(ones), identities=identities)
            batch.works, batch.redirects = works, redirects
            store.save(batch, NOON)
            return filed(store)

        take.works = lambda: {row["work_id"] for row in store.rows("SELECT work_id FROM articles")}
        return take

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def take_in(new_store):
    """Take in articles in one batch; returns what is filed then."""
    return new_store()


def filed(store):
    """(works, what stands, relations) on file: works as a set of groups, and articles that are filed under bands."""
    groups = {}
    for row in store.rows("SELECT article_id, work_id FROM articles"):
        groups.setdefault(row["work_id"], set()).add(row["article_id"])
    standing = {one["article_id"] for one in store.rows("SELECT article_id, bands FROM signatures") if one["bands"]}
    ties = store.rows("SELECT article_id, other_article_id, kind, score, why FROM relations")
    return {frozenset(group) for group in groups.values()}, standing, {tuple(row.values()) for row in ties}


def test_reprints_of_a_night_enter_the_bands_once(take_in):
    reprints = [read(f"reprint-{n}", text(1), n / 1000) for n in range(150)]

    groups, standing, ties = take_in(*reprints[75:], *reprints[:75])

    assert groups == {frozenset(one.article_id for one in reprints)}
    assert standing == {reprints[0].article_id}
    assert len(ties) <= 150 * EITHER_SIDE
    more = [read(f"later-{n}", text(1), 1 + n / 1000) for n in range(50)]
    assert take_in(*more)[1] == standing


def test_a_relation_on_file_says_why(take_in):
    *_, ties = take_in(read("a", text(1)), read("b", edited(text(1), 5), 1))
    [(_, _, kind, score, why)] = ties
    assert (kind, 0.8 < score < 1) == ("near", True)
    assert why.startswith('["') and "share" in why  # noqa: PT018 - one value


def test_an_earlier_equal_stands_for_those_on_file_from_then_on(take_in):
    late, copy = read("late", text(1), 3), read("copy", edited(text(1), 9), 4)
    take_in(late, copy)
    early = read("early", text(1), 1)

    groups, standing, ties = take_in(early)

    assert groups == {frozenset(one.article_id for one in (late, copy, early))}
    assert standing == {early.article_id, copy.article_id}
    assert {frozenset(tie[:2]) for tie in ties if tie[2] == "near"} == {frozenset({early.article_id, copy.article_id})}


def test_each_month_has_one_that_stands_for_its_equals(take_in):
    june, other, july = (read(name, text(1), days) for name, days in (("june", 0), ("other", 2), ("july", 20)))
    _, standing, _ = take_in(july, other, june)
    assert standing == {june.article_id, july.article_id}


def test_the_next_equal_takes_over_where_the_first_changes_its_text(take_in):
    first, second, third = (read(name, text(1), days) for name, days in (("first", 0), ("second", 1), ("third", 2)))
    take_in(first, second, third)
    changed = read("first", text(50), 0, at=NOON + timedelta(hours=3))

    groups, standing, _ = take_in(changed, at=NOON + timedelta(hours=3))

    assert standing == {first.article_id, second.article_id}
    assert frozenset({second.article_id, third.article_id}) in groups
    near = read("near", edited(text(1), 3), 3)
    groups, *_ = take_in(near)
    assert frozenset({second.article_id, third.article_id, near.article_id}) in groups


def test_undated_texts_are_near_copies_of_undated_ones_only_and_equal_to_all(take_in):
    dated, near_dated = read("dated", text(1), 0), read("near", edited(text(1), 4), None)
    equal, near_undated = read("equal", text(1), None), read("near-too", edited(edited(text(1), 4), 6), None)

    groups, *_ = take_in(dated, near_dated)
    assert len(groups) == 2
    groups, *_ = take_in(equal, near_undated)
    assert groups == {frozenset(one.article_id for one in (dated, near_dated, equal, near_undated))}


@pytest.mark.parametrize("seed", range(3))
def test_identity_knows_no_order_of_arrival(take_in, new_store, seed):
    formula = ["all", "clear", *text(8, 20)]
    ones = [
        *(read(f"equal-{n}", text(1), days) for n, days in enumerate((0, 1, 5, 14, 20, 40, 55))),
        *(read(f"near-{n}", edited(text(1), n), days) for n, days in enumerate((0.5, 16, 50))),
        *(read(f"undated-{n}", words, None) for n, words in enumerate((text(1), text(2), text(2), edited(text(2), 1)))),
        *(read(f"formula-{n}", formula, days) for n, days in enumerate((0, 1, 4, 9, 10))),
        *(read(f"own-{n}", text(100 + n), n) for n in range(5)),
    ]
    at_once = take_in(*ones)
    drawn = random.Random(seed)  # noqa: S311 - a repeatable draw
    drawn.shuffle(ones)
    other = new_store()
    while ones:
        size = drawn.randint(1, 6)
        batch, ones = ones[:size], ones[size:]
        found = other(*batch)
    assert found == at_once


def test_what_another_run_files_meanwhile_is_found(new_store, database_url):
    ours, theirs = new_store(database_url), new_store(database_url)
    ours(read("first", text(1)))
    theirs(read("second", text(2), 1))

    groups, *_ = ours(read("third", edited(text(2), 5), 2))

    assert frozenset({read("second", text(2)).article_id, read("third", text(2)).article_id}) in groups


def test_what_another_run_files_anew_is_found_by_its_new_text_alone(new_store, database_url, monkeypatch):
    ours, theirs = new_store(database_url), new_store(database_url)
    ours(read("first", text(1)), read("second", text(2), 1))
    ours(read("again", text(9)))
    theirs(read("second", text(3), 1, at=NOON + timedelta(hours=3)), at=NOON + timedelta(hours=3))
    looked = []
    monkeypatch.setattr("flows.copies.verdict_between", lambda *pair: looked.append({one.doc.id for one in pair}))
    old, new = read("third", edited(text(2), 5), 2), read("fourth", edited(text(3), 5), 2)

    ours(old, new)

    assert looked == [{str(read("second", []).article_id), str(new.article_id)}]


def test_what_is_kept_in_memory_is_settled_as_it_grows(new_store, database_url, monkeypatch):
    monkeypatch.setattr("flows.nearby._FEW", 3)
    ours, theirs = new_store(database_url), new_store(database_url)
    ours(read("first", text(1)))
    for number in range(2, 9):
        theirs(read(f"other-{number}", text(number), number / 24))
    copies_of = [read(f"copy-{number}", edited(text(number), 5), 1) for number in range(1, 9)]

    groups, *_ = ours(*copies_of)

    assert sorted(map(len, groups)) == [2] * 8


def test_a_later_copy_joins_a_work_without_reading_its_members(new_store, monkeypatch):
    take_in = new_store()
    first, second = read("first", text(1)), read("second", edited(text(1), 3), 1)
    take_in(first, second)
    asked = []
    monkeypatch.setattr(Store, "work_members", lambda _, articles: asked.append(set(articles)) or [])

    groups, *_ = take_in(read("third", edited(text(1), 4), 2), read("stranger", text(9), 2))

    assert asked == [set()]
    assert sorted(map(len, groups)) == [1, 3]


def test_a_text_between_two_works_makes_them_one_named_by_the_earliest(new_store):
    take_in = new_store()
    ends = [read("late", edited(text(1), 3), 80), read("early", edited(text(1), 4), 0)]
    groups, *_ = take_in(*ends)
    assert sorted(map(len, groups)) == [1, 1]

    groups, *_ = take_in(read("middle", text(1), 40))

    assert groups == {frozenset(read(name, []).article_id for name in ("late", "early", "middle"))}


def test_a_text_known_to_the_day_alone_is_not_before_one_of_a_known_hour(new_store):
    take_in = new_store()
    at_nine, some_time = read("at-nine", text(1)), read("some-time", edited(text(1), 3), -9 / 24)
    day_alone = some_time.reading.model_copy(update={"published_precision": "day"})

    take_in(at_nine, replace(some_time, reading=day_alone))

    assert take_in.works() == {at_nine.article_id}


def test_pages_that_name_each_other_are_translations_whenever_they_come(new_store):
    take_in = new_store()
    urls = {language: f"https://dawn.example/{language}/pump" for language in ("en", "uk")}
    pages = []
    for language, seed in (("en", 1), ("uk", 2)):
        one = read(f"{language}/pump", text(seed))
        reading = one.reading.model_copy(update={"language": language, "translations": urls})
        pages.append(replace(one, reading=reading))

    take_in(pages[0])
    *_, ties = take_in(pages[1])

    assert [tie[2] for tie in ties] == ["translation"]
