"""How often what is told of guarantors is right and whole, on made-up articles labelled by hand."""

import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.settings import Settings
from flows.wire import TextLine
from storage.terms import Factuality, Family, Language, Side, Stage
from tests.prove.conftest import FEW, wilson

LEDGER = Path(__file__).with_name("ledger")
HALVES = ("seen", "blind")
SETS = ("seen", "newsroom", "blind")
BINDING = ("signed", "ratified", "in_force")
OTHERS = tuple(str(stage) for stage in Stage if stage not in BINDING)
FIELDS = ("day", "planned day", "side", "family", "block_kind", "condition_kind", "report_type", "hedged")
PLACES = ("all", *(str(one) for one in Language if one != Language.OTHER))


@dataclass(frozen=True)
class Told:
    """One claim, of a label or of ours, in the words of the labels.

    `first` and `last` bound the day of the step; `held` is its factuality, where an announced signing counts as told
    whether it is called a fact or a plan.
    """

    guarantor: str
    stage: str
    held: str
    side: str = "unknown"
    family: str = "none_named"
    first: str | None = None
    last: str | None = None
    precision: str = "unknown"
    planned_on: str | None = None
    block_kind: str | None = None
    condition_kind: str | None = None
    report_type: str = "original"
    hedged: bool = False
    sure: bool = True

    @property
    def key(self):
        """The step that is told, whose and which."""
        return self.guarantor, self.stage

    @property
    def is_fact(self):
        """Whether it is told as having happened."""
        return self.held == "fact"


def held(stage, factuality):
    return "fact" if (stage, factuality) == ("signing_announced", "planned") else factuality


def of_label(label):
    same = ("guarantor", "stage", "family", "planned_on", "block_kind", "condition_kind", "report_type", "hedged")
    return Told(
        **{name: label[name] for name in same},
        held=held(label["stage"], label["factuality"]),
        side=label["acting_side"],
        first=label["event_on"],
        last=label["event_on"],
        precision=label["event_precision"],
        sure=label["sure"],
    )


def of_claim(claim):
    """One of our claims; the labels know the G7 as a group that is not named state by state."""

    def word(value):
        return None if value is None else str(value)

    return Told(
        guarantor="MULTI" if claim.guarantor == "G7" else claim.guarantor,
        stage=word(claim.stage),
        held=held(claim.stage, word(claim.factuality)),
        side=word(claim.acting_side),
        family=word(claim.family),
        first=word(claim.event_on_min),
        last=word(claim.event_on_max),
        precision=word(claim.precision),
        planned_on=word(claim.planned_on),
        block_kind=word(claim.block_kind),
        condition_kind=word(claim.condition_kind),
        report_type=word(claim.report_type),
        hedged=claim.is_hedged,
    )


def lines(name):
    """The rows of a file of `ledger/`; the proof is skipped, and says so, where it is not here."""
    file = LEDGER / f"{name}.jsonl.gz"
    if not file.exists():
        print(f"\n  {file.name} is not here: not measured")
        pytest.skip(f"{file.name} is not here")
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def text_line(row):
    published = datetime.fromisoformat(row["published"])
    text = "\n\n".join(row["paragraphs"])
    return TextLine(id=row["id"], title=row["title"], text=text, language=row["language"], published=published)


def paired(want, got):
    """Each label with the claim of the same guarantor and stage that is most like it, if one is left."""
    left = list(got)
    for label in sorted(want, key=lambda one: not one.sure):
        same = [one for one in left if one.key == label.key]
        if same:
            best = max(
                same,
                key=lambda one: (one.held == label.held, one.family == label.family, one.first == label.first),
            )
            left.remove(best)
            yield label, best


def judged(want, got, sign):
    """What is surely told by the one side, by the other, and what either side tells only with doubt."""
    sure = [{sign(one) for one in side if one.sure} for side in (want, got)]
    doubted = [{sign(one) for one in side} - surely for side, surely in zip((want, got), sure, strict=True)]
    return *sure, doubted[0] | doubted[1]


