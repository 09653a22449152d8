"""Another paper, another state's agreement, half a ratification, what is only wanted. Texts are made up."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import claims
from flows.steps.claims import told as told_text
from flows.steps.scanned import ScannedText
from flows.steps.text import lay_out
from storage.terms import Factuality, Language, Zone

LEAD = {
    "en": "Ukraine and its partners have discussed a security agreement.",
    "uk": "Україна та партнери обговорили безпекову угоду.",
    "ru": "Украина и партнёры обсудили соглашение о безопасности.",
}
DONE = {"signed", "ratified", "in_force", "amended", "joined_declaration"}


def done(text, language, *, headline="", lead=True):
    body = [LEAD[language], text] if lead else [text]
    full, spans = lay_out(headline, [(one, Zone.BODY) for one in body])
    scanned = ScannedText(headline, spans, full, Language(language), date(2024, 11, 10), load_lexicon())
    found = claims(told_text(scanned, load_stages()))
    return {(c.guarantor, str(c.stage)) for c in found if c.factuality is Factuality.FACT and c.stage in DONE}


NONE = [
    ("en", "Portugal wants the security agreement with Ukraine signed by July."),
    ("en", "Portugal failed to get the security agreement with Ukraine signed in June."),
    ("en", "Lisbon hopes to see the security agreement with Ukraine signed soon."),
    ("en", "Portugal tried to get the security agreement with Kyiv signed before the summit."),
    ("en", "Portugal needs its security agreement with Ukraine ratified by autumn."),
    ("en", "The minister asked to have the security agreement between Portugal and Ukraine ratified this month."),
    ("en", "Kyiv expects the security agreement with Portugal ratified this year."),
    ("en", "Portugal would like the security agreement with Ukraine signed in Kyiv."),
    ("en", "Portugal could not get the security agreement with Ukraine ratified."),
    ("en", "Portugal is keen to have the security agreement with Ukraine signed without delay."),
    ("en", "Portugal demanded that it get the security agreement with Ukraine signed at once."),
    ("uk", "Португалія хоче бачити безпекову угоду з Україною підписаною до липня."),
    ("uk", "Португалія прагне, щоб безпекову угоду з Україною було підписано до осені."),
    ("uk", "Лісабон сподівається побачити безпекову угоду з Україною ратифікованою."),
    ("uk", "Португалії не вдалося домогтися, щоб безпекову угоду з Україною підписали в червні."),
    ("uk", "Київ очікує, що безпекову угоду з Португалією буде ратифіковано цього місяця."),
    ("uk", "Португалія намагалася зробити так, щоб безпекова угода з Україною була підписана до саміту."),
    ("ru", "Португалия хочет видеть соглашение о безопасности с Украиной подписанным к июлю."),
    ("ru", "Лиссабон надеется увидеть соглашение о безопасности с Украиной ратифицированным."),
    ("ru", "Португалии не удалось добиться, чтобы соглашение о безопасности с Украиной подписали в июне."),
    ("ru", "Португалия стремится к тому, чтобы соглашение о безопасности с Украиной было подписано к осени."),
    ("ru", "Киев ожидает соглашение о безопасности с Португалией ратифицированным в этом году."),
    ("en", "Ireland signed a memorandum promising to sign a security agreement with Ukraine."),
    ("en", "Ireland signed a letter of intent on a security agreement with Ukraine."),
    ("en", "Ireland signed a memorandum on preparing a security agreement with Ukraine."),
    ("en", "Instead of signing a security agreement with Ukraine, Ireland signed a defence contract."),
    ("en", "Ireland and Ukraine signed a road map towards a security agreement."),
    ("en", "Ireland signed a statement of intent to conclude a security agreement with Ukraine."),
    ("en", "Ireland signed a protocol postponing the signing of the security agreement with Ukraine."),
    ("en", "Ireland signed a contract rather than the security agreement with Ukraine."),
    ("en", "Ireland and Ukraine signed a memorandum of understanding to negotiate a security agreement."),
    ("en", "Ireland signed a pledge to negotiate a security agreement with Ukraine."),
    ("en", "Ireland's prime minister signed a joint statement on a future security agreement with Ukraine."),
    ("en", "Instead of a security agreement, Ireland signed a declaration with Ukraine."),
    ("en", "A memorandum on the preparation of a security agreement was signed by Ireland and Ukraine."),
    ("uk", "Замість того щоб підписати безпекову угоду з Україною, Ірландія підписала контракт."),
    ("uk", "Ірландія підписала меморандум про наміри укласти безпекову угоду з Україною."),
    ("uk", "Ірландія підписала з Україною дорожню карту щодо безпекової угоди."),
    ("uk", "Ірландія підписала лист про наміри щодо безпекової угоди з Україною."),
    ("uk", "Ірландія підписала протокол про відтермінування підписання безпекової угоди з Україною."),
    ("uk", "Ірландія підписала меморандум про підготовку безпекової угоди з Україною."),
    ("uk", "Ірландія та Україна підписали протокол про наміри укласти безпекову угоду."),
    ("uk", "Замість безпекової угоди Ірландія підписала декларацію з Україною."),
    ("uk", "Ірландія підписала меморандум, у якому обіцяє укласти безпекову угоду з Україною."),
    ("uk", "Ірландія підписала заяву про намір підготувати безпекову угоду з Україною."),
    ("ru", "Вместо подписания соглашения о безопасности с Украиной Ирландия подписала меморандум."),
    ("ru", "Ирландия подписала протокол о намерениях заключить соглашение о безопасности с Украиной."),
    ("ru", "Ирландия подписала с Украиной меморандум о намерении заключить соглашение о безопасности."),
    ("ru", "Ирландия подписала дорожную карту соглашения о безопасности с Украиной."),
    ("ru", "Ирландия подписала меморандум о подготовке соглашения о безопасности с Украиной."),
    ("ru", "Ирландия подписала письмо о намерениях по соглашению о безопасности с Украиной."),
    ("ru", "Ирландия подписала протокол об отсрочке подписания соглашения о безопасности с Украиной."),
    ("ru", "Вместо соглашения о безопасности Ирландия подписала с Украиной контракт."),
    ("ru", "Вместо того чтобы подписать соглашение о безопасности с Украиной, Ирландия подписала декларацию."),
    ("ru", "Ирландия подписала меморандум, в котором обещает заключить соглашение о безопасности с Украиной."),
    ("uk", "Безпекова угода з Португалією набула чинності б у липні, якби її ратифікували вчасно."),
    ("uk", "Якби не вибори, Португалія вже підписала б безпекову угоду з Україною."),
    ("uk", "Португалія ще торік ратифікувала б безпекову угоду з Україною."),
    ("uk", "Португалія б підписала безпекову угоду з Україною ще в червні."),
    ("uk", "Португалія вже торік би ратифікувала безпекову угоду з Україною."),
    ("uk", "Безпекова угода з Португалією ще торік набрала б чинності."),
    ("uk", "Безпекову угоду з Португалією підписали в червні б, якби не страйк."),
    ("uk", "Парламент Португалії ратифікував безпекову угоду з Україною б ще навесні."),
    ("ru", "Соглашение о безопасности с Португалией вступило в силу бы в июле, если бы его ратифицировали вовремя."),
    ("ru", "Португалия давно бы уже подписала соглашение о безопасности с Украиной."),
    ("ru", "Португалия подписала соглашение о безопасности с Украиной бы ещё в июне."),
    ("ru", "Соглашение о безопасности с Португалией ещё в июле вступило бы в силу."),
    ("ru", "Если бы не выборы, Португалия ратифицировала соглашение о безопасности с Украиной бы весной."),
    ("ru", "Соглашение о безопасности с Португалией было бы ратифицировано весной."),
    ("en", "Portugal would have signed the security agreement with Ukraine in June."),
    ("en", "The security agreement with Portugal would have entered into force in July had it been ratified."),
    ("en", "Bulgaria signed its security agreement with Moldova, and the one with Ukraine remains unsigned."),
    ("en", "Italy signed a security agreement with Albania as Ukraine's president looked on."),
    ("en", "Bulgaria ratified the security agreement with Moldova, Ukraine's neighbour."),
    ("en", "Romania signed a security agreement with Moldova, not with Ukraine."),
    ("en", "Poland signed a security agreement with Georgia while Zelensky watched."),
    ("en", "Spain's parliament ratified the security agreement with Japan, two months before the vote on Ukraine's."),
    ("en", "The security agreement between Norway and Finland, which Ukraine welcomed, entered into force on Monday."),
    ("en", "Greece signed a security agreement with Cyprus; Ukraine hailed it."),
    ("en", "Romania signed a security agreement with neighbouring Moldova modelled on the one with Ukraine."),
    ("en", "In the presence of Ukraine's ambassador, Latvia signed a security agreement with Moldova."),
    ("uk", "Болгарія підписала безпекову угоду з Молдовою, а угода з Україною досі не підписана."),
    ("uk", "Італія підписала безпекову угоду з Албанією у присутності президента України."),
    ("uk", "Болгарія ратифікувала безпекову угоду з Молдовою, сусідкою України."),
    ("uk", "Румунія уклала безпекову угоду з Молдовою за зразком української."),
    ("uk", "Польща підписала безпекову угоду з Грузією, а не з Україною."),
    ("uk", "Греція підписала безпекову угоду з Кіпром, що привітала Україна."),
    ("uk", "Безпекова угода Норвегії з Японією набула чинності, повідомили в Україні."),
    ("ru", "Болгария подписала соглашение о безопасности с Молдавией, а соглашение с Украиной ещё не подписано."),
    ("ru", "Италия подписала соглашение о безопасности с Албанией в присутствии президента Украины."),
    ("ru", "Болгария ратифицировала соглашение о безопасности с Молдовой, соседкой Украины."),
    ("ru", "Румыния заключила соглашение о безопасности с Молдавией по образцу украинского."),
    ("ru", "Польша подписала соглашение о безопасности с Грузией, а не с Украиной."),
    ("ru", "Греция подписала соглашение о безопасности с Кипром, которое приветствовала Украина."),
    ("en", "The Netherlands ratified the security agreement with Ukraine in the lower house only."),
    ("en", "The Dutch lower house ratified the security agreement with Ukraine; the Senate votes next week."),
    ("en", "The Netherlands' parliament approved a resolution calling to ratify the security agreement with Ukraine."),
    ("en", "The Netherlands ratified an amendment to the budget of the security agreement with Ukraine."),
    ("en", "The Dutch lower house ratified the security agreement with Ukraine, but the Senate rejected it."),
    ("en", "Only one chamber of the Dutch parliament has ratified the security agreement with Ukraine."),
    ("en", "The Dutch senate ratified the security agreement with Ukraine, while the lower house has yet to vote."),
    (
        "en",
        "The lower house of the Dutch parliament approved Ukraine's security agreement and sent it to the Senate.",
    ),
    ("en", "The Dutch parliament passed a motion urging the government to ratify the security agreement with Ukraine."),
    ("en", "The Netherlands has half ratified the security agreement with Ukraine."),
    ("en", "The Dutch lower house ratified the security agreement with Ukraine, which now goes to the upper house."),
    ("uk", "Нідерланди ратифікували безпекову угоду з Україною лише в нижній палаті."),
    ("uk", "Нижня палата Нідерландів ратифікувала безпекову угоду з Україною, а Сенат голосуватиме наступного тижня."),
    (
        "uk",
        "Нідерланди ратифікували безпекову угоду з Україною лише наполовину: Сенат схвалив, а нижня палата відхилила.",
    ),
    ("uk", "Парламент Нідерландів схвалив резолюцію із закликом ратифікувати безпекову угоду з Україною."),
    ("uk", "Тільки одна палата парламенту Нідерландів ратифікувала безпекову угоду з Україною."),
    ("uk", "Нижня палата Нідерландів схвалила безпекову угоду з Україною, тепер слово за Сенатом."),
    ("uk", "Сенат Нідерландів ратифікував безпекову угоду з Україною, але нижня палата ще не голосувала."),
    (
        "ru",
        "Нидерланды ратифицировали соглашение о безопасности с Украиной лишь наполовину: за был Сенат.",
    ),
    (
        "ru",
        "Нижняя палата Нидерландов ратифицировала соглашение о безопасности с Киевом, Сенат проголосует позже.",
    ),
    ("ru", "Парламент Нидерландов одобрил резолюцию с призывом ратифицировать соглашение о безопасности с Украиной."),
    ("ru", "Соглашение о безопасности с Украиной ратифицировала только нижняя палата парламента Нидерландов."),
    ("ru", "Нидерланды ратифицировали соглашение о безопасности с Украиной только в одной палате."),
    ("ru", "Нижняя палата Нидерландов одобрила соглашение о безопасности с Украиной, теперь его рассмотрит Сенат."),
    ("ru", "Сенат Нидерландов ратифицировал соглашение о безопасности с Украиной, но нижняя палата отклонила его."),
    ("en", "The Dutch lower house ratified the security agreement with Ukraine. The Senate votes next week."),
    ("uk", "Нижня палата Нідерландів ратифікувала безпекову угоду з Україною. Тепер документ має розглянути Сенат."),
    ("ru", "Нижняя палата Нидерландов ратифицировала соглашение о безопасности с Украиной. Теперь слово за Сенатом."),
]
TOLD = [
    ("signed", "en", "Portugal and Ukraine signed a memorandum on security guarantees on 28 May."),
    ("signed", "en", "Portugal signed a security agreement with Ukraine, Moldova's neighbour."),
    ("signed", "en", "Portugal signed the security agreement with Ukraine in the presence of Moldova's president."),
    ("signed", "en", "Estonia, which wanted it signed by July, signed a security agreement with Ukraine on 27 June."),
    ("ratified", "en", "Estonia has had its security agreement with Ukraine ratified by parliament."),
    ("signed", "en", "Having signed a letter of intent, Estonia signed a security agreement with Ukraine on 27 June."),
    ("signed", "en", "Poland signed a security agreement with Ukraine and a trade deal with Moldova."),
    ("ratified", "en", "The Dutch Senate ratified the security agreement with Ukraine."),
    ("ratified", "en", "Both chambers of the Dutch parliament ratified the security agreement with Ukraine."),
    ("ratified", "en", "After the lower house, the Dutch Senate ratified the security agreement with Ukraine."),
    ("ratified", "uk", "Сенат Нідерландів ратифікував безпекову угоду з Україною після нижньої палати."),
    ("ratified", "ru", "Сенат Нидерландов ратифицировал соглашение о безопасности с Украиной."),
    (
        "ratified",
        "en",
        "The Saeima gave final approval to Latvia's security agreement with Ukraine, completing ratification.",
    ),
    (
        "ratified",
        "en",
        "The Senate gave its final approval to Italy's security agreement with Ukraine, completing its ratification.",
    ),
    (
        "ratified",
        "en",
        "Italy's Senate gave the final nod, completing ratification of the security agreement with Ukraine.",
    ),
    (
        "ratified",
        "en",
        "With the Senate's vote Italy completed the ratification of its security agreement with Ukraine.",
    ),
    ("ratified", "en", "The vote completes Italy's ratification of the security agreement with Ukraine."),
    ("ratified", "uk", "Сейм Латвії остаточно схвалив безпекову угоду з Україною, завершивши ратифікацію."),
    ("ratified", "uk", "Сенат Італії дав остаточне схвалення безпековій угоді з Україною, завершивши її ратифікацію."),
    ("ratified", "ru", "Сейм Латвии окончательно одобрил соглашение о безопасности с Украиной, завершив ратификацию."),
    (
        "ratified",
        "ru",
        "Сенат Италии дал окончательное согласие, завершив ратификацию соглашения о безопасности с Украиной.",
    ),
    ("signed", "uk", "Латвія підписала з Україною безпекову угоду та меморандум про підготовку військових."),
    ("signed", "uk", "Греція підписала безпекову угоду з Україною, а з Молдовою ще веде переговори."),
    ("signed", "ru", "Греция подписала соглашение о безопасности с Украиной, а с Молдовой ещё ведёт переговоры."),
    ("signed", "ru", "Чтобы помочь Киеву, Греция подписала соглашение о безопасности."),
    ("in_force", "en", "The security agreement between Portugal and Ukraine entered into force in July."),
]
HEADLINES = [
    ("en", "Italy ratifies Kyiv treaty", "Italy's parliament ratified a double-taxation treaty with Ukraine."),
    ("uk", "Італія ратифікувала угоду з Києвом", "Парламент Італії ратифікував з Україною договір про кордон."),
    ("ru", "Италия ратифицировала, но не то", "Парламент Италии ратифицировал с Украиной договор о торговле."),
    ("en", "Oslo signs Kyiv pact, or does it", "Norway has sent Ukraine no text of a security agreement."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_the_agreement_named_is_not_what_was_done(language, text):
    assert done(text, language) == set()


@pytest.mark.parametrize(("stage", "language", "text"), TOLD)
def test_the_agreement_itself_is_done(stage, language, text):
    assert stage in {one for _, one in done(text, language)}


@pytest.mark.parametrize(("language", "headline", "lead"), HEADLINES)
def test_a_headline_is_of_the_paper_its_lead_names(language, headline, lead):
    assert done(lead, language, headline=headline, lead=False) == set()
