"""No broken page escapes the cleaner: 5,000 mutations of pages end as a reading or under a named outcome, in time."""

import gzip
import json
import logging
import re
import time
import zlib
from collections import Counter
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from random import Random
from runpy import run_path
from types import SimpleNamespace

import brotli
import pytest
from backports import zstd

from crawlers.decoding import BadEncodingError, TooLargeError, decode_body
from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from flows.steps.clean.decode import TOO_LARGE
from storage.records import Dropped, RawPage, Reading
from storage.terms import Outcome

pytestmark = [pytest.mark.prove]

made = SimpleNamespace(**run_path(str(Path(__file__).with_name("mutations.py"))))

MADE_UP = Path(__file__).parents[1] / "outlets"
TAKEN = (datetime(2026, 1, 1, tzinfo=UTC), None, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC))
MANY = 5_000
MANY_OF_CAPTURES = 2_000
MANY_BODIES = 3_000
LIMIT = 5_000
BYTE_MUTATIONS = ("cut", "shuffled", "overwritten", "null bytes", "doubled")
MOST_SECONDS = 5.0
SEED = 20260222
FEW_MUTATIONS = 3
PLACES = ("known", "unlisted", "broken")
UNSTORED = re.compile("[\x00\ud800-\udfff]")


def _rng():
    return Random(SEED)  # noqa: S311  repeatable made-up data


def _made_up():
    facts = {file: json.loads(file.read_text(encoding="utf-8")) for file in sorted(MADE_UP.glob("*/*.json"))}
    return [(fact["input"].get("url"), file.with_suffix(".html").read_bytes()) for file, fact in facts.items()]


def _captures(shared):
    folder = shared / "captures" / "ua-html"
    rows = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [(row["url"], gzip.decompress((folder / row["file"]).read_bytes())) for row in rows]


def _flat(page):
    """A page's text as a flattening would leave it: tags out, their places as line breaks."""
    text = re.sub(r"(?s)<(?:script|style).*?</(?:script|style)>|<[^>]*>", "\n", page.decode("utf-8", "replace"))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _page(rng, payload, url, *, as_text=False):
    """A page with an address, header and moment that may lie."""
    fields = {
        "url": rng.choice(made.URLS) if rng.random() < 0.2 else url,
        "content_type": rng.choice(made.CONTENT_TYPES) if rng.random() < 0.5 else "text/html; charset=utf-8",
        "fetched_at": rng.choice(TAKEN) if rng.random() < 0.2 else TAKEN[0],
        "outlet": rng.choice(("ukrinform", "nobody", "", "\ud800")) if rng.random() < 0.05 else None,
    }
    if as_text:
        return RawPage(id="text", text=payload.decode("utf-8", rng.choice(("surrogateescape", "ignore"))), **fields)
    return RawPage(id="page", payload=payload, **fields)


def _cheap(rng, payload):
    names = rng.sample(sorted(made.CHEAP), rng.randrange(1, FEW_MUTATIONS + 1))
    for name in names:
        payload = made.CHEAP[name](rng, payload)
    return " + ".join(names), payload


def _bombs(rng, pages):
    """Each bomb in a page of a known outlet, in the same page at no known address, and in a page otherwise broken."""
    for name, snippet in made.BOMBS.items():
        for where in PLACES:
            url, payload = rng.choice(pages)
            broken, payload = _cheap(rng, payload[:20_000]) if where == "broken" else ("", payload)
            payload = made.put_in(payload, snippet)
            assert len(payload) <= TOO_LARGE, name
            label = f"{name} in a page {where} ({broken})" if broken else f"{name} in a page {where}"
            yield label, _page(rng, payload, None if where == "unlisted" else url)


def _texts(rng, pages):
    for name, text in made.TEXTS.items():
        yield f"{name}, flattened", RawPage(id="text", text=text, fetched_at=TAKEN[0])
        url, _ = rng.choice(pages)
        yield f"{name}, sent as bytes", _page(rng, text.encode("utf-8", "surrogatepass"), url)


def _many(rng, pages, count):
    for _ in range(count):
        url, payload = rng.choice(pages)
        as_text = rng.random() < 0.2
        if as_text:
            payload = _flat(payload).encode()
        names, payload = _cheap(rng, payload)
        yield f"{names}{', flattened' if as_text else ''}", _page(rng, payload, url, as_text=as_text)


