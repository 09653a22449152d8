"""What a run reports: a table, an outlet a line; what changed; what was not as usual. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flows.crawl import CrawlReport
from flows.ledger_words import in_words
from storage import keys

COLUMNS = ("outlet", "listed", "read", "articles", "on topic", "what is missing")
UNKNOWN_NOTE = "? = an index of the outlet could not be read: nobody knows how much is missing."


_NAMES = {
    "crawl": "Crawl",
    "nightly": "Night",
    "poll": "Look into the feeds",
    "backfill": "Backfill",
    "ingest": "Pages fetched",
}


@dataclass(frozen=True)
class Row:
    """One outlet. `listed` is None where nobody knows."""

    outlet: str
    listed: int | None
    read: int
    articles: int
    on_topic: int
    missing: dict[str, int]

    def cells(self) -> tuple[object, ...]:
        """The row as shown."""
        missing = ", ".join(f"{count} {why}" for why, count in sorted(self.missing.items())) or "–"
        listed = "?" if self.listed is None else self.listed
        return (self.outlet, listed, self.read, self.articles, self.on_topic, missing)


@dataclass(frozen=True)
class RunReport:
    """A run as it is shown.

    `changes` is Markdown of what changed in the ledger since it began, `nights` on how many days this database
    has crawled, `untold` why nobody could be told of alarms.
    """

    verb: str
    run_id: str
    started_at: datetime
    ended_at: datetime
    database: str
    is_demo: bool
    rows: Sequence[Row]
    ledger: dict[str, int]
    alarms: Sequence[str] = ()
    stopped: str | None = None
    nights: int = 0
    changes: str = ""
    units_done: int = 0
    untold: str | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether somebody ought to look."""
        return bool(self.alarms) or self.stopped is not None

    def heading(self) -> str:
        """Which run, when, of how many outlets, how long, where."""
        minutes = (self.ended_at - self.started_at).total_seconds() / 60
        took = f"{minutes:.0f} min" if minutes >= 1 else f"{minutes * 60:.0f} s"
        day = in_words(keys.kyiv_day(self.started_at))
        return f"{_NAMES[self.verb]} of {day} · {len(self.rows)} outlets · {took} · {self.database}"

    def table(self) -> list[dict[str, object]]:
        """The rows as mappings from column to cell."""
        return [dict(zip(COLUMNS, row.cells(), strict=True)) for row in self.rows]

    def notes(self) -> list[str]:
        """The lines under the table."""
        lines = [UNKNOWN_NOTE] if any(row.listed is None for row in self.rows) else []
        changed = [f"{self.ledger[kind]} {kind}" for kind in ("opened", "changed", "closed") if self.ledger.get(kind)]
        lines.append(f"Ledger lines: {', '.join(changed) or 'none changed'}.")
        if self.nights:
            read = "1 day" if self.nights == 1 else f"{self.nights} days"
            lines.append(f"This database has crawled on {read}.")
        if self.units_done:
            lines.append(f"Units of the past done: {self.units_done}.")
        if self.untold:
            lines.append(f"Nobody was told of the alarms: {self.untold}")
        if self.stopped:
            lines.append(f"STOPPED EARLY: {self.stopped}")
        return lines + [f"ALARM  {alarm}" for alarm in self.alarms]

    def as_values(self) -> dict[str, object]:
        """All of it as plain values."""
        return asdict(self) | {"rows": [asdict(row) for row in self.rows], "heading": self.heading()}

    def markdown(self) -> str:
        """The whole report as a page."""
        lines = [f"# {self.heading()}", ""]
        if self.is_demo:
            lines += ["**DEMO: INVENTED ARTICLES.**", ""]
        lines += ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
        lines += ["| " + " | ".join(str(cell) for cell in row.cells()) + " |" for row in self.rows]
        lines += ["", *(f"- {note}" for note in self.notes()), ""]
        return "\n".join([*lines, self.changes]).rstrip() + "\n"


def rows_of(found: CrawlReport) -> list[Row]:
    """A row an outlet."""
    return [
        Row(one.outlet, one.listed, one.read, one.articles, one.on_topic, dict(sorted(one.missing.items())))
        for one in found.outlets.values()
    ]
