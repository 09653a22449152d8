from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import keys
from storage.compare import compare
from storage.models import LeadRow, PageRow, UnitRow
from storage.records import Filed
from storage.store import ArticleIdentity, ArticleRelation, FiledPage, StoreError
from storage.store.stale import ties_of
from storage.terms import Outcome, UnitState


def test_an_article_is_stored_with_its_kyiv_days_and_zero_one_flags(filled, made):
    filled.save(made.batch(made.page(made.reading())), made.noon)

    (article,) = filled.rows("SELECT * FROM articles")
    assert str(article["published_on"]) == "2024-06-14"  # 21:22 the day before in UTC
    assert article["published_day"] == keys.day_number(date(2024, 6, 14))
    assert article["is_security_guarantees"] == 1
    assert article["authors"] == '["Anna Roe"]'
    (claim,) = filled.rows("SELECT * FROM claims WHERE is_hedged = 0")
    assert claim["event_day_min"] == keys.day_number(date(2024, 6, 13))


def test_the_same_batch_again_changes_nothing(filled, made):
    batch = made.batch(made.page(made.reading()), made.article("b", "Other", ("Text.",)))

    first = filled.save(batch, made.noon)
    again = filled.save(batch, made.noon + timedelta(days=1))

    assert first["pages"] == first["articles"] == first["readings"] == first["claims"] == 2
    assert not +again


def test_only_rows_that_differ_are_written(filled, made):
    filled.save(made.batch(made.page(made.reading()), made.article("b")), made.noon)

    changed = made.batch(made.page(made.reading(section="Politics")), made.article("b"))
    done = filled.save(changed, made.noon)

    assert +done == {"readings": 1, "articles": 1}


def test_a_claim_that_new_rules_do_not_find_is_removed_with_its_evidence(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read)), made.noon)
    fewer = read.findings.model_copy(update={"claims": (), "topics": ()})

    done = filled.save(made.batch((row, replace(read, findings=fewer)), rules="r2"), made.noon)

    assert done["claims"] == 1
    assert filled.status()["tables"] | {"claims": 0, "evidence": 0, "tags": 0} == filled.status()["tables"]
    assert filled.rows("SELECT rules_version FROM readings") == [{"rules_version": "r2"}]


def test_claims_with_one_key_become_one_row_with_all_evidence(filled, made):
    row, read = made.page(made.reading())
    claim = read.findings.claims[0]
    more = claim.model_copy(update={"evidence": (made.evidence(read.reading, "Japan", "who"),)})
    findings = read.findings.model_copy(update={"claims": (claim, more, claim)})

    filled.save(made.batch((row, replace(read, findings=findings))), made.noon)

    assert [row["role"] for row in filled.rows("SELECT role FROM evidence ORDER BY n")] == ["step", "who"]


def _three_captures(made):
    """Text A, then text B, then text A again."""
    first, second = made.reading(), made.reading(body=("Japan delayed the accord.",))
    return [
        made.page(first, fetched_at=made.noon),
        made.page(second, fetched_at=made.noon + timedelta(hours=1)),
        made.page(first, fetched_at=made.noon + timedelta(hours=2), nth=1),
    ]


def test_versions_are_numbered_in_time_order_in_whatever_order_captures_arrive(more_stores, made):
    captures = _three_captures(made)
    states = []
    for order in permutations(captures):
        store = more_stores()
        for capture in order:
            store.save(made.batch(capture), made.noon)
        versions = store.rows("SELECT version_id, n FROM versions ORDER BY n")
        assert [one["version_id"] for one in versions] == [row.version_id for row, _ in captures]
        (article,) = store.rows("SELECT current_version_id, first_seen_at, headline FROM articles")
        assert article["current_version_id"] == captures[2][0].version_id
        states.append((versions, article, store.rows("SELECT * FROM search_texts")))
    assert all(state == states[0] for state in states)


