"""The reference pages are generated; these tests fail when they are not true any more. `make docs` writes them."""

import os
import re
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
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


PAGES = {
    "docs/reference/command-line.md": command_line_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/data-dictionary.md": data_dictionary,
}


@pytest.mark.parametrize("page", PAGES)
def test_generated_page_is_true(page, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    path, text = REPO / page, PAGES[page]()
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{page} is out of date; run `make docs`"


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
