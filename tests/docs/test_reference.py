"""The reference pages are generated; these tests fail when they are not true any more. `make docs` writes them."""

import os
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from typer.main import get_command

from crawlers.outlet import all_outlets
from flows.cli import app
from flows.past import past_indexes
from flows.plan import NIGHTLY_KINDS
from flows.settings import Settings
from storage.dictionary import data_dictionary

REPO = Path(__file__).parents[2]
WRITE = "ZAPORUKA_WRITE_DOCS" in os.environ


def _sections(command, context_class, name, level):
    context = context_class(command, info_name=name)
    yield f"{'#' * level} `{name}`\n\n```text\n{command.get_help(context).strip()}\n```\n"
    for sub_name, sub in sorted(getattr(command, "commands", {}).items()):
        yield from _sections(sub, context_class, f"{name} {sub_name}", level + 1)


def command_line_page():
    command = get_command(app)
    sections = _sections(command, command.context_class, "zaporuka", 2)
    return "# The command line\n\nGenerated from `--help`; `make docs` writes it anew.\n\n" + "\n".join(sections)


def settings_page():
    rows = [
        f"| `ZAPORUKA_{name.upper()}` | {field.description} | `{field.default if field.default is not None else ''}` |"
        for name, field in Settings.model_fields.items()
    ]
    head = "# Settings\n\nRead once from the environment. Generated; `make docs` writes it anew.\n\n"
    return head + "| variable | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n"


OUTLETS_HEAD = """\
# Outlets

Generated from the files in [crawlers/outlets/](../../crawlers/outlets); `make docs` writes it anew. All that is known
of one: `zaporuka outlets show ukrinform`. One of your own: [in ten minutes](../add-an-outlet.md).

## What is known about their sites, and how sure

None of these sites was tried live. What their files say comes from saved pages and from what others have published
about the sites, and each fact tells how sure it is. Of {all} facts, {high} are of high, {medium} of medium and {low} of
low confidence; {unknown} of the low ones name what nobody knows. {undated} do not tell when they were last seen to
hold. So look before the first night: `zaporuka outlets check --live` asks each outlet for indexes and two pages an
edition, and names what is not as its file says.

## Who is read

- *Side*: whose voice it is. *Tier*: `primary` for those who speak for the state, `secondary` for those who report.
- *Ways in*: kinds of index by language, those into the past in the order in which they are tried; ×2 stands for two of
  a kind, – for none. An edition without one for the night is read as far as indexes of other editions name its pages,
  an edition without one for the past from [archives](../running.md#going-back).
- *Known to block*: `yes` where the outlet often turns programs away, `some indexes` where only these may refuse.
- *Facts*: how many are of high / medium / low confidence.
- *Terms*: what is known of them. That is no legal advice.

"""
OUTLETS_COLUMNS = (
    "outlet",
    "name",
    "languages",
    "kind",
    "side",
    "tier",
    "ways in for the night",
    "ways into the past",
    "known to block",
    "facts",
    "terms",
)


def outlets_page():
    outlets = list(all_outlets().values())
    facts = [fact for outlet in outlets for fact in outlet.facts]
    head = OUTLETS_HEAD.format(
        all=len(facts),
        unknown=sum(fact.what.startswith("unknown") for fact in facts),
        undated=sum(fact.seen_on is None for fact in facts),
        **Counter(fact.confidence for fact in facts),
    )
    rows = [OUTLETS_COLUMNS, ["---"] * len(OUTLETS_COLUMNS), *map(outlet_cells, outlets)]
    return head + "".join(f"| {' | '.join(cells)} |\n" for cells in rows) + f"\n{len(outlets)} outlets.\n"


