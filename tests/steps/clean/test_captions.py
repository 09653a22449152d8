"""Captions in flattened text: told by their wording or by the bare credit below, never at the cost of sentences."""

import pytest

from flows.steps.clean.captions import is_caption

FIRST = "The invented ministry of Orchard Town said on Monday that the two gardens would share their water."
SECOND = "The neighbours have argued about the pump since the spring, and nobody expects a quick end to it."
THIRD = "The mayor promised on Tuesday that the pump would be mended before the apples are ripe in autumn."


def _texts(reading):
    return [p.text for p in reading.paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "The mayor arrives at the town pump: the gates were open Jane Sample/AFP",
        "The mayor arrives at the town pump Jane Sample/GC Images",
        "The mayor arrives at the town pump Jane Sample/via Reuters",
        "A gardener takes a picture of the pump in Orchard Town. AP Photo",
        "The pump in Orchard Town. (AP Photo/Jane Sample) AP Photo",
        "The old pump, March 3, 2027. (AP Photo/Jane Sample) - Copyright AP Photo",
        "Mayor Jane Sample (left) listening to the gardeners",
        "Міська голова Олена Вигадана (ліворуч) слухає садівників",
    ],
)
def test_a_caption_is_told_by_its_wording(cleaned, line):
    reading = cleaned(text=f"{FIRST}\n{SECOND}\n{line}\n{THIRD}")
    assert _texts(reading) == [FIRST, SECOND, THIRD]
    assert reading.captions == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "The mayor (left) walked out of the hall before anyone could ask her about the pump.",
        "The story was first told by Reuters.",
        "The reporters of AP and AFP were not let in, the mayor told Reuters",
        "Mayor (left)",
        "The price is counted in dollars/litre",
    ],
)
def test_a_sentence_is_no_caption(line):
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("label", "credit"),
    [
        ("Олена Вигадана", "Джерело: Фонд садів"),
        ("Елена Вымышленная", "Источник: Фонд садов"),
        ("Former mayor Jane Sample", "OT"),
    ],
)
def test_a_label_with_a_bare_credit_below_is_a_caption(cleaned, label, credit):
    reading = cleaned(text=f"{FIRST}\n{SECOND}\n{label}\n{credit}\n{THIRD}\n{FIRST.replace('water', 'tools')}")
    assert label not in _texts(reading)
    assert credit not in _texts(reading)
    assert reading.captions == (label, credit)


@pytest.mark.parametrize(
    ("label", "formula"),
    [
        ("What the mayor says", "Source: the town hall"),
        ("Нові деталі", "Джерело: міська рада"),
        ("Олена Вигадана", "Джерело: міська голова розповіла про це на зустрічі із садівниками."),
        ("Which towns joined the plan", "Orchard"),
    ],
)
def test_the_source_formula_and_subheads_stay(cleaned, label, formula):
    reading = cleaned(text=f"{FIRST}\n{SECOND}\n{label}\n{formula}\n{THIRD}\n{FIRST.replace('water', 'tools')}")
    assert _texts(reading)[2:4] == [label, formula]
