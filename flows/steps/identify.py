"""Whose copy a text is: exact and near copies, and translations that are proven by address.

Candidates come from shared MinHash bands (`flows.steps.signature`); the verdict is a second look at both texts. It
asks how much of the shorter text stands in the longer one, where the rest lies, and what was exchanged: a template
filled anew keeps its words and exchanges its numbers and names, a follow-up repeats old paragraphs under a new
opening, a copy keeps its opening and its facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawlers.outlet import Outlet
from flows.steps.compare import Compared, compare, is_near, prepare
from flows.steps.signature import Signature, jaccard, signature
from flows.steps.text import PARAGRAPH_BREAK, fold, squeeze
from flows.steps.urls import canonical_url, is_same_article_translation
from storage.keys import KYIV, kyiv_day
from storage.records import Identity, Paragraph, Relation
from storage.terms import CopyKind, Zone

WINDOW = timedelta(days=45)
"""How far apart in time near copies may be published."""

BUCKET = 200
"""How many of a band's texts, the nearest in time, are looked at."""

FEW_WORDS = 60
FEW_WORDS_WINDOW = timedelta(days=2)
"""Equal texts of few words, published further apart than this, are formulas (an all-clear, a newsletter's foot)."""

_NOT_COMPARED = frozenset({Zone.BACKGROUND, Zone.SOURCE, Zone.CAPTION, Zone.EDITOR_NOTE})
_ENOUGH_WORDS = 20


@dataclass(frozen=True)
class Doc:
    """What identity needs to know of a text.

    `paragraphs` with zones are used if given, else `text`. `published` is aware or None; `translations` maps
    language to the address a page names for it (hreflang); `outlet` is a slug.
    """

    id: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...] | None = None
    url: str | None = None
    canonical_url: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: datetime | None = None
    translations: Mapping[str, str] = field(default_factory=dict)


def compared_text(doc: Doc) -> str:
    """What of a document is compared: headline and paragraphs, without background, sources, captions and notes."""
    title = squeeze(doc.title)
    if doc.paragraphs:
        kept = PARAGRAPH_BREAK.join(one.text for one in doc.paragraphs if one.zone not in _NOT_COMPARED)
        body = kept if len(kept.split()) >= _ENOUGH_WORDS else doc.text
    else:
        body = doc.text
    if fold(squeeze(body[: 2 * len(title) + 20])).startswith(fold(title)):
        return body  # flattened pages begin with their headline
    return title + PARAGRAPH_BREAK + body


def sign(doc: Doc) -> Signature:
    """The signature by which a document is stored and its candidates are found."""
    return signature(compared_text(doc))


def month_of(published: datetime) -> int:
    """The month in Kyiv as yyyymm: the first part of the key a band is stored under."""
    day = kyiv_day(published)
    return day.year * 100 + day.month


def months_around(published: datetime) -> tuple[int, ...]:
    """The months, as yyyymm, in which near copies of a text published then may lie; in order."""
    moment, last = published.astimezone(KYIV) - WINDOW, month_of(published + WINDOW)
    months = [month_of(moment)]
    while months[-1] < last:
        year, month = divmod(months[-1], 100)
        months.append((year + 1) * 100 + 1 if month == 12 else months[-1] + 1)  # noqa: PLR2004  December
    return tuple(months)


def verdict(a: Doc, b: Doc, outlets: Mapping[str, Outlet] | None = None) -> Relation | None:
    """How `b` relates to `a`: a relation naming `b`, or None. Symmetric but for the id.

    `outlets` by slug are needed only for translations known by the number they share.
    """
    return _verdict(_prepared(a), _prepared(b), outlets or {})


def verdicts(doc: Doc, candidates: Iterable[Doc], outlets: Mapping[str, Outlet] | None = None) -> tuple[Relation, ...]:
    """The relations of a document to those of the candidates that have one, best first."""
    ours = _prepared(doc)
    found = (_verdict(ours, _prepared(one), outlets or {}) for one in candidates if one.id != doc.id)
    return _ordered(relation for relation in found if relation)


