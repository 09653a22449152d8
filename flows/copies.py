"""Whose copy each text is, kept up as texts arrive: candidates from the store, verdicts from the identity step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from crawlers.outlet import Outlet
from flows.findings import zoned
from flows.steps.identify import Doc, identify_all, month_of, months_around, sign, verdicts
from flows.steps.urls import canonical_url
from flows.wire import TextLine
from storage import keys
from storage.models import RedirectKind, RedirectRow
from storage.records import Identity, Relation
from storage.store import ArticleIdentity, ArticleRelation, ReadPage, Store, StoredText, WorkMember
from storage.terms import CopyKind

ALGORITHM = "minhash-24x3-verdict-1"
UNDATED = 0
COPIES = frozenset({CopyKind.EXACT, CopyKind.NEAR})

Works: TypeAlias = dict[int, int]
"""Article id to the id of its work."""


def identify_lines(lines: Sequence[TextLine], outlets: Mapping[str, Outlet]) -> list[Identity]:
    """The identity of every C4 line among the others, in the order given."""
    return identify_all([_doc_of_line(line) for line in lines], outlets)


def copies(
    current: Sequence[ReadPage], store: Store, outlets: Mapping[str, Outlet]
) -> tuple[list[ArticleIdentity], Works, list[RedirectRow]]:
    """What to file of articles whose current text is new: relations and bands, works, and works that gave way.

    Works are of every article that is tied to a new text. Undated texts are compared with undated ones only, and
    with all others for exact equality, so that the result does not depend on the order of arrival.
    """
    docs = {read.article_id: _doc_of_page(read) for read in current}
    filed = {article: _bands(doc) for article, doc in docs.items()}
    candidates = _candidates(docs, filed, store)
    texts = {text.article_id: _doc_of_stored(text) for text in store.texts_of(set().union(*candidates.values()))}
    texts |= docs
    identities: list[ArticleIdentity] = []
    found: dict[int, tuple[Relation, ...]] = {}
    for article, doc in docs.items():
        others = [texts[other] for other in sorted(candidates[article]) if other in texts]
        found[article] = verdicts(doc, others, outlets)
    members = store.work_members({*docs, *(int(one.id) for related in found.values() for one in related)})
    works = _works(docs, found, members)
    for article in docs:
        relations = [ArticleRelation(int(one.id), one.kind, one.score) for one in found[article]]
        identities.append(ArticleIdentity(article, works[article], None, ALGORITHM, relations, sorted(filed[article])))
    return identities, works, _given_up(works, members)


def _bands(doc: Doc) -> set[tuple[int, int]]:
    """(month, band key) pairs a text is filed under; the exact text has a key of its own, without a month."""
    signed = sign(doc)
    month = month_of(doc.published) if doc.published else UNDATED
    return {(month, band) for band in signed.bands} | {(UNDATED, keys.key("exact", signed.text_sha256))}


def _candidates(
    docs: Mapping[int, Doc], filed: Mapping[int, set[tuple[int, int]]], store: Store
) -> dict[int, set[int]]:
    """Articles that share a band, the exact text, or an address named as a translation, on file or in the batch."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for article, bands in filed.items():
        for _, band in bands:
            holders[band].add(article)
    article_of = store.articles_of_urls(
        canonical_url(url) for doc in docs.values() for url in doc.translations.values()
    )
    article_of |= {doc.canonical_url: article for article, doc in docs.items() if doc.canonical_url}
    found: dict[int, set[int]] = {}
    for article, doc in docs.items():
        named = {article_of.get(canonical_url(url)) for url in doc.translations.values()}
        in_batch = {other for _, band in filed[article] for other in holders[band]}
        on_file = store.band_candidates((UNDATED,), [band for month, band in filed[article] if month == UNDATED])
        if doc.published:
            on_file += store.band_candidates(months_around(doc.published), [band for _, band in filed[article]])
        found[article] = ({other for _, other in on_file} | in_batch | {one for one in named if one}) - {article}
    return found


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
