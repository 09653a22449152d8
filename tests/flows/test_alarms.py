"""Alarms from what the database holds of nights: made-up pages archived and read, on both engines."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.archive import ArchiveWriter
from flows.alarms import GIGABYTE, disk_budget, note_alarms, raise_alarms
from flows.cli import run as run_command
from flows.ingest import load_archive, running
from flows.judge import new_batch
from flows.standing import standing_alarms
from flows.watch_records import Alarm
from storage import keys
from storage.models import LeadRow, OutcomeRow, UnitLeadRow, UnitRow
from storage.terms import AlarmKind, Outcome, UnitState

FIRST = datetime(2027, 3, 20, 1, 0, tzinfo=UTC)
KI, UKRINFORM = "kyiv-independent", "ukrinform"
FEED = {KI: "https://kyivindependent.com/news-archive/rss/", UKRINFORM: "https://www.ukrinform.net/rss/block-lastnews"}
NAMES = ("storks", "bridges", "bakers", "glaciers", "violins", "harbours", "beehives", "tramways", "orchards", "kites")
WORDS = """
apple badger candle dahlia engine falcon garden hammer island jacket kettle ladder magnet needle
orange pebble quarry ribbon saddle teapot umbrella violet window yarrow zipper anchor basket copper
dragon ember feather goblet harvest ink jasmine kernel lantern marble nutmeg oyster pepper quill
raven salmon timber urchin velvet walnut yoke zither acorn bramble cobweb dumpling eagle fiddle
gravel hazel ivory juniper
"""
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PAGES = {
    KI: """<html><head><title>{title}</title><script type="application/ld+json">{data}</script></head><body><article>
<h1 class="c-header__title">{title}</h1><div class="{body}">{text}</div></article></body></html>""",
    UKRINFORM: """<html><head><title>{title}</title><script type="application/ld+json">{data}</script></head><body>