class Figures:
    """Hits, what was found, and what was to be found, by place ("all" or a language) and by what is measured."""

    def __init__(self):
        self.hits, self.found, self.wanted = Counter(), Counter(), Counter()
        self.held = defaultdict(Counter)
        self.wrong = defaultdict(list)

    def sets(self, what, language, want, got, unsure=frozenset()):
        """Compare two sets; what is `unsure` is neither missing nor wrong."""
        want, got = want - unsure, got - unsure
        for place in ("all", language):
            self.hits[place, what] += len(want & got)
            self.found[place, what] += len(got)
            self.wanted[place, what] += len(want)
        return got - want

    def add(self, name, language, want, got):
        """One article: its labels `want` and what was told of it, `got`; both may hold unsure ones."""
        fact, ours = ([one for one in side if one.is_fact] for side in (want, got))
        states = judged(fact, ours, lambda one: one.guarantor)
        self.sets("guarantors", language, *states)
        steps = judged(fact, ours, lambda one: one.key)
        for what, stages in (("binding", BINDING), ("others", OTHERS), *((str(stage), (stage,)) for stage in Stage)):
            of = ({key for key in side if key[1] in stages} for side in steps)
            for guarantor, stage in sorted(self.sets(what, language, *of)):
                self.wrong[what].append(f"{name} {guarantor} {stage}")
        for factuality in Factuality:
            if factuality != "fact":
                apart = ({one.key for one in side if one.held == factuality} for side in (want, got))
                self.sets(f"told as {factuality}", language, *apart)
        for label, one in paired(want, got):
            for place in ("all", language):
                self.held[place][label.held, one.held] += 1
            if label.is_fact and one.is_fact and label.sure and one.sure:
                self.fields(language, label, one)

    def fields(self, language, label, one):
        """Compare what else a label and a claim say of one step; what the label leaves open is not compared."""
        right = {
            "day": label.first == one.first == one.last if label.precision == "day" else None,
            "planned day": label.planned_on == one.planned_on if label.planned_on else None,
            "side": label.side == one.side,
            "family": label.family == one.family,
            "block_kind": label.block_kind == one.block_kind if label.block_kind else None,
            "condition_kind": label.condition_kind == one.condition_kind if label.condition_kind else None,
            "report_type": label.report_type == one.report_type,
            "hedged": label.hedged == one.hedged,
        }
        for what, is_right in right.items():
            if is_right is not None:
                self.count(what, language, is_right)

    def count(self, what, language, is_right):
        """One more of `what`, right or not."""
        for place in ("all", language):
            self.hits[place, what] += is_right
            self.found[place, what] += 1

    def factuality(self, place):
        """F1 of each factuality over steps told by both, and their mean over all that either tells."""
        pairs = self.held[place]
        f1 = {}
        for kind in sorted({kind for pair in pairs for kind in pair}):
            told, ours = (sum(n for pair, n in pairs.items() if pair[side] == kind) for side in (0, 1))
            f1[kind] = 2 * pairs[kind, kind] / (told + ours), told
        return f1, sum(one for one, _ in f1.values()) / max(1, len(f1))


def share(hits, n):
    low, high = wilson(hits, n)
    return f"{hits}/{n} = {hits / n:.3f} [{low:.3f}, {high:.3f}]" + ("; not shown" if n < FEW else "") if n else "0/0"


def show(figures, whats):
    for place in PLACES:
        for what in whats:
            hits, found, wanted = (one[place, what] for one in (figures.hits, figures.found, figures.wanted))
            if (found or wanted) and (what in {"guarantors", "binding", "others"} or place == "all"):
                print(f"  {place:<4} {what:<20} P {share(hits, found)}, R {share(hits, wanted)}")
        for what in ("about", *FIELDS):
            if figures.found[place, what]:
                print(f"  {place:<4} {what:<20} right {share(figures.hits[place, what], figures.found[place, what])}")
        f1, macro = figures.factuality(place)
        each = ", ".join(f"{kind} {one:.3f} of {n}" for kind, (one, n) in f1.items())
        print(f"  {place:<4} factuality macro F1  {macro:.3f} ({each})")


