"""Euromaidan Press: English only, WordPress since 2014, the day in the address."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://euromaidanpress.com"
_SITE = r"^https?://(?:www\.)?euromaidanpress\.com"
_DAY = r"\d{4}/\d{2}/\d{2}"

OUTLET = Outlet(
    slug="euromaidan-press",
    name="Euromaidan Press",
    names=("Євромайдан Пресс", "Евромайдан Пресс", "EP", "euromaidanpress.com"),
    homepage=f"{_ROOT}/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    editions=(Edition(language="en", hosts=("euromaidanpress.com", "www.euromaidanpress.com")),),
    rights="Quoting up to 500 characters with a link to the page; anything longer needs written permission",
    indexes=(
        Index(kind="feed", url=f"{_ROOT}/feed/", language="en", use="night"),
        Index(kind="day_list", url=f"{_ROOT}/{{year}}/{{month:02d}}/{{day:02d}}/", language="en"),
        Index(kind="sitemap_index", url=f"{_ROOT}/sitemap_index.xml", language="en", use="past"),
    ),
    article_url=(rf"{_SITE}/{_DAY}/[^/?#]+/?(?:amp/?)?(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}/(?:tags?|author|category|topic|page|feed|wp-json|wp-content|wp-login\.php)(?:[/?#]|$)",
        rf"{_SITE}/\d{{4}}/(?:\d{{2}}/)?(?:\d{{2}}/)?(?:(?:page|feed|amp)(?:/.*)?)?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/2026/11/03/ireland-agrees-text-of-security-agreement-with-ukraine/",
        f"{_ROOT}/2021/06/06/why-budapest-still-matters?swcfpc=1",
        "http://euromaidanpress.com/2015/12/30/80001/",
    ),
    body=("div.entry-content",),
    clutter=(
        "div.sharedaddy, div.jp-relatedposts",
        "blockquote.wp-embedded-content",
    ),
    clutter_lines=(
        r"Copyright © \d{4}(?: Euromaidanpress\.com)?",
        r"The work of Euromaidan Press is supported by\b.*",
        r"When referencing our materials, please include an active hyperlink\b.*",
        r"Privacy and Cookie Policies\.?",
        r"Being a patron means\b.*",
        r"For as little as the cost of one cup of coffee a month\b.*",
    ),
    house_marks=(
        r"(?m)^The work of Euromaidan Press is supported by\b",
        r"(?m)^When referencing our materials, please include an active hyperlink to the Euromaidan Press\b",
        r"(?m)^Enjoy reading Euromaidan Press\?",
    ),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at"), never_empty=("feed",)),
    facts=(
        Fact(what="Addresses /year/month/day/slug/, the slug once a bare number", confidence="high", seen_on="2026-07"),
        Fact(what="Addresses also come with ?swcfpc=1, the mark of a cache", confidence="medium", seen_on="2023-07"),
        Fact(what="Feed /feed/ with the full text", confidence="high", seen_on="2026"),
        Fact(what="Lists of a day, inferred from WordPress", confidence="low"),
        Fact(what="sitemap_index.xml, inferred from WordPress", confidence="low"),
        Fact(what="Lists of tags lie at /tags/name/, of authors at /author/name", confidence="high", seen_on="2024"),
        Fact(
            what="Longer pieces name 'Article by: …' and 'Edited by: …' above the text",
            confidence="high",
            seen_on="2021-06-06",
        ),
        Fact(what="An appeal to become a patron ends the text", confidence="high", seen_on="2015-12-31"),
        Fact(
            what="Flattened pages begin with the footer: support, rights, cookies; the headline comes twice",
            confidence="high",
            seen_on="2024",
        ),
        Fact(what="Rights as the footer states them", confidence="high", seen_on="2024"),
        Fact(what="Body div.entry-content, day from article:published_time", confidence="low"),
        Fact(what="unknown: number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
