"""When a step was taken, who said so, whose act it is, on which document, who of a group took it. Made-up texts."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims, told
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import BlockKind, EventPrecision, EvidenceRole, Language, Side, Stage, Zone


def read(*texts, language="en", published_on=date(2024, 5, 10)):
    full, paragraphs = lay_out("", [(text, Zone.BODY) for text in texts])
    scanned = ScannedText("", paragraphs, full, Language(language), published_on, load_lexicon())
    return claims(told(scanned, load_stages()))


@pytest.mark.parametrize(
    ("language", "texts", "stage"),
    [
        (
            "uk",
            ("Україна та Данія підписали безпекову угоду.", "Церемонія відбулася у вівторок, 7 травня, в Орхусі."),
            Stage.SIGNED,
        ),
        (
            "ru",
            ("Дания отложила подписание соглашения о безопасности с Украиной.", "Об этом 7 мая заявил министр."),
            Stage.BLOCKED,
        ),
        (
            "en",
            ("Ukraine and Denmark finalised the text of their security agreement.", "It happened on 7 May in Aarhus."),
            Stage.TEXT_AGREED,
        ),
        (
            "en",
            ("Ukraine and Denmark agreed to begin talks on a security agreement, they announced on 7 May.",),
            Stage.TALKS_ANNOUNCED,
        ),
    ],
)
def test_a_sentence_that_points_back_gives_the_day(language, texts, stage):
    [claim] = [one for one in read(*texts, language=language) if one.stage is stage]
    assert (claim.event_on_min, claim.precision) == (date(2024, 5, 7), EventPrecision.DAY)
    assert claim.planned_on is None
    assert any(one.role is EvidenceRole.DATE and "7" in one.quote for one in claim.evidence)


def test_the_day_something_else_happened_is_not_taken():
    texts = ("Ukraine and Denmark signed a security agreement.", "The minister flew to Odense on 7 May.")
    [claim] = read(*texts)
    assert claim.precision is EventPrecision.BY


def test_a_day_of_saying_is_not_the_day_of_a_signing():
    texts = ("Україна та Данія підписали безпекову угоду.", "Про це 7 травня повідомив міністр.")
    [claim] = read(*texts, language="uk")
    assert claim.precision is EventPrecision.BY


def test_the_official_is_who_was_named_before():
    found = read(
        "Ukraine wants Denmark to be its security guarantor, the Ukrainian foreign minister said.",
        '"It was a long day," the official said. "It would be desirable to see Denmark among the security guarantors."',
    )
    assert {(claim.guarantor, claim.acting_side, claim.said_side) for claim in found} == {("DK", Side.UA, Side.UA)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All Baltic states signed security agreements with Ukraine.", {"EE", "LV", "LT"}),
        ("The Baltic states signed security agreements with Ukraine.", {"MULTI"}),
        ("Estonia, Latvia and Lithuania signed security agreements with Ukraine.", {"EE", "LV", "LT"}),
        ("Ukraine signed security agreements with eleven countries.", {"MULTI"}),
    ],
)
def test_a_group_is_its_members_only_where_all_acted(text, expected):
    assert {claim.guarantor for claim in read(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Denmark and Ukraine hold a security agreement dear, but nobody said how long the work on the text would take.",
        "The next round of talks on the security agreement with Denmark will be held in June.",
    ],
)
def test_work_spoken_of_and_rounds_to_come_are_no_step(text):
    assert read(text) == ()


def test_refusing_to_send_troops_to_the_coalition_is_a_refusal():
    [claim] = read("Данія відмовилася направляти військових до багатонаціональних сил в Україні.", language="uk")
    assert (claim.stage, claim.block_kind, claim.document) == (Stage.BLOCKED, BlockKind.REFUSED, "coalition-force")


def test_a_state_told_of_before_the_comma_is_not_who_speaks():
    [claim] = read("Iceland has joined the G7 declaration of support for Ukraine, the minister Gunna Ember announced.")
    assert (claim.guarantor, claim.said_side) == ("IS", Side.UNKNOWN)


def test_wanted_offered_and_named_by_a_third_differ_in_the_acting_side():
    (wanted,) = read("Ukraine would like Norway to become a guarantor of its security.")
    assert (wanted.stage, wanted.acting_side, wanted.document) == (Stage.PROPOSED, Side.UA, "none-named")
    (offered,) = read("Norway is ready to become a guarantor of Ukraine's security.")
    assert (offered.stage, offered.acting_side) == (Stage.PROPOSED, Side.GUARANTOR)


def test_each_parliament_is_its_own_side():
    (rada,) = read("Учора Верховна Рада ратифікувала сторічну угоду з Великою Британією.", language="uk")
    assert (rada.stage, rada.acting_side, rada.document) == (Stage.RATIFIED, Side.UA, "uk-100-year")
    (other,) = read("Норвезький парламент ратифікував безпекову угоду з Україною.", language="uk") or (None,)
    assert other is None or other.acting_side is Side.GUARANTOR


def test_documents_and_families():
    (eu,) = read("The European Union and Ukraine signed a security agreement.")
    assert eu.family == "eu_commitments"
    (declaration,) = read("Croatia joined the G7 declaration on security guarantees for Ukraine.")
    assert declaration.family == "g7_declaration"
    (text,) = read("Ukraine and the United States finalised the security agreement.", published_on=date(2026, 1, 20))
    assert text.family == "us_text_2025"


def test_who_says_it_and_on_which_side():
    (claim,) = read("Zelensky said that Ukraine and Norway signed a security agreement.")
    assert (claim.said_by, claim.said_side) == ("Volodymyr Zelenskyy", Side.UA)


def test_without_a_day_of_publication_nothing_is_guessed():
    (claim,) = read("Ukraine and Norway signed a security agreement on Friday.", published_on=None)
    assert (claim.event_on_max, claim.precision) == (None, EventPrecision.UNKNOWN)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark and Ukraine signed the security agreement on January 16 in Odense."),
        ("uk", "Данія та Україна підписали безпекову угоду 16 січня в Оденсе."),
        ("ru", "Дания и Украина подписали соглашение о безопасности 16 января в Оденсе."),
    ],
)
def test_what_is_told_as_done_was_done_before_publication(language, text):
    [claim] = read(text, language=language, published_on=date(2025, 9, 17))
    assert (claim.event_on_min, claim.precision) == (date(2025, 1, 16), EventPrecision.DAY)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            ("Denmark and Ukraine have signed a security agreement.", "The two leaders met in Odense on Tuesday."),
        ),
        ("uk", ("Данія та Україна підписали безпекову угоду.", "Лідери зустрілися у вівторок в Оденсе.")),
        ("ru", ("Дания и Украина подписали соглашение о безопасности.", "Лидеры встретились во вторник в Оденсе.")),
    ],
)
def test_news_has_the_one_fresh_day_its_first_paragraphs_name(language, texts):
    [claim] = read(*texts, language=language, published_on=date(2024, 5, 8))
    assert (claim.event_on_min, claim.event_on_max, claim.precision) == (
        date(2024, 5, 7),
        date(2024, 5, 7),
        EventPrecision.DAY,
    )
    assert "date.opening" in {one.rule for one in claim.evidence}


def test_two_fresh_days_leave_the_day_open():
    texts = ("Denmark and Ukraine have signed a security agreement.", "They met on Monday and dined on Tuesday.")
    [claim] = read(*texts, published_on=date(2024, 5, 8))
    assert claim.precision is EventPrecision.BY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 February 2024. Odense. Denmark and Ukraine signed a security agreement."),
        ("uk", "12 лютого. Оденсе. Данія та Україна підписали безпекову угоду."),
        ("ru", "12 февраля. Оденсе. Дания и Украина подписали соглашение о безопасности."),
    ],
)
def test_an_entry_of_a_chronicle_has_the_day_that_opens_it(language, text):
    [claim] = read("Chronicle.", text, language=language, published_on=date(2024, 5, 8))
    assert (claim.event_on_min, claim.precision) == (date(2024, 2, 12), EventPrecision.DAY)
