"""The clutter file: what is wrong in it is named."""

import pytest
import yaml

from flows.lexicon import LexiconFileError
from flows.lexicon.clutter import FILE, load_clutter


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda data: data.pop("stops"), "stops"),
        (lambda data: data["lines"]["share"].update(en=["("]), "lines.share.en.0"),
        (lambda data: data["lines"]["share"].update(en=["(grouped)"]), "lines.share.en.0"),
        (lambda data: data["pages"].update(nonsense=["x"]), "pages.nonsense"),
        (lambda data: data.update(surprise=1), "surprise"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path, change, field):
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    file = tmp_path / "clutter.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(LexiconFileError) as caught:
        load_clutter(file)
    assert caught.value.field.startswith(field)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LexiconFileError, match="nowhere"):
        load_clutter(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    "sentence",
    [
        "Читайте також про це в законі, який парламент ухвалив учора ввечері без обговорення й голосування.",
        "The minister asked readers to subscribe to the principle that promises are kept, and to act on it.",
        "Джерело: пресслужба міністерства",
        "Photo evidence of the strike was shown to the court, and the judges asked for more of it.",
        "Відео обстрілу вивчає прокуратура, справу передадуть до суду.",
        "The council asked people to join the conversation about water, and few of them came.",
        "The report shows what the mayor's comments cost the town.",
        "The new book of the mayor is out now and tells of the pump.",
        "More stories of the pump will be told in court, the judge said.",
        "Write to the mayor, she asked, and tell her about the pump.",
        '"Reporting by the town hall was late," the judge said.',
        "Forty gardeners contributed to this report.",
        "Слідкуй за нами, сказав садівник сусідові, і пішов до насоса.",
        "Він відкрив Telegram-канал, у якому розповідає про сади й насоси міста.",
        "Correction: an earlier version gave a wrong day for the opening of the pump.",
        "Уточнення: у першій версії тексту була неправильна дата відкриття насоса.",
        "Photo: that one word, cut into the old pump, will stay where it is.",
        "Якщо ви помітили помилку в розрахунку за воду, зверніться до контори садів.",
        "Если вы заметили ошибку в счёте за воду, обратитесь в контору садов.",
        "«Підпишіться на канал, читайте нас у телеграмі — це я чую щоранку», — сміється садівниця.",
        "The newsletter of the gardens has nine thousand readers, and none of them has ever asked to unsubscribe.",
        "Розсилка про сади виходить щотижня, її читають дев'ять тисяч мешканців.",
        "Реклама насосів, які обіцяють воду без рахунку, найчастіше обманює садівників.",
        "The reporter covering the pump for the town's paper was asked to leave the hall.",
        "Кореспондентка відділу садів запитала мера про насос.",
        "No spam reached the gardeners that week, the judge was told, and nobody knew the reason for it.",
        "Більше про це мер розповість у понеділок.",
        "More: The ministry said that the pump is the town's.",
        "Він не пропустив жодної наради про воду.",
    ],
)
def test_sentences_are_not_clutter(clutter, sentence):
    assert clutter.kind_of(sentence) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Show comments", "comments"),
        ("Join the conversation", "comments"),
        ("The Orchard Times values your comments but asks you to be polite to others.", "comments"),
        ("Please read our commenting policy.", "comments"),
        ("Показати коментарі", "comments"),
        ("Присоединиться к обсуждению", "comments"),
        ("Gardens for All, by Jane Sample, is out now (Pump Press, £25)", "advert"),
        ("Most read in town news", "read_also"),
        ("Popular on Orchard Times", "read_also"),
        ("More Great ORCHARD Stories", "read_also"),
        ("[Related: A hedge falls on the town pump]", "read_also"),
        ("Related post: A hedge falls on the town pump", "read_also"),
        ("Like this story? Share it with a friend!", "subscribe"),
        ("Write to Jane Sample at jane@orchard.example", "subscribe"),
        ("Have a tip? Jane Sample may be reached at jane@orchard.example. Follow her on Facebook.", "subscribe"),
        ("Reach the reporters on Twitter at http://orchard.example/jane", "subscribe"),
        ("Order Reprints", "share"),
        ("Print Article", "share"),
        ("Будь з нами! Слідкуй за нами :)", "subscribe"),
        ("Більше за темою: Насос міста знову стоїть", "read_also"),
        ("Детальніше про це: Насос міста знову стоїть", "read_also"),
        ("Рекомендуємо прочитати: Насос міста знову стоїть", "read_also"),
        ("Читай також: Насос міста знову стоїть", "read_also"),
        ("Слухайте також: Насос міста знову стоїть", "read_also"),
        ("Читати також — Насос міста знову стоїть", "read_also"),
        ("Читайте также на эту тему: Насос города снова стоит", "read_also"),
        ("Больше об этом:", "read_also"),
        ("👉 Read more:", "read_also"),
        ("You might also like: The pump that never stopped", "read_also"),
        ("More: Five pumps to see this autumn", "read_also"),
        ("Оголошення", "advert"),
        ("Реклама партнера", "advert"),
        ("Реклама на сайті", "advert"),
        ("Спонсорований матеріал", "advert"),
        ("Новини партнерів та реклама", "advert"),
        ("Article continues below this ad", "advert"),
        ("Story continues below advertisement", "advert"),
        ("From our partners", "advert"),
        ("No spam. Unsubscribe at any time", "subscribe"),
        ("By clicking Subscribe you agree to our terms", "subscribe"),
        ("Thank you! Check your inbox", "subscribe"),
        ("Turn on notifications to hear of the gardens first", "subscribe"),
        ("Add us as a preferred source on Google", "subscribe"),
        ("Ваш email", "subscribe"),
        ("Щотижнева розсилка", "subscribe"),
        ("Дякуємо за підписку!", "subscribe"),
        ("Натискаючи кнопку, ви погоджуєтеся з правилами сайту", "subscribe"),
        ("Больше историй о садах — в нашем телеграм-канале", "subscribe"),
        ("Більше порад садівникам — у нашому Telegram-каналі «Насос»", "subscribe"),
        ("Добавьте нас в избранные источники Google", "subscribe"),
        ("Ця стаття безкоштовна завдяки читачам. Долучитися", "donate"),
        ("Поділитися: Facebook Telegram Viber", "share"),
        ("Надіслати другу", "share"),
        ("Сохранить в закладки", "share"),
        ("🔊 Play audio version", "audio_notice"),
        ("Reporter covering gardens and transport. She previously worked for a radio station in Pump.", "footer"),
        ("Кореспондентка відділу садів. Пише про насоси й воду.", "footer"),
        ("Редактор ленты, в медиа с 2014 года. Любит сады.", "footer"),
        ("All articles by this author", "footer"),
        ("Усі матеріали автора", "footer"),
        ("Мапа сайту", "footer"),
        ("Условия использования", "footer"),
        ("Вподобайте нашу сторінку, щоб бачити більше добрих новин", "subscribe"),
        ("Побачили неточність — виділіть мишкою й тисніть Ctrl+Enter", "typo_notice"),
        ("Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter", "typo_notice"),
        ("Следите за нами в соцсетях", "subscribe"),
        ("Підписуйся на нашу розсилку про сади міста, найцікавіше раз на місяць.", "subscribe"),
        ("Зв'язатися з редакцією", "subscribe"),
        ("Reporting by Jane Sample; Editing by John Sample", "credits"),
        ("Additional reporting by Jane Sample", "credits"),
        ("Jane Sample contributed reporting from Orchard Town.", "credits"),
        ("Associated Press writers Jane Sample and John Sample contributed to this report.", "credits"),
    ],
)
def test_lines_around_an_article_are_clutter(clutter, line, kind):
    assert clutter.kind_of(line) == kind


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("The pump was mended on Monday. Follow us on Twitter @orchardtimes", "The pump was mended on Monday."),
        ("The pump was mended. Follow her on Facebook.", "The pump was mended."),
        ("Насос полагодили. Читайте також: Насос міста знову стоїть", "Насос полагодили."),
        ("The pump was mended. More: Five pumps to see this autumn", "The pump was mended."),
    ],
)
def test_a_call_to_follow_or_to_read_on_is_cut_off_a_sentence(clutter, line, stays):
    assert clutter.cut_tail(line)[0] == stays


def test_a_quote_that_asks_to_follow_stays_whole(clutter):
    assert (
        clutter.cut_tail('She was angry. "It is a trick. Follow us on Twitter," the post of the thieves said.') is None
    )


@pytest.mark.parametrize("line", ["Останні матеріали", "Інші публікації розділу", "What others are reading"])
def test_headings_of_other_stories_end_an_article(clutter, line):
    assert clutter.is_stop(line)
