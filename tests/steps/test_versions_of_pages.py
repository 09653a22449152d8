"""Any edit of an outlet's page makes a version, and a page captured anew with other clutter never does.

Over the made-up pages of every outlet, each also as the page of a site that nobody described.
"""

import html
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

import lxml.html
import pytest

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.outlet_cases import case_files, read_case
from flows.steps.clean import clean
from flows.steps.diff import ChangeKind, WordKind, diff
from flows.steps.versions import Capture, versions
from storage.keys import sha256
from storage.records import Reading

MADE_UP = Path(__file__).parents[1] / "outlets"
SEED = 20270411
FEW = (
    *("babel", "detector-media", "glavcom", "kyiv-independent", "lb-ua", "liga"),
    *("nv", "radio-svoboda", "suspilne", "ukrainska-pravda", "unian", "zn-ua"),
)
WHOSE = ("its outlet's", "nobody's")

UNSEEN = re.compile(r"(?s)<head\b.*?</head>|<script\b.*?</script>|<!--.*?-->")
NOON = datetime(2027, 4, 11, 9, tzinfo=UTC)
EDITS = ("word", "number", "headline")
CLUTTER = ("ticker", "related links", "counters", "share labels", "adverts", "read also", "other links", "scripts")
WORDS = {
    "uk": ("кавунів", "ліхтарів", "діжечок"),
    "ru": ("арбузов", "фонарей", "бочонков"),
    "en": ("melons", "lanterns", "barrels"),
}
HEADLINES = {
    "uk": ("У Полтаві відкрили музей мостів", "Пекарі з Луцька спекли найдовший хліб", "Лелеки повернулися на Волинь"),
    "ru": ("В Полтаве открыли музей мостов", "Пекари из Луцка испекли самый длинный хлеб", "Аисты вернулись на Волынь"),
    "en": ("Bridge museum opens in Poltava", "Bakers of Lutsk make the longest loaf", "Storks are back in Volyn"),
}
ALSO = {"uk": "Читайте також:", "ru": "Читайте также:", "en": "Read also:"}
VIEWS = {"uk": "Переглядів: {}", "ru": "Просмотров: {}", "en": "{} views"}
TALK = {"uk": "Коментарі ({})", "ru": "Комментарии ({})", "en": "Comments ({})"}
SHARE = {"uk": "Поділитися", "ru": "Поделиться", "en": "Share"}
ADVERT = {"uk": "Реклама", "ru": "Реклама", "en": "Advertisement"}


@lru_cache
def _known():
    return all_outlets(), load_clutter()


def _read(page):
    return clean(page, *_known())


@lru_cache
def _pages():
    """Every article among the made-up pages, as its outlet's and as nobody's: name, page, reading."""
    found = []
    for folder in sorted(path for path in MADE_UP.iterdir() if path.is_dir() and path.name != "__pycache__"):
        for file in case_files(folder):
            case = read_case(file)
            if case.expected.outcome != "article":
                continue
            nobodys = case.page.model_copy(update={"url": "https://news.example/2027/04/11/made-up/", "outlet": None})
            for whose, page in (("its outlet's", case.page), ("nobody's", _unnamed(nobodys, case.page.url))):
                reading = _read(page)
                if isinstance(reading, Reading) and len(reading.paragraphs) > 1:
                    found.append((f"{folder.name}/{file.stem}, {whose}", page, reading))
    return found


def _unnamed(page, url):
    """The page without the addresses by which it would be known."""
    host = re.escape("/".join((url or "https://nobody.invalid/").split("/")[:3]))
    return page.model_copy(update={"payload": re.sub(host.encode(), b"https://news.example", page.payload)})


def _text(page):
    return page.payload.decode(_charset(page))


def _with(page, text):
    return page.model_copy(update={"payload": text.encode(_charset(page), "xmlcharrefreplace")})


def _charset(page):
    found = re.search(r"charset=([\w-]+)", page.content_type or "")
    return found.group(1) if found else "utf-8"


def _edited(rng, page, reading, kind):
    """The page after an edit of the outlet's, and what was put for what; None where the page has nothing to edit."""
    source = _text(page)
    if kind == "headline":
        return _exchanged(source, reading.title, rng.choice(HEADLINES[_language(reading)]), page)
    pattern = (
        r"(?<![\w.,:/-])\d{1,4}(?![\w.,:/-]\d|\w)" if kind == "number" else r"(?<![\w'’ʼ-])[^\W\d_]{4,}(?![\w'’ʼ-])"
    )
    found = [(one, match) for one in reading.paragraphs for match in re.finditer(pattern, one.text)]
    rng.shuffle(found)
    for paragraph, match in found:
        was = match.group()
        now = str(int(was) + rng.randrange(1, 9)) if kind == "number" else rng.choice(WORDS[_language(reading)])
        before, after = paragraph.text[max(0, match.start() - 12) : match.start()], paragraph.text[match.end() :][:12]
        if (edited := _exchanged(source, before + was + after, before + now + after, page, (was, now))) is not None:
            return edited
    return None


