"""The report of `Store.check`."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of a database found. `quote_mismatches` counts quotes that do not stand where they say."""

    database: str
    revision: str
    is_demo: bool
    engine_says: str
    quote_mismatches: int
    tables: dict[str, int]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.engine_says == "ok" and self.quote_mismatches == 0

    def as_dict(self) -> dict[str, Any]:
        """The report for `--json`."""
        return {**asdict(self), "is_sound": self.is_sound}

    def as_text(self) -> str:
        """The report for people."""
        verdict = "sound" if self.is_sound else f"NOT SOUND: {self.engine_says}"
        kind = " (demo: invented articles)" if self.is_demo else ""
        counts = ", ".join(f"{name} {self.tables[name]}" for name in ("pages", "articles", "claims", "ledger_history"))
        quotes = f"{self.quote_mismatches} quotes do not stand where they say"
        return f"{self.database}{kind}: schema {self.revision}, {verdict}; {quotes}; {counts}"
