"""What reading anew does to claims, and so to which lines of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from flows.reread_difference import claim_changes, claims_that_differ
from flows.reread_made import Reread
from flows.reread_view import Work
from storage import keys
from storage.records import Claim, Evidence
from storage.rows import reading_parts
from storage.store import FiledClaim, ReadPage, stale
from storage.store.stale import FiledArticle


def compare_claims(made: Reread, articles: Mapping[int, FiledArticle], work: Work) -> None:
    """What becomes of the claims of the articles read anew, of those gone, and of those that changed their work."""
    view = work.view
    moved = {article for article, now in made.works_after.items() if made.works_before.get(article) != now}
    before = view.claims_of({*made.current, *made.gone, *moved})
    after: dict[int, list[FiledClaim]] = {article: [] for article in made.gone}
    after |= _claims_in(made.current.values(), articles, made, work)
    for article in moved - after.keys():
        after[article] = [replace(one, work_id=made.works_after[article]) for one in before.get(article, [])]
    for article, now in after.items():
        was = before.get(article, [])
        differing = claims_that_differ(was, now)
        if not differing:
            continue
        made.guarantors |= differing
        made.claims[article] = now
        address = next(one.url or one.headline for one in (*now, *was))
        made.addresses |= {one.claim_id: address for one in (*was, *now)}
        made.changes += claim_changes(was, now, address)


def _claims_in(
    reads: Collection[ReadPage], articles: Mapping[int, FiledArticle], made: Reread, work: Work
) -> dict[int, list[FiledClaim]]:
    """The claims of these readings as they will stand on file."""
    found: dict[int, list[tuple[int, Claim]]] = {read.article_id: _merged(read) for read in reads}
    ids = [claim_id for claims in found.values() for claim_id, _ in claims]
    decisions = stale.decisions_about(work.place.store, ids)
    filed: dict[int, list[FiledClaim]] = {}
    for read in reads:
        reading, article = read.reading, articles.get(read.article_id)
        work_id = made.works_after.get(read.article_id)
        if work_id is None:
            work_id = work.view.work_of(read.article_id, article.work_id if article else None)
        filed[read.article_id] = [
            work.view.as_known(
                FiledClaim(
                    claim_id=claim_id,
                    reading_id=keys.reading_id(read.version_id, made.batch.cleaner_version),
                    version_id=read.version_id,
                    article_id=read.article_id,
                    rules_version=made.batch.rules_version,
                    claim=claim,
                    outlet=reading.outlet,
                    outlet_side="",
                    outlet_tier="",
                    url=reading.canonical_url or reading.url,
                    headline=reading.title,
                    language=reading.language,
                    published_at=reading.published_at,
                    published_on=keys.kyiv_day(reading.published_at) if reading.published_at else None,
                    first_seen_at=article.first_seen_at if article else work.now,
                    work_id=work_id,
                    decision=decisions[claim_id][0] if claim_id in decisions else None,
                    correction=decisions[claim_id][1] if claim_id in decisions else None,
                    reader=decisions[claim_id][2] if claim_id in decisions else None,
                )
            )
            for claim_id, claim in found[read.article_id]
        ]
    return filed


def _merged(read: ReadPage) -> list[tuple[int, Claim]]:
    """Claims of one key are one, with the evidence of all, as the store files them."""
    parts = reading_parts(read, 0, "")
    proofs: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in parts["evidence"]:
        proof = Evidence(
            role=row["role"], start=row["span_start"], end=row["span_end"], quote=row["quote"], rule=row["rule"]
        )
        proofs[row["claim_id"]].append(proof)
    names = [name for name in Claim.model_fields if name != "evidence"]
    return [
        (
            row["claim_id"],
            Claim.model_validate({name: row[name] for name in names} | {"evidence": tuple(proofs[row["claim_id"]])}),
        )
        for row in parts["claims"]
    ]
