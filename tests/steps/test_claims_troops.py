"""The force for Ukraine: promised, offered, refused, put off; and aid, which is none of it. All texts are made up."""

import pytest

from storage.terms import BlockKind, Factuality, Stage
from tests.steps.test_claims_documents import read

COALITION = {
    "en": "The coalition of the willing spoke of security guarantees for Ukraine after a ceasefire.",
    "uk": "Коаліція охочих говорила про гарантії безпеки для України після перемир'я.",
    "ru": "Коалиция желающих говорила о гарантиях безопасности для Украины после перемирия.",
}


def told(text, language):
    """(guarantor, stage) of what a text after one on the coalition tells as a fact."""
    found = read([COALITION[language], text], language)
    return {(one.guarantor, str(one.stage)) for one in found if one.factuality is Factuality.FACT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark will send a battalion once the fighting stops."),
        ("en", "Denmark will contribute up to 800 soldiers to the force."),
        ("en", "Denmark's prime minister confirmed that her country would take part in the force after a ceasefire."),
        ("en", "Denmark committed itself to leading the naval component of the force."),
        ("en", "Denmark stands by its pledge of a company for the force."),
        ("en", "Copenhagen promised to join the reassurance force."),
        ("en", "Denmark will take responsibility for the Black Sea once peace is concluded."),
        ("en", "Danes will join the troops on the ground when the guns fall silent."),
        ("en", "Denmark's parliament approved sending up to 800 soldiers to the multinational force."),
        ("en", "On the same evening Denmark made the same commitment."),
        ("uk", "Данія виділить для сил до 800 військових."),
        ("uk", "Данія долучиться до сил стримування після припинення вогню."),
        ("uk", "Данія очолить морський компонент сил."),
        ("uk", "Данія взяла на себе морську частину місії."),
        ("uk", "Данія підтвердила свою обіцянку надати роту для сил."),
        ("uk", "«Ми будемо частиною цих сил», — сказала прем'єрка Данії Метте Фредеріксен."),
        ("ru", "Дания отправит батальон, как только прекратятся бои."),
        ("ru", "Дания примет участие в многонациональных силах, заявила премьер."),
        ("ru", "Дания возглавит морской компонент сил."),
        ("ru", "Дания подтвердила обещание предоставить роту для сил."),
        ("ru", "Дания решила отправить 800 военных."),
    ],
)
def test_what_will_be_given_to_the_force_is_promised(language, text):
    assert told(text, language) == {("DK", "commitment")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark stands ready to lead the maritime part of the guarantees."),
        ("en", "Denmark is open to taking part in the force."),
        ("en", "Denmark could send a battalion, the prime minister said."),
        ("en", "Denmark did not rule out sending soldiers."),
        ("uk", "Данія відкрита до участі у силах."),
        ("uk", "Данія не виключає відправлення військових."),
        ("uk", "Данія готова направити контингент, якщо буде перемир'я."),
        ("ru", "Дания «открыта» к участию в силах."),
        ("ru", "Дания не исключает отправки военных."),
        ("ru", "Дания готова направить контингент, если будет прекращение огня."),
    ],
)
def test_what_may_be_given_is_offered(language, text):
    assert told(text, language) == {("DK", "proposed")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Denmark suggested that states, Denmark included, extend to Kyiv a promise modelled on Article 5.",
        ),
        ("uk", "Данія запропонувала поширити на Київ захист за зразком п'ятої статті."),
        ("ru", "Дания предложила распространить на Киев защиту по образцу пятой статьи."),
    ],
)
def test_protection_like_that_of_article_five_is_offered(language, text):
    assert told(text, language) == {("DK", "proposed")}


