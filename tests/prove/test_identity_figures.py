"""How well copies are told from what only looks like them; every figure with n and its 95 % Wilson interval."""

import gzip
import json
import random
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from crawlers.outlet import all_outlets
from flows.steps.candidates import is_worth_a_look
from flows.steps.crossing import signals
from flows.steps.identify import Doc, identify_all, prepared, sign, verdict, verdict_between
from flows.steps.urls import canonical_url, is_same_article_translation
from storage.terms import CopyKind

pytestmark = [pytest.mark.prove, pytest.mark.shared]
TELLING, ENOUGH_SIGNS = 0.35, 4
COPIES = {CopyKind.EXACT, CopyKind.NEAR}


def _lines(path):
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def _doc(row):
    day = row.get("published") or ""
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if len(day) == len("2026-01-01") else None
    language = row.get("language") or row.get("lang")
    return Doc(id=row["id"], title="", text=row["text"], url=row.get("url"), language=language, published=published)


def _relations(docs):
    return {one.id: {relation.id: relation.kind for relation in one.relations} for one in identify_all(docs)}


def test_labelled_pairs(shared, floors):
    docs = [_doc(row) for row in _lines(shared / "corpus/dupes_docs.jsonl")]
    pairs = _lines(shared / "corpus/dupes.jsonl")
    found = _relations(docs)
    kinds = Counter((pair["label"], found[pair["a"]].get(pair["b"])) for pair in pairs)
    labels = Counter(pair["label"] for pair in pairs)
    copies = sum(kinds[label, kind] for label in ("exact-dup", "near-dup") for kind in COPIES)
    wrong = sum(kinds[label, kind] for label in ("same-event", "unrelated-but-similar") for kind in COPIES)
    print(f"\nlabelled pairs: {len(pairs)} over {len(docs)} texts")
    floors.share("labelled pairs: exact copies found", kinds["exact-dup", CopyKind.EXACT], labels["exact-dup"])
    floors.share(
        "labelled pairs: near copies found", sum(kinds["near-dup", kind] for kind in COPIES), labels["near-dup"]
    )
    floors.share("labelled pairs: of those called copies, copies", copies, copies + wrong)
    for label in ("same-event", "unrelated-but-similar"):
        kept = labels[label] - sum(kinds[label, kind] for kind in COPIES)
        floors.share(f"labelled pairs: {label} kept apart", kept, labels[label])
    floors.share(
        "labelled pairs: translations proven", kinds["translation", CopyKind.TRANSLATION], labels["translation"]
    )


def test_pairs_of_news_texts(shared, floors):
    """Copies and same-event pairs of this set were split at a Jaccard of .6, so only copies and distinct count."""
    docs = [_doc(row) for row in _lines(shared / "captures/neardup/docs.jsonl.gz")]
    found = _relations(docs)
    pairs = _lines(shared / "captures/neardup/labels.jsonl")
    kinds = Counter((pair["label"], found[pair["a"]].get(pair["b"]) in COPIES) for pair in pairs)
    print(f"\npairs of news texts: {len(pairs)} over {len(docs)} texts")
    for name, label, is_copy in (
        ("copies found", "dup", True),
        ("follow-ups and templates kept apart", "distinct", False),
    ):
        floors.share(f"pairs of news texts: {name}", kinds[label, is_copy], kinds[label, True] + kinds[label, False])
    told = kinds["same-event", True]
    print(f"pairs of news texts: same event called copies, no gold: {told}/{told + kinds['same-event', False]}")


