"""Made-up articles on guarantees, taken in one after another, and what their changes do to the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from crawlers.archive import read_page
from crawlers.imports.files import RawInput
from flows.books import refresh_ledger
from flows.changes import changes_since
from flows.findings import find
from flows.ingest import Place, ingest
from flows.pages import archived_page
from flows.steps.clean import clean
from storage import keys
from storage.store import Batch, ReadPage
from tests.deciding import decide

DAY = datetime(2024, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGENCY = "https://www.ukrinform.net/rubric-polytics/400000{}-made-up.html"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
def engine_name(request):
    """Once on SQLite; on Postgres among the proofs, since the store's own tests run on both."""
    return request.param


def _html(title, paragraphs, published):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    moment = published.isoformat()
    return (
        f'<html><head><title>{title}</title><meta property="article:published_time" content="{moment}"></head><body>'
        f'<article><h1 class="newsTitle">{title}</h1><div class="newsDate"><time datetime="{moment}">–</time></div>'
        f'<div class="newsText">{body}</div></article></body></html>'
    )


class Reader:
    """Takes in captures at a moment, each call a run of its own."""

    office = "https://www.president.gov.ua/en/news/made-up-9000{}"
    fill = (
        "The agreement holds security guarantees for ten years, the office said.",
        "The two sides will meet again in the autumn.",
        "Ukraine has been asking its partners for such agreements for three years.",
    )
    pump = ("It will work until the autumn, the mayor said.", "The neighbours of the town paid for half of the pump.")

    def __init__(self, place):
        self.place = place
        self.store = place.store

    def __call__(self, now, *pages):
        """Take in captures in a run of their own."""
        return ingest(list(pages), self.at(now))

    def at(self, now):
        """The place as it is at a moment."""
        return Place(self.store, self.place.archive, self.place.knowledge, lambda: now)

    @staticmethod
    def page(n, text, published=DAY, fetched=None, status=200, url=AGENCY):
        """One capture of the n-th made-up article; `text` is its title and paragraphs."""
        return RawInput(
            item=f"p{n}",
            url=url.format(n),
            payload=_html(*text, published).encode(),
            is_flat_text=False,
            content_type="text/html; charset=utf-8",
            fetched_at=fetched or published + HOUR,
            outlet=None,
            source_name="made up",
            http_status=status,
        )

    @classmethod
    def signed(cls, who, day="11 April", before=(), after=()):
        """Title and paragraphs that tell of a signature."""
        told = f"{who} and Ukraine signed a bilateral security agreement in Riga on {day}, the president's office said."
        return f"{who} signs security agreement with Ukraine", (*before, told, *cls.fill, *after)

    def changes(self, since=DAY, until=DAY + 400 * 24 * HOUR, guarantor=None):
        """What changed from the first day on."""
        return changes_since(self.store, since, until, guarantor)

    def told(self, **span):
        """Cause, line and kind of every change, in the order they are told."""
        return [(one.cause, one.line, one.kind) for one in self.changes(**span).changes]

    def decide(self, line, decision, now, **correction):
        """A person decides on every claim behind a line, and the books are brought up to date."""
        guarantor, _, stage = line.split("/")
        for claim in self.store.claims_on_file(guarantor=guarantor, stage=stage):
            decide(self.store, claim.claim_id, decision, "KS", now, correction=correction or None)
        refresh_ledger(self.store, self.place.knowledge.rules_version, now, guarantors=None)

    def searched_anew(self, captured, now, rules, keep=lambda _: True):
        """File what is found in a capture under other rules, as when the rules changed; `keep` chooses claims."""
        knowledge = self.place.knowledge
        [row] = self.store.rows(
            "select p.page_id, p.article_id, p.version_id, p.warc_file, p.warc_offset, a.identifier from pages p"
            " join articles a on a.article_id = p.article_id where p.payload_sha256 = :sha",
            sha=keys.sha256(captured.payload),
        )
        archived = read_page(self.place.archive, row.pop("warc_file"), row.pop("warc_offset"))
        reading = clean(archived_page(archived, captured.url), knowledge.outlets, knowledge.clutter)
        reading = reading.model_copy(update={"canonical_url": captured.url})
        day = keys.kyiv_day(reading.published_at)
        found = find(reading.title, reading.paragraphs, reading.text_full, reading.language, day, knowledge)
        kept = found.model_copy(update={"claims": tuple(claim for claim in found.claims if keep(claim))})
        batch = Batch(knowledge.cleaner_version, rules)
        batch.articles = [ReadPage(**row, reading=reading, findings=kept)]
        self.store.save(batch, now)


@pytest.fixture
def read(place_of):
    """Make a reader of a database from its URL."""
    return lambda url: Reader(place_of(url))


@pytest.fixture
def reader(read, database_url):
    """A reader of an empty database, once on SQLite and once on Postgres."""
    return read(database_url)
