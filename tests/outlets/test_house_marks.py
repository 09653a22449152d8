"""House marks: what betrays whose flattened text it is, and what only cites an outlet. The lines are made up."""

import re

import pytest

from crawlers.outlet import all_outlets
from flows.steps.clean.outlet_guess import guess_outlet
from storage.terms import OutletSource

FLATTENED = {
    "babel": [
        "Текст.\nПомітили помилку? Виділіть її та натисніть Ctrl + Enter — ми виправимо",
        "Авторка: Дарина Вовк Дата: 14:05, 3 листопада 2026\nТекст",
        "Автор:\nІван Коваль\nДата:\n09:40, 17 березня 2025\nТекст",
    ],
    "censor-net": [
        "Перемовини тривають. Як інформує Цензор.НЕТ, про це повідомили в посольстві.",
        "Как сообщает Цензор.НЕТ, об этом говорится в заявлении посольства.",
    ],
    "detector-media": [
        "Текст.\n* Знайшовши помилку, виділіть її та натисніть Ctrl+Enter.",
        "Текст.\nКоманда «Детектора медіа» понад 20 років виконує роль watchdog’а української преси.",
    ],
    "ekonomichna-pravda": [
        "Текст.\n© 2005-2026, Економічна правда. Усі права захищені.",
        "Використання матеріалів сайту лише за умови посилання (для сайтів — гіперпосилання) на «Економічну правду».",
    ],
    "espreso": ["Текст.\nЧитати Еспресо в Telegram", "Текст.\nСпеціально для Еспресо."],
    "euromaidan-press": [
        "Text.\nThe work of Euromaidan Press is supported by people like the ones you have just read about.",
        "When referencing our materials, please include an active hyperlink to the Euromaidan Press material.",
        "Text.\nEnjoy reading Euromaidan Press? Tell a neighbour.",
    ],
    "european-pravda": [
        "Текст.\nОльга Марченко, «Європейська правда»",
        'Text.\nOlha Marchenko, Ivan Koval, "European Pravda"',
        "Автор: Іван Коваль,\nредактор «Європейської правди»",
    ],
    "glavcom": ["Текст.\nДо слова, триває 1716-та доба повномасштабної війни, і фронт стоїть."],
    "gordon": [
        "Війна Росії проти України. Головне (оновлюється)\nТекст.",
        "Война России против Украины. Главное (обновляется)\nТекст.",
    ],
    "hromadske": ["Норвегія готує свою частину умов | hromadske\nТекст."],
    "interfax-ukraine": [
        "KYIV. Nov 3 (Interfax-Ukraine) – Ireland has agreed the text.",
        "Київ. 3 листопада. ІНТЕРФАКС-УКРАЇНА - Ірландія погодила текст.",
        "Киев. 3 ноября. ИНТЕРФАКС-УКРАИНА - Ирландия согласовала текст.",
    ],
    "kmu": ["Текст.\nДепартамент інформації та комунікацій з громадськістю Секретаріату Кабінету Міністрів України"],
    "kyiv-independent": [
        "by The Kyiv Independent news desk November 3, 2026 11:47 PM 1 min read\nText",
        "by Anna Holub November 3, 2026 9:05 AM\nText",
        "Text.\nJoin 21,000+ Kyiv Independent members today",
        "Text.\nWant to partner with the Kyiv Independent? Write to the desk.",
        "Text.\nThe Power Within: The Kyiv Independent’s book, out next spring",
    ],
    "kyiv-post": ["Text.\nOther Topics of Interest\nA headline of another story"],
    "militarnyi": [
        "Текст.\n“Мілітарний” працює завдяки підтримці Спільноти.",
        "Текст.\nБудь з “Мілітарним” на всіх платформах",
    ],
    "mod": ["2022-06-09 12:30:00 | ID: 60002\nТекст."],
    "president": [
        "3 November 2026 - 20:15\nText",
        "Заголовок\n3 листопада 2026 року - 08:01\nТекст",
        "Заголовок — Офіційне інтернет-представництво\nТекст",
        "Headline — Official website of the President of Ukraine\nText",
    ],
    "radio-svoboda": ["Текст.\nПідписуйтеся на Telegram Радіо Свобода"],
    "rbc-ukraine": [
        "Про це повідомляє РБК-Україна з посиланням на заяву посольства.",
        "Об этом сообщает РБК-Украина со ссылкой на заявление посольства.",
    ],
    "slovo-i-dilo": [
        "Підпишіться на наш Telegram-канал, щоб відстежувати обіцянки разом із «Слово і діло».",
        "Візуальна аналітика від редакції «Слово і діло» – у каналі про мапи.",
        "Текст.\nЧИТАЙТЕ у TELEGRAM\nнайважливіше від «Слово і діло»",
    ],
    "suspilne": [
        "Нідерланди готують лист про гарантії — Суспільне Новини\nТекст",
        "Текст.\nСуспільне Новини у соцмережах та месенджерах",
    ],
    "ukrainska-pravda": [
        "OLHA MARCHENKOTuesday, 3 November 2026, 16:41\nSome text",
        "Olha Marchenko, Ivan Koval — Tuesday, 3 November 2026, 16:41\nSome text",
        "Ольга Марченко — Вівторок, 3 листопада 2026, 16:41\nТекст",
        "Lead.\n\nSource: Ministry of Foreign Affairs\n\nDetails: More.",
        "Початок.\n\nДжерело: МЗС\n\nДеталі: Далі.",
        "Начало.\n\nИсточник: МИД\n\nДетали: Дальше.",
        "Text.\nSupport UP or become our patron!",
    ],
    "ukrinform": [
        "Текст.\n\nЯк повідомляв Укрінформ, переговори тривають.",
        "Text.\n\nAs reported by Ukrinform, the talks go on.",
        "Как сообщал Укринформ, переговоры продолжаются.",
        "Текст дійшов до столиць, передає Укрінформ із посиланням на посольство.",
        "Текст дошел до столиц, передает корреспондент Укринформа.",
        "The minister said this at a briefing, an Ukrinform correspondent reports.",
        "Мультимедійна платформа іномовлення України\nТекст",
    ],
    "unian": [
        "Текст.\nВас також можуть зацікавити новини:\nЗаголовок іншої новини",
        "Фото: Новини УНІАН\nТекст",
        "З повнішою інформаційною картиною дня можна ознайомитися, передплативши стрічки новин агентства УНІАН.",
    ],
}
CITING = [
    "The talks go on, Ukrainska Pravda reported, citing the Kyiv Independent.",
    "Zelensky said this on television, as cited by Ukrinform.",
    "Source: website of the President of Ukraine",
    "Про це пише Українська правда. Джерело: Укрінформ",
    "Об этом сообщили в Офисе президента 3 ноября 2026 года.",
    "вівторок, 3 листопада 2026, 00:03",
    "Text by Anna Holub. She wrote it on November 3, 2026.",
    "Про це повідомляє РБК-Україна.",
    "Як інформує Цензор.НЕТ, переговори тривають.",
    "Про це пише «Європейська правда».",
    "Як пише Мілітарний, переговори тривають.",
    "Фото: Міноборони",
    "Джерело: Defense Express",
    "Як повідомило Радіо Свобода у своєму Telegram, переговори тривають.",
    "Euromaidan Press reported this on 3 November 2026.",
    "Про це йдеться в ефірі Еспресо та на Суспільному.",
    "Новини УНІАН і «Слова і діла» передрукували заяву.",
    "Kyiv. The envoy told Interfax-Ukraine that the text is agreed.",
]


def _betrayed(text):
    # Each outlet asked alone: of all at once, the guess names only the one with the most marks.
    return {
        slug
        for slug, outlet in all_outlets().items()
        if guess_outlet(None, None, text, {slug: outlet})[1] is OutletSource.HOUSE_STYLE
    }


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, texts in FLATTENED.items() for text in texts])
def test_house_marks_betray_flattened_text_of_their_own_outlet_only(slug, text):
    assert _betrayed(text) == {slug}


def test_every_house_mark_has_a_text_that_it_betrays():
    idle = {
        mark: slug
        for slug, outlet in all_outlets().items()
        for mark in outlet.house_marks
        if not any(re.search(mark, text) for text in FLATTENED.get(slug, ()))
    }
    assert idle == {}


@pytest.mark.parametrize("text", CITING)
def test_house_marks_do_not_fire_on_a_text_that_only_cites(text):
    assert _betrayed(text) == set()


@pytest.mark.shared
def test_house_marks_recognise_the_two_real_flattened_pages(shared):
    pages = sorted((shared / "seeds").glob("0*.txt"))
    assert [_betrayed(page.read_text("utf-8")) for page in pages] == [{"ukrainska-pravda"}, {"kyiv-independent"}]
