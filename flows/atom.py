"""The changes of the ledger as an Atom feed (RFC 4287), a file in the data folder that any feed reader follows."""

import os
import re
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import etree
from w3lib.url import safe_url_string

from flows.changes import Change, lines_moved
from flows.changes_words import cause_in_words, change_in_words, details_of
from flows.cite import Citation, citations
from flows.edge import DEMO_BANNER
from flows.guarantors import names_of
from flows.ledger_csv import proving_claim
from storage import keys
from storage.store import Store

FEED_FILE = "ledger.atom"
REACH = timedelta(days=30)
"""How far the feed reaches back; `ledger --changes-since` reaches further."""

MOST = 500
"""A feed holds no more entries than this, the newest."""

_TITLE = "Zaporuka: changes of the guarantor ledger"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def feed_path(home: Path) -> Path:
    """Where the feed of a data folder lies."""
    return home / FEED_FILE


def write_feed(store: Store, home: Path, until: datetime) -> str:
    """Write the feed of what changed up to a moment; returns a line that says where, or why it could not be written.

    A feed that cannot be written must not spoil the night it tells of.
    """
    changes = [one for one in lines_moved(store, until - REACH, until) if not one.is_hidden]
    newest = sorted(changes, key=lambda one: (one.at, one.line, one.kind), reverse=True)
    cited = citations(store, (number for one in newest[:MOST] if (number := proving_claim(one)) is not None))
    feed = feed_of(newest, cited, names_of(store), _source_of(store), until, is_demo=store.is_demo)
    path = feed_path(home)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        part.write_bytes(feed)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        return f"The feed of changes could not be written: {path}: {error.strerror}."
    return f"Feed of changes: {path}"


def feed_of(
    changes: Iterable[Change],
    cited: Mapping[int, Citation],
    names: Mapping[str, str],
    source: str,
    until: datetime,
    *,
    is_demo: bool,
) -> bytes:
    """An Atom document of changes, which come newest first; only the newest have room.

    `source` names the database: two of them give two feeds, and their entries other ids. The same change has the same
    id whenever the feed is written.
    """
    all_of_them = list(changes)
    shown = all_of_them[:MOST]
    left = f" The newest {MOST} of {len(all_of_them)}." if len(all_of_them) > MOST else ""
    about = f"What changed in the ledger in the {REACH.days} days up to {_day(until)}, facts only.{left}"
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    _add(root, "title", f"{DEMO_BANNER} {_TITLE}" if is_demo else _TITLE)
    _add(root, "subtitle", about)
    _add(root, "id", _urn("feed", source))
    _add(root, "updated", _moment(shown[0].at if shown else until))
    _add(_add(root, "author"), "name", "Zaporuka")
    _add(root, "link", rel="self", type="application/atom+xml", href=FEED_FILE)
    for one in shown:
        _add_entry(root, one, cited.get(proving_claim(one) or 0), names, source, is_demo=is_demo)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {key: _plain(value) for key, value in attributes.items()})
    child.text = None if text is None else _plain(text)
    return child


def _add_entry(
    root: etree._Element,
    change: Change,
    proof: Citation | None,
    names: Mapping[str, str],
    source: str,
    *,
    is_demo: bool,
) -> None:
    who, cause, what = (
        names.get(change.guarantor, change.guarantor),
        cause_in_words(change.cause),
        change_in_words(change),
    )
    url = proof.filed.url if proof else change.rests_on.url if change.rests_on else None
    lines = [
        *([DEMO_BANNER] if is_demo else []),
        f"Line: {change.line}",
        f"Cause: {cause}",
        f"Change: {what}",
        *details_of(change),
        *_quoted(proof),
        f"Address: {url or 'none'}",
    ]
    entry = _add(root, "entry")
    _add(entry, "title", f"{'DEMO ' if is_demo else ''}{cause.upper()} {who}, {change.line}: {what}")
    _add(entry, "id", _urn("change", source, change.line, change.kind, _moment(change.at)))
    _add(entry, "updated", _moment(change.at))
    if url and _WEB.match(url):
        _add(entry, "link", rel="alternate", href=safe_url_string(url))
    _add(entry, "category", term=change.cause.value, label=cause)
    _add(entry, "category", term=change.guarantor, label=who)
    _add(entry, "content", "\n".join(lines), type="text")


def _quoted(proof: Citation | None) -> list[str]:
    if proof is None:
        return ["Quote: none; the text it rested on is on file no more"]
    return [
        f"Quote: “{proof.step.quote}” (characters {proof.step.start}–{proof.step.end})",
        f"Outlet: {proof.outlet_name}; claim {proof.filed.claim_id}",
    ]


def _source_of(store: Store) -> str:
    """What tells this database from others: the run it began with."""
    rows = store.rows("select run_id from runs order by started_at, run_id limit 1")
    return str(rows[0]["run_id"]) if rows else store.shown


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "zaporuka " + "\n".join(parts)).urn


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _day(at: datetime) -> str:
    return keys.kyiv_day(at).isoformat()


def _plain(text: str) -> str:
    """Without the characters XML cannot hold."""
    return _NOT_XML.sub("", text)
