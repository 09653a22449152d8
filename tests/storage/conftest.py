"""Made-up articles as rows, for the tests of storage."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import keys
from storage.models import GuarantorRow, OutletRow, PageRow
from storage.records import Claim, Evidence, Findings, Paragraph, PersonMention, Reading, Statement, Tag
from storage.store import Batch, ReadPage, Store
from storage.terms import Factuality, Family, Side, Stage, StatementKind

NOON = datetime(2024, 6, 13, 9, 0, tzinfo=UTC)
OUTLETS = [
    OutletRow(
        outlet=slug,
        name=slug.title(),
        kind="newspaper",
        side="UA",
        tier="primary",
        languages=["uk", "en"],
        homepage=f"https://{slug}.example/",
        rights="made up",
        is_known_to_block=False,
    )
    for slug in ("dawn", "dusk")
]
GUARANTOR = GuarantorRow(
    guarantor="JP", name_en="Japan", name_uk="Японія", name_ru="Япония", kind="state", groups=["G7"]
)
TITLE = "Японія підписала угоду 🇺🇦"
BODY = ("Japan signed the accord in Fasano.", "Текст про її гарантії.")


class Made:
    """Builders of batches; every argument has a sensible default."""

    noon = NOON
    outlets = OUTLETS
    title = TITLE
    body = BODY

    @staticmethod
    def reading(title=TITLE, body=BODY, **more):
        """What a page was read as."""
        position, paragraphs = len(title), []
        for text in body:
            start = position + 2
            position = start + len(text)
            paragraphs.append(Paragraph(text=text, zone="body", start=start, end=position))
        values = {
            "outlet": "dawn",
            "outlet_source": "url",
            "url": "https://dawn.example/a",
            "canonical_url": "https://dawn.example/a",
            "language": "en",
            "title": title,
            "authors": ("Anna Roe",),
            "published_at": datetime.fromisoformat("2024-06-14T00:22:00+03:00"),
            "published_precision": "minute",
            "date_source": "json_ld",
            "path": "outlet",
        }
        return Reading(**values | more, paragraphs=tuple(paragraphs), text_full="\n\n".join((title, *body)))

    @staticmethod
    def evidence(reading, quote, role="step"):
        """The first place where a quote stands."""
        start = reading.text_full.index(quote)
        return Evidence(role=role, start=start, end=start + len(quote), quote=quote, rule="S-01")

    @classmethod
    def findings(cls, reading, **more):
        """One of everything, proved by the first paragraph; `more` changes the claim."""
        step = cls.evidence(reading, reading.paragraphs[0].text)
        claim = Claim(
            **{
                "guarantor": "JP",
                "document": "jp-accord",
                "family": Family.BILATERAL,
                "stage": Stage.SIGNED,
                "acting_side": Side.GUARANTOR,
                "factuality": Factuality.FACT,
                "event_on_min": date(2024, 6, 13),
                "event_on_max": date(2024, 6, 13),
                "precision": "day",
                "rule": "S-01",
                "step_sentence": step.quote.lower(),
                "evidence": (step,),
            }
            | more
        )
        return Findings(
            language=reading.language,
            is_security_guarantees=True,
            score=0.75,
            topics=(Tag(topic="security-guarantees", role="main", score=0.75, evidence=(step,)),),
            claims=(claim,),
            statements=(
                Statement(kind=StatementKind.AMOUNT, value="4.5", amount=4.5, unit="USD", rule="A-1", evidence=(step,)),
            ),
            persons=(PersonMention(name="Kishida Fumio", as_written=("Kishida",), role="prime minister"),),
        )

    @classmethod
    def page(cls, reading, url="https://dawn.example/a", fetched_at=NOON, nth=0, cleaner="c1", identifier=None):
        """One capture of an article and what it was read as: (PageRow, ReadPage)."""
        article_id = keys.article_id(identifier or reading.canonical_url or url)
        text_sha256 = keys.sha256(reading.text_full)
        payload = keys.sha256(f"{url} {reading.text_full}")
        version_id = keys.version_id(article_id, text_sha256, nth)
        row = PageRow(
            page_id=keys.page_id(url, fetched_at, payload),
            url=url,
            outlet=reading.outlet,
            fetched_at=fetched_at,
            http_status=200,
            content_type="text/html",
            payload_sha256=payload,
            payload_bytes=1000,
            warc_file="a.warc.gz",
            warc_offset=0,
            record_type="response",
            is_truncated=False,
            outcome="article",
            article_id=article_id,
            version_id=version_id,
            text_sha256=text_sha256,
            cleaner_version=cleaner,
        )
        read = ReadPage(
            page_id=row.page_id,
            article_id=article_id,
            version_id=version_id,
            identifier=identifier or reading.canonical_url or url,
            reading=reading,
            findings=cls.findings(reading),
            headline_tokens=reading.title,
            body_tokens=" ".join(paragraph.text for paragraph in reading.paragraphs),
        )
        return row, read

    @staticmethod
    def batch(*pages, cleaner="c1", rules="r1", **more):
        """A batch of captures."""
        return Batch(cleaner, rules, pages=[row for row, _ in pages], articles=[read for _, read in pages], **more)

    @classmethod
    def article(cls, slug, title=TITLE, body=BODY, day=0, outlet="dawn"):
        """A capture of an article of its own, published `day` days after the first."""
        url = f"https://{outlet}.example/{slug}"
        published = datetime.fromisoformat("2024-06-14T00:22:00+03:00") + timedelta(days=day)
        reading = cls.reading(title, body, url=url, canonical_url=url, outlet=outlet, published_at=published)
        return cls.page(reading, url=url)


@pytest.fixture
def made():
    return Made


@pytest.fixture
def filled(store):
    """A store with outlets and a guarantor loaded."""
    store.load_reference(OUTLETS, [GUARANTOR], [])
    return store


@pytest.fixture
def more_stores(new_database):
    """Call it to open one more store on this test's engine, with outlets loaded."""
    opened = []

    def make():
        store = Store.open(new_database(), must_exist=True)
        opened.append(store)
        store.load_reference(OUTLETS, [GUARANTOR], [])
        return store

    yield make
    for store in opened:
        store.close()
