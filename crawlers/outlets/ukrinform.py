"""Ukrinform: the state news agency. Each edition has a domain and article numbers of its own."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_DOMAINS = (("uk", "ua"), ("en", "net"), ("ru", "ru"))

OUTLET = Outlet(
    slug="ukrinform",
    name="Ukrinform",
    names=("Укрінформ", "Укринформ", "ukrinform.ua", "ukrinform.net", "ukrinform.ru"),
    homepage="https://www.ukrinform.ua/",
    kind="agency",
    side="UA",
    tier="primary",
    editions=tuple(
        Edition(language=language, hosts=(f"www.ukrinform.{tld}", f"ukrinform.{tld}")) for language, tld in _DOMAINS
    ),
    rights="State agency; quoting with a link to the page",
    indexes=(
        *(
            Index(kind="feed", url=f"https://www.ukrinform.{tld}/rss/block-lastnews", language=language, use="night")
            for language, tld in _DOMAINS
        ),
        Index(
            kind="week_sitemap",
            url="https://www.ukrinform.ua/sitemap/{iso_year}/{iso_week:02d}.xml",
            language="uk",
            use="past",
        ),
        Index(
            kind="week_sitemap",
            url="https://www.ukrinform.net/sitemap/{iso_year}/{iso_week:02d}.xml",
            language="en",
            use="past",
        ),
        *(
            Index(
                kind="page_list",
                url=f"https://www.ukrinform.{tld}/block-lastnews?page={{page}}",
                language=language,
                item="section.restList article",
            )
            for language, tld in _DOMAINS
        ),
    ),
    article_url=(
        r"^https?://(?:www\.)?ukrinform\.(?:ua|net|ru)/(?:amp/)?rubric-[a-z_-]+/\d+-[^/?#]+\.html(?:[?#].*)?$",
    ),
    not_article_url=(r"/rubric-presshall(?:/|$)", r"/block-", r"/rubric-[a-z_-]+/?(?:[?#].*)?$", r"/tag-"),
    examples=(
        "https://www.ukrinform.ua/rubric-polytics/4301111-irlandia-pogodila-tekst.html",
        "https://www.ukrinform.net/rubric-polytics/4301112-ireland-agrees-text.html",
        "https://www.ukrinform.net/amp/rubric-polytics/4301112-ireland-agrees-text.html",
        "https://www.ukrinform.ru/rubric-kyiv/4301113-soglasovan-tekst.html",
    ),
    id_in_url=None,
    body=("div.newsText", "div.article__text"),
    lead=("div.newsHeading",),
    title=("h1.newsTitle",),
    date=("div.newsDate time", "time[datetime]"),
    tags=("aside.tags a.tag",),
    caption=("figure figcaption", "div.newsPhotoSign"),
    clutter=(
        "aside",
        "section.read",
        "div[data-name='int_hidden'], div[data-name='int_scroll']",
        "img.pixel",
        "div.socialBlockSlide",
    ),
    clutter_lines=(
        r"(?:Читайте також|Читайте также|Read also)\s*:.*",
        r"(?:Актуально|Більше новин|Больше новостей|More news)",
    ),
    house_marks=(
        r"(?m)^(?:Як (?:раніше )?повідомляв Укрінформ|Як повідомлялося раніше Укрінформом)\b",
        r"(?m)^(?:As (?:earlier )?reported by Ukrinform|As Ukrinform (?:earlier |previously )?reported)\b",
        r"(?m)^Как (?:ранее )?сообщал Укринформ\b",
        r"(?:, передає|Про це повідомляє) (?:кореспондент(?:ка)? )?Укрінформ(?:у)?(?:\.| із? посиланням| з посиланням)",
        r"(?:, передает|Об этом сообщает|Как передает) (?:корреспондент )?Укринформ(?:а)?(?:\.|,| со ссылкой)",
        r", (?:an )?Ukrinform(?:'s)? (?:correspondent )?(?:reports|saw)\b",
        r"(?m)^Мультимедійна платформа іномовлення України|^Мультимедийная платформа иновещания Украины",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=200,
        articles_max=900,
        always=("title", "published_at", "published_minute"),
        never_empty=("feed", "page_list"),
    ),
    facts=(
        Fact(
            what="Article addresses; numbers are not shared between editions", confidence="high", seen_on="2026-09-22"
        ),
        Fact(what="Body div.newsText; its lead stands in div.newsHeading", confidence="high", seen_on="2020-09-20"),
        Fact(
            what="rel=canonical is relative; JSON-LD names Ukrinform as a person",
            confidence="medium",
            seen_on="2020-09-20",
        ),
        Fact(
            what="Language links in the head lead to front pages, not translations",
            confidence="medium",
            seen_on="2020-09-20",
        ),
        Fact(
            what="Week sitemaps 2023-W45 to 2025-W51, 1,460 to 2,350 addresses each",
            confidence="high",
            seen_on="2025-12",
        ),
        Fact(what="Sitemaps also list t.me and facebook.com addresses", confidence="high", seen_on="2025-12"),
        Fact(what="Week sitemaps of the English edition", confidence="low"),
    ),
)
"""The outlet."""
