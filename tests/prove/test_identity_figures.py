"""How well copies are told from what only looks like them; every figure with n and its 95 % Wilson interval."""

import gzip
import json
import random
from collections import Counter
from datetime import UTC, datetime
from math import sqrt

import pytest

from crawlers.outlet import all_outlets
from flows.steps.identify import Doc, identify_all, sign, verdict
from flows.steps.urls import canonical_url, is_same_article_translation
from storage.terms import CopyKind

pytestmark = [pytest.mark.prove, pytest.mark.shared]
COPIES = {CopyKind.EXACT, CopyKind.NEAR}


def _interval(hits, n, z=1.96):
    if not n:
        return 0.0, 1.0
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def _say(what, hits, n):
    low, high = _interval(hits, n)
    print(f"  {what:<58} {hits}/{n} = {hits / max(1, n):.3f}  [{low:.3f}, {high:.3f}]")
    return hits / max(1, n)


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


def test_labelled_pairs(shared):
    docs = [_doc(row) for row in _lines(shared / "corpus/dupes_docs.jsonl")]
    pairs = _lines(shared / "corpus/dupes.jsonl")
    found = _relations(docs)
    kinds = Counter((pair["label"], found[pair["a"]].get(pair["b"])) for pair in pairs)
    labels = Counter(pair["label"] for pair in pairs)
    copies = sum(kinds[label, kind] for label in ("exact-dup", "near-dup") for kind in COPIES)
    wrong = sum(kinds[label, kind] for label in ("same-event", "unrelated-but-similar") for kind in COPIES)
    print(f"\nlabelled pairs: {len(pairs)} over {len(docs)} texts")
    _say("exact copies found as exact", kinds["exact-dup", CopyKind.EXACT], labels["exact-dup"])
    recall = _say("near copies found", sum(kinds["near-dup", kind] for kind in COPIES), labels["near-dup"])
    precision = _say("of pairs called copies, copies", copies, copies + wrong)
    for label in ("same-event", "unrelated-but-similar"):
        _say(f"{label} kept apart", labels[label] - sum(kinds[label, kind] for kind in COPIES), labels[label])
    _say("translations proven", kinds["translation", CopyKind.TRANSLATION], labels["translation"])
    assert recall >= 0.95
    assert precision >= 0.98


def test_pairs_of_news_texts(shared):
    """Copies and same-event pairs of this set were split at a Jaccard of .6, so only copies and distinct count."""
    docs = [_doc(row) for row in _lines(shared / "captures/neardup/docs.jsonl.gz")]
    found = _relations(docs)
    pairs = _lines(shared / "captures/neardup/labels.jsonl")
    kinds = Counter((pair["label"], found[pair["a"]].get(pair["b"]) in COPIES) for pair in pairs)
    print(f"\npairs of news texts: {len(pairs)} over {len(docs)} texts")
    recall = _say("copies found", kinds["dup", True], kinds["dup", True] + kinds["dup", False])
    apart = _say("follow-ups and templates kept apart", kinds["distinct", False], 56)
    _say("same-event called copies (no gold)", kinds["same-event", True], 43)
    assert recall >= 0.95
    assert apart >= 0.98


def _planted(text, how, drawn):
    words = text.split()
    if how.startswith("edited"):
        share = int(how.split()[1]) / 100
        return " ".join(drawn.choice(words) if drawn.random() < share else word for word in words)
    if how.startswith("cut"):
        return " ".join(words[: max(30, len(words) * int(how.split()[2]) // 100)])
    clutter = drawn.sample(words, k=min(40, len(words) // 4))
    return " ".join([*clutter[:10], *words, *clutter[10:]])


def test_planted_variants_of_real_texts(shared):
    """Each variant must share a band with its text, and the verdict must be near."""
    drawn = random.Random(7)  # noqa: S311  a repeatable sample
    docs = [_doc(row) for row in _lines(shared / "captures/neardup/docs.jsonl.gz")]
    sample = drawn.sample([doc for doc in docs if len(doc.text.split()) >= 80], k=400)
    print(f"\nplanted variants of {len(sample)} real texts")
    for how in ("edited 5", "edited 10", "edited 15", "cut to 60", "cut to 30", "cluttered"):
        found = candidates = 0
        for doc in sample:
            variant = Doc(id="variant", title="", text=_planted(doc.text, how, drawn), language=doc.language)
            relation = verdict(doc, variant)
            is_candidate = bool(set(sign(doc).bands) & set(sign(variant).bands))
            candidates += is_candidate
            found += is_candidate and relation is not None and relation.kind in COPIES
        _say(f"{how}: candidate", candidates, len(sample))
        share = _say(f"{how}: found", found, len(sample))
        assert share >= (0.5 if how == "edited 15" else 0.9)


def test_translations_by_shared_number(shared):
    outlet = all_outlets()["ukrainska-pravda"]
    groups = json.loads((shared / "captures/neardup/pravda_hreflang_groups_2025-12.json").read_text("utf-8"))
    urls = [(number, canonical_url(url, None, outlet)) for number, group in groups.items() for url in group]
    same = [(a, b) for at, a in enumerate(urls) for b in urls[at + 1 :] if a[0] == b[0]]
    others = [(a, b) for a, b in zip(urls, urls[3:], strict=False) if a[0] != b[0]]
    print(f"\naddresses of {len(groups)} articles in several languages")
    right = sum(is_same_article_translation(a[1], b[1], outlet) for a, b in same)
    assert _say("pairs of translations found", right, len(same)) == 1
    apart = sum(not is_same_article_translation(a[1], b[1], outlet) for a, b in others)
    assert _say("pairs of other articles kept apart", apart, len(others)) == 1
