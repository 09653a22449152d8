"""Whose copy each text is, kept up as texts arrive: candidates from the store, verdicts from the identity step.

Of all articles of one month that have the same words, the earliest stands for the others: it alone is filed under the
bands and has near copies, the others are its copies by the key of the whole text. So ten thousand reprints cost a
look each, and no bucket grows by them. Where an earlier one comes, or the one that stood goes, both are compared
anew with the batch.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from crawlers.outlet import Outlet
from flows.findings import zoned
from flows.steps.identify import BUCKET, Doc, identify_all, month_of, months_around, prepared, verdict_between
from flows.steps.signature import FEWEST_SHARED
from flows.steps.urls import canonical_url
from flows.wire import TextLine
from storage import keys
from storage.models import RedirectKind, RedirectRow
from storage.records import Identity, Relation
from storage.store import ArticleIdentity, ArticleRelation, ReadPage, Store, StoredText, WorkMember
from storage.terms import CopyKind

ALGORITHM = "minhash-24x3-verdict-2"
UNDATED = 0
WHOLE_TEXT = 1
"""Stands for the month of the key of a whole text, which knows none."""

COPIES = frozenset({CopyKind.EXACT, CopyKind.NEAR})

EITHER_SIDE = 10
"""With how many equal texts before it in time, and after it, a text is paired; more are tied through these."""

MOST_COMPARED = 25
"""With how many others, those sharing most bands, a text is compared."""

_NO_LIMIT = 2**31
_BAND_BITS = 0x7FFF_FFFF

Works: TypeAlias = dict[int, int]
"""Article id to the id of its work."""

Bands: TypeAlias = Collection[tuple[int, int]]
"""(month, band key) pairs."""


def identify_lines(lines: Sequence[TextLine], outlets: Mapping[str, Outlet]) -> list[Identity]:
    """The identity of every C4 line among the others, in the order given."""
    return identify_all([_doc_of_line(line) for line in lines], outlets)


def copies(
    current: Sequence[ReadPage], store: Store, outlets: Mapping[str, Outlet], left: Mapping[int, Bands] | None = None
) -> tuple[list[ArticleIdentity], Works, list[RedirectRow]]:
    """What to file of articles whose current text is new: relations and bands, works, and works that gave way.

    Works are of every article that is tied to a new text. Undated texts are compared with undated ones only, and
    with all others for exact equality, so that the result does not depend on the order of arrival. `left` are the
    bands of articles that go with this batch. What comes back may hold further articles: those that stand for their
    equals from now on, or cease to.
    """
    batch = _Batch(store, outlets, {read.article_id: _doc_of_page(read) for read in current})
    batch.add_stand_ins(left or {})
    batch.file()
    pairs = batch.equal_pairs() | batch.near_pairs() | batch.named_pairs()
    found = batch.related(pairs)
    docs = batch.docs
    members = store.work_members({*docs, *(int(one.id) for related in found.values() for one in related)})
    works = _works(docs, found, members)
    identities = [
        ArticleIdentity(
            article,
            works[article],
            None,  # its story is told anew
            ALGORITHM,
            [ArticleRelation(int(one.id), one.kind, one.score, one.why) for one in found[article]],
            sorted(batch.filed[article]),
        )
        for article in docs
    ]
    return identities, works, _given_up(works, members)


@dataclass
class _Batch:
    """The texts under comparison, those on file that are drawn in, and where each is filed."""

    store: Store
    outlets: Mapping[str, Outlet]
    docs: dict[int, Doc]
    filed: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ready = {article: prepared(doc, self.outlets) for article, doc in self.docs.items()}
        self.moments = {article: doc.published for article, doc in self.docs.items()}
        self._wholes: dict[int, int] = {}
        self._worth: dict[int, dict[int, int]] = {}

    def whole(self, article: int) -> int:
        """The key of the whole text of one of the docs."""
        if article not in self._wholes:
            self._wholes[article] = keys.key("exact", self.ready[article].signature.text_sha256)
        return self._wholes[article]

    def month(self, article: int) -> int:
        """The month an article is filed under."""
        published = self.moments[article]
        return month_of(published) if published else UNDATED

    def order(self, article: int) -> tuple[bool, float, int]:
        """Order in time; undated ones last."""
        published = self.moments[article]
        return (published is None, published.timestamp() if published else 0.0, article)

    def add_stand_ins(self, left: Mapping[int, Bands]) -> None:
        """Find all equals of the texts, and draw in those on file that stand for them from now on or cease to."""
        before = self.store.bands_of(self.docs) | dict(left)
        parted = {key for bands in before.values() for month, key in bands if month == WHOLE_TEXT}
        own = {self.whole(article) for article in self.docs}
        on_file = self.store.band_candidates((WHOLE_TEXT,), own | parted, _NO_LIMIT)
        equals: defaultdict[int, list[int]] = defaultdict(list)
        for key, article in on_file:
            if article not in self.docs and article not in left:
                equals[key].append(article)
        self.moments = self.store.published_of(one for many in equals.values() for one in many) | self.moments
        firsts: dict[tuple[int, int], int] = {}
        for key, articles in equals.items():
            for article in sorted(articles, key=self.order):
                firsts.setdefault((key, self.month(article)), article)
        arriving: dict[tuple[int, int], int] = {}
        for article in sorted(self.docs, key=self.order):
            arriving.setdefault((self.whole(article), self.month(article)), article)
        filed = self.store.bands_of(firsts.values())
        drawn = set()
        for (key, month), article in firsts.items():
            rival = arriving.get((key, month), article)
            stands_now = len(filed.get(article, ())) > 1
            if stands_now != (self.order(article) <= self.order(rival)):
                drawn.add(article)
        for text in self.store.texts_of(drawn):
            self.docs[text.article_id] = _doc_of_stored(text)
            self.ready[text.article_id] = prepared(self.docs[text.article_id], self.outlets)
        for article in self.docs:
            equals[self.whole(article)].append(article)
        self.equals = {key: sorted(set(articles), key=self.order) for key, articles in equals.items()}

    def file(self) -> None:
        """File every text under its whole text, and under the bands the one that stands for its month."""
        stands: dict[tuple[int, int], int] = {}
        for key, articles in self.equals.items():
            for article in articles:
                stands.setdefault((key, self.month(article)), article)
        for article in self.docs:
            key, month = self.whole(article), self.month(article)
            self.filed[article] = {(WHOLE_TEXT, key)}
            if stands[key, month] == article:
                self.filed[article] |= {(month, band & _BAND_BITS) for band in self.ready[article].signature.bands}

    def equal_pairs(self) -> set[tuple[int, int]]:
        """Each text with those of the same words that are nearest to it in time."""
        pairs = set()
        for articles in self.equals.values():
            for at, article in enumerate(articles):
                if article in self.docs:
                    near = articles[max(0, at - EITHER_SIDE) : at + 1 + EITHER_SIDE]
                    pairs |= {_pair(article, other) for other in near if other != article}
        return pairs

    def near_pairs(self) -> set[tuple[int, int]]:
        """Each text that is filed under bands with those that share enough of them, on file or in the batch."""
        asked: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        in_batch: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
        for article in sorted((one for one in self.docs if len(self.filed[one]) > 1), key=self.order, reverse=True):
            published = self.moments[article]
            asked[months_around(published) if published else (UNDATED,)].append(article)
            for band in self._weighed(article):
                in_batch[published is None, band].append(article)
        pairs = set()
        for months, articles in asked.items():
            wanted = {band for article in articles for band in self._weighed(article)}
            holders: defaultdict[int, list[int]] = defaultdict(list)
            for band, article in self.store.band_candidates(months, wanted, BUCKET):
                if article not in self.docs:
                    holders[band].append(article)
            is_undated = months == (UNDATED,)
            met = {band for (undated, band), many in in_batch.items() if undated == is_undated and len(many) > 1}
            met |= holders.keys()
            for article in articles:
                shared: Counter[int] = Counter()
                weighed = self._weighed(article)
                for band in weighed.keys() & met:
                    together = in_batch[is_undated, band]
                    others = holders.get(band, []) + (together[:BUCKET] if len(together) > 1 else [])
                    shared.update(others * weighed[band])
                shared.pop(article, None)
                pairs |= {_pair(article, other) for other in _worth_a_look(shared)}
        return pairs

    def named_pairs(self) -> set[tuple[int, int]]:
        """Each text with those it names as its translations."""
        named = {
            article: [canonical_url(url) for url in doc.translations.values()] for article, doc in self.docs.items()
        }
        article_of = self.store.articles_of_urls(url for urls in named.values() for url in urls)
        article_of |= {doc.canonical_url: article for article, doc in self.docs.items() if doc.canonical_url}
        return {
            _pair(article, article_of[url])
            for article, urls in named.items()
            for url in urls
            if article_of.get(url, article) != article
        }

    def related(self, pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[Relation, ...]]:
        """The relations of every text, from one look at each pair."""
        pairs = sorted(pairs)
        texts = self.store.texts_of({one for pair in pairs for one in pair} - self.docs.keys())
        ready = self.ready | {text.article_id: prepared(_doc_of_stored(text), self.outlets) for text in texts}
        found: dict[int, list[Relation]] = {article: [] for article in self.docs}
        for first, second in pairs:
            if first not in ready or second not in ready:
                continue
            relation = verdict_between(ready[first], ready[second])
            if relation is None:
                continue
            if first in found:
                found[first].append(relation)
            if second in found:
                found[second].append(relation.model_copy(update={"id": str(first)}))
        return {article: tuple(relations) for article, relations in found.items()}

    def _weighed(self, article: int) -> dict[int, int]:
        if article not in self._worth:
            weighed = self.ready[article].signature.weighed
            self._worth[article] = {band & _BAND_BITS: worth for band, worth in weighed.items()}
        return self._worth[article]


def _pair(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)


def _worth_a_look(shared: Mapping[int, int]) -> list[int]:
    """Those that share enough bands to be copies; of too many, those that share most."""
    enough = [other for other, count in shared.items() if count >= FEWEST_SHARED]
    if len(enough) <= MOST_COMPARED:
        return enough
    return sorted(enough, key=lambda one: (-shared[one], one))[:MOST_COMPARED]


def _works(docs: Mapping[int, Doc], found: Mapping[int, Sequence[Relation]], members: Iterable[WorkMember]) -> Works:
    """The work of every new text and of every article it is tied to: the id of the earliest member of the group.

    A new text's old ties are dropped; ties between other articles stay.
    """
    order = {
        one.article_id: (one.published_at is None, one.published_at.timestamp() if one.published_at else 0.0)
        for one in members
    }
    order |= {a: (d.published is None, d.published.timestamp() if d.published else 0.0) for a, d in docs.items()}
    ties: defaultdict[int, set[int]] = defaultdict(set)
    pairs = [(one.article_id, other) for one in members for other in one.copies if one.article_id not in docs]
    pairs = [(one, other) for one, other in pairs if other not in docs]
    pairs += [(article, int(one.id)) for article, related in found.items() for one in related if one.kind in COPIES]
    for first, second in pairs:
        ties[first].add(second)
        ties[second].add(first)
    works: Works = {}
    for article in sorted(order, key=lambda one: (order[one], one)):
        if article in works:
            continue
        waiting = [article]
        while waiting:
            one = waiting.pop()
            if one not in works:
                works[one] = article
                waiting += ties[one]
    return works


def _given_up(works: Works, members: Iterable[WorkMember]) -> list[RedirectRow]:
    """Works that were on file and have no member any more."""
    still = set(works.values())
    return [
        RedirectRow(kind=RedirectKind.WORK, old_id=old, new_id=new, reason="an earlier copy was found")
        for old, new in sorted({(one.work_id, works[one.article_id]) for one in members if one.work_id is not None})
        if old not in still and old != new
    ]


def _doc_of_page(read: ReadPage) -> Doc:
    reading = read.reading
    return Doc(
        id=str(read.article_id),
        title=reading.title,
        text=reading.text,
        paragraphs=reading.paragraphs,
        url=reading.url,
        canonical_url=reading.canonical_url,
        outlet=reading.outlet,
        language=reading.language,
        published=reading.published_at,
        translations=reading.translations,
    )


def _doc_of_stored(text: StoredText) -> Doc:
    return Doc(
        id=str(text.article_id),
        title=text.headline,
        text="\n\n".join(paragraph.text for paragraph in text.paragraphs),
        paragraphs=text.paragraphs,
        url=text.url,
        canonical_url=text.canonical_url,
        outlet=text.outlet,
        language=text.language,
        published=text.published_at,
        translations=text.translations,
    )


def _doc_of_line(line: TextLine) -> Doc:
    language, paragraphs = zoned(line)
    return Doc(
        id=line.id,
        title=line.title,
        text=line.text,
        paragraphs=tuple(paragraphs),
        url=line.url,
        canonical_url=line.canonical_url,
        outlet=line.outlet,
        language=language,
        published=line.published,
        translations=line.translations,
    )
