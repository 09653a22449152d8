"""Texts and lexicon files that are not what was hoped for: no crash, nothing invented, one plain line."""

import json
import time
from datetime import datetime

import pytest

from flows.cli import run
from flows.edge import opened
from flows.findings import find_in_line
from flows.knowledge import load_knowledge
from flows.settings import Settings, read_settings
from flows.wire import TextLine
from storage.terms import EventPrecision, Factuality, Language, Stage

BINDING = {Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE}
MEGABYTE = 1_000_000
GROWTH = 25.0
SETTLING = 0.5  # CPU seconds


def found(title, text="", language=None):
    published = datetime.fromisoformat("2024-06-01T12:00+03:00")
    line = TextLine(id="x", title=title, text=text, language=language, published=published)
    findings = find_in_line(line, load_knowledge(Settings()))
    for claim in findings.claims:
        assert all(line.text_full[one.start : one.end] == one.quote for one in claim.evidence)
    return findings


def signed(findings):
    return {
        claim.guarantor
        for claim in findings.claims
        if claim.stage is Stage.SIGNED and claim.factuality is Factuality.FACT
    }


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ukraina i Norwegia podpisały umowę o gwarancjach bezpieczeństwa", "Premier Norwegii złożył podpis w maju."),
        ("Die Ukraine und Norwegen unterzeichnen ein Sicherheitsabkommen", "Der Präsident dankte für die Garantien."),
        ("乌克兰与挪威签署安全保障协议", "总统在奥斯陆签字。"),
        ("أوكرانيا والنرويج توقعان اتفاقية ضمانات أمنية", "وقع الرئيس."),
        ("უკრაინა და ნორვეგია", "ხელი მოაწერეს უსაფრთხოების შეთანხმებას."),
    ],
)
def test_a_text_in_a_language_that_is_not_read_says_so_and_yields_nothing(title, text):
    findings = found(title, text)
    assert findings.language is Language.OTHER
    assert not findings.is_security_guarantees
    assert findings.claims == ()


def test_a_foreign_word_on_ukraine_does_not_make_a_polish_text_english():
    assert found("Ukraina i NATO", "Podpisano security agreement w Sztokholmie, powiedział premier.").claims == ()


def test_a_quotation_in_another_language_leaves_the_text_as_it_is():
    text = "Норвегія та Україна підписали безпекову угоду. «We have signed a security agreement», сказав прем'єр."
    assert signed(found("Осло і Київ", text)) == {"NO"}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("УКРАЇНА ТА НОРВЕГІЯ ПІДПИСАЛИ УГОДУ ПРО ГАРАНТІЇ БЕЗПЕКИ", "uk"),
        ("УКРАИНА И НОРВЕГИЯ ПОДПИСАЛИ СОГЛАШЕНИЕ О ГАРАНТИЯХ БЕЗОПАСНОСТИ", "ru"),
        ("NORWAY AND UKRAINE HAVE SIGNED A SECURITY AGREEMENT", "en"),
    ],
)
def test_capitals_throughout_are_understood(title, language):
    findings = found(title)
    assert str(findings.language) == language
    assert signed(findings) == {"NO"}


def test_a_text_without_an_end_of_sentence_is_read():
    text = "Norway and Ukraine signed a security agreement in Stockholm on Friday " + "and the guests went home " * 40
    assert signed(found("", text)) == {"NO"}


@pytest.mark.parametrize("day", ["31.02.2024", "31 February 2024", "2024-02-31", "0 May 2024", "32/13/2024"])
def test_a_day_that_is_not_in_the_calendar_is_no_day(day):
    for claim in found("", f"Norway and Ukraine signed a security agreement on {day}.", "en").claims:
        assert claim.precision is not EventPrecision.DAY


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "Норвегія та Україна підписали безпекову угоду 31 лютого."),
     ("ru", "Норвегия и Украина подписали соглашение о безопасности 30.02.2024.")],
)  # fmt: skip
def test_a_day_that_is_not_in_the_calendar_is_no_day_in_other_languages(language, text):
    findings = found("", text, language)
    assert signed(findings) == {"NO"}
    assert all(claim.precision is not EventPrecision.DAY for claim in findings.claims)


@pytest.mark.parametrize("sign", ["\ud800", "\x00", "\u200b", "\u2060", "\ufeff", "\u202e", "\U0010ffff"])
def test_signs_that_cannot_be_seen_break_nothing(sign):
    findings = found(f"Oslo{sign} and Kyiv", f"{sign}Norway and Ukraine signed a security agreement.{sign}")
    assert signed(findings) == {"NO"}


@pytest.mark.parametrize("text", ["", " \n ", "!!!", "\u200b", "... … ??", "\x00"])
def test_a_text_of_nothing_is_about_nothing(text):
    findings = found(text, text)
    assert not findings.is_security_guarantees
    assert findings.claims == findings.topics == ()


