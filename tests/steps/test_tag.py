"""Topics and the question whether a text tells of guarantees for Ukraine."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.steps.scanned import ScannedText
from flows.steps.tag import tag
from flows.steps.text import lay_out
from storage.terms import Language, TopicRole, Zone
from tests.timing import best_seconds


def tagged(title: str, *paragraphs, language: str = "en", day: date | None = date(2024, 5, 1)):
    parts = [part if isinstance(part, tuple) else (part, Zone.BODY) for part in paragraphs]
    text, laid = lay_out(title, parts)
    is_about, score, tags = tag(ScannedText(title, laid, text, Language(language), day, load_lexicon()))
    for one in tags:
        for proof in one.evidence:
            assert text[proof.start : proof.end] == proof.quote
    return is_about, score, {one.topic: one for one in tags}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Norway ready to give Ukraine security guarantees", "en"),
        ("Canada and Ukraine sign security agreement", "en"),
        ("Allies are to guarantee the security of Ukraine", "en"),
        ("Zelenskyy: no ceasefire without guarantees", "en"),
        ("Guarantor states will meet in Kyiv", "en"),
        ("Данія готова стати гарантом безпеки України", "uk"),
        ("Зеленський розповів про гарантії безпеки від партнерів", "uk"),
        ("Підписано двосторонню безпекову угоду з Фінляндією", "uk"),
        ("Украина и Канада обсудят гарантии безопасности", "ru"),
        ("Страны-гаранты поддержали Украину", "ru"),
    ],
)
def test_a_headline_on_guarantees_for_ukraine_makes_the_text_about_them(title, language):
    is_about, score, topics = tagged(title, language=language)
    assert is_about
    assert score == 1.0
    assert any(load_lexicon().topics[topic].is_core for topic in topics)


@pytest.mark.parametrize(
    ("title", "language", "day"),
    [
        ("Russia repeats its demand for security guarantees", "en", date(2022, 1, 12)),
        ("The President spoke of legal security guarantees for Russia", "en", date(2022, 2, 1)),
        ("Moscow's proposals on security guarantees discussed with Paris", "en", date(2022, 1, 2)),
        ("Ukraine asks for security guarantees for grain ships", "en", date(2023, 7, 1)),
        ("Deal on Gaza needs security guarantees for Israel, says minister from Ukraine", "en", date(2024, 6, 1)),
        ("Ukraine's banks receive loan guarantees and better social security", "en", date(2024, 6, 1)),
        ("Москва отримала гарантії безпеки від Києва щодо зерна", "uk", date(2022, 11, 2)),
        ("Аграрії України отримають державні гарантії за кредитами", "uk", date(2022, 3, 12)),
        ("Росія хоче гарантій безпеки на переговорах щодо України", "uk", date(2025, 8, 12)),
        ("Німеччина гарантує безпеку енергопостачання в Україні", "uk", date(2024, 8, 12)),
        ("Putin says Russia needs security guarantees to end the war in Ukraine", "en", date(2025, 8, 12)),
        ("Aid workers ask for security guarantees to evacuate people in Ukraine", "en", date(2022, 4, 12)),
        ("Служба безпеки України затримала агента", "uk", date(2024, 3, 12)),
        ("Российско-американские консультации по гарантиям безопасности", "ru", date(2022, 1, 10)),
        ("Фонд гарантирования вкладов начал выплаты в Украине", "ru", date(2024, 1, 10)),
    ],
)
def test_other_guarantees_are_not_the_topic(title, language, day):
    is_about, _, _ = tagged(title, language=language, day=day)
    assert not is_about


def test_an_item_in_a_list_of_subjects_is_only_a_mention():
    is_about, score, topics = tagged(
        "Ministers met in Oslo",
        "They discussed sanctions, energy, security guarantees for Ukraine, as well as the harvest.",
    )
    assert not is_about
    assert 0 < score < 0.5
    assert topics["security_guarantees"].role is TopicRole.MENTION


def test_the_memorandum_of_1994_alone_is_a_precedent():
    is_about, _, topics = tagged(
        "A broken word", "Russia broke the security assurances given to Ukraine in the Budapest Memorandum."
    )
    assert not is_about
    assert "budapest_memorandum" in topics


def test_background_never_makes_a_text_about_it():
    is_about, _, topics = tagged(
        "Harvest in Poltava begins",
        "Farmers are out in Ukraine.",
        ("Earlier, Sweden signed a security agreement with Ukraine.", Zone.BACKGROUND),
    )
    assert not is_about
    assert topics["bilateral_agreement"].role is TopicRole.BACKGROUND


def test_topics_that_need_context_count_only_in_texts_on_guarantees():
    sentence = "The treaty needs ratification by parliament."
    assert "legal_force" not in tagged("A pension treaty of Ukraine", sentence)[2]
    assert "legal_force" in tagged("Ukraine's security agreement with Spain", sentence)[2]


def test_an_exclusion_hides_the_phrase_it_overlaps():
    assert "coalition_force" not in tagged("The drone coalition grows", "Ukraine thanked the drone coalition.")[2]
    assert "coalition_force" in tagged("The coalition of the willing meets on Ukraine")[2]


def test_a_plain_text_has_no_topics():
    assert tagged("Harvest begins", "Farmers are out.") == (False, 0.0, {})


def test_an_empty_text_has_no_topics():
    assert tagged("") == (False, 0.0, {})


def test_tagging_is_quick():
    paragraph = "Farmers of the Poltava region began the harvest, and Poland's minister came to see it. " * 24
    text, laid = lay_out("Harvest begins", [(paragraph, Zone.BODY)])
    lexicon = load_lexicon()

    def a_hundred() -> None:
        for _ in range(100):
            tag(ScannedText("Harvest begins", laid, text, Language.EN, None, lexicon))

    assert 100 / best_seconds(a_hundred) > 1500