def _planted(text, how, drawn):
    words = text.split()
    if how.startswith("edited"):
        share = int(how.split()[1]) / 100
        return " ".join(drawn.choice(words) if drawn.random() < share else word for word in words)
    if how.startswith("cut"):
        return " ".join(words[: max(30, len(words) * int(how.split()[2]) // 100)])
    clutter = drawn.sample(words, k=min(40, len(words) // 4))
    return " ".join([*clutter[:10], *words, *clutter[10:]])


def test_planted_variants_of_real_texts(shared, floors):
    """Each variant must share bands enough with its text to be compared, and the verdict must be near."""
    drawn = random.Random(7)  # noqa: S311  a repeatable sample
    docs = [_doc(row) for row in _lines(shared / "captures/neardup/docs.jsonl.gz")]
    sample = drawn.sample([doc for doc in docs if len(doc.text.split()) >= 80], k=400)
    print(f"\nplanted variants of {len(sample)} real texts")
    for how in ("edited 5", "edited 10", "edited 15", "cut to 60", "cut to 30", "cluttered"):
        found = candidates = 0
        for doc in sample:
            variant = Doc(id="variant", title="", text=_planted(doc.text, how, drawn), language=doc.language)
            relation = verdict(doc, variant)
            is_candidate = is_worth_a_look(sign(doc), sign(variant))
            candidates += is_candidate
            found += is_candidate and relation is not None and relation.kind in COPIES
        floors.share(f"planted variants: {how}: candidates", candidates, len(sample))
        floors.share(f"planted variants: {how}: found", found, len(sample))


def test_translations_by_shared_number(shared, floors):
    outlet = all_outlets()["ukrainska-pravda"]
    groups = json.loads((shared / "captures/neardup/pravda_hreflang_groups_2025-12.json").read_text("utf-8"))
    urls = [(number, canonical_url(url, None, outlet)) for number, group in groups.items() for url in group]
    same = [(a, b) for at, a in enumerate(urls) for b in urls[at + 1 :] if a[0] == b[0]]
    others = [(a, b) for a, b in zip(urls, urls[3:], strict=False) if a[0] != b[0]]
    print(f"\naddresses of {len(groups)} articles in several languages")
    right = sum(is_same_article_translation(a[1], b[1], outlet) for a, b in same)
    floors.share("addresses: pairs of translations found", right, len(same))
    apart = sum(not is_same_article_translation(a[1], b[1], outlet) for a, b in others)
    floors.share("addresses: pairs of other articles kept apart", apart, len(others))


def test_signs_that_outlive_translation(shared, floors):
    """Texts proven translations, and the events of one topic told in two languages, beside pairs drawn at random."""
    labelled = {row["id"]: row for row in _lines(shared / "corpus/dupes_docs.jsonl")}
    pairs = [pair for pair in _lines(shared / "corpus/dupes.jsonl") if pair["label"] == "translation"]
    known = {name: _doc(row).facts for name, row in labelled.items()}
    languages = {name: row.get("language") or row.get("lang") for name, row in labelled.items()}
    true = {frozenset((pair["a"], pair["b"])) for pair in pairs}
    strangers = [
        (a, b) for a in known for b in known
        if a < b and languages[a] != languages[b] and frozenset((a, b)) not in true
    ]  # fmt: skip
    hits = [signals(known[pair["a"]], known[pair["b"]]) for pair in pairs]
    wrong = sum(_is_telling(signals(known[a], known[b])) for a, b in strangers)
    right = sum(map(_is_telling, hits))
    print(f"\nsigns that outlive translation: {len(pairs)} translations, {len(strangers)} other pairs of two languages")
    for pair, hit in zip(pairs, hits, strict=True):
        print(
            f"  {pair['id']}: {hit.score:.2f} {len(hit.names)} names {len(hit.numbers)} numbers {len(hit.dates)} days"
        )
    print(f"  precision {right}/{right + wrong}, recall {right}/{len(pairs)}: no bar")
    floors.share("signs that outlive translation: other pairs told apart", len(strangers) - wrong, len(strangers))


def _is_telling(found):
    return found.score >= TELLING and len(found.names) + len(found.numbers) + len(found.dates) >= ENOUGH_SIGNS


def test_one_core_signs_and_refuses_fast(shared, floors):
    rows = _lines(shared / "captures/neardup/docs.jsonl.gz")
    texts = [row["text"][:2100] for row in rows if len(row["text"]) >= 2100][:400]
    signing, refusing = [], []
    for _ in range(5):
        docs = [Doc(id=str(at), title="", text=text) for at, text in enumerate(texts)]
        begun = time.process_time()
        for doc in docs:
            sign(doc)
        signing.append(time.process_time() - begun)
        ready = [prepared(doc) for doc in docs]
        strangers = [(a, b) for a, b in zip(ready, ready[7:], strict=False) if verdict_between(a, b) is None]
        begun = time.process_time()
        for a, b in strangers:
            verdict_between(a, b)
        refusing.append((time.process_time() - begun) / len(strangers))
    floors.hold("signatures a second, texts of 2,100 characters", len(texts) / min(signing), n=len(texts))
    floors.hold("a refusing verdict, microseconds", 1e6 * min(refusing), n=len(strangers))
