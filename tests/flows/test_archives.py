"""Other people's archives as a road into the past: asked politely, once, and their pages recorded like any other."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from archives_stand_in import DOWN, TOO_MANY, ArchivesStandIn, Reply

from flows.demo.replica import Fault, Replica, Setting
from flows.errors import UserError, WorkFailedError
from flows.past import Asked
from flows.runs import backfill_run, crawl_run
from flows.settings import Settings
from flows.via import Via
from storage.store import Store

PAGES = Path(__file__).parents[1] / "outlets"
ROOT = "https://www.president.gov.ua"
FEBRUARY = Asked(date(2024, 2, 10), date(2024, 2, 20))
ALL_FEBRUARY = Asked(date(2024, 2, 10), date(2024, 2, 20), every_edition=True)


@pytest.fixture
def archives():
    with ArchivesStandIn(rows_a_page=2) as running:
        yield running


@pytest.fixture
def settings(tmp_path, archives):
    return Settings(
        home=tmp_path / "home",
        contact="crawler@example.org",
        wayback=archives.url,
        common_crawl=archives.url,
        archive_pace_s=0.05,
    )


@pytest.fixture
def rows(settings):
    """What a query says of the database."""

    def ask(query, **values):
        with Store.open(settings.url, must_exist=True) as store:
            return store.rows(query, **values)

    return ask


def president(number, day=16, language="uk", words="угода"):
    """A made-up release of some day of February 2024: its address and its HTML."""
    prefix = "" if language == "uk" else f"/{language}"
    url = f"{ROOT}{prefix}/news/pro-{words}-{number}"
    page = (PAGES / "president" / f"news-{language}.html").read_text("utf-8")
    said = f"{day} лютого 2024 року - 20:15" if language == "uk" else f"{day} February 2024 - 20:15"
    lines = [f'<p class="date">{said}</p>' if 'class="date"' in line else line for line in page.splitlines()]
    return url, "\n".join(lines).replace("</h1>", f" {number}</h1>")


def plant(archives, number, day=16, language="uk", **others):
    url, html = president(number, day, language)
    archives.plant_capture(url, datetime(2024, 2, day, 19, tzinfo=UTC), html, **others)
    return url


def only(report, slug):
    return next(row for row in report.rows if row.outlet == slug)


def test_what_the_wayback_machine_holds_is_read_once_under_its_own_address_and_moment(archives, settings, rows):
    urls = [plant(archives, 90001), plant(archives, 90002, day=18), plant(archives, 90003, language="en")]
    archives.plant_capture(f"{ROOT}/documents/1-90004", datetime(2024, 2, 16, tzinfo=UTC), "<p>no article")
    told = []
    report = backfill_run(settings, ["president"], ALL_FEBRUARY, via=Via.WAYBACK, tell_unit=told.append)
    assert (only(report, "president").articles, report.units_done) == (3, 3)
    found = rows("select url, fetched_at, record_type, outcome from pages order by url")
    assert [row["url"] for row in found] == sorted(urls)
    assert {str(row["fetched_at"])[:13] for row in found} == {"2024-02-16 19", "2024-02-18 19"}
    assert {row["outcome"] for row in found} == {"article"}
    units = rows("select edition, kind, state, listed from units order by edition")
    assert [(row["edition"], row["listed"], row["state"]) for row in units] == [
        ("en", 1, "done"),
        ("ru", 0, "done"),
        ("uk", 2, "done"),
    ]
    assert any("1 not_an_article" in line for line in told)
    before = len(archives.log)
    again = backfill_run(settings, ["president"], ALL_FEBRUARY, via=Via.WAYBACK)
    assert len(archives.log) == before
    assert (again.units_done, only(again, "president").articles) == (0, 0)


def test_the_archive_is_asked_by_one_polite_client(archives, settings):
    for number in range(90001, 90006):
        plant(archives, number)
    backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert {one.agent for one in archives.log} == {one.agent for one in archives.log[:1]}
    assert "crawler@example.org" in archives.log[0].agent
    assert max(one.together for one in archives.log) == 1
    gaps = [later.begun - earlier.begun for earlier, later in pairwise(archives.log)]
    assert min(gaps) >= 0.05


def test_the_outlets_robots_file_as_archived_is_honoured(archives, settings, rows):
    plant(archives, 90001)
    robots = "User-agent: *\nDisallow: /news/pro-\n"
    archives.plant_capture(f"{ROOT}/robots.txt", datetime(2024, 2, 1, tzinfo=UTC), robots, mime="text/plain")
    report = backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert only(report, "president").missing == {"robots_denied": 1}
    assert not [one for one in archives.log if "/news/pro-" in one.path and "/web/" in one.path]
    assert rows("select outcome from outcomes where stage = 'read'") == [{"outcome": "robots_denied"}]


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (TOO_MANY, "rate_limited"),
        (DOWN, "server_error"),
        (Reply(200, b"<html>Sorry</html>", (("Content-Type", "text/html"),)), "error_page"),
        (Reply(200, b'[["urlkey"', (("Content-Type", "application/json"),)), "truncated"),
        (Reply(200, b"", ()), "empty"),
    ],
)
def test_an_index_that_cannot_be_read_leaves_the_unit_open_and_is_named(
    archives, settings, rows, monkeypatch, reply, named
):
    monkeypatch.setattr("crawlers.imports.service.FIRST_WAIT_S", 0.01)
    monkeypatch.setattr("crawlers.imports.service.RATE_LIMIT_WAIT_S", 0.01)
    plant(archives, 90001)
    archives.misbehave("/cdx/", reply, forever=True)
    report = backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert only(report, "president").missing == {f"Wayback Machine {named}": 1}
    assert rows("select state, listed, outcome from units") == [{"state": "planned", "listed": None, "outcome": named}]
    archives._misdeeds.clear()
    later = backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert (later.units_done, only(later, "president").articles) == (1, 1)


def test_units_that_are_not_asked_for_any_more_are_counted(archives, settings, monkeypatch):
    monkeypatch.setattr("crawlers.imports.service.FIRST_WAIT_S", 0.01)
    monkeypatch.setattr("crawlers.imports.service.RATE_LIMIT_WAIT_S", 0.01)
    archives.misbehave("/cdx/", TOO_MANY, forever=True)
    report = backfill_run(settings, ["president"], ALL_FEBRUARY, via=Via.WAYBACK)
    assert only(report, "president").missing == {"Wayback Machine rate_limited": 1, "Wayback Machine left alone": 2}


def test_a_page_that_does_not_come_leaves_its_unit_open_and_nothing_is_asked_twice(archives, settings, monkeypatch):
    monkeypatch.setattr("crawlers.imports.service.FIRST_WAIT_S", 0.01)
    plant(archives, 90001)
    bad = plant(archives, 90002)
    archives.misbehave(f"id_/{bad}", DOWN, forever=True)
    report = backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert (report.units_done, only(report, "president").articles) == (0, 1)
    assert only(report, "president").missing == {"server_error": 1}
    archives._misdeeds.clear()
    before = len(archives.log)
    later = backfill_run(settings, ["president"], FEBRUARY, via=Via.WAYBACK)
    assert (later.units_done, only(later, "president").articles) == (1, 1)
    played = [one.path for one in archives.log[before:] if "id_/" in one.path and "robots" not in one.path]
    assert played == [f"/web/20240216190000id_/{bad}"]


def news_page(number, day=16):
    url, html = president(number, day)
    return {"url": url, "html": html, "at": datetime(2024, 2, day, 19, tzinfo=UTC)}


def noise(number):
    return {"url": f"https://elsewhere.example/{number}", "html": f"<p>{number}</p>"}


def test_common_crawls_news_files_are_read_once_each_and_dead_links_stop_nobody(archives, settings, rows):
    begun = datetime(2024, 2, 16, 1, tzinfo=UTC)
    archives.plant_warc(begun, [noise(1), news_page(90001), noise(2)])
    archives.plant_warc(begun + timedelta(hours=9), [news_page(90002), news_page(90001)])
    dead = archives.plant_warc(begun + timedelta(hours=12), [news_page(90003)])
    del archives.files[dead]
    whole = archives.plant_warc(begun + timedelta(hours=15), [news_page(90004), news_page(90005)])
    archives.files[whole] = archives.files[whole][:-200]
    told = []
    report = backfill_run(settings, ["president"], FEBRUARY, via=Via.COMMON_CRAWL, tell_unit=told.append)
    assert only(report, "president").articles == 3
    assert only(report, "common-crawl").missing == {"file not_found": 1, "file truncated": 1}
    assert report.units_done == 2
    states = Counter((row["state"], row["outcome"]) for row in rows("select state, outcome from units"))
    assert states == {("done", "fetched"): 2, ("planned", "not_found"): 1, ("planned", "truncated"): 1}
    archives.files[dead] = archives.files[whole]
    before = len(archives.log)
    later = backfill_run(settings, ["president"], FEBRUARY, via=Via.COMMON_CRAWL)
    asked = [one.path for one in archives.log[before:]]
    assert len(asked) == 3  # the listing, the link that lives again, the torn file
    assert only(later, "president").articles <= 1
    assert {one.agent for one in archives.log} == {archives.log[0].agent}
    assert any("3 pages, 1 of them of the outlets asked for" in line for line in told)


def test_news_files_that_are_not_asked_for_any_more_are_counted(archives, settings, monkeypatch):
    monkeypatch.setattr("crawlers.imports.service.FIRST_WAIT_S", 0.01)
    monkeypatch.setattr("crawlers.imports.service.RATE_LIMIT_WAIT_S", 0.01)
    for hour in (1, 5, 9):
        archives.plant_warc(datetime(2024, 2, 16, hour, tzinfo=UTC), [noise(hour)])
    archives.misbehave(".warc.gz", TOO_MANY, forever=True)
    report = backfill_run(settings, ["president"], FEBRUARY, via=Via.COMMON_CRAWL)
    assert only(report, "common-crawl").missing == {"file rate_limited": 1, "file left alone": 2}


def test_a_month_without_a_listing_fails_in_one_line_and_an_early_one_is_refused(settings):
    with pytest.raises(WorkFailedError, match="no listing of this month"):
        backfill_run(settings, ["president"], FEBRUARY, via=Via.COMMON_CRAWL)
    with pytest.raises(UserError, match="begins in 2016-08"):
        backfill_run(settings, ["president"], Asked(date(2015, 1, 1), date(2015, 1, 3)), via=Via.COMMON_CRAWL)


def test_an_archive_without_an_address_is_not_asked(settings):
    shut = settings.model_copy(update={"wayback": ""})
    with pytest.raises(UserError, match="ZAPORUKA_WAYBACK"):
        backfill_run(shut, ["president"], FEBRUARY, via=Via.WAYBACK)


@pytest.mark.parametrize("address", ["foo", "https://", "https://…", "ftp://archive.example", "https://a.example/x y"])
def test_an_archives_address_that_is_none_is_refused_before_anything_is_asked(settings, address):
    wrong = settings.model_copy(update={"wayback": address})
    with pytest.raises(UserError, match="ZAPORUKA_WAYBACK"):
        backfill_run(wrong, ["president"], FEBRUARY, via=Via.WAYBACK, agree=lambda _: False)


@pytest.mark.parametrize("contact", ["me", "desk at example.org", "http://"])
def test_a_contact_nobody_can_be_reached_by_is_refused(settings, contact):
    wrong = settings.model_copy(update={"contact": contact})
    with pytest.raises(UserError, match="ZAPORUKA_CONTACT"):
        backfill_run(wrong, ["president"], FEBRUARY, via=Via.WAYBACK)


def test_a_plan_says_what_is_known_to_refuse_and_what_only_an_archive_has(settings):
    told = []

    def look(ahead):
        told.append(ahead)
        return False

    backfill_run(settings, ["president"], ALL_FEBRUARY, agree=look)
    assert "Known to refuse programs: president." in told[0].note
    assert "no index of theirs reaches back: president ru." in told[0].note
    backfill_run(settings, ["president"], ALL_FEBRUARY, via=Via.WAYBACK, agree=look)
    assert told[1].note.startswith("3 units")
    backfill_run(settings, ["president"], ALL_FEBRUARY, via=Via.COMMON_CRAWL, agree=look)
    assert "of 13 days" in told[2].note


SMALL = Setting(amount="few", days=3, history_every=0, faults={"president": Fault.CHALLENGE})


@pytest.fixture
def played(tmp_path, settings):
    """A replica whose President's Office checks browsers from night 2 on, and settings that read it."""
    with Replica(tmp_path / "replica", setting=SMALL) as running:
        running.night = 2
        running.describe(tmp_path / "told.json", delay_s=0.01)
        yield running, settings.model_copy(update={"replica": tmp_path / "told.json"})


