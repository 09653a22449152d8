"""The store as it will stand once what was read anew is saved.

Whose copy a text is depends on all other texts, and a ledger line on all claims. So each batch is judged against the
store with everything read anew so far put over it; nothing is written. Texts rest in a temporary file: memory holds
numbers, and the claims that change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self, TypeVar

from flows.copies import ALGORITHM
from flows.ingest import Place
from flows.knowledge import Knowledge
from flows.reference import reference_rows
from flows.reread_made import Reread, Tie
from flows.works import COPIES
from storage import keys
from storage.records import Filed, FiledRow, Reading
from storage.store import FiledClaim, ReadPage, Store, StoredCapture, StoredText, WorkMember, stale
from storage.terms import CopyKind

Related = dict[int, tuple[CopyKind, float, tuple[str, ...]]]
"""Articles another one is related to: how, with which score, and why."""


Told = tuple[float, str, tuple[str, ...]]
"""What is told of a relation: the score, the comparison that found it, and why."""


Seen = TypeVar("Seen", bound=FiledRow)


@dataclass(frozen=True, slots=True)
class _Put:
    """Where the text of an article's new current reading rests, and what is asked of it often."""

    page_id: int
    version_id: int
    identifier: str
    published_at: datetime | None
    start: int
    length: int


class View:
    """A store and what is put over it; answers what `flows.copies` and the version step ask a store.

    Use as a context manager: leaving the block removes the temporary file.
    """

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        self.store = store
        self._outlets = {row.outlet: row for row in reference_rows(knowledge)[0]}
        self._spool = TemporaryFile("w+b")  # noqa: SIM115 - closed when the view is left
        self.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def forget(self) -> None:
        """Take everything off again, since it was saved."""
        self._gone: set[int] = set()
        self._anew: set[int] = set()
        self._lost: set[int] = set()
        self._moved: dict[int, int] = {}
        self._found: defaultdict[int, list[StoredCapture]] = defaultdict(list)
        self._texts: dict[int, _Put] = {}
        self._addresses: dict[str, int] = {}
        self._filed: dict[int, Filed] = {}
        self._equals: defaultdict[int, set[int]] = defaultdict(set)
        self._compared: set[int] = set()
        self._related: defaultdict[int, Related] = defaultdict(dict)
        self._works: dict[int, int] = {}
        self._members: defaultdict[int, set[int]] = defaultdict(set)
        self._claims: dict[int, list[FiledClaim]] = {}
        self._spool.seek(0)
        self._spool.truncate()

    def compare_anew(self, articles: Iterable[int]) -> None:
        """Let nobody find these articles by how they are filed, until the next batch is put or saved."""
        self._anew = set(articles)

    def hide(self, articles: Iterable[int]) -> None:
        """Have these articles gone; their claims are told to go with the batch."""
        for article in articles:
            self._gone.add(article)
            self._texts.pop(article, None)
            self._unrelate(article)
            self._unfile(article)
            self._move(article, None)

    def put(self, made: Reread) -> None:
        """Put a batch over the store."""
        self._anew = set()
        self.hide(made.gone)
        self._lost |= made.lost
        self._moved |= {one.page_id: one.version_id for one in made.batch.filed}
        for page in made.found:
            values = {name: getattr(page, name) for name in StoredCapture.__dataclass_fields__}
            self._found[values["article_id"]].append(StoredCapture(**values))
        for read in made.current.values():
            self._gone.discard(read.article_id)
            self._texts[read.article_id] = self._written(read)
            for url in (read.reading.canonical_url, read.reading.url):
                if url:
                    self._addresses[url] = read.article_id
        self._claims |= made.claims
        compared = [one for one in made.batch.identities if one.article_id not in made.gone]
        for one in compared:
            self._unrelate(one.article_id)
            self._compared.add(one.article_id)
            self._unfile(one.article_id)
            if one.filed is not None:
                self._filed[one.article_id] = one.filed
                self._equals[one.filed.text_key].add(one.article_id)
            self._move(one.article_id, one.work_id)
        for one in compared:
            for other in one.relations:
                told = (other.kind, other.score, other.why)
                self._related[one.article_id][other.other_article_id] = told
                self._related[other.other_article_id][one.article_id] = told
        for article, work in made.batch.works.items():
            self._move(article, work)

    def _written(self, read: ReadPage) -> _Put:
        text = read.reading.model_dump_json().encode()
        start = self._spool.seek(0, 2)
        self._spool.write(text)
        published_at = keys.published_by(read.reading.published_at, read.reading.published_precision)
        return _Put(read.page_id, read.version_id, read.identifier, published_at, start, len(text))

    def _unrelate(self, article: int) -> None:
        for other in self._related.pop(article, {}):
            self._related[other].pop(article, None)

    def _unfile(self, article: int) -> None:
        if (filed := self._filed.pop(article, None)) is not None:
            self._equals[filed.text_key].discard(article)

    def _move(self, article: int, work: int | None) -> None:
        before = self._works.pop(article, None)
        if before is not None:
            self._members[before].discard(article)
        if work is not None:
            self._works[article] = work
            self._members[work].add(article)

    def current(self, articles: Iterable[int]) -> Iterator[ReadPage]:
        """The current readings of the articles that are there, without findings, by article id."""
        wanted = sorted(set(articles) - self._gone)
        on_file = {
            one.article_id: ReadPage(one.page_id, one.article_id, one.version_id, one.identifier, one.reading)
            for one in stale.current_readings(self.store, [one for one in wanted if one not in self._texts])
            if one.is_latest
        }
        for article in wanted:
            if article in self._texts:
                yield self._read(article)
            elif article in on_file:
                yield on_file[article]

    def _read(self, article: int) -> ReadPage:
        put = self._texts[article]
        self._spool.seek(put.start)
        reading = Reading.model_validate_json(self._spool.read(put.length))
        return ReadPage(put.page_id, article, put.version_id, put.identifier, reading)

    def holds(self, article: int) -> bool:
        """Whether there is such an article."""
        if article in self._gone:
            return False
        return article in self._texts or bool(stale.filed_articles(self.store, [article]))

    def addresses_of(self, articles: Iterable[int]) -> dict[int, str]:
        """The address of each article, or its URN where it has none."""
        wanted = set(articles)
        found = {one: filed.address for one, filed in stale.filed_articles(self.store, wanted).items()}
        for article in wanted & self._texts.keys():
            read = self._read(article)
            found[article] = read.reading.canonical_url or read.reading.url or read.identifier
        return found

    def article_captures(self, article_ids: Iterable[int]) -> dict[int, list[StoredCapture]]:
        """The captures of each article, as `Store.article_captures`."""
        wanted = set(article_ids)
        found: dict[int, list[StoredCapture]] = {}
        on_file = self.store.article_captures(wanted)
        for article in wanted:
            captures = {one.page_id: one for one in (*on_file.get(article, ()), *self._found.get(article, ()))}
            kept = [
                replace(one, version_id=self._moved.get(page_id, one.version_id))
                for page_id, one in captures.items()
                if page_id not in self._lost
            ]
            if kept:
                found[article] = sorted(kept, key=_in_time)
        return found

    def articles_of_urls(self, urls: Iterable[str]) -> dict[str, int]:
        """The article of each address, as `Store.articles_of_urls`."""
        wanted = list(urls)
        found = {url: one for url, one in self.store.articles_of_urls(wanted).items() if one not in self._gone}
        return found | {url: self._addresses[url] for url in wanted if url in self._addresses}

    def texts_of(self, article_ids: Iterable[int]) -> list[StoredText]:
        """The current readings, as `Store.texts_of`."""
        wanted = set(article_ids) - self._gone
        found = self.store.texts_of(wanted - self._texts.keys())
        found += [_stored(self._read(article)) for article in wanted & self._texts.keys()]
        return sorted(found, key=lambda one: one.article_id)

    def filed_between(self, first_day: int, last_day: int) -> list[FiledRow]:
        """What the articles of those days are filed under, as `Store.filed_between`."""
        anew: list[FiledRow] = [one for one in self._filed.values() if one.bands and first_day <= one.day <= last_day]
        return self._seen(self.store.filed_between(first_day, last_day), anew)

    def filed_as(self, text_keys: Iterable[int]) -> list[Filed]:
        """The articles whose words have one of those hashes, as `Store.filed_as`."""
        asked = set(text_keys)
        return self._seen(self.store.filed_as(asked), [self._filed[one] for key in asked for one in self._equals[key]])

    def _seen(self, on_file: Iterable[Seen], anew: Iterable[Seen]) -> list[Seen]:
        hidden = self._filed.keys() | self._gone | self._anew
        kept = [one for one in on_file if one[0] not in hidden]
        return kept + [one for one in anew if one[0] not in self._anew]

    def works_of(self, article_ids: Iterable[int]) -> dict[int, int]:
        """The work of each of the articles that has one, as `Store.works_of`."""
        wanted = set(article_ids) - self._gone
        found = self.store.works_of(wanted - self._works.keys())
        return found | {one: self._works[one] for one in wanted & self._works.keys()}

    def work_members(self, article_ids: Iterable[int]) -> list[WorkMember]:
        """All members of the articles' works, as `Store.work_members`; perhaps of further whole works."""
        found: dict[int, WorkMember] = {}
        seen: set[int] = set()
        waiting = set(article_ids)
        while waiting:
            seen |= waiting
            found |= {one.article_id: one for one in self.store.work_members(waiting)}
            seen |= found.keys()
            works = {self._work(one, found.get(one)) for one in seen} - {None}
            together = {other for work in works if work is not None for other in (work, *self._members.get(work, ()))}
            waiting = together - seen
        there = (found.keys() | (seen & self._works.keys())) - self._gone
        return [self._member(one, found.get(one)) for one in sorted(there)]

    def _work(self, article: int, on_file: WorkMember | None) -> int | None:
        return self._works.get(article, on_file.work_id if on_file else None)

    def _member(self, article: int, on_file: WorkMember | None) -> WorkMember:
        copies = {other for other, (kind, _, _) in self._related.get(article, {}).items() if kind in COPIES}
        if on_file is not None and article not in self._compared:
            copies |= set(on_file.copies) - self._compared - self._gone
        published_at = on_file.published_at if on_file else None
        if article in self._texts:
            published_at = self._texts[article].published_at
        return WorkMember(article, self._work(article, on_file), published_at, tuple(sorted(copies)))

    def ties_of(self, articles: Iterable[int]) -> dict[Tie, Told]:
        """Copies and translations of the articles, the lower id first, and what is told of each."""
        wanted = set(articles)
        unsure = self._compared | self._gone
        found: dict[Tie, Told] = {
            (first, second, kind): (score, algorithm, why)
            for first, second, kind, score, algorithm, why in stale.ties_of(self.store, wanted)
            if kind is not CopyKind.SAME_EVENT and first not in unsure and second not in unsure
        }
        for article in wanted:
            for other, (kind, score, why) in self._related.get(article, {}).items():
                found[min(article, other), max(article, other), kind] = (score, ALGORITHM, why)
        return found

    def published_of(self, article_ids: Iterable[int]) -> dict[int, datetime | None]:
        """The moment by which each of the articles was published, as `Store.published_of`."""
        wanted = set(article_ids) - self._gone
        found = self.store.published_of(wanted - self._texts.keys())
        return found | {one: self._texts[one].published_at for one in wanted & self._texts.keys()}

    def filed_of(self, articles: Iterable[int]) -> dict[int, Filed]:
        """What each of the articles is filed under, as `Store.filed_of`."""
        wanted = set(articles)
        found = self.store.filed_of(wanted - self._filed.keys())
        return found | {one: self._filed[one] for one in wanted & self._filed.keys()}

    def claims_of(self, articles: Iterable[int]) -> dict[int, list[FiledClaim]]:
        """The claims of each article's current reading."""
        wanted = set(articles)
        on_file = stale.claims_of(self.store, wanted - self._claims.keys())
        return self._of_today(on_file | {one: self._claims[one] for one in wanted & self._claims.keys()})

    def claims_about(self, guarantor: str) -> list[FiledClaim]:
        """The claims of all current readings about one guarantor."""
        on_file = [one for one in self.store.claims_on_file(guarantor=guarantor) if one.article_id not in self._claims]
        anew = [one for claims in self._claims.values() for one in claims if one.claim.guarantor == guarantor]
        return [one for claims in self._of_today({0: [*on_file, *anew]}).values() for one in claims]

    def work_of(self, article: int, on_file: int | None) -> int:
        """The work of an article, given what the store says."""
        return self._works.get(article, article if on_file is None else on_file)

    def _of_today(self, claims: Mapping[int, list[FiledClaim]]) -> dict[int, list[FiledClaim]]:
        return {article: [self.as_known(one) for one in found] for article, found in claims.items()}

    def as_known(self, claim: FiledClaim) -> FiledClaim:
        """A claim with side and tier of its outlet as they are known today."""
        outlet = self._outlets.get(claim.outlet)
        return replace(claim, outlet_side=outlet.side, outlet_tier=outlet.tier) if outlet else claim


_ANY = datetime.min.replace(tzinfo=UTC)


def _in_time(capture: StoredCapture) -> tuple[bool, datetime, int]:
    return (capture.fetched_at is not None, capture.fetched_at or _ANY, capture.page_id)


def _stored(read: ReadPage) -> StoredText:
    reading = read.reading
    return StoredText(
        article_id=read.article_id,
        reading_id=0,
        version_id=read.version_id,
        outlet=reading.outlet,
        url=reading.canonical_url or reading.url,
        language=reading.language,
        headline=reading.title,
        text_full=reading.text_full,
        text_sha256=keys.sha256(reading.text_full),
        paragraphs=reading.paragraphs,
        published_at=reading.published_at,
        published_precision=reading.published_precision,
        published_on=keys.kyiv_day(reading.published_at) if reading.published_at else None,
        canonical_url=reading.canonical_url,
        translations=reading.translations,
        work_id=None,
        story_id=None,
    )


@dataclass(frozen=True)
class Work:
    """Where reading anew works: the place, the view, and the run whose outcomes are noted."""

    place: Place
    view: View
    run_id: str
    now: datetime
