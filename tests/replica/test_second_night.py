"""The second night differs from the first by what the truth says, in the guarantees its articles tell of too."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from flows.demo.replica import Replica, Setting
from flows.demo.replica.model import articles_on
from flows.demo.replica.setting import FIRST_DAY
from flows.findings import find
from storage.records import Reading
from storage.terms import Factuality, Outcome

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def stories():
    """Each story as it stands on the two nights."""
    nights = [{a.source: a for a in articles_on(Setting(), night) if a.made_of == "story"} for night in (1, 2)]
    return {source: tuple(night.get(source) for night in nights) for source in nights[1]}


def test_each_article_answers_as_its_change_says(replica, client):
    asking = client(replica)
    first, second = replica.truth(1), replica.truth(2)
    before = {known.url: asking.get(known.url) for known in first.articles if known.outcomes == ("article",)}
    replica.night = 2
    changes = {known.url: known.change for known in second.articles if known.outcomes[0] in {"article", "gone"}}
    counts = Counter(changes.values())
    assert (counts["edited"], counts["gone"], counts["late"]) == (3, 1, 1)
    assert min(counts["new"], counts["unchanged"]) > 10
    for url, change in changes.items():
        held = before[url].headers if url in before else {}
        got = asking.get(
            url,
            **({"If_None_Match": held["etag"]} if "etag" in held else {}),
            **({"If_Modified_Since": held["last-modified"]} if "last-modified" in held else {}),
        )
        assert got.status == {"new": 200, "edited": 200, "gone": 410, "unchanged": 304, "late": 304}[change], url
        if change == "unchanged":
            assert got.body == b""
        if change == "edited":
            assert {got.headers.get("last-modified"), got.headers.get("etag")}.isdisjoint(
                {held.get("last-modified"), held.get("etag")} - {None}
            )


def test_edits_change_the_text_in_silence_or_with_a_note(replica, client):
    asking = client(replica)
    edited = {known.url: known for known in replica.truth(2).articles if known.change == "edited"}
    before = {url: asking.get(url).body.decode() for url in edited}
    replica.night = 2
    after = {url: asking.get(url).body.decode() for url in edited}
    notes = ("Correction: ", "Виправлення: ")
    with_note = {url for url, body in after.items() if any(f"<p>{note}" in body for note in notes)}
    assert with_note == {url for url, known in edited.items() if known.corrected_with_note}
    assert not any(f"<p>{note}" in body for body in before.values() for note in notes)
    silent = set(edited) - with_note
    assert len(silent) == 1
    assert "Словаччин" in before[min(silent)]
    assert "Словаччин" not in after[min(silent)]
    assert after[min(silent)].count("Словен") == before[min(silent)].count("Словаччин")
    assert not any(known.corrected_with_note for known in replica.truth(1).articles)


def test_what_guarantees_are_told_of_changes_as_planned(replica):
    first, second = (Counter(told(one) for one in replica.truth(night).tellings) for night in (1, 2))
    assert first - second == Counter(
        [
            ("SK", "bilateral", "signed", "2027-04-20", None),
            ("IS", "bilateral", "signed", "2027-04-20", None),
            ("CZ", "bilateral", "blocked", "2027-04-07", None),  # which leaves the window
        ]
    )
    assert second - first == Counter(
        [
            ("SI", "bilateral", "signed", "2027-04-20", None),
            ("IS", "bilateral", "text_agreed", "2027-04-20", None),
            ("JP", "bilateral", "signed", "2027-04-21", None),
            ("JP", "bilateral", "signed", "2027-04-21", None),
            ("HR", "bilateral", "talks_started", "2027-04-21", None),
            ("BE", "bilateral", "ratified", "2027-04-14", None),
        ]
    )
    assert ("JP", "bilateral", "signing_announced", None, "2027-04-21") in first


def told(one):
    return one.guarantor, one.family, one.stage, one.event_on, one.planned_on


def test_only_what_can_be_read_is_told(replica):
    for night in (1, 2):
        truth = replica.truth(night, FIRST_DAY)
        readable = {a.url for a in truth.articles if a.missing is None and a.outcomes[0] == Outcome.ARTICLE}
        assert {one.url for one in truth.tellings} <= readable
    late = [known for known in replica.truth(1).articles if known.missing == "not_listed_yet"]
    assert len(late) == 1
    assert late[0].url not in {one.url for one in replica.truth(1).tellings}
    assert replica.truth(1).outlets["ukrinform"].missing == {}


def test_the_program_reads_in_each_page_what_it_tells_and_nothing_else(read, knowledge):
    for night in (1, 2):
        for article in articles_on(Setting(), night):
            if article.made_of not in {"story", "file"} or article.outcomes[0] != Outcome.ARTICLE:
                continue
            reading = read(article)
            assert isinstance(reading, Reading)
            found = find(
                reading.title, reading.paragraphs, reading.text_full, reading.language, article.day, knowledge
            ).claims
            days = {
                (c.guarantor, c.family, c.stage, c.planned_on): (c.event_on_min, c.event_on_max)
                for c in reversed(found)
                if c.factuality in {Factuality.FACT, Factuality.PLANNED}
            }
            assert set(days) == {(t.guarantor, t.family, t.stage, t.planned_on) for t in article.tells}, article.url
            for tells in article.tells:
                on_min, on_max = days[tells.guarantor, tells.family, tells.stage, tells.planned_on]
                assert (on_min if on_min == on_max else None) == tells.event_on, article.url


def test_what_invented_pages_tell_agrees_with_a_careful_reader():
    careful = json.loads((REPO / "tests" / "demo_truth.json").read_text(encoding="utf-8"))["ledger"]
    facts = json.loads((REPO / "flows" / "demo" / "replica" / "pages.json").read_text(encoding="utf-8"))
    expected = Counter()
    for line in careful:
        for text in line["texts"]:
            other = line["conflict"] if text in line.get("conflict", {}).get("texts", ()) else {}
            day = other.get("value", line.get("event_on"))
            expected[text, line["guarantor"], line["family"], line["stage"], day, line.get("planned_on")] += (
                text in facts
            )
    stated = Counter(
        (name, one["guarantor"], one["family"], one["stage"], one.get("event_on"), one.get("planned_on"))
        for name, fact in facts.items()
        for one in fact.get("tells", ())
    )
    assert stated == +expected


def test_a_late_lead_stands_in_one_index_of_the_second_night_and_none_of_the_first(replica, client, indexes):
    late = next(known for known in replica.truth(2).articles if known.change == "late")
    assert "2027-04-08" <= late.day < "2027-04-17"
    days = (late.day, "2027-04-20", "2027-04-21")
    asking = client(replica)
    assert asking.get(late.url).status == 200
    assert late.url not in set().union(*indexes.named(asking, days, {late.outlet}).values())
    replica.night = 2
    naming = [index for index, urls in indexes.named(asking, days, {late.outlet}).items() if late.url in urls]
    assert naming == ["https://www.ukrinform.ua/block-lastnews?page=1"]


def test_the_stories_fit_another_day(tmp_path, client):
    setting = Setting(now=date(2027, 6, 3), days=1, history_every=0)
    with Replica(tmp_path, setting=setting) as running:
        asking = client(running)
        tellings = {one.guarantor: one for one in running.truth(1).tellings}
        assert (tellings["SK"].event_on, tellings["JP"].planned_on) == ("2027-06-03", "2027-06-04")
        assert "відбулася 3 червня" in asking.get(tellings["SK"].url).body.decode()
        assert "on June 3," in asking.get(tellings["IS"].url).body.decode()
        assert "/2027/06/03/" in tellings["JP"].url


def test_stories_in_two_languages_name_each_other(stories):
    ukrainian, english = stories["japan-signed"][1], stories["japan-signed-en"][1]
    assert ukrainian.translations == {"en": english.url}
    assert english.translations == {"uk": ukrainian.url}
    assert stories["japan-signed"][0] is None
