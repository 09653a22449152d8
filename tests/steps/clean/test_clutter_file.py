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
    ],
)
def test_a_call_to_follow_is_cut_off_a_sentence(clutter, line, stays):
    assert clutter.cut_tail(line)[0] == stays


def test_a_quote_that_asks_to_follow_stays_whole(clutter):
    assert (
        clutter.cut_tail('She was angry. "It is a trick. Follow us on Twitter," the post of the thieves said.') is None
    )
