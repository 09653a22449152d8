"""`zaporuka ingest`: take in pages that are already on this machine."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    opened,
    place_options,
    say,
    say_json,
    say_table,
)
from flows.errors import UserError, WorkFailedError
from storage.terms import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawlers.outlet import Outlet
    from flows.ingest import Input, Report
    from flows.knowledge import Knowledge
    from flows.settings import Settings
    from storage.store import Store

SHOWN = 20
_WEB = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?(?:[/?#]|$)")


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Pages (.html, .txt, also .gz), WARC files, JSONL manifests, folders; - for JSONL lines; or addresses "
            "(https://…) to fetch now, politely."
        ),
    ],
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="The outlet (slug, name or host), for inputs without one.")
    ] = None,
    primary: Annotated[
        str | None,
        typer.Option(
            help="Whose own pages these are: a state or union that gives guarantees (GB, Японія, EU). "
            "They count as its primary source."
        ),
    ] = None,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in pages: archive, clean, compare, tag and record them. The same pages again change nothing.

    Example: zaporuka ingest saved-pages/ crawl.warc.gz

    A government's own page: zaporuka ingest --primary GB https://www.gov.uk/…
    """
    from crawlers.outlet import outlet_called
    from flows.knowledge import load_knowledge
    from flows.settings import read_settings

    settings = read_settings(home, database)
    knowledge = load_knowledge(settings)
    if outlet is not None and outlet_called(outlet, dict(knowledge.outlets)) is None:
        message = f"No outlet {outlet!r}. Known: {', '.join(knowledge.outlets)}."
        raise UserError(message)
    if primary is not None and outlet is not None:
        message = "Say --primary or --outlet, not both: the pages are a government's own, or an outlet's."
        raise UserError(message)
    urls = [path for path in paths if path.startswith(("http://", "https://"))]
    if urls:
        if len(urls) != len(paths):
            message = "Give either addresses or files, not both at once."
            raise UserError(message)
        fetch_addresses(urls, settings, vouched_for(primary, urls, knowledge), as_json=as_json)
        return
    vouched = vouched_for(primary, (), knowledge)
    inputs = inputs_under([Path(path) for path in paths], vouched.slug if vouched else outlet)
    with opened(settings, must_exist=False) as store:
        if vouched is not None:
            from flows.reference import outlet_row

            store.load_reference([outlet_row(vouched)])
        report = take_in(inputs, store, settings, knowledge)
        if as_json:
            say_json(as_values(report))
        else:
            show_report(report)
            if vouched is not None and report.of_outcome(Outcome.KNOWN):
                say("What was on file already stays filed as it was.")
            next_step = ["ledger"] if store.ledger_lines() else ["status"]
            say(f"\nNext:  {command(*next_step, *place_options(home, database))}")
    failed = report.of_outcome(Outcome.STEP_FAILED) + report.of_outcome(Outcome.UNREADABLE)
    if failed:
        raise typer.Exit(1)


def vouched_for(primary: str | None, urls: "Sequence[str]", knowledge: "Knowledge") -> "Outlet | None":
    """The government whose own pages a person says these are; None where nobody says so.

    Raises UserError for a name no guarantor bears, for what is no web address, and for an address of an outlet that is
    described already.
    """
    from urllib.parse import urlsplit

    from crawlers.outlet import government, outlet_of_url

    for url in urls:
        if not _WEB.match(url):
            message = f"{url!r} is no web address; give one like https://example.org/page."
            raise UserError(message)
    if primary is None:
        return None
    guarantors = knowledge.lexicon.guarantors
    code = primary.strip().upper()
    if code not in guarantors:
        code = knowledge.lexicon.resolve(primary) or ""
    if code not in guarantors:
        message = f"No guarantor is called {primary!r}; give a country or union in English, Ukrainian or Russian."
        raise UserError(message)
    if code == "UA":
        message = "Ukraine is given guarantees; its own outlets are on the roster: leave out --primary."
        raise UserError(message)
    for url in urls:
        if (owner := outlet_of_url(url, dict(knowledge.outlets))) is not None:
            message = f"{url} is a page of {owner.name}, which is on the roster; leave out --primary."
            raise UserError(message)
    return government(code, guarantors[code].name_en, [host for url in urls if (host := urlsplit(url).hostname)])


