"""RBC-Ukraine: news agency; the address of an article ends in the second it was published."""

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_ROOT = "https://www.rbc.ua"
_HOSTS = ("www.rbc.ua", "rbc.ua")
_PARTS = ("auto", "travel", "lite")
_SUBS = "|".join(_PARTS)
_PART_HOSTS = tuple(f"{part}.rbc.ua" for part in _PARTS)
_TAIL = r"[a-z_-]+/[a-z0-9-]+-1\d{9}\.html(?:[?#].*)?$"

OUTLET = Outlet(
    slug="rbc-ukraine",
    name="RBC-Ukraine",
    names=("РБК-Україна", "РБК-Украина", "RBC Ukraine", "РБК", "rbc.ua"),
    homepage=f"{_ROOT}/",
    kind="agency",
    side="UA",
    tier="secondary",
    editions=(
        Edition(language="uk", hosts=_HOSTS),
        Edition(language="uk", hosts=(*_HOSTS, *_PART_HOSTS), path_prefix="/ukr"),
        Edition(language="ru", hosts=(*_HOSTS, *_PART_HOSTS), path_prefix="/rus"),
        Edition(language="en", hosts=("newsukraine.rbc.ua",)),
    ),
    rights="unknown",
    indexes=(
        *(
            Index(kind="feed", url=f"{_ROOT}/static/rss/all.{short}.rss.xml", language=language, use="night")
            for language, short in (("uk", "ukr"), ("ru", "rus"))
        ),
        Index(kind="feed", url=f"{_ROOT}/static/rss/ukrnet.strong.ukr.rss.xml", language="uk", use="night"),
        *(
            Index(
                kind="day_list",
                url=f"{_ROOT}/{short}/archive/{{year}}/{{month:02d}}/{{day:02d}}",
                language=language,
                item="div.newsline > div",
            )
            for language, short in (("uk", "ukr"), ("ru", "rus"))
        ),
    ),
    article_url=(
        rf"^https?://(?:www\.)?rbc\.ua/(?:ukr|rus)/{_TAIL}",
        rf"^https?://(?:{_SUBS})\.rbc\.ua/(?:ukr|rus)/{_TAIL}",
        rf"^https?://newsukraine\.rbc\.ua/{_TAIL}",
    ),
    not_article_url=(r"rbc\.ua/(?:(?:ukr|rus)/)?(?:archive|tag|tags|search|author|static|press-release)(?:/|$)",),
    examples=(
        f"{_ROOT}/ukr/news/garantiyi-bezpeki-irlandiya-nazvala-termini-1793719200.html",
        "https://rbc.ua/rus/analytics/garantii-bezopasnosti-est-tekste-1793719260.html",
        f"{_ROOT}/ukr/interview/posol-irlandiyi-pro-teksti-1793719320.html",
        "https://newsukraine.rbc.ua/news/ireland-names-date-for-talks-1793719380.html",
        "https://auto.rbc.ua/ukr/show/generatori-avto-1793719440.html",
    ),
    moment_in_url=r"-(?P<unix>1\d{9})\.html(?:[?#]|$)",
    body=("div.txt", "div.publication-sticky-container"),
    title=("article h1",),
    clutter=(
        "span.lang-publication",
        "div.share, div.publication-social",
        "div.read-in-google",
        "div.intext-tags",
        "[id*='read_more']",
    ),
    clutter_lines=(r"(?:Термінові та важливі повідомлення|Срочные и важные сообщения)\b.{0,160}",),
    house_marks=(
        r"(?m)^Про це (?:повідомляє|пише|розповідає) РБК-Україна (?:з|із) посиланням на\b",
        r"(?m)^Об этом (?:сообщает|пишет|рассказывает) РБК-Украина со ссылкой на\b",
    ),
    expectation=Expectation(always=("title", "published_at", "published_minute"), never_empty=("feed",)),
    facts=(
        Fact(
            what="The ten digits of the address are the Unix time of publication", confidence="high", seen_on="2026-10"
        ),
        Fact(what="Slugs and times differ from language to language", confidence="high", seen_on="2025"),
        Fact(
            what="One page lists a whole day: /ukr/archive/YYYY/MM/DD and /rus/archive/",
            confidence="high",
            seen_on="2025",
        ),
        Fact(what="Feeds under /static/rss/ in Ukrainian and Russian", confidence="high", seen_on="2026"),
        Fact(what="Body div.txt", confidence="high", seen_on="2025"),
        Fact(what="Older body div.publication-sticky-container", confidence="medium", seen_on="2021"),
        Fact(what="English edition on newsukraine.rbc.ua", confidence="high", seen_on="2026-10"),
        Fact(what="unknown: feed, lists and markup of the English edition", confidence="low"),
        Fact(what="unknown: rights; number of articles a day", confidence="low"),
    ),
)
"""The outlet."""
