"""A made-up outlet on this machine, under a host name of its own, for commands that ask an outlet."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawlers.outlet import all_outlets
from flows.demo.replica.authority import make_authority
from flows.demo.replica.told import Told, write_told

SLUG = "lypneve-misto"
HOST = f"{SLUG}.example"
LEAD = "Місто на Дніпрі відкриває навчальний притулок, у якому діти щодня повторюватимуть, що робити під час тривоги."
TEXT = (
    "Будівлю колишньої бібліотеки ремонтували дев'ять місяців. Роботи оплатили громада і троє партнерів з-за кордону.",
    "«Ми хотіли, щоб тут було світло й тепло навіть тоді, коли зникає струм», – каже начальниця ремонту Віра Сокіл.",
    "У притулку є двісті місць, власна криниця, запас ліків і невелика читальня. Вхід пристосували для колясок.",
    "Учитимуть рятувальники: як накласти джгут, куди йти з третього поверху і чому не можна повертатися по речі.",
    "До кінця року такі самі притулки мають постати ще у двох селах громади, кошти на них уже закладено в бюджеті.",
)
TITLES = {
    "4107-misto-vidkryvaie-prytulok": "Місто відкриває навчальний притулок у колишній бібліотеці",
    "4106-rybalky-pochystyly-zatoku": "Рибалки почистили затоку і знайшли якір",
    "4105-tramvai-povernuvsia": "Трамвай повернувся на лівий берег",
}


def page_of(slug, title, at):
    """An article as the made-up site sets it: the lead stands above the body, not in it."""
    paragraphs = "\n".join(f"<p>{text}</p>" for text in TEXT)
    return f"""<!DOCTYPE html>
<html lang="uk"><head><meta charset="utf-8"><title>{title} | Липневе місто</title>
<meta property="og:site_name" content="Липневе місто"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{at.isoformat()}"><meta name="author" content="Ганна Криничар">
<link rel="canonical" href="https://{HOST}/news/{slug}">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="alternate" type="application/rss+xml" href="/news/{slug}/feed/">
<link rel="alternate" type="application/rss+xml" href="https://www.ukrinform.ua/rss/block-lastnews">
<link rel="alternate" hreflang="en" href="https://{HOST}/en/news/{slug}">
<link rel="alternate" hreflang="x-default" href="https://{HOST}/"></head>
<body><header><a href="/">Липневе місто</a> <a href="/news/">Новини</a></header>
<main><article class="story story-4107"><h1>{title}</h1><p class="lede">{LEAD}</p>
<div class="story-text">{paragraphs}<aside>Читайте також: Стара пристань чекає на ремонт</aside></div></article>
<section class="more"><a href="/news/4001-prystan">Стара пристань чекає на ремонт</a></section></main>
<footer>DEMO: INVENTED ARTICLE</footer></body></html>
""".encode()


def feed_of(articles):
    """The made-up site's feed."""
    items = "".join(
        f"<item><title>{title}</title><link>https://{HOST}/news/{slug}</link><description>{LEAD}</description>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for slug, (title, at) in articles.items()
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def site_now():
    """All answers of the made-up site: path to (status, content type, body)."""
    now = datetime.now(UTC).replace(microsecond=0)
    articles = {slug: (title, now - timedelta(hours=1 + nth)) for nth, (slug, title) in enumerate(TITLES.items())}
    robots = f"User-agent: *\nDisallow: /admin/\nSitemap: https://{HOST}/news-sitemap.xml\nSitemap: /sitemap.xml\n"
    empty = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    listed = "".join(f"<url><loc>https://{HOST}/news/{slug}</loc></url>" for slug in articles)
    return {
        "/robots.txt": (200, "text/plain", robots.encode()),
        "/rss.xml": (200, "application/rss+xml", feed_of(articles)),
        "/news-sitemap.xml": (200, "application/xml", empty + listed.encode() + b"</urlset>"),
        "/news/": (200, "text/html", b"<html><body><h1>News</h1></body></html>"),
        "/closed": (403, "text/html", b"<html><body>No.</body></html>"),
        **{f"/news/{slug}": (200, "text/html", page_of(slug, *said)) for slug, said in articles.items()},
    }


@pytest.fixture
def answers():
    """What the made-up site answers; a test may change it."""
    return site_now()


@pytest.fixture
def site(tmp_path, answers):
    """The made-up site, served over TLS; yields the file that tells how to ask it, and the log of requests."""
    ca_file, contexts = make_authority(tmp_path / "tls", [HOST])
    asked = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["User-Agent"]))
            status, kind, body = answers.get(self.path, (404, "text/plain", b"not here"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.socket = contexts[HOST].wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told = tmp_path / "told.json"
    address = f"127.0.0.1:{server.server_port}"
    played = {"outlets": (SLUG,), "endpoints": {f"{HOST}:443": address}, "ca_file": ca_file}
    write_told(Told(**played, moment=datetime.now(UTC), clock_offset_s=timedelta(0)), told)
    try:
        yield told, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder to work in, with nothing set but a data folder; outlet files are read anew."""
    for name in ("DATABASE_URL", "OUTLETS", "LEXICON", "CONTACT", "REPLICA", "WEBHOOK"):
        monkeypatch.delenv(f"ZAPORUKA_{name}", raising=False)
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    all_outlets.cache_clear()
    yield folder
    all_outlets.cache_clear()
