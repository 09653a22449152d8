"""Whose copy each text is, kept up as texts arrive: candidates from the store, verdicts from the identity step.

Of all articles of one month that have the same words, the earliest stands for the others: it alone is filed under the
bands and has near copies, the others are its copies by the hash of all words. So ten thousand reprints cost a
look each, and no bucket grows by them. Where an earlier one comes, or the one that stood goes, both are compared
anew with the batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawlers.outlet import Outlet
from flows.findings import zoned
from flows.nearby import nearby
from flows.steps.candidates import BLOCK, BandIndex, Candidates
from flows.steps.identify import Doc, filed, identify_all, month_of, prepared, verdict_between
from flows.steps.signature import BANDS, ROWS
from flows.wire import TextLine
from flows.works import Works, works_of
from storage.models import RedirectRow
from storage.records import Filed, Identity, Relation
from storage.store import ArticleIdentity, ArticleRelation, ReadPage, Store, StoredText

ALGORITHM = f"minhash-{BANDS}x{ROWS}-verdict-3"

EITHER_SIDE = 10
"""With how many equal texts before it in time, and after it, a text is paired; more are tied through these."""


def identify_lines(lines: Sequence[TextLine], outlets: Mapping[str, Outlet]) -> list[Identity]:
    """The identity of every C4 line among the others, in the order given."""
    return identify_all([_doc_of_line(line) for line in lines], outlets)


def copies(
    current: Sequence[ReadPage], store: Store, outlets: Mapping[str, Outlet], left: Mapping[int, Filed] | None = None
) -> tuple[list[ArticleIdentity], Works, list[RedirectRow]]:
    """What to file of articles whose current text is new: relations and bands, works, and works that gave way.

    Works are of the new texts and of all whose work is another one now. Undated texts are compared with undated ones
    only, and with all others for exact equality, so that the result does not depend on the order of arrival. `left`
    are articles that go with this batch, as they were filed. What comes back may hold further articles: those that
    stand for their equals from now on, or cease to.
    """
    batch = _Batch(store, outlets, {read.article_id: _doc_of_page(read) for read in current})
    batch.add_stand_ins(left or {})
    pairs = batch.equal_pairs() | batch.near_pairs() | batch.named_pairs()
    found = batch.related(pairs)
    docs = batch.docs
    works, redirects = works_of({article: doc.published_by for article, doc in docs.items()}, found, store)
    identities = [
        ArticleIdentity(
            article,
            works[article],
            None,  # its story is told anew
            ALGORITHM,
            [ArticleRelation(int(one.id), one.kind, one.score, one.why) for one in found[article]],
            batch.filed[article],
        )
        for article in docs
    ]
    return identities, works, redirects


@dataclass
class _Batch:
    """The texts under comparison, those on file that are drawn in, and where each is filed."""

    store: Store
    outlets: Mapping[str, Outlet]
    docs: dict[int, Doc]
    filed: dict[int, Filed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ready = {article: prepared(doc, self.outlets) for article, doc in self.docs.items()}
        self.moments = {article: doc.published_by for article, doc in self.docs.items()}
        self.signed = {article: self._sign(article) for article in self.docs}

    def _sign(self, article: int) -> Filed:
        return filed(article, self.docs[article], self.ready[article].signature)

    def stands_for(self, text_key: int, article: int) -> tuple[int, tuple[int, int] | None]:
        """Of which equals an article may be the one that stands for the others: of the same words and month."""
        return text_key, month_of(self.moments[article])

    def order(self, article: int) -> tuple[bool, float, int]:
        """Order in time; undated ones last."""
        published = self.moments[article]
        return (published is None, published.timestamp() if published else 0.0, article)

    def add_stand_ins(self, left: Mapping[int, Filed]) -> None:
        """Find all equals of the texts, and draw in those on file that stand for them from now on or cease to."""
        before = self.store.filed_of(self.docs) | dict(left)
        text_keys = {one.text_key for one in (*self.signed.values(), *before.values())} - {0}
        away = self.docs.keys() | left.keys()
        on_file = {one.article_id: one for one in self.store.filed_as(text_keys) if one.article_id not in away}
        self.moments = self.store.published_of(on_file) | self.moments
        stands: dict[tuple[int, tuple[int, int] | None], int] = {}
        for article in sorted((*on_file, *self.docs), key=self.order):
            text_key = (on_file.get(article) or self.signed[article]).text_key
            stands.setdefault(self.stands_for(text_key, article), article)
        drawn = {
            article
            for article, one in on_file.items()
            if (stands[self.stands_for(one.text_key, article)] == article) != bool(one.bands)
        }
        for text in self.store.texts_of(drawn):
            self.docs[text.article_id] = _doc_of_stored(text)
            self.ready[text.article_id] = prepared(self.docs[text.article_id], self.outlets)
            self.signed[text.article_id] = self._sign(text.article_id)
        equals: defaultdict[int, set[int]] = defaultdict(set)
        for article, one in (on_file | self.signed).items():
            equals[one.text_key].add(article)
        equals.pop(0, None)
        self.equals = [sorted(articles, key=self.order) for articles in equals.values()]
        self.filed = {
            article: one
            if stands.get(self.stands_for(one.text_key, article)) == article
            else one._replace(bands=b"", numbers=b"")
            for article, one in self.signed.items()
        }

    def equal_pairs(self) -> set[tuple[int, int]]:
        """Each text with those of the same words that are nearest to it in time."""
        pairs = set()
        for articles in self.equals:
            for at, article in enumerate(articles):
                if article in self.docs:
                    near = articles[max(0, at - EITHER_SIDE) : at + 1 + EITHER_SIDE]
                    pairs |= {_pair(article, other) for other in near if other != article}
        return pairs

    def near_pairs(self) -> set[tuple[int, int]]:
        """Each text that is filed under bands with those that share enough of them, on file or in the batch."""
        candidates = Candidates(self.filed.values())
        if isinstance(self.store, Store):
            nearby(self.store).find(candidates, self.docs)
        else:  # a view of one that is being read anew
            for at in candidates.blocks():
                on_file = self.store.filed_between(at * BLOCK, at * BLOCK + BLOCK - 1)
                candidates.look_among(BandIndex(on_file), self.docs)
        candidates.look_among(BandIndex(self.filed.values()))
        return {_pair(article, other) for article, others in candidates.found().items() for other in others}

    def named_pairs(self) -> set[tuple[int, int]]:
        """Each text with those it names as its translations."""
        named = {article: list(one.named.values()) for article, one in self.ready.items()}
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


def _pair(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)


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
        precision=reading.published_precision,
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
        precision=text.published_precision,
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
        precision=line.published_precision,
        translations=line.translations,
    )
