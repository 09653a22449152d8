"""Outlet files: what they claim, what betrays them, and how a bad file is refused."""

import re
from pathlib import Path

import pytest
import yaml

from crawlers.outlet import OutletFileError, all_outlets, outlet_called, outlet_of_url

ARTICLES = {
    "ukrainska-pravda": [
        "https://www.pravda.com.ua/news/2026/11/03/8061204/",
        "https://www.pravda.com.ua/eng/news/2026/11/3/8061204/",
        "https://pravda.com.ua/rus/articles/2026/11/03/8061300/index.amp",
        "https://www.pravda.com.ua/podcasts/podkast-o-politytsi/2026/11/03/8061301/?utm_source=tg",
        "http://www.pravda.com.ua/news/2016/02/20/7099999/",
    ],
    "kyiv-independent": [
        "https://kyivindependent.com/ireland-agrees-text-of-security-deal",
        "https://www.kyivindependent.com/ireland-agrees-text-of-security-deal/",
        "https://kyivindependent.com/news-feed/what-happened-on-day-300/",
    ],
    "ukrinform": [
        "https://www.ukrinform.ua/rubric-polytics/4301111-irlandia-pogodila-tekst.html",
        "https://ukrinform.net/amp/rubric-polytics/4301112-ireland-agrees-text.html",
        "https://www.ukrinform.ru/rubric-kyiv/4301113-soglasovan-tekst.html",
    ],
    "president": [
        "https://www.president.gov.ua/news/volodimir-zelenskij-prijnyav-ministra-101234",
        "https://president.gov.ua/en/news/volodimir-zelenskij-prijnyav-ministra-101234",
    ],
}
NOT_ARTICLES = [
    "https://www.pravda.com.ua/",
    "https://www.pravda.com.ua/news/",
    "https://www.pravda.com.ua/eng/news/date_03112026/",
    "https://www.pravda.com.ua/news/2026/11/03/8061204/view_comments/",
    "https://www.pravda.com.ua/tags/irlandija/",
    "https://kyivindependent.com/",
    "https://kyivindependent.com/news-archive/",
    "https://kyivindependent.com/news-archive/page/3/",
    "https://kyivindependent.com/tag/security-guarantees/",
    "https://kyivindependent.com/author/some-reporter/",
    "https://www.ukrinform.ua/block-lastnews?page=2",
    "https://www.ukrinform.ua/rubric-polytics",
    "https://www.ukrinform.ua/rubric-presshall/4301111-anons.html",
    "https://t.me/ukrinform_news/1",
    "https://www.president.gov.ua/en/news/all?date-from=03-11-2026&date-to=03-11-2026&page=1",
    "https://www.president.gov.ua/news/speeches",
    "https://www.president.gov.ua/documents/1012026-40001",
    "https://notpravda.com.ua/news/2026/11/03/8061204/",
    "http://[broken/news/2026/11/03/1/",
]
FLATTENED = {
    "ukrainska-pravda": [
        "OLHA MARCHENKOTuesday, 3 November 2026, 16:41\nSome text",
        "Olha Marchenko, Ivan Koval — Tuesday, 3 November 2026, 16:41\nSome text",
        "Ольга Марченко — Вівторок, 3 листопада 2026, 16:41\nТекст",
        "Lead.\n\nSource: Ministry of Foreign Affairs\n\nDetails: More.",
        "Початок.\n\nДжерело: МЗС\n\nДеталі: Далі.",
        "Начало.\n\nИсточник: МИД\n\nДетали: Дальше.",
    ],
    "kyiv-independent": [
        "by The Kyiv Independent news desk November 3, 2026 11:47 PM 1 min read\nText",
        "by Anna Holub November 3, 2026 9:05 AM\nText",
    ],
    "ukrinform": [
        "Текст.\n\nЯк повідомляв Укрінформ, переговори тривають.",
        "The minister said this at a briefing, an Ukrinform correspondent reports.",
        "Как сообщал Укринформ, переговоры продолжаются.",
    ],
    "president": ["3 November 2026 - 20:15\nText", "Заголовок\n3 листопада 2026 року - 08:01\nТекст"],
}
CITING = [
    "The talks go on, Ukrainska Pravda reported, citing the Kyiv Independent.",
    "Zelensky said this on television, as cited by Ukrinform.",
    "Source: website of the President of Ukraine",
    "Про це пише Українська правда. Джерело: Укрінформ",
    "Об этом сообщили в Офисе президента 3 ноября 2026 года.",
    "вівторок, 3 листопада 2026, 00:03",
    "Text by Anna Holub. She wrote it on November 3, 2026.",
]


@pytest.mark.parametrize(("slug", "url"), [(slug, url) for slug, urls in ARTICLES.items() for url in urls])
def test_an_article_address_is_claimed_by_its_outlet_alone(slug, url):
    assert [name for name, outlet in all_outlets().items() if outlet.claims_url(url)] == [slug]


@pytest.mark.parametrize("url", NOT_ARTICLES)
def test_no_outlet_claims_what_is_no_article(url):
    assert [name for name, outlet in all_outlets().items() if outlet.claims_url(url)] == []


@pytest.mark.shared
def test_the_collected_sample_addresses_are_claimed_by_exactly_one(shared):
    ours = {
        "pravda": "ukrainska-pravda",
        "kyivindependent": "kyiv-independent",
        "ukrinform": "ukrinform",
        "president": "president",
    }
    collected = yaml.safe_load((shared / "outlets" / "outlets.yaml").read_text("utf-8"))["outlets"]
    samples = [(ours[entry["id"]], url) for entry in collected if entry["id"] in ours for url in entry["sample_urls"]]
    assert len(samples) >= 10
    claims = {
        (slug, url): [name for name, outlet in all_outlets().items() if outlet.claims_url(url)] for slug, url in samples
    }
    assert {key: names for key, names in claims.items() if names != [key[0]]} == {}


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, texts in FLATTENED.items() for text in texts])
def test_house_marks_betray_flattened_text_of_their_own_outlet_only(slug, text):
    assert _betrayed(text) == {slug}


