"""The calendar of coverage: what was read of how much, and by name why some is missing."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from flows.calendar import Cell, calendar_of
from flows.cli import run
from flows.judge import new_batch
from storage.models import LeadRow, OutcomeRow, UnitRow
from storage.terms import Outcome, UnitState

NOON = datetime(2027, 4, 3, 9, tzinfo=UTC)
FIRST, LAST = date(2027, 4, 1), date(2027, 4, 3)
ROOT = "https://www.president.gov.ua/news"


def lead(number, day=2, language="uk"):
    at = datetime(2027, 4, day, 9, tzinfo=UTC)
    return LeadRow(
        url=f"{ROOT}/x-{number}", outlet="president", language=language, published_hint_at=at, first_seen_at=NOON
    )


def unit(number, day, *, listed, outcome=Outcome.FETCHED, read_on=3, edition="uk"):
    return UnitRow(
        unit_id=number,
        outlet="president",
        edition=edition,
        kind="day_list",
        index_url=f"{ROOT}/all?{day}",
        covers_from=date(2027, 4, day),
        covers_to=date(2027, 4, day),
        state=UnitState.LISTED,
        planned_at=NOON,
        read_at=datetime(2027, 4, read_on, 12, tzinfo=UTC) if listed is not None else None,
        outcome=outcome,
        listed=listed,
    )


def failed(number, outcome, run):
    url = f"{ROOT}/x-{number}"
    return OutcomeRow(
        run_id=run, stage="fetch", item=url, outlet="president", url=url, outcome=outcome, detail=None, at=NOON
    )


@pytest.fixture
def place(place_of, new_database):
    place = place_of(new_database(), now=NOON)
    run = place.store.start_run("crawl", "c", "r", NOON)
    batch = new_batch(place.knowledge)
    batch.leads = [lead(1), lead(2), lead(3), lead(4, day=3), lead(5, day=1, language="en")]
    batch.units = [
        unit(1, 2, listed=3),
        unit(2, 3, listed=1),  # read while its day went on
        unit(3, 1, listed=0),
        unit(4, 1, listed=None, outcome=Outcome.FORBIDDEN, edition="en"),
    ]
    batch.outcomes = [failed(1, Outcome.FORBIDDEN, run), failed(2, Outcome.TIMEOUT, run)]
    place.store.save(batch, NOON)
    return place


def test_a_day_is_whole_partly_read_or_unknown_and_reasons_are_counted(place):
    uk, en, ru = calendar_of(place.store, [("president", one) for one in ("uk", "en", "ru")], FIRST, LAST)
    assert [(cell.read, cell.listed, cell.expected) for cell in uk.cells] == [(0, 0, None), (0, 3, 3), (0, 1, None)]
    assert uk.cells[1].expected_from == "day_list"
    assert uk.unread == {"forbidden": 1, "timeout": 1, "not asked yet": 2}
    assert [cell.shown() for cell in uk.cells] == ["–", "0/3", "0/1+?"]
    assert (en.unread, en.shut) == ({"not asked yet": 1}, {"day_list forbidden": 1})
    assert ru.is_silent
    assert not uk.is_silent


@pytest.mark.parametrize(
    ("cell", "shown", "fullness"),
    [
        (Cell(FIRST, 12, 12, 12), "12", "whole"),
        (Cell(FIRST, 9, 12, 12), "9/12", "partly"),
        (Cell(FIRST, 0, 0, 0), "0", "whole"),
        (Cell(FIRST, 9, 9), "9/?", "unknown"),
        (Cell(FIRST, 9, 12), "9/12+?", "unknown"),
        (Cell(FIRST), "–", "nothing"),
    ],
)
def test_a_cell_says_what_is_known(cell, shown, fullness):
    assert (cell.shown(), cell.fullness) == (shown, fullness)


@pytest.fixture
def home(tmp_path, place_of, monkeypatch, read_demo):
    """A data folder that holds the demo's pages."""
    folder = tmp_path / "home"
    folder.mkdir()
    place = place_of(f"sqlite:///{folder}/zaporuka.db", now=NOON)
    place.store.mark_demo()
    read_demo(place)
    monkeypatch.setenv("ZAPORUKA_HOME", str(folder))
    return folder


@pytest.mark.usefixtures("home")
def test_the_calendar_is_printed_with_what_is_not_read_by_name(capsys):
    assert run(["status", "--coverage"]) == 0
    shown = capsys.readouterr().out
    assert "DEMO" in shown
    assert "ukrainska-pravda" in shown
    assert "hromadske" in shown.rpartition("Not read in these days:")[2]
    days = ["--from", "2027-02-01", "--to", "2027-04-20"]
    assert run(["status", "--coverage", "--outlet", "ukrinform", *days, "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert {line["outlet"] for line in values["lines"]} == {"ukrinform"}
    assert sum(cell["read"] for line in values["lines"] for cell in line["cells"]) > 0


def test_pages_of_nobody_on_the_roster_have_their_line_too(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    page = tmp_path / "page.html"
    said = "The Prime Minister of Ireland signed an agreement on security cooperation with Ukraine in Dublin today."
    head = '<meta property="article:published_time" content="2027-03-02T10:00:00+00:00"/><title>Ireland signs</title>'
    page.write_text(f"<html lang=en>{head}<article><h1>Ireland signs</h1><p>{said}</p><p>{said} Twice.</p></article>")
    capsys.readouterr()
    assert run(["ingest", "--primary", "IE", str(page)]) == 0
    days = ["--from", "2027-03-01", "--to", "2027-03-03"]
    capsys.readouterr()
    for asked in ([], ["--outlet", "gov-ie"]):
        assert run(["status", "--coverage", *asked, *days]) == 0
        shown = capsys.readouterr().out
        assert re.search(r"gov-ie +en +– +1/\? +–", shown), shown
    assert run(["status", "--coverage", "--outlet", "unlisted", *days]) == 0
    assert "Nothing was read or listed" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_the_next_step_fills_the_days_that_were_asked_for(capsys, home):
    assert run(["status", "--coverage", "--outlet", "babel", "--from", "2024-02-01", "--to", "2024-02-03"]) == 0
    assert "backfill --outlet babel --from 2024-02-01 --to 2024-02-03" in capsys.readouterr().out
    assert run(["status", "--coverage", "--outlet", "babel", "--home", str(home)]) == 0
    assert re.search(rf"--home {home}$", capsys.readouterr().out.strip())


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("--coverage --from 2027-04-03 --to 2027-04-01", "before they begin"),
        ("--coverage --from yesterday", "--from"),
        ("--coverage --outlet nobody", "No outlet 'nobody'"),
        ("--coverage --from 2020-01-01 --to 2027-01-01", "a year at most"),
        ("--outlet ukrinform", "add --coverage"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_one_line(capsys, words, named):
    assert run(["status", *words.split()]) == 2
    said = capsys.readouterr().err
    assert said.startswith("zaporuka: ")
    assert said.count("\n") == 1
    assert named in said
