"""What can be wrong with a page: mutators of one page, snippets that go off inside it, and things that are no page."""

import base64
import gzip
import json
import re
import zlib

LEAD = "Міністр сказав, що угода про воду для садів підписана. "
WIDE = ("windows-1251", "koi8-u", "cp866", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-5", "utf-8-sig")
SAID = (*WIDE, "utf-8", "klingon", "utf-7", "base64", "rot13", "unicode_escape", "idna", "x" * 300, "")
CONTENT_TYPES = (
    None, "", "text/html", "text/plain", "application/json", "text/css", "image/png", "text/html; charset=\x00",
    "text/html; charset=", *(f"text/html; charset={name}" for name in SAID),
)  # fmt: skip
URLS = (
    None, "", " ", "http://[", "http://[::1", "//", "https://", "not a url", "javascript:void(0)",
    "https://a.example:99999/x",
    "https://" + "a" * 5_000 + ".example/x", "https://a.example/" + "news/" * 100_000, "https://a.example/\ud800/\x00",
    "https://a.example/2024/02/31/x/", "https://a.example/2024/99/99/", "https://www.pravda.com.ua/news/0000/00/00/1/",
    "https://xn--.example/", "https://a.example/x?" + "&" * 50_000, "file:///etc/hosts", "HTTPS://A.EXAMPLE./Новини/",
    "https://user:pass@a.example/", "https://١٢٣.example/x",
)  # fmt: skip
DATES = (
    "31.02.2024", "2024-02-31T12:00:00Z", "00.00.2024", "2024-13-01", "99999-01-01", "2024-01-01T25:61:61",
    "2024-01-01T00:00:00-14:00", "2024-01-01T00:00:00-99:99", "2024-01-01T00:00:00+9999", "1900-01-01T00:00:00+14:00",
    "31 December 9999 23:59 UTC", "31 December 9999 23:59 UTC-14", "1 January 0001 00:00",
    "1 January 0001 00:00 UTC+14",
    "1 січня 0000", "29 лютого", "29 лютого 2023, 12:00", "31 червня", "0 травня 2024", "1 may 2024 99:99",
    "²².⁰².2024", "٣١.١٢.٢٠٢٤", "２０２４-０１-０１", "-2024-01-01", "NaN", "1e400", "12:00, 31.02.24", "вчора, 99:99",
    "99 годин тому", "1 January 2024 1:00 UTC+99", "31 March 2024 03:30", "1700000000000", "T",
    "9" * 5_000, "01.01." * 5_000,
)  # fmt: skip
KINDS = (
    5, -1, 1e308, True, False, None, "", [], {}, [[]], [{}], [[["Jane Doe", ["John Roe"]]]],
    {"@value": {"@value": [7]}},
    {"name": {"name": [{"name": 5}]}}, [None, 7, {"name": []}, "Jane Doe"], "\ud800", "Jane\x00Doe",
    "Jane \udfff Desk news desk",
    "x" * 100_000, ", ".join(["Jane Doe"] * 2_000), {"@id": "#a"}, ["Jane Doe"] * 5_000,
    {"@type": {"@type": []}, "name": "Jane Doe"},
    {"@type": ["Person", 7, None], "name": "Jane Doe"}, "&#x110000; &#xD800; &#0;", "<b>Jane Doe</b>",
    "Jane Doe " * 5_000, *DATES[:8],
)  # fmt: skip
FIELDS = (
    "@type", "@id", "@graph", "headline", "name", "author", "creator", "publisher", "datePublished", "dateModified",
    "dateCreated", "uploadDate", "articleBody", "articleSection", "keywords", "isAccessibleForFree", "mainEntity",
    "mainEntityOfPage", "inLanguage", "image", "url",
)  # fmt: skip


def deep(levels, opening="[", middle='"Jane Doe"', closing="]"):
    return opening * levels + middle + closing * levels


def ld_json(text):
    return f"<script type='application/ld+json'>{text}</script>"


def put_in(page, snippet):
    """A page with a snippet before its first headline, or in front where it has none."""
    data = snippet if isinstance(snippet, bytes) else snippet.encode("utf-8", "surrogatepass")
    found = re.search(rb"<h1\b", page)
    at = found.start() if found else 0
    return page[:at] + data + page[at:]


def _cut(rng, page):
    return page[: rng.randrange(len(page) + 1)]


def _cut_after(rng, page, wanted):
    places = [found.end() for found in re.finditer(wanted, page)]
    return page[: rng.choice(places) + rng.randrange(2)] if places else _cut(rng, page)


def _shuffled(rng, page, mark=None):
    size = max(len(page) // rng.randrange(2, 40), 1)
    parts = page.split(mark) if mark else [page[at : at + size] for at in range(0, len(page), size)]
    start = rng.randrange(len(parts)) if parts else 0
    some = parts[start : start + 200]
    rng.shuffle(some)
    return (mark or b"").join(parts[:start] + some + parts[start + 200 :])


def _overwritten(rng, page, letters):
    changed = bytearray(page)
    for _ in range(rng.randrange(1, 200)):
        at = rng.randrange(len(changed) + 1)
        changed[at : at + rng.randrange(2)] = rng.choice(letters)
    return bytes(changed)


def _without(rng, page, mark):
    share = rng.random()
    return re.sub(mark, lambda found: b"" if rng.random() < share else found.group(0), page)


def _recoded(rng, page):
    said, truth = rng.choice(SAID), rng.choice(WIDE)
    meta = rng.choice((f'<meta charset="{said}">', f"<?xml version='1.0' encoding='{said}'?>", ""))
    text = re.sub(r"(?i)charset=[\"']?[\w-]+", "", page.decode("utf-8", "replace"))
    return (meta + text).encode(truth, rng.choice(("replace", "ignore")))


def _broken_ld_json(rng, page):
    found = re.search(rb"<script[^>]*ld\+json[^>]*>(.*?)</script>", page, re.DOTALL)
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": LEAD, "datePublished": "2024-02-16"}
    text = found.group(1).decode("utf-8", "replace") if found else json.dumps([node, node])
    at = rng.randrange(len(text) + 1)
    broken = rng.choice((
        text[:at], text.replace("}", ",}"), text.replace('"', "'"), text[:at] + "\x00\x1b" + text[at:],
        f"<!-- {text} -->",
        f"//<![CDATA[\n{text}\n//]]>", text.replace(":", ""), text + text, f"{text};;;", text.replace('"', "&quot;"),
        text[:at] + "\n" + text[at:], f"[{text},]", text.replace("{", "{{"), "\ufeff" + text,
        text[:at] + "</script>" + text[at:],
    ))  # fmt: skip
    return put_in(page, ld_json(broken))


def _wrong_kinds(rng, page):
    node = {"@type": rng.choice(("NewsArticle", ["Article", "WebPage"], "WebPage", "ItemList")), "headline": LEAD}
    for field in rng.sample(FIELDS, rng.randrange(1, len(FIELDS))):
        if field != "@type" or rng.random() < 0.2:
            node[field] = rng.choice(KINDS)
    told = json.dumps(node)
    if rng.random() < 0.2:
        told = told.replace('"headline"', f'"author": {deep(rng.choice((20, 300, 450, 480, 900)))}, "headline"')
    return put_in(re.sub(rb"<script[^>]*ld\+json.*?</script>", b"", page, flags=re.DOTALL), ld_json(told))


def _broken_dates(rng, page):
    one, two, three = (rng.choice(DATES) for _ in range(3))
    bare = re.sub(rb"<(?:time|meta|script)\b[^>]*>", b"", page)
    meta = rng.choice(("article:published_time", "date", "article:modified_time", "og:updated_time"))
    snippet = (
        f"<meta property='{meta}' content='{one}'><div class=date>{two}</div><time datetime='{three}'>{one}</time>"
    )
    return re.sub(rb"(<h1\b)", lambda found: snippet.encode() + found.group(1), bare, count=1)


def _broken_links(rng, page):
    one, two = ((rng.choice(URLS) or "").encode("utf-8", "ignore").decode() for _ in range(2))
    links = f"<link rel=canonical href='{one}'><link rel=alternate hreflang=uk href='{two}'><base href='{one}'>"
    return put_in(page, f"{links}<meta property='og:url' content='{two}'>")


CHEAP = {
    "cut": _cut,
    "cut in a letter": lambda rng, page: _cut_after(rng, page, rb"[\xc2-\xf4](?=[\x80-\xbf])"),
    "cut in a tag": lambda rng, page: _cut_after(rng, page, rb"<[!/]?\w{1,3}|=[\"']"),
    "cut in a comment or script": lambda rng, page: _cut_after(rng, page, rb"<!--?|<script[^>]*>|<style"),
    "doubled": lambda rng, page: page * rng.choice((2, 3)),
    "shuffled": _shuffled,
    "tags shuffled": lambda rng, page: _shuffled(rng, page, b"<"),
    "attributes shuffled": lambda rng, page: _shuffled(rng, page, b'"'),
    "overwritten": lambda rng, page: _overwritten(rng, page, [bytes([code]) for code in range(256)]),
    "control characters": lambda rng, page: _overwritten(rng, page, [bytes([code]) for code in (*range(32), 127)]),
    "null bytes": lambda rng, page: _overwritten(rng, page, [b"\x00", b"\x00" * 50]),
    "odd code points": lambda rng, page: _overwritten(
        rng, page,
        [mark.encode("utf-8",
        "surrogatepass") for mark in "\ud800\udfff\ufffe\uffff\U0010ffff\u202e\u2028\x85\u0301\u0130"]
    ),
    "marks strewn": lambda rng, page: _overwritten(
        rng, page,
        [b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<plaintext>", b"<textarea>", b"</body></html>", b"<svg>", b"<td>",
                    b"<title>", b"<frameset>", b"<template>", b"</p>", b"<h1>", b"&#x110000;", b"&#0;", b"&amp;&",
                    b"<?", b"<br>"]
    ),
    "no ends of tags": lambda rng, page: _without(rng, page, rb">"),
    "no quotes": lambda rng, page: _without(rng, page, rb"[\"']"),
    "no closing tags": lambda rng, page: _without(rng, page, rb"</\w+>"),
    "no beginnings of tags": lambda rng, page: _without(rng, page, rb"<"),
    "no spaces": lambda rng, page: _without(rng, page, rb"\s"),
    "another charset": _recoded,
    "broken JSON-LD": _broken_ld_json,
    "wrong kinds": _wrong_kinds,
    "broken dates": _broken_dates,
    "broken links": _broken_links,
    "XML prolog": lambda _, page: b"<?xml version='1.0' encoding='koi8-u' standalone='yes'?><?php echo 1 ?>" + page,
    "frameset": lambda _, page: page.replace(b"<body", b"<frameset").replace(b"</body", b"</frameset"),
    "plaintext": lambda _, page: put_in(page, "<plaintext>"),
    "comment never closed": lambda _, page: put_in(page, "<!-- "),
    "CDATA": lambda _, page: put_in(page, "<![CDATA[ <p>" + LEAD * 4) + b"]]>",
    "custom entities": lambda _,
    page: b"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" + put_in(page, "<p>&b;&c;"),
    "gzip": lambda _, page: gzip.compress(page),
    "deflate": lambda _, page: zlib.compress(page),
    "base64": lambda _, page: base64.b64encode(page),
    "JSON": lambda _, page: json.dumps({"html": page.decode("utf-8", "replace")}).encode(),
    "PDF": lambda _, page: b"%PDF-1.7\n" + page,
    "PNG": lambda _, page: b"\x89PNG\r\n\x1a\n" + page,
}  # fmt: skip
"""Name → (random generator, page) → page: what costs no more than the page does."""

_RUNS = (
    "read also ", "- ", "( ", "читайте також ", "1234567890 ", "12:34 ", "1 січня ", "1 ", "www.", "a@", "« ", '" ',
    "By ", "Jane Doe, ",
    "| ", "Фото: ", "· ", "… ", "і ", "The ", "А", "Jane", "'", ".", "photo by ", "(AFP/", "— ", "підписуйтесь на ",
    "source: ", "#тег ",
    "2024-01-", "Mon, ", "\u00a0", "e\u0301", "İ", "。", "Doe-", "O'",
)  # fmt: skip
REPEATED = {f"5,000 x {run!r}": run * 5_000 for run in _RUNS}
"""Lines that are hard for patterns."""

_WORDS = LEAD * 20
BOMBS = {
    **{f"10,000 deep {tag}": f"<{tag}>" * 10_000 + LEAD * 5
       for tag in ("div", "blockquote", "span", "b", "table", "section", "a", "figure", "article", "h1", "font",
       "aside", "p><div")},
    "10,000 deep ul/li": "<ul><li>" * 5_000 + LEAD * 5,
    "10,000 deep and closed": "<div>" * 10_000 + LEAD * 5 + "</div>" * 10_000,
    "10,000 deep with text": "<div>слово " * 10_000 + LEAD * 5,
    "10,000 deep tables": "<table><tr><td>x" * 10_000 + LEAD * 5,
    "200 deep, 200 wide": ("<div class=date>" * 200 + LEAD + "</div>" * 200) * 200,
    "script of 1 MB": "<script>" + "a<b" * 350_000 + "</script>",
    "script of 9 MB": "<script>" + "x" * 9_000_000 + "</script>",
    "script of 3 million <": "<script>" + "<" * 3_000_000 + "</script>",
    "3 million < in the text": "<p>" + "<" * 3_000_000,
    "script never closed, 4 MB": "<script>" + "var a='<p>';" * 350_000,
    "style of 4 MB": "<style>" + ".a{b:c}" * 600_000 + "</style>",
    "comment of 8 MB": "<!--" + "- " * 4_000_000 + "-->",
    "50,000 comments": "<!-- x -->слово " * 50_000,
    "5,000 scripts": "<script>var a = '<p>x</p>';</script>" * 5_000,
    "10,000 attributes": "<div " + " ".join(f"a{n}='{n}'" for n in range(10_000)) + f"><p>{LEAD}</p></div>",
    "class of 1 MB": f"<div class='{'date ' * 200_000}'><p>{LEAD}</p></div>",
    "style attribute of 1 MB": f"<div style='{'display : ' * 100_000}'><p>{LEAD}</p></div>",
    "many long classes": "".join(f"<div class='{'time-' * 2_000}'>{LEAD}</div>" for _ in range(300)),
    "address of 5 MB": f"<a href='{'x/' * 2_500_000}'>{LEAD}</a><link rel=canonical href='{'x/' * 500_000}'>",
    "&amp; chain": "<p>" + "&amp;" * 500_000,
    "&amp;amp; chain": "<meta property='og:title' content='" + "&amp;" + "amp;" * 500_000 + "'>",
    "no code points": "<p>" + "&#x110000;&#xD800;&#0;&#99999999999;&bogus;" * 50_000,
    "custom entities": "<!DOCTYPE html [" + "".join(f"<!ENTITY e{n} '&e{n - 1};&e{n - 1};'>" for n in range(1,
    99)) + "]><p>&e98;" + LEAD,
    "50,000 links": f"<a href='/news/1'>{LEAD}</a>" * 50_000,
    "20,000 different links": "".join(f"<a href='/{n}'>Садова новина номер {n} про воду</a>" for n in range(20_000)),
    "200,000 empty elements": "<p></p>" * 200_000,
    "200,000 breaks": "<br>" * 200_000,
    "200,000 list items": "<li>" * 200_000,
    "40,000 paragraphs": f"<p>{LEAD}" * 40_000,
    "10,000 other paragraphs": "".join(f"<p>{LEAD}{n}</p>" for n in range(10_000)),
    "10,000 headlines": "".join(f"<h1>Садова новина номер {n} про воду</h1>" for n in range(10_000)),
    "20,000 times": "".join(f"<time class=date datetime='{n}'>{n} січня</time>" for n in range(20_000)),
    "20,000 articles": f"<article><h1>Вода</h1><p>{LEAD * 2}</p></article>" * 20_000,
    "2,000 articles in one another": f"<article><p>{LEAD * 2}</p>" * 2_000,
    "20,000 authors": "<a rel=author class=author>Jane Doe</a>" * 20_000,
    "20,000 bylines": "<p>By Jane Doe | 5 June 2027</p>" * 20_000,
    "20,000 captions": f"<figure><figcaption>{LEAD}</figcaption></figure>" * 20_000,
    "20,000 metas": "<meta name=author content='Jane Doe'><meta property=article:tag content='x'>" * 20_000,
    "table of 50,000 cells": "<table>" + ("<tr>" + "<td>x" * 10) * 5_000 + "</table>",
    "row of 50,000 cells": "<table><tr>" + "<td>x" * 50_000 + "</table>",
    "paragraph of 5 MB": f"<p>{_WORDS * 2_500}</p>",
    "heading of 2 MB": f"<h1>{_WORDS * 1_000}</h1>",
    "title of 2 MB": f"<title>{' - ' .join(['Вода для садів'] * 70_000)}</title>",
    "line of 5 MB without spaces": f"<p>{'ж' * 2_500_000}</p>",
    "line of 5 MB of digits": f"<p>{'12.' * 1_600_000}</p>",
    "base64 of 5 MB": f"<p>{'QUJD' * 1_250_000}</p><img src='data:image/png;base64,{'QUJD' * 500_000}'>",
    "white space of 5 MB": "<p>" + " \n\t" * 1_600_000,
    "combining marks": f"<p>{LEAD}е" + "\u0301" * 200_000 + "</p>",
    "combining marks in disorder": f"<p>{LEAD}е" + "\u0301\u0327\u0323" * 50_000 + "</p>",
    "JSON-LD 5,000 deep": ld_json('{"@type":"NewsArticle","author":' + deep(5_000) + "}"),
    "JSON-LD 900 deep": ld_json('{"@type":"NewsArticle","author":' + deep(900) + "}"),
    "JSON-LD 450 deep": ld_json('{"@type":"NewsArticle","publisher":' + deep(450, '{"name":', '"x"', "}") + "}"),
    "JSON-LD 900,000 long": ld_json('{"@type":"NewsArticle","keywords":[' + '"a",' * 220_000 + '"b"]}'),
    "JSON-LD of 30,000 articles": ld_json("[" + '{"@type":"NewsArticle"},' * 30_000 + "{}]"),
    "JSON-LD cyclic": ld_json('{"@id":"#a","@type":"Article","mainEntity":{"@id":"#a"},"@graph":[{"@id":"#a"}],'
                              '"author":{"@id":"#a"}}'),
    "JSON-LD with names in 900,000": ld_json('{"@type":"NewsArticle","author":"' + "Jane Doe, " * 80_000 + '"}'),
    "JSON-LD with a body of 900,000": ld_json('{"@type":"NewsArticle","articleBody":"' + "x y " * 220_000 + '"}'),
    "JSON-LD of 9 MB": ld_json('{"@type":"NewsArticle","articleBody":"' + "x" * 9_000_000 + '"}'),
    "JSON-LD with commas and spaces": ld_json('{"a":[' + ", " * 300_000),
    "300 scripts of JSON-LD": ld_json('{"@type":"NewsArticle","headline":"' + "&amp;" * 1_000 + '"}') * 300,
    **{f"paragraph of {name}": f"<p>{line}</p>" for name, line in REPEATED.items()},
    **{f"headline and time of {name}":
           f"<h1>{line}</h1><time class=date>{line}</time><div class=author>{line[:150]}</div>"
       for name, line in REPEATED.items()},
}  # fmt: skip
"""Name → snippet (text) that goes off inside a page; the page with it stays below 10 MB."""

TEXTS = {
    **{f"line of {name}": f"{LEAD}\n{line}\n{LEAD * 3}" for name, line in REPEATED.items()},
    "10,000 lines": "\n".join(f"{LEAD}{n}" for n in range(10_000)),
    "10,000 headlines": "\n".join(f"Садова новина номер {n} про воду" for n in range(10_000)),
    "10,000 cut lines": "\n".join(f"Садова новина номер {n} про воду…" for n in range(10_000)),
    "50,000 clock times": "10:15\n" * 50_000,
    "3,000 bylines": f"By Jane Doe | 5 June 2027\n{LEAD}\n" * 3_000,
    "5,000 dates": f"5 червня 2027, 10:15\nСадова новина про воду\n{LEAD}\n" * 5_000,
    "line of 5 MB": "ж" * 2_500_000,
    "text of 5 MB in one line": _WORDS * 2_500,
    "white space of 5 MB": "\n \t" * 1_600_000 + LEAD,
    "surrogates": "\ud800" * 10_000 + LEAD + "\udfff\ud800" * 10_000,
    "null characters": "\x00".join(LEAD * 1_000),
    "tags": "<p>" * 10_000 + LEAD,
}  # fmt: skip
"""Name → flattened text that goes off by itself."""
