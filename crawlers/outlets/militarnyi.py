"""Militarnyi: Ukrainian defence news in Ukrainian and English; mil.in.ua until it moved to militarnyi.com."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://militarnyi.com"
_HOSTS = ("militarnyi.com", "www.militarnyi.com")
_MIRRORS = ("mil.in.ua", "www.mil.in.ua")
_SITE = r"^https?://(?:www\.)?(?:militarnyi\.com|mil\.in\.ua)/(?:uk|en)"
_KIND = "(?:news|articles|blogs|interview|special-projects)"

OUTLET = Outlet(
    slug="militarnyi",
    name="Militarnyi",
    names=("Мілітарний", "Ukrainian Military Center", "mil.in.ua"),
    homepage=f"{_ROOT}/uk/",
    kind="magazine",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/uk"),
        Edition(language="en", hosts=_HOSTS, mirrors=_MIRRORS, path_prefix="/en"),
    ),
    rights="Not known; ask the outlet before publishing anew",
    indexes=tuple(
        index
        for language in ("uk", "en")
        for index in (
            Index(kind="feed", url=f"{_ROOT}/{language}/feed/", language=language, use="night"),
            Index(kind="page_list", url=f"{_ROOT}/{language}/news/page/{{page}}/", language=language),
        )
    ),
    article_url=(rf"{_SITE}/{_KIND}/[^/?#]+/?(?:[?#].*)?$",),
    not_article_url=(
        rf"{_SITE}/(?:tag|category|author|page|feed|search)(?:/|$)",
        rf"{_SITE}/{_KIND}/(?:page|feed)(?:/|$)",
        rf"{_SITE}/{_KIND}/?(?:[?#].*)?$",
    ),
    examples=(
        f"{_ROOT}/uk/news/shvetsiya-peredast-bronemashyny-za-bezpekovoyu-ugodoyu/",
        f"{_ROOT}/en/news/sweden-to-hand-over-vehicles-under-security-agreement/",
        f"{_ROOT}/en/articles/what-a-guarantee-is-made-of/",
        "https://mil.in.ua/uk/blogs/choho-vchyt-budapesht/",
    ),
    body=("div.entry-content", "div.single-news__wrapper"),
    clutter_lines=(
        r"[“«\"]?Мілітарний[”»\"]? працює завдяки (?:постійній )?підтримці\b.*",
        r"Ставай патроном на\b.*",
        r"Будь спонсором на\b.*",
        r"Навіть донат (?:в|у|на) \d+ грн\b.*",
        r"(?:PayPal|Приватбанк|monobank|ETH|BTC|USDT)\b\s*[-–—:]?\s*(?:\[email.protected\]|\S+@\S+|0x\w+|[\d ]{8,}).*",
        r"Будь з [“«\"]?Мілітарним[”»\"]? на всіх платформах",
    ),
    house_marks=(
        r"(?m)^ ?[“«\"]?Мілітарний[”»\"]? працює завдяки (?:постійній )?підтримці Спільноти",
        r"(?m)^Будь з [“«\"]?Мілітарним[”»\"]? на всіх платформах",
    ),
    crawl_delay=2.0,
    expectation=Expectation(always=("title", "published_at", "published_minute"), never_empty=("feed",)),
    facts=(
        Fact(what="Addresses /uk|en/kind/slug/ without day or number", confidence="high", seen_on="2026-09"),
        Fact(what="Feeds /en/feed/ and /uk/feed/", confidence="high", seen_on="2026"),
        Fact(what="List /en/news/page/2/, inferred from WordPress", confidence="low"),
        Fact(
            what="mil.in.ua shows the same addresses on the old host, also its feeds",
            confidence="medium",
            seen_on="2026",
        ),
        Fact(
            what="mil.in.ua: title h1.single-news__title, body div.single-news__wrapper",
            confidence="high",
            seen_on="2023",
        ),
        Fact(
            what="mil.in.ua: an appeal for donations with bank cards ends the body, between rules",
            confidence="high",
            seen_on="2023",
        ),
        Fact(what="militarnyi.com: body div.entry-content, day from article:published_time", confidence="low"),
        Fact(what="unknown: whether editions share an address; rights; articles a day", confidence="low"),
    ),
)
"""The outlet."""