def test_a_capture_that_arrives_late_parts_a_version_in_two(filled, made):
    first, second, third = _three_captures(made)
    joined = (third[0].model_copy(update={"version_id": first[0].version_id}), None)
    batch = made.batch(first)
    batch.pages.append(joined[0])
    filled.save(batch, made.noon)
    assert filled.status()["tables"]["versions"] == 1

    late = made.batch(second)
    late.filed = [FiledPage(third[0].page_id, third[0].version_id)]
    filled.save(late, made.noon)

    assert [row["n"] for row in filled.rows("SELECT n FROM versions ORDER BY n")] == [1, 2, 3]
    for table in ("readings", "claims", "evidence", "tags", "reading_paragraphs", "statements"):
        found = filled.rows(f"SELECT count(DISTINCT reading_id) AS n FROM {table}")  # noqa: S608 - names above
        assert found == [{"n": 3}], table
    assert filled.quote_mismatches() == 0
    assert not +filled.save(late, made.noon)


def test_a_version_is_read_from_its_earliest_capture(filled, made):
    early = made.page(made.reading(section="early"), fetched_at=made.noon)
    late = made.page(made.reading(section="late"), fetched_at=made.noon + timedelta(hours=1))
    for capture in (late, early, late):
        filled.save(made.batch(capture), made.noon)

    assert filled.rows("SELECT section FROM articles") == [{"section": "early"}]
    assert filled.rows("SELECT count(*) AS n FROM readings") == [{"n": 1}]


def test_cleaning_anew_adds_a_reading_and_no_version(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read)), made.noon)
    cleaner = made.reading(body=("Japan signed the accord.",))
    again = row.model_copy(update={"cleaner_version": "c2", "text_sha256": keys.sha256(cleaner.text_full)})

    reread = replace(read, reading=cleaner, findings=made.findings(cleaner))
    filled.save(made.batch((again, reread), cleaner="c2"), made.noon)

    readings = filled.rows("SELECT cleaner_version, is_current FROM readings ORDER BY cleaner_version")
    assert readings == [{"cleaner_version": "c1", "is_current": 0}, {"cleaner_version": "c2", "is_current": 1}]
    (version,) = filled.rows("SELECT text_sha256, cleaner_version FROM versions")
    assert version == {"text_sha256": row.text_sha256, "cleaner_version": "c1"}
    (text,) = filled.texts_of([row.article_id])
    assert text.text_full == cleaner.text_full


def test_a_page_that_is_no_article_any_more_takes_its_article_along(filled, made):
    row, read = made.page(made.reading())
    signature = Filed(read.article_id, 19876, 2**62, b"\0\xff", b"7")
    filed = ArticleIdentity(read.article_id, read.article_id, filed=signature)
    filled.save(made.batch((row, read), identities=[filed]), made.noon)
    assert filled.filed_of([read.article_id]) == {read.article_id: signature}
    nothing = {"article_id": None, "version_id": None, "text_sha256": None, "outcome": "listing"}
    batch = made.batch()
    batch.pages = [row.model_copy(update=nothing)]

    filled.save(batch, made.noon)

    tables = filled.status()["tables"]
    assert not any(
        tables[name] for name in ("articles", "versions", "readings", "claims", "search_texts", "signatures")
    )
    assert filled.status()["outcomes"] == {"listing": 1}
    assert filled.search(["japan"], 5) == []


def test_an_article_answered_with_not_found_has_vanished(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read)), made.noon)
    gone_at = made.noon + timedelta(days=2)
    batch = made.batch()
    batch.pages = [
        PageRow(
            page_id=keys.page_id(row.url, gone_at, ""),
            url=row.url,
            fetched_at=gone_at,
            payload_sha256="",
            payload_bytes=0,
            record_type="response",
            is_truncated=False,
            outcome="not_found",
        )
    ]

    filled.save(batch, made.noon)

    assert filled.rows("SELECT count(*) AS n FROM articles WHERE vanished_at > '2024-06-15'") == [{"n": 1}]


