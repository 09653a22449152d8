import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import keys
from storage.models import UnitRow
from storage.records import Conflict, LedgerLine
from storage.rows import search_tokens
from storage.store import ArticleIdentity
from tests.deciding import decide

T1 = datetime(2024, 7, 1, tzinfo=UTC)


@pytest.fixture
def searched(filled, made):
    """Five articles of consecutive days, the first the oldest."""
    texts = [
        ("Гарантії для України", "Японія підписала"),
        ("Погода", "гарантії обговорили"),
        ("Погода", "гарантія підписала ґанок її"),
        ("Погода", "garantii Україна"),
        ("Гарантии", "подписала F-16"),
    ]
    pages = [made.article(f"s{n}", title, (body,), day=n) for n, (title, body) in enumerate(texts)]
    pages[4] = made.article("s4", *((texts[4][0], (texts[4][1],))), day=4, outlet="dusk")
    filled.save(made.batch(*pages), made.noon)
    numbers = {row.article_id: n for n, (row, _) in enumerate(pages)}
    return lambda tokens, limit=10, **within: [
        numbers[hit.article_id] for hit in filled.search(tokens, limit, **within)
    ]


def test_search_puts_headlines_first_then_the_newest(searched):
    assert searched(["гарантії"]) == [0, 1]
    assert searched(["погода"]) == [3, 2, 1]
    assert searched(["погода"], 1) == [3]
    assert searched(["підписала"]) == [2, 0]


def test_search_wants_every_token_and_takes_any_case(searched):
    assert searched(["ГАРАНТІЇ", "Підписала"]) == [0]
    assert searched(["гарантії", "підписала", "ґанок"]) == []
    assert searched(["F-16"]) == [4]
    assert searched(["f", "16"]) == [4]


def test_letters_that_differ_by_a_mark_are_different(searched):
    assert searched(["їі"]) == searched(["ганок"]) == searched(["іі"]) == []
    assert searched(["її"]) == searched(["ґанок"]) == [2]


def test_search_is_restricted_by_outlet_and_day(searched):
    assert searched(["погода"], from_on=date(2024, 6, 16), to_on=date(2024, 6, 16)) == [2]
    assert searched(["подписала"], outlet="dawn") == []
    assert searched(["подписала"], outlet="dusk", language="en") == [4]
    assert searched(["подписала"], language="uk") == []


def test_search_is_restricted_by_topic_and_then_needs_no_word(filled, made):
    (row, on), off = made.article("on", "Погода", ("гарантії",), day=1), made.article("off", "Погода", ("дощ",), day=2)
    tag = on.findings.topics[0].model_copy(update={"topic": "grain"})
    on = dataclasses.replace(on, findings=on.findings.model_copy(update={"topics": (tag,)}))
    filled.save(made.batch((row, on), off), made.noon)
    assert [hit.article_id for hit in filled.search([], 10, topic="grain")] == [row.article_id]
    assert [hit.article_id for hit in filled.search(["погода"], 10, topic="grain")] == [row.article_id]
    assert filled.search(["дощ"], 10, topic="grain") == []
    assert filled.search([], 10, topic="peace") == []
    assert filled.search(["'"], 10, topic="grain") == []


@pytest.mark.parametrize("asked", [[], ["'"], ['" OR "'], ["&"], ["*"], ["NOT"], ["%"], ["AND", "OR"]])
def test_no_question_is_taken_for_a_command(searched, asked):
    assert searched(asked) == []


def test_search_follows_the_current_version(filled, made):
    old, new = made.reading(body=("oldword",)), made.reading(body=("newword",))
    filled.save(made.batch(made.page(old)), made.noon)
    filled.save(made.batch(made.page(new, fetched_at=made.noon + timedelta(hours=1))), made.noon)
    assert [len(filled.search([word], 5)) for word in ("oldword", "newword")] == [0, 1]


@given(st.text())
def test_tokens_are_distinct_lower_letters_and_digits_and_stay_as_they_are(text):
    tokens = search_tokens(text)
    assert all(token.isalnum() for token in tokens.split())
    assert len(set(tokens.split(" "))) == len(tokens.split(" "))
    assert search_tokens(tokens) == tokens


