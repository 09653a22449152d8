"""What was read over a span of time: the basis of an answer about what changed, or what was known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from flows.ledger_words import in_words
from storage import keys
from storage.models import TABLES, RunState
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Activity:
    """Runs that were at work in a span, by verb, and what they stored: pages, articles, the articles' outlets.

    `unfinished` runs failed, were interrupted or still work. `first_run_at` and `last_run_at` (UTC) are of all runs
    that began by the end of the span; None where there was none.
    """

    runs: Mapping[str, int]
    unfinished: int
    pages: int
    articles: int
    outlets: tuple[str, ...]
    first_run_at: datetime | None
    last_run_at: datetime | None


def activity_between(store: Store, since: datetime | None, until: datetime) -> Activity:
    """What was read between two moments, both included; None is the beginning of the database."""
    runs, pages = TABLES["runs"], TABLES["pages"]
    began = runs.c.started_at <= until
    bounds = sa.select(sa.func.min(runs.c.started_at), sa.func.max(runs.c.started_at)).where(began)
    at_work = began if since is None else sa.and_(began, sa.func.coalesce(runs.c.finished_at, until) >= since)
    of_verb = sa.select(runs.c.verb, runs.c.state, sa.func.count()).where(at_work).group_by(runs.c.verb, runs.c.state)
    stored = (
        sa.select(pages.c.outlet, sa.func.count(), sa.func.count(sa.distinct(pages.c.article_id)))
        .join(runs, runs.c.run_id == pages.c.run_id)
        .where(at_work)
        .group_by(pages.c.outlet)
        .order_by(pages.c.outlet)
    )
    verbs: Counter[str] = Counter()
    with store.stream(bounds) as found:
        ((first, last),) = found
    with store.stream(of_verb) as found:
        by_state = list(found)
    for verb, _, count in by_state:
        verbs[verb] += count
    with store.stream(stored) as found:
        by_outlet = list(found)
    return Activity(
        runs=dict(sorted(verbs.items())),
        unfinished=sum(count for _, state, count in by_state if state != RunState.DONE.value),
        pages=sum(count for _, count, _ in by_outlet),
        articles=sum(articles for *_, articles in by_outlet),
        outlets=tuple(outlet for outlet, _, articles in by_outlet if outlet and articles),
        first_run_at=first,
        last_run_at=last,
    )


def present(store: Store, now: datetime) -> datetime:
    """The moment from which spans are counted back: now, or the latest a run noted where its clock was ahead of ours.

    The demo plays nights that are still to come.
    """
    runs = TABLES["runs"]
    with store.stream(sa.select(sa.func.max(runs.c.started_at), sa.func.max(runs.c.finished_at))) as found:
        noted: list[datetime] = [moment for row in found for moment in row if moment is not None]
    return max([now, *noted])


def activity_in_words(activity: Activity) -> str:
    """One line for people: what was read, or since when nothing was."""
    if activity.first_run_at is None or activity.last_run_at is None:
        return "nothing; this database had read nothing yet."
    if not activity.runs:
        return f"nothing; the last run began on {in_words(keys.kyiv_day(activity.last_run_at))}."
    verbs = ", ".join(f"{count} {verb}" for verb, count in activity.runs.items())
    total = sum(activity.runs.values())
    unfinished = f", {activity.unfinished} of them not finished" if activity.unfinished else ""
    outlets = f" ({', '.join(activity.outlets)})" if activity.outlets else ""
    return (
        f"{_counted(total, 'run')} ({verbs}{unfinished}), {_counted(activity.pages, 'page')}, "
        f"{_counted(activity.articles, 'article')} of {_counted(len(activity.outlets), 'outlet')}{outlets}."
    )


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