def outlet_cells(outlet):
    sure = Counter(fact.confidence for fact in outlet.facts)
    nightly = [index for index in outlet.indexes if index.use != "past" and index.kind in NIGHTLY_KINDS]
    some_refuse = "some indexes" if any(index.may_be_blocked for index in outlet.indexes) else ""
    return (
        f"[{outlet.slug}](../../crawlers/outlets/{outlet.slug.replace('-', '_')}.py)",
        outlet.name,
        " ".join(outlet.languages),
        outlet.kind,
        outlet.side,
        outlet.tier,
        ways_in({one: [index for index in nightly if index.language == one] for one in outlet.languages}),
        ways_in({one: past_indexes(outlet, one) for one in outlet.languages}),
        "yes" if outlet.known_to_block else some_refuse,
        f"{sure['high']} / {sure['medium']} / {sure['low']}",
        outlet.rights + (f" ([terms]({outlet.terms_url}))" if outlet.terms_url else ""),
    )


def ways_in(indexes):
    """Kinds of index by language; languages that have the same stand together."""
    languages_of = {}
    for language, ones in indexes.items():
        numbers = Counter(index.kind.replace("_", " ") for index in ones)
        kinds = ", ".join(f"{kind} ×{number}" if number > 1 else kind for kind, number in numbers.items())
        languages_of.setdefault(kinds or "–", []).append(language)
    return "; ".join(f"{' '.join(languages)}: {kinds}" for kinds, languages in languages_of.items())


FIGURES_HEAD = """\
# Figures

What the proofs (`make prove`) have shown, and the floor below which they fail; a run prints the 95 % interval of each
share. Generated from [tests/prove/floors.toml](../../tests/prove/floors.toml); `make docs` writes it anew. How they are
measured, and what they do not tell: [How pages are cleaned](../cleaning.md). Of fewer than 100, a figure is a check and
shows nothing.

| what | n | shown | floor |
|---|---|---|---|
"""


def figures_page():
    rows = []
    for name, kept in sorted(tomllib.loads((REPO / "tests/prove/floors.toml").read_text(encoding="utf-8")).items()):
        [side] = {"least", "most"} & set(kept)
        few = " (check)" if kept["n"] < 100 else ""
        rows.append(f"| {name} | {kept['n']}{few} | {kept['shown']:.3f} | {side} {kept[side]:g} |")
    return FIGURES_HEAD + "\n".join(rows) + "\n"


PAGES = {
    "docs/reference/command-line.md": command_line_page,
    "docs/reference/outlets.md": outlets_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/data-dictionary.md": data_dictionary,
    "docs/reference/figures.md": figures_page,
}


@pytest.mark.parametrize("page", PAGES)
def test_generated_page_is_true(page, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    path, text = REPO / page, PAGES[page]()
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{page} is out of date; run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_generated_page_lead_somewhere(page):
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", PAGES[page]()):
        assert ((REPO / page).parent / link).exists(), link


def test_every_verb_has_help_with_an_example():
    command = get_command(app)
    page = command_line_page()
    leaves = [
        (f"{name} {sub_name}", sub)
        for name, verb in command.commands.items()
        for sub_name, sub in (getattr(verb, "commands", None) or {"": verb}).items()
    ]
    assert leaves
    for name, leaf in leaves:
        assert f"zaporuka {name.strip()}" in page
        assert "Example:" in (leaf.help or ""), f"{name}: its help shows no example"


def sql_of(page):
    return re.findall(r"```sql\n(.*?)```", (REPO / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_sql_an_analyst_is_shown_runs_on_both_engines(store):
    queries = [one for block in sql_of("docs/for-analysts.md") for one in block.split(";") if one.strip()]
    assert len(queries) >= 4
    for query in queries:
        assert store.rows(query) == []  # an empty database: it is the words that are tried


def test_the_readme_calls_only_what_there_is():
    text = (REPO / "README.md").read_text(encoding="utf-8")
    verbs = set(get_command(app).commands)
    assert set(re.findall(r"^zaporuka (\w+)", text, re.MULTILINE)) <= verbs
    targets = set(re.findall(r"^(\w+):.*## ", (REPO / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make (\w+)", text, re.MULTILINE)) <= targets
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (REPO / link).exists(), link
    assert set(re.findall(r"(\d+) outlets", text)) == {str(len(all_outlets()))}
