"""`zaporuka outlets new`: what one page betrays, what is written, and what is refused in one line."""

import json
import re
import types
from pathlib import Path

import lxml.html
import pytest

from crawlers.outlet import Edition, all_outlets
from flows.cli import run
from flows.outlet_guesses import article_pattern
from flows.outlet_source import source_of

URL = "https://lypneve-misto.example/news/4107-misto-vidkryvaie-prytulok"
NEW = ["outlets", "new", "lypneve-misto", URL]


@pytest.fixture
def saved(desk, answers, monkeypatch):
    """An article of the made-up site as saved in a browser, and a folder for outlet files."""
    (desk / "saved.html").write_bytes(answers["/news/4107-misto-vidkryvaie-prytulok"][2])
    (desk / "mine").mkdir()
    monkeypatch.setenv("ZAPORUKA_OUTLETS", "mine")
    return desk / "saved.html"


def complaint(capsys):
    """The one line on standard error."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("zaporuka: ")
    assert err.count("\n") == 1, err
    return err


def test_a_draft_states_what_the_page_shows_each_guess_of_low_confidence(saved):
    assert run([*NEW, "--page", str(saved)]) == 0
    outlet = all_outlets(Path("mine"))["lypneve-misto"]
    assert outlet.name == "Липневе місто"
    assert [(one.language, one.path_prefix) for one in outlet.editions] == [("uk", ""), ("en", "/en")]
    assert outlet.hosts == ("lypneve-misto.example", "www.lypneve-misto.example")
    assert [(one.kind, one.url) for one in outlet.indexes] == [("feed", "https://lypneve-misto.example/rss.xml")]
    assert outlet.body == ("div.story-text",)
    assert outlet.examples == (URL,)
    assert outlet.claims_url("https://lypneve-misto.example/culture/88001-inshyi-tekst")
    assert not outlet.claims_url("https://lypneve-misto.example/news/")
    assert {fact.confidence for fact in outlet.facts} == {"low"}
    assert any("robots file was not read" in fact.what for fact in outlet.facts)


def test_its_first_case_is_the_page_as_it_came_and_a_draft_that_fails(saved, capsys):
    assert run([*NEW, "--page", str(saved), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert all(Path(path).is_file() for path in said["files"])
    case = Path("mine/cases/lypneve-misto/first.json")
    assert case.with_suffix(".html").read_bytes() == saved.read_bytes()
    drafted = json.loads(case.read_text("utf-8"))
    assert drafted["checked_by"] == ""
    assert len(drafted["expected"]["paragraphs"]) == 6
    assert run(["outlets", "check", "lypneve-misto"]) == 1
    assert "write your name into checked_by" in capsys.readouterr().out


def test_without_page_the_site_is_asked_politely_and_its_robots_file_told(site, desk, monkeypatch):
    told, asked = site
    monkeypatch.setenv("ZAPORUKA_REPLICA", str(told))
    assert run([*NEW, "--folder", "mine"]) == 0
    assert [path for path, _ in asked] == ["/robots.txt", "/news/4107-misto-vidkryvaie-prytulok"]
    outlet = all_outlets(Path("mine"))["lypneve-misto"]
    kinds = [(one.kind, one.url.rpartition("/")[2], one.use) for one in outlet.indexes]
    assert kinds == [
        ("feed", "rss.xml", "night"),
        ("news_sitemap", "news-sitemap.xml", "night"),
        ("sitemap_index", "sitemap.xml", "past"),
    ]
    assert not (desk.parent / "data").exists()


def test_a_page_that_is_refused_ends_with_1_and_says_what_remains(site, desk, monkeypatch, capsys):
    monkeypatch.setenv("ZAPORUKA_REPLICA", str(site[0]))
    closed = "https://lypneve-misto.example/closed"
    assert run(["outlets", "new", "lypneve-misto", closed, "--folder", "mine"]) == 1
    said = complaint(capsys)
    assert "forbidden (403)" in said
    assert "--page" in said
    assert not (desk / "mine").exists()


def test_nothing_is_written_over(saved, capsys):
    assert run([*NEW, "--page", str(saved)]) == 0
    capsys.readouterr()
    before = {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}
    assert run([*NEW, "--page", str(saved)]) == 2
    assert "lypneve_misto.py is there already" in complaint(capsys)
    for path in before:
        if path.suffix == ".py":
            path.unlink()
    all_outlets.cache_clear()
    assert run([*NEW, "--page", str(saved)]) == 2
    assert "first.html is there already" in complaint(capsys)
    left = {path: path.read_bytes() for path in Path("mine").rglob("*") if path.is_file()}
    assert left == {path: text for path, text in before.items() if path.suffix != ".py"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["My Paper", URL], "'My Paper' is no slug"),
        (["-paper", URL], "No such option"),
        (["paper-", URL], "is no slug"),
        (["ukrinform", URL], "'ukrinform' is taken"),
        (["my-paper", "https://www.ukrinform.ua/rubric-a/1-b.html"], "belongs to 'ukrinform'"),
        (["my-paper", "https://president.gov.ua/news/x-1"], "belongs to 'president'"),
        (["my-paper", "lypneve-misto.example/news/1"], "is no web address"),
        (["my-paper", "ftp://lypneve-misto.example/news/1"], "is no web address"),
        (["my-paper", "https://[broken/1"], "is no web address"),
        (["my-paper", "https://localhost/1"], "is no web address"),
        (["my-paper", URL, "--page", "gone.html"], "gone.html: No such file"),
        (["my-paper"], "'url'"),
    ],
)
@pytest.mark.usefixtures("saved")
def test_what_is_asked_wrongly_is_one_line_and_exit_2(arguments, said, capsys):
    page = [] if "--page" in arguments or len(arguments) == 1 else ["--page", "saved.html"]
    assert run(["outlets", "new", *arguments, *page]) == 2
    assert said in complaint(capsys)
    assert list(Path("mine").iterdir()) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (b"", "is no article (empty"),
        (b"<html><head><title>News</title></head><body><ul><li><a href='/1'>One</a></li></ul></body></html>", "is no "),
        (b"%PDF-1.7", "is no article (binary"),
        (
            "<html><head><title>Most otwarty</title></head><body><article><h1>Most otwarty</h1>"
            "<p>Stary most nad rzeką został we wtorek ponownie otwarty po dwóch latach remontu i długich sporach.</p>"
            "<p>Tramwaje pojadą wiosną, kiedy na obu brzegach zostaną ułożone nowe szyny oraz przystanki dla pieszych."
            "</p></article></body></html>".encode(),
            "in none of Ukrainian, Russian and English",
        ),
    ],
    ids=["empty", "listing", "binary", "polish"],
)
def test_a_page_of_which_no_outlet_can_be_made_is_refused(saved, capsys, html, said):
    saved.write_bytes(html)
    assert run([*NEW, "--page", str(saved)]) == 2
    assert said in complaint(capsys)
    assert list(Path("mine").iterdir()) == []


def test_who_reads_must_be_reachable_and_know_where_to_write(desk, monkeypatch, capsys):
    assert run(NEW) == 2
    assert "Name your folder" in complaint(capsys)
    assert run([*NEW, "--folder", "mine"]) == 2
    assert "Set ZAPORUKA_CONTACT" in complaint(capsys)
    monkeypatch.setenv("ZAPORUKA_OUTLETS", "gone")
    assert run(NEW) == 2
    assert "no such folder" in complaint(capsys)
    assert list(desk.iterdir()) == []


@pytest.mark.parametrize(
    ("example", "same", "other"),
    [
        ("/news/2026/11/03/8061204/", "/articles/2024/2/1/77/", "/news/2026/11/"),
        ("/rubric-polytics/4301111-irlandia.html", "/rubric-kyiv/17-abc-d.html", "/rubric-polytics/"),
        ("/en/news/zustrich-101234", "/news/inshe-1", "/news/speeches"),
        ("/ukr/news/some-long-title", "/ukr/news/another-title", "/ukr/tag/another-title"),
        ("/some-long-title-of-text", "/another-title", "/about"),
        ("/archives/991", "/world/7", "/archives/all"),
        ("/world/story_n20261", "/sport/text_n5", "/sport/text"),
    ],
)
def test_a_pattern_fits_addresses_of_the_same_form(example, same, other):
    prefixes = [one for one in ("/en", "/ukr") if example.startswith(f"{one}/")]
    editions = [Edition(language="en", hosts=("my.example",), path_prefix=(prefixes or [""])[0])]
    path = example.removeprefix(editions[0].path_prefix)
    pattern = article_pattern(path, editions)
    assert re.search(pattern, f"https://my.example{example}")
    assert re.search(pattern, f"https://www.my.example{same}?utm_source=x")
    assert not re.search(pattern, f"https://my.example{other}")
    assert not re.search(pattern, f"https://not-my.example{same}")


def test_the_file_of_every_outlet_says_the_same_when_it_is_written_anew():
    for slug, outlet in all_outlets().items():
        module = types.ModuleType(slug)
        exec(compile(source_of(outlet, "Written anew."), slug, "exec"), module.__dict__)  # noqa: S102 - our own text
        assert outlet == module.OUTLET
        assert module.__doc__ == "Written anew."


def test_braces_in_the_address_of_a_feed_stay_as_they_are(saved):
    tree = lxml.html.fromstring(saved.read_bytes())
    next(one for one in tree.iter("link") if one.get("href") == "/rss.xml").set("href", "/rss/{all}.xml?x={}")
    saved.write_bytes(lxml.html.tostring(tree, encoding="utf-8"))
    assert run([*NEW, "--page", str(saved)]) == 0
    [feed] = all_outlets(Path("mine"))["lypneve-misto"].indexes
    assert feed.url.format(year=2026) == "https://lypneve-misto.example/rss/{all}.xml?x={}"
