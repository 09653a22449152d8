"""Which captures of one article show the same text, and so which versions the outlet published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from storage import keys


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of an article that was read as an article.

    `text_sha256` is of the text under ONE cleaner for all captures handed in together; `version_id` is the
    version the capture was filed under before, None for a new one.
    """

    page_id: int
    fetched_at: datetime | None
    text_sha256: str
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A run of captures, next to each other in time, that show the same text. `n` counts from 1."""

    version_id: int
    n: int
    text_sha256: str
    captures: tuple[Capture, ...]

    @property
    def first(self) -> Capture:
        """The earliest capture, which the version's reading is made from."""
        return self.captures[0]


def versions(article_id: int, captures: Iterable[Capture]) -> tuple[Version, ...]:
    """The versions of one article in time order.

    Captures of unknown time come first, by page id, so that a dated capture is never thought to be older than
    one nobody can date. A run keeps the id one of its captures already had, so that cleaning anew never makes a
    version; otherwise its id says: this article, this text, the nth run with this text. The result does not
    depend on the order in which captures arrive.
    """
    runs: list[list[Capture]] = []
    for capture in sorted(captures, key=lambda c: (c.fetched_at is not None, c.fetched_at or _ANY, c.page_id)):
        if runs and runs[-1][0].text_sha256 == capture.text_sha256:
            runs[-1].append(capture)
        else:
            runs.append([capture])
    taken: set[int] = set()
    seen: Counter[str] = Counter()
    found: list[Version] = []
    for n, run in enumerate(runs, start=1):
        text_sha256 = run[0].text_sha256
        known = _known_id(run, taken)
        version_id = known if known is not None else keys.version_id(article_id, text_sha256, seen[text_sha256])
        while version_id in taken:
            seen[text_sha256] += 1
            version_id = keys.version_id(article_id, text_sha256, seen[text_sha256])
        taken.add(version_id)
        seen[text_sha256] += 1
        found.append(Version(version_id, n, text_sha256, tuple(run)))
    return tuple(found)


_ANY = datetime.min.replace(tzinfo=UTC)


def _known_id(run: Sequence[Capture], taken: set[int]) -> int | None:
    return next((c.version_id for c in run if c.version_id is not None and c.version_id not in taken), None)
