"""Made-up texts that only look like a signed, ratified or effective guarantee: none may yield one."""

from collections import Counter

import pytest

from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.settings import Settings
from tests.prove.test_ledger_articles import BINDING, HALVES, PLACES, lines, of_claim, share, text_line

pytestmark = pytest.mark.prove


@pytest.mark.parametrize("half", HALVES)
def test_no_trap_yields_a_binding_step(floors, half):
    rows = lines(f"traps-{half}")
    knowledge, clean, n, false, claims = load_knowledge(Settings()), Counter(), Counter(), [], 0
    for row in rows:
        found = [of_claim(one) for one in find_in_line(text_line(row), knowledge).claims]
        claims += len(found)
        steps = sorted({f"{one.guarantor} {one.stage}" for one in found if one.is_fact and one.stage in BINDING})
        if steps:
            false.append(f"{row['id']} ({row['kind']}: {', '.join(steps)})")
        for place in ("all", row["language"], row["form"]):
            n[place] += 1
            clean[place] += not steps
    print(f"\ntraps, {half}: {len(rows)} texts, {claims} claims of any kind")
    for place in (*PLACES, "sentence", "article"):
        print(f"  {place:<9} left without a false step: {share(clean[place], n[place])}")
    print(f"  texts that yield signed, ratified or in force: {len(false)} {false}")
    for place in PLACES:
        floors.share(f"traps, {half}, {place}: no false signed, ratified or in force", clean[place], n[place])
