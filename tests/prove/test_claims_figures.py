"""How often the claims are right, on the labelled sentences and texts (open half)."""

import json
import time
from collections import Counter, defaultdict
from datetime import date
from math import sqrt
from statistics import median

import pytest

from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.settings import Settings
from flows.steps.claims import claims, told
from flows.steps.claims.stage import furthest, steps
from flows.steps.claims.view import SentenceView
from flows.steps.scanned import ScannedText
from flows.steps.tag import tag
from flows.steps.text import fold, lay_out
from flows.wire import TextLine
from storage.terms import Factuality, Language, Stage, Zone

pytestmark = [pytest.mark.prove, pytest.mark.shared]

CORPUS_STAGE = {
    Stage.PROPOSED: "proposed",
    Stage.COMMITMENT: "proposed",
    Stage.JOINED_DECLARATION: "joined-declaration",
    Stage.TALKS_ANNOUNCED: "talks-announced",
    Stage.TALKS_STARTED: "negotiating",
    Stage.NEGOTIATING: "negotiating",
    Stage.TEXT_AGREED: "text-agreed",
    Stage.SIGNING_ANNOUNCED: "text-agreed",
    Stage.SIGNED: "signed",
    Stage.SUBMITTED: "signed",
    Stage.RATIFIED: "ratified",
    Stage.IN_FORCE: "in-force",
    Stage.AMENDED: "in-force",
    Stage.INVOKED: "in-force",
    Stage.BLOCKED: "suspended-or-rejected",
    Stage.ENDED: "suspended-or-rejected",
}
"""Our stages as the nine of the labelled corpus: signing announced counts there as a text agreed."""

LONG = 1_200
"""Code points from which a text says something of the time an article takes."""

BINDING = {"signed", "ratified", "in_force", "in-force"}
PAPERS = {Stage.SIGNED, Stage.SUBMITTED, Stage.RATIFIED, Stage.IN_FORCE, Stage.AMENDED, Stage.INVOKED, Stage.ENDED}


def wilson(hits: int, n: int) -> str:
    """Share with its 95 % Wilson interval."""
    if not n:
        return "not shown, n=0"
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{share:.3f} [{middle - half:.3f}, {middle + half:.3f}] n={n}"


def test_every_stage_has_one_label_of_the_corpus():
    assert set(CORPUS_STAGE) == set(Stage)


def is_told(one):
    """Whether a step, or claim, is told as done, or announced; a ratification to come is neither."""
    return one.stage not in PAPERS or one.factuality is Factuality.FACT


def sentence_stage(text: str, language: str) -> str:
    zone = Zone.BODY if text.rstrip()[-1] in ".!?" else Zone.HEADLINE
    view = SentenceView(fold(text), load_stages().words(fold(text), language), zone)
    found = [one for one in steps(view, is_question=text.rstrip().endswith("?")) if is_told(one)]
    return furthest(found).stage if found else "none"


