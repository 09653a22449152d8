"""Which work each text belongs to: groups of exact and near copies, each named by its earliest member.

What a new text costs does not grow with the work it joins: the members of a work on file are read only where it may
fall apart (a member has another text), is joined with another one, or gets an earlier first member.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from storage.models import RedirectKind, RedirectRow
from storage.records import Relation
from storage.store import Store, WorkMember
from storage.terms import CopyKind

COPIES = frozenset({CopyKind.EXACT, CopyKind.NEAR})

Works: TypeAlias = dict[int, int]
"""Article id to the id of its work."""

Order: TypeAlias = tuple[bool, float, int]
Moments: TypeAlias = Mapping[int, datetime | None]


def works_of(
    published: Moments, found: Mapping[int, Sequence[Relation]], store: Store
) -> tuple[Works, list[RedirectRow]]:
    """The works of new texts, and of all articles on file whose work is another one now; and works that gave way.

    `published` are the new texts' moments, `found` their relations. What a new text was tied to before is dropped;
    ties between other articles stay.
    """
    ties: defaultdict[int, set[int]] = defaultdict(set)
    for article, related in found.items():
        for one in related:
            if one.kind in COPIES:
                ties[article].add(int(one.id))
                ties[int(one.id)].add(article)
    on_file = store.works_of({*published, *ties})
    firsts = store.published_of(set(on_file.values()))
    works: Works = {}
    unsettled: set[int] = set()
    for group in _groups(published, ties):
        new = group & published.keys()
        order, first = min((_order(one, published[one]), one) for one in new)
        joined = {on_file.get(one) for one in group - new}
        if not joined and not new & on_file.keys():
            works |= dict.fromkeys(new, first)
            continue
        work = joined.pop() if len(joined) == 1 and not new & on_file.keys() else None
        if work is not None and work in firsts and _order(work, firsts[work]) < order:
            works |= dict.fromkeys(new, work)
        else:
            unsettled |= group
    members = store.work_members(unsettled)
    regrouped = _regrouped({one: published[one] for one in unsettled & published.keys()}, ties, members)
    return works | regrouped, _given_up(regrouped, members)


def _order(article: int, published: datetime | None) -> Order:
    """Order in time; undated ones last."""
    return (published is None, published.timestamp() if published else 0.0, article)


def _groups(articles: Iterable[int], ties: Mapping[int, Iterable[int]]) -> list[set[int]]:
    """The articles and all that is tied to them, in groups that are tied together, in the order given."""
    groups: list[set[int]] = []
    seen: set[int] = set()
    for article in articles:
        group, waiting = set[int](), [article]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                group.add(one)
                waiting += ties.get(one, ())
        if group:
            groups.append(group)
    return groups


def _regrouped(published: Moments, found: Mapping[int, Iterable[int]], members: Iterable[WorkMember]) -> Works:
    """The work of every new text and of every member of the works it is tied to."""
    moments = {one.article_id: one.published_at for one in members} | dict(published)
    ties: defaultdict[int, set[int]] = defaultdict(set)
    for one in members:
        for other in one.copies:
            if not {one.article_id, other} & published.keys():
                ties[one.article_id].add(other)
                ties[other].add(one.article_id)
    for article in published:
        for other in found.get(article, ()):
            ties[article].add(other)
            ties[other].add(article)
    works: Works = {}
    for group in _groups(moments, ties):
        works |= dict.fromkeys(group, min(group, key=lambda one: _order(one, moments[one])))
    return works


def _given_up(works: Works, members: Iterable[WorkMember]) -> list[RedirectRow]:
    """Works that were on file and have no member any more."""
    still = set(works.values())
    return [
        RedirectRow(kind=RedirectKind.WORK, old_id=old, new_id=new, reason="an earlier copy was found")
        for old, new in sorted({(one.work_id, works[one.article_id]) for one in members if one.work_id is not None})
        if old not in still and old != new
    ]
