"""Slovo i Dilo: analytical portal on promises of politicians; dated addresses, a Russian twin on its own host."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.slovoidilo.ua"
_DAY = r"\d{4}/\d{2}/\d{2}"

OUTLET = Outlet(
    slug="slovo-i-dilo",
    name="Slovo i Dilo",
    names=("Слово і Діло", "Слово и Дело", "SlovoIDilo", "slovoidilo.ua"),
    homepage=f"{_ROOT}/",
    kind="magazine",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=("www.slovoidilo.ua", "slovoidilo.ua")),
        Edition(language="ru", hosts=("ru.slovoidilo.ua",)),
    ),
    rights="unknown",
    indexes=(
        Index(kind="news_sitemap", url=f"{_ROOT}/news_sitemap_uk.xml", language="uk", use="night"),
        Index(
            kind="month_sitemap",
            url=f"{_ROOT}/sitemap/monthly_{{year}}-{{month:02d}}_uk.xml",
            language="uk",
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.|ru\.)?slovoidilo\.ua/(?:amp/)?{_DAY}/[a-z]+(?:-[a-z]+)*/[a-z]+(?:-[a-z]+)*/[^/?#]+/?(?:[?#].*)?$",
    ),
    not_article_url=(r"slovoidilo\.ua/(?:publikacii|tag|tags|author|search|persons?|amp/?$|sitemap)(?:/|$|\?)",),
    examples=(
        f"{_ROOT}/2026/02/17/novyna/polityka/hretsiya-poobicyala-korabli",
        f"{_ROOT}/amp/2026/02/17/novyna/polityka/hretsiya-poobicyala-korabli",
        "https://ru.slovoidilo.ua/2026/02/17/novost/politika/greciya-poobeshhala-korabli",
    ),
    body=("div.article-body",),
    title=("h1[itemprop~='headline']",),
    date=("div.info time.date",),
    section=("div.thematic a.theme-link",),
    tags=("div.tags-box a.tags-box__link",),
    caption=("figcaption.caption",),
    clutter=(
        "section.publication-card",
        "div.ml-form-embed, div.box-telegram",
        "section.topic-related, section.commentars",
    ),
    clutter_lines=(
        r"(?:Підпишіться|Підписуйтесь) на наш Telegram-канал\b.*«Слово і діло»\.?",
        r"Візуальна аналітика від редакції «Слово і діло» ?[—–-].*",
        r"ЧИТАЙТЕ у TELEGRAM",
        r"найважливіше від «Слово і діло»",
        r"Подпишитесь на наш Telegram-канал\b.*«Слово и дело»\.?",
        r"Читать на русском|Читати українською",
    ),
    house_marks=(
        r"(?m)^(?:Підпишіться|Підписуйтесь) на наш\s+Telegram-канал, щоб відстежувати [^\n]*«Слово і діло»\.? *$",
        r"(?m)^Візуальна аналітика від редакції «Слово і діло»",
        r"(?mi)^(?:читайте у telegram\s+)?найважливіше від «Слово і діло» *$",
    ),
    crawl_delay=2.0,
    expectation=Expectation(
        articles_min=20,
        always=("title", "published_at", "published_minute", "section"),
    ),
    facts=(
        Fact(what="Article addresses: day, kind, section, slug; no number", confidence="high", seen_on="2025-11-25"),
        Fact(
            what="The Russian page stands at ru.slovoidilo.ua with a slug of its own; the Ukrainian one names it",
            confidence="high",
            seen_on="2025-11-25",
        ),
        Fact(
            what="Month sitemaps since 2013 or earlier with the moment of each article",
            confidence="high",
            seen_on="2025-11-25",
        ),
        Fact(what="News sitemap news_sitemap_uk.xml", confidence="medium", seen_on="2025-11"),
        Fact(
            what="Body div.article-body; cards of other articles stand in mid-text, two promo paragraphs at its end",
            confidence="high",
            seen_on="2025-11-25",
        ),
        Fact(
            what="JSON-LD holds raw line breaks inside strings and entities in the headline",
            confidence="high",
            seen_on="2025-11-25",
        ),
        Fact(what="Nobody signs the news; JSON-LD names the outlet", confidence="high", seen_on="2025-11-25"),
        Fact(what="News write Russia's name in lower case", confidence="high", seen_on="2025-11-25"),
        Fact(what="30 to 45 Ukrainian articles a day", confidence="medium", seen_on="2025-11"),
        Fact(what="unknown: sitemaps of the Russian edition; its pages come as translations", confidence="low"),
        Fact(what="unknown: whether any feed answers", confidence="low"),
        Fact(what="unknown: layout before 2025", confidence="low"),
        Fact(what="unknown: rights and terms of use", confidence="low"),
    ),
)
"""The outlet."""