def test_a_text_of_very_many_words_can_be_indexed(filled, made):
    row, read = made.article("long", "Long", (" ".join(f"слово{n}" for n in range(60_000)) + " " + "я" * 5000,))
    filled.save(made.batch((row, read)), made.noon)
    assert len(filled.search(["слово49000"], 5)) == 1


def test_claims_on_file_come_with_article_evidence_and_decision(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read)), made.noon)
    (claim,) = filled.claims_on_file()
    assert claim.claim == read.findings.claims[0]
    assert (claim.outlet, claim.outlet_side, claim.work_id) == ("dawn", "UA", row.article_id)
    assert claim.published_at == datetime(2024, 6, 13, 21, 22, tzinfo=UTC)
    assert claim.decision is None

    decide(filled, claim.claim_id, "accept", "KS", T1, note="seen")
    decide(filled, claim.claim_id, "reject", "OM", T1 + timedelta(hours=1), correction={"place": "Fasano"})
    decide(filled, claim.claim_id, "reject", "OM", T1 + timedelta(hours=1), correction={"place": "Fasano"})

    (claim,) = filled.claims_on_file(guarantor="JP", family="bilateral", claim_ids=[claim.claim_id])
    assert (claim.decision, claim.reader, claim.correction) == ("reject", "OM", {"place": "Fasano"})
    assert filled.status()["tables"]["reviews"] == 2


def test_claims_on_file_are_those_asked_for(filled, made):
    filled.save(made.batch(made.page(made.reading())), made.noon)
    assert filled.claims_on_file(guarantor="DE") == []
    assert filled.claims_on_file(stage="ratified") == []
    assert filled.claims_on_file(claim_ids=[]) == []
    assert filled.claims_on_file(published_by=datetime(2024, 6, 13, 21, 21, tzinfo=UTC)) == []
    assert len(filled.claims_on_file(published_by=datetime(2024, 6, 14, tzinfo=UTC))) == 1


def test_a_claim_an_outlet_edited_away_is_on_file_no_more(filled, made):
    filled.save(made.batch(made.page(made.reading())), made.noon)
    row, read = made.page(made.reading(body=("Nothing.",)), fetched_at=made.noon + timedelta(hours=2))
    filled.save(made.batch((row, read)), made.noon)
    (claim,) = filled.claims_on_file()
    assert claim.version_id == row.version_id
    assert filled.status()["tables"]["claims"] == 2


def test_captures_are_listed_in_time_order_with_unknown_times_first(filled, made):
    late = made.page(made.reading(), fetched_at=made.noon + timedelta(hours=1))
    early, unknown = made.page(made.reading(), fetched_at=made.noon), made.page(made.reading(), fetched_at=None)
    filled.save(made.batch(late, early, unknown), made.noon)
    captures = filled.article_captures([late[0].article_id])[late[0].article_id]
    assert [one.page_id for one in captures] == [unknown[0].page_id, early[0].page_id, late[0].page_id]
    assert captures[1].fetched_at == made.noon
    assert filled.articles_of_urls(["https://dawn.example/a", "https://dawn.example/none"]) == {
        "https://dawn.example/a": late[0].article_id
    }


def _line(**changes):
    values = {
        "line": "JP/jp-accord/signed",
        "guarantor": "JP",
        "document": "jp-accord",
        "family": "bilateral",
        "stage": "signed",
        "stage_rank": 8,
        "acting_side": "guarantor",
        "event_on_min": date(2024, 6, 13),
        "event_on_max": date(2024, 6, 13),
        "precision": "day",
        "status": "current",
        "confirmed_by": "both",
        "speakers": 1,
        "texts": 1,
        "outlets": 1,
        "best_claim": 5,
        "deciding": (5,),
    }
    return LedgerLine(**values | changes)


def _write(store, lines, now, closed=(), conflicts=(), cause="news"):
    return dict(+store.write_ledger(lines, closed, conflicts, now=now, rules_version="r1", cause=cause))


