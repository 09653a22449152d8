"""The page of an article, as an analyst meets it in the terminal, on the demo's invented articles."""

import json
import shlex
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from flows.cli import run
from flows.cli.pages_text import page_lines
from flows.story_page import page_of
from storage import keys
from storage.batch import Batch
from storage.models import RedirectKind, RedirectRow
from storage.store import Store

EDITED = "https://www.pravda.com.ua/eng/news/2027/03/24/8080120/"
COPY = "https://kyivindependent.com/news-feed/ireland-and-ukraine-sign-security-agreement/"
ORIGINAL = "https://kyivindependent.com/ireland-ukraine-sign-security-agreement-in-dublin/"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder into which the demo was read."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    assert run(["demo", "--no-crawl", "--home", str(folder)]) == 0
    return folder


@pytest.fixture
def show(home, monkeypatch, capsys):
    """Ask for something at a terminal of so many columns; the lines of the answer."""

    def ask(*arguments, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        assert run(["search", *arguments, "--home", str(home)]) == 0
        return capsys.readouterr().out.splitlines()

    return ask


@pytest.fixture
def refusal(home, capsys):
    """Ask for something that fails: the exit code and the one line on standard error."""

    def ask(*arguments):
        capsys.readouterr()
        code = run(["search", *arguments, "--home", str(home)])
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        return code, err

    return ask


def test_the_edited_article_of_the_demo_shows_what_was_changed(show):
    lines = [line.strip() for line in show(EDITED)]
    assert lines[0].startswith("DEMO: INVENTED ARTICLES")
    assert lines[1:3] == ["Norway offers to send up to 800 troops to Ukraine after ceasefire", EDITED]
    assert "Versions (2)" in lines
    assert "2  changed between 24 Mar 2027 18:00 Kyiv and 25 Mar 2027 18:05 Kyiv" in lines
    assert "headline, 1 sentence changed; no correction note" in lines
    assert "- Norway offers to send up to 600 troops to Ukraine after ceasefire" in lines
    assert "+ Norway offers to send up to 800 troops to Ukraine after ceasefire" in lines
    assert "number: 600 → 800" in lines
    assert any(line.startswith("NO/coalition-force/proposed@guarantor") for line in lines)


def test_a_long_sentence_is_cut_to_what_changed_and_whole_with_full(show):
    told = "Norway is ready to send up to 600 troops to the multinational force in Ukraine, but only after a ceasefire"
    for columns in (62, 80):
        cut = [line for line in show(EDITED, columns=columns) if line.strip().startswith("- ")]
        assert all(len(line) <= columns for line in cut)
        assert all("600" in line for line in cut)
    assert told in " ".join(" ".join(show(EDITED, "--full")).split())


def test_every_article_of_the_demo_fits_on_one_screen(home):
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        pages = [page_of(store, row["article_id"]) for row in store.rows("select article_id from articles")]
    assert len(pages) > 20
    for page in pages:
        lines = page_lines(page, 80)
        assert len(lines) <= 40, page.head.url
        assert [line for line in lines if len(line) > 80 and "http" not in line] == []


def test_copies_their_reasons_and_the_story_stand_on_the_page(show):
    lines = [line.strip() for line in show(COPY)]
    assert any(line.startswith("Copies (1") for line in lines)
    at = lines.index(ORIGINAL)
    assert lines[at - 1].startswith("exact 1.00  kyiv-independent, en, 17 Mar 2027")
    assert lines[at + 1].startswith("because: ")
    assert any(line.startswith("first to tell") for line in lines)


def test_the_same_as_data(show):
    page = json.loads("\n".join(show(EDITED, "--json")))
    assert page["is_demo"] is True
    assert page["article"]["url"] == EDITED
    first, second = page["versions"]
    assert first["changes"] == []
    assert [change["kind"] for change in second["changes"]] == ["headline", "changed"]
    [word] = second["changes"][1]["words"]
    assert (word["kind"], word["before"], word["after"]) == ("number", "600", "800")
    assert page["claims"][0]["line"] == "NO/coalition-force/proposed@guarantor"


@pytest.mark.parametrize(
    "form",
    [
        "http://www.pravda.com.ua/eng/news/2027/03/24/8080120/",
        "https://www.pravda.com.ua/eng/news/2027/03/24/8080120",
        "https://m.pravda.com.ua/eng/news/2027/03/24/8080120/?utm_source=x&fbclid=1",
        "https://www.pravda.com.ua/eng/news/2027/03/24/8080120/#comments",
        "https://www.pravda.com.ua./eng/news/2027/3/24/8080120/",
        "pravda.com.ua/eng/news/2027/03/24/8080120/",
        "https://web.archive.org/web/20270401000000/https://www.pravda.com.ua/eng/news/2027/03/24/8080120/",
        f" {EDITED} ",
    ],
)
def test_an_address_in_any_form_leads_to_the_article(show, form):
    assert show(form)[2] == EDITED


def test_an_address_that_was_given_up_leads_to_what_stands_for_it(home, show):
    old, between = "https://kyivindependent.com/given-up/", "https://kyivindependent.com/given-up-too/"
    ids = [keys.article_id(url) for url in (old, between, ORIGINAL)]
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        batch = Batch("c", "r")
        batch.redirects = [
            RedirectRow(kind=RedirectKind.ARTICLE, old_id=one, new_id=other, reason="made up")
            for one, other in pairwise(ids)
        ]
        store.save(batch, datetime(2027, 4, 11, tzinfo=UTC))
    assert show(old)[2] == ORIGINAL


def test_words_are_still_searched_for(show):
    assert any(COPY in line for line in show("Ireland", columns=200))
    assert any("No article holds" in line for line in show("pravda.com.ua", "Dublin"))


def test_an_unknown_address_is_one_line_that_says_what_to_do(refusal):
    code, said = refusal("www.nowhere.example/news/1")
    assert code == 1
    assert "www.nowhere.example/news/1 is not on file" in said
    assert "ingest https://www.nowhere.example/news/1" in said


def test_an_address_that_is_no_article_says_what_it_was(refusal):
    code, said = refusal("https://www.pravda.com.ua/news/2027/03/18/8079999/")
    assert code == 1
    assert "was read and is no article: error page" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((EDITED, "--outlet", "ukrinform", "--to", "2027-01-01"), "leave out --outlet and --to"),
        (("Ireland", "--full"), "--full is for an article's page"),
    ],
)
def test_options_that_do_not_go_together_are_refused(refusal, arguments, said):
    code, line = refusal(*arguments)
    assert code == 2
    assert said in line


def test_the_next_steps_run_as_printed(show, capsys):
    lines = show(COPY)
    steps = [shlex.split(line)[1:] for line in lines[lines.index("Next:") + 1 :]]
    assert [step[0] for step in steps] == ["search", "ledger", "search"]
    for step in steps:
        assert run(step) == 0
    assert ORIGINAL in capsys.readouterr().out
