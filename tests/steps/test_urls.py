import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.outlet import Edition, Outlet, all_outlets
from flows.steps.urls import canonical_url, is_same_article_translation, shared_id, unwrapped

HOSTS = ("www.hazeta.invalid", "hazeta.invalid", "m.hazeta.invalid")
HAZETA = Outlet(
    slug="hazeta",
    name="Hazeta",
    homepage="https://www.hazeta.invalid/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=HOSTS),
        Edition(language="en", hosts=HOSTS, path_prefix="/eng"),
        Edition(language="ru", hosts=("ru.hazeta.invalid",)),
    ),
    rights="x",
    article_url=(r"^https://(?:www|ru)\.hazeta\.invalid/(?:eng/)?news/\d{4}/\d\d/\d\d/\d+/?$", r"/page/[a-z-]+\.html$"),
    not_article_url=(r"/tags/",),
    id_in_url=r"/\d{4}/\d{1,2}/\d{1,2}/(\d+)",
)
PLAIN = "https://www.hazeta.invalid/news/2026/03/04/777/"


@pytest.mark.parametrize(
    "url",
    [
        PLAIN,
        "http://www.hazeta.invalid/news/2026/03/04/777",
        "https://hazeta.invalid/news/2026/3/4/777/#comments",
        "https://m.hazeta.invalid/news/2026/03/04/777/",
        "https://amp.hazeta.invalid/news/2026/03/04/777/",
        "https://www.hazeta.invalid./news/2026/03/04/777/",
        "https://www.hazeta.invalid:443/news//2026/03/04/777/",
        "https://WWW.Hazeta.invalid/news/2026/03/04/777/?utm_source=tg&fbclid=1",
        "https://www.hazeta.invalid/news/2026/03/04/777/amp/",
        "https://www.hazeta.invalid/news/2026/03/04/777/index.amp",
        "https://www.hazeta.invalid/amp/news/2026/03/04/777/",
        "https://www.hazeta.invalid/news/2026/03/04/777/?amp",
        "https://www.hazeta.invalid/news/2026/03/04/777/?amp=1&outputType=amp",
        "https://www.hazeta.invalid/news/2026/03/04/777/print/",
        "https://www.hazeta.invalid/news/2026/03/04/777/?view=print",
        "https://www.hazeta.invalid/news/2026/03/04/777/index.html",
        "https://www.hazeta.invalid/news/2026/03/04/777/;jsessionid=A1B2?PHPSESSID=9",
        " https://www.hazeta.invalid/news/2026/03/04/777/ ",
        "https://web.archive.org/web/20260304101112id_/http://hazeta.invalid/news/2026/03/04/777/",
        "https://www.hazeta.invalid:80//news/2026//03/04/777//",
        "https://www.hazeta.invalid/news/2026/03/04/777/#!comments",
        "https://www.hazeta.invalid/news/2026/03/04/777/#!/photo/2",
        "https://www.hazeta.invalid/news/2026/03/04/777.amp",
        "https://www.hazeta.invalid/print/news/2026/03/04/777/?sid=1",
        "https://www.hazeta.invalid/news/2026/03/04/777/&utm_source=tg",
        "https://www.hazeta.invalid/news/2026/03/04/777/%3Futm_source=tg&utm_medium=x",
        "https://www.hazeta.invalid/news/2026/03/04/777/?ysclid=a&igsh=b&_openstat=c&wt_mc=d&spref=tw&rss=1",
        "https://www.hazeta.invalid/%6Eews/2026/03/04/777/",
        "HTTPS://user:word@www.hazeta.invalid/news/2026/03/04/777/",
        "https://www-hazeta-invalid.cdn.ampproject.org/c/s/www.hazeta.invalid/news/2026/03/04/777/amp",
    ],
)
def test_every_form_of_an_address_is_one(url):
    assert canonical_url(url, None, HAZETA) == PLAIN


