"""One article as an analyst looks it up by address: who published it when, its versions, and what changed in each."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crawlers.outlet import Outlet, outlet_of_url
from flows.edits import edits_of, rows, what_changed
from flows.errors import UserError, WorkFailedError
from flows.steps.corrections import Note, notes
from flows.steps.diff import Change, diff
from flows.steps.urls import canonical_url
from storage import keys
from storage.records import LedgerLine, Paragraph
from storage.store import Store, pages
from storage.terms import Zone

_URN = "urn:sha256:"
_WITH_SCHEME = re.compile(rf"(?:https?://|{_URN})\S+", re.IGNORECASE)
_WITH_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_][\w-]+\.?(?::\d+)?/\S+")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of an article's page. Moments are in UTC, `published_on` is a Kyiv day.

    `translations` maps a language to the address the page names.
    """

    article_id: int
    identifier: str
    url: str | None
    headline: str
    outlet: str
    outlet_name: str
    language: str
    authors: tuple[str, ...]
    section: str | None
    published_at: datetime | None
    published_on: date | None
    published_precision: str
    date_source: str
    modified_at: datetime | None
    first_seen_at: datetime | None
    vanished_at: datetime | None
    is_paywalled: bool | None
    is_security_guarantees: bool | None
    topic_score: float | None
    reading_id: int | None
    work_id: int | None
    story_id: int | None
    translations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version of an article: when it was captured first and last (UTC), and what differs from the one before.

    `changes` are empty in the first version; `not_compared` says why two versions were not compared. `notes` are its
    correction and update notes, `has_new_correction` says that one of them is a correction the version before had
    not. `steps` says in a word or two what the edit did to the steps told, `steps_removed` and `steps_added` are these
    ledger lines of the two versions taken alone, `steps_not_compared` says why they were not.
    """

    n: int
    version_id: int
    reading_id: int
    captured_at: datetime | None
    last_seen_at: datetime | None
    headline: str
    characters: int
    changes: tuple[Change, ...] = ()
    not_compared: str | None = None
    notes: tuple[Note, ...] = ()
    has_new_correction: bool = False
    steps: tuple[str, ...] = ()
    steps_removed: tuple[LedgerLine, ...] = ()
    steps_added: tuple[LedgerLine, ...] = ()
    steps_not_compared: str | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many changes there are of each kind."""
        return Counter(change.kind.value for change in self.changes)


def is_address(words: Sequence[str]) -> bool:
    """Whether what was asked for is the address of one page (with or without https://), not words to search for."""
    return len(words) == 1 and bool(_WITH_SCHEME.fullmatch(words[0].strip()) or _WITH_HOST.fullmatch(words[0].strip()))


def whole(address: str) -> str:
    """An address with https:// if it has no scheme."""
    return address if _WITH_SCHEME.fullmatch(address) else f"https://{address}"


def article_at(store: Store, address: str, outlets: Mapping[str, Outlet], ingest: str) -> int:
    """The article on file at an address in any form, or that stands for it now.

    `ingest` is the command that would read it. Raises WorkFailedError, saying what is known of the address, where it is
    no article on file, and UserError for an address that cannot be read.
    """
    forms = _forms(address.strip(), outlets)
    known = store.articles_of_urls(forms)
    captures = rows(store, pages.captures_at(forms))
    ids = [known[form] for form in forms if form in known]
    ids += [row["article_id"] for row in captures if row["article_id"] is not None]
    ids += [keys.article_id(form) for form in forms]
    ids = _survivors(store, ids)
    on_file: set[int] = {row["article_id"] for row in rows(store, pages.articles_named(ids, forms))}
    found = next((number for number in (*ids, *on_file) if number in on_file), None)
    if found is None:
        raise WorkFailedError(_unknown(store, address, forms, captures, ingest))
    return found