WHATS = ("guarantors", "binding", "others", *map(str, Stage), *(f"told as {one}" for one in Factuality))


@pytest.mark.prove
@pytest.mark.parametrize("half", SETS)
def test_made_up_articles(floors, half):
    rows = lines(f"articles-{half}")
    knowledge, figures, about, about_wrong, borderline = load_knowledge(Settings()), Figures(), Figures(), [], Counter()
    quotes = Counter()
    for row in rows:
        line = text_line(row)
        found = find_in_line(line, knowledge)
        for claim in found.claims:
            for proof in claim.evidence:
                quotes["all"] += 1
                quotes["equal"] += line.text_full[proof.start : proof.end] == proof.quote != ""
        is_about = row["is_security_guarantees"]
        if is_about == "borderline":
            borderline[found.is_security_guarantees] += 1
        else:
            of = ({row["id"]} if one else set() for one in (is_about, found.is_security_guarantees))
            about.sets("about guarantees", row["language"], *of)
            if is_about != found.is_security_guarantees:
                about_wrong.append(f"{row['id']} ({'missed' if is_about else 'taken in'})")
        want, got = [of_label(one) for one in row["claims"]], [of_claim(one) for one in found.claims]
        figures.add(row["id"], row["language"], want, got)
    print(f"\narticles, {half}: {len(rows)}; borderline {sum(borderline.values())}, taken in {borderline[True]}")
    for place in PLACES:
        hits, n, wanted = (one[place, "about guarantees"] for one in (about.hits, about.found, about.wanted))
        print(f"  {place:<4} about guarantees     P {share(hits, n)}, R {share(hits, wanted)}")
    print(f"  about guarantees, wrong: {about_wrong}")
    show(figures, WHATS)
    print(f"  false signed, ratified, in force: {len(figures.wrong['binding'])} {figures.wrong['binding']}")
    if half != "blind":
        print(f"  other stages, wrong: {len(figures.wrong['others'])} {figures.wrong['others']}")
    print(f"  quotes that equal their span: {share(quotes['equal'], quotes['all'])}")
    # All figures stand above before a floor may stop the proof. The size of a floor is that of the set, which a rule
    # that finds less or more leaves as it is.
    hold_sets(floors, f"articles, {half}", about, ["about guarantees"])
    hold_sets(floors, f"articles, {half}", figures, ["guarantors", "binding", "others"])
    for what in ("day", "side", "family", "report_type"):
        hits, n = figures.hits["all", what], figures.found["all", what]
        floors.hold(f"articles, {half}: {what}", hits / max(1, n), n=len(rows), detail=f" = {share(hits, n)}")
    floors.hold(f"articles, {half}: factuality macro F1", figures.factuality("all")[1], n=len(rows))
    assert quotes["equal"] == quotes["all"] > 0


@pytest.mark.prove
def test_made_up_articles_by_stage(floors):
    """All sets taken together, since most stages are rare in each."""
    knowledge, figures = load_knowledge(Settings()), Figures()
    rows = [row for name in SETS for row in lines(f"articles-{name}")]
    for row in rows:
        want, got = row["claims"], find_in_line(text_line(row), knowledge).claims
        figures.add(row["id"], row["language"], [of_label(one) for one in want], [of_claim(one) for one in got])
    print(f"\narticles, together: {len(rows)}")
    show(figures, [str(stage) for stage in Stage])
    hold_sets(floors, "articles, together", figures, [str(stage) for stage in Stage])


def hold_sets(floors, name, figures, whats):
    for place in PLACES:
        for what in whats:
            hits, found, wanted = (one[place, what] for one in (figures.hits, figures.found, figures.wanted))
            title = f"{name}, {place}: {what}"
            floors.hold(f"{title}, precision", hits / max(1, found), n=wanted, detail=f" = {share(hits, found)}")
            floors.share(f"{title}, recall", hits, wanted)