def test_editions_stay_apart():
    english = canonical_url("https://hazeta.invalid/eng/news/2026/3/4/777", None, HAZETA)
    assert english == "https://www.hazeta.invalid/eng/news/2026/03/04/777/"
    russian = canonical_url("https://ru.hazeta.invalid/news/2026/03/04/777", None, HAZETA)
    assert russian == "https://ru.hazeta.invalid/news/2026/03/04/777/"
    for variant in ("www.ru", "m.ru", "ru", "amp.ru"):
        assert canonical_url(f"https://{variant}.hazeta.invalid./news/2026/3/4/777/amp", None, HAZETA) == russian


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.hazeta.invalid/page/a-b.html/", "https://www.hazeta.invalid/page/a-b.html"),
        ("http://www.x.com.ua/a/?b=2&a=1", "https://x.com.ua/a?a=1&b=2"),
        ("https://m.com.ua/a", "https://m.com.ua/a"),
        ("https://x.invalid/read.php?uid=55&utm_medium=x", "https://x.invalid/read.php?uid=55"),
        ("https://x.invalid/?p=12", "https://x.invalid/?p=12"),
        ("https://x.invalid", "https://x.invalid/"),
        ("http://127.0.0.1:8081/a/", "http://127.0.0.1:8081/a"),
        ("https://новини.укр/Я", "https://xn--b1amarcd.xn--j1amh/%D0%AF"),
        ("https://www.НОВИНИ.укр./a", "https://xn--b1amarcd.xn--j1amh/a"),
        ("https://x.invalid/%d1%82%D0%B5", "https://x.invalid/%D1%82%D0%B5"),
        ("https://x.invalid/те", "https://x.invalid/%D1%82%D0%B5"),
        ("https://x.invalid/a%2Db%7Ec", "https://x.invalid/a-b~c"),
        ("https://x.invalid/a/../b/./c", "https://x.invalid/b/c"),
        ("https://x.invalid/2026-3-4/a", "https://x.invalid/2026-03-04/a"),
        ("https://x.invalid/a.amp.html", "https://x.invalid/a.html"),
        ("https://x.invalid/a-amp", "https://x.invalid/a-amp"),
        ("https://x.invalid:8443/a/", "https://x.invalid:8443/a"),
        ("https://x.invalid/#!/news/5/", "https://x.invalid/#!/news/5"),
        ("https://x.invalid/#!comments", "https://x.invalid/"),
        ("https://x.invalid/#top", "https://x.invalid/"),
        ("urn:zaporuka:file:00ff", "urn:zaporuka:file:00ff"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_addresses_of_nobody_s(url, canonical):
    assert canonical_url(url, None, HAZETA if "hazeta" in url else None) == canonical


@pytest.mark.parametrize(
    ("hint", "is_taken"),
    [
        ("https://www.hazeta.invalid/page/other-form.html", True),
        ("/page/other-form.html", True),
        ("https://www.hazeta.invalid/", False),
        ("https://www.hazeta.invalid/eng/", False),
        ("https://elsewhere.invalid/page/other-form.html", False),
        ("https://www.hazeta.invalid/tags/page/other-form.html", False),
        ("https://www.hazeta.invalid/section/", False),
        ("https://ru.hazeta.invalid/page/other-form.html", False),
        ("https://www.hazeta.invalid/news/2026/03/04/778/", False),
        ("http://[broken", False),
        ("javascript:void(0)", False),
        ("", False),
    ],
)
def test_a_page_s_own_word_is_taken_only_if_sane(hint, is_taken):
    url = "https://www.hazeta.invalid/page/one.html" if "/page/" in hint else PLAIN
    assert (canonical_url(url, hint, HAZETA) != url) == is_taken


def test_a_section_above_the_article_is_no_canonical_form():
    url = "https://x.invalid/news/one-two"
    assert canonical_url(url, "https://x.invalid/news/", None) == url
    assert canonical_url(url, "/politics/one-two", None) == "https://x.invalid/politics/one-two"


@pytest.mark.parametrize("listing", ["/tag/peace-talks", "/category/news/peace", "/author/a-b", "/en/topics/peace"])
def test_a_listing_is_no_canonical_form_where_nobody_described_the_outlet(listing):
    url = "https://x.invalid/news/one-two"
    assert canonical_url(url, listing, None) == url


def test_a_page_that_names_itself_with_tracking_is_itself():
    assert canonical_url(PLAIN, f"{PLAIN}?utm_source=rss&amp=1#top", HAZETA) == PLAIN
    assert canonical_url(f"{PLAIN}amp/", "http://hazeta.invalid/news/2026/3/4/777/?fbclid=1", HAZETA) == PLAIN


def test_translations_share_a_number_in_another_edition():
    english = "https://www.hazeta.invalid/eng/news/2026/03/04/777/"
    assert shared_id(PLAIN, HAZETA) == "777"
    assert is_same_article_translation(PLAIN, english, HAZETA)
    assert is_same_article_translation("https://ru.hazeta.invalid/news/2026/3/4/777", english, HAZETA)
    assert not is_same_article_translation(PLAIN, PLAIN, HAZETA)
    assert not is_same_article_translation(PLAIN, english.replace("777", "778"), HAZETA)
    assert not is_same_article_translation("https://hazeta.invalid/about", "https://hazeta.invalid/eng/about", HAZETA)


def test_unwrapping_leaves_other_addresses_alone():
    assert unwrapped(PLAIN) == PLAIN


_SEGMENT = st.sampled_from(
    [
        "news",
        "amp",
        "print",
        "index.html",
        "2026",
        "3",
        "04",
        "777",
        "eng",
        "",
        "A b",
        "ї",
        "x;sid=1",
        "a.amp",
        "a.amp.html",
        "2026-3-4",
        "a&utm_source=b",
        "b%3ffbclid=1",
        "%d1%82",
        "%7e",
        "..",
    ]
)
_QUERY = st.lists(st.sampled_from(["utm_source=a", "a=1", "amp", "b=", "view=print", "id=7", "ref=x"]), max_size=4)
_HOST = st.sampled_from(["hazeta.invalid", "www.hazeta.invalid", "m.www.hazeta.invalid.", "amp.x.com.ua:80", "x.ua:81"])


_FRAGMENT = st.sampled_from(["", "#top", "#!/a/b/", "#!", "#!/ї", "#!a//"])


@given(_HOST, st.lists(_SEGMENT, max_size=7), _QUERY, _FRAGMENT, st.booleans())
def test_the_canonical_form_of_a_canonical_form_is_itself(host, segments, query, fragment, is_described):
    outlet = HAZETA if is_described else None
    asked = f"?{'&'.join(query)}" if query else ""
    once = canonical_url(f"http://{host}/{'/'.join(segments)}{asked}{fragment}", None, outlet)
    assert canonical_url(once, None, outlet) == once


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    for url in (text, f"https://{text}", f"https://x.invalid/{text}"):
        once = canonical_url(url, text, None)
        assert canonical_url(once, None, None) == once


@pytest.mark.shared
def test_real_translations_are_found_by_their_number(shared):
    outlet = all_outlets()["ukrainska-pravda"]
    groups = json.loads((shared / "captures/neardup/pravda_hreflang_groups_2025-12.json").read_text("utf-8"))
    for number, urls in groups.items():
        assert {shared_id(url, outlet) for url in urls} == {number}
        assert all(canonical_url(url, None, outlet) == url for url in urls)
        assert all(is_same_article_translation(urls[0], other, outlet) for other in urls[1:])
