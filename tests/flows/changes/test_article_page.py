"""What the page of an article tells of its versions, corrections and copies, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from flows.article_page import article_at, is_address
from flows.cli.pages_text import page_lines
from flows.steps.diff import ChangeKind
from flows.story_page import page_of, page_values
from storage.models import TABLES

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
READINGS = TABLES["readings"]
NOTE = "Correction: an earlier version of this article named the wrong country."


def page_at(reader, n):
    return page_of(reader.store, article_at(reader.store, reader.page(n, ("", ())).url, {}, "ingest"))


def told(page, *, everything=False):
    return [line.strip() for line in page_lines(page, 80, everything=everything)]


def test_an_edit_with_a_note_tells_versions_steps_and_correction(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    reader(DAY + 3 * HOUR, reader.page(1, reader.signed("Latvia", after=(NOTE,)), fetched=DAY + 2 * HOUR))
    page = page_at(reader, 1)
    assert [version.n for version in page.versions] == [1, 2]
    second = page.versions[1]
    assert [change.kind for change in second.changes] == [ChangeKind.HEADLINE, ChangeKind.CHANGED, ChangeKind.ADDED]
    assert second.steps == ("country",)
    assert second.has_new_correction
    assert [note.text for note in page.corrections] == [NOTE]
    lines = told(page)
    assert "headline, 1 sentence changed, 1 added; with a correction note" in lines
    assert "steps told: country (-LT/bilateral/signed +LV/bilateral/signed)" in lines
    assert any(line.startswith("correction") for line in lines)


def test_an_article_that_vanished_says_since_when(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    gone = reader.page(1, ("Not found", ()), fetched=DAY + 5 * HOUR, status=404)
    reader(DAY + 5 * HOUR, gone)
    assert any(line.startswith("gone") and "11 Apr 2024 17:00 Kyiv" in line for line in told(page_at(reader, 1)))


def test_versions_that_two_cleaners_read_are_not_compared_and_it_is_said(reader):
    reader(DAY + HOUR, reader.page(1, reader.signed("Lithuania")))
    reader(DAY + 3 * HOUR, reader.page(1, reader.signed("Latvia"), fetched=DAY + 2 * HOUR))
    [first, _] = page_at(reader, 1).versions
    with reader.store._write() as connection:
        older = sa.update(READINGS).where(READINGS.c.version_id == first.version_id).values(cleaner_version="older")
        connection.execute(older)
    page = page_at(reader, 1)
    assert page.versions[1].changes == ()
    assert page.versions[1].not_compared.startswith("read by two cleaners, older and")
    assert any(line.startswith("read by two cleaners") for line in told(page))


def test_copies_name_each_other_and_who_was_first(reader):
    text = reader.signed("Lithuania")
    reader(DAY + HOUR, reader.page(1, text))
    reader(DAY + 4 * HOUR, reader.page(2, text, published=DAY + 3 * HOUR, url=reader.office))
    number = article_at(reader.store, reader.office.format(2), {}, "ingest")
    page = page_of(reader.store, number)
    [copy] = page.copies
    assert (copy.kind, copy.other.outlet) == ("exact", "ukrinform")
    assert page.first_of_work == copy.other.article_id
    assert page.first.outlets == ("ukrinform",)
    assert page_values(page)["first_publisher"]["certainty"] == page.first.certainty
    assert any(line.startswith("first to tell") for line in told(page))


@pytest.mark.prove
def test_many_edits_are_cut_to_one_screen_and_counted(reader):
    for n in range(30):
        words = (f"The town has bought {n} pumps.", *reader.pump)
        reader(DAY + n * HOUR, reader.page(1, (f"Town buys {n} pumps", words), fetched=DAY + n * HOUR))
    page = page_at(reader, 1)
    assert len(page.versions) == 30
    lines = told(page)
    assert len(lines) <= 40
    assert any(line.startswith("…") and line.endswith("more: --full") for line in lines)
    assert any(line.startswith("30  changed between") for line in lines)
    whole = told(page, everything=True)
    assert not any("more: --full" in line for line in whole)
    assert sum("changed between" in line for line in whole) == 29


def test_a_change_at_the_end_of_a_long_sentence_is_seen_in_one_line(reader):
    long = f"The town has bought a pump, {', '.join(['and a bucket'] * 12)} and {{}} spades for its gardens."
    for n in (40, 57):
        text = ("Town buys pump", (long.format(n), *reader.pump))
        reader(DAY + n * HOUR, reader.page(1, text, fetched=DAY + n * HOUR))
    lines = page_lines(page_at(reader, 1), 80)
    assert all(len(line) <= 80 for line in lines if "http" not in line)
    assert any(line.strip().startswith("- …") and "and 40 spades" in line for line in lines)
    assert any(line.strip().startswith("+ …") and "and 57 spades" in line for line in lines)


def test_a_page_s_text_moves_no_cursor(reader):
    reader(DAY + HOUR, reader.page(1, ("Town \u202eбуys\u200b pumps", reader.pump)))
    assert all(line.isprintable() for line in page_lines(page_at(reader, 1), 80))


def test_what_an_address_is():
    assert is_address(["https://a.example/x"])
    assert is_address(["a.example/news/1"])
    assert is_address(["urn:sha256:00ff"])
    assert not any(
        map(is_address, (["a.example"], ["км/год"], ["https://a.example/x", "y"], ["24/7"], ["12.5/100"], ["і/або"]))
    )
