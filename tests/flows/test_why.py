"""What `step clean --why` tells a person: the road, where each value came from, what was removed by which rule."""

import json
import re

import pytest
from rich.cells import cell_len

from crawlers.outlet import Edition, Outlet
from flows.cli import run
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from flows.why import why_cleaned
from storage.records import RawPage, Reading

URL = "https://orchard.example/news/7"
PROSE = (
    "The invented ministry of Orchard Town said on Monday that the two gardens would share their water.",
    "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it.",
    "A third garden may join them later in the year if its owners agree to mend the old fence first.",
)
LD = {
    "@type": "NewsArticle",
    "headline": "Two gardens share a pump",
    "datePublished": "2027-04-05T10:20:00+03:00",
    "dateModified": "2027-04-05T11:00:00+03:00",
    "articleSection": "Gardens",
    "isAccessibleForFree": True,
}
CLUTTER = "".join(f"<p>Read also: Story number {n} of the orchard</p>" for n in range(1, 8))


@pytest.fixture(scope="module")
def orchard():
    return Outlet(
        slug="orchard-times",
        name="The Orchard Times",
        homepage="https://orchard.example/",
        kind="newspaper",
        side="UA",
        tier="primary",
        editions=(Edition(language="en", hosts=("orchard.example",)),),
        rights="made up",
        article_url=(r"/news/\d+",),
        body=(".story-new", ".story-old"),
        tags=(".tags a",),
        clutter=(".share",),
    )


def _page(body, head=""):
    return f"""<html><head><title>Two gardens share a pump</title>{head}</head><body>
    <h1>Two gardens share a pump</h1>{body}</body></html>""".encode()


@pytest.fixture
def cleaned(orchard):
    """Clean a made-up page of an outlet with two body selectors; gives the result and how it is explained."""

    def run_it(payload, width=None, url=URL, outlet=orchard):
        outlets = {outlet.slug: outlet}
        result = clean(RawPage(id="page", payload=payload, url=url), outlets, load_clutter())
        return result, why_cleaned("page", result, outlets, width)

    return run_it


def _full():
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    head = f"""<script type="application/ld+json">{json.dumps(LD)}</script>
    <link rel="canonical" href="{URL}/"><link rel="alternate" hreflang="uk" href="https://orchard.example/uk/news/7">"""
    body = f"""<div class="story-old">{prose}{CLUTTER}<div class="share">Send it on</div>
    <p>{PROSE[0].replace("Monday", "Tuesday")} Read also: Plum trees in spring</p></div>
    <div class="tags"><a>pumps</a><a>water</a></div>"""
    return _page(body, head)


def _row(told, name):
    """The cells of a row of the tables above the text: they stand two spaces or more apart."""
    [found] = [line for line in told.split("What was kept")[0].splitlines() if line.startswith(f"  {name} ")]
    return re.split(r" {2,}", found.strip())[1:]


def test_the_selector_that_hit_is_named(cleaned):
    _, told = cleaned(_full())
    assert _row(told, "outlet") == ["The Orchard Times (orchard-times), by its address"]
    assert _row(told, "body") == [".story-old, selector 2 of 2"]


def test_general_rules_say_why_they_were_taken(cleaned, orchard):
    other = f"<article>{''.join(f'<p>{text}</p>' for text in PROSE)}</article>"
    assert ".story-new or .story-old" in _row(cleaned(_page(other))[1], "road")[0]
    bare = orchard.model_copy(update={"body": ()})
    assert "names no body" in _row(cleaned(_page(other), outlet=bare)[1], "road")[0]
    told = cleaned(_page(other), url="https://elsewhere.example/a/1")[1]
    assert "nobody described its outlet" in _row(told, "road")[0]
    assert _row(told, "body")[0]


@pytest.mark.parametrize(
    ("found", "told"),
    [("trafilatura", "quick extraction"), ("trafilatura, careful", "careful extraction"), ("structure", "element")],
)
def test_ways_of_the_general_road_are_told_apart(cleaned, found, told):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    result, _ = cleaned(_page(f"<article>{prose}</article>"), url="https://elsewhere.example/a/1")
    by_another_way = result.model_copy(update={"sources": {**result.sources, "body": found}})
    assert told in _row(why_cleaned("page", by_another_way, {}), "body")[0]


@pytest.mark.parametrize("tag", ["article", "div"])
def test_the_way_of_the_general_road_is_told_in_words(cleaned, tag):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    result, told = cleaned(_page(f"<{tag}>{prose}</{tag}>"), url="https://elsewhere.example/a/1")
    assert result.sources["body"]
    assert _row(told, "body")[0] != result.sources["body"]


def test_each_value_names_where_it_was_read_and_none_where_nothing_said_it(cleaned):
    _, told = cleaned(_full())
    assert _row(told, "title") == ["page's headline (h1)", "Two gardens share a pump"]
    assert _row(told, "authors") == ["none", "–"]
    assert _row(told, "published") == ["JSON-LD", "2027-04-05 10:20+03:00"]
    assert _row(told, "modified") == ["JSON-LD", "2027-04-05 11:00+03:00"]
    assert _row(told, "section") == ["JSON-LD", "Gardens"]
    assert _row(told, "tags") == ["outlet's selector", "pumps, water"]
    assert _row(told, "language") == ["the text", "English"]
    assert _row(told, "translations") == ["link tag", "uk https://orchard.example/uk/news/7"]
    assert _row(told, "canonical") == ["link tag", f"{URL}/"]
    assert _row(told, "paywall") == ["JSON-LD", "no"]