def _exchanged(source, was, now, page, told=None):
    """One text for another wherever the page says it; None where it nowhere stands in one piece."""
    seen = UNSEEN.sub("", source)  # an edit of the description alone is none of the text
    forms = [form for form in dict.fromkeys((was, html.escape(was, quote=False), html.escape(was))) if form in seen]
    for form in forms:
        source = source.replace(form, html.escape(now, quote=False) if form != was else now)
    return (_with(page, source), *(told or (was, now))) if forms else None


def _language(reading):
    return reading.language.value if reading.language.value in WORDS else "en"


def _cluttered(rng, page, reading, kinds):
    """The page as a later visitor gets it: the same article among other clutter."""
    tree = lxml.html.document_fromstring(_text(page))
    language = _language(reading)
    body = _body(tree, reading)
    for kind in kinds:
        _PUT[kind](rng, tree, body, language)
    return _with(page, "<!DOCTYPE html>\n" + lxml.html.tostring(tree, encoding="unicode"))


def _body(tree, reading):
    """The element that holds the article's paragraphs."""
    wanted = {" ".join(one.text.split()) for one in reading.paragraphs}
    parents = Counter(
        element.getparent() for element in tree.iter("p") if " ".join(element.text_content().split()) in wanted
    )
    return parents.most_common(1)[0][0] if parents else tree.body


def _links(rng, language, tag="li"):
    titles = rng.sample(HEADLINES[language], 2)
    return "".join(f"<{tag}><a href='/news/{rng.randrange(10**6)}/'>{title}</a></{tag}>" for title in titles)


def _element(markup):
    return lxml.html.fragment_fromstring(markup)


def _around(rng, tree, body, markup):
    """Put an element before all, after all, or behind the article's own element."""
    place = rng.choice(("first", "last", "behind"))
    if place == "behind" and body is not tree.body and body.getparent() is not None:
        body.addnext(_element(markup))
    elif place == "first":
        tree.body.insert(0, _element(markup))
    else:
        tree.body.append(_element(markup))


def _between(rng, body, markup):
    """Put an element between two paragraphs of the article."""
    inner = [one for one in body if one.tag == "p"][:-1]
    if inner:
        element, after = _element(markup), rng.choice(inner)
        element.tail, after.tail = after.tail, None
        after.addnext(element)


def _ticker(rng, tree, body, language):
    clock = f"<time>{rng.randrange(24):02}:{rng.randrange(60):02}</time>"
    markup = f"<div class='news-ticker'><ul>{_links(rng, language).replace('<a', clock + ' <a')}</ul></div>"
    _around(rng, tree, body, markup)


def _related(rng, tree, body, language):
    head = ALSO[language]
    _around(rng, tree, body, f"<aside class='related-news'><h3>{head}</h3><ul>{_links(rng, language)}</ul></aside>")


def _counters(rng, tree, body, language):
    views, talk = (labels[language].format(rng.randrange(1, 9_000)) for labels in (VIEWS, TALK))
    markup = (
        f"<div class='views-count'>{views}</div>",
        f"<div class='comments-count'><a href='#comments'>{talk}</a></div>",
    )
    _around(rng, tree, body, rng.choice(markup))


def _share(rng, tree, body, language):
    names = rng.sample(("Facebook", "Telegram", "Viber", "X", "WhatsApp"), 3)
    links = "".join(f"<a href='https://{name.lower()}.example/share'>{name}</a>" for name in names)
    _around(rng, tree, body, f"<div class='social-share'><span>{SHARE[language]}</span>{links}</div>")


def _adverts(rng, tree, body, language):
    number = rng.randrange(10**6)
    banner = f"<a href='https://ads.example/{number}'><img src='https://ads.example/{number}.png' alt=''></a>"
    box = f"<div class='advertisement banner' id='ad-{number}'><span>{ADVERT[language]}</span>{banner}</div>"
    if rng.random() < 0.5:
        _between(rng, body, box)
    else:
        _around(rng, tree, body, box)


def _read_also(rng, _tree, body, language):
    title = rng.choice(HEADLINES[language])
    link = f"<a href='/news/{rng.randrange(10**6)}/'>{title}</a>"
    _between(rng, body, f"<p><strong>{ALSO[language]}</strong> {link}</p>")


def _other_links(rng, tree, _, language):
    for link in tree.cssselect("aside a, nav a, footer a"):
        if len(link) == 0 and len((link.text or "").split()) > 2:
            link.text = rng.choice(HEADLINES[language])


def _scripts(rng, tree, *_):
    token = f"{rng.randrange(10**12):x}"
    tree.body.append(_element(f"<script>window.token = '{token}';</script>"))
    tree.body.set("data-rendered", token)
    tree.body.insert(0, lxml.html.HtmlComment(f" rendered {token} "))


