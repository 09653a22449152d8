"""Steps told by pointing back at what was told just before, and what points back at nothing. All texts are made up."""

import pytest

from storage.terms import Factuality
from tests.steps.test_claims_documents import read

DECLARATION = {
    "en": "Norway joined the G7 declaration of support for Ukraine on Monday.",
    "uk": "Норвегія приєдналася до декларації G7 про підтримку України в понеділок.",
    "ru": "Норвегия присоединилась к декларации G7 о поддержке Украины в понедельник.",
}
TALKS = {
    "en": "Norway has begun talks with Ukraine on a security agreement.",
    "uk": "Норвегія розпочала з Україною переговори щодо безпекової угоди.",
    "ru": "Норвегия начала с Украиной переговоры о соглашении по безопасности.",
}
SIGNED = {
    "en": "Norway signed a security agreement with Ukraine on Monday.",
    "uk": "Норвегія підписала з Україною безпекову угоду в понеділок.",
    "ru": "Норвегия подписала с Украиной соглашение о безопасности в понедельник.",
}


def told(before, text, language, guarantor="FI"):
    """The stages that a sentence after another one tells of a guarantor as facts."""
    found = read([before[language], text], language)
    return {str(one.stage) for one in found if one.guarantor == guarantor and one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Finland did the same two days later."),
        ("en", "Finland followed suit on Wednesday."),
        ("en", "Finland took the same step a week later."),
        ("uk", "Фінляндія зробила те саме за два дні."),
        ("uk", "Так само вчинила Фінляндія."),
        ("uk", "Фінляндія наслідувала її приклад у середу."),
        ("ru", "Финляндия сделала то же двумя днями позже."),
        ("ru", "О том же сообщила Финляндия."),
        ("ru", "Ее примеру последовала Финляндия."),
    ],
)
@pytest.mark.parametrize(("before", "stage"), [(DECLARATION, "joined_declaration"), (TALKS, "talks_started")])
def test_the_same_done_by_another_is_the_step_told_before(before, stage, language, text):
    assert told(before, text, language) == {stage}


@pytest.mark.parametrize(
    ("before", "language", "text"),
    [
        (SIGNED, "en", "Finland did the same two days later."),
        (SIGNED, "uk", "Фінляндія зробила те саме за два дні."),
        (SIGNED, "ru", "Финляндия сделала то же двумя днями позже."),
        (DECLARATION, "en", "Finland has not yet followed suit."),
        (DECLARATION, "en", "Finland would be glad if others did the same."),
        (DECLARATION, "uk", "Фінляндія не зробила те саме."),
        (DECLARATION, "ru", "Финляндия не сделала то же."),
    ],
)
def test_a_signature_is_not_taken_over_nor_is_what_was_not_done(before, language, text):
    assert told(before, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Finland joined in August."),
        ("en", "Finland joined on 17 August."),
        ("en", "Finland joined it in August."),
        ("uk", "Фінляндія приєдналася 17 серпня."),
        ("uk", "Фінляндія приєдналася пізніше."),
        ("ru", "Финляндия присоединилась 17 августа."),
        ("ru", "Финляндия присоединилась позже."),
    ],
)
def test_joining_without_saying_what_is_joining_the_declaration_told_of(language, text):
    assert told(DECLARATION, text, language) == {"joined_declaration"}
    assert told(SIGNED, text, language) == set()


@pytest.mark.parametrize(
    "text",
    ["Finland joined the meeting in August.", "Finland joined NATO in 2023.", "Finland has not joined yet."],
)
def test_joining_something_else_is_not(text):
    assert "joined_declaration" not in told(DECLARATION, text, "en")


def test_what_nobody_vouches_for_yields_to_what_is_a_fact():
    text = 'A portal hurried to write that the pact was "already signed", while Finland only joined the declaration.'
    assert told(DECLARATION, text, "en") == {"joined_declaration"}


def test_what_an_interviewer_recalls_is_no_news():
    assert told(TALKS, "You said in April that Finland was in talks on a security agreement.", "en") == set()
    assert told(TALKS, "Finland is in talks on a security agreement.", "en") == {"negotiating"}


def test_several_states_that_endorse_the_text_stand_behind_the_declaration():
    before = {"en": "The G7 adopted a Joint Declaration of Support for Ukraine in Vilnius."}
    assert told(before, "Finland, Italy and Japan endorsed the text.", "en") == {"joined_declaration"}
    assert "joined_declaration" not in told(before, "The parliaments of Finland and Italy endorsed the text.", "en")
    assert "joined_declaration" not in told(TALKS, "Finland, Italy and Japan endorsed the text.", "en")
