"""Articles as the HTML each outlet would send."""

import html
import json
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from string import Template

from babel.dates import format_datetime

from crawlers.outlet import all_outlets
from flows.demo.replica.articles import Article
from flows.demo.replica.markup import around
from flows.demo.replica.setting import DEMO_MARK, KI, PRAVDA, PRESIDENT, SLUGS, UKRINFORM
from flows.demo.replica.writing import Text, write
from storage.keys import KYIV

_HOUSE = {
    (PRAVDA, "uk"): "Українська правда",
    (PRAVDA, "ru"): "Украинская правда",
    (PRAVDA, "en"): "Ukrainska Pravda",
    (UKRINFORM, "uk"): "Укрінформ",
    (UKRINFORM, "ru"): "Укринформ",
    (UKRINFORM, "en"): "Ukrinform",
    (KI, "en"): "The Kyiv Independent",
    (PRESIDENT, "uk"): "Офіційне інтернет-представництво",
    (PRESIDENT, "en"): "Official website of the President of Ukraine",
}
_SECTION = {"uk": "Суспільство", "ru": "Общество", "en": "Society"}
_USUAL_DATE = "dd.MM.yyyy HH:mm"
_DATE_FORMAT = {
    (PRAVDA, "uk"): "d MMMM, HH:mm",
    (PRAVDA, "ru"): "d MMMM, HH:mm",
    (PRAVDA, "en"): "d MMMM, HH:mm",
    (UKRINFORM, "uk"): "dd.MM.yyyy HH:mm",
    (UKRINFORM, "ru"): "dd.MM.yyyy HH:mm",
    (UKRINFORM, "en"): "dd.MM.yyyy HH:mm",
    (KI, "en"): "MMMM d, yyyy h:mm a",
    (PRESIDENT, "uk"): "d MMMM yyyy 'року' - HH:mm",
    (PRESIDENT, "en"): "d MMMM yyyy - HH:mm",
}


def text_of(article: Article) -> Text:
    """The words of an article: its own, or those of chance."""
    if article.text is not None:
        return article.text
    text = write(
        article.source,
        article.language,
        by_president=article.outlet == PRESIDENT,
        is_corrected=article.is_edited,
    )
    return Text(article.headline, text.paragraphs, text.author)


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return Template((files(__package__) / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def visible_date(article: Article, moment: datetime) -> str:
    """A moment as the article's outlet prints it, in Kyiv time."""
    kind = (article.outlet, article.language)
    return format_datetime(moment.astimezone(KYIV), _DATE_FORMAT.get(kind, _USUAL_DATE), locale=article.language)


def page_of(article: Article) -> bytes:
    """The page, in UTF-8 or in whatever an invented page was saved in."""
    if article.made_of == "file" and article.text is None:
        return (files("flows") / "demo" / article.source).read_bytes()
    text = text_of(article)
    published = article.stated_at.astimezone(KYIV)
    house = _HOUSE.get((article.outlet, article.language)) or all_outlets()[article.outlet].name
    facts = {
        "@context": "https://schema.org",
        "@type": "Article" if article.outlet == KI else "NewsArticle",
        "headline": text.headline,
        "datePublished": _stamp(article, published),
        "dateModified": _stamp(article, article.modified_at),
        "inLanguage": article.language,
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "author": {"@type": "Person", "name": "Ukrinform" if article.outlet == UKRINFORM else text.author},
        "publisher": {"@type": "Organization", "name": house},
    }
    if article.outlet not in SLUGS:
        facts["articleSection"] = _SECTION[article.language]
    editions = {article.language: article.url, **article.translations}
    alternates = "\n".join(
        f'<link hreflang="{language}" rel="alternate" href="{html.escape(url)}">' for language, url in editions.items()
    )
    words = {
        "language": article.language,
        "url": article.url,
        "path": article.url.removeprefix(f"https://{article.host}"),
        "headline": text.headline,
        "house": house,
        "demo": DEMO_MARK,
        "author": text.author if article.outlet in {PRAVDA, KI} else house,  # the others sign nothing
        "visible_date": visible_date(article, article.stated_at),
        "published_at": published.isoformat(),
        "published_utc": article.stated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }
    markup = {
        "alternates": alternates,
        "json_ld": json.dumps(facts, ensure_ascii=False, indent=1).replace("</", "<\\/"),
        "paragraphs": "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in text.paragraphs),
    }
    escaped = {name: html.escape(value) for name, value in words.items()}
    opening, closing = around(next(iter(all_outlets()[article.outlet].body), "article"))
    markup |= {"opening": "".join(opening), "closing": "".join(closing)}
    return _template(_layout(article)).substitute(escaped | markup).encode("utf-8")


def _layout(article: Article) -> str:
    if article.is_redesigned:
        return "redesign"
    own = {PRAVDA: "pravda", KI: KI, UKRINFORM: UKRINFORM, PRESIDENT: PRESIDENT}
    return own.get(article.outlet, "other")


def _stamp(article: Article, moment: datetime) -> str:
    """The moment as the outlet's own data give it: UTC at The Kyiv Independent, Kyiv time elsewhere."""
    if article.outlet == KI:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return moment.astimezone(KYIV).isoformat()