def test_identities_replace_what_was_known_before(filled, made):
    pages = [made.article("a"), made.article("b", day=1)]
    filled.save(made.batch(*pages), made.noon)
    first, second = (row.article_id for row, _ in pages)

    def identity(filed):
        relation = ArticleRelation(first, "near", 0.9, ("share .90 of the shorter text",))
        return ArticleIdentity(second, first, first, "minhash-1", [relation], filed)

    before, after = Filed(second, 100, 7, b"2345"), Filed(second, 101, 8, b"3456", b"12")
    alike, another_stands = Filed(first, 99, 8, b"3456"), Filed(first, 101, 8)
    filled.save(made.batch(identities=[identity(before), ArticleIdentity(first, first, filed=alike)]), made.noon)
    assert filled.filed_between(99, 100) == [alike, before]
    filled.save(
        made.batch(identities=[identity(after), ArticleIdentity(first, first, first, filed=another_stands)]), made.noon
    )

    assert filled.filed_between(99, 200) == [after]
    assert sorted(filled.filed_as([7, 8])) == sorted([after, another_stands])
    assert filled.filed_of([first]) == {first: another_stands}
    told = {(*sorted((first, second)), "near", 0.9, "minhash-1", ("share .90 of the shorter text",))}
    assert ties_of(filled, [first]) == ties_of(filled, [second]) == told
    (story,) = filled.rows("SELECT story_id, articles, last_day - first_day AS days FROM stories")
    assert story == {"story_id": first, "articles": 2, "days": 1}


def test_a_batch_that_fails_in_the_middle_leaves_nothing(filled, made):
    wrong = made.evidence(made.reading(), "Japan").model_copy(update={"role": "hearsay"})
    row, read = made.page(made.reading())
    claim = read.findings.claims[0].model_copy(update={"evidence": (wrong,)})
    findings = read.findings.model_copy(update={"claims": (claim,)})

    with pytest.raises(StoreError) as refusal:
        filled.save(made.batch(made.article("b"), (row, replace(read, findings=findings))), made.noon)

    assert "\n" not in str(refusal.value)
    tables = filled.status()["tables"]
    assert tables["pages"] == tables["articles"] == tables["claims"] == 0


