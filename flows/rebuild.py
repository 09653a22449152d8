"""Whose copy each text is and which event it tells of, built from nothing and laid beside what is on file.

It is built in a database of its own, by the same code that keeps it up as texts arrive, so that what was kept up can
be held against it. Only what differs is written.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from flows.copies import copies
from flows.ingest import Place, running, take_up_the_dead
from flows.judge import new_batch
from flows.reread import REPROCESS, Step, Telling, alone
from flows.reread import reprocess as read_anew
from flows.reread_difference import EXAMPLES, Change, Difference, Kind, relation_changes, work_changes
from flows.stories import keep_stories
from storage.models import TABLES, RedirectKind, RedirectRow
from storage.records import Filed
from storage.store import ArticleIdentity, ArticleRelation, ReadPage, Store, stale
from storage.store.stale import Scope
from storage.terms import CopyKind

IDENTITY = "identity"
BATCH = 200
"""Articles compared with those before them at a time."""

Order = Callable[[Sequence[int]], Sequence[int]]


@dataclass(frozen=True)
class _Filed:
    """All that is judged of the articles of one database; relations under both of their articles."""

    works: dict[int, int | None]
    stories: dict[int, int | None]
    relations: dict[int, dict[tuple[int, CopyKind], tuple[float, str, tuple[str, ...]]]]


def rebuild_identity(
    place: Place,
    *,
    apply: bool,
    on_batch: Telling | None = None,
    examples: int | None = EXAMPLES,
    order: Order = lambda ids: ids,
) -> Difference:
    """Build works, relations, signatures and stories anew from the texts on file; says what that changes.

    Nothing is written unless `apply`; then the ledger is derived anew, too. `order` is that in which the articles are
    compared, given them in order of publication; it changes nothing.
    Raises WorkFailedError where another run is reading anew; StoreError where the database cannot be written.
    """
    knowledge = place.knowledge
    found = Difference(IDENTITY, apply, knowledge.cleaner_version, knowledge.rules_version, most=examples)
    if apply:
        with running(place, REPROCESS) as report:
            take_up_the_dead(place, report)
            with alone(place, report.run_id) as still:
                report.rows += keep_stories(place.store)
                _rebuild(place, found, on_batch, order, still)
        read_anew(Step.LEDGER, place, apply=True)
    else:
        _rebuild(place, found, on_batch, order, lambda: None)
    return found


def _rebuild(
    place: Place, found: Difference, on_batch: Telling | None, order: Order, still: Callable[[], None]
) -> None:
    store = place.store
    found.total = stale.count_articles(store, Scope())
    with _scratch() as scratch:
        scratch.take_texts_from(store)
        for ids in _parts(order(_in_order(scratch))):
            _compare(ids, scratch, place)
            found.done += len(ids)
            still()
            if on_batch is not None:
                on_batch(found)
        keep_stories(scratch)
        before, after = _filed(store), _filed(scratch)
        filed_anew = _filed_anew(store, scratch, after.works)
        _tell(found, before, after, filed_anew, store)
        if found.is_applied and not found.is_empty:
            _write(before, after, filed_anew, scratch, place, still)


@contextmanager
def _scratch() -> Iterator[Store]:
    with (
        TemporaryDirectory(prefix="zaporuka-identity-") as folder,
        Store.open(f"sqlite:///{Path(folder) / 'scratch.db'}", must_exist=False) as scratch,
    ):
        yield scratch


def _in_order(store: Store) -> list[int]:
    table = TABLES["articles"]
    query = sa.select(table.c.article_id).order_by(
        table.c.published_day.is_(None), table.c.published_day, table.c.article_id
    )
    with store.stream(query) as rows:
        return [row[0] for row in rows]


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _compare(ids: Sequence[int], scratch: Store, place: Place) -> None:
    reads = [
        ReadPage(one.page_id, one.article_id, one.version_id, one.identifier, one.reading)
        for one in stale.current_readings(scratch, ids)
        if one.is_latest
    ]
    batch = new_batch(place.knowledge)
    batch.identities, batch.works, batch.redirects = copies(reads, scratch, place.knowledge.outlets)
    scratch.save(batch, place.clock())


def _filed(store: Store) -> _Filed:
    articles, relations = TABLES["articles"], TABLES["relations"]
    with store.stream(sa.select(articles.c.article_id, articles.c.work_id, articles.c.story_id)) as rows:
        judged = list(rows)
    ties: defaultdict[int, dict[tuple[int, CopyKind], tuple[float, str, tuple[str, ...]]]] = defaultdict(dict)
    names = ("article_id", "other_article_id", "kind", "score", "algorithm", "why")
    with store.stream(sa.select(*(relations.c[name] for name in names))) as rows:
        for one, other, kind, score, algorithm, why in rows:
            told = (score, algorithm, tuple(why))
            ties[one][other, CopyKind(kind)] = told
            ties[other][one, CopyKind(kind)] = told
    return _Filed({one: work for one, work, _ in judged}, {one: story for one, _, story in judged}, dict(ties))


def _filed_anew(store: Store, scratch: Store, articles: Iterable[int]) -> set[int]:
    """Articles that are filed otherwise than they should be."""
    found: set[int] = set()
    for ids in _parts(sorted(articles)):
        before, after = store.filed_of(ids), scratch.filed_of(ids)
        found |= {one for one in ids if before.get(one) != after.get(one)}
    return found


def _tell(found: Difference, before: _Filed, after: _Filed, filed_anew: set[int], store: Store) -> None:
    """Count every article whose work or story is another, and why: the relations that come or go."""
    was, now = _ties(before), _ties(after)
    moved: list[tuple[Kind, int, int | None, int | None]] = [
        (kind, one, old.get(one), new[one])
        for kind, old, new in (
            (Kind.WORK_CHANGED, before.works, after.works),
            (Kind.STORY_CHANGED, before.stories, after.stories),
        )
        for one in sorted(new)
        if old.get(one) != new[one]
    ]
    named = {one for tie in was ^ now for one in tie[:2]} | filed_anew
    named |= {one for _, *ids in moved for one in ids if one is not None}
    named |= {work for works in (before.works, after.works) for work in works.values() if work is not None}
    addresses = {one: filed.address for one, filed in stale.filed_articles(store, named).items()}

    def said(one: int | None) -> str:
        return addresses.get(one, str(one)) if one is not None else "none"

    found.add(Change(kind, said(one), "", said(old), said(new)) for kind, one, old, new in moved)
    found.add(relation_changes(now - was, was - now, addresses))
    found.add(work_changes(_known(before.works), _known(after.works), addresses))
    found.add(Change(Kind.FILED_ANEW, said(one)) for one in sorted(filed_anew))


def _ties(filed: _Filed) -> set[tuple[int, int, CopyKind]]:
    return {(one, other, kind) for one, ties in filed.relations.items() for other, kind in ties if one < other}


def _known(works: Mapping[int, int | None]) -> dict[int, int]:
    return {one: work for one, work in works.items() if work is not None}


def _write(
    before: _Filed, after: _Filed, filed_anew: set[int], scratch: Store, place: Place, still: Callable[[], None]
) -> None:
    """Save the articles that differ; their stories are told anew from that."""
    now = place.clock()
    differ = {
        one
        for one in after.works
        if before.relations.get(one) != after.relations.get(one)
        or before.works.get(one) != after.works[one]
        or before.stories.get(one) != after.stories[one]
    }
    works, alive = _known(after.works), set(_known(after.works).values())
    given_up = {(old, works[one]) for one, old in _known(before.works).items() if old not in alive and one in works}
    for ids in _parts(sorted(differ | filed_anew)):
        filed = scratch.filed_of(ids)
        batch = new_batch(place.knowledge)
        batch.identities = [_identity(one, works[one], after.relations.get(one, {}), filed.get(one)) for one in ids]
        batch.works = {one: works[one] for one in ids}
        place.store.save(batch, now)
        still()
    redirects = new_batch(place.knowledge)
    redirects.redirects = [
        RedirectRow(kind=RedirectKind.WORK, old_id=old, new_id=new, reason="works were built anew")
        for old, new in sorted(given_up)
    ]
    place.store.save(redirects, now)
    keep_stories(place.store)


def _identity(
    article: int,
    work: int,
    ties: Mapping[tuple[int, CopyKind], tuple[float, str, tuple[str, ...]]],
    filed: Filed | None,
) -> ArticleIdentity:
    """What is to be filed of an article; whom its event is shared with is found by telling its story."""
    copied = {key: told for key, told in ties.items() if key[1] is not CopyKind.SAME_EVENT}
    algorithm = next((algorithm for _, algorithm, _ in copied.values()), "")
    relations = [ArticleRelation(other, kind, score, why) for (other, kind), (score, _, why) in sorted(copied.items())]
    return ArticleIdentity(article, work, None, algorithm, relations, filed)
