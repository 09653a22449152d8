"""`zaporuka review`: a person judges claims, one by one or on a sheet; and audits of what this database gets wrong."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    opened,
    place_options,
    say,
    say_json,
)
from flows.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.review import Item
    from flows.review_sample import Sample, Wanted
    from flows.settings import Settings
    from storage.store import Store
    from storage.store.reviews import NewReview

_SHOWN_WRONG = 50


def review(
    name: Annotated[str | None, typer.Option("--name", help="Who judges; asked once on a terminal.")] = None,
    second: Annotated[
        bool, typer.Option("--second", help="Read what others judged, without seeing how; disagreement is then shown.")
    ] = False,
    guarantor: Annotated[str | None, typer.Option("--guarantor", help="Only of this guarantor, by any name.")] = None,
    stage: Annotated[str | None, typer.Option("--stage", help="Only this step, such as signed.")] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the claims to a sheet (.xlsx) instead of asking.")
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--import", help="Read decisions from a sheet: all of them, or none.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Audit: draw so many claims by chance, from all told as fact.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="With --sample: the same seed draws the same claims.")] = 1,
    rate: Annotated[bool, typer.Option("--rate", help="With --sample: only print the error rate.")] = False,
    by_stage: Annotated[bool, typer.Option("--by-stage", help="With --sample: the rate of each step, too.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge claims that are unsure or contradicted: accept, reject or correct them; the ledger follows.

    Example: zaporuka review --export queue.xlsx
    """
    from flows.review import queue
    from flows.review_sample import Wanted, draw
    from flows.review_words import reader_called, stage_called
    from flows.settings import read_settings

    _refuse_mixed(export, sheet, sample, second=second, rate=rate, by_stage=by_stage, as_json=as_json)
    settings = read_settings(home, database)
    asked = stage_called(stage) if stage else None
    again = command(*_words(sample, seed, stage, guarantor, by_stage=by_stage), *place_options(home, database))
    with opened(settings) as store:
        if store.is_demo and not as_json:
            say(DEMO_BANNER)
        reader = reader_called(store, name) if name is not None else None
        if sheet is not None:
            _import(store, settings, sheet, reader, place_options(home, database))
            return
        code = _code_of(store, settings)(guarantor) if guarantor else None
        if second and reader is None:
            reader = reader_called(store, _asked_name())
        wanted = Wanted(sample, seed, asked, code) if sample else None
        if wanted is not None:
            drawn = draw(store, wanted)
            items = list(drawn.items) if export is not None else _unjudged(drawn, reader)
            if rate or not items:
                _say_rates(drawn, wanted, reader, by_stage=by_stage, as_json=as_json)
                return
        else:
            items = queue(store, reader=reader, is_second=second, guarantor=code, stage=asked)
        if as_json:
            _say_queue(store, items)
        elif export is not None:
            _export(store, export, items, wanted, reader, is_blind=second or wanted is not None)
            say(f"Next:  {command('review', '--import', export, *place_options(home, database))}")
        elif not items:
            _say_nothing(store, is_second=second)
        else:
            reader, left = _judge(store, settings, items, reader, is_blind=second or wanted is not None)
            if wanted is not None:
                _say_rates(draw(store, wanted), wanted, reader, by_stage=by_stage, as_json=False)
            say(f"{left} left. Next:  {again}" if left else "None left.")


def _refuse_mixed(
    export: Path | None,
    sheet: Path | None,
    sample: int | None,
    *,
    second: bool,
    rate: bool,
    by_stage: bool,
    as_json: bool,
) -> None:
    """Raises UserError for options that do not go together."""
    message = ""
    if export is not None and sheet is not None:
        message = "Give one of --export and --import."
    elif sheet is not None and (sample is not None or second or as_json):
        message = "--import takes what the sheet says; leave out --sample, --second and --json."
    elif sample is not None and second:
        message = "--sample draws from all claims; give the second reader's --name instead of --second."
    elif sample is None and (rate or by_stage):
        message = "--rate and --by-stage tell the outcome of an audit; give its --sample, --stage and --seed."
    elif export is not None and export.suffix.lower() != ".xlsx":
        message = f"--export: {export} must end in .xlsx."
    if message:
        raise UserError(message)


def _words(sample: int | None, seed: int, stage: str | None, guarantor: str | None, *, by_stage: bool) -> list[object]:
    words: list[object] = ["review"]
    words += ["--sample", sample, "--seed", seed] if sample else []
    words += ["--stage", stage] if stage else []
    words += ["--guarantor", guarantor] if guarantor else []
    return words + (["--by-stage"] if by_stage else [])


def _code_of(store: "Store", settings: "Settings") -> "Callable[[str], str]":
    from flows.guarantors import code_of

    return lambda who: code_of(who, store, settings.lexicon)


def _unjudged(drawn: "Sample", reader: str | None) -> "list[Item]":
    from flows.review_sample import judged

    return [item for item in drawn.items if judged(item, reader) is None]


