"""An article's page as text for people: as wide as the terminal, one screen unless all of it is asked for."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import wrap

from flows.article_page import Head, VersionSeen
from flows.cli.common import DEMO_BANNER
from flows.ledger_words import in_words
from flows.steps.corrections import NoteKind
from flows.steps.diff import Change, ChangeKind, Place, WordChange, WordKind
from flows.steps.text import squeeze
from flows.story_page import ClaimShown, Credit, Listed, Page, Tied
from storage import keys
from storage.terms import TimePrecision

SCREEN = 40
"""Lines the page of an ordinary article has at most."""

_MOST = (8, 5, 3, 2, 1)
_WIDTHS = (60, 120)
_LABEL = 16
_LANGUAGES = {"uk": "Ukrainian", "ru": "Russian", "en": "English", "other": "another language"}
_COUNTED = {
    ChangeKind.HEADLINE: ("headline", "headlines"),
    ChangeKind.CHANGED: ("sentence changed", "sentences changed"),
    ChangeKind.ADDED: ("added", "added"),
    ChangeKind.REMOVED: ("removed", "removed"),
    ChangeKind.MOVED: ("moved", "moved"),
}
_ROLES = {"origin": "the news is credited to it", "mention": "in passing", "self": "itself"}


def terminal_width() -> int:
    """Columns to write in: the terminal's, 80 where there is none."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, _WIDTHS[0]), _WIDTHS[1])


def page_lines(page: Page, width: int, *, everything: bool = False) -> list[str]:
    """The page's lines, each at most `width` wide but for addresses.

    Without `everything` sentences are cut to what changed and lists shortened until all stands on one screen; what is
    left out is counted.
    """
    if everything:
        return _Text(page, width, None).lines()
    for most in _MOST:
        lines = _Text(page, width, most).lines()
        if len(lines) <= SCREEN:
            break
    return lines