def archived_copies(replica, archives):
    """The archive holds what the replica's President's Office published on the day of night 1."""
    day = replica.setting.now
    articles = [one for one in replica.truth(1).articles if one.outlet == "president" and one.day == day.isoformat()]
    for one in articles:
        page = replica._sites[1].rendered(next(a for a in replica._sites[1].articles if a.url == one.url))
        archives.plant_capture(one.url, datetime.fromisoformat(one.published_at) + timedelta(hours=1), page)
    return articles


def test_a_night_that_an_outlet_shuts_out_reads_its_archived_copies(played, archives, rows):
    replica, settings = played
    articles = archived_copies(replica, archives)
    assert articles
    report = crawl_run(settings, ["president"])
    assert only(report, "president").articles == len(articles)
    assert {row["url"] for row in rows("select p.url from articles a join pages p on p.article_id = a.article_id")} == {
        one.url for one in articles
    }


def test_a_backfill_takes_the_days_an_outlet_refuses_from_the_archive_and_can_be_told_not_to(played, archives):
    replica, settings = played
    articles = [one for one in archived_copies(replica, archives) if one.language == "uk"]
    asked = Asked(replica.setting.now, replica.setting.now)
    alone = backfill_run(settings, ["president"], asked, via=Via.INDEXES)
    assert only(alone, "president").articles == 0
    assert archives.log == []
    report = backfill_run(settings, ["president"], asked)
    assert only(report, "president").articles == len(articles)
    assert report.units_done == 1


def test_whoever_reads_a_replica_asks_no_real_archive(played, archives):
    _, settings = played
    usual = settings.model_copy(update={"wayback": Settings().wayback})
    assert only(crawl_run(usual, ["president"]), "president").articles == 0
    assert archives.log == []
