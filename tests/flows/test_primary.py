"""A government's own page, given by a person: it counts as the primary source of its side."""

import pytest

from crawlers.outlet import all_outlets, outlet_called
from flows.cli import run
from flows.demo.replica import Replica, Setting
from storage.store import Store

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}"/>
<meta property="article:published_time" content="2027-03-02T10:00:00+00:00"/></head><body><main><article>
<h1>{title}</h1>
<p>The Prime Minister of Ireland and the President of Ukraine today signed an agreement on security cooperation in
Dublin, by which Ireland will support Ukraine for ten years.</p>
<p>The agreement was signed on 2 March 2027. It sets out training, demining and help for energy.</p>
<p>"We stand by Ukraine for as long as it takes, and today we have put our name to it," the Prime Minister said.</p>
<p>Officials of both countries will meet twice a year to see how far the promises have come.</p>
</article></main></body></html>"""
URL = "https://www.gov.example/press/ireland-and-ukraine-sign"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(title="Ireland and Ukraine sign security agreement", url=URL), "utf-8")
    return file


@pytest.mark.parametrize("name", ["IE", "Ireland", "Ірландія", "ирландии"])
def test_the_page_is_filed_as_the_governments_own_whatever_it_is_called(home, page, name, capsys):
    assert run(["ingest", "--primary", name, str(page)]) == 0
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        [article] = store.rows(
            "select a.outlet, o.name, o.side, o.tier, o.kind from articles a join outlets o on o.outlet = a.outlet"
        )
        [line] = store.ledger_lines()
    assert article == {
        "outlet": "gov-ie",
        "name": "Government of Ireland",
        "side": "guarantor",
        "tier": "primary",
        "kind": "government",
    }
    assert (line.guarantor, str(line.stage), str(line.confirmed_by)) == ("IE", "signed", "guarantor")
    assert run(["search", "--outlet", "gov-ie", "agreement"]) == 0
    assert "gov.example" in capsys.readouterr().out


def test_the_same_page_without_a_voucher_speaks_for_nobody(home, page):
    assert run(["ingest", str(page)]) == 0
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        assert store.rows("select outlet from articles") == [{"outlet": "unlisted"}]


def test_it_stays_the_governments_own_when_everything_is_read_anew(home, page):
    assert run(["ingest", "--primary", "IE", str(page)]) == 0
    assert run(["reprocess", "--apply"]) == 0
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        assert store.rows("select outlet from articles") == [{"outlet": "gov-ie"}]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--primary", "Atlantis"], "No guarantor is called 'Atlantis'"),
        (["--primary", "IE", "--outlet", "ukrinform"], "not both"),
        (["--primary", "UA"], "its own outlets are on the roster"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_one_line(page, words, named, capsys):
    assert run(["ingest", *words, str(page)]) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1


@pytest.mark.usefixtures("home")
def test_an_outlet_of_the_roster_is_not_vouched_for(capsys, monkeypatch):
    monkeypatch.setenv("ZAPORUKA_CONTACT", "crawler@example.org")
    assert run(["ingest", "--primary", "IE", "https://www.ukrinform.net/rubric-polytics/1-x.html"]) == 2
    assert "on the roster" in capsys.readouterr().err


def test_an_address_is_fetched_politely_and_filed_as_the_governments_own(home, tmp_path, monkeypatch):
    with Replica(tmp_path / "replica", setting=Setting(days=1, amount="few", history_every=0)) as replica:
        replica.describe(tmp_path / "told.json")
        monkeypatch.setenv("ZAPORUKA_REPLICA", str(tmp_path / "told.json"))
        url = next(one.url for one in replica.truth(1).articles if one.outlet == "president")
        outlets = {slug: one for slug, one in all_outlets().items() if slug != "president"}
        monkeypatch.setattr("flows.knowledge.known_outlets", lambda _: outlets)
        assert run(["ingest", "--primary", "GB", url]) == 0
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        assert store.rows("select outlet, outcome from pages where outcome = 'article'") == [
            {"outlet": "gov-gb", "outcome": "article"}
        ]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("url", ["https://…", "http://", "https://localhost/x", "https://a b.example/"])
def test_what_is_no_web_address_is_refused_in_one_line(url, capsys):
    assert run(["ingest", url]) == 2
    said = capsys.readouterr().err
    assert "is no web address" in said
    assert said.count("\n") == 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("verb", [["outlets", "show"], ["crawl", "--outlet"], ["backfill", "--outlet"]])
def test_a_government_is_no_outlet_to_be_read(verb, capsys):
    assert run([*verb, "gov-gb"]) == 2
    assert "No outlet 'gov-gb'" in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_slip_in_a_name_is_answered_with_what_looks_like_it(capsys):
    assert run(["crawl", "--outlet", "prezident"]) == 2
    assert "Did you mean president?" in capsys.readouterr().err


def test_a_governments_name_is_its_code():
    assert outlet_called("gov-jp", all_outlets()).slug == "gov-jp"
    assert outlet_called("gov", all_outlets()) is None
