"""What a reader is told of what changed, in words and in Markdown."""

from datetime import UTC, datetime, timedelta

from flows import ingest as ingest_module
from flows.changes_words import changes_in_words, changes_markdown
from flows.ingest import Place, ingest
from storage.terms import Cause

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_steps_within_one_run_and_by_one_cause_are_one_change(reader, monkeypatch):
    monkeypatch.setattr(ingest_module, "BATCH", 1)
    moments = iter(DAY + n * timedelta(seconds=1) for n in range(1, 1000))
    place = Place(reader.store, reader.at(DAY).archive, reader.place.knowledge, lambda: next(moments))
    first = reader.page(1, reader.signed("Latvia", "10 April"), published=DAY - HOUR)
    ingest([first, reader.page(2, reader.signed("Latvia", "9 April"), published=DAY - HOUR, url=reader.office)], place)
    states = reader.store.rows("select known_from from ledger_history where line = 'LV/bilateral/signed'")
    assert len(states) > 1
    assert reader.told() == [(Cause.NEWS, "LV/bilateral/signed", "opened")]


def test_a_text_booked_earlier_in_a_run_is_new_no_more(reader, monkeypatch):
    monkeypatch.setattr(ingest_module, "BATCH", 1)
    reader(DAY + HOUR, reader.page(1, ("Denmark speaks of guarantees", reader.fill)))
    moments = iter(DAY + HOUR * 24 + n * timedelta(seconds=1) for n in range(1, 1000))
    place = Place(reader.store, reader.at(DAY).archive, reader.place.knowledge, lambda: next(moments))
    told = "Denmark signed a security agreement with Ukraine on 11 April, Danish Prime Minister Mette Frederiksen said."
    edited = reader.page(1, ("Denmark speaks of guarantees", (told, *reader.fill)), fetched=DAY + 24 * HOUR)
    ingest([reader.page(2, reader.signed("Denmark"), published=DAY + 20 * HOUR, url=reader.office), edited], place)
    assert reader.told(since=DAY + 2 * HOUR) == [
        (Cause.NEWS, "DK/bilateral/signed", "opened"),
        (Cause.OUTLET_EDIT, "DK/bilateral/signed", "changed"),
    ]


def test_a_change_rests_on_the_text_that_brought_it(reader):
    told = "Ukraine and Latvia have signed a bilateral security agreement, the president's office said."
    reader(DAY + HOUR, reader.page(1, ("An agreement with Latvia", (told, *reader.fill))))
    now = DAY + 24 * HOUR
    told = "On 9 April Ukraine and Latvia signed a bilateral security agreement, an official recalled at a briefing."
    reader(now, reader.page(2, ("An official on guarantees for Ukraine", (told, *reader.pump)), published=now - HOUR))
    [change] = reader.changes(since=now).changes
    assert change.after.best_claim == change.before.best_claim
    assert change.rests_on.headline == "An official on guarantees for Ukraine"


def test_what_came_and_went_within_one_run_is_no_change(reader, monkeypatch):
    monkeypatch.setattr(ingest_module, "BATCH", 1)
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    moments = iter(DAY + HOUR * 24 + n * timedelta(seconds=1) for n in range(1, 1000))
    place = Place(reader.store, reader.at(DAY).archive, reader.place.knowledge, lambda: next(moments))
    captures = ((reader.signed("Lithuania"), 2), (reader.signed("Latvia"), 3))
    ingest([reader.page(1, text, fetched=DAY + hours * HOUR) for text, hours in captures], place)
    assert len(reader.store.rows("select history_id from ledger_history")) == 3
    assert reader.told(since=DAY + 2 * HOUR) == []


def test_another_copy_of_a_report_is_no_change(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    reader(DAY + 3 * HOUR, reader.page(2, reader.signed("Latvia")))
    assert reader.store.ledger_lines()[0].texts == 2
    assert reader.told(since=DAY + 2 * HOUR) == []


def test_a_step_is_shown_after_the_furthest_one_before_it(reader):
    told = "Ukraine and Latvia started negotiations on a bilateral security agreement on 2 April, the office said."
    started = DAY - 9 * 24 * HOUR
    reader(started + HOUR, reader.page(1, ("Ukraine and Latvia start talks", (told, *reader.fill)), published=started))
    reader(DAY + HOUR, reader.page(2, reader.signed("Latvia")))
    assert any("talks started → signed 11 Apr 2024" in line for line in changes_in_words(reader.changes()))


def test_a_step_that_falls_back_is_not_measured_by_the_one_that_went(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    now = DAY + 24 * HOUR
    told = "Ukraine and Latvia agreed on the text of a bilateral security agreement on 11 April, the office said."
    reader(now, reader.page(1, ("A text agreed with Latvia", (told, *reader.fill)), fetched=now))
    closed, opened = reader.changes(since=now).changes
    assert (closed.line, opened.line) == ("LV/bilateral/signed", "LV/bilateral/text_agreed")
    assert opened.furthest is None


def test_a_page_that_vanished_is_listed_and_its_line_stands(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    gone = DAY + 24 * HOUR
    reader(gone, reader.page(1, ("Not found", ("Nothing here.",)), fetched=gone, status=404))
    found = reader.changes(since=gone)
    assert [one.headline for one in found.vanished] == ["Latvia signs security agreement with Ukraine"]
    assert any(line.startswith("GONE") and "marked, never deleted" in line for line in changes_in_words(found))
    assert [line.line for line in reader.store.ledger_lines()] == ["LV/bilateral/signed"]
    assert reader.changes(since=gone, guarantor="DK").vanished == ()


def test_only_one_guarantor_where_one_is_named(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")), reader.page(2, reader.signed("Denmark")))
    found = reader.changes(guarantor="DK")
    assert [one.line for one in found.changes] == ["DK/bilateral/signed"]
    assert changes_in_words(found)[0].startswith("11 Apr 2024 – 16 May 2025 · Denmark: 1 line changed · news 1")


def test_where_nothing_changed_it_is_said_what_was_read(reader):
    reader(DAY + HOUR, reader.page(1, ("The town buys a new pump", ("The town has bought a new pump.", *reader.pump))))
    said = "\n".join(changes_in_words(reader.changes()))
    assert "No line changed." in said
    assert "Read in that time: 1 run (1 ingest), 1 page, 1 article of 1 outlet (ukrinform)." in said
    said = "\n".join(changes_in_words(reader.changes(since=DAY + 24 * HOUR)))
    assert "Read in that time: nothing; the last run began on 11 Apr 2024." in said


def test_markdown_is_a_table_that_no_headline_can_break(reader):
    title, paragraphs = reader.signed("Latvia")
    reader(DAY + HOUR, reader.page(1, (title + " | [x](y) *z*", paragraphs)))
    lines = changes_markdown(reader.changes()).splitlines()
    [row] = [line for line in lines if line.startswith("| news")]
    assert row.replace("\\|", "").count("|") == 7
    gone = DAY + 24 * HOUR
    reader(gone, reader.page(1, ("Not found", ("Nothing here.",)), fetched=gone, status=404))
    assert r"\| \[x\](y) \*z\*" in changes_markdown(reader.changes())


def test_what_changed_among_invented_articles_says_so(reader):
    reader.store.mark_demo()
    reader(DAY + HOUR, reader.page(1, reader.signed("Latvia")))
    assert changes_in_words(reader.changes())[0].startswith("DEMO: INVENTED ARTICLES")
    assert changes_markdown(reader.changes()).startswith("**DEMO: INVENTED ARTICLES")
