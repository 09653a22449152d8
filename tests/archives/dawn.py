"""A made-up outlet and captures of it, for tests of the Wayback Machine."""

import json
from datetime import UTC, date, datetime

from archives_stand_in import FIELDS, Planted

from crawlers.imports.cdx import parse_cdx
from crawlers.outlet import Edition, Outlet

DAY = date(2024, 2, 16)
NOON = datetime(2024, 2, 16, 10, 0, tzinfo=UTC)
UK = Edition(language="uk", hosts=("www.dawn.example", "dawn.example"), mirrors=("dawn-mirror.example",))
EN = Edition(language="en", hosts=("www.dawn.example", "dawn.example"), path_prefix="/eng")
DAWN = Outlet(
    slug="dawn",
    name="Dawn",
    homepage="https://www.dawn.example/",
    kind="newspaper",
    side="UA",
    tier="primary",
    editions=(UK, EN),
    rights="made up",
    article_url=(r"^https?://(?:www\.)?dawn(?:-mirror)?\.example/(?:eng/)?news/\d{4}/\d\d/\d\d/\d+/?$",),
)
UNDATED = DAWN.model_copy(
    update={
        "editions": (UK,),
        "article_url": (r"/news/[a-z-]+-\d+\.html$",),
        "moment_in_url": r"-(?P<unix>\d{10})\.html$",
    }
)
HTML = "<html><head><title>Вигадана новина</title></head><body><p>Це вигадана сторінка.</p></body></html>"
PAGE = "https://www.dawn.example/news/2024/02/16/1/"


def capture(url=PAGE, at=NOON, body=b"one", **others):
    """One line of the index, read."""
    [found] = parse_cdx(
        json.dumps([FIELDS, Planted(url, at.strftime("%Y%m%d%H%M%S"), body, **others).row]).encode()
    ).captures
    return found
