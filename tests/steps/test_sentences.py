"""Sentences keep their place, and no quotation is cut at an abbreviation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.sentences import sentences
from flows.steps.text import lay_out
from storage.terms import Zone
from tests.timing import best_seconds


def split(text: str) -> list[str]:
    full, paragraphs = lay_out("", [(text, Zone.BODY)])
    return [one.text for one in sentences("", paragraphs, full)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They met in Oslo. The talks went well.", 2),
        ("The U.S. Senate met on Feb. 24. It rose early.", 2),
        ("He lives in the U.S. The rest of them do not.", 2),
        ("Mr. Olsen and Dr. J. P. Berg signed it.", 1),
        ('"It is done." The envoy left.', 2),
        ('"It is done," he said. "We go home."', 2),
        ("Чи підпише вона? Ні! Побачимо… Потім скажемо.", 4),
        ("За ст. 5 виділили 2 млрд. грн. на рік.", 1),
        ("Т.зв. гаранти зібралися. І. О. Петренко мовчав.", 2),
        ("В 2024 г. подписали договор. Стороны довольны.", 2),
        ("First line\nSecond line", 2),
        ("Support was $1.5 bn. in all. Nobody objected.", 2),
    ],
)
def test_splits_where_a_sentence_ends(text, count):
    assert len(split(text)) == count


def test_headline_is_the_first_sentence_and_zones_are_kept():
    full, paragraphs = lay_out(
        "Oslo agrees", [("It did so. Twice.", Zone.LEAD), ("Earlier it had not.", Zone.BACKGROUND)]
    )
    found = sentences("Oslo agrees", paragraphs, full)
    assert [(one.zone, one.paragraph) for one in found] == [
        (Zone.HEADLINE, -1), (Zone.LEAD, 0), (Zone.LEAD, 0), (Zone.BACKGROUND, 1),
    ]  # fmt: skip
    assert found[0].text == "Oslo agrees"


def test_a_headline_as_long_as_a_text_is_cut_and_one_of_several_sentences_is_not():
    for title, most in [("Oslo agrees. Kyiv waits.", 24), ("Oslo agrees and Kyiv waits " * 400, 2_000)]:
        full, paragraphs = lay_out(title, [("It did.", Zone.LEAD)])
        *headline, body = sentences(title, paragraphs, full)
        assert {(one.zone, one.paragraph) for one in headline} == {(Zone.HEADLINE, -1)}
        assert max(len(one.text) for one in headline) <= most
        assert "".join("".join(one.text for one in headline).split()) == "".join(title.split())
        assert body.text == "It did."


@pytest.mark.parametrize("run", [".", '."', "!?", ". ", "\n", " ", "(", "a.b.", "т.зв. "])
def test_a_run_of_stops_takes_time_by_its_length(run):
    def seconds(size: int) -> float:
        text = (run * size)[:size]
        full, paragraphs = lay_out("Oslo", [(text, Zone.BODY)])
        return best_seconds(sentences, "Oslo", paragraphs, full)

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.002)


@given(st.text(max_size=60), st.lists(st.text(max_size=200), max_size=4))
def test_every_sentence_stands_where_it_says_and_nothing_is_lost(title, texts):
    full, paragraphs = lay_out(title, [(text, Zone.BODY) for text in texts])
    headline = full[: len(full) - sum(len(p.text) + 2 for p in paragraphs)]
    found = sentences(headline, paragraphs, full)
    assert all(full[one.start : one.end] == one.text for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    body = "".join(one.text for one in found if one.zone is not Zone.HEADLINE)
    assert "".join(body.split()) == "".join("".join(p.text for p in paragraphs).split())
