"""Articles that come as HTML."""

import json

import lxml.html
import pytest

from flows.lexicon.clutter import load_clutter
from flows.steps.clean.body import generic_lines
from flows.steps.clean.decode import parsed
from flows.steps.clean.page import view
from storage.records import Reading
from storage.terms import DateSource, OutletSource, TimePrecision, Zone

URL = "https://orchard.example/eng/news/17/"
ELSEWHERE = "https://elsewhere.example/a-story"


def _ld(**fields):
    node = {"@type": "NewsArticle", "headline": "Two gardens agree to share water"} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_known_outlet_gives_body_zones_and_title(cleaned, article):
    reading = cleaned(article(), url=URL)
    assert isinstance(reading, Reading)
    assert (reading.outlet, reading.outlet_source, reading.path) == ("orchard-times", OutletSource.URL, "outlet")
    assert reading.title == "Two gardens agree to share water"
    assert [p.zone for p in reading.paragraphs] == [Zone.LEAD, Zone.SOURCE, Zone.QUOTE, Zone.BODY]
    assert reading.text_full.startswith(reading.title + "\n\n" + reading.paragraphs[0].text)


def test_an_old_layout_still_reads(cleaned, article):
    reading = cleaned(article(layout="story-old"), url=URL)
    assert reading.path == "outlet"
    assert len(reading.paragraphs) == 4


def test_a_page_of_nobodys_outlet_reads_the_same_text(cleaned, article):
    known = cleaned(article(), url=URL)
    other = cleaned(article(), url="https://elsewhere.example/a-story")
    assert (other.outlet, other.path) == ("unlisted", "generic")
    assert other.text == known.text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("<p>Read also: Three gardens quarrel over a hedge</p>", "read_also"),
        ("<p>Читайте також: Сусіди посварилися через паркан</p>", "read_also"),
        ("<p>Two gardens agree to share water</p>", "title_repeated"),
        ("<p>Plant a tree with the Orchard club</p>", "outlet_line"),
        ("<p>Підписуйтесь на наш Telegram-канал</p>", "subscribe"),
        ("<p>Поддержать редакцию</p>", "donate"),
        ("<p>12:11 PM</p>", "ticker"),
        ("<p>3 min read</p>", "reading_time"),
        ("<p>Photo: Orchard archive</p>", "photo_credit"),
        ("<p><a href='/x'>Another story altogether about the hedge</a></p>", "linked_headline"),
    ],
)
def test_a_line_that_is_not_the_articles_goes_and_says_why(cleaned, article, line, why):
    reading = cleaned(article(inside=line + "<p>The pump stays where it is, the mayor of the town added.</p>"), url=URL)
    assert len(reading.paragraphs) == 5
    assert why in {removed.why for removed in reading.removed}


def test_pruned_elements_scripts_and_hidden_text_are_not_read(cleaned, article):
    inside = "<div class='ad'>Buy a spade today and save.</div><script>x()</script><p style='display:none'>Secret.</p>"
    assert len(cleaned(article(inside=inside), url=URL).paragraphs) == 4


def test_captions_stand_apart(cleaned, article):
    inside = "<figure><figcaption>The pump in May</figcaption></figure><p class='under-picture'>The hedge</p>"
    reading = cleaned(article(inside=inside), url=URL)
    assert reading.captions == ("The pump in May", "The hedge")
    assert "hedge" not in reading.text


def test_line_breaks_make_paragraphs(cleaned):
    html = (
        "<h1 class='headline'>A short headline here</h1><div class='story-new'>The first sentence ends here."
        "<br>The second one, on a line of its own, is a paragraph.<br><br>And the third one follows a blank line.</div>"
    )
    assert len(cleaned(html, url=URL).paragraphs) == 3


def test_a_post_after_midnight_keeps_its_kyiv_day(cleaned, article):
    reading = cleaned(article(_ld(datePublished="2025-11-30T00:22:00+02:00")), url=URL)
    assert reading.published_at.isoformat() == "2025-11-30T00:22:00+02:00"
    assert reading.date_source is DateSource.JSON_LD