def _forms(address: str, outlets: Mapping[str, Outlet]) -> list[str]:
    """The address as given and as it may be on file, the likeliest first."""
    if address.lower().startswith(_URN):
        return [address.lower()]
    url = whole(address)
    try:
        canonical = canonical_url(url, None, outlet_of_url(url, dict(outlets)))
    except ValueError as error:
        message = f"{address}: no web address; give one like https://www.example.com/news/1."
        raise UserError(message) from error
    canonical = canonical_url(canonical, None, outlet_of_url(canonical, dict(outlets)))  # of an archive's address
    bare = [form.partition("#")[0] for form in (canonical, url)]
    slashed = [form.rstrip("/") + "/" for form in bare if "?" not in form]
    plain = [form.replace("https://", "http://", 1) for form in (*bare, *slashed)]
    return list(dict.fromkeys([canonical, url, *bare, *(form.rstrip("/") for form in bare), *slashed, *plain]))


def _survivors(store: Store, ids: Sequence[int]) -> list[int]:
    """The same ids with those given up replaced by what stands for them, however often that went on."""
    wanted = list(dict.fromkeys(ids))
    seen: set[int] = set()
    while gone := {old: new for old, new in _redirects(store, wanted).items() if old not in seen}:
        seen |= gone.keys()
        wanted = list(dict.fromkeys(gone.get(number, number) for number in wanted))
    return wanted


def _redirects(store: Store, ids: Sequence[int]) -> dict[int, int]:
    return {row["old_id"]: row["new_id"] for row in rows(store, pages.survivors(ids))}


def _unknown(
    store: Store, address: str, forms: Sequence[str], captures: Sequence[Mapping[str, Any]], ingest: str
) -> str:
    if captures:
        latest = captures[0]
        why = f" ({latest['outcome_detail']})" if latest["outcome_detail"] else ""
        known = f"{address} was read and is no article: {latest['outcome'].replace('_', ' ')}{why}. Read it anew"
    elif listed := rows(store, pages.leads_at(forms)):
        known = f"{address} is listed by {listed[0]['outlet']} and was not read yet. Read it"
    else:
        known = f"{address} is not on file. Read it"
    return f"{known}: {ingest}"


def head_of(store: Store, article_id: int) -> Head:
    """What stands at the top of the page of an article on file."""
    [row] = rows(store, pages.article(article_id))
    named = {name: row[name] for name in Head.__dataclass_fields__ if name in row}
    named |= {"authors": tuple(row["authors"]), "translations": row["translations"] or {}}
    return Head(**named, reading_id=row["current_reading_id"])


def addresses_of(store: Store, article_id: int) -> list[tuple[str, str]]:
    """Every address under which an article was seen, and how it came to be known."""
    return [(row["url"], row["kind"]) for row in rows(store, pages.addresses(article_id))]


def versions_of(store: Store, article_id: int) -> tuple[VersionSeen, ...]:
    """The versions of an article from the first on, each with what the outlet changed."""
    held = rows(store, pages.versions(article_id))
    spans = _paragraphs(store, held)
    edits = {edit.version: edit for edit in edits_of(store, [article_id])}
    found: list[VersionSeen] = []
    for before, row in zip([None, *held], held, strict=False):
        edit, now = edits.get(row["n"]), spans[row["reading_id"]]
        seen: dict[str, Any] = {
            name: row[name] for name in ("n", "version_id", "reading_id", "captured_at", "last_seen_at", "headline")
        }
        seen |= {"characters": len(row["text_full"]), "notes": notes(now, row["language"])}
        if before is not None and before["cleaner_version"] != row["cleaner_version"]:
            seen["not_compared"] = f"read by two cleaners, {before['cleaner_version']} and {row['cleaner_version']}"
        elif before is not None:
            seen["changes"] = diff(spans[before["reading_id"]], now, before["headline"], row["headline"])
        if edit is not None:
            seen |= {"has_new_correction": edit.has_new_correction, "steps": what_changed(edit)}
            moved = ("steps_removed", "steps_added", "steps_not_compared")
            seen |= {name: getattr(edit, name) for name in moved}
        found.append(VersionSeen(**seen))
    return tuple(found)


def _paragraphs(store: Store, held: Sequence[Mapping[str, Any]]) -> Mapping[int, list[Paragraph]]:
    texts = {row["reading_id"]: row["text_full"] for row in held}
    found: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for row in rows(store, pages.paragraphs(list(texts))):
        start, end = row["span_start"], row["span_end"]
        text = texts[row["reading_id"]][start:end]
        found[row["reading_id"]].append(Paragraph(text=text, zone=Zone(row["zone"]), start=start, end=end))
    return found