@pytest.mark.prove
@pytest.mark.parametrize("half", HALVES)
def test_second_labels_agree_with_the_first(half):
    """What two readers agree on is what a program can be asked for."""
    first, second = lines(f"articles-{half}"), lines(f"second-{half}")
    rows = {row["id"]: row for row in first}
    figures, same, raw = Figures(), Counter(), Counter()
    for other in second:
        row = rows[other["id"]]
        want, got = ([of_label(one) for one in one["claims"]] for one in (row, other))
        figures.add(row["id"], row["language"], want, got)
        same[row["is_security_guarantees"] == other["is_security_guarantees"]] += 1
        raw += Counter(first=len(want), second=len(got))
        for one, again in paired(want, got):
            raw += Counter(both=1, held=one.held == again.held, sure=one.sure == again.sure)
    print(f"\nsecond labels, {half}: {len(second)} articles")
    print(f"  about guarantees, agreed: {share(same[True], len(second))}")
    print(f"  all claims, sure or not: of the second also in the first {share(raw['both'], raw['second'])}")
    print(f"  all claims, sure or not: of the first also in the second {share(raw['both'], raw['first'])}")
    print(f"  of those, same factuality {share(raw['held'], raw['both'])}; as sure {share(raw['sure'], raw['both'])}")
    print("  below, without what either calls unsure:")
    show(figures, WHATS)
    assert same.total() == len(second) > 0


LABEL = Told("DE", "signed", "fact", "guarantor", "bilateral", "2024-02-16", "2024-02-16", "day")


def told(guarantor="DE", stage="signed", how="fact", **more):
    return Told(**(vars(LABEL) | {"guarantor": guarantor, "stage": stage, "held": how} | more))


def counted(want, got, what):
    figures = Figures()
    figures.add("x", "en", want, got)
    return tuple(one["en", what] for one in (figures.hits, figures.found, figures.wanted))


def test_what_is_missing_and_what_is_wrong_is_counted():
    want, got = [told(), told("FR"), told("IT", "ratified")], [told(), told("PL"), told("IT", "ratified", "negated")]
    assert counted(want, got, "binding") == (1, 2, 3)
    assert counted(want, got, "guarantors") == (1, 2, 3)
    assert counted(want, got, "ratified") == (0, 0, 1)
    assert counted(want, got, "told as negated") == (0, 1, 0)
    figures = Figures()
    figures.add("x", "en", want, got)
    assert figures.wrong["binding"] == ["x PL signed"]


def test_an_unsure_label_is_neither_missing_nor_wrong():
    want = [told(), told("FR", sure=False), told("PL", sure=False)]
    assert counted(want, [told(), told("FR")], "binding") == (1, 1, 1)
    assert counted(want, [told(), told("FR")], "guarantors") == (1, 1, 1)
    assert counted([told("FR", how="planned", sure=False)], [told("FR")], "binding") == (0, 1, 0)


def test_an_announced_signing_is_told_as_a_plan_or_a_fact():
    assert {held("signing_announced", one) for one in ("fact", "planned")} == {"fact"}
    assert [held("signing_announced", "negated"), held("ratified", "planned")] == ["negated", "planned"]


def test_only_steps_told_by_both_are_compared_by_field():
    wrong = told(side=Side.UA, family=Family.COALITION_FORCE, first=None, last="2024-02-16")
    for what, right in (("day", 0), ("side", 0), ("family", 0), ("report_type", 1)):
        assert counted([LABEL], [wrong], what) == (right, 1, 0), what
    assert counted([LABEL], [told("FR"), told(how="negated")], "side") == (0, 0, 0)
    assert counted([told(precision="by")], [wrong], "day") == (0, 0, 0)


def test_of_two_claims_the_likest_is_compared():
    pairs = list(paired([LABEL, told(family="g7_declaration")], [told(family="g7_declaration"), told(), told()]))
    assert [one.family == label.family for label, one in pairs] == [True, True]


def test_factuality_is_the_mean_of_what_either_tells():
    figures = Figures()
    figures.add("x", "en", [told("DE"), told("FR")], [told("DE"), told("FR", how="negated")])
    assert figures.factuality("all") == ({"fact": (2 / 3, 2), "negated": (0, 0)}, 1 / 3)
