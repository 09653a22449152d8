"""Credits go from the text into findings, the JSON line, the explanation and the database."""

from crawlers.outlet import all_outlets
from flows.findings import find_in_line
from flows.why import why_tagged
from flows.wire import TextLine, tag_line

TEXT = "Норвегія та Україна підписали угоду. Про це повідомляє Укрінформ із посиланням на Reuters."


def line(outlet=None):
    return TextLine(id="x", title="Осло підписало угоду", text=TEXT, language="uk", outlet=outlet)


def test_a_tagged_line_names_its_credits(knowledge):
    found = find_in_line(line("tsn"), knowledge)
    told = tag_line("x", found)["attributions"]
    assert [(one["source"], one["role"], one["quote"]) for one in told] == [
        ("ukrinform", "origin", "повідомляє Укрінформ"),
        ("reuters", "origin", "із посиланням на Reuters"),
    ]
    text_full = line().text_full
    assert all(text_full[one["start"] : one["end"]] == one["quote"] for one in told)


def test_the_outlet_may_be_called_by_any_of_its_names(knowledge):
    for called in ("ukrinform", "Укрінформ", "ukrinform.ua"):
        assert find_in_line(line(called), knowledge).attributions[0].role == "self"
    assert find_in_line(line("nobody knows it"), knowledge).attributions[0].role == "origin"


def test_the_explanation_says_which_wording_credits_whom(knowledge):
    found = find_in_line(line(), knowledge)
    said = why_tagged("x", line().text_full, found)
    assert "credit       Reuters (agency, origin)" in said
    assert "[citing] із посиланням на Reuters" in said


def test_rules_change_with_what_may_be_credited(knowledge):
    assert "ukrinform" in all_outlets()
    fewer = type(knowledge)({}, knowledge.clutter, knowledge.lexicon, knowledge.stages)
    assert fewer.rules_version != knowledge.rules_version