@pytest.mark.parametrize("text", CITING)
def test_house_marks_do_not_fire_on_a_text_that_only_cites(text):
    assert _betrayed(text) == set()


@pytest.mark.shared
def test_house_marks_recognise_the_two_real_flattened_pages(shared):
    pages = sorted((shared / "seeds").glob("0*.txt"))
    assert [_betrayed(page.read_text("utf-8")) for page in pages] == [{"ukrainska-pravda"}, {"kyiv-independent"}]


def _betrayed(text):
    return {slug for slug, outlet in all_outlets().items() if any(re.search(mark, text) for mark in outlet.house_marks)}


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://www.pravda.com.ua", "uk"),
        ("https://www.pravda.com.ua/eng/", "en"),
        ("https://www.pravda.com.ua/rus/news/2026/11/03/8061204/", "ru"),
        ("https://WWW.Pravda.com.ua./english-lessons/", "uk"),
        ("https://www.ukrinform.net/rubric-polytics", "en"),
        ("https://ukrinform.ru/", "ru"),
        ("https://www.president.gov.ua/en/news/x-1", "en"),
    ],
)
def test_the_edition_is_the_longest_prefix_that_fits(url, language):
    outlet = outlet_of_url(url, all_outlets())
    assert outlet is not None
    edition = outlet.edition_of(url)
    assert edition is not None
    assert edition.language == language


def test_translations_share_the_number_in_their_addresses():
    outlets = all_outlets()
    for slug, pair in {
        "ukrainska-pravda": (
            "https://www.pravda.com.ua/news/2026/11/03/8061204/",
            "https://www.pravda.com.ua/eng/news/2026/11/3/8061204/",
        ),
        "president": (
            "https://www.president.gov.ua/news/volodimir-101234",
            "https://www.president.gov.ua/en/news/volodimir-101234",
        ),
    }.items():
        pattern = outlets[slug].id_in_url
        assert pattern is not None
        numbers = {match[1] for url in pair if (match := re.search(pattern, url))}
        assert len(numbers) == 1, slug


def test_every_built_in_outlet_states_a_fact_with_its_confidence():
    assert all(outlet.facts and outlet.indexes and outlet.body for outlet in all_outlets().values())


GOOD = """
from crawlers.outlet import Edition, Index, Outlet

OUTLET = Outlet(
    slug="my-paper",
    name="My Paper",
    homepage="https://my.example/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    rights="mine",
    editions=(Edition(language="uk", hosts=("my.example",)),),
    {more}
)
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    return tmp_path


def test_a_folder_of_ones_own_adds_to_the_built_in_outlets(tmp_path):
    outlets = all_outlets(_folder(tmp_path, mine=GOOD.format(more=""), _draft="not python"))
    assert set(outlets) == {*all_outlets(), "my-paper"}
    assert not list(tmp_path.rglob("*.pyc"))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("colour='red',", "'colour'"),
        ("article_url=('(unclosed',),", "'article_url.0'"),
        ("body=('div..x',),", "'body.0'"),
        ("timezone='Europe/Kyivv',", "'timezone'"),
        ("indexes=(Index(kind='day_list', url='https://my.example/{jour}', language='uk'),),", "'url'"),
        ("indexes=(Index(kind='shelf', url='https://my.example/', language='uk'),),", "'kind'"),
        ("sister_hosts=('https://my.example/',),", "sister"),
    ],
)
def test_a_wrong_field_is_refused_in_one_line_naming_file_and_field(tmp_path, more, named):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, mine=GOOD.format(more=more)))
    _is_one_clear_line(str(caught.value), "mine.py", named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("OUTLET = 1", "OUTLET"),
        ("def broken(:", "SyntaxError"),
        ("import no_such_module_here", "ModuleNotFoundError"),
        (GOOD.format(more="").replace("my-paper", "ukrinform"), "slug 'ukrinform'"),
        (GOOD.format(more="").replace("my-paper", "unlisted"), "slug 'unlisted'"),
        (GOOD.format(more="").replace("my-paper", "My Paper"), "'slug'"),
        (GOOD.format(more="").replace('("my.example",)', '("www.ukrinform.ua",)'), "'www.ukrinform.ua'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path, text, named):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, mine=text))
    _is_one_clear_line(str(caught.value), "mine.py", named)


def test_two_files_of_one_folder_may_not_share_a_slug(tmp_path):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, first=GOOD.format(more=""), second=GOOD.format(more="")))
    _is_one_clear_line(str(caught.value), "second.py", "slug 'my-paper'")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(tmp_path / "gone")
    _is_one_clear_line(str(caught.value), "gone", "no such folder")


def _is_one_clear_line(message, file, named):
    assert "\n" not in message
    assert file in message
    assert named in message


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("ukrinform", "ukrinform"),
        ("Ukrainska Pravda", "ukrainska-pravda"),
        ("the kyiv independent", "kyiv-independent"),
        ("pravda.com.ua", "ukrainska-pravda"),
        ("www.ukrinform.net", "ukrinform"),
    ],
)
def test_an_outlet_is_known_by_slug_name_and_host(words, slug):
    found = outlet_called(words, all_outlets())
    assert found is not None
    assert found.slug == slug


def test_nobody_is_called_by_a_part_of_a_name():
    assert outlet_called("ukrainska", all_outlets()) is None
