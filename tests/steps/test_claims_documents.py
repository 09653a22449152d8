"""Acts on documents: what a pronoun stands for, what is only said, sent, changed and ended. Texts are made up."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Factuality, Language, Zone

AGREEMENT = {
    "en": "Ukraine and Latvia have a security agreement.",
    "uk": "Україна та Латвія мають безпекову угоду.",
    "ru": "У Украины и Латвии есть соглашение о безопасности.",
}
FILLER = {
    "en": "The weather in the capital was fine that week.",
    "uk": "Погода у столиці того тижня була гарна.",
    "ru": "Погода в столице на той неделе была хорошая.",
}
TRADE = {
    "en": "The ministers also spoke of an agreement on trade.",
    "uk": "Міністри говорили також про угоду про торгівлю.",
    "ru": "Министры говорили также о соглашении о торговле.",
}


def read(paragraphs, language, title="", published_on=date(2024, 5, 10)):
    full, spans = lay_out(title, [(one, Zone.BODY) if isinstance(one, str) else one for one in paragraphs])
    text = ScannedText(title, spans, full, Language(language), published_on, load_lexicon())
    return claims(told_text(text, load_stages()))


def steps(paragraphs, language, factuality=Factuality.FACT, title=""):
    """(guarantor, stage) of the steps told with this factuality."""
    found = read(paragraphs, language, title)
    return {(one.guarantor, str(one.stage)) for one in found if one.factuality is factuality}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In Riga, Latvia's prime minister put her name to the security agreement with Ukraine."),
        ("uk", "Україна та Латвія поставили підписи під безпековою угодою."),
        ("uk", "Україна й Латвія скріпили безпекову угоду підписами у п'ятницю."),
        ("ru", "Украина и Латвия поставили подписи под соглашением о безопасности."),
        ("ru", "Свои подписи поставили Украина и Латвия под соглашением о безопасности."),
    ],
)
def test_a_signature_put_under_a_text_signs_it(language, text):
    assert steps([text], language) == {("LV", "signed")}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Latvia signed it on 3 May in Riga.", "signed"),
        ("en", "It was signed by Latvia on 3 May.", "signed"),
        ("en", "Latvia's parliament ratified it on Tuesday.", "ratified"),
        ("en", "The accord was signed by Latvia on Friday.", "signed"),
        ("uk", "Латвія підписала її 3 травня в Ризі.", "signed"),
        ("uk", "Парламент Латвії ратифікував її у вівторок.", "ratified"),
        ("uk", "Для Латвії документ чинний з 3 травня.", "in_force"),
        ("ru", "Латвия подписала его 3 мая в Риге.", "signed"),
        ("ru", "Парламент Латвии ратифицировал его во вторник.", "ratified"),
        ("ru", "Для Латвии документ действует с 3 мая.", "in_force"),
    ],
)
def test_the_agreement_named_last_is_the_one_meant_however_far(language, text, stage):
    far = [AGREEMENT[language], *[FILLER[language]] * 5, text]
    assert steps(far, language) == {("LV", stage)}
    other = [AGREEMENT[language], f"{TRADE[language]} {text}"]
    assert steps(other, language) == set()
    aside = [AGREEMENT[language], TRADE[language], text]
    assert steps(aside, language) == {("LV", stage)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia signed a contract in Riga on Friday."),
        ("en", "The order, which Latvia signed on Friday, is long."),
        ("uk", "Латвія підписала наказ у п'ятницю."),
        ("uk", "Постанову опублікували, і з п'ятниці вона в Латвії набула чинності."),
        ("ru", "Латвия подписала указ в пятницу."),
        ("ru", "Программу, которую Латвия подписала в пятницу, хвалят."),
    ],
)
def test_another_paper_is_not_the_agreement(language, text):
    assert steps([AGREEMENT[language], text], language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Latvia's security agreement with Ukraine is as good as signed."),
        ("en", "Latvia's security agreement with Ukraine is signed, so to speak, at 99%."),
        ("uk", "Безпекову угоду Латвії з Україною підписано, так би мовити, на 99 відсотків."),
        ("ru", "Соглашение о безопасности Латвии с Украиной подписано, так сказать, на 99 процентов."),
    ],
)
def test_a_figure_of_speech_signs_nothing(language, text):
    assert ("LV", "signed") not in steps([text], language)
    assert ("LV", "text_agreed") in steps([text], language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Unverified posts say Latvia has ratified the security agreement with Ukraine."),
        ("en", "The film shows how Latvia ratified the security agreement with Ukraine."),
        ("en", "The pensioner is convinced that Latvia has ratified the security agreement with Ukraine."),
        ("en", 'A neighbour kept telling us that Latvia "ratified the security agreement with Ukraine" at night.'),
        ("uk", "За чутками, Латвія ратифікувала безпекову угоду з Україною."),
        ("uk", "У фільмі Латвія ратифікувала безпекову угоду з Україною."),
        ("uk", "Пенсіонер переконаний, що Латвія ратифікувала безпекову угоду з Україною."),
        ("uk", "Сусід твердив, нібито Латвія «ратифікувала безпекову угоду з Україною» вночі."),
        ("ru", "По слухам, Латвия ратифицировала соглашение о безопасности с Украиной."),
        ("ru", "В фильме Латвия ратифицировала соглашение о безопасности с Украиной."),
        ("ru", "Пенсионер убежден, что Латвия ратифицировала соглашение о безопасности с Украиной."),
        ("ru", "Сосед твердил, что Латвия «ратифицировала соглашение о безопасности с Украиной» ночью."),
    ],
)
def test_what_a_text_does_not_vouch_for_is_no_fact(language, text):
    assert steps([text], language) == set()
    assert steps([text], language, Factuality.OPINION) == {("LV", "ratified")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We reported that Latvia had ratified the security agreement with Ukraine. That was wrong."),
        ("uk", "Ми повідомили, що Латвія ратифікувала безпекову угоду з Україною. Це помилка, вибачте."),
        ("ru", "Мы сообщили, что Латвия ратифицировала соглашение о безопасности с Украиной. Это ошибка."),
    ],
)
def test_a_report_taken_back_did_not_happen(language, text):
    assert steps([text], language) == set()
    assert steps([text], language, Factuality.NEGATED) == {("LV", "ratified")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It hoped to have signed the security agreement with Latvia and Ukraine by June."),
        ("en", "This will be the first security agreement signed by Latvia with Ukraine."),
        ("en", "Any ratified security treaty of Latvia with Ukraine would do."),
        ("en", "Nothing is signed by Latvia until the security agreement with Ukraine is signed."),
        ("uk", "Це буде перша безпекова угода, підписана Латвією з Україною."),
        ("uk", "Навіть ратифікована безпекова угода Латвії з Україною не врятує."),
        ("ru", "Это будет первое соглашение о безопасности, подписанное Латвией с Украиной."),
        ("ru", "Даже ратифицированное соглашение о безопасности Латвии с Украиной не спасет."),
    ],
)
def test_a_participle_of_what_is_not_yet_there_is_no_step(language, text):
    assert not steps([text], language) & {("LV", "signed"), ("LV", "ratified")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 1954 the United States ratified the security treaty."),
        ("uk", "У 1954 році США ратифікували безпековий договір."),
        ("ru", "В 1954 году США ратифицировали договор о безопасности."),
    ],
)
def test_what_is_older_than_ukraine_promised_it_nothing(language, text):
    assert steps([AGREEMENT[language], text], language) == set()
    assert steps([AGREEMENT[language], text.replace("1954", "2023")], language) == {("US", "ratified")}


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "Latvia's government tabled the security agreement with Ukraine in the Saeima.", "submitted"),
        ("en", "Latvia and Ukraine signed a protocol amending their security agreement.", "amended"),
        ("en", "The security agreement of Latvia with Ukraine lapsed at midnight.", "ended"),
        ("en", "Under its security agreement with Latvia, Ukraine requested urgent consultations.", "invoked"),
        ("uk", "Уряд Латвії передав безпекову угоду з Україною на розгляд парламенту.", "submitted"),
        ("uk", "Латвія та Україна підписали протокол про внесення змін до безпекової угоди.", "amended"),
        ("uk", "Безпекова угода Латвії з Україною втратила чинність опівночі.", "ended"),
        ("uk", "За безпековою угодою з Латвією Україна запросила термінові консультації.", "invoked"),
        ("ru", "Правительство Латвии внесло соглашение о безопасности с Украиной в парламент.", "submitted"),
        ("ru", "Латвия и Украина подписали протокол о внесении изменений в соглашение о безопасности.", "amended"),
        ("ru", "Соглашение о безопасности Латвии с Украиной утратило силу в полночь.", "ended"),
        ("ru", "По соглашению о безопасности с Латвией Украина запросила срочные консультации.", "invoked"),
    ],
)
def test_sent_to_parliament_changed_used_and_ended(language, text, stage):
    assert steps([AGREEMENT[language], text], language) == {("LV", stage)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The text of the security agreement, on which Latvia had insisted, has been agreed to the last comma."),
        ("uk", "Формулювання безпекової угоди з Латвією утрясено."),
        ("ru", "Формулировки соглашения о безопасности с Латвией утрясены."),
    ],
)
def test_a_text_settled_is_agreed(language, text):
    assert steps([AGREEMENT[language], text], language) == {("LV", "text_agreed")}


@pytest.mark.parametrize(
    ("language", "text", "factuality"),
    [
        ("en", "Latvia will sign the security agreement with Ukraine when there is peace.", Factuality.CONDITIONAL),
        ("en", "Latvia will sign the security agreement with Ukraine on 14 May.", Factuality.FACT),
        ("uk", "Латвія підпише безпекову угоду з Україною коли запанує мир.", Factuality.CONDITIONAL),
        ("ru", "Латвия подпишет соглашение о безопасности с Украиной когда наступит мир.", Factuality.CONDITIONAL),
    ],
)
def test_a_signing_that_waits_for_something_is_conditional(language, text, factuality):
    stage = "signing_announced" if factuality is Factuality.FACT else "signed"
    assert steps([text], language, factuality) == {("LV", stage)}


def test_whether_somebody_will_sign_is_a_question():
    assert steps(["Чи підпише Латвія безпекову угоду з Україною, міністр не сказав."], "uk") == set()


def test_guarantees_for_loans_are_no_security():
    assert steps(["Україна та Латвія підписали угоду про державні гарантії за кредитами."], "uk") == set()
    assert steps(["Україна та Латвія підписали угоду про гарантії безпеки."], "uk") == {("LV", "signed")}


def test_many_documents_are_not_of_the_one_named_before():
    text = "Одні рахують документи, які підписали влітку, інші ні."
    assert steps([AGREEMENT["uk"], text], "uk") == set()
