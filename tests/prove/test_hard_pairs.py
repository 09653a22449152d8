"""How well copies are told on hard made-up pairs whose writers never saw the rules."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.steps.candidates import is_worth_a_look
from flows.steps.identify import Doc, prepared, verdict_between
from storage.terms import CopyKind

pytestmark = [pytest.mark.prove]

PAIRS = Path(__file__).parent / "pairs"
COPIES = {CopyKind.EXACT, CopyKind.NEAR}


def _prepared(name, row):
    moment = datetime.fromisoformat(row["published"])
    published = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    doc = Doc(
        id=name,
        title=row["title"],
        text=row["text"],
        outlet=row["outlet"],
        language=row["language"],
        published=published,
    )
    return prepared(doc)


def _is_called_copy(pair):
    first, second = _prepared("a", pair["a"]), _prepared("b", pair["b"])
    if not is_worth_a_look(first.signature, second.signature):
        return False
    relation = verdict_between(first, second)
    return relation is not None and relation.kind in COPIES


def _pairs(name):
    return [json.loads(line) for line in gzip.decompress((PAIRS / f"{name}.jsonl.gz").read_bytes()).splitlines()]


def _sets():
    """The pairs by set; those of the third that were read while rules were written are apart from those opened once."""
    sets = {name: _pairs(name) for name in ("seen", "blind")}
    third = _pairs("third")
    return sets | {f"third, {part}": [pair for pair in third if pair["part"] == part] for part in ("open", "sealed")}


def test_hard_pairs(floors):
    print()
    everything, kinds = Counter(), Counter()
    figures = []
    for name, pairs in _sets().items():
        found = Counter()
        for pair in pairs:
            called = _is_called_copy(pair)
            found[pair["label"], called] += 1
            kinds[pair["kind"], called == (pair["label"] == "copy")] += 1
        figures.append((name, found))
        everything += found
    for name, found in [*figures, ("all", everything)]:
        right, wrong, missed = found["copy", True], found["not-copy", True], found["copy", False]
        floors.share(f"hard pairs, {name}: of those called copies, copies", right, right + wrong)
        floors.share(f"hard pairs, {name}: copies found", right, right + missed)
    for kind in sorted({kind for kind, _ in kinds}):
        print(f"  {kind:24} {kinds[kind, True]} of {kinds[kind, True] + kinds[kind, False]} right")