def test_sentences(shared):
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    false_binding: list[str] = []
    named: Counter[str] = Counter()
    for line in (shared / "domain" / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        accepted = row["stage"].split("_or_")
        got = sentence_stage(row["text"], row["lang"])
        total[row["lang"]] += 1
        right[row["lang"]] += got in accepted
        if got in BINDING and got not in accepted:
            false_binding.append(row["id"])
        if got in accepted and got != "none" and row["countries"]:
            body = row["text"].rstrip()[-1] in ".!?"
            title, texts = ("", [(row["text"], Zone.BODY)]) if body else (row["text"], [])
            full, paragraphs = lay_out(title, texts)
            scanned = ScannedText(title, paragraphs, full, Language(row["lang"]), date(2024, 6, 1), load_lexicon())
            found = claims(told(scanned, load_stages()))
            codes = {claim.guarantor for claim in found}
            named["hit"] += len(codes & set(row["countries"]))
            named["got"] += len(codes)
            named["want"] += len(row["countries"])
    for language in sorted(total):
        print(f"sentence stage {language}: {wilson(right[language], total[language])}")
    print(f"sentence stage all: {wilson(sum(right.values()), sum(total.values()))}")
    precision, recall = wilson(named["hit"], named["got"]), wilson(named["hit"], named["want"])
    print(f"guarantors of right sentences: P {precision}, R {recall}")
    print(f"false signed, ratified or in force: {len(false_binding)} {false_binding}")
    assert sum(right.values()) / sum(total.values()) >= 0.90
    assert false_binding == []


def test_sentences_alone_through_the_gate(shared):
    knowledge = load_knowledge(Settings())
    right, named_right, named, about, negatives, false = 0, 0, 0, 0, 0, []
    rows = [json.loads(line) for line in (shared / "domain" / "sentences.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        found = find_in_line(TextLine(id=row["id"], title="", text=row["text"], language=row["lang"]), knowledge)
        kept = [claim for claim in found.claims if is_told(claim)]
        stages = {str(claim.stage) for claim in kept} or {"none"}
        is_right = bool(stages & set(row["stage"].split("_or_")))
        right += is_right
        if row["stage"] == "none":
            negatives += 1
            false += [row["id"]] if kept else []
        else:
            about += found.is_security_guarantees
            named += bool(row["countries"])
            named_right += is_right and bool(row["countries"])
    print(f"alone, through the gate: stage {wilson(right, len(rows))}; with a guarantor {wilson(named_right, named)}")
    print(f"told as about guarantees {wilson(about, len(rows) - negatives)}; claims of negatives {false}")
    assert named_right >= 0.9 * named
    assert false == []


def scanned_row(row):
    title, text = row["title"] or "", row["text"].strip()
    text = text[len(title) :] if title and text.startswith(title) else text
    full, paragraphs = lay_out(title, [(part.strip(), Zone.BODY) for part in text.split("\n") if part.strip()])
    published = row["published"] or ""
    day = date.fromisoformat(published[:10]) if len(published) >= 10 else None
    return ScannedText(title, paragraphs, full, Language(row["language"]), day, load_lexicon())


def events(found):
    told = (Factuality.FACT, Factuality.PLANNED)
    found = [claim for claim in found if is_told(claim)]
    return {
        (claim.guarantor, CORPUS_STAGE[claim.stage])
        for claim in found
        if claim.guarantor != "MULTI" and claim.factuality in told
    }


def test_topical(shared):
    count: defaultdict[str, Counter[str]] = defaultdict(Counter)
    false_binding: list[str] = []
    per_letter: list[float] = []
    for line in (shared / "corpus" / "topical.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        want = {(one["guarantor"], one["stage"]) for one in row["guarantor_events"]}
        # Binding steps are sought with the topic gate open, too: the rules alone must not invent one.
        ungated = events(claims(told(scanned_row(row), load_stages())))
        if len(row["text"]) >= LONG:
            scanned = scanned_row(row)
            start = time.process_time()
            tag(scanned)
            claims(told(scanned, load_stages()))
            per_letter.append((time.process_time() - start) / len(row["text"]))
        got = ungated if row["is_security_guarantees"] is not False else set()
        false_binding += [row["id"] for event in (got | ungated) - want if event[1] in BINDING]
        for key in ("all", row["language"], *sorted({stage for _, stage in got | want})):
            these = {e for e in got if key in ("all", row["language"], e[1])}
            those = {e for e in want if key in ("all", row["language"], e[1])}
            count[key]["hit"] += len(these & those)
            count[key]["got"] += len(these)
            count[key]["want"] += len(those)
        if want or got:
            count["docs"]["n"] += 1
            count["docs"]["right"] += want == got
    for key in ("all", "en", "uk", "ru", *sorted(set(CORPUS_STAGE.values()))):
        one = count[key]
        print(f"events {key}: P {wilson(one['hit'], one['got'])}, R {wilson(one['hit'], one['want'])}")
    print(f"documents with events, all right: {wilson(count['docs']['right'], count['docs']['n'])}")
    print(f"false signed, ratified or in force: {len(false_binding)} {false_binding}")
    median_ms = median(per_letter) * 2_000 * 1_000
    print(
        f"tagging and claims, gate open: median {median_ms:.2f} ms CPU per 2,000 characters of {len(per_letter)} texts"
    )
    assert false_binding == []
