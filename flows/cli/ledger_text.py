"""The ledger as text for people: a table for each guarantor, and the sentences behind a line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from flows.activity import activity_between, activity_in_words
from flows.changes import changes_since
from flows.changes_words import changes_in_words
from flows.cli.common import say, say_table
from flows.coverage import coverage_in_words, coverage_of
from flows.guarantors import names_of
from flows.ledger_view import claims_behind
from flows.ledger_words import (
    conflict_in_words,
    day_in_words,
    document_in_words,
    in_words,
    said_by_in_words,
    step_in_words,
)
from flows.proof_words import proof_in_words
from storage.records import Conflict, LedgerLine
from storage.store import FiledClaim, Store
from storage.store.reviews import FiledReview
from storage.terms import EvidenceRole


def say_ledger(store: Store) -> None:
    """All current lines with one sentence behind each, and what other texts say against it."""
    conflicts: dict[str, list[Conflict]] = {}
    for conflict in store.conflicts():
        conflicts.setdefault(conflict.line, []).append(conflict)
    lines = [line for line in store.ledger_lines() if line.status == "current"]
    claims = claims_behind(store, lines, None)
    names = names_of(store)
    for code, group in groupby(_ordered(lines), key=lambda line: line.guarantor):
        say(f"\n{names.get(code, code)}")
        for line in group:
            say(f"  {' · '.join(part for part in _row(line, conflicts.get(line.line, ())) if part)}")
            best = next(iter(claims[line.line]), None)
            if best is not None:
                step = next(one for one in best.claim.evidence if one.role is EvidenceRole.STEP)
                say(f"    “{step.quote}”  {best.outlet}, {best.published_on}, characters {step.start}–{step.end}")


def say_lines(
    lines: Sequence[LedgerLine],
    conflicts: Mapping[str, Sequence[Conflict]],
    claims: Mapping[str, Sequence[FiledClaim]],
    names: Mapping[str, str],
    reviews: Mapping[int, Sequence[FiledReview]],
    *,
    why: bool,
    full: bool = False,
) -> None:
    """Lines under their guarantors; with `why` each with the sentences that support it and what persons decided.

    `full` tells every sentence, not one of each text.
    """
    for code, group in groupby(_ordered(lines), key=lambda line: line.guarantor):
        say(f"\n{names.get(code, code)}")
        lines_of_one = list(group)
        if why:
            for line in lines_of_one:
                _say_why(line, conflicts.get(line.line, []), claims.get(line.line, []), reviews, full=full)
        else:
            say_table(
                ("day", "document", "step", "said by", "speakers/texts/outlets", ""),
                [_row(line, conflicts.get(line.line, [])) for line in lines_of_one],
            )


def _ordered(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    return sorted(lines, key=lambda line: (line.guarantor, line.event_on_max or date.max, line.stage_rank, line.line))


def _row(line: LedgerLine, conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    return (
        day_in_words(line),
        document_in_words(line),
        step_in_words(line) + (" (planned)" if line.status == "announced" else ""),
        said_by_in_words(line),
        f"{line.speakers}/{line.texts}/{line.outlets}",
        "! " + "; ".join(conflict_in_words(one) for one in conflicts) if conflicts else "",
    )


def _say_why(
    line: LedgerLine,
    conflicts: Sequence[Conflict],
    claims: Sequence[FiledClaim],
    reviews: Mapping[int, Sequence[FiledReview]],
    *,
    full: bool,
) -> None:
    say(f"\n  {' · '.join(part for part in _row(line, conflicts) if part)}   [{line.line}]")
    for row in proof_in_words(claims, reviews, full=full):
        say(f"    {row}")


def say_basis(
    store: Store,
    who: str | None,
    shown: Sequence[LedgerLine],
    hidden: int,
    undated: int,
    published_by: date | None,
    known_at: datetime | None = None,
) -> None:
    """What the answer rests on: an empty answer never stands alone."""
    if not shown:
        of_whom = f" about {who}" if who else ""
        say(f"No step{of_whom} found in what was read.")
    say()
    if hidden:
        say(f"{hidden} planned or conditional line{'s' if hidden > 1 else ''} hidden: --all.")
    if undated:
        say(f"{undated} line{'s' if undated > 1 else ''} without a day left out.")
    if any(line.status == "rejected" for line in shown):
        say("Lines that a person rejected are hidden.")
    if known_at is not None:
        say("As this database showed it then; how many said so is as last counted, and no contradictions are kept.")
        say(f"Read by then: {activity_in_words(activity_between(store, None, known_at))}")
        return
    until = f", published by {in_words(published_by)}" if published_by else ""
    say(f"Read{until}: {coverage_in_words(coverage_of(store, until=published_by))}")


def say_changes(
    store: Store, since: datetime, until: datetime, *, guarantor: str | None = None, everything: bool = False
) -> None:
    """Print what changed between two moments; see `changes_in_words`."""
    for line in changes_in_words(changes_since(store, since, until, guarantor), everything=everything):
        say(line)
