"""Made-up articles that tell of steps, filed straight into a store, and a person at a made-up terminal."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.books import refresh_ledger
from flows.cli import run
from storage import keys
from storage.models import GuarantorRow, OutletRow, PageRow
from storage.records import Claim, Evidence, Findings, Paragraph, Reading
from storage.store import Batch, ReadPage, Store
from storage.terms import Factuality, Family, Side, Stage

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
PUBLISHED = datetime(2024, 6, 13, 12, tzinfo=UTC)
OUTLETS = [
    OutletRow(
        outlet=slug,
        name=slug.title(),
        kind="newspaper",
        side="UA",
        tier=tier,
        languages=["en"],
        homepage=f"https://{slug}.example/",
        rights="made up",
        is_known_to_block=False,
    )
    for slug, tier in (("dawn", "national"), ("dusk", "national"), ("office", "primary"))
]
GUARANTORS = [
    GuarantorRow(guarantor=code, name_en=en, name_uk=uk, name_ru=ru, kind="state", groups=[])
    for code, en, uk, ru in (("JP", "Japan", "Японія", "Япония"), ("KR", "South Korea", "Корея", "Корея"))
]


@dataclass
class Press:
    """Files made-up articles; each tells one claim."""

    store: Store
    url: str

    def tell(
        self,
        slug,
        quote="Japan signed the accord.",
        *,
        outlet="dawn",
        day=0,
        rules="r1",
        is_booked=True,
        second="",
        **more,
    ):
        """An article whose only paragraph is `quote`; `more` are fields of its claim. Gives the claim on file.

        `second` is a further sentence that tells the same. The ledger follows unless `is_booked` is False.
        """
        url, title = f"https://{outlet}.example/{slug}", f"News {slug}"
        start = len(title) + 2
        texts = [quote, second] if second else [quote]
        paragraphs, position = [], start
        for text in texts:
            paragraphs.append(Paragraph(text=text, zone="body", start=position, end=position + len(text)))
            position += len(text) + 2
        reading = Reading(
            outlet=outlet,
            outlet_source="url",
            url=url,
            canonical_url=url,
            language="en",
            title=title,
            published_at=PUBLISHED + timedelta(days=day),
            published_precision="minute",
            date_source="json_ld",
            path="outlet",
            paragraphs=tuple(paragraphs),
            text_full="\n\n".join((title, *texts)),
        )
        proof = Evidence(role="step", start=start, end=start + len(quote), quote=quote, rule="S-01")
        values = {
            "guarantor": "JP",
            "document": "bilateral",
            "family": Family.BILATERAL,
            "stage": Stage.SIGNED,
            "acting_side": Side.UNKNOWN,
            "factuality": Factuality.FACT,
            "event_on_min": date(2024, 6, 13),
            "event_on_max": date(2024, 6, 13),
            "precision": "day",
            "rule": "S-01",
            "step_sentence": quote.lower(),
            "evidence": (proof,),
        }
        claims = [Claim(**values | more)]
        if second:
            begin = start + len(quote) + 2
            further = Evidence(role="step", start=begin, end=begin + len(second), quote=second, rule="S-01")
            claims.append(Claim(**values | more | {"step_sentence": second.lower(), "evidence": (further,)}))
        article, text = keys.article_id(url), keys.sha256(reading.text_full)
        version, fetched = keys.version_id(article, text, 0), reading.published_at + timedelta(hours=1)
        page = PageRow(
            page_id=keys.page_id(url, fetched, text),
            url=url,
            outlet=outlet,
            fetched_at=fetched,
            http_status=200,
            content_type="text/html",
            payload_sha256=text,
            payload_bytes=9,
            warc_file="a.warc.gz",
            warc_offset=0,
            record_type="response",
            is_truncated=False,
            outcome="article",
            article_id=article,
            version_id=version,
            text_sha256=text,
            cleaner_version="c1",
        )
        found = Findings(language="en", is_security_guarantees=True, score=1.0, claims=tuple(claims))
        read = ReadPage(page.page_id, article, version, url, reading, found, title, quote)
        self.store.save(Batch("c1", rules, pages=[page], articles=[read]), NOW)
        if is_booked:
            refresh_ledger(self.store, rules, NOW, guarantors=None)
        return next(one for one in self.store.claims_on_file() if one.article_id == article)

    def lines(self):
        """Name and status of every line."""
        return [(one.line, one.status) for one in self.store.ledger_lines()]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def engine_name(request):
    """Once on SQLite; on Postgres among the proofs, since the store's own tests run on both."""
    return request.param


@pytest.fixture
def press(store, database_url):
    """An empty database with outlets and guarantors, once on SQLite and once on Postgres."""
    store.load_reference(OUTLETS, GUARANTORS, [])
    return Press(store, database_url)


class _Typed(io.StringIO):
    """A terminal, as far as anybody asks."""

    def isatty(self):
        return True


@pytest.fixture
def zaporuka(press, monkeypatch, tmp_path):
    """Run the command on the database; with `keys`, lines typed on a terminal. Gives exit code and all it printed."""

    def call(*words, keys=None):
        printed = _Typed() if keys is not None else io.StringIO()
        monkeypatch.setattr("sys.stdin", _Typed("\n".join(keys or ()) + "\n") if keys is not None else io.StringIO())
        monkeypatch.setattr("sys.stdout", printed)
        monkeypatch.setattr("sys.stderr", printed)
        code = run([*map(str, words), "--home", str(tmp_path), "--database", press.url])
        return code, printed.getvalue()

    return call