def test_the_same_news_twice_adds_nothing_to_the_ledger(store):
    assert _write(store, [_line()], T1) == {"opened": 1}
    assert _write(store, [_line()], T1 + timedelta(days=1)) == {}
    assert _write(store, [_line(texts=20, outlets=9)], T1 + timedelta(days=2)) == {"refreshed": 1}
    (row,) = store.rows("SELECT texts, event_day_min, is_hedged FROM ledger")
    assert row == {"texts": 20, "event_day_min": keys.day_number(date(2024, 6, 13)), "is_hedged": 0}
    assert store.status()["tables"]["ledger_history"] == 1


def test_a_changed_line_keeps_what_was_shown_before(store):
    days = [T1 + timedelta(days=n) for n in range(4)]
    _write(store, [_line()], days[0])
    assert _write(store, [_line(place="Fasano")], days[1], cause="late_find") == {"changed": 1}
    assert _write(store, [_line()], days[2]) == {"changed": 1}
    assert _write(store, [], days[3], closed=["JP/jp-accord/signed"]) == {"closed": 1}

    assert store.ledger_lines() == []
    assert [one.place for one in store.ledger_lines(known_at=days[1])] == ["Fasano"]
    assert store.ledger_lines(known_at=days[2] + timedelta(hours=1)) == [_line()]
    assert store.ledger_lines(known_at=days[0] - timedelta(hours=1)) == []
    causes = store.rows("SELECT cause FROM ledger_history ORDER BY known_from")
    assert [row["cause"] for row in causes] == ["news", "late_find", "news"]


def test_conflicts_are_those_of_the_last_derivation(store):
    first = Conflict(line="JP/jp-accord/signed", field="day", value="2024-06-14", claim_id=6, texts=1)
    other = first.model_copy(update={"field": "place", "value": "Rome"})
    _write(store, [_line()], T1, conflicts=[first, other])
    assert _write(store, [_line()], T1, conflicts=[other]) == {"conflicts": 1}
    assert store.rows("SELECT field, value FROM conflicts") == [{"field": "place", "value": "Rome"}]


def test_a_lease_is_held_by_one_until_it_lapses_or_is_given_back(store):
    minute = timedelta(minutes=1)
    assert store.acquire_lease("host", "dawn", "a", T1, 5 * minute)
    assert not store.acquire_lease("host", "dawn", "b", T1 + 4 * minute, 5 * minute)
    assert store.acquire_lease("host", "dusk", "b", T1, 5 * minute)
    assert store.renew_lease("host", "dawn", "a", T1 + 4 * minute, 5 * minute)
    assert not store.acquire_lease("host", "dawn", "b", T1 + 8 * minute, 5 * minute)
    assert store.acquire_lease("host", "dawn", "b", T1 + 9 * minute, 5 * minute)
    assert not store.renew_lease("host", "dawn", "a", T1 + 9 * minute, 5 * minute)
    store.release_lease("host", "dawn", "a")
    assert not store.acquire_lease("host", "dawn", "a", T1 + 9 * minute, 5 * minute)
    store.release_lease("host", "dawn", "b")
    assert store.acquire_lease("host", "dawn", "a", T1 + 9 * minute, 5 * minute)


def test_runs_and_units_are_kept(store, made):
    run = store.start_run("crawl", "c1", "r1", T1)
    store.finish_run(run, "interrupted", T1 + timedelta(minutes=1), {"pages": 3})
    (last,) = store.status()["runs"]
    assert (last["run_id"], last["state"], last["counts"]) == (run, "interrupted", {"pages": 3})

    unit = UnitRow(unit_id=1, outlet="dawn", edition="uk", kind="feed", index_url="u", state="planned", planned_at=T1)
    store.save(made.batch(units=[unit]), T1)
    assert store.units(outlet="dawn", state="planned") == [unit]
    assert store.units(state="done") == []


def test_texts_of_say_work_and_story(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read), identities=[ArticleIdentity(row.article_id, row.article_id)]), made.noon)
    (text,) = filled.texts_of([row.article_id, 1])
    assert (text.work_id, text.story_id, text.headline) == (row.article_id, None, made.title)
    assert text.paragraphs == read.reading.paragraphs