def test_utc_and_missing_zones_are_told_in_kyiv_time(cleaned, article):
    assert cleaned(article(_ld(datePublished="2025-06-03T21:18:00Z")), url=URL).published_at.isoformat() == (
        "2025-06-04T00:18:00+03:00"
    )
    assert cleaned(article(_ld(datePublished="2025-01-03 21:18")), url=URL).published_at.isoformat() == (
        "2025-01-03T21:18:00+02:00"
    )


def test_the_modified_date_is_never_the_published_one(cleaned, article):
    reading = cleaned(article('<meta property="article:modified_time" content="2025-02-02T10:00:00+02:00">'), url=URL)
    assert reading.modified_at.isoformat() == "2025-02-02T10:00:00+02:00"
    assert reading.date_source is not DateSource.META


def test_a_date_far_from_the_urls_day_is_not_believed(cleaned, article):
    head = '<meta property="article:published_time" content="2025-02-02T10:00:00+02:00">'
    reading = cleaned(article(head), url="https://elsewhere.example/2021/05/04/a-story/")
    assert (reading.published_at.date().isoformat(), reading.date_source) == ("2021-05-04", DateSource.URL)
    assert reading.published_precision is TimePrecision.DAY


def test_a_day_takes_its_minute_from_the_page(cleaned, article):
    html = article(_ld(datePublished="2022-12-21")).replace(
        "</h1>", "</h1><p class='stamp'>21 грудня 2022 року - 08:01</p>"
    )
    reading = cleaned(html, url=URL)
    assert reading.published_at.isoformat() == "2022-12-21T08:01:00+02:00"
    assert reading.published_precision is TimePrecision.MINUTE


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Person", "name": "OLENA VYHADANA"}, ("Olena Vyhadana",)),
        ([{"name": "Ivan Made-Up"}, {"name": "admin"}], ("Ivan Made-Up",)),
        ({"@type": "Organization", "name": "The Orchard Times"}, ()),
        ({"name": "The Orchard Times gardening desk"}, ("The Orchard Times gardening desk",)),
        ("Photo by Petro Invented", ()),
        ("Олена Вигадана та Іван Несправжній", ("Олена Вигадана", "Іван Несправжній")),
    ],
)
def test_authors_are_people_or_desks(cleaned, article, author, expected):
    assert cleaned(article(_ld(author=author)), url=URL).authors == expected


def test_broken_json_ld_is_read_as_far_as_it_goes(cleaned, article):
    head = (
        '<script type="application/ld+json">/*<![CDATA[*/{"@type": "NewsArticle", "headline": "a\nb",'
        ' "datePublished": "2024-03-04T05:06:07+02:00",}/*]]>*/</script>'.replace("/*<![CDATA[*/", "<!--").replace(
            "/*]]>*/", "-->"
        )
    )
    assert cleaned(article(head), url=URL).published_at.isoformat() == "2024-03-04T05:06:07+02:00"


def test_addresses_of_the_page_and_its_translations(cleaned, article):
    head = (
        '<link rel="canonical" href="/eng/news/17/"><link rel="alternate" hreflang="uk" href="/news/17/">'
        '<link rel="alternate" hreflang="ru" href="https://thief.example/17">'
    )
    reading = cleaned(article(head), url=URL + "?utm_source=x")
    assert reading.canonical_url == "https://orchard.example/eng/news/17/"
    assert reading.translations == {"uk": "https://orchard.example/news/17/"}


@pytest.mark.parametrize("link", ["https://orchard.example/", "https://thief.example/eng/news/17/", "http://[x"])
def test_a_senseless_canonical_is_left(cleaned, article, link):
    assert cleaned(article(f'<link rel="canonical" href="{link}">'), url=URL).canonical_url is None


def test_paywall_section_and_tags(cleaned, article):
    head = _ld(isAccessibleForFree="False", articleSection="Gardens", keywords=["water", "pump"])
    reading = cleaned(article(head), url=URL)
    assert (reading.paywalled, reading.section, reading.outlet_tags) == (True, "Gardens", ("water", "pump"))


