"""Stories: which articles tell of one event, reckoned from who is like whom.

Articles that are copies or translations of each other are one unit. In order of time each unit joins the story whose
core, its three earliest units, it is like; likeness to a later member alone is not enough, so a story does not wander
from event to event, nor does one weak likeness bridge two events. What a unit joins depends on earlier units only: the
partition is a function of what is on file, and a change is reckoned forward from where it is until nothing moves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

from flows.steps.alike import SPAN

CORE = 3
"""How many of a story's earliest units a newcomer is compared with; it must be like half of them or more."""

LIKE_ENOUGH = 0.35
"""The mean score, unlike ones counted as nothing, from which a newcomer joins: one weak likeness does not bridge."""

PAUSE = timedelta(days=3)
"""The longest time in which a story gains no unit before it ends."""

_UNDATED = float("inf")


@dataclass(frozen=True, slots=True)
class Member:
    """An article: its moment (aware), the story it is filed under, and whom it is like.

    `tied` are its copies and translations, `like` maps other articles that tell of one event with it to the score;
    both name articles on either side of it. `story` is None where it has to be told anew.
    """

    article_id: int
    published: datetime | None = None
    story: int | None = None
    tied: frozenset[int] = frozenset()
    like: Mapping[int, float] = field(default_factory=dict)

    @property
    def order(self) -> tuple[float, int]:
        """Earlier articles first, undated ones last."""
        return (self.published.timestamp() if self.published else _UNDATED, self.article_id)


@dataclass(frozen=True)
class Settled:
    """What was reckoned: the story of each article whose story is another now; or what must be known besides.

    `missing` articles and all members of `missing_stories` are to be given before the same is asked again.
    """

    stories: dict[int, int]
    missing: frozenset[int] = frozenset()
    missing_stories: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not self.missing_stories


def stories_of(members: Iterable[Member]) -> dict[int, int]:
    """The story of every article, by the id of its earliest member, reckoned from nothing."""
    known = [Member(one.article_id, one.published, None, one.tied, one.like) for one in members]
    return settle(known, ()).stories


def settle(members: Iterable[Member], whole: Iterable[int]) -> Settled:
    """The stories after a change, given those on file.

    Reckoned anew are articles without a story, those like or tied to them, and all that these move. `whole` are the
    stories on file of which every member is given. The result does not depend on how much more than needed is given.
    """
    return _Settling({one.article_id: one for one in members}, frozenset(whole)).run()


