"""All that is found in one text given as a line: short texts, long texts, texts on something else."""

from datetime import UTC, datetime

import pytest

from flows.findings import find_in_line, hints_at_guarantees
from flows.wire import TextLine
from storage.terms import ReportType
from tests.timing import best_seconds


@pytest.fixture(scope="module")
def found_in(knowledge):
    def find(text, language="en", title="", published=datetime(2026, 5, 8, 9, tzinfo=UTC)):
        return find_in_line(TextLine(id="x", title=title, text=text, language=language, published=published), knowledge)

    return find


def told(found):
    return sorted((claim.guarantor, str(claim.stage)) for claim in found.claims)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Parliament in Kyiv ratifies 100-year treaty with Britain", [("GB", "ratified")]),
        ("en", "Iceland is joining the declaration of the G7.", [("IS", "joined_declaration")]),
        ("en", "Austria did not sign the declaration.", [("AT", "blocked")]),
        ("uk", "Рада ратифікувала угоду з Норвегією", [("NO", "ratified")]),
        ("uk", "Підписання угоди з Данією відклали.", [("DK", "blocked")]),
        ("ru", "Киев и Осло подписали соглашение.", [("NO", "signed")]),
        ("ru", "Исландия присоединилась к декларации G7", [("IS", "joined_declaration")]),
    ],
)
def test_a_flash_is_judged_by_the_step_it_tells(found_in, language, text, expected):
    found = found_in(text, language)
    assert found.is_security_guarantees
    assert told(found) == expected
    [proof] = found.topics[0].evidence[:1]
    assert proof.quote == text


def test_a_headline_without_a_body_is_judged_alike(found_in):
    assert told(found_in("", title="Ukraine and Norway sign agreement")) == [("NO", "signed")]


def test_a_claim_that_only_a_flash_suggests_is_hedged(found_in):
    [guessed] = found_in("Ukraine and Norway signed an agreement.").claims
    [sure] = found_in("Ukraine and Norway signed a security agreement.").claims
    assert (guessed.is_hedged, sure.is_hedged) == (True, False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine and Norway signed a treaty of friendship."),
        ("en", "Ukraine and Norway sign free trade agreement"),
        ("en", "The cabinet approved a loan guarantee agreement with a Danish bank."),
        ("en", "Sweden and Finland signed an agreement."),
        ("en", "Moscow demanded security guarantees from NATO and handed over a draft treaty."),
        ("en", "Taiwan asks for US security guarantees."),
        ("uk", "Президент підписав закон про соціальні гарантії для пожежників."),
        ("uk", "Україна та Данія підписали угоду про ремонт доріг і митні пункти."),
        ("ru", "США и Китай подписали соглашение."),
        ("ru", "Правительство утвердило гарантии по кредитам для фермеров."),
    ],
)
def test_a_flash_on_something_else_tells_nothing(found_in, language, text):
    found = found_in(text, language)
    assert not found.is_security_guarantees
    assert found.claims == ()


def test_troops_offered_for_the_coalition_are_a_promise(found_in):
    text = "Denmark is ready to send troops to the multinational force in Ukraine.\n\nHe flew home.\n\nIt rained."
    found = found_in(text, title="Denmark offers troops")
    assert found.is_security_guarantees
    assert told(found) == [("DK", "proposed")]


def test_the_background_of_another_story_gives_restatements_only(found_in):
    text = (
        "Перша бригада пекарів приїхала до Одеси.\n\nВона навчить пекти хліб.\n\nПекарня відкриється навесні."
        "\n\nНагадаємо, 6 березня Україна та Данія підписали безпекову угоду."
    )
    found = found_in(text, "uk", title="Пекарі в Одесі")
    assert not found.is_security_guarantees
    assert [(claim.guarantor, claim.report_type) for claim in found.claims] == [("DK", ReportType.RESTATEMENT)]


def test_people_are_named_in_a_text_on_anything(found_in):
    found = found_in("Maria Featherby opened a bakery. She sold bread. It was good.", title="A bakery")
    assert [person.name for person in found.persons] == ["Maria Featherby"]


@pytest.mark.parametrize(
    "line",
    [
        "Norway and Ukraine signed a security agreement on 3 May, said Olena Featherby: we will give guarantees, ",
        "Norway and Ukraine signed a security agreement on 3 May, said Olena Featherby. ",
        "security guarantees for Ukraine ",
        "guarantee,agreement;",
    ],
)
def test_time_grows_with_length_and_no_faster(found_in, line):
    def seconds(size):
        text = line * (size // len(line))
        return best_seconds(found_in, text)

    seconds(1_000)
    small, large = seconds(12_000), seconds(96_000)
    assert large < 8 * 3 * max(small, 0.05)


@pytest.mark.parametrize(
    ("headline", "language", "speaks"),
    [
        ("Україна та Японія підписали безпекову угоду", "uk", True),
        ("Ukraine, Croatia begin talks on security agreement", "en", True),
        ("Украина и Чехия подпишут соглашение о безопасности", None, True),
        ("У Львові відкрили виставку старих мап", "uk", False),
        ("Inflation slows to 8 per cent, statistics office says", "en", False),
        ("", None, False),
    ],
)
def test_a_headline_alone_tells_whether_a_page_is_worth_reading_first(headline, language, speaks, knowledge):
    assert hints_at_guarantees(headline, language, knowledge) is speaks


def test_a_headline_in_marks_that_combine_is_quoted_as_it_is_stored(found_in):
    title = "Ukrai\u0308ne and Norwe\u0301y: " + "e\u0301" * 30 + " security guarantees for Ukraine"
    found = found_in("Oslo and Kyiv signed a security agreement.", title=title)
    stored = TextLine(id="x", title=title, text="", language="en", published=None).text_full.rstrip()
    assert found.topics[0].evidence[0].quote == stored
    assert len(stored) < len(title)