UKRAINIAN = (
    "<html><head>{meta}<title>Сусіди домовилися про воду</title></head><body>"
    "<h1 class='headline'>Сусіди домовилися про воду</h1><div class='story-new'>"
    "<p>Двоє вигаданих сусідів домовилися ділити воду, їхня угода діятиме до осені.</p></div>"
)


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "koi8-u", "utf-16"])
@pytest.mark.parametrize("declared", [None, "text/html; charset=utf-8", "text/html; charset=windows-1251"])
def test_the_charset_of_the_bytes_wins(cleaned, charset, declared):
    reading = cleaned(UKRAINIAN.format(meta="").encode(charset), url=URL, content_type=declared)
    assert reading.title == "Сусіди домовилися про воду"
    assert reading.language == "uk"


def test_a_two_sentence_flash_is_an_article(cleaned):
    html = "<h1 class='headline'>Pump stops</h1><div class='story-new'><p>The pump stopped. Nobody knows why.</p></div>"
    flash = cleaned(html.replace("stopped.", "of the two gardens stopped on Monday morning."), url=URL)
    assert isinstance(flash, Reading)


def test_the_same_page_gives_the_same_reading(cleaned, article):
    first, _, again = (
        cleaned(article(), url=URL),
        cleaned(article(title="Another one"), url=URL),
        cleaned(article(), url=URL),
    )
    assert first == again


def test_what_follows_a_bare_read_also_line_goes_with_it(cleaned, article):
    inside = (
        "<p>Читайте також:</p><p>Сусіди посварилися через паркан</p><p>The pump stays where it is, the mayor added.</p>"
    )
    reading = cleaned(article(inside=inside), url=URL)
    assert reading.paragraphs[-1].text.startswith("The pump stays")
    assert "read_also_item" in {removed.why for removed in reading.removed}


def test_a_table_that_a_figure_holds_is_read_on_any_site(cleaned, article):
    table = "<figure><table><tr><td>Pears in the north garden</td><td>41 baskets this autumn</td></tr></table></figure>"
    reading = cleaned(article(inside=table + "<p>The pump stays where it is, the mayor added.</p>"), url=ELSEWHERE)
    assert "41 baskets this autumn" in reading.text


def test_a_template_that_no_reader_sees_is_not_read_on_any_site(cleaned, article):
    hidden = "<template><p>Dear visitor, the greenhouse shop has a new spade for every gardener.</p></template>"
    reading = cleaned(article(inside=hidden + "<p>The pump stays where it is, the mayor added.</p>"), url=ELSEWHERE)
    assert "mayor added" in reading.text
    assert "spade" not in reading.text


def test_looking_for_the_body_leaves_the_page_as_it_was(article):
    inside = "<aside>Share it with a friend</aside><table><tr><td>Pears</td></tr></table><script>x()</script>"
    page = view(parsed(article(inside=inside)))
    before = lxml.html.tostring(page.tree)
    assert generic_lines(page, load_clutter(), [])
    assert lxml.html.tostring(page.tree) == before


def test_a_lead_is_found_by_its_first_letters_whatever_opens_it(cleaned, article):
    lead = "«The long drought ends at last for the gardens of the town», the almanac of the orchard says this week"
    described = f'<meta property="og:description" content="{lead}">'
    page = article(head=described).replace("<h1", "<div><h1").replace("</h1>", f"</h1><span>{lead}</span></div>")
    assert cleaned(page, url=ELSEWHERE).paragraphs[0].text == lead


def test_a_lead_beside_the_described_body_is_told_by_the_pages_description(cleaned, article):
    lead = "Two gardens of Orchard Town will share the water of one pump until the apples are ripe."
    html = article(head=f"<meta name='description' content='{lead}'>")
    html = html.replace("<h1", "<div><h1").replace("</h1>", f"</h1><p>{lead}</p></div>")
    reading = cleaned(html, url="https://orchard.example/eng/news/17/")
    assert reading.paragraphs[0].text == lead