def test_an_interrupted_batch_leaves_nothing(filled, made, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.store.saving.refresh_articles", interrupt)
    with pytest.raises(KeyboardInterrupt):
        filled.save(made.batch(made.article("b")), made.noon)
    monkeypatch.undo()

    assert filled.status()["tables"]["pages"] == 0
    assert filled.save(made.batch(made.article("b")), made.noon)["pages"] == 1


def test_an_outlet_nobody_loaded_is_named(filled, made):
    with pytest.raises(StoreError, match="outlet 'noon' is not in the table outlets"):
        filled.save(made.batch(made.article("b", outlet="noon")), made.noon)


def test_words_outside_the_lists_are_refused(filled, made):
    row, read = made.page(made.reading())
    bad = row.model_copy(update={"outcome": "hearsay"})
    with pytest.raises(StoreError, match="refused"):
        filled.save(made.batch((bad, read)), made.noon)


def test_thousands_of_ids_are_asked_for_at_once(filled, made):
    row, read = made.page(made.reading())
    filled.save(made.batch((row, read)), made.noon)
    assert filled.known_pages([*range(40_000), row.page_id]) == {row.page_id}


def test_leads_are_unread_until_a_page_was_fetched(filled, made):
    row, read = made.page(made.reading())
    leads = [
        LeadRow(url=url, outlet="dawn", language="en", published_hint_at=made.noon, first_seen_at=made.noon)
        for url in (row.url, "https://dawn.example/other")
    ]
    filled.save(made.batch((row, read), leads=leads), made.noon)

    assert [lead["url"] for lead in filled.unread_leads("dawn", 10)] == ["https://dawn.example/other"]
    cells = filled.rows("SELECT published_day, expected, listed, read, unread FROM cells ORDER BY published_day")
    day = keys.day_number(date(2024, 6, 13))
    assert cells == [
        {"published_day": day, "expected": None, "listed": 1, "read": 0, "unread": 1},
        {"published_day": day + 1, "expected": None, "listed": 1, "read": 1, "unread": 0},  # the article's own day
    ]


@pytest.mark.parametrize(
    ("covers_to", "read_on", "listed", "kind", "expected"),
    [
        (13, 14, 2, "day_list", 2),
        (30, 14, 2, "month_sitemap", 2),
        (13, 13, 2, "day_list", None),  # read while the day went on
        (12, 14, 2, "day_list", None),  # another day's
        (13, 14, None, "day_list", None),  # could not be read
        (13, 14, 2, "feed", None),  # holds the newest alone
        (13, 14, 2, "wayback", None),  # what an archive happens to hold
    ],
)
def test_a_days_articles_are_expected_only_where_an_index_of_the_whole_day_was_read_after_it(
    filled, made, covers_to, read_on, listed, kind, expected
):
    leads = [
        LeadRow(
            url=f"https://dawn.example/{nth}",
            outlet="dawn",
            language="en",
            published_hint_at=made.noon,
            first_seen_at=made.noon,
        )
        for nth in range(2)
    ]
    unit = UnitRow(
        unit_id=7,
        outlet="dawn",
        edition="en",
        kind=kind,
        index_url="https://dawn.example/list",
        covers_from=date(2024, 6, min(covers_to, 1)),
        covers_to=date(2024, 6, covers_to),
        state=UnitState.LISTED,
        planned_at=made.noon,
        read_at=datetime(2024, 6, read_on, 12, tzinfo=UTC),
        outcome=Outcome.FETCHED,
        listed=listed,
    )
    filled.save(made.batch(leads=leads, units=[unit]), made.noon)
    [cell] = filled.rows("SELECT expected, expected_from, listed FROM cells")
    assert cell == {"expected": expected, "expected_from": kind if expected else None, "listed": 2}


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=text, body=st.lists(text, min_size=1, max_size=3), start=st.integers(0, 10), length=st.integers(1, 20))
def test_any_text_comes_back_as_it_went_in_and_quotes_stand(filled, made, title, body, start, length):
    reading = made.reading(title, body, canonical_url=f"https://dawn.example/{keys.sha256(repr((title, body)))}")
    quote = reading.text_full[start : start + length]
    row, read = made.page(reading)
    claim = read.findings.claims[0]
    if quote:
        evidence = made.evidence(reading, quote).model_copy(update={"start": start, "end": start + len(quote)})
        claim = claim.model_copy(update={"evidence": (evidence,)})
    filled.save(
        made.batch((row, replace(read, findings=read.findings.model_copy(update={"claims": (claim,)})))), made.noon
    )

    (back,) = filled.texts_of([row.article_id])
    assert back.text_full == reading.text_full
    assert back.paragraphs == reading.paragraphs
    assert filled.quote_mismatches() == 0


def test_characters_no_database_holds_are_replaced_one_for_one(filled, made):
    row, read = made.page(made.reading(section="a\x00b\ud800c"))
    filled.save(made.batch((row, read)), made.noon)
    assert filled.rows("SELECT section FROM articles") == [{"section": "a\ufffdb\ufffdc"}]


def test_one_and_many_batches_make_the_same_database(more_stores, made):
    pages = [made.article(f"a{n}", f"Title {n}", (f"Body {n}.",), day=n) for n in range(6)]
    one, many = more_stores(), more_stores()
    one.save(made.batch(*pages), made.noon)
    for page in reversed(pages):
        many.save(made.batch(page), made.noon + timedelta(days=9))

    report = compare(one.shown, many.shown)
    assert report.is_same, report.as_text()
