"""Stories kept up as pages arrive: the same whatever came first, in whichever batches, on both engines."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.imports.files import RawInput
from flows import ingest as ingest_module
from flows import stories as stories_module
from flows.ingest import ingest
from flows.rebuild import rebuild_identity
from flows.steps.alike import score
from flows.stories import keep_stories

START = datetime(2027, 3, 9, 8, 0, tzinfo=UTC)
STORIES = "select article_id, story_id from articles"


def stories(store):
    return {row["article_id"]: row["story_id"] for row in store.rows(STORIES)}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def engine_name(request):
    """The engines; what is asked of both here, tests of the store ask in every run."""
    return request.param


@pytest.mark.parametrize(
    ("seed", "size"),
    [pytest.param(1, 3, marks=pytest.mark.prove), (2, 10), pytest.param(3, 50, marks=pytest.mark.prove)],
)
def test_no_order_and_no_batches_change_the_stories(
    seed, size, place_of, database_url, new_sqlite, read_demo, monkeypatch
):
    at_once = place_of(new_sqlite(), "at-once")
    monkeypatch.setattr(ingest_module, "BATCH", 1_000)
    read_demo(at_once)
    kept = stories(at_once.store)
    assert 1 < len(set(kept.values())) < len(kept)

    place = place_of(database_url)
    monkeypatch.setattr(ingest_module, "BATCH", size)
    drawn = random.Random(seed)  # noqa: S311  a repeatable draw
    read_demo(place, order=lambda inputs: drawn.sample(inputs, k=len(inputs)))

    assert stories(place.store) == kept
    for row in place.store.rows("select old_id, new_id from redirects where kind = 'story'"):
        assert kept.get(row["old_id"]) == kept[row["new_id"]] != row["old_id"]


def told(place, url):
    [row] = place.store.rows(
        "select a.article_id, a.story_id from articles a join article_urls u on a.article_id = u.article_id "
        "where u.url = :url",
        url=url,
    )
    return row


def signing(number, hours):
    """One article on a signing, published so many hours after the first."""
    text = (
        "Ireland and Ukraine signed a bilateral security agreement in Dublin on March 9.",
        f"Writer {number} saw Declan Roarke sign it at Farmleigh House; it is worth 120 million euros.",
        f"DEMO: INVENTED ARTICLE number {number}, told in words of its own, of which there are not many.",
    )
    return number, hours, text


@pytest.fixture
def read(place_of, database_url, anew_of):
    """Read captures into a place, one after another."""
    place = place_of(database_url)

    def take(*captures):
        for capture in captures:
            ingest([anew_of(*capture)], place)
        return place

    return take


@pytest.fixture
def anew_of():
    """Make a capture of an invented article."""

    def make(number, hours, paragraphs, headline=None, fetched=1, *, is_dated=True):
        at = START + timedelta(hours=hours)
        title = headline or f"Ireland signs security agreement with Ukraine, story {number}"
        meta = f'<meta property="article:published_time" content="{at.isoformat()}">' if is_dated else ""
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        html = f"<html><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>{body}</article>"
        return RawInput(
            item=f"invented-{number}-{fetched}",
            url=f"https://kyivindependent.com/invented-{number}/",
            payload=html.encode(),
            is_flat_text=False,
            content_type="text/html; charset=utf-8",
            fetched_at=at + timedelta(hours=fetched),
            outlet=None,
            source_name="invented",
        )

    return make


def test_an_earlier_article_takes_the_story_over_and_the_old_id_leads_to_it(read):
    place = read(signing(2, 5))
    later = told(place, "https://kyivindependent.com/invented-2/")
    assert later["story_id"] == later["article_id"]
    read(signing(1, 0))
    earlier = told(place, "https://kyivindependent.com/invented-1/")
    assert stories(place.store) == dict.fromkeys([earlier["article_id"], later["article_id"]], earlier["article_id"])
    redirects = place.store.rows("select old_id, new_id from redirects where kind = 'story'")
    assert redirects == [{"old_id": later["article_id"], "new_id": earlier["article_id"]}]
    [pair] = place.store.rows("select kind, score from relations")
    assert pair["kind"] == "same-event"
    assert pair["score"] >= 0.5


def test_an_article_that_is_edited_out_of_its_story_leaves_it(read, anew_of):
    place = read(signing(1, 0), signing(2, 5))
    first, second = (told(place, f"https://kyivindependent.com/invented-{n}/")["article_id"] for n in (1, 2))
    assert set(stories(place.store).values()) == {first}
    other = ["The library by the old harbour opened its doors on Monday after two years of building."] * 3
    ingest([anew_of(1, 0, other, "Harbour town opens its new library", fetched=30)], place)
    assert stories(place.store) == {first: first, second: second}
    assert place.store.rows("select * from relations") == []
    assert place.store.rows("select * from redirects where kind = 'story'") == []


def test_an_article_edited_out_and_back_leaves_the_others_together(read, anew_of):
    place = read(signing(1, 0), signing(2, 5), signing(3, 8))
    first, second, third = (told(place, f"https://kyivindependent.com/invented-{n}/")["article_id"] for n in (1, 2, 3))
    assert set(stories(place.store).values()) == {first}
    other = ["The library by the old harbour opened its doors on Monday after two years of building."] * 3
    ingest([anew_of(1, 0, other, "Harbour town opens its new library", fetched=30)], place)
    assert stories(place.store) == {first: first, second: second, third: second}
    ingest([anew_of(*signing(1, 0), fetched=40)], place)
    assert stories(place.store) == dict.fromkeys([first, second, third], first)
    assert place.store.rows("select old_id, new_id from redirects where kind = 'story'") == [
        {"old_id": second, "new_id": first}
    ]
    assert rebuild_identity(place, apply=False).is_empty


def test_a_story_that_was_led_by_three_is_found_under_each_of_their_ids(read):
    place = read(signing(3, 8))
    read(signing(2, 5))
    read(signing(1, 0))
    first, second, third = (told(place, f"https://kyivindependent.com/invented-{n}/")["article_id"] for n in (1, 2, 3))
    assert set(stories(place.store).values()) == {first}
    assert place.store.rows("select old_id, new_id from redirects where kind = 'story' order by old_id") == [
        {"old_id": old, "new_id": first} for old in sorted([second, third])
    ]


def test_undated_and_tiny_texts_are_stories_of_their_own(read, anew_of):
    place = read(signing(1, 0), signing(2, 5))
    undated = anew_of(*signing(3, 0), is_dated=False)
    tiny = anew_of(4, 1, ["Agreement."], "Agreement")
    ingest([undated, tiny], place)
    kept = stories(place.store)
    first = told(place, "https://kyivindependent.com/invented-1/")["article_id"]
    alone = told(place, "https://kyivindependent.com/invented-3/")
    assert place.store.rows("select article_id from articles where published_at is null") == [
        {"article_id": alone["article_id"]}
    ]
    assert alone["story_id"] == alone["article_id"]
    assert sum(story == first for story in kept.values()) == 2
    assert rebuild_identity(place, apply=False).is_empty


def test_reprints_of_one_text_are_compared_with_others_but_not_with_each_other(read, anew_of, monkeypatch):
    """So many reprints that not every two of them are filed as copies of each other."""
    asked = []
    monkeypatch.setattr(stories_module, "score", lambda one, other: asked.append((one, other)) or score(one, other))
    _, _, paragraphs = signing(1, 0)
    place = read()
    ingest([anew_of(n, n / 10, paragraphs, "Ireland signs agreement with Ukraine") for n in range(1, 41)], place)
    assert asked == []
    read(signing(50, 6))
    assert len(asked) == 40
    assert len(set(stories(place.store).values())) == 1


def test_what_a_killed_run_left_is_told_by_the_next(read, monkeypatch):
    monkeypatch.setattr(ingest_module, "keep_stories", lambda _: {})
    place = read(signing(1, 0), signing(2, 5))
    assert set(stories(place.store).values()) == {None}
    monkeypatch.undo()
    keep_stories(place.store)
    first = told(place, "https://kyivindependent.com/invented-1/")["article_id"]
    assert set(stories(place.store).values()) == {first}
    assert not +keep_stories(place.store)


@pytest.mark.parametrize("order", [sorted, lambda ids: sorted(ids, reverse=True)], ids=["up", "down"])
def test_identity_built_from_nothing_is_what_was_kept_up(order, place_of, database_url, read_demo):
    place = place_of(database_url)
    read_demo(place)
    found = rebuild_identity(place, apply=False, order=order)
    assert (found.done, dict(+found.counts)) == (len(stories(place.store)), {})


def test_a_ruined_identity_is_shown_then_built_anew(place_of, database_url, read_demo):
    place = place_of(database_url)
    read_demo(place)
    store = place.store
    kept = {name: store.rows(f"select * from {name} order by 1, 2, 3") for name in ("relations", "signatures")}  # noqa: S608
    judged = store.rows("select article_id, work_id, story_id from articles order by 1")
    with store._write() as connection:
        connection.exec_driver_sql("delete from relations")
        connection.exec_driver_sql("update articles set work_id = article_id, story_id = article_id")

    shown = rebuild_identity(place, apply=False)
    assert store.rows("select * from relations") == []
    done = rebuild_identity(place, apply=True)

    assert shown.counts == done.counts
    assert {kind.value for kind in +done.counts} >= {"work_changed", "story_changed", "work_merged", "relation_added"}
    assert {name: store.rows(f"select * from {name} order by 1, 2, 3") for name in kept} == kept  # noqa: S608
    assert store.rows("select article_id, work_id, story_id from articles order by 1") == judged
    assert rebuild_identity(place, apply=True).is_empty