def identify_all(docs: Sequence[Doc], outlets: Mapping[str, Outlet] | None = None) -> list[Identity]:
    """The identity of every document among the others, in the order given; the partition knows no order.

    A work's id is that of its earliest member by (published, id), undated ones last. Ids must be unique; raises
    ValueError otherwise.
    """
    ready = {doc.id: _prepared(doc) for doc in docs}
    if len(ready) != len(docs):
        message = "document ids are not unique"
        raise ValueError(message)
    relations: dict[str, list[Relation]] = defaultdict(list)
    works = _Works(ready)
    for first, second in _candidates(list(ready.values())):
        relation = _verdict(first, second, outlets or {})
        if relation is None:
            continue
        relations[first.doc.id].append(relation)
        relations[second.doc.id].append(relation.model_copy(update={"id": first.doc.id}))
        if relation.kind in {CopyKind.EXACT, CopyKind.NEAR}:
            works.join(first.doc.id, second.doc.id)
    return [Identity(id=doc.id, work=works.find(doc.id), relations=_ordered(relations.get(doc.id, ()))) for doc in docs]


@dataclass(frozen=True)
class _Prepared:
    doc: Doc
    compared: Compared
    signature: Signature
    own: frozenset[str]
    named: Mapping[str, str]

    @property
    def order(self) -> tuple[bool, float, str]:
        published = self.doc.published
        return (published is None, published.timestamp() if published else 0.0, self.doc.id)


class _Works:
    """Union-find whose root is always the earliest member."""

    def __init__(self, ready: Mapping[str, _Prepared]) -> None:
        self._order = {name: one.order for name, one in ready.items()}
        self._parent = {name: name for name in ready}

    def find(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, first: str, second: str) -> None:
        earlier, later = sorted((self.find(first), self.find(second)), key=self._order.__getitem__)
        self._parent[later] = earlier


def _prepared(doc: Doc) -> _Prepared:
    text = compared_text(doc)
    own = {canonical_url(url) for url in (doc.canonical_url, doc.url) if url}
    named = {language: canonical_url(url) for language, url in doc.translations.items()}
    return _Prepared(doc, prepare(text), signature(text), frozenset(filter(_is_of_a_page, own)), named)


def _is_of_a_page(url: str) -> bool:
    """Whether an address is that of one text; a site's root is not."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _ordered(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    kinds = list(CopyKind)
    return tuple(sorted(relations, key=lambda one: (kinds.index(one.kind), -one.score, one.id)))


def _candidates(ready: list[_Prepared]) -> list[tuple[_Prepared, _Prepared]]:
    """Pairs that share a band, an exact text, an address or a number, each once, in an order of their own."""
    ready = sorted(ready, key=lambda one: one.order)
    buckets: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(ready):
        for key in (*one.signature.bands, one.signature.text_sha256, *one.own, *one.named.values()):
            buckets[key].append(place)
    pairs = {
        (earlier, later)
        for places in buckets.values()
        for at, later in enumerate(places)
        for earlier in places[max(0, at - BUCKET) : at]
    }
    return [(ready[earlier], ready[later]) for earlier, later in sorted(pairs)]


def _verdict(a: _Prepared, b: _Prepared, outlets: Mapping[str, Outlet]) -> Relation | None:
    score = jaccard(a.compared.shingles, b.compared.shingles)
    if _differ(a.doc.language, b.doc.language):
        return Relation(id=b.doc.id, kind=CopyKind.TRANSLATION, score=score) if _is_translation(a, b, outlets) else None
    gap = abs(a.doc.published - b.doc.published) if a.doc.published and b.doc.published else timedelta(0)
    is_one_address = bool(a.own & b.own)
    if a.compared.tokens and a.signature.text_sha256 == b.signature.text_sha256:
        is_formula = len(a.compared.tokens) < FEW_WORDS and gap > FEW_WORDS_WINDOW and not is_one_address
        return None if is_formula else Relation(id=b.doc.id, kind=CopyKind.EXACT, score=1.0)
    if is_one_address or (gap <= WINDOW and is_near(compare(a.compared, b.compared))):
        return Relation(id=b.doc.id, kind=CopyKind.NEAR, score=score)
    return None


def _differ(first: str | None, second: str | None) -> bool:
    return first is not None and second is not None and first != second


def _is_translation(a: _Prepared, b: _Prepared, outlets: Mapping[str, Outlet]) -> bool:
    """Proven by one address for both, by what a page names as its translation, or by the number they share."""
    if a.own & b.own or a.named.get(b.doc.language or "") in b.own or b.named.get(a.doc.language or "") in a.own:
        return True
    outlet = outlets.get(a.doc.outlet or "") if a.doc.outlet == b.doc.outlet else None
    return outlet is not None and any(
        is_same_article_translation(ours, theirs, outlet) for ours in a.own for theirs in b.own
    )