def _say_rates(drawn: "Sample", wanted: "Wanted", reader: str | None, *, by_stage: bool, as_json: bool) -> None:
    from dataclasses import asdict

    from flows.chance import Z_95, limits
    from flows.review_sample import rates, rates_in_words

    found = rates(drawn, reader, by_stage=by_stage)
    if as_json:
        say_json(
            {**asdict(wanted), "reader": reader}
            | {"rates": [asdict(one) | {"interval_95": list(limits(one.wrong, Z_95))} for one in found]}
        )
        return
    for line in rates_in_words(found, wanted, reader):
        say(line)


def _say_queue(store: "Store", items: "Sequence[Item]") -> None:
    from flows.review import item_values

    say_json({"is_demo": store.is_demo, "claims": [item_values(one) for one in items]})


def _say_nothing(store: "Store", *, is_second: bool) -> None:
    claims = store.status()["tables"]["claims"]
    what = "that others judged and you have not" if is_second else "that is unsure, contradicted or reopened"
    say(f"Nothing to review: no claim {what}, of {claims} on file. For an audit: zaporuka review --sample 50")


def _asked_name() -> str:
    _need_terminal()
    return str(typer.prompt("Your name", err=True))


def _need_terminal() -> None:
    """Raises UserError where nobody can answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "Nobody can answer here: this is no terminal. Use --export queue.xlsx, fill it in, then --import it."
        raise UserError(message)


def _export(
    store: "Store",
    file: Path,
    items: "Sequence[Item]",
    wanted: "Wanted | None",
    reader: str | None,
    *,
    is_blind: bool,
) -> None:
    from flows.review_sheet import write_sheet

    about = {"of": DEMO_BANNER} if store.is_demo else {}
    if wanted is not None:
        fields = {"sample": wanted.size, "seed": wanted.seed, "stage": wanted.stage, "guarantor": wanted.guarantor}
        about |= {name: str(value) for name, value in fields.items() if value is not None}
    write_sheet(file, items, about, is_blind=is_blind, reader=reader or "")
    say(f"{len(items)} claim{'' if len(items) == 1 else 's'} written to {file}.")


def _import(store: "Store", settings: "Settings", file: Path, reader: str | None, place: list[str]) -> None:
    """Import a sheet: all decisions in one transaction, then the ledger.

    Raises UserError where any row is wrong; nothing is filed then.
    """
    from flows.activity import present
    from flows.review_import import read_sheet
    from flows.review_words import reader_called
    from storage.store.reviews import add_reviews

    def reader_of(name: str) -> str:
        return reader_called(store, name)

    found = read_sheet(
        file,
        lambda numbers: {one.claim_id: one for one in store.claims_on_file(claim_ids=list(numbers))},
        _code_of(store, settings),
        reader_of,
        reader,
    )
    if found.wrong:
        for one in found.wrong[:_SHOWN_WRONG]:
            typer.echo(f"row {one.row}: {one.why}", err=True)
        more = f", the first {_SHOWN_WRONG} named above" if len(found.wrong) > _SHOWN_WRONG else ", named above"
        message = f"{file}: {len(found.wrong)} wrong row{'s' * (len(found.wrong) > 1)}{more}; nothing was imported."
        raise UserError(message)
    added = add_reviews(store, found.reviews, present(store, datetime.now(UTC)))
    known = len(found.reviews) - added
    say(f"{added} decision{'' if added == 1 else 's'} filed, {known} on file already, {found.empty} rows left open.")
    _rebook(store, settings, found.reviews)
    if "sample" in found.about:
        options = [word for name in ("sample", "seed", "stage", "guarantor") if name in found.about
                   for word in (f"--{name}", found.about[name])]  # fmt: skip
        say(f"Next:  {command('review', *options, '--rate', *place)}")


def _rebook(store: "Store", settings: "Settings", reviews: "Sequence[NewReview]") -> None:
    from flows.activity import present
    from flows.knowledge import load_knowledge
    from flows.review import rebook

    if not reviews:
        return
    changed = rebook(store, reviews, load_knowledge(settings).rules_version, present(store, datetime.now(UTC)))
    say(f"{changed} ledger line{'' if changed == 1 else 's'} changed.")


def _judge(
    store: "Store", settings: "Settings", items: "Sequence[Item]", reader: str | None, *, is_blind: bool
) -> tuple[str, int]:
    """Ask about each claim; returns who judged and how many are left. The ledger follows once, however it ends."""
    from flows.cli.review_asking import Asking
    from flows.review_words import reader_called

    _need_terminal()
    who = reader or reader_called(store, _asked_name())
    asking = Asking(store, who, _code_of(store, settings), is_blind=is_blind)
    try:
        asking.ask(items)
    finally:
        _rebook(store, settings, asking.done)
    return who, len(items) - len(asking.done)