_PUT = dict(
    zip(CLUTTER, (_ticker, _related, _counters, _share, _adverts, _read_also, _other_links, _scripts), strict=True)
)


def _versions(first, second):
    """How many versions two captures of one article, an hour apart, are."""
    captures = [
        Capture(n, NOON + timedelta(hours=n), sha256(reading.text_full)) for n, reading in enumerate((first, second))
    ]
    return len(versions(1, captures))


def _edit_fails(rng, name, page, reading, kind):
    """What is wrong after an edit, or None; False where the page has nothing of the kind to edit."""
    edited = _edited(rng, page, reading, kind)
    if edited is None:
        return False
    later, was, now = edited
    after = _read(later)
    if not isinstance(after, Reading):
        return f"{name}: {kind} {was!r} → {now!r}: no article any more, {after.outcome}"
    if _versions(reading, after) != 2:
        return f"{name}: {kind} {was!r} → {now!r}: no version"
    changes = diff(reading.paragraphs, after.paragraphs, reading.title, after.title)
    told = [word for change in changes for word in change.words]
    if kind == "headline" and not any(one.kind is ChangeKind.HEADLINE for one in changes):
        return f"{name}: headline {was!r} → {now!r}: not told"
    if kind == "number" and not any(
        word.kind in {WordKind.NUMBER, WordKind.DATE} and was in word.before and now in word.after for word in told
    ):
        return f"{name}: number {was!r} → {now!r}: told as {[(one.kind, one.old, one.new) for one in changes]}"
    return None


def _clutter_fails(rng, name, page, reading, kinds):
    """What is wrong after a capture with other clutter, or None."""
    after = _read(_cluttered(rng, page, reading, kinds))
    if not isinstance(after, Reading):
        return f"{name}: {', '.join(kinds)}: no article any more, {after.outcome}"
    if _versions(reading, after) == 1:
        return None
    changes = diff(reading.paragraphs, after.paragraphs, reading.title, after.title)
    return f"{name}: {', '.join(kinds)}: a version, {[(one.kind.value, one.old, one.new) for one in changes]}"


def _rng():
    return Random(SEED)  # noqa: S311  repeatable made-up data


def _few():
    """A page of each of some outlets, as that outlet's."""
    first = {}
    for name, page, reading in _pages():
        if name.endswith("its outlet's"):
            first.setdefault(name.partition("/")[0], (name, page, reading))
    return [first[slug] for slug in FEW]


def _edits(rng, pages):
    counted, failures = Counter(), []
    for name, page, reading in pages:
        for kind in EDITS:
            failure = _edit_fails(rng, name, page, reading, kind)
            counted[kind] += failure is not False
            failures += [failure] if failure else []
    return counted, failures


def _recaptures(rng, pages, draw):
    """Captures by whose page it is, and what was wrong by the same."""
    counted, failures = Counter(), {whose: [] for whose in WHOSE}
    for name, page, reading in pages:
        whose = name.rpartition(", ")[2]
        for kinds in draw(rng):
            failure = _clutter_fails(rng, name, page, reading, kinds)
            counted[whose] += 1
            failures[whose] += [failure] if failure else []
    return counted, failures


def _one_by_one_and_together(rng):
    return [*((kind,) for kind in CLUTTER), *(tuple(rng.sample(CLUTTER, 3)) for _ in range(2))]


def test_an_edit_of_a_word_a_number_or_the_headline_makes_a_version():
    counted, failures = _edits(_rng(), _few())
    assert all(counted[kind] for kind in EDITS)
    assert failures == []


def test_a_page_captured_anew_with_other_clutter_makes_none():
    counted, failures = _recaptures(_rng(), _few(), lambda rng: [(rng.choice(CLUTTER), "scripts")])
    assert counted == {"its outlet's": len(FEW)}
    assert failures == {whose: [] for whose in WHOSE}


@pytest.mark.prove
def test_every_edit_of_every_page_makes_a_version():
    rng, counted, failures = _rng(), Counter(), []
    for _ in range(2):
        more, wrong = _edits(rng, _pages())
        counted += more
        failures += wrong
    print(
        f"\nplanted edits that made a version: {counted.total() - len(failures)} of {counted.total()}, {dict(counted)}"
    )
    assert counted.total() >= 500
    assert failures == []


@pytest.mark.prove
def test_other_clutter_makes_no_version():
    counted, failures = _recaptures(_rng(), _pages(), _one_by_one_and_together)
    print()
    for whose in WHOSE:
        held = counted[whose] - len(failures[whose])
        print(f"captures of {whose} pages with other clutter that made no version: {held} of {counted[whose]}")
        print("".join(f"  {failure}\n" for failure in failures[whose]), end="")
        assert counted[whose] >= 500
        assert failures[whose] == []