def _strings(value):
    if isinstance(value, dict | list | tuple):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _broken_how(result):
    """What is wrong with a result, or None."""
    if isinstance(result, Dropped):
        return None if isinstance(result.outcome, Outcome) and result.outcome is not Outcome.ARTICLE else "no outcome"
    if not isinstance(result, Reading):
        return f"a {type(result).__name__}"
    if any(result.text_full[p.start : p.end] != p.text for p in result.paragraphs):
        return "offsets"
    unstored = next(
        (
            text
            for text in _strings(result.model_dump(exclude={"url", "canonical_url", "translations"}))
            if UNSTORED.search(text)
        ),
        None,
    )
    return f"U+0000 or a lone surrogate in {unstored[:80]!r}" if unstored else None


def _prove(cases):
    outcomes, times, failures = Counter(), [], []
    outlets, clutter = all_outlets(), load_clutter()
    for name, page in cases:
        start = time.process_time()
        try:
            result = clean(page, outlets, clutter)
        except Exception as error:  # noqa: BLE001 - whatever escapes is what this proof looks for
            failures.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
            continue
        seconds = time.process_time() - start
        times.append((seconds, name))
        outcomes[result.outcome if isinstance(result, Dropped) else Outcome.ARTICLE] += 1
        wrong = _broken_how(result) or (f"{seconds:.1f} s of CPU" if seconds > MOST_SECONDS else None)
        if wrong:
            failures.append(f"{name}: {wrong}")
    times.sort(reverse=True)
    print(f"\nn={len(times)}, {sum(seconds for seconds, _ in times):.0f} s of CPU: ", end="")
    print(", ".join(f"{outcome.value} {count}" for outcome, count in outcomes.most_common()))
    print("\n".join(f"{seconds:.2f} s  {name}" for seconds, name in times[:5]))
    assert not failures, f"{len(failures)} of {len(times)}:\n" + "\n".join(sorted(set(failures))[:40])


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL, "trafilatura")  # it notes each page without a body


def test_made_up_pages():
    rng, pages = _rng(), _made_up()
    large = len(PLACES) * len(made.BOMBS) + 2 * len(made.TEXTS)
    _prove(chain(_bombs(rng, pages), _texts(rng, pages), _many(rng, pages, MANY - large)))


@pytest.mark.shared
def test_captures(shared):
    _prove(_many(_rng(), _captures(shared), MANY_OF_CAPTURES))


@pytest.mark.parametrize(
    "start", ["<html><p>", made.LEAD, "%PDF-1.7", "\x1f\x8b", "\x00", " ", "{", "<?xml version='1.0'?><urlset>"]
)
def test_more_than_ten_million_bytes_are_too_large(start):
    payload = start.encode().ljust(TOO_LARGE + 1, b"x")
    for content_type in (None, "text/html; charset=utf-16", "image/png"):
        page = RawPage(id="page", payload=payload, content_type=content_type)
        assert clean(page, all_outlets(), load_clutter()).outcome is Outcome.TOO_LARGE
    smaller = RawPage(id="page", payload=payload[:-1])
    assert getattr(clean(smaller, all_outlets(), load_clutter()), "outcome", None) is not Outcome.TOO_LARGE


def test_broken_content_encodings():
    rng, pages, outcomes = _rng(), _made_up(), Counter()
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
    for _ in range(MANY_BODIES):
        name = rng.choice(sorted(pack))
        body = pack[name](rng.choice(pages)[1])
        for mutation in rng.sample(BYTE_MUTATIONS, 2):
            body = made.CHEAP[mutation](rng, body)
        said = rng.choice((name, name.upper(), f"{name}, {name}", "gzip, br", "klingon", "", None))
        try:
            unpacked, is_cut = decode_body(body, said, LIMIT)
        except (TooLargeError, BadEncodingError) as error:
            outcomes[type(error).__name__] += 1
            continue
        assert said in {"", None} or len(unpacked) <= max(LIMIT, len(body))
        outcomes["cut" if is_cut else "whole"] += 1
    print(f"\nn={MANY_BODIES}: {dict(outcomes)}")
    assert outcomes.keys() == {"TooLargeError", "BadEncodingError", "cut", "whole"}