def test_the_command_takes_them_all_and_answers_each_in_its_turn(tmp_path, capsys):
    rows = [
        {"id": "pl", "title": "Ukraina i Norwegia", "text": "Podpisano umowę.", "published": "2024-06-01"},
        {"id": "surrogate", "title": "A\ud800", "text": "Norway and Ukraine signed a security agreement."},
        {"id": "empty", "title": "", "text": ""},
        {"id": "caps", "title": "УКРАЇНА ТА НОРВЕГІЯ ПІДПИСАЛИ УГОДУ ПРО ГАРАНТІЇ БЕЗПЕКИ", "text": ""},
    ]
    docs = tmp_path / "docs.jsonl"
    docs.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run(["step", "tag", str(docs)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in answers] == [row["id"] for row in rows]
    assert [one["is_security_guarantees"] for one in answers] == [False, True, False, True]


@pytest.mark.prove
@pytest.mark.parametrize(
    "piece",
    [
        "norway and ukraine and the guests of the ten-year agreement with ukraine went home with arms ",
        "угода з україною про консультації протягом доби після перемир'я та військових ",
        "соглашение с украиной о войсках после прекращения огня если нападут снова ",
        "after after a ceasefire troops troops send send guns war war ",
        "ten ten ten 24 24 consult consult consult against against if if ",
    ],
)
def test_a_megabyte_in_one_line_takes_its_share_of_time_and_no_more(piece):
    found("Oslo and Kyiv", piece)
    tenth, whole = (seconds_for(piece * (letters // len(piece))) for letters in (MEGABYTE // 10, MEGABYTE))
    assert whole < GROWTH * tenth + SETTLING


def seconds_for(text):
    start = time.process_time()
    found("Oslo and Kyiv", text)
    return time.process_time() - start


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder for lexicon files of one's own beside a database that is there."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ZAPORUKA_CONTACT", "desk@example.org")
    for name in ("DATABASE_URL", "OUTLETS"):
        monkeypatch.delenv(f"ZAPORUKA_{name}", raising=False)
    with opened(read_settings(), must_exist=False):
        pass
    (tmp_path / "docs.jsonl").write_text(json.dumps({"id": "a", "text": "A word."}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZAPORUKA_LEXICON", str(folder))
    return folder


FAULTS = [
    (b"own: {title: Own, strnog: {en: [x]}}\n", "field 'own.strnog': no such field"),
    (b"peace_formula: {title: Own, strong: {en: [x]}}\n", "field 'peace_formula': this id is built in"),
    (b"own: {title: Own, strong: {en: ['guarant(ee']}}\n", "field 'own.strong.en.0': 'guarant(ee' holds '('"),
    (b"own: [unclosed\n", "is not YAML"),
    (b"own: {title: \xe9}\n", "is not YAML"),
    (b"? [a, b]\n: own\n", "is not YAML"),
    (b"- own\n", "expected names with values"),
    (b"own:\n", "field 'own': expected names with values"),
    (b"own: {title: 2024-01-01, strong: {en: [x]}}\n", "field 'own.title': expected text; write it in quotes"),
    (b"own: {title: Own, strong: {en: x}}\n", "field 'own.strong.en': expected a list"),
    (b"own: {strong: {en: [x]}}\n", "field 'own.title': must be there and is not"),
    (b"", "holds nothing"),
    (b"# a remark\n", "holds nothing"),
]
VERBS = [
    ["step", "tag", "docs.jsonl"],
    ["ingest", "docs.jsonl"],
    ["ledger", "Норвегія"],
    ["search", "гарантії", "--topic", "own"],
    ["crawl"],
]


@pytest.mark.parametrize(("content", "said"), FAULTS)
def test_a_faulty_lexicon_file_is_one_line_naming_file_and_field(own, capsys, content, said):
    (own / "topics.yaml").write_bytes(content)
    assert run(["step", "tag", "docs.jsonl"]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert str(own / "topics.yaml") in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_that_needs_the_lexicon_says_so(own, capsys, verb):
    (own / "topics.yaml").write_text("own: {title: Own, strnog: {en: [x]}}\n", encoding="utf-8")
    assert run(verb) == 2
    err = capsys.readouterr().err
    assert f"{own / 'topics.yaml'}: field 'own.strnog': no such field; mend the file" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_folder_that_is_not_there_is_named_with_what_to_do(own, capsys, verb):
    own.rmdir()
    assert run(verb) == 2
    err = capsys.readouterr().err
    assert f"{own}: is not a folder; make it, or name another in ZAPORUKA_LEXICON" in err
    assert err.count("\n") == 1
