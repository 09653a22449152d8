"""Asking a person about one claim after another on a terminal."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import typer

from flows.activity import present
from flows.cli.common import say
from flows.errors import UserError
from flows.review import Item
from flows.review_sheet import facts
from flows.review_words import corrected, decisions_in_words, disagree
from storage.store import Store, StoreError
from storage.store.reviews import NewReview, add_reviews, reviews_of, seen_of, standing
from storage.terms import Decision

_KEYS = {"a": "accept", "r": "reject", "c": "correct", "n": "note", "s": "skip", "q": "quit"}
_CYRILLIC = dict(zip("фкстіый", "arcnssq", strict=True))
"""The same keys where the keyboard is set to Ukrainian or Russian."""

_PROMPT = "[a]ccept [r]eject [c]orrect [n]ote [s]kip [q]uit"


class Asking:
    """One sitting of one reader. `done` holds what was decided and filed, each at once."""

    def __init__(self, store: Store, reader: str, code_of: Callable[[str], str], *, is_blind: bool) -> None:
        self.done: list[NewReview] = []
        self._store = store
        self._reader = reader
        self._code_of = code_of
        self._is_blind = is_blind

    def ask(self, items: Sequence[Item]) -> None:
        """Show each claim and take a key, until the last or `q`."""
        for number, item in enumerate(items, start=1):
            say(f"\n{number} of {len(items)} · {item.line}")
            self._show(item)
            if not self._decide(item):
                return

    def _show(self, item: Item) -> None:
        filed, claim = item.filed, item.filed.claim
        say(f"  why here: {'; '.join(item.reasons)}")
        told = facts(filed, item.line)
        read = [told[name] for name in ("guarantor", "stage", "day", "told as")]
        say(f"  read as:  {' · '.join(part for part in (*read, claim.said_by and f'said by {claim.said_by}') if part)}")
        for one in claim.evidence:
            say(f"  {one.role:8}  “{one.quote}”  characters {one.start}–{one.end}, {one.rule}")
        say(f"  {filed.outlet}, {told['published'] or 'time unknown'} Kyiv, {filed.language}: {filed.headline}")
        say(f"  {filed.url or '(no address)'}  claim {filed.claim_id}, rule {claim.rule}")
        if not self._is_blind:
            for line in decisions_in_words(item.reviews):
                say(f"  decided:  {line}")

    def _decide(self, item: Item) -> bool:
        """Take keys until the claim is decided or skipped; False to quit."""
        note: str | None = None
        while True:
            key = str(typer.prompt(_PROMPT, prompt_suffix=": ")).strip().casefold()[:1]
            match _KEYS.get(_CYRILLIC.get(key, key)):
                case "quit":
                    return False
                case "skip":
                    return True
                case "note":
                    note = (
                        str(typer.prompt("Note, kept with the decision", default="", show_default=False)).strip()
                        or None
                    )
                case "accept":
                    return self._file(item, Decision.ACCEPT, None, note)
                case "reject":
                    return self._file(item, Decision.REJECT, None, note)
                case "correct":
                    if correction := self._correction(item):
                        return self._file(item, Decision.CORRECT, correction, note)
                case _:
                    say("  One of a, r, c, n, s, q; then Enter.")

    def _correction(self, item: Item) -> dict[str, Any] | None:
        """What is right; None, said why, where that is no correction."""
        said = [
            str(typer.prompt(f"Right {what} (Enter: as it is)", default="", show_default=False))
            for what in ("stage", "day, like 2024-06-13, by 2024-06-13 or 2024-06", "guarantor")
        ]
        try:
            return corrected(item.filed, said[0], said[1], said[2], self._code_of)
        except UserError as error:
            say(f"  {error}")
            return None

    def _file(self, item: Item, decision: Decision, correction: dict[str, Any] | None, note: str | None) -> bool:
        review = NewReview(item.filed.claim_id, decision, self._reader, seen_of(item.filed), correction, note)
        try:
            add_reviews(self._store, [review], present(self._store, datetime.now(UTC)))
        except StoreError as error:
            say(f"  Not filed: {error}.")
            return True
        self.done.append(review)
        last = standing(reviews_of(self._store, [item.filed])[item.filed.claim_id])
        if disagree(last):
            for line in decisions_in_words(last):
                say(f"  {line}")
        return True
