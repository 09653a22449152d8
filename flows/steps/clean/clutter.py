"""The compiled lexicon of clutter: what `flows.lexicon.clutter` loads and the cleaning steps are handed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.steps.text import fold, squeeze
from storage.terms import Outcome

_LONGEST_CLUTTER = 600
_LONGEST_TAIL = 200


@dataclass(frozen=True, slots=True)
class Clutter:
    """Compiled patterns, all matched against folded text (`flows.steps.text.fold`).

    `lines` and `stops` match whole lines, `tails` are searched at a line's end, `pages` in the title or the
    visible text of a whole page. The names of `lines` and `tails` are the names under which things are removed.
    """

    version: str
    lines: re.Pattern[str]
    stops: re.Pattern[str]
    tails: tuple[tuple[str, re.Pattern[str]], ...]
    pages: tuple[tuple[Outcome, re.Pattern[str]], ...]

    def kind_of(self, line: str) -> str | None:
        """The kind of clutter a whole line is, or None."""
        if len(line) > _LONGEST_CLUTTER:
            return None
        found = self.lines.fullmatch(fold(squeeze(line)))
        return found.lastgroup if found else None

    def is_stop(self, line: str) -> bool:
        """Whether a line is a heading after which nothing belongs to the article."""
        return len(line) <= _LONGEST_CLUTTER and self.stops.fullmatch(fold(squeeze(line))) is not None

    def cut_tail(self, line: str) -> tuple[str, str, str] | None:
        """(what stays, what goes, its kind) for a line that ends in clutter, or None."""
        start = max(0, len(line) - _LONGEST_TAIL)
        folded = fold(line[start:])
        for kind, pattern in self.tails:
            found = pattern.search(folded)
            if found and start + found.start() > 0:
                cut = start + found.start()
                return line[:cut].rstrip(), line[cut:].strip(), kind
        return None


def compiled(
    version: str,
    lines: Mapping[str, Sequence[str]],
    stops: Sequence[str],
    tails: Mapping[str, Sequence[str]],
    pages: Mapping[Outcome, Sequence[str]],
) -> Clutter:
    """Compile patterns written against folded text. Raises re.error for one that does not compile."""

    def either(patterns: Sequence[str]) -> str:
        return "|".join(f"(?:{pattern})" for pattern in patterns)

    return Clutter(
        version=version,
        lines=re.compile("|".join(f"(?P<{kind}>{either(patterns)})" for kind, patterns in lines.items())),
        stops=re.compile(either(stops)),
        tails=tuple((kind, re.compile(either(patterns))) for kind, patterns in tails.items()),
        pages=tuple((outcome, re.compile(either(patterns))) for outcome, patterns in pages.items()),
    )
