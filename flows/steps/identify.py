"""Whose copy a text is: exact and near copies, and translations that are proven by address.

Candidates come from shared MinHash bands (`flows.steps.signature`); the verdict is a second look at both texts. It
asks how much of the shorter text stands in the longer one, where the rest lies, and what was exchanged: a template
filled anew keeps its words and exchanges its numbers and names, a follow-up repeats old paragraphs under a new
opening, a copy keeps its opening and its facts. Of a text put into other words all through, the numbers, most names
and the opening's subject are left; that makes it a near copy within a few days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from crawlers.outlet import Outlet
from flows.steps.candidates import RETOLD_WINDOW, UNDATED, WINDOW, BandIndex, Candidates
from flows.steps.compare import FEWEST_WORDS, Likeness, is_near, is_retold, near_why, retold_why
from flows.steps.compared import Compared
from flows.steps.crossing import Facts, facts, signals
from flows.steps.signature import Signature, signature
from flows.steps.text import PARAGRAPH_BREAK, fold, squeeze
from flows.steps.translations import Addresses, is_refuted, proof_of_translation
from storage.keys import day_number, key, kyiv_day, published_by
from storage.records import Filed, Identity, Paragraph, Relation
from storage.terms import CopyKind, Zone

FEW_WORDS = 60
FEW_WORDS_WINDOW = timedelta(days=2)
"""Equal texts of few words, published further apart than this, are formulas (an all-clear, a newsletter's foot)."""

SAME_LANGUAGE = 0.8
"""Texts that share so much are of one language, whatever their labels say: in a mixed text they may differ."""

MOST_TOGETHER = 200
"""With how many before it in time, of those that share its words, an address or a number, a text is compared."""

_NOT_COMPARED = frozenset({Zone.BACKGROUND, Zone.SOURCE, Zone.CAPTION, Zone.EDITOR_NOTE})
_ENOUGH_WORDS = 20
_REASONS = 4


@dataclass(frozen=True)
class Doc:
    """What identity needs to know of a text.

    `paragraphs` with zones are used if given, else `text`. `published` is aware or None; `translations` maps
    language to the address a page names for it (hreflang); `outlet` is a slug. `precision` is a `TimePrecision`.
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
    precision: str | None = None
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def published_by(self) -> datetime | None:
        """The latest moment at which it may have been published; by this texts are put in order."""
        return published_by(self.published, self.precision)

    @cached_property
    def compared(self) -> Compared:
        """What is compared, made ready; worked out once, so keep a document that is asked about again."""
        return Compared(compared_text(self))

    @cached_property
    def facts(self) -> Facts:
        """What of it outlives translation."""
        return facts(compared_text(self), self.published, self.language)


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
    compared = doc.compared
    return signature(compared.tokens, compared.runs, compared.numbers, compared.telling, compared.opening)


def filed(article: int, doc: Doc, signed: Signature) -> Filed:
    """What a document is filed under."""
    day = day_number(kyiv_day(doc.published)) if doc.published else UNDATED
    text_key = key("exact", signed.text_sha256) if signed.bands else 0
    return Filed(article, day, text_key, signed.bands, signed.numbers)


def month_of(published: datetime | None) -> tuple[int, int] | None:
    """Year and month in Kyiv."""
    day = kyiv_day(published) if published else None
    return (day.year, day.month) if day else None


class Prepared(Addresses):
    """A document made ready for many verdicts: with its addresses, worked out once, when first asked for."""

    def __init__(self, doc: Doc, outlets: Mapping[str, Outlet]) -> None:
        urls = {url for url in (doc.canonical_url, doc.url) if url}
        super().__init__(urls, doc.translations, doc.language, outlets.get(doc.outlet or ""))
        self.doc = doc

    @cached_property
    def signature(self) -> Signature:
        """Its signature."""
        return sign(self.doc)

    @property
    def order(self) -> tuple[bool, float, str]:
        """Order in time; undated ones last."""
        published = self.doc.published_by
        return (published is None, published.timestamp() if published else 0.0, self.doc.id)


def prepared(doc: Doc, outlets: Mapping[str, Outlet] | None = None) -> Prepared:
    """A document made ready for many verdicts; `outlets` by slug know its mirrors and its numbers."""
    return Prepared(doc, outlets or {})


def verdict(a: Doc, b: Doc, outlets: Mapping[str, Outlet] | None = None) -> Relation | None:
    """How `b` relates to `a`: a relation naming `b`, or None. Symmetric but for the id.

    `outlets` by slug are needed only for translations known by the number they share.
    """
    return verdict_between(prepared(a, outlets), prepared(b, outlets))


def verdict_between(a: Prepared, b: Prepared, outlets: Mapping[str, Outlet] | None = None) -> Relation | None:
    """`verdict` of documents made ready; `outlets` are needed only where these were made ready without."""
    if outlets:
        a, b = (one if one.outlet else prepared(one.doc, outlets) for one in (a, b))
    like = Likeness(a.doc.compared, b.doc.compared)
    is_other_language = _differ(a.doc.language, b.doc.language)
    if is_other_language and (proof := _proof(a, b)):
        return _relation(b, CopyKind.TRANSLATION, like.jaccard, proof)
    gap = abs(a.doc.published - b.doc.published) if a.doc.published and b.doc.published else timedelta(0)
    if like.is_same:
        is_formula = like.words < FEWEST_WORDS or (like.words < FEW_WORDS and gap > FEW_WORDS_WINDOW)
        is_formula = is_formula and not _at_one(a, b)
        why = ("the same words in the same order", f"{like.words} words in both")
        return None if is_formula else _relation(b, CopyKind.EXACT, 1.0, why)
    if gap <= WINDOW and is_near(like) and (not is_other_language or like.containment >= SAME_LANGUAGE):
        return _relation(b, CopyKind.NEAR, like.jaccard, near_why(like))
    if gap <= RETOLD_WINDOW and not is_other_language and is_retold(like):
        return _relation(b, CopyKind.NEAR, like.jaccard, retold_why(like))
    if not is_other_language and (address := _at_one(a, b)):
        return _relation(b, CopyKind.NEAR, like.jaccard, (f"both at {address}", *near_why(like)[:1]))
    return None


def verdicts(doc: Doc, candidates: Iterable[Doc], outlets: Mapping[str, Outlet] | None = None) -> tuple[Relation, ...]:
    """The relations of a document to those of the candidates that have one, best first."""
    ours = prepared(doc, outlets)
    found = (verdict_between(ours, prepared(one, outlets)) for one in candidates if one.id != doc.id)
    return _ordered(relation for relation in found if relation)


def identify_all(docs: Sequence[Doc], outlets: Mapping[str, Outlet] | None = None) -> list[Identity]:
    """The identity of every document among the others, in the order given; the partition knows no order.

    A work's id is that of its earliest member by (published, id), undated ones last. Ids must be unique; raises
    ValueError otherwise.
    """
    ready = {doc.id: prepared(doc, outlets) for doc in docs}
    if len(ready) != len(docs):
        message = "document ids are not unique"
        raise ValueError(message)
    relations: dict[str, list[Relation]] = defaultdict(list)
    works = _Works(ready)
    for first, second in _candidates(list(ready.values())):
        relation = verdict_between(first, second)
        if relation is None:
            continue
        relations[first.doc.id].append(relation)
        relations[second.doc.id].append(relation.model_copy(update={"id": first.doc.id}))
        if relation.kind in {CopyKind.EXACT, CopyKind.NEAR}:
            works.join(first.doc.id, second.doc.id)
    return [Identity(id=doc.id, work=works.find(doc.id), relations=_ordered(relations.get(doc.id, ()))) for doc in docs]


class _Works:
    """Union-find whose root is always the earliest member."""

    def __init__(self, ready: Mapping[str, Prepared]) -> None:
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


def _ordered(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    kinds = list(CopyKind)
    return tuple(sorted(relations, key=lambda one: (kinds.index(one.kind), -one.score, one.id)))


def _candidates(ready: list[Prepared]) -> list[tuple[Prepared, Prepared]]:
    """Pairs that share bands, an exact text, an address or a number, each once, in an order of their own."""
    ready = sorted(ready, key=lambda one: one.order)
    # Of so few texts even those without a date are compared with all others.
    places = [filed(place, one.doc, one.signature)._replace(day=UNDATED) for place, one in enumerate(ready)]
    candidates = Candidates(places)
    candidates.look_among(BandIndex(places))
    pairs = {tuple(sorted((one, other))) for one, others in candidates.found().items() for other in others}
    buckets: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(ready):
        numbers = ((one.doc.outlet, number) for number in one.numbers)
        for name in {one.signature.text_sha256, *one.own, *one.named.values(), *numbers}:
            buckets[name].append(place)
    pairs |= {
        (earlier, later)
        for holders in buckets.values()
        for at, later in enumerate(holders)
        for earlier in holders[max(0, at - MOST_TOGETHER) : at]
    }
    return [(ready[earlier], ready[later]) for earlier, later in sorted(pairs)]


def _relation(other: Prepared, kind: CopyKind, score: float, why: tuple[str, ...]) -> Relation:
    return Relation(id=other.doc.id, kind=kind, score=score, why=why[:_REASONS])


def _proof(a: Prepared, b: Prepared) -> tuple[str, ...]:
    """What proves a translation, and what else the two texts share; () if nothing proves it."""
    proof = proof_of_translation(a, b)
    if not proof:
        return ()
    is_one_way = len(proof) == 1 and "names" in proof[0]
    return () if is_one_way and is_refuted(a.doc.facts, b.doc.facts) else proof + signals(a.doc.facts, b.doc.facts).why


def _at_one(a: Prepared, b: Prepared) -> str | None:
    """The address at which both stand; texts of two outlets have none."""
    return None if _differ(a.doc.outlet, b.doc.outlet) else min(a.own & b.own, default=None)


def _differ(first: str | None, second: str | None) -> bool:
    return first is not None and second is not None and first != second