class _Text:
    """A page written with at most so many items a list; None for all, and for whole sentences."""

    def __init__(self, page: Page, width: int, most: int | None) -> None:
        self.page, self.width, self.most = page, width, most

    def lines(self) -> list[str]:
        lines = [DEMO_BANNER] if self.page.is_demo else []
        lines += [*self._wrapped(self.page.head.headline, ""), self.page.head.url or self.page.head.identifier]
        lines += self._facts(self.page.head)
        lines += ["", *self._versions()]
        copies, translations, same_event = self.page.copies, self.page.translations, self.page.same_event
        first = "" if self.page.first_of_work != self.page.head.article_id else "; this one is the earliest"
        # A story lists the same articles; why they are tied stands where all is asked for.
        ties = [self._tied(one) for one in same_event] if self.most is None or not self.page.story else []
        sections = (
            ("copies", f"Copies ({len(copies)}{first})", [self._tied(one) for one in copies]),
            ("translations", f"Translations ({len(translations)})", [*map(self._tied, translations), *self._unread()]),
            ("credits", "Credits", [self._credit(one) for one in self.page.credits]),
            ("story", self._story_head(), [self._listed(one) for one in self.page.story]),
            ("same event", "Same event", ties),
            (
                "claims",
                f"Claims ({len(self.page.claims)}) and their lines on the ledger",
                [self._claim(one) for one in self.page.claims],
            ),
        )
        for _, title, items in sections:
            lines += ["", *self._section(title, items)] if items else []
        none = [name for name, _, items in sections if not items and name != "same event"]
        if none:
            lines += ["", *self._wrapped(f"None on file: {', '.join(none)}.", "")]
        return lines

    def _facts(self, head: Head) -> Iterator[str]:
        by = f", by {', '.join(head.authors)}" if head.authors else ""
        language = _LANGUAGES.get(head.language, head.language)
        yield from self._fact("outlet", f"{head.outlet_name} ({head.outlet}), {language}{by}")
        yield from self._fact("published", _published(head))
        yield from self._fact("first seen", _moment(head.first_seen_at))
        if self.page.first is not None:
            first = self.page.first
            yield from self._fact("first to tell", f"{' or '.join(first.outlets)}, {first.certainty}: {first.reason}")
        if head.modified_at:
            yield from self._fact("modified", f"{_moment(head.modified_at)}, as the outlet says")
        if head.vanished_at:
            yield from self._fact(
                "gone", f"{_moment(head.vanished_at)}: the outlet answers not found; marked, never deleted"
            )
        if head.is_paywalled:
            yield from self._fact("cut off", "the page showed only a part of the text")
        if head.is_security_guarantees is not None:
            about = "about security guarantees" if head.is_security_guarantees else "not about security guarantees"
            yield from self._fact("topic", f"{about} (score {head.topic_score or 0:.2f})")
        for note in self.page.corrections:
            name = "correction" if note.kind is NoteKind.CORRECTION else "update"
            yield from self._fact(name, self._short(note.text, _LABEL))
        if self.most is None:
            for url, kind in self.page.addresses:
                yield f"  {'address':{_LABEL - 2}}{url} ({kind})"

    def _fact(self, name: str, value: str) -> Iterator[str]:
        first, *more = self._wrapped(value, " " * _LABEL)
        yield f"  {name:{_LABEL - 2}}{first[_LABEL:]}"
        yield from more

    def _versions(self) -> Iterator[str]:
        versions = self.page.versions
        yield f"Versions ({len(versions)})"
        hidden = versions[1 : -self.most] if self.most and len(versions) > self.most + 1 else ()
        before: VersionSeen | None = None
        for version in versions:
            if version in hidden:
                if version is hidden[-1]:
                    yield f"  … {len(hidden)} more: --full"
            elif before is None:
                seen = f"{version.characters:,} characters"
                yield f"  {version.n}  {_moment(version.captured_at)}, as first read: {seen}, {_last_seen(version)}"
            else:
                yield from self._version(before, version)
            before = version

    def _version(self, before: VersionSeen, version: VersionSeen) -> Iterator[str]:
        yield f"  {version.n}  changed between {_moment(before.last_seen_at)} and {_moment(version.captured_at)}"
        pad = " " * 5
        counts = (_counted(kind, version.counts[kind.value]) for kind in ChangeKind if version.counts[kind.value])
        told = ", ".join(counts) or version.not_compared or "only where paragraphs begin, or white space"
        yield from self._wrapped(f"{told}; {_note(version)}", pad)
        if version.steps_not_compared and not version.not_compared:
            yield from self._wrapped(f"steps told not compared: {version.steps_not_compared}", pad)
        elif version.steps:
            yield from self._wrapped(f"steps told: {', '.join(version.steps)}{_moved(version)}", pad)
        shown = set(sorted(version.changes, key=_telling)[: self.most])
        for change in version.changes:
            if change in shown:
                yield from self._change(change, pad)
        if len(shown) < len(version.changes):
            yield f"{pad}… {len(version.changes) - len(shown)} more: --full"

    def _change(self, change: Change, pad: str) -> Iterator[str]:
        if change.kind is ChangeKind.MOVED and change.new is not None:
            yield from self._sentence("~", change.new, pad)
            return
        words = change.words
        if change.old is not None:
            yield from self._sentence("-", change.old, pad, _focus([one.before_span for one in words], change.old_at))
        if change.new is not None:
            yield from self._sentence("+", change.new, pad, _focus([one.after_span for one in words], change.new_at))
        if words:
            told = " · ".join(
                f"{_what(change, one)}: {one.before or 'nothing'} → {one.after or 'nothing'}" for one in words
            )
            yield from self._wrapped(self._short(told, len(pad) + 2), pad + "  ")

    def _sentence(self, sign: str, text: str, pad: str, focus: int = 0) -> Iterator[str]:
        room = self.width - len(pad) - 2
        if self.most is not None:
            yield f"{pad}{sign} {_clipped(text, room, focus)}"
            return
        first, *more = self._wrapped(text, pad + "  ")
        yield f"{pad}{sign} {first[len(pad) + 2 :]}"
        yield from more

    def _tied(self, tied: Tied) -> list[str]:
        score = f"{tied.score:.2f}" if tied.score is not None else "of a copy"
        other = tied.other
        lines = [f"{tied.kind} {score}  {other.outlet}, {other.language}, {_day(other)}"]
        lines.append(other.url or self._short(other.headline, 4))
        if tied.why:
            lines += wrap(_printable(f"because: {'; '.join(tied.why)}"), self.width - 4)
        return lines

    def _unread(self) -> Iterator[list[str]]:
        for language, url in sorted(self.page.unread.items()):
            yield [f"{language}: named by the page, not read yet", url]

    def _credit(self, one: Credit) -> list[str]:
        said = f"{one.name} ({_ROLES.get(one.role, one.role)}): “{one.quote}”"
        return (
            [_clipped(said, self.width - 2)] if self.most else [f"{said}  characters {one.span_start}–{one.span_end}"]
        )

    def _story_head(self) -> str:
        story = self.page.story
        outlets, languages = ({getattr(one, name) for one in story} for name in ("outlet", "language"))
        return (
            f"Story ({len(story)} articles, {len(outlets)} outlets, {', '.join(sorted(languages))}; the earliest first)"
        )

    def _listed(self, one: Listed) -> list[str]:
        sign = "*" if one.article_id == self.page.head.article_id else " "
        line = self._short(f"{sign}{_day(one)}  {one.outlet}, {one.language}: {squeeze(one.headline)}", 2)
        return [line, one.url] if self.most is None and one.url else [line]

    def _claim(self, one: ClaimShown) -> list[str]:
        status = one.on_ledger.status if one.on_ledger else "not on the ledger"
        decides = ", its day rests on this" if one.is_deciding else ""
        sentence = next(proof for proof in one.claim.claim.evidence if proof.role == "step")
        quote = self._short(squeeze(sentence.quote), 6)
        place = f"  characters {sentence.start}–{sentence.end}" if self.most is None else ""
        return [f"{one.line}  {status}{decides}", f"“{quote}”{place}"]

    def _section(self, title: str, items: Sequence[list[str]]) -> Iterator[str]:
        yield title
        for first, *more in items[: self.most]:
            yield from self._line(first, "  ")
            for line in more:
                yield from self._line(line, "    ")
        if self.most is not None and len(items) > self.most:
            yield f"  … {len(items) - self.most} more: --full"

    def _short(self, text: str, taken: int) -> str:
        """The text, cut to what is left of a line; whole where all is asked for."""
        return text if self.most is None else _clipped(text, self.width - taken)

    def _line(self, text: str, pad: str) -> list[str]:
        """One line; where all is asked for, as many as it needs. An address is never broken."""
        return self._wrapped(text, pad) if self.most is None else [pad + _printable(text)]

    def _wrapped(self, text: str, pad: str) -> list[str]:
        lines = wrap(
            _printable(squeeze(text)), self.width, initial_indent=pad, subsequent_indent=pad,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        return lines or [pad]


def _published(head: Head) -> str:
    precision = head.published_precision
    if head.published_at is None or head.published_on is None:
        return "unknown"
    source = head.date_source.replace("_", " ")
    if precision == TimePrecision.MONTH:
        return f"{head.published_on:%b %Y} (only the month is known, {source})"
    if precision == TimePrecision.DAY:
        return f"{in_words(head.published_on)} (only the day is known, {source})"
    ahead = head.first_seen_at is not None and head.published_at > head.first_seen_at
    doubt = "; later than it was first seen, so a clock is wrong" if ahead else ""
    return f"{_moment(head.published_at)} (to the {precision}, {source}{doubt})"


def _moment(at: datetime | None) -> str:
    if at is None:
        return "an unknown time"
    local = at.astimezone(keys.KYIV)
    return f"{in_words(local.date())} {local:%H:%M} Kyiv"


def _day(one: Listed) -> str:
    if one.published_at is None:
        return "day unknown"
    is_exact = one.published_precision in {TimePrecision.SECOND, TimePrecision.MINUTE}
    return _moment(one.published_at).removesuffix(" Kyiv") if is_exact else in_words(one.published_on)


def _last_seen(version: VersionSeen) -> str:
    if version.last_seen_at is None or version.last_seen_at == version.captured_at:
        return "seen once"
    return f"last seen {_moment(version.last_seen_at)}"


def _note(version: VersionSeen) -> str:
    if version.has_new_correction:
        return "with a correction note"
    if any(note.kind is NoteKind.CORRECTION for note in version.notes):
        return "no new correction note, an earlier one stands"
    return "marked as updated, no correction note" if version.notes else "no correction note"


def _moved(version: VersionSeen) -> str:
    names = [f"-{one.line}" for one in version.steps_removed] + [f"+{one.line}" for one in version.steps_added]
    return f" ({' '.join(names)})" if names else ""


def _counted(kind: ChangeKind, count: int) -> str:
    one, many = _COUNTED[kind]
    return one if kind is ChangeKind.HEADLINE else f"{count} {one if count == 1 else many}"


def _telling(change: Change) -> int:
    """Where there is no room for all: the headline first, then changed numbers, then other words, then the rest."""
    if change.kind is ChangeKind.HEADLINE:
        return 0
    kinds = {one.kind for one in change.words}
    return 1 if WordKind.NUMBER in kinds else 2 if kinds else 3


def _what(change: Change, word: WordChange) -> str:
    return "headline" if change.kind is ChangeKind.HEADLINE else word.kind.value


def _focus(spans: Sequence[tuple[int, int]], place: Place | None) -> int:
    return spans[0][0] - place.start if spans and place else 0


def _clipped(text: str, width: int, focus: int = 0) -> str:
    """The text in one line of a width, cut so that what stands at `focus` is seen."""
    line = _printable(text.replace("\n", " "))
    if len(line) <= width:
        return line
    if focus <= width * 2 // 3:
        return line[: width - 1].rstrip() + "…"
    start = min(focus - width // 3, len(line) - width + 1)
    end = start + width - 2
    tail = "…" if end < len(line) else ""
    return f"…{line[start:end] if tail else line[start:]}{tail}"


def _printable(text: str) -> str:
    # A page's text may hold what moves a terminal's cursor or turns the direction of writing.
    return "".join(char if char.isprintable() else " " for char in text)