class _Settling:
    def __init__(self, members: Mapping[int, Member], whole: frozenset[int]) -> None:
        self.members = members
        self.whole = whole
        self.missing: set[int] = set()
        self.missing_stories: set[int] = set()
        self.unit_of: dict[int, int] = {}
        self.units: dict[int, list[int]] = {}
        self.order: dict[int, tuple[float, int]] = {}
        self.moment: dict[int, datetime | None] = {}
        self._gather()
        self.like = self._likeness()
        self.story: dict[int, int | None] = {}
        self.held: defaultdict[int, set[int]] = defaultdict(set)
        self._file()

    def _gather(self) -> None:
        """Units: articles tied by copies and translations, named by their earliest."""
        for first in sorted(self.members.values(), key=lambda one: one.order):
            if first.article_id in self.unit_of:
                continue
            unit, waiting = first.article_id, [first.article_id]
            self.units[unit] = []
            while waiting:
                article = waiting.pop()
                if article not in self.members:
                    self.missing.add(article)
                elif article not in self.unit_of:
                    self.unit_of[article] = unit
                    self.units[unit].append(article)
                    waiting += self.members[article].tied
            self.order[unit], self.moment[unit] = first.order, first.published

    def _likeness(self) -> dict[int, dict[int, float]]:
        """Of each unit the units it is like, by the best score of their articles."""
        found: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for article, one in self.members.items():
            unit = self.unit_of[article]
            for other, score in one.like.items():
                theirs = self.unit_of.get(other)
                if theirs is not None and theirs != unit:
                    best = max(score, found[unit].get(theirs, 0.0))
                    found[unit][theirs] = found[theirs][unit] = best
        return found

    def _file(self) -> None:
        """Units under the stories on file, each named by its leading unit; those of two stories are under none."""
        for unit, articles in self.units.items():
            filed = {self.members[one].story for one in articles}
            on_file = filed.pop() if len(filed) == 1 else None
            if on_file is not None and on_file not in self.members:
                if on_file not in self.whole:
                    self.missing_stories.add(on_file)
                on_file = None  # its first article is no more
            leader = self.unit_of[on_file] if on_file is not None else None
            self.story[unit] = leader
            if leader is not None:
                self.held[leader].add(unit)

    def run(self) -> Settled:
        waiting: list[tuple[tuple[float, int], int]] = []
        queued: set[int] = set()

        def ask(units: Iterable[int]) -> None:
            for unit in units:
                if unit not in queued:
                    queued.add(unit)
                    heappush(waiting, (self.order[unit], unit))

        new = [unit for unit, story in self.story.items() if story is None]
        ask(new)
        for unit in new:
            ask(self._about(unit))
        while waiting:
            _, unit = heappop(waiting)
            queued.discard(unit)
            before, now = self.story[unit], self._decide(unit)
            if now == before:
                continue
            if before is not None:
                self.held[before].discard(unit)
            self.story[unit] = now
            self.held[now].add(unit)
            moved = {unit} | self.held[now] | (self.held[before] if before is not None else set())
            reached = set(moved)
            for one in moved:
                self._neighbours(one)
                reached |= self.like.get(one, {}).keys()
            ask(one for one in reached if self.order[one] > self.order[unit])
        return self._told()

    def _about(self, unit: int) -> set[int]:
        """The units like this one, and those of the stories its articles were filed under with theirs."""
        units = {unit}
        for story in {self.members[one].story for one in self.units[unit]} - {None}:
            self._want(story)
            units |= {self.unit_of[one] for one, member in self.members.items() if member.story == story}
        for one in units:
            self._neighbours(one)
        return units.union(*(self.like.get(one, {}) for one in units))

    def _want(self, story: int | None) -> None:
        if story is not None and story not in self.whole:
            self.missing_stories.add(story)

    def _neighbours(self, unit: int) -> None:
        for article in self.units[unit]:
            self.missing |= {one for one in self.members[article].like if one not in self.members}

    def _decide(self, unit: int) -> int:
        """The leading unit of the story this one joins; itself where it begins one."""
        self._neighbours(unit)
        like, moment = self.like.get(unit, {}), self.moment[unit]
        if not like or moment is None:
            return unit
        best: tuple[float, tuple[float, int]] | None = None
        leader = unit
        offered = {self.story[one] for one in like if self.order[one] < self.order[unit]}
        for story in sorted(one for one in offered if one is not None):
            for filed in {self.members[one].story for one in self.units[story]}:
                self._want(filed)
            prior = sorted(
                (one for one in self.held[story] if one != unit and self.order[one] < self.order[unit]),
                key=self.order.__getitem__,
            )
            likeness = self._likeness_to(prior, like, moment)
            if likeness is None:
                continue
            rank = (-likeness, self.order[story])
            if best is None or rank < best:
                best, leader = rank, story
        return leader

    def _likeness_to(self, prior: list[int], like: Mapping[int, float], moment: datetime) -> float | None:
        """How like a unit is to a story's core; None where it is not, or the story has ended."""
        core = prior[:CORE]
        scores = [like[one] for one in core if one in like]
        first, last = (self.moment[prior[0]], self.moment[prior[-1]]) if prior else (None, None)
        if not scores or first is None or last is None or 2 * len(scores) < len(core):
            return None
        mean = sum(scores) / len(core)
        return mean if mean >= LIKE_ENOUGH and moment - last <= PAUSE and moment - first <= SPAN else None

    def _told(self) -> Settled:
        missing, stories = frozenset(self.missing), frozenset(self.missing_stories - self.whole)
        if missing or stories:
            return Settled({}, missing, stories)
        found: dict[int, int] = {}
        for unit, articles in self.units.items():
            story = self.story[unit]
            for article in articles:
                if story is not None and self.members[article].story != story:
                    found[article] = story
        return Settled(found)
