"""Whom a text credits for its news, and whom it only names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.outlet import all_outlets
from flows.lexicon.agencies import FILE, load_sources
from flows.lexicon.errors import LexiconFileError
from flows.steps.attribution import attributions
from flows.steps.text import lay_out
from storage.terms import Zone

BODY = Zone.BODY


@pytest.fixture(scope="module")
def sources():
    loaded = load_sources(all_outlets())
    loaded.find("", "")  # names are declined at the first look, which takes longer than any later one
    return loaded


@pytest.fixture(scope="module")
def credits_of(sources):
    def find(*paragraphs, title="", outlet=None):
        laid = [one if isinstance(one, tuple) else (one, BODY) for one in paragraphs]
        text_full, spans = lay_out(title, laid)
        found = attributions(text_full, spans, outlet, sources)
        assert all(one.quote == text_full[one.start : one.end] for one in found)
        return found

    return find


def told(found):
    return [(one.source, one.role) for one in found]


def test_the_quoted_words_are_the_wording_and_the_name(credits_of):
    [one] = credits_of("Ісландія прийме раунд, передає кореспондент Укрінформу.")
    assert (one.source, one.name, one.kind, one.role) == ("ukrinform", "Ukrinform", "agency", "origin")
    assert (one.quote, one.rule) == ("передає кореспондент Укрінформу", "says_before")


def test_both_quotation_marks_are_quoted_or_none(credits_of):
    found = credits_of("Про це пише «Європейська правда» з посиланням на Reuters.")
    assert [one.quote for one in found] == ["пише «Європейська правда»", "з посиланням на Reuters"]


@pytest.mark.parametrize(
    "form",
    ["Українська правда", "Українській правді", "Української правди", "«Українській правді»", "УП", "pravda.com.ua"],
)
def test_a_name_is_known_in_every_form(credits_of, form):
    assert told(credits_of(f"Про це йдеться в інтерв'ю {form}.")) == [("ukrainska-pravda", "origin")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He told the Financial Times that it was over.", ["financial-times"]),
        ("He told The Times of Nowhere that it was over.", []),
        ("According to Bloomberg Philanthropies, air is cleaner.", []),
        ("According to Bloomberg News, air is cleaner.", ["bloomberg"]),
        ("According to reuters, all is well.", []),
        ("According to www.reuters.com, all is well.", ["reuters"]),
        ("According to user@reuters.com, all is well.", []),
        ("According to a Times columnist, all is well.", []),
        ("According to the newspaper Times, all is well.", ["times"]),
        ("Citing Reuters, AFP and the BBC, he spoke of rain.", ["reuters", "afp", "bbc"]),
        ("Про це повідомляє Главком.", []),
        ("Про це повідомляє видання «Главком».", ["glavcom"]),
        ("Про це повідомляє німецьке МЗС.", []),
        ("Голосування перенесли, йдеться з посиланням на МЗС.", ["mfa"]),
        ("Голосування перенесли, йдеться з посиланням на німецьке МЗС.", []),
        ("Голосування перенесли, йдеться з посиланням на МЗС Литви.", []),
        ("Подробности читайте в материале РБК-Украина.", []),
        ("Усі матеріали, розміщені на цьому сайті із посиланням на Інтерфакс-Україна, не підлягають відтворенню.", []),
        ("Source: a minister on Telegram; Ukrinform news agency", ["ukrinform"]),
        ("Джерело: коментар депутата Гаєвого «Українській правді»", ["ukrainska-pravda"]),
        ("ОСЛО, 3 мая – РИА Новости. Флот вышел в море.", ["ria-novosti"]),
        ("КИЇВ. 16 січня. УНН. Сніг не спиняється.", ["unn"]),
        ("МЗС – УНІАН: хто кого чекав", []),
        ("Про це повідомляє Політика.", []),
        ("Про це повідомляє Політико.", ["politico"]),
        ("Reuters reports that its journalist was wounded.", []),
        ("Reuters said it was shocked.", []),
        ("Reuters reported a loss in spring.", []),
        ("Citing Reuters and Time, he spoke of rain.", ["reuters"]),
        ("Citing @reuters.com, he spoke of rain.", []),
        ("NATO. Reuters reports that nothing happened.", ["reuters"]),
        ("Засновник Bellingcat розповідає, як усе почалося.", []),
        ("The editor of the Kyiv Post reports that he is tired.", []),
        ("Кореспондент BBC пише, що все почалося.", ["bbc"]),
        ("Джерело УНІАН, близьке до уряду, мовчить.", []),
        ("Угоду підписали. Джерело: УНІАН Деталі: підписали вдень.", ["unian"]),
    ],
)
def test_names_near_each_other_are_told_apart(credits_of, text, expected):
    assert [one.source for one in credits_of(text)] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Oslo to send engineers – Reuters", [("reuters", "origin")]),
        ("Reuters: Oslo to send engineers", [("reuters", "origin")]),
        ("Осло надішле саперів, – «Європейська правда»", [("european-pravda", "origin")]),
        ("Осло надішле саперів – МЗС", []),
        ("Reuters at 170: a history", []),
        ("War - Reuters office closed", []),
    ],
)
def test_headlines_credit_by_a_dash_or_a_colon(credits_of, title, expected):
    assert told(credits_of("Nothing else is said.", title=title)) == expected


def test_only_the_opening_credits_the_news_itself(credits_of):
    fill = [f"Paragraph {n} tells of something else." for n in range(3)]
    credit = "Sweden was ready, Reuters reported."
    assert told(credits_of(*fill[:2], credit)) == [("reuters", "origin")]
    assert told(credits_of(*fill, credit)) == [("reuters", "mention")]
    assert told(credits_of(*fill, "Source: Reuters")) == [("reuters", "origin")]
    assert told(credits_of(*[(one, Zone.BACKGROUND) for one in fill], credit)) == [("reuters", "origin")]
    assert told(credits_of((credit, Zone.BACKGROUND))) == [("reuters", "mention")]
    assert told(credits_of((credit, Zone.CAPTION))) == []


def test_an_outlet_that_credits_itself_is_told_apart(credits_of):
    text = "Про це повідомляє УНІАН."
    assert told(credits_of(text, outlet="unian")) == [("unian", "self")]
    assert told(credits_of(text, outlet="tsn")) == [("unian", "origin")]
    assert told(credits_of((text, Zone.BACKGROUND), outlet="unian")) == [("unian", "self")]


def test_texts_without_words_credit_nobody(credits_of):
    assert credits_of() == ()
    assert credits_of("Reuters") == ()
    assert credits_of("", title="Reuters") == ()


@pytest.mark.parametrize(
    "text", ["Reuters, " * 8_000, "citing Reuters, " * 8_000, "уп нв " * 150_000, "слово " * 170_000, "A. " * 300_000]
)
def test_a_long_text_is_read_in_seconds(credits_of, text):
    began = time.process_time()
    found = credits_of(text, *["Reuters reports. Source: AFP."] * 1000)
    assert len(found) >= 1000
    assert time.process_time() - began < 15


@given(
    st.lists(st.sampled_from(["Reuters", "УП", "«", "»", "передає", "reports", ", ", " (", ") - ", ".\n", "Source:"]))
)
def test_whatever_is_quoted_stands_in_the_text(sources, parts):
    text_full, spans = lay_out("Reuters: news", [(" ".join(parts), BODY)])
    for one in attributions(text_full, spans, "unian", sources):
        assert one.quote == text_full[one.start : one.end] != ""


def test_a_source_with_the_slug_of_an_outlet_is_refused_by_name(tmp_path):
    file = tmp_path / "agencies.yaml"
    file.write_text("sources:\n  unian: {name: UNIAN, kind: agency}\n", encoding="utf-8")
    with pytest.raises(LexiconFileError, match=r"agencies\.yaml.*sources\.unian"):
        load_sources(all_outlets(), file)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("sources: {}\n", "sources"),
        ("sources:\n  x: {name: X-News, kind: blog}\n", r"sources\.x\.kind"),
        ("sources:\n  x: {name: X-News, kind: agency, colour: red}\n", r"sources\.x\.colour"),
        ("sources: [", "YAML"),
    ],
)
def test_a_bad_file_is_refused_with_the_field(tmp_path, content, field):
    file = tmp_path / "agencies.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconFileError, match=field):
        load_sources({}, file)


def test_the_version_follows_the_file_and_the_names_of_outlets(sources, tmp_path):
    outlets = dict(all_outlets())
    assert load_sources(outlets).version == sources.version
    outlets["unian"] = outlets["unian"].model_copy(update={"names": ("Somebody",)})
    assert load_sources(outlets).version != sources.version
    changed = tmp_path / "agencies.yaml"
    changed.write_bytes(FILE.read_bytes() + b"\n")
    assert load_sources(all_outlets(), changed).version != sources.version


def test_a_headline_as_long_as_a_text_is_read_piece_by_piece(credits_of):
    filler = "Norway came to Oslo. " * 100
    assert told(credits_of(title="Fake news of the day. Reuters reports that rain fell")) == []
    assert told(credits_of(title=f"Fake news of the day. {filler} Reuters reports that rain fell")) == [
        ("reuters", "origin")
    ]
