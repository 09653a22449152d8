"""Which articles tell of one event: what the score sees, and the partition that no order of arrival changes."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product

import pytest

from flows.steps.accounts import Step, account
from flows.steps.alike import ENOUGH, SPAN, keys_of, may_be_one_event, score
from flows.steps.stories import Member, settle, stories_of

START = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
SIGNED = Step("IE", "bilateral", "signed", date(2027, 3, 1), date(2027, 3, 1))


def told(title, text, hours=0, language="en", **found):
    return account(title, text, published=START + timedelta(hours=hours), language=language, **found)


DUBLIN = told(
    "Ireland signs security agreement with Ukraine in Dublin",
    "The agreement was signed at Farmleigh House by Declan Roarke. It gives 120 million euros a year.",
    steps=[SIGNED],
    persons=["Declan Roarke"],
)


def test_one_step_told_in_two_languages_is_one_event():
    other = told(
        "Ірландія підписала безпекову угоду з Україною",
        "Угоду підписав у резиденції Фармлі Деклан Роарк. Вона передбачає 120 мільйонів євро на рік.",
        hours=5,
        language="uk",
        steps=[SIGNED],
        persons=["Деклан Роарк"],
    )
    alike, why = score(DUBLIN, other)
    assert alike >= ENOUGH
    assert why[0] == "step IE/bilateral/signed in both"
    assert "number 120 in both" in why
    assert why[-1] == "published 0.2 days apart"
    assert score(other, DUBLIN) == (alike, why)


def test_the_same_frame_about_another_state_is_another_event():
    other = told(
        "Norway signs security agreement with Ukraine in Oslo",
        "The agreement was signed at Akershus Castle by Kari Nordby. It gives 700 million crowns a year.",
        steps=[Step("NO", "bilateral", "signed", date(2027, 3, 1), date(2027, 3, 1))],
        persons=["Kari Nordby"],
    )
    assert score(DUBLIN, other)[0] < ENOUGH


@pytest.mark.parametrize(
    "other",
    [
        Step("IE", "bilateral", "signed", date(2027, 2, 1), date(2027, 2, 3)),
        Step("IE", "bilateral", "signed", date(2027, 3, 1), date(2027, 3, 1), is_told=False),
        Step("IE", "bilateral", "ratified", date(2027, 3, 1), date(2027, 3, 1)),
    ],
)
def test_a_step_of_another_day_or_sense_or_stage_is_not_the_same(other):
    _, why = score(DUBLIN, told("Ireland and Ukraine: security agreement", "Words.", steps=[other]))
    assert not any(one.startswith("step ") for one in why)
    assert "steps of IE in both" in why


def refusing(title, text, **found):
    return told(title, text, hours=3, **found)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (
            refusing(
                "Ireland refuses to sign security agreement with Ukraine",
                "The agreement was not signed at Farmleigh House by Declan Roarke. It gives 120 million euros a year.",
                persons=["Declan Roarke"],
            ),
            "only one headline says no",
        ),
        (
            refusing(
                "Ireland and Ukraine: security agreement",
                "The agreement was signed at Farmleigh House by Declan Roarke.",
                steps=[Step("IE", "bilateral", "signed", date(2027, 3, 1), date(2027, 3, 1), is_told=False)],
            ),
            "one denies the step that the other tells",
        ),
        (
            refusing("Ireland signs agreement with Ukraine", "Signed by Moira Kellan.", persons=["Moira Kellan"]),
            "other persons: Declan Roarke and Moira Kellan",
        ),
        (
            refusing("Ireland signs agreement with Ukraine", "It gives 45 lorries and 60 radios."),
            "no number in both",
        ),
        (
            refusing("Ireland signs agreement with Ukraine", "In the town of Westport near Galway."),
            "no name in both openings",
        ),
        (
            refusing("Monday in brief: Ireland signs agreement with Ukraine", "At Farmleigh House by Declan Roarke."),
            "one of them tells several events",
        ),
        (
            told("Norway signs security agreement", "Ireland.", steps=[Step("NO", "bilateral", "signed")]),
            "steps of IE and of NO",
        ),
    ],
)
def test_what_two_articles_tell_differently_counts_against_one_event(other, why):
    ours = told(
        "Ireland signs security agreement with Ukraine in Dublin",
        "The agreement was signed at Farmleigh House by Declan Roarke. It gives 120 million euros and 30 tents.",
        steps=[SIGNED],
        persons=["Declan Roarke"],
    )
    alike, told_why = score(ours, other)
    assert why in told_why
    assert score(other, ours) == (alike, told_why)


def test_two_visits_of_one_day_told_in_one_frame_are_two_events():
    frame = "{0} came to Kyiv on Monday and promised {1}. He met {2}. The sides spoke about the security agreement."
    first, second = (
        told(f"{who} visits Kyiv with a pledge", frame.format(who, what, whom), persons=[who, whom])
        for who, what, whom in (
            ("Declan Roarke", "14 lorries and 20 tents", "Ostap Velychenko"),
            ("Duarte Valmonte", "40 generators and 33 pumps", "Larysa Honta"),
        )
    )
    assert may_be_one_event(first, second)
    assert score(first, second)[0] < ENOUGH


def test_a_person_named_in_one_text_and_found_in_the_other_is_in_both():
    named = told(
        "Security pact of Ireland signed", "A pen was lent to Declan Roarke, the minister, in Dublin.", hours=2
    )
    assert any(one.startswith("Declan Roarke in both") for one in score(DUBLIN, named)[1])


def test_a_headline_in_title_case_tells_no_names():
    loud = told("Irish Ministers Sign Lasting Security Pact", "The pact was signed by Declan Roarke in Dublin.")
    assert set(loud.names.values()) == {"Declan", "Roarke", "Dublin"}


@pytest.mark.parametrize("seed", range(5))
def test_articles_that_may_be_one_event_have_a_key_in_common(seed):
    drawn = random.Random(seed)  # noqa: S311  a repeatable draw
    words = ["lorries", "pledge", "minister", "harbour", "vote", "61", "120", "strike", "sign"]
    persons = ["Volodymyr Zelenskyy", "Donald Trump", "Declan Roarke", "Kari Nordby"]
    steps = [SIGNED, Step("NO", "bilateral", "signed"), Step("IE", "bilateral", "signed", is_told=False)]
    many = [
        told(
            " ".join(drawn.sample(words, k=drawn.randint(0, 4))),
            "",
            hours=drawn.uniform(0, 300),
            language=drawn.choice(["en", "uk"]),
            persons=drawn.sample(persons, k=drawn.randint(0, 2)),
            steps=drawn.sample(steps, k=drawn.randint(0, 1)),
        )
        for _ in range(80)
    ]
    pairs = [(one, other) for at, one in enumerate(many) for other in many[:at]]
    may_be = [pair for pair in pairs if may_be_one_event(*pair)]
    assert 0 < len(may_be) < len(pairs)
    assert all(keys_of(one) & keys_of(other) for one, other in may_be)


def test_a_headline_without_end_has_no_keys_without_end():
    endless = told(" ".join("".join(word) for word in islice(product("abcdefghijk", repeat=5), 1500)), "")
    assert len(keys_of(endless)) < 1000


def test_days_apart_count_against_one_event_and_undated_articles_have_none():
    scores = [
        score(DUBLIN, told("Ireland signs security agreement", "Dublin.", hours, steps=[SIGNED]))[0]
        for hours in (1, 60, 200, 250)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1] > scores[2] > scores[3] == 0
    assert score(DUBLIN, account("Ireland signs", "Dublin.", steps=[SIGNED])) == (0.0, ())


@pytest.mark.parametrize(
    "text", ["", "word", "1", '"' * 2000, "Назва " * 50_000], ids=["none", "one", "number", "quotes", "long"]
)
def test_odd_texts_are_compared_without_harm(text):
    alike, _ = score(told(text, text), DUBLIN)
    assert 0 <= alike < ENOUGH


def linked(links, hours=None, ties=(), stories=None):
    """Articles 1, 2 … published so many hours after the first, alike as the links (one, other) say."""
    numbers = sorted({one for pair in [*links, *ties] for one in pair} | set(hours or ()))
    scores = links if isinstance(links, dict) else dict.fromkeys(links, 0.8)
    return [
        Member(
            number,
            START + timedelta(hours=(hours or {}).get(number, number)),
            (stories or {}).get(number),
            frozenset({other for pair in ties if number in pair for other in pair} - {number}),
            {other: score for pair, score in scores.items() if number in pair for other in pair if other != number},
        )
        for number in numbers
    ]


def test_a_story_is_named_by_its_earliest_and_lone_articles_by_themselves():
    assert stories_of(linked([(1, 2), (1, 3), (2, 3)], hours={4: 1})) == {1: 1, 2: 1, 3: 1, 4: 4}


def test_likeness_to_a_late_member_alone_does_not_lengthen_a_story():
    chain = [(1, 2), (1, 3), (2, 3), (1, 4), (2, 4), (4, 5), (5, 6)]
    assert stories_of(linked(chain)) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 5, 6: 5}


def test_one_weak_likeness_does_not_bridge_two_events():
    """The third is like one of two, so that its mean likeness to them is half of that."""
    assert stories_of(linked({(1, 2): 0.9, (2, 3): 0.6}))[3] == 3
    assert stories_of(linked({(1, 2): 0.9, (2, 3): 0.8}))[3] == 1


@pytest.mark.parametrize("reach", [1, 2, 3, 10])
def test_a_chain_of_likenesses_does_not_swallow_a_month(reach):
    """Every article of a month is like its neighbours and no other: no story grows past the days of one."""
    hours = {number: 6 * number for number in range(1, 121)}
    links = [(one, other) for one in hours for other in range(one + 1, min(one + reach, 120) + 1)]
    told_in = stories_of(linked(links, hours))
    lengths = [
        max(days) - min(days)
        for story in set(told_in.values())
        if (days := [hours[one] for one in hours if told_in[one] == story])
    ]
    assert len(lengths) > 120 // (reach + 3)
    assert max(lengths) <= min(6 * (reach + 2), SPAN.days * 24)


def test_undated_articles_join_no_story_and_end_none():
    members = [
        replace(one, published=None if one.article_id == 2 else one.published) for one in linked([(1, 2), (2, 3)])
    ]
    assert stories_of(members) == {1: 1, 2: 2, 3: 3}


@pytest.mark.parametrize(("hours", "story"), [(72, 1), (73, 2)])
def test_a_story_ends_after_three_days_without_news(hours, story):
    assert stories_of(linked([(1, 2)], hours={1: 0, 2: hours}))[2] == story


def test_a_story_ends_after_ten_days_unless_copies_tie():
    hours = {number: 60 * (number - 1) for number in range(1, 7)}
    links = [(one, other) for one in hours for other in hours if one < other]
    assert set(stories_of(linked(links, hours)).values()) == {1, 6}
    assert set(stories_of(linked([], hours, ties=[(1, 6)])).values()) == {1, 2, 3, 4, 5}


def test_an_article_joins_the_story_it_is_most_like():
    links = {(1, 3): 0.6, (2, 3): 0.7}
    assert stories_of(linked(links)) == {1: 1, 2: 2, 3: 2}


def drawn_members(seed):
    """A month of articles in bursts, alike at random, some of them copies of each other."""
    drawn = random.Random(seed)  # noqa: S311  a repeatable draw
    hours = {number: drawn.uniform(0, 30 * 24) for number in range(1, 90)}
    near = [(a, b) for a in hours for b in hours if a < b and abs(hours[a] - hours[b]) <= 240]
    links = {pair: round(drawn.uniform(0.5, 1), 3) for pair in drawn.sample(near, k=320)}
    ties = [pair for pair in drawn.sample(near, k=12) if pair not in links]
    return linked(links, hours, ties)


def arriving(members, order, sizes):
    """The stories on file after the articles came in this order, in batches of these sizes, known piece by piece."""
    every = {one.article_id: one for one in members}
    filed, at = {}, 0
    while at < len(order):
        size = next(sizes)
        batch, at = order[at : at + size], at + size
        filed |= dict.fromkeys(batch)
        there = {
            one: Member(
                one,
                every[one].published,
                filed[one],
                every[one].tied & filed.keys(),
                {other: s for other, s in every[one].like.items() if other in filed},
            )
            for one in filed
        }
        given, whole = set(batch), set()
        while not (settled := settle([there[one] for one in sorted(given)], whole)).is_whole:
            assert settled.missing - given or settled.missing_stories - whole
            whole |= settled.missing_stories
            given |= settled.missing | {one for one, story in filed.items() if story in settled.missing_stories}
        filed |= settled.stories
    return filed


@pytest.mark.parametrize("seed", range(10, 20))
def test_the_partition_does_not_depend_on_the_order_of_arrival(seed):
    members = drawn_members(seed)
    at_once = stories_of(members)
    assert 1 < len(set(at_once.values())) < len(members)
    drawn = random.Random(seed)  # noqa: S311  a repeatable draw
    for size in (1, 4, 30):
        order = [one.article_id for one in members]
        drawn.shuffle(order)
        assert arriving(members, order, iter(lambda size=size: drawn.randint(1, size), None)) == at_once
