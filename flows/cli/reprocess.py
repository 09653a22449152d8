"""`zaporuka reprocess`: read anew what is on file; shows what that changes, and applies it only if told to."""

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    day_option,
    opened,
    place_options,
    say,
    say_json,
    say_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.reread_difference import Change, Difference

_ALL_AT_ONCE = ("identify", "identity", "ledger")
"""Steps that go over everything; the others do what an older cleaner or older rules made."""


def reprocess(
    step: Annotated[
        str,
        typer.Argument(
            help="clean: pages an older cleaner read, from the archive. tag: older rules' topics and claims. "
            "identify: whose copy each text is. ledger: the lines, from the claims on file."
        ),
    ] = "clean",
    identity: Annotated[
        bool,
        typer.Option("--identity", help="Works, copies and stories, built from nothing and laid beside those on file."),
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Write it. Without this, nothing is written.")] = False,
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="Only what is of this outlet (slug, name or host).")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only what was published (if unknown: fetched) on this day or later. YYYY-MM-DD."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Name every change, not the first of each kind.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read anew what is on file, after the program's cleaning or rules changed. Shows the difference first.

    New readings, never new versions: what we improve never looks like an outlet's edit, and reviews stay.
    Exit code 1 if something could not be read anew. Example: zaporuka reprocess clean --since 2024-01-01
    """
    from flows.edge import outlets_called
    from flows.errors import UserError
    from flows.ingest import Place
    from flows.knowledge import load_knowledge
    from flows.rebuild import rebuild_identity
    from flows.reread import reprocess as read_anew
    from flows.reread_difference import EXAMPLES
    from flows.settings import read_settings

    if identity and (outlet or since):
        message = "Works and stories hang on all texts together; leave out --outlet and --since."
        raise UserError(message)
    settings = read_settings(home, database)
    knowledge = load_knowledge(settings)
    slug = outlets_called([outlet], knowledge.outlets)[0].slug if outlet else None
    day = day_option(since, "--since")
    with opened(settings) as store:
        place = Place(store, settings.archive, knowledge, lambda: datetime.now(UTC))
        with _progress() as on_batch:
            most = None if everything else EXAMPLES
            if identity:
                found = rebuild_identity(place, apply=apply, on_batch=on_batch, examples=most)
            else:
                found = read_anew(step, place, apply=apply, outlet=slug, since=day, on_batch=on_batch, examples=most)
        if as_json:
            say_json({"database": store.shown, "is_demo": store.is_demo, **found.as_values()})
        else:
            if store.is_demo:
                say(DEMO_BANNER)
            _say(found)
            options = [*(["--outlet", slug] if slug else []), *(["--since", day.isoformat()] if day else [])]
            _say_next(found, options, place_options(home, database))
    if found.failed:
        raise typer.Exit(1)


@contextmanager
def _progress() -> "Iterator[Callable[[Difference], None] | None]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from flows.settings import on_terminal

    if not on_terminal():
        yield None
        return
    columns = (TextColumn("read anew"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda found: progress.update(task, completed=found.done, total=found.total)


def _say(found: "Difference") -> None:
    """What was due, what changes by kind, examples, and what could not be done."""
    from flows.reread_difference import Kind

    say(_due(found))
    if any(found.counts.values()):
        rows = [(_name(kind), found.counts[kind]) for kind in Kind if found.counts[kind]]
        say()
        say_table(("what changes" if not found.is_applied else "what changed", "how many"), rows, right=("how many",))
    for kind in Kind:
        changes = found.examples.get(kind, [])
        if changes:
            say(f"\n{_name(kind)}:")
            for change in changes:
                say(_line(change))
            more = found.counts[kind] - len(changes)
            if more:
                say(f"  … and {more} more: --all names them.")
    if found.failed:
        say("\nNot read anew, and left as it was:")
        for (what, why), count in sorted(found.failed.items()):
            say(f"  {what}: {why} ({count} {'page or article' if count == 1 else 'pages and articles'})")


def _name(kind: str) -> str:
    return kind.replace("_", " ")


def _due(found: "Difference") -> str:
    """One line: what was due, and by which cleaner and rules it is read now."""
    cleaner, rules = f"cleaner {found.cleaner_version}", f"rules {found.rules_version}"
    ours = f"{cleaner}, {rules}"
    limits = " ".join(
        words for words in (found.outlet, f"since {found.since}" if found.since else None) if words is not None
    )
    within = f" within the limits ({limits})" if limits else ""
    beyond = f" {found.beyond} more are due outside them." if found.beyond and found.step not in _ALL_AT_ONCE else ""
    if not found.total:
        told = f"what today's {cleaner} read was tagged by today's {rules}"
        told = told if found.step == "tag" else f"all was read by today's {cleaner}"
        return f"Nothing is due{within}: {told}.{beyond}{_older(found)}"
    things = {"ledger": "guarantors", "clean": "articles and other pages"}.get(found.step, "articles")
    written = "written" if found.is_applied else "nothing was written"
    done = f"{found.done - found.failed.total()} of {found.total} {things}"
    if found.is_empty and found.step in _ALL_AT_ONCE:
        return f"{found.step}: {done} looked at{within}; nothing changes. {ours.capitalize()}."
    return f"{found.step}: {done} done anew{within} by {ours}; {written}.{beyond}{_older(found)}"


def _older(found: "Difference") -> str:
    if not found.older:
        return ""
    by = ", ".join(f"{count} by {cleaner}" for cleaner, count in sorted(found.older.items()))
    readings = "1 reading" if found.older.total() == 1 else f"{found.older.total()} readings"
    told = "were left alone: clean them first" if found.step == "tag" else "were of another cleaner"
    return f" {readings} {told} ({by})." if found.step in {"tag", "clean"} else ""


def _line(change: "Change") -> str:
    said = [f"{change.before} → {change.after}".strip()] if change.before or change.after else []
    return "  " + "  ".join(part for part in (change.address, change.about, *said) if part)


def _asked(found: "Difference") -> str:
    return "--identity" if found.step == "identity" else found.step


def _say_next(found: "Difference", limits: list[str], place: list[str]) -> None:
    if found.step == "tag" and found.older:
        next_step = ["reprocess", "clean", *limits]
    elif (
        not found.is_applied
        and found.total
        and not found.failed
        and not (found.is_empty and found.step in _ALL_AT_ONCE)
    ):
        next_step = ["reprocess", _asked(found), *limits, "--apply"]
    elif found.failed:
        next_step = ["reprocess", _asked(found), *limits, *(["--apply"] if found.is_applied else [])]
    elif found.is_applied:
        next_step = ["ledger"]
    else:
        next_step = ["status"]
    say(f"\nNext:  {command(*next_step, *place)}")
