"""Addresses of outlets: whose an address is, whether it is an article's, its edition, and what translations share."""

import re

import pytest
import yaml

from crawlers.outlet import all_outlets, outlet_of_url

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
    "https://censor.net/ua/theme/811/some_theme",
    "https://www.liga.net/ua/privacy-policy-page",
    "https://epravda.com.ua/tags/5e3a8cd168ded/",
    "https://www.rbc.ua/ukr/archive/2026/11/02",
    "https://espreso.tv/danilishin-bogdan",
    "https://espreso.tv/oborona-ta-bezpeka",
    "https://suspilne.media/tag/2025-rik/",
    "https://hromadske.ua/tags/2025-rik",
    "https://www.radiosvoboda.org/z/630/2026/03/11?p=1",
]
OUTLET_OF_COLLECTED = {
    "babel": "babel",
    "censor": "censor-net",
    "defence_express": "defense-express",
    "detector": "detector-media",
    "epravda": "ekonomichna-pravda",
    "espreso": "espreso",
    "euromaidanpress": "euromaidan-press",
    "eurointegration": "european-pravda",
    "glavcom": "glavcom",
    "gordon": "gordon",
    "hromadske": "hromadske",
    "interfax": "interfax-ukraine",
    "kmu": "kmu",
    "kyivindependent": "kyiv-independent",
    "kyivpost": "kyiv-post",
    "lb": "lb-ua",
    "liga": "liga",
    "mfa": "mfa",
    "militarnyi": "militarnyi",
    "nv": "nv",
    "pravda": "ukrainska-pravda",
    "president": "president",
    "radiosvoboda": "radio-svoboda",
    "rbc": "rbc-ukraine",
    "slovoidilo": "slovo-i-dilo",
    "suspilne": "suspilne",
    "tsn": "tsn",
    "ukrinform": "ukrinform",
    "unian": "unian",
    "zn": "zn-ua",
}
COLLECTED_BUT_NOT_OURS = {
    "apostrophe",
    "bihus",
    "focus",
    "korrespondent",
    "obozrevatel",
    "texty",
    "tv24",
    "tyzhden",
}
ONE_NUMBER = {
    "babel": (
        "https://babel.ua/news/131001-slovachchina-rozpochala-konsultaciji",
        "https://babel.ua/en/news/131001-slovakia-opens-consultations",
    ),
    "ekonomichna-pravda": (
        "https://epravda.com.ua/finances/skilki-koshtuye-strahuvannya-voyennih-rizikiv-819001/",
        "https://epravda.com.ua/rus/finances/skolko-stoit-strahovanie-voennyh-riskov-819001/",
    ),
    "hromadske": (
        "https://hromadske.ua/polityka/271001-norvehiia-hotuye-chastynu-umov",
        "https://hromadske.ua/en/war/271001-norway-drafts-its-part-of-the-terms",
    ),
    "kmu": (
        "https://www.kmu.gov.ua/news/uriad-skhvalyv-tekst-uhody-z-danii",
        "https://www.kmu.gov.ua/en/news/uriad-skhvalyv-tekst-uhody-z-danii",
    ),
    "president": (
        "https://www.president.gov.ua/news/volodimir-101234",
        "https://www.president.gov.ua/en/news/volodimir-101234",
    ),
    "ukrainska-pravda": (
        "https://www.pravda.com.ua/news/2026/11/03/8061204/",
        "https://www.pravda.com.ua/eng/news/2026/11/3/8061204/",
    ),
}


def _claimants(url):
    return [slug for slug, outlet in all_outlets().items() if outlet.claims_url(url)]


@pytest.mark.parametrize(("slug", "url"), [(slug, url) for slug, urls in ARTICLES.items() for url in urls])
def test_an_article_address_is_claimed_by_its_outlet_alone(slug, url):
    assert _claimants(url) == [slug]


@pytest.mark.parametrize("url", NOT_ARTICLES)
def test_no_outlet_claims_what_is_no_article(url):
    assert _claimants(url) == []


@pytest.mark.parametrize("slug", all_outlets())
def test_the_examples_of_an_outlet_are_its_own_alone_and_leave_no_rule_without_one(slug):
    outlet = all_outlets()[slug]
    assert {url: names for url in outlet.examples if (names := _claimants(url)) != [slug]} == {}
    assert [rule for rule in outlet.article_url if not any(re.search(rule, url) for url in outlet.examples)] == []


@pytest.mark.shared
def test_the_collected_sample_addresses_are_claimed_by_exactly_their_outlet(shared):
    assert (len(OUTLET_OF_COLLECTED), len(COLLECTED_BUT_NOT_OURS)) == (30, 8)
    assert set(OUTLET_OF_COLLECTED.values()) <= set(all_outlets())
    collected = yaml.safe_load((shared / "outlets" / "outlets.yaml").read_text("utf-8"))["outlets"]
    assert sorted(entry["id"] for entry in collected) == sorted({*OUTLET_OF_COLLECTED, *COLLECTED_BUT_NOT_OURS})
    expected = {
        (entry["id"], url): [OUTLET_OF_COLLECTED[entry["id"]]] if entry["id"] in OUTLET_OF_COLLECTED else []
        for entry in collected
        for url in entry["sample_urls"]
    }
    assert len(expected) >= 60
    assert {key: _claimants(key[1]) for key in expected} == expected


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
    assert set(ONE_NUMBER) == {slug for slug, outlet in outlets.items() if outlet.id_in_url}
    for slug, pair in ONE_NUMBER.items():
        pattern = outlets[slug].id_in_url
        assert pattern is not None
        found = [match and match[1] for match in (re.search(pattern, url) for url in pair)]
        assert found[0], slug
        assert found[0] == found[1], slug