def test_meta_tags_are_named_where_json_ld_is_silent(cleaned):
    said = {
        "article:modified_time": "2027-04-06T09:00:00+03:00",
        "article:section": "Water",
        "keywords": "fence",
        "article:content_tier": "locked",
    }
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in said.items())
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    result, told = cleaned(_page(f'<div class="story-new">{prose}</div>', head))
    assert _row(told, "modified") == ["meta tag", "2027-04-06 09:00+03:00"]
    assert _row(told, "section") == ["meta tag", "Water"]
    assert _row(told, "tags") == ["meta tag", "fence"]
    assert _row(told, "paywall") == ["meta tag", "yes"]
    assert result.paywalled
    assert _row(told, "canonical") == ["none", "–"]


def test_a_day_is_not_shown_as_midnight(cleaned):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    _, told = cleaned(_page(f'<div class="story-new">{prose}</div>'), url="https://orchard.example/2027/04/05/7")
    assert _row(told, "published") == ["address", "2027-04-05 (to the day)"]


def test_an_author_read_off_the_last_line_has_a_source(cleaned):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    result, told = cleaned(_page(f'<div class="story-new">{prose}<p>Olha Vyhadana</p></div>'))
    assert result.authors == ("Olha Vyhadana",)
    assert _row(told, "authors") == ["byline", "Olha Vyhadana"]


def test_lines_removed_stand_below_their_rule_in_page_order(cleaned):
    _, told = cleaned(_full())
    lines = told.split("What was removed")[1].splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  7 × read_also"))
    assert lines[at + 1 : at + 8] == [f"    Read also: Story number {n} of the orchard" for n in range(1, 8)]
    assert "    Send it on" in lines
    assert next(n for n, line in enumerate(lines) if "selector: .share" in line) + 1 == lines.index("    Send it on")


def test_a_tail_is_shown_as_one(cleaned):
    result, told = cleaned(_full())
    [gone] = [one for one in result.removed if one.why.endswith("_tail")]
    assert f"    … {gone.text}" in told.splitlines()
    assert f"  1 × {gone.why} (the end of a line; the line stayed)" in told.splitlines()


def test_on_a_terminal_long_lists_are_folded_with_their_count_and_long_lines_cut(cleaned):
    _, told = cleaned(_full(), width=40)
    lines = told.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  7 × read_also"))
    assert lines[at + 1].startswith("    Read also: Story number 1")
    assert lines[at + 4].strip().startswith("and 4 more")
    assert max(map(cell_len, lines)) <= 40
    assert any(line.endswith("…") for line in lines)


def test_wide_letters_are_counted_as_wide(cleaned):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    _, told = cleaned(_page(f'<div class="story-new">{prose}<div class="share">{"漢" * 30}</div></div>'), width=50)
    assert max(map(cell_len, told.splitlines())) in {49, 50}


def test_what_a_page_holds_cannot_steer_the_terminal(cleaned):
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    _, told = cleaned(_page(f'<div class="story-new">{prose}<div class="share">red \u202e\u009b31mred</div></div>'))
    assert all(line.isprintable() for line in told.splitlines())


def test_a_dropped_page_says_its_outcome_why_and_what_is_known(cleaned):
    head = f'<script type="application/ld+json">{json.dumps(LD)}</script>'
    result, told = cleaned(_page(f'<div class="story-new"><p>{"Read also: Plum trees in spring"}</p></div>', head))
    assert not isinstance(result, Reading)
    assert told.startswith("page: no article, body lost\n")
    assert _row(told, "outcome") == ["body lost"]
    assert _row(told, "why") == [result.why]
    assert _row(told, "body") == [".story-new, selector 1 of 2"]
    assert _row(told, "published") == ["JSON-LD", "2027-04-05 10:20+03:00"]
    assert "    Read also: Plum trees in spring" in told.splitlines()


def test_a_page_refused_at_once_says_that_no_body_was_looked_for(cleaned):
    _, told = cleaned(b"%PDF-1.7 made up")
    assert "refused before" in _row(told, "road")[0]
    assert "What was removed: nothing" in told


def test_in_a_pipe_nothing_is_cut_or_folded(tmp_path, capsys):
    page = tmp_path / "page.html"
    long = " ".join(["pears and plums"] * 40)
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    page.write_bytes(_page(prose + CLUTTER, f'<meta name="keywords" content="{long}">'))
    assert run(["step", "clean", str(page), "--why"]) == 0
    out = capsys.readouterr().out
    assert long in out
    assert all(f"Story number {n} of the orchard" in out for n in range(1, 8))


def test_the_text_that_was_kept_is_shown_with_its_zones(cleaned):
    _, told = cleaned(_full())
    kept = told.split("What was kept")[1].split("What was removed")[0]
    shown = [re.split(r" {2,}", line.strip()) for line in kept.splitlines() if line.strip()]
    assert [text for _, text in shown][: len(PROSE)] == list(PROSE)
    assert shown[0][0] == "lead"