def fetch_addresses(urls: "Sequence[str]", settings: "Settings", vouched: "Outlet | None", *, as_json: bool) -> None:
    """Fetch pages now, politely, and say what came.

    Raises UserError for what is no web address, WorkFailedError where a page did not come.
    """
    from flows.cli.crawl import say_report
    from flows.runs import fetch_run

    fetched = fetch_run(settings, urls, vouched)
    say_report(fetched, as_json=as_json)
    if any(row.missing for row in fetched.rows):
        message = "Not every page came; the reasons stand above. Try again later, or hand over a saved page."
        raise WorkFailedError(message)


def inputs_under(paths: list[Path], outlet: str | None) -> Iterator["Input"]:
    """All inputs under the paths.

    Raises UserError, before anything is read, for a path that does not exist.
    """
    from crawlers.imports.files import InputError, read_inputs

    try:
        return read_inputs(paths, outlet)
    except InputError as error:
        message = f"{error}; name a file or folder that is there."
        raise UserError(message) from error


def take_in(inputs: Iterator["Input"], store: "Store", settings: "Settings", knowledge: "Knowledge") -> "Report":
    """Ingest all inputs, showing progress on a terminal.

    Raises WorkFailedError where the data folder cannot be written.
    """
    from flows import ingest as work
    from flows.reference import reference_rows

    store.load_reference(*reference_rows(knowledge))
    place = work.Place(store, settings.archive, knowledge, lambda: datetime.now(UTC))
    try:
        with _progress() as on_batch:
            return work.ingest(inputs, place, on_batch)
    except OSError as error:
        where = error.filename or settings.archive
        message = f"{where}: {error.strerror or error}; make room or make it writable, then run the same again."
        raise WorkFailedError(message) from error


@contextmanager
def _progress() -> Iterator[Callable[["Report"], None] | None]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from flows.settings import on_terminal

    if not on_terminal():
        yield None
        return
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed} inputs read"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda report: progress.update(task, completed=report.inputs)


def as_values(report: "Report") -> dict[str, object]:
    """The report as JSON values."""
    return {
        "run": report.run_id,
        "outcomes": [
            {"outlet": outlet, "outcome": outcome, "inputs": count}
            for (outlet, outcome), count in sorted(report.outcomes.items())
        ],
        "dropped": [{"item": item, "outcome": outcome, "why": why} for item, outcome, why in report.dropped],
        "rows": dict(sorted(report.rows.items())),
        "ledger": dict(sorted(report.ledger.items())),
    }


def show_report(report: "Report") -> None:
    """What came in, by outlet and outcome, and what was dropped and why."""
    say_table(
        ("outlet", "outcome", "inputs"),
        [(outlet, outcome, count) for (outlet, outcome), count in sorted(report.outcomes.items())],
        right=("inputs",),
    )
    articles, known = report.of_outcome(Outcome.ARTICLE), report.of_outcome(Outcome.KNOWN)
    others = report.of_outcome(Outcome.NOT_A_RESPONSE)
    aside = f", {others} archive records that hold no page" if others else ""
    inputs = f"{report.inputs} input{'' if report.inputs == 1 else 's'}"
    say(f"\n{inputs}: {articles} articles, {known} known already, {len(report.dropped)} dropped{aside}.")
    for item, outcome, why in report.dropped[:SHOWN]:
        say(f"  {outcome:11} {item}  ({why})")
    if len(report.dropped) > SHOWN:
        say(f"  … and {len(report.dropped) - SHOWN} more: --json names them all.")
    changed = [f"{report.ledger[kind]} {kind}" for kind in ("opened", "changed", "closed") if report.ledger[kind]]
    say(f"Ledger lines: {', '.join(changed) or 'none changed'}.")