<h1 class="newsTitle">{title}</h1><div class="{body}">{text}</div></body></html>""",
}
BODY = {KI: "c-content", UKRINFORM: "newsText"}
CHALLENGE = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h2>Checking your browser</h2>
<form id="challenge-form"></form><script src="/cdn-cgi/challenge-platform/h/b/x"></script></body></html>"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def engine_name(request):
    """The engines; what is asked of both here, tests of the store ask in every run."""
    return request.param


@dataclass(frozen=True)
class Story:
    """One invented article of one outlet as it stands tonight."""

    outlet: str
    number: int
    published: datetime
    body: str = ""
    author: str = "Olena Demchenko"
    has_date: bool = True

    @property
    def url(self):
        """Its address."""
        name = NAMES[self.number % len(NAMES)]
        if self.outlet == KI:
            return f"https://kyivindependent.com/demo-{name}-return-number-{self.number}/"
        return f"https://www.ukrinform.net/rubric-society/{4000 + self.number}-demo-{name}-return.html"

    def html(self):
        """Its page."""
        name = NAMES[self.number % len(NAMES)]
        title = f"Invented {name} return to village {self.number}"
        said = {"@type": "NewsArticle", "headline": title}
        if self.has_date:
            said |= {"datePublished": self.published.isoformat(), "dateModified": self.published.isoformat()}
        if self.author:
            said["author"] = {"@type": "Person", "name": self.author}
        text = "".join(f"<p>{self._sentence(nth)}</p>" for nth in range(1, 5))
        return PAGES[self.outlet].format(
            title=title,
            data=json.dumps(said),
            body=self.body or BODY[self.outlet],
            text=f"<p>DEMO: INVENTED ARTICLE {self.number}.</p>{text}",
        )

    def _sentence(self, nth):
        """One no other story has, so that no two are taken for copies."""
        words = WORDS.split()
        first, step = self.number * 13 + nth * 29, self.number + nth
        picked = [words[(first + place * step) % len(words)] for place in range(14)]
        return f"{' '.join(picked).capitalize()} were counted {self.number * 31 + nth} times."


@dataclass
class Tonight:
    """What an outlet answers tonight: stories new or read again, failures by address, and its feed."""

    outlet: str
    stories: list = field(default_factory=list)
    failures: dict = field(default_factory=dict)
    challenged: list = field(default_factory=list)
    feed: Outcome = Outcome.FETCHED
    feed_body: bytes | None = None
    listed: int | None = 20
    hint: timedelta = timedelta(0)


class Papers:
    """Nights of outlets, each a run whose pages go the whole way through archive and cleaning."""

    def __init__(self, place_of, url):
        self.place_of, self.url, self.runs = place_of, url, []

    def night(self, *tonight, at=FIRST, verb="crawl"):
        """Play a night; returns (kind, outlet, subject) of its alarms."""
        self.place = place = self.place_of(self.url, now=at)
        self.outlets = [place.knowledge.outlets[slug] for slug in (KI, UKRINFORM)]
        with running(place, verb) as report:
            self.runs.append(report.run_id)
            for one in tonight:
                self._play(one, place, report, at)
            self.alarms = raise_alarms(place, report.run_id, self.outlets)
        return [(alarm.kind, alarm.outlet, alarm.subject) for alarm in self.alarms]

    def _play(self, one, place, report, at):
        feed = FEED[one.outlet]
        with ArchiveWriter(place.archive, f"{report.run_id}-{one.outlet}") as writer:
            for story in one.stories:
                writer.write_response(story.url, 200, HTML, story.html().encode(), at)
            for url in one.challenged:
                writer.write_response(url, 200, HTML, CHALLENGE, at)
            if one.feed_body is not None:
                writer.write_response(feed, 200, HTML, one.feed_body, at)
        load_archive(writer.path, place, report)
        ends = {story.url: Outcome.FETCHED for story in one.stories} | dict.fromkeys(one.challenged, Outcome.FETCHED)
        ends |= one.failures | {feed: one.feed}
        batch = new_batch(place.knowledge)
        batch.outcomes = [
            OutcomeRow(
                run_id=report.run_id, stage="fetch", item=url, outlet=one.outlet, url=url, outcome=outcome, at=at
            )
            for url, outcome in ends.items()
        ]
        unit = keys.key("unit", feed)
        batch.units = [
            UnitRow(
                unit_id=unit,
                outlet=one.outlet,
                edition="en",
                kind="feed",
                index_url=feed,
                state=UnitState.LISTED,
                planned_at=at,
                read_at=at if one.listed is not None else None,
                outcome=one.feed,
                listed=one.listed,
            )
        ]
        named = [story for story in one.stories if one.listed]
        batch.unit_leads = [UnitLeadRow(unit_id=unit, url=story.url) for story in named]
        batch.leads = [
            LeadRow(
                url=story.url,
                outlet=one.outlet,
                published_hint_at=story.published - one.hint,
                unit_id=unit,
                first_seen_at=at,
            )
            for story in named
        ]
        place.store.save(batch, at)


@pytest.fixture
def papers(place_of, database_url):
    return Papers(place_of, database_url)


def stories(outlet, numbers, at, **more):
    return [Story(outlet, number, at - timedelta(hours=3), **more) for number in numbers]


def ordinary(outlet, numbers, at, **more):
    return Tonight(outlet, stories(outlet, numbers, at), **more)


SECOND = FIRST + timedelta(days=1)


def first_night(papers):
    return papers.night(ordinary(KI, range(1, 8), FIRST), ordinary(UKRINFORM, range(1, 8), FIRST))


def test_ordinary_nights_and_a_run_again_raise_nothing(papers):
    assert first_night(papers) == []
    assert papers.night(Tonight(KI), Tonight(UKRINFORM), at=FIRST + timedelta(minutes=9)) == []
    assert (
        papers.night(ordinary(KI, range(11, 20), SECOND), ordinary(UKRINFORM, range(11, 20), SECOND), at=SECOND) == []
    )
    assert papers.place.store.rows("select alarm_id from alarms") == []


@pytest.mark.parametrize("again", [False, True], ids=["new pages", "pages read again"])
def test_a_changed_layout_is_told_the_same_run_and_of_no_other_outlet(papers, again):
    first_night(papers)
    told = stories(KI, range(1, 8), FIRST) if again else stories(KI, range(11, 18), SECOND)
    changed = [Story(KI, story.number, story.published, body="brand-new-box") for story in told]
    night = (Tonight(KI, changed), ordinary(UKRINFORM, range(11, 18), SECOND))
    assert papers.night(*night, at=SECOND) == [(AlarmKind.LAYOUT_CHANGED, KI, "")]
    assert "7 articles" in papers.alarms[0].detail.replace("7 of 7", "7")


def test_challenge_pages_are_told_as_index_and_as_articles(papers):
    first_night(papers)
    asked = [story.url for story in stories(KI, range(11, 14), SECOND)]
    shut = Tonight(KI, challenged=asked, feed_body=CHALLENGE, listed=None)
    other = ordinary(UKRINFORM, range(11, 18), SECOND)
    assert papers.night(shut, other, at=SECOND) == [
        (AlarmKind.CHALLENGE, KI, ""),
        (AlarmKind.CHALLENGE, KI, FEED[KI]),
    ]
    assert "3 of 3" in papers.alarms[0].detail


def test_an_index_that_fails_is_told_the_same_run_and_of_no_other_outlet(papers):
    first_night(papers)
    for hours, feed, kind in (
        (24, {"listed": 0}, AlarmKind.EMPTY_INDEX),
        (25, {"listed": None}, AlarmKind.UNREADABLE_INDEX),
        (26, {"feed": Outcome.FORBIDDEN, "listed": None}, AlarmKind.BLOCKED),
        (27, {"feed": Outcome.SERVER_ERROR, "listed": None}, AlarmKind.UNREADABLE_INDEX),
    ):
        told = papers.night(Tonight(KI, **feed), Tonight(UKRINFORM), at=FIRST + timedelta(hours=hours))
        assert told == [(kind, KI, FEED[KI])], feed
    assert papers.night(Tonight(KI), Tonight(UKRINFORM), at=FIRST + timedelta(hours=28)) == []


def test_dates_that_move_on_pages_read_again_are_told(papers):
    first_night(papers)
    moved = [Story(KI, number, SECOND - timedelta(hours=1)) for number in range(1, 7)]
    other = ordinary(UKRINFORM, range(1, 7), FIRST)  # read again as they were
    assert papers.night(Tonight(KI, moved), other, at=SECOND) == [(AlarmKind.DATE_DRIFT, KI, "published_at")]
    assert "6 of 6" in papers.alarms[0].detail


def test_dates_that_move_with_an_edit_are_told(papers):
    first_night(papers)
    moved = [Story(KI, number, SECOND, author="Petro Demko", body="c-content second") for number in range(1, 7)]
    edited = [EditedStory(**vars(story)) for story in moved]
    assert papers.night(Tonight(KI, edited), at=SECOND) == [(AlarmKind.DATE_DRIFT, KI, "published_at")]
    [row] = papers.place.store.rows("select count(*) as n from versions where n = 2")
    assert row["n"] == 6


class EditedStory(Story):
    """The same article with a sentence more."""

    def html(self):
        """Its page."""
        return super().html().replace("</article>", "").replace("<p>DEMO:", "<p>The count was mended.</p><p>DEMO:", 1)


def test_moments_that_are_not_the_index_s_are_told(papers):
    first_night(papers)
    near = timedelta(hours=-1)  # a feed tells of late changes
    for nth, hours in enumerate((4 * 24, -3 * 24, 1), 1):  # days after, days before, that of the page's last change
        at, numbers = FIRST + timedelta(hours=24 + nth), range(nth * 10, nth * 10 + 7)
        far = ordinary(KI, numbers, at, hint=timedelta(hours=hours))
        told = papers.night(far, ordinary(UKRINFORM, numbers, at, hint=near), at=at)
        assert told == [(AlarmKind.DATE_DRIFT, KI, "published_at")], hours


def test_a_stated_field_gone_empty_is_told_on_a_first_night(papers):
    bare = [Story(KI, number, FIRST, author="", has_date=False) for number in range(1, 11)]
    assert papers.night(Tonight(KI, bare)) == [
        (AlarmKind.EMPTY_FIELD, KI, "authors"),
        (AlarmKind.EMPTY_FIELD, KI, "published_at"),
    ]


def test_pages_that_cleaning_failed_on_are_counted(papers, monkeypatch):
    def break_down(*_):
        message = "out of order"
        raise RuntimeError(message)

    monkeypatch.setattr("flows.judge.clean", break_down)
    night = Tonight(KI, stories(KI, range(1, 7), FIRST))
    assert papers.night(night) == [(AlarmKind.DROP_JUMP, KI, "step_failed")]


def test_pages_that_had_failed_before_are_no_sample(papers):
    failing = {story.url: Outcome.FORBIDDEN for story in stories(KI, range(50, 58), FIRST)}
    assert papers.night(Tonight(KI, stories(KI, range(1, 30), FIRST), failing)) == []
    assert papers.night(Tonight(KI, failures=failing), at=FIRST + timedelta(minutes=9)) == []
    other = {story.url: Outcome.FORBIDDEN for story in stories(KI, range(70, 78), SECOND)}
    assert papers.night(Tonight(KI, failures=failing | other), at=SECOND) == [(AlarmKind.BLOCKED, KI, "")]
    assert "8 of 8" in papers.alarms[0].detail
    again = papers.night(Tonight(KI, failures=failing | other), at=SECOND + timedelta(minutes=9))
    assert again == [(AlarmKind.BLOCKED, KI, "")]  # what was told and still is so


def test_an_outlet_that_was_not_asked_is_not_judged(papers):
    first_night(papers)
    at = FIRST + timedelta(days=9)
    assert papers.night(ordinary(UKRINFORM, range(11, 18), at), at=at) == []
    assert papers.night(Tonight(KI), at=at) == [(AlarmKind.SILENCE, KI, "")]


def test_the_same_run_again_adds_nothing(papers):
    first_night(papers)
    papers.night(Tonight(KI, listed=0), at=SECOND)
    before = papers.place.store.rows("select * from alarms")
    later = papers.place_of(papers.url, now=SECOND + timedelta(hours=5))
    assert raise_alarms(later, papers.runs[-1], papers.outlets) == papers.alarms
    assert later.store.rows("select * from alarms") == before
    assert len(before) == 1


def test_only_runs_that_read_outlets_are_a_measure(papers):
    papers.night(ordinary(KI, range(1, 8), FIRST), verb="ingest")
    far = ordinary(KI, range(11, 20), SECOND, hint=timedelta(days=4))
    assert papers.night(far, at=SECOND) == []  # no night to compare with


def test_alarms_of_runs_that_read_outlets_stand(papers):
    first_night(papers)
    odd = [Story(KI, number, SECOND, body="odd") for number in range(11, 18)]
    assert papers.night(Tonight(KI, odd), at=SECOND, verb="nightly") == [(AlarmKind.LAYOUT_CHANGED, KI, "")]
    papers.night(Tonight(KI), at=SECOND + timedelta(hours=1), verb="ingest")
    assert [one.alarm.run_id for one in standing_alarms(papers.place.store)] == [papers.runs[1]]


def test_alarms_stand_from_the_first_run_of_an_unbroken_row(papers):
    first_night(papers)
    nights = [FIRST + timedelta(days=days) for days in range(1, 5)]
    for listed, at in zip((0, 20, 0, 0), nights, strict=True):
        papers.night(ordinary(KI, range(11, 13), at, listed=listed), at=at)
    papers.night(ordinary(UKRINFORM, range(11, 14), nights[-1]), at=nights[-1] + timedelta(hours=1))
    [standing] = standing_alarms(papers.place.store)
    assert (standing.alarm.outlet, standing.alarm.kind, standing.since) == (KI, AlarmKind.EMPTY_INDEX, nights[2])
    assert standing.alarm.run_id == papers.runs[4]
    papers.night(ordinary(KI, range(14, 16), nights[-1]), at=nights[-1] + timedelta(hours=2))
    assert standing_alarms(papers.place.store) == []


def test_an_alarm_of_the_whole_run_stands_until_the_next_run(papers):
    first_night(papers)
    [row] = note_alarms(papers.place, papers.runs[-1], [Alarm(None, AlarmKind.DISK_BUDGET, "", "no room")])
    assert [one.alarm for one in standing_alarms(papers.place.store)] == [row]
    papers.night(Tonight(KI), at=FIRST + timedelta(minutes=9))
    assert standing_alarms(papers.place.store) == []


def test_status_tells_alarms_first_and_ends_with_one(place_of, new_sqlite, capsys):
    papers = Papers(place_of, new_sqlite())
    first_night(papers)
    options = ["--database", papers.url]
    assert run_command(["status", *options]) == 0
    assert "ALARM" not in capsys.readouterr().out
    papers.night(Tonight(KI, listed=0), at=SECOND)
    assert run_command(["status", *options]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"ALARM  {KI}  empty_index  {FEED[KI]}  came whole and named no article")
    assert said[0].endswith("(since 2027-03-21 01:00 UTC)")
    assert run_command(["status", "--json", *options]) == 1
    [alarm] = json.loads(capsys.readouterr().out)["alarms"]
    assert (alarm["outlet"], alarm["kind"], alarm["subject"]) == (KI, "empty_index", FEED[KI])
    assert alarm["since"] == "2027-03-21T01:00:00+00:00"


def test_fetching_stops_at_the_budget(place_of, new_sqlite):
    place = place_of(new_sqlite())
    assert disk_budget(place, 0.0) is None
    assert disk_budget(place, 0.001) is None
    (place.archive / "deeper").mkdir(parents=True)
    with (place.archive / "deeper" / "a.warc.gz").open("wb") as file:
        file.truncate(GIGABYTE // 1000)
    assert "its budget is 0.001 GB" in disk_budget(place, 0.001)
    assert disk_budget(place, 0.002) is None


def test_fetching_stops_before_the_disk_is_full(place_of, new_sqlite, monkeypatch):
    place = place_of(new_sqlite())
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": GIGABYTE // 2}))
    assert "has 0.50 GB left" in disk_budget(place, 0.0)
