"""Every command that a page shows is one that the program, or Prefect's, would take as it stands."""

import re
import shlex
from pathlib import Path

import pytest
from prefect.cli._app import _app as prefect_app
from typer.main import get_command

from flows.cli import app

REPO = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "deploy/*")
ENDS = {"|", "||", "&&", ";", ">", ">>"}


def texts():
    """Pages by name, with comment signs taken off where a page is no Markdown."""
    for path in sorted(path for pattern in PAGES for path in REPO.glob(pattern) if path.is_file()):
        text = path.read_text(encoding="utf-8")
        name = str(path.relative_to(REPO))
        yield name, text if path.suffix == ".md" else re.sub(r"^ *# *", "", text, flags=re.MULTILINE)


def words_of(line):
    """The words of a shell's line up to a comment or the next command."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found = list(lexer)
    return found[: next((n for n, word in enumerate(found) if word in ENDS), len(found))]


def shown(program):
    """(page, words after the program's name) of each line that calls a program."""
    for name, text in texts():
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if name.endswith(".md") else [text]
        lines = [line for block in blocks for line in block.splitlines()]
        for line in lines:
            if called := re.match(rf"(?:ExecStart=\S*/)?{program} ", line):
                yield name, words_of(line[called.end() :])


def mentioned():
    """(page, words) of commands in the flow of a text."""
    for name, text in texts():
        if name.endswith(".md"):
            prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
            yield from ((name, words_of(words)) for words in re.findall(r"`zaporuka\s+([^`]+)`", prose))


def verb_of(words):
    """The command that words name, and the words that are left for it.

    A word for a program of ours that is no verb raises.
    """
    command, context = get_command(app), None
    while hasattr(command, "commands"):
        context = command.context_class(command, parent=context)
        _, command, words = command.resolve_command(context, list(words))
    return command, words, context


def as_ids(cases):
    return [pytest.param(words, id=f"{name}: {' '.join(words)}") for name, words in cases]


OURS, MENTIONED, PREFECTS = list(shown("zaporuka")), list(mentioned()), list(shown("prefect"))


def test_commands_are_found_on_every_page_that_shows_some():
    assert {"README.md", "docs/running.md", "docs/for-analysts.md", "deploy/runbook.md"} <= {name for name, _ in OURS}
    assert {"deploy/runbook.md", "deploy/prefect.yaml", "docs/running.md"} <= {name for name, _ in PREFECTS}
    assert "deploy/zaporuka.service" in {name for name, _ in OURS}


@pytest.mark.parametrize("words", as_ids(OURS))
def test_a_command_shown_is_taken_as_it_stands(words):
    command, rest, context = verb_of(words)
    command.make_context(words[0], rest, parent=context)  # raises for an option or a value it does not take


@pytest.mark.parametrize("words", as_ids(MENTIONED))
def test_a_command_mentioned_names_a_verb_and_options_of_it(words):
    command, rest, _ = verb_of(words)
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in rest if word.startswith("--")} <= known | {"--help"}


@pytest.mark.parametrize("words", as_ids(PREFECTS))
def test_prefect_takes_its_commands_as_they_stand(words):
    for_all = {"--no-prompt"}  # a session's option, which its parser takes off before
    prefect_app.parse_args([word for word in words if word not in for_all], exit_on_error=False, print_error=False)


def anchor(heading):
    """The name under which a heading can be linked to."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", [name for name, _ in texts() if name.endswith(".md")])
def test_links_lead_somewhere(page):
    text = (REPO / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        target, _, wanted = link.partition("#")
        path = (REPO / page).parent / target if target else REPO / page
        assert path.exists(), link
        if wanted:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert wanted in {anchor(heading) for heading in headings}, link
