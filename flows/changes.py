"""What changed in the ledger over a span of time, by which cause, and what was read in that time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Literal

import sqlalchemy as sa

from flows.activity import Activity, activity_between
from flows.books import rows_of
from flows.edits import Edit, edits_of, edits_since
from flows.guarantors import names_of
from flows.history import Step, steps_between
from storage.models import TABLES
from storage.records import LedgerLine
from storage.store import Store
from storage.terms import Cause

ORDER = (Cause.NEWS, Cause.OUTLET_EDIT, Cause.LATE_FIND, Cause.RULE, Cause.REVIEW)
"""The order in which causes are told."""

_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Source:
    """An article that a change rests on, or that vanished; `published_on` is its Kyiv day.

    Of a claim the headline is the one under which it stood, whatever the article is called now.
    """

    article_id: int
    outlet: str
    url: str | None
    headline: str
    published_on: date | None
    is_on_topic: bool
    vanished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """One line that opened (no `before`), changed or closed (no `after`) at a moment (UTC).

    `furthest` is, for a line that opened, the furthest step of the same promise shown before it. `rests_on` is the
    article whose claim decided it, `edit` what its outlet changed, if that was the cause. `shown_from` is when the
    state before came.
    """

    line: str
    guarantor: str
    kind: Literal["opened", "changed", "closed"]
    cause: Cause
    at: datetime
    before: LedgerLine | None
    after: LedgerLine | None
    shown_from: datetime | None
    furthest: LedgerLine | None = None
    rests_on: Source | None = None
    edit: Edit | None = None
    rules_version: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether neither state is a fact: a reader sees such lines only with --all."""
        return all(line is None or line.status != "current" for line in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed between two moments (UTC), both included; `changes` in order of cause, time and line.

    `edits` are those captured in the span, `vanished` the articles found gone in it. With `guarantor` all is
    restricted to it. `names` are the English names of guarantors by code.
    """

    since: datetime
    until: datetime
    guarantor: str | None
    is_demo: bool
    names: Mapping[str, str]
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    vanished: tuple[Source, ...]
    read: Activity


def changes_since(store: Store, since: datetime, until: datetime, guarantor: str | None = None) -> Changes:
    """What changed in the ledger from one moment to another; `guarantor` is a code."""
    moved = lines_moved(store, since, until)
    edits = edits_since(store, since, until)
    gone = _vanished(store, since, until)
    if guarantor is not None:
        moved = [one for one in moved if one.guarantor == guarantor]
        named = {*(one.article_id for one in edits), *(one.article_id for one in gone)}
        about = _articles_about(store, guarantor, named)
        edits = [one for one in edits if one.article_id in about]
        gone = [one for one in gone if one.article_id in about]
    return Changes(
        *(since, until, guarantor, store.is_demo, names_of(store)),
        changes=tuple(sorted(moved, key=lambda one: (ORDER.index(one.cause), one.at, one.line))),
        edits=tuple(edits),
        vanished=tuple(gone),
        read=activity_between(store, since, until),
    )


def lines_moved(store: Store, since: datetime, until: datetime) -> list[Change]:
    """The changes of lines alone, by line; the edits that moved none and what was read are not looked up."""
    return _explained(store, steps_between(store, since, until), since)


def _explained(store: Store, steps: Sequence[Step], since: datetime) -> list[Change]:
    sources = _sources(store, {number for step in steps for number in _numbers(step)})
    by_edit = [step for step in steps if step.cause is Cause.OUTLET_EDIT]
    edits: defaultdict[int, list[Edit]] = defaultdict(list)
    named = {sources[number].article_id for step in by_edit for number in _numbers(step) if number in sources}
    for edit in edits_of(store, named):
        edits[edit.article_id].append(edit)
    furthest = _furthest_before(store, steps, since)
    return [_change(step, sources, edits, furthest.get(step.line)) for step in steps]


def _numbers(step: Step) -> list[int]:
    """The claims a step may rest on: those that decide the line now and did not before, then the others."""
    lines = [state.line for state in (step.after, step.before) if state]
    ranked = [number for line in lines for number in (line.best_claim, *line.deciding)]
    was = {*step.before.line.deciding, step.before.line.best_claim} if step.before else set()
    return list(dict.fromkeys([*(one for one in ranked if one not in was), *ranked]))


def _change(
    step: Step, sources: Mapping[int, Source], edits: Mapping[int, list[Edit]], furthest: LedgerLine | None
) -> Change:
    rested = [sources[number] for number in _numbers(step) if number in sources]
    told = [(one, edit) for one in rested for edit in edits.get(one.article_id, ()) if edit.captured_after <= step.at]
    by_edit = step.cause is Cause.OUTLET_EDIT
    rests_on, edit = max(
        told if by_edit else (),
        key=lambda pair: (_moves(pair[1], step.line), pair[1].captured_after),
        default=(next(iter(rested), None), None),
    )
    return Change(
        line=step.line,
        guarantor=step.promise[0],
        kind="opened" if step.before is None else "changed" if step.after else "closed",
        cause=step.cause,
        at=step.at,
        before=step.before.line if step.before else None,
        after=step.after.line if step.after else None,
        shown_from=step.before.known_from if step.before else None,
        furthest=furthest if step.before is None else None,
        rests_on=rests_on,
        edit=edit,
        rules_version=step.after.rules_version if step.after else None,
    )


def _moves(edit: Edit, line: str) -> bool:
    return any(one.line == line for one in (*edit.steps_removed, *edit.steps_added))


def _furthest_before(store: Store, steps: Sequence[Step], since: datetime) -> dict[str, LedgerLine]:
    """For each line that opened, the furthest step of the same promise that was shown when it did."""
    shown = {line.line: line for line in store.ledger_lines(since - _JUST_BEFORE)}
    of_promise: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, line in shown.items():
        of_promise[line.guarantor, line.document].add(name)
    found: dict[str, LedgerLine] = {}
    for _, together in groupby(sorted(steps, key=lambda step: step.at), key=lambda step: step.at):
        at_once = list(together)
        for step in at_once:  # what closes now is furthest no more, what opens now is not yet
            if step.before is not None:
                of_promise[step.promise].discard(step.line)
        for step in at_once:
            rungs = [shown[name] for name in of_promise[step.promise] if shown[name].status == "current"]
            furthest = max(rungs, key=lambda one: (one.stage_rank, one.line), default=None)
            if step.before is None and furthest is not None and furthest.stage_rank > 0:
                found[step.line] = furthest
        for step in at_once:
            if step.after is not None:
                shown[step.line] = step.after.line
                of_promise[step.promise].add(step.line)
    return found


_SOURCE = ("article_id", "outlet", "url", "published_on", "is_security_guarantees", "vanished_at")


def _source(headline: str, values: Sequence[Any]) -> Source:
    article_id, outlet, url, published_on, is_on_topic, vanished_at = values
    return Source(article_id, outlet, url, headline, published_on, bool(is_on_topic), vanished_at)


def _sources(store: Store, claim_ids: Iterable[int]) -> dict[int, Source]:
    """The article of each claim that any reading on file holds, under the headline of the last version that does."""
    claims, readings, versions, articles = (TABLES[name] for name in ("claims", "readings", "versions", "articles"))
    query = (
        sa.select(claims.c.claim_id, readings.c.headline, *(articles.c[name] for name in _SOURCE))
        .join(readings, readings.c.reading_id == claims.c.reading_id)
        .join(versions, versions.c.version_id == claims.c.version_id)
        .join(articles, articles.c.article_id == claims.c.article_id)
        .order_by(versions.c.n, readings.c.is_current, readings.c.reading_id)
    )
    found = rows_of(store, query, claims.c.claim_id, claim_ids)
    return {number: _source(headline, values) for number, headline, *values in found}


def _vanished(store: Store, since: datetime, until: datetime) -> list[Source]:
    articles = TABLES["articles"]
    query = sa.select(articles.c.headline, *(articles.c[name] for name in _SOURCE))
    query = query.where(articles.c.vanished_at.between(since, until))
    with store.stream(query.order_by(articles.c.vanished_at, articles.c.article_id)) as found:
        return [_source(headline, values) for headline, *values in found]


def _articles_about(store: Store, guarantor: str, article_ids: Iterable[int]) -> set[int]:
    """Those of the articles that any version of makes a claim about a guarantor."""
    claims = TABLES["claims"]
    query = sa.select(claims.c.article_id).where(claims.c.guarantor == guarantor).distinct()
    return {article for (article,) in rows_of(store, query, claims.c.article_id, article_ids)}
