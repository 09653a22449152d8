"""A person's decision about a claim, filed as the reviewing verbs file it."""

from storage.store.reviews import NewReview, add_reviews, seen_of
from storage.terms import Decision


def decide(store, claim_id, decision, reader, now, *, correction=None, note=None):
    """File a decision about a claim as it is on file; returns how many are new."""
    (filed,) = store.claims_on_file(claim_ids=[claim_id])
    return add_reviews(store, [NewReview(claim_id, Decision(decision), reader, seen_of(filed), correction, note)], now)