def test_could_only_if_says_what_must_come_first():
    text = "Denmark could take part in the force only if parliament gave a mandate."
    (claim,) = read([COALITION["en"], text], "en")
    assert (claim.guarantor, claim.stage, claim.factuality) == ("DK", Stage.COMMITMENT, Factuality.CONDITIONAL)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There will be no soldiers of ours in Ukraine, Denmark's prime minister said."),
        ("en", "Denmark opposes sending Danes to Ukraine."),
        ("en", "Denmark is not going to send anyone."),
        ("en", "Denmark will provide airfields but no battalions."),
        ("en", "Denmark said no to a contingent."),
        ("en", "Denmark will stay out of the force."),
        ("en", "Denmark has ruled out taking part."),
        ("en", "Denmark has ruled out sending soldiers across the border."),
        ("en", "Danish troops will not be deployed in Ukraine."),
        ("en", "Not a single Danish soldier will go to Ukraine, Mette Frederiksen said."),
        ("en", "The participation of Danish soldiers is out of the question, Frederiksen said."),
        ("uk", "Данія не братиме участі у силах."),
        ("uk", "Данія проти відправлення своїх військових."),
        ("uk", "Данія нікого не відправлятиме."),
        ("uk", "Данія надасть аеродроми, але не батальйони."),
        ("uk", "Данія сказала «ні» контингенту."),
        ("uk", "Про відправлення данських військових не йдеться, сказала Фредеріксен."),
        ("ru", "Дания против отправки своих военных."),
        ("ru", "Дания никого отправлять не будет."),
        ("ru", "Дания предоставит аэродромы, но не батальоны."),
        ("ru", "Дания отказалась от участия в силах."),
        ("ru", "Дания не рассматривает отправку военных."),
        ("ru", "Об отправке датских военных речи не идет, сказала Фредериксен."),
    ],
)
def test_what_will_not_be_given_is_refused(language, text):
    (claim,) = read([COALITION[language], text], language)
    assert (claim.guarantor, claim.stage, claim.block_kind) == ("DK", Stage.BLOCKED, BlockKind.REFUSED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark put off its decision on troops until autumn."),
        ("uk", "Рішення про участь у силах Данія відклала."),
        ("ru", "Дания решение отложила: премьер ждет американцев."),
    ],
)
def test_a_decision_put_off_is_postponed(language, text):
    (claim,) = read([COALITION[language], text], language)
    assert (claim.guarantor, claim.stage, claim.block_kind) == ("DK", Stage.BLOCKED, BlockKind.POSTPONED)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denmark will send howitzers to Ukraine."),
        ("en", "Denmark will send a frigate to the Red Sea."),
        ("en", "Denmark will train Ukrainian soldiers."),
        ("en", "Denmark promised to treat Ukrainian soldiers."),
        ("en", "Denmark will take on Ukrainian soldiers as patients."),
        ("en", "Denmark declined to comment."),
        ("en", "Denmark declined to name the number of servicemen."),
        ("en", "Denmark's minister will take part in the meeting of the coalition of the willing."),
        ("en", "Denmark will not send fighter jets."),
        ("en", "Denmark finally approved the decision to use frozen assets."),
        ("en", "Denmark has postponed its decision on the budget."),
        ("uk", "Прем'єрка Данії візьме участь у засіданні коаліції охочих."),
        ("uk", "Данія зобов'язалася щороку спрямовувати 2 мільярди на військову допомогу."),
        ("uk", "Данія відмовилася називати кількість військових."),
        ("uk", "Україна відправить військових на навчання до Данії."),
        ("ru", "Дания отложила решение о бюджете."),
        ("ru", "Дания выделит Украине миллиард евро."),
        ("ru", "Называть число военных Дания отказалась."),
        ("ru", "Украина отправит военных на учения в Данию."),
    ],
)
def test_aid_meetings_and_silence_are_neither_promise_nor_refusal(language, text):
    assert told(text, language) == set()


def test_frigates_for_the_force_are_promised_and_those_of_an_aid_package_are_not():
    text = "Denmark will send two frigates."
    assert told(text, "en") == {("DK", "commitment")}
    far = ["The weather was fine."] * 5
    assert [one.guarantor for one in read([COALITION["en"], *far, text], "en")] == []


def test_a_promise_taken_back_is_withdrawn():
    text = "Denmark is taking its offer back and will send no frigates to the coalition of the willing."
    kinds = {one.block_kind for one in read([COALITION["en"], text], "en") if one.guarantor == "DK"}
    assert kinds & {BlockKind.WITHDRAWN, BlockKind.REFUSED}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The text does not oblige Denmark to send troops."),
        ("uk", "Документ не зобов'язує Данію надсилати війська."),
        ("ru", "Документ не обязывает Данию отправлять войска."),
    ],
)
def test_what_a_text_does_not_oblige_to_is_refused_by_nobody(language, text):
    assert told(text, language) == set()
