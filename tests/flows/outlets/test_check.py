"""`zaporuka outlets check` on paper: every kind of mistake is named in a line that says what to do."""

import json

import pytest

from crawlers.outlet import all_outlets
from flows import outlet_check
from flows.cli import run

OUTLET = """
from crawlers.outlet import Edition, Fact, Index, Outlet

OUTLET = Outlet(**{
    **dict(
        slug="my-paper",
        name="My Paper",
        homepage="https://my.example/",
        kind="newspaper",
        side="UA",
        tier="secondary",
        rights="mine",
        editions=(Edition(language="en", hosts=("my.example",)),),
        indexes=(Index(kind="feed", url="https://my.example/rss", language="en"),),
        article_url=(r"my\\.example/news/\\d+-",),
        examples=("https://my.example/news/12-bridge-opens",),
        body=("div.text",),
        facts=(Fact(what="all of it is made up", confidence="high"),),
    ),
    **dict(CHANGED),
})
"""
SENTENCES = (
    "The old bridge over the river was opened again on Tuesday after two years of repairs.",
    "Trams will follow in spring, when the new rails have been laid on both banks.",
)
PAGE = """<html lang="en"><head><title>Bridge opens</title><meta property="og:title" content="Bridge opens">
<meta property="article:published_time" content="2026-03-03T09:30:00+02:00"></head>
<body><article><h1>Bridge opens</h1><div class="text"><p>{}</p><p>{}</p></div></article></body></html>"""
EXPECTED = {
    "outcome": "article",
    "title": "Bridge opens",
    "published_at": "2026-03-03T09:30:00+02:00",
    "language": "en",
    "paragraphs": [{"text": SENTENCES[0], "zone": "lead"}, {"text": SENTENCES[1], "zone": "body"}],
    "absent": ["authors"],
    "must_not_appear": ["Read also"],
}
INPUT = {"url": "https://my.example/news/12-bridge-opens", "fetched_at": "2026-03-03T12:00:00+00:00"}


@pytest.fixture
def paper(desk, monkeypatch):
    """Writes an outlet of one's own with a page and its expectation, each as it is or with something changed."""
    monkeypatch.setenv("ZAPORUKA_OUTLETS", str(desk))
    cases = desk / "cases" / "my-paper"
    cases.mkdir(parents=True)

    def write(changed="", expected=EXPECTED, **more):
        (desk / "my_paper.py").write_text(OUTLET.replace("CHANGED", changed), "utf-8")
        (cases / "first.html").write_text(PAGE.format(*SENTENCES), "utf-8")
        (cases / "first.json").write_text(json.dumps({"input": INPUT, "expected": expected, **more}), "utf-8")
        return cases

    return write


def complaints(capsys, code=1):
    """What is said of the outlet, a line a failure."""
    all_outlets.cache_clear()
    assert run(["outlets", "check", "my-paper"]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return [line for line in out.splitlines() if line.startswith("my-paper: ")]


def test_a_good_outlet_is_well_and_the_next_step_is_to_look_at_the_site(paper, capsys):
    paper()
    assert run(["outlets", "check", "my-paper"]) == 0
    out = capsys.readouterr().out
    assert "1 of 1 outlets are well." in out
    assert "outlets check my-paper --live" in out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("examples=()", "examples: none"),
        (
            "article_url=(r'/story/',)",
            "article_url: does not claim the example https://my.example/news/12-bridge-opens",
        ),
        ("not_article_url=(r'/news/',)", "not_article_url: '/news/' swallows the example"),
        ("article_url=(r'/news/', r'/blog/')", "article_url: no example fits '/blog/'"),
        ("examples=('https://our.example/news/12-x',)", "is in no edition"),
        ("article_url=(r'my.example/',)", "article_url: takes https://my.example/ for an article"),
        ("homepage='https://our.example/'", "homepage: https://our.example/ is in no edition"),
        ("indexes=()", "indexes: none for the night"),
        ("indexes=(Index(kind='feed', url='https://my.example/rss', language='en', use='past'),)", "indexes: none for"),
        ("body=()", "body: no selector"),
        ("facts=()", "facts: none"),
        ("id_in_url=r'/news/\\d+'", "id_in_url: has no group 1"),
        ("moment_in_url=r'-(?P<unix>\\d{10})\\.html'", "moment_in_url: finds no moment"),
    ],
)
def test_a_fact_that_does_not_hold_is_named(paper, capsys, changed, said):
    paper(changed)
    found = complaints(capsys)
    assert [line for line in found if said in line], found


