"""What a look at an outlet's edition saw, as cells of a table, as lines and as JSON values. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from flows.outlet_signals import LOOK_AT, IndexAnswer, PageAnswer, Signal, age, refusal, removed_share
from storage.records import Reading
from storage.terms import Outcome

COLUMNS = ("outlet", "edition", "indexes", "articles", "text", "date", "author", "removed", "failed")


@dataclass
class LiveRow:
    """What was seen of one edition. `signals` holds all, those that failed too; refusals are in `blocked`."""

    outlet: str
    language: str
    is_known_to_block: bool = False
    indexes: list[IndexAnswer] = field(default_factory=list)
    pages: list[PageAnswer] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)

    @property
    def failed(self) -> list[Signal]:
        """The signals that say that something is not as the outlet's file has it."""
        return [signal for signal in self.signals if not signal.is_well]

    @property
    def blocked(self) -> list[IndexAnswer | PageAnswer]:
        """The requests the outlet refused."""
        return [*(one for one in self.indexes if one.is_blocked), *(one for one in self.pages if one.is_blocked)]

    @property
    def refuses(self) -> bool:
        """Whether it refuses more than single pages of which others came."""
        return any(one.is_blocked for one in self.indexes) or (bool(self.blocked) and not self.readings)

    @property
    def is_well(self) -> bool:
        """Whether no signal failed and nothing was refused but what may be.

        That is an outlet known to block, and, as long as articles come, an index that may be blocked and single pages
        that a robots file keeps back.
        """
        return not self.failed and all(self._may_be_blocked(one) for one in self.blocked)

    def _may_be_blocked(self, one: IndexAnswer | PageAnswer) -> bool:
        is_kept_back = isinstance(one, PageAnswer) and one.outcome is Outcome.ROBOTS_DENIED
        return self.is_known_to_block or (bool(self.readings) and (is_kept_back or one.index.may_be_blocked))

    @property
    def readings(self) -> list[Reading]:
        """What was read of its pages."""
        return [one.made for one in self.pages if isinstance(one.made, Reading)]

    def cells(self, now: datetime) -> tuple[str, ...]:
        """A cell a column of `COLUMNS`."""
        read = self.readings
        failed = [*dict.fromkeys(signal.name for signal in self.failed), *(["blocked"] if self.blocked else [])]
        return (
            self.outlet,
            self.language,
            "; ".join(_index_words(one, now) for one in self.indexes) or "none of its own",
            f"{len(read)} of {len(self.pages)}",
            _each(f"{len(one.text)} in {len(one.paragraphs)}, {one.path}" for one in read),
            _each(f"{one.published_precision}, {one.date_source}" for one in read),
            _each(", ".join(one.authors) or "none" for one in read),
            _each(f"{removed_share(one):.0%}" for one in read),
            ", ".join(failed),
        )

    def lines(self) -> list[str]:
        """What failed and what was refused, a line each."""
        where = f"{self.outlet} {self.language}"
        said = [
            f"{where}: {one.name}: no: {one.says}{f' — look at {field}' if (field := LOOK_AT.get(one.name)) else ''}"
            for one in self.failed
        ]
        return said + [
            f"{where}: blocked, recorded as such: {refusal(one.outcome, one.status)}: {one.url}" for one in self.blocked
        ]

    def as_values(self) -> dict[str, object]:
        """The row as JSON values."""
        return {
            "outlet": self.outlet,
            "edition": self.language,
            "is_well": self.is_well,
            "signals": [asdict(signal) for signal in self.signals],
            "blocked": [{"url": one.url, "outcome": one.outcome, "status": one.status} for one in self.blocked],
            "pages": [{"url": one.url, "title": one.made.title if one.made else None} for one in self.pages],
        }


def _index_words(one: IndexAnswer, now: datetime) -> str:
    kind = one.index.kind
    if one.is_blocked or one.result is None:
        return f"{kind} {refusal(one.outcome, one.status)}"
    newest = f", newest {age(now - one.newest)}" if one.newest else ""
    return f"{kind} {len(one.result.leads)}/{one.entries}{newest}"


def _each(cells: Iterable[str]) -> str:
    """What holds for each page; once where it is the same for all."""
    return " | ".join(dict.fromkeys(cells))
