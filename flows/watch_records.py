"""What a run saw of one outlet, and what was not as usual in it: the records that watching works on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.chance import NOTHING, Share
from storage.terms import AlarmKind, Outcome

FIELDS = ("title", "published_at", "published_minute", "authors", "section")
"""What is watched in articles, in the words of an outlet's expectation."""

ANSWERED = frozenset({Outcome.FETCHED, Outcome.NOT_MODIFIED})


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is not as usual. `subject` is an index, a field, an outcome or a language; empty: all of it.

    `outlet` is None for what concerns a whole run.
    """

    outlet: str | None
    kind: AlarmKind
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class IndexSeen:
    """What one run saw of one index of an outlet, all its addresses and pages taken together.

    `address` is as the outlet's file gives it. `outcomes` counts requests by what became of them: `challenge` and
    `unreadable` are pages that came and were no index. `listed` is how many addresses it named, None where nobody
    knows. `has_listed`: it named something in an earlier run. Of an index with a list a day, `whole_days` days that
    had ended were asked for, and `usual_a_day` is what ended days named on average, None where unknown.
    """

    address: str
    edition: str
    kind: str
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    may_be_blocked: bool = False
    listed: int | None = None
    has_listed: bool = False
    is_daily: bool = False
    whole_days: int = 0
    usual_a_day: float | None = None

    @property
    def has_answered(self) -> bool:
        """Whether at least one request brought what an index should."""
        return any(self.outcomes.get(outcome) for outcome in ANSWERED)

    def is_same_as(self, other: "IndexSeen") -> bool:
        """Whether both are the same index, in whatever runs."""
        return (self.address, self.edition, self.kind) == (other.address, other.edition, other.kind)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run saw of one outlet.

    `requests` counts its article pages by what became of them; `not_modified` ones say nothing of the page.
    `languages` and `paths` (roads of cleaning) count articles read, `empty` those of the `read` ones that lack a
    field. `hinted` are articles whose publication moment is far from the index's hint, of those that had one;
    `reread` those whose moment has moved since an earlier capture, of those looked at again. `newest_on` is the
    latest Kyiv day of anything its indexes ever listed, `usual_a_day` the mean number of articles of the days
    before, both None where unknown. `raised` are the alarms of that run, kind and subject.
    """

    on: date
    requests: Mapping[Outcome, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    paths: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    empty: Mapping[str, int] = field(default_factory=dict)
    indexes: tuple[IndexSeen, ...] = ()
    hinted: Share = NOTHING
    reread: Share = NOTHING
    newest_on: date | None = None
    usual_a_day: float | None = None
    raised: frozenset[tuple[AlarmKind, str]] = frozenset()

    @property
    def judged(self) -> int:
        """How many article pages came, or failed to."""
        return sum(self.requests.values()) - self.requests.get(Outcome.NOT_MODIFIED, 0)

    @property
    def generic(self) -> Share:
        """Articles that general rules read, of those that had markup."""
        count = self.paths.get("generic", 0)
        return Share(count, count + self.paths.get("outlet", 0))

    def share(self, *outcomes: Outcome) -> Share:
        """How many of the article pages came to one of these ends."""
        return Share(sum(self.requests.get(outcome, 0) for outcome in outcomes), self.judged)

    def lacking(self, name: str) -> Share:
        """Articles that lack a field; one without any moment is not told once more for lacking the minute."""
        told = self.empty.get("published_at", 0) if name == "published_minute" else 0
        return Share(self.empty.get(name, 0) - told, self.read)

    def written_in(self, language: str) -> Share:
        """Articles in a language."""
        return Share(self.languages.get(language, 0), sum(self.languages.values()))