def test_an_example_that_two_outlets_claim_is_named(paper, desk, capsys):
    paper()
    paper_of_a_part = OUTLET.replace("CHANGED", "slug='my-news', article_url=(r'/news/\\d+',)")
    part = paper_of_a_part.replace('hosts=("my.example",)', 'hosts=("my.example",), path_prefix="/news"')
    (desk / "my_news.py").write_text(part, "utf-8")
    assert any("is claimed by my-news too" in line for line in complaints(capsys))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("outcome", "listing", "outcome: expected “listing”, came “article”"),
        ("title", "Bridge closes", "title: expected “Bridge closes”, came “Bridge opens”"),
        ("published_at", "2026-03-03T09:31:00+02:00", "published_at: expected"),
        ("language", "uk", "language: expected “uk”, came “en”"),
        ("authors", ["Ann Smith"], "authors, item 1: expected “Ann Smith”, came nothing more"),
        ("absent", ["title"], "absent: expected nothing, came “{'title': 'Bridge opens'}”"),
        ("must_not_appear", ["Trams"], "must_not_appear, item 1: expected nothing more, came “Trams”"),
        ("paragraphs", EXPECTED["paragraphs"][:1], "paragraphs, item 2: expected nothing more, came"),
        ("paragraphs", [EXPECTED["paragraphs"][0], {**EXPECTED["paragraphs"][1], "zone": "quote"}], "zones, item 2"),
    ],
)
def test_a_field_that_came_otherwise_is_named_with_both(paper, capsys, field, value, said):
    cases = paper(expected={**EXPECTED, field: value})
    [line] = complaints(capsys)
    assert said in line
    assert str(cases / "first.json") in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "first.json: "),
        ('{"input": {}, "expected": {"outcome": "article"}}', "nothing is said of language, paragraphs"),
        ('{"input": {}, "expected": {"outcome": "listing", "colour": "red"}}', "expected.colour"),
        ('{"input": {}, "expected": {"outcome": "splendid"}}', "expected.outcome"),
        ('{"input": {}, "expected": {"outcome": "listing", "title": ""}}', "states nothing"),
        ('{"input": {}, "expected": {"outcome": "listing", "absent": ["colour"]}}', "absent names 'colour'"),
    ],
)
def test_an_expectation_that_cannot_be_used_is_one_line(paper, capsys, text, said):
    (paper() / "first.json").write_text(text, "utf-8")
    [line] = complaints(capsys)
    assert said in line
    assert "mend the file" in line


def test_a_draft_fails_until_a_person_has_read_it(paper, capsys):
    paper(checked_by=" ")
    [line] = complaints(capsys)
    assert "write your name into checked_by" in line
    paper(checked_by="Ann")
    assert complaints(capsys, code=0) == []


def test_a_page_without_expectation_and_a_folder_without_cases_fail(paper, capsys):
    cases = paper()
    (cases / "second.html").write_text("<p>x</p>", "utf-8")
    [line] = complaints(capsys)
    assert "second.html: has no second.json beside it" in line
    for file in cases.iterdir():
        file.unlink()
    [line] = complaints(capsys)
    assert "cases: none in" in line


def test_json_tells_checks_cases_and_failures(paper, capsys):
    paper("facts=()")
    assert run(["outlets", "check", "my-paper", "--json"]) == 1
    [found] = json.loads(capsys.readouterr().out)
    assert found["cases"] == 1
    assert found["checks"] > 10
    assert len(found["failures"]) == 1


@pytest.mark.usefixtures("desk")
def test_every_built_in_outlet_is_well(capsys):
    assert run(["outlets", "check"]) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("desk")
def test_a_built_in_outlet_is_checked_where_its_cases_are_not(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(outlet_check, "BUILT_IN_CASES", tmp_path / "nowhere")
    run(["outlets", "check", "ukrinform"])
    assert "No cases here of ukrinform" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OUTLET.replace("CHANGED", "colour='red'"), "field 'colour'"),
        (OUTLET.replace("CHANGED", "article_url=('(unclosed',)"), "field 'article_url.0': not a regular expression"),
        (OUTLET.replace("CHANGED", "body=('div..x',)"), "field 'body.0': not a CSS selector"),
        (OUTLET.replace("CHANGED", "slug='ukrinform'"), "slug 'ukrinform' is taken"),
        (OUTLET.replace("CHANGED", "").replace('("my.example",)', '("my.example", "www.ukrinform.ua")'), "belongs to"),
        ("def broken(:", "SyntaxError"),
        ("OUTLET = 1", "defines no OUTLET"),
    ],
)
@pytest.mark.parametrize("verb", [["check"], ["list"], ["new", "x-y", "https://x.example/1", "--page", "x.html"]])
def test_a_file_that_cannot_be_used_is_one_line_and_exit_2(desk, monkeypatch, capsys, text, said, verb):
    monkeypatch.setenv("ZAPORUKA_OUTLETS", str(desk))
    (desk / "mine.py").write_text(text, "utf-8")
    assert run(["outlets", *verb]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("zaporuka: ")
    assert "mine.py" in err
    assert said in err


def test_an_unknown_outlet_is_asked_wrongly(desk, capsys):
    assert run(["outlets", "check", "nobody"]) == 2
    assert "No outlet 'nobody'" in capsys.readouterr().err
    assert not (desk / "data").exists()
