"""The codebook and the figures of the method page say what the program does. `make docs` writes them."""

import os
import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from flows.codebook import FILE, RULES, codebook_page, load_codebook
from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.lexicon import LexiconFileError
from flows.lexicon.load import load_topics
from flows.settings import Settings
from flows.wire import TextLine
from storage.keys import KYIV
from storage.terms import STAGE_RANK, Factuality, Stage

REPO = Path(__file__).parents[2]
WRITE = "ZAPORUKA_WRITE_DOCS" in os.environ
FRIDAY = datetime(2025, 11, 14, 12, tzinfo=KYIV)

NAMED = {
    "binding": "signed, ratified, in force",
    "others": "all other stages",
    "no false signed, ratified or in force": "left without a false signed, ratified or in force",
}
TOPICS = load_topics()
BOOK = load_codebook()
PLACES = ("en", "uk", "ru", "all")
FEW = 100
BEGIN, END = "<!-- figures: written by `make docs` from tests/prove/floors.toml -->\n", "<!-- end of figures -->"


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Settings(lexicon=None, outlets=None))


def figures(floors):
    """A table for each set of texts in `floors`: what was measured, by language."""
    sets = {}
    for name, kept in floors.items():
        found = re.fullmatch(r"(articles|traps), (blind|newsroom|seen|together)(?:, (en|uk|ru|all))?: (.+)", name)
        if not found:
            continue
        texts, half, place, what = found.groups()
        first, comma, rest = what.partition(", precision" if what.endswith(", precision") else ", recall")
        row = NAMED.get(first, first) + comma + rest
        shown = f"{kept['shown']:.3f} (n={kept['n']})" if kept["n"] >= FEW else f"not shown, n={kept['n']}"
        sets.setdefault((texts, half), {}).setdefault(row, {})[place or "all"] = shown
    for (texts, half), rows in sorted(sets.items()):
        yield f"\n**{texts.capitalize()}, {half}**\n\n| what | {' | '.join(PLACES)} |\n|---|{'---|' * len(PLACES)}\n"
        for row, cells in sorted(rows.items()):
            yield f"| {row} | {' | '.join(cells.get(place, '–') for place in PLACES)} |\n"
    yield "\n"


def codebook():
    return codebook_page(load_knowledge(Settings(lexicon=None, outlets=None)), TOPICS, BOOK)


def method():
    page = (REPO / "docs/method.md").read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    floors = tomllib.loads((REPO / "tests/prove/floors.toml").read_text(encoding="utf-8"))
    return before + BEGIN + "".join(figures(floors)) + END + after


PAGES = {"docs/reference/codebook.md": codebook, "docs/method.md": method}


@pytest.mark.parametrize("page", PAGES)
def test_generated_page_is_true(page):
    path, text = REPO / page, PAGES[page]()
    if WRITE:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{page} is out of date; run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for link, part in re.findall(r"\]\((?!https?:)([^)#]+)#?([^)]*)\)", PAGES[page]()):
        target = (REPO / page).parent / link
        assert target.exists(), link
        heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if part else []
        assert not part or part in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, part


def test_the_method_calls_only_what_there_is():
    calls = re.findall(r"zaporuka (\w+)", (REPO / "docs/method.md").read_text(encoding="utf-8"))
    assert set(calls) <= set(get_command(app).commands)


def test_figures_of_few_texts_are_not_shown():
    floors = {
        "articles, blind, uk: binding, recall": {"shown": 0.9, "n": 99},
        "articles, blind, all: binding, recall": {"shown": 0.8125, "n": 320},
        "articles, blind: day": {"shown": 0.95, "n": 240},
        "pages: titles": {"shown": 1.0, "n": 500},
    }
    text = "".join(figures(floors))
    assert "| signed, ratified, in force, recall | – | not shown, n=99 | – | 0.812 (n=320) |" in text
    assert "| day | – | – | – | 0.950 (n=240) |" in text
    assert "titles" not in text


def test_the_method_shows_figures():
    assert "| signed, ratified, in force, precision |" in method()


def test_every_topic_stage_and_rule_stands_in_the_codebook(knowledge):
    page = codebook()
    for topic, part in TOPICS.items():
        assert f"### `{topic}`: {part.title}" in page
        assert part.definition, topic
        assert part.counts, topic
        assert part.counts_not, topic
        assert f"“{part.example}”" in page
    places = [page.index(f"| `{stage}` |") for stage in sorted(Stage, key=STAGE_RANK.get) if STAGE_RANK[stage] > 0]
    assert places == sorted(places)
    assert (
        [f"R{number}" for number in range(1, 17)]
        == list(RULES)
        == re.findall(r"^\| \*\*(R\d+)\*\*", page, re.MULTILINE)
    )
    assert knowledge.rules_version in page
    assert knowledge.lexicon.version in page


def found_in(text, knowledge):
    return find_in_line(TextLine(id="1", text=text, language="en", published=FRIDAY), knowledge)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_example_of_a_topic_has_it(topic, knowledge):
    found = found_in(TOPICS[topic].example, knowledge)
    assert topic in {one.topic for one in found.topics}


@pytest.mark.parametrize("stage", Stage)
def test_the_example_of_a_stage_is_read_as_it_and_the_other_is_not_as_a_fact(stage, knowledge):
    entry = BOOK.stages[stage]
    assert stage in {one.stage for one in found_in(entry.example, knowledge).claims}
    told = [one for one in found_in(entry.counter, knowledge).claims if one.factuality is Factuality.FACT]
    assert stage not in {one.stage for one in told}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("  ceasefire: Once the fire has ceased.\n", "", "conditions"),
        ("  R16:\n", "  R17: {title: One more, says: Nothing.}\n  R16:\n", "rules"),
        ("    short: signed\n", "    shrot: signed\n", "stages.signed.short"),
        ("  third: Somebody else.", "  fourth: Somebody else.", "sides.fourth"),
    ],
)
def test_a_value_without_a_definition_is_named(tmp_path, old, new, field):
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "codebook.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LexiconFileError) as caught:
        load_codebook(tmp_path / "codebook.yaml")
    assert caught.value.field.startswith(field)
