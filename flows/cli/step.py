"""`zaporuka step …`: one step over documents from a file or a pipe, a line in and a line out."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.common import say
from flows.errors import UserError, WorkFailedError

if TYPE_CHECKING:
    from flows.knowledge import Knowledge
    from flows.wire import Line, TextLine

app = typer.Typer(help="One step over documents from a file or a pipe (`-`).", rich_markup_mode=None)

Source = Annotated[Path, typer.Argument(help="A JSONL file, or - for standard input.", allow_dash=True)]
Why = Annotated[bool, typer.Option("--why", help="Explain each document to a person instead of printing JSON.")]


@app.command("clean")
def clean(manifest: Source, why: Why = False) -> None:
    """Find the article in each page, all of it and nothing else.

    In, a line each: id and one of file, html, text; url, outlet, content_type, fetched_at where known. MANIFEST may
    also be a saved page or a text itself. Example: zaporuka step clean pages.jsonl --why
    """
    from crawlers.imports.files import BadInput, InputError, read_inputs
    from flows.lexicon.clutter import load_clutter
    from flows.outlets import known_outlets
    from flows.pages import raw_page
    from flows.settings import read_settings
    from flows.steps.clean import clean as clean_page
    from flows.why import why_cleaned
    from flows.wire import clean_line
    from storage.records import Dropped
    from storage.terms import Outcome

    outlets = known_outlets(read_settings().outlets)
    clutter = load_clutter()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    complaints: list[str] = []
    try:
        inputs = read_inputs([manifest])
    except InputError as error:
        raise UserError(str(error)) from error
    for found in inputs:
        if isinstance(found, BadInput):
            result: Any = Dropped(outcome=Outcome(found.outcome), why=found.detail)
            if result.outcome is Outcome.UNREADABLE:
                complaints.append(found.detail)
        else:
            result = clean_page(raw_page(found), outlets, clutter)
        if why:
            say(why_cleaned(found.item, result, outlets, width) + "\n")
        else:
            say(_json(clean_line(found.item, result, outlets)))
    _end(complaints)


@app.command("tag")
def tag(docs: Source, why: Why = False) -> None:
    """Find topics, claims, statements and persons in each text, each with the words that prove it.

    In, a line each: id, title, text; paragraphs, url, outlet, language, published where known.
    Example: zaporuka step clean pages.jsonl | zaporuka step tag -
    """
    from flows.knowledge import load_knowledge
    from flows.settings import read_settings

    knowledge = load_knowledge(read_settings())
    _each(docs, lambda line: _tagged(line, knowledge, why=why))


@app.command("identify")
def identify(docs: Source) -> None:
    """Tell which texts are copies of one work, how close, and which came first.

    In, a line each: id, title, text; published, url, canonical_url, translations (language: address) where known.

    Out: work, the id of the earliest of its copies, and relations: kind (exact, near, translation), score (share of
    the runs of three words that both have; of a translation it says little) and why. Copies, but for exact ones, are
    sought within 45 days. story stays null: which texts tell one event is told of what is on file.
    Example: zaporuka step clean pages.jsonl | zaporuka step identify -
    """
    from flows.copies import identify_lines
    from flows.outlets import known_outlets
    from flows.settings import read_settings
    from flows.wire import identity_line

    complaints: list[str] = []
    lines = [line for _, line in _read(docs, complaints)]
    if len({line.id for line in lines}) != len(lines):
        message = f"{docs}: two lines have the same id; give each its own."
        raise UserError(message)
    for identity in identify_lines(lines, known_outlets(read_settings().outlets)):
        say(_json(identity_line(identity)))
    _end(complaints)


def _tagged(line: "TextLine", knowledge: "Knowledge", *, why: bool) -> str:
    from flows.findings import find_in_line
    from flows.why import why_tagged
    from flows.wire import tag_line

    found = find_in_line(line, knowledge)
    return why_tagged(line.id, line.text_full, found) if why else _json(tag_line(line.id, found))


def _each(docs: Path, work: Callable[["TextLine"], str]) -> None:
    from flows.wire import BadLineError

    complaints: list[str] = []
    for where, line in _read(docs, complaints):
        try:
            say(work(line))
        except BadLineError as error:
            complaints.append(f"{where}: {error}")
    _end(complaints)


def _read(docs: Path, complaints: list[str]) -> Iterator[tuple[str, "TextLine"]]:
    """The good lines of a C3/C4 file with their place; bad ones are named in `complaints`.

    The output of `step clean` may be piped in: lines whose outcome is not an article are passed over.
    """
    from flows.wire import BadLineError, meant_fields, read_text_line
    from storage.terms import Outcome

    try:
        source = sys.stdin if str(docs) == "-" else docs.open(encoding="utf-8")
        is_empty = True
        with source:
            for number, raw in enumerate(source, start=1):
                if not raw.strip():
                    continue
                is_empty = False
                where = f"{docs} line {number}"
                try:
                    values = json.loads(raw)
                    if not isinstance(values, dict):
                        complaints.append(f"{where}: not a JSON object; mend the line")
                    elif values.get("outcome", Outcome.ARTICLE) == Outcome.ARTICLE:
                        for name, meant in meant_fields(values).items():
                            said = f"zaporuka: {where}: field {name!r} is not read; did you mean {meant!r}?"
                            typer.echo(said, err=True)
                        yield where, read_text_line(values)
                except json.JSONDecodeError as error:
                    complaints.append(f"{where}: not JSON ({error.msg}); mend it, or pass pages through `step clean`")
                except BadLineError as error:
                    complaints.append(f"{where}: {error}; mend the line")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        message = f"{docs}: {reason}; name a JSONL file or -."
        raise UserError(message) from error
    if is_empty:
        message = f"{docs}: holds no line; give one JSON object a line."
        raise UserError(message)


def _json(line: "Line") -> str:
    return json.dumps(line, ensure_ascii=False)


def _end(complaints: list[str]) -> None:
    """One line for all bad lines together, after the good ones are done.

    Raises WorkFailedError where there was a bad line.
    """
    if complaints:
        more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
        raise WorkFailedError(complaints[0] + more)
