"""NV (The New Voice of Ukraine): Ukrainian and Russian under one host, English under its own; some texts are paid."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_PARTS = ("biz", "life", "techno", "sport", "health", "magazine")
_HOSTS = ("nv.ua", "www.nv.ua", *(f"{part}.nv.ua" for part in _PARTS))
_SITE = rf"^https?://(?:(?:www|english|{'|'.join(_PARTS)})\.)?nv\.ua/(?:ukr/)?"

OUTLET = Outlet(
    slug="nv",
    name="NV",
    names=("НВ", "The New Voice of Ukraine", "New Voice", "Новое время", "Новий час", "nv.ua", "english.nv.ua"),
    homepage="https://nv.ua/ukr/",
    kind="magazine",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, path_prefix="/ukr"),
        Edition(language="ru", hosts=_HOSTS),
        Edition(language="en", hosts=("english.nv.ua",)),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=(
        Index(kind="feed", url="https://nv.ua/ukr/rss/all.xml", language="uk", use="night"),
        Index(kind="feed", url="https://nv.ua/rss/all.xml", language="ru", use="night"),
        Index(kind="feed", url="https://english.nv.ua/rss/all.xml", language="en", use="night"),
        Index(
            kind="news_sitemap",
            url="https://nv.ua/sitemap_v2/news-sitemap.xml",
            language="uk",
            use="night",
            may_be_blocked=True,
        ),
        Index(
            kind="page_list",
            url="https://nv.ua/ukr/allnews.html?page={page}",
            language="uk",
            item=".row-result",
        ),
    ),
    article_url=(rf"{_SITE}(?:[a-z0-9_-]+/)*[a-z0-9_-]+-\d{{6,9}}\.html(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}(?:[a-z_-]+/)*[a-z_-]+\.html(?:[?#].*)?$",
        rf"{_SITE}(?:tags?|authors?|rss|sitemap_v2)(?:/|$)",
        rf"{_SITE}sitemap_[^/]*\.html",
    ),
    examples=(
        "https://nv.ua/ukr/world/geopolitics/daniya-pidtverdila-garantiji-50700001.html",
        "https://nv.ua/world/geopolitics/daniya-podtverdila-garantii-50700001.html",
        "https://english.nv.ua/nation/denmark-confirms-guarantees-50700002.html",
        "https://biz.nv.ua/ukr/markets/hto-platit-za-vidbudovu-50700003.html",
        "https://nv.ua/ukr/opinion/obicyanka-v-kilometrah-2400001.html",
        "http://biz.nv.ua/ukr/markets/stara-novina-200001.html",
    ),
    body=("div[id^='article_content_replace_']", "div.content_wrapper", "div.article__content__body"),
    lead=("article div.subtitle",),
    date=("div.article__head__additional_published", "span.pub-date"),
    author=(".opinion_author_name",),
    section=("li.sub_category.active > a",),
    tags=("a.tag",),
    caption=("div.media__photo__container__text", "figcaption"),
    clutter=(
        "div.media__also__news, div.media__also__news__container, div.media__also__news_link",
        "div.media__also__opinions",
        "div.top_donate, div.coronavirus_subscribe, div.paywall-area, div.print_magazine_promo_new",
        "div.article__content__footer, div.article__head__additional_views, div.copyright",
        "div.longread_tags, div[class^='article__tags']",
        "section.article-share, div.show_two_positions, div.opinion_author",
        "div.nts-video-wrapper, div.media__video, div.media__embed, div.media__gallery, blockquote.code",
    ),
    clutter_lines=(
        r"Приєднуйтесь до нас у соцмережах\b.*",
        r"Присоединяйтесь к нам в соцсетях\b.*",
        r"Реклама",
        r"(?:NV|НВ) Преміум|НВ Премиум|NV Premium",
    ),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at", "published_minute"), never_empty=("feed",)),
    facts=(
        Fact(what="Addresses end in a number: six to nine digits, eight today", confidence="high", seen_on="2026"),
        Fact(what="Sections such as business live on hosts of their own", confidence="high", seen_on="2026"),
        Fact(what="Feeds of the three editions; each also by section number", confidence="high", seen_on="2026"),
        Fact(what="News sitemap of sitemap_v2", confidence="low", seen_on="2026"),
        Fact(
            what="Numbered list allnews.html of the Ukrainian edition, '2 листопада, 11:02' without a year",
            confidence="medium",
            seen_on="2023",
        ),
        Fact(
            what="Body div#article_content_replace_N or div.content_wrapper, lead div.subtitle",
            confidence="medium",
            seen_on="2024",
        ),
        Fact(what="Opinions name their author in .opinion_author_name", confidence="medium", seen_on="2024"),
        Fact(what="Body div.article__content__body", confidence="medium", seen_on="2021"),
        Fact(what="JSON-LD is one list, the article its fourth node", confidence="medium"),
        Fact(what="Paid texts show a beginning above div.paywall-area", confidence="medium"),
        Fact(what="Translated guest texts end in a note 'Текст опубліковано з дозволу'", confidence="low"),
        Fact(
            what="unknown: the form of the day in nv.ua/sitemap_….html, so it is not read",
            confidence="low",
            seen_on="2021",
        ),
        Fact(what="unknown: how far back allnews.html goes, and lists of the other editions", confidence="low"),
        Fact(what="unknown: whether translations share the number", confidence="low"),
        Fact(what="unknown: rights, terms of use, number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
