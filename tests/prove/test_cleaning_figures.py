"""How well cleaning works on labelled texts and real pages: figures with n and 95 % interval, beside their floors."""

import gzip
import json
import time
from collections import Counter, defaultdict
from email.utils import parsedate_to_datetime
from functools import cache

import pytest

from crawlers.outlet import all_outlets, outlet_of_url
from flows.lexicon.clutter import load_clutter
from flows.steps.clean import clean
from storage.keys import kyiv_day
from storage.records import RawPage, Reading
from storage.terms import Outcome

pytestmark = [pytest.mark.prove, pytest.mark.shared]

FITTING = {"listing": {Outcome.LISTING}, "block-page": {Outcome.CHALLENGE}}


def _moment(captured):
    try:
        return parsedate_to_datetime(captured)
    except (TypeError, ValueError):
        return None


def _flat(text):
    return " ".join(text.split())


@cache
def _cleaned(folder, *, knows_outlets):
    """(label, result) of every captured page."""
    outlets, clutter = (all_outlets() if knows_outlets else {}), load_clutter()
    return [
        (
            row,
            clean(
                RawPage(
                    id=row["file"],
                    payload=gzip.decompress((folder / row["file"]).read_bytes()),
                    url=row["url"],
                    content_type=row.get("http_content_type"),
                    fetched_at=_moment(row["captured"]),
                ),
                outlets,
                clutter,
            ),
        )
        for row in json.loads((folder / "index.json").read_text(encoding="utf-8"))
    ]


def _checks(row, reading):
    checks = {
        "title": reading.title == row["title"],
        "day in Kyiv": reading.published_at is not None and str(kyiv_day(reading.published_at)) == row["date"],
        "language": reading.language == row["lang"],
    }
    if row["authors"] is not None:
        checks["authors"] = list(reading.authors) == row["authors"]
    return checks


@pytest.mark.parametrize("knows_outlets", [True, False], ids=["outlets", "generic"])
def test_real_ukrainian_pages(shared, knows_outlets, floors, measure):
    way = "with outlets" if knows_outlets else "general"
    hits, totals, bodies = Counter(), Counter(), []
    for row, result in _cleaned(shared / "captures" / "ua-html", knows_outlets=knows_outlets):
        if row["kind"] != "article":
            checks = {"not articles: dropped as fits": getattr(result, "outcome", None) in FITTING[row["kind"]]}
        else:
            checks = {"articles: read": isinstance(result, Reading)}
            if isinstance(result, Reading):
                bodies.append(measure.f1(*measure.overlap(result.text, row["expected_body"])))
                checks |= _checks(row, result)
        for name, good in checks.items():
            totals[name] += 1
            hits[name] += good
    for name, n in totals.items():
        floors.share(f"Ukrainian pages, {way}: {name}", hits[name], n)
    floors.hold(f"Ukrainian pages, {way}: body F1", sum(bodies) / len(bodies), n=len(bodies))


def test_real_pages_outlet_by_outlet(shared, floors, measure):
    """With the facts of outlets / by general rules alone. Pages of outlets nobody described stand under "unlisted"."""
    folder, outlets = shared / "captures" / "ua-html", all_outlets()
    figures, pages = defaultdict(list), []
    for (row, known), (_, generic) in zip(
        _cleaned(folder, knows_outlets=True), _cleaned(folder, knows_outlets=False), strict=True
    ):
        if row["kind"] != "article":
            continue
        assert isinstance(known, Reading), (row["file"], known)
        assert isinstance(generic, Reading), (row["file"], generic)
        outlet = outlet_of_url(row["url"], outlets)
        slug = outlet.slug if outlet else "unlisted"
        bodies = [measure.overlap(result.text, row["expected_body"]) for result in (known, generic)]
        figures[slug].append(
            ([measure.f1(*body) for body in bodies], [_checks(row, result) for result in (known, generic)])
        )
        pages.append((measure.f1(*bodies[0]), row["file"], slug, known, bodies))
    print("\noutlet                n   body F1          title    day      authors    with facts / without")
    for slug, rows in sorted(figures.items()):
        means = " / ".join(f"{sum(f1[way] for f1, _ in rows) / len(rows):.3f}" for way in (0, 1))
        counts = [
            " / ".join(str(sum(checks[way].get(name, False) for _, checks in rows)) for way in (0, 1))
            for name in ("title", "day in Kyiv", "authors")
        ]
        labelled = sum("authors" in checks[0] for _, checks in rows)
        print(f"{slug:20} {len(rows):2}   {means}   {counts[0]:6}   {counts[1]:6}   {counts[2]} of {labelled}")
    print("pages below .99, precision and recall with facts / without:")
    for f1, file, slug, _, bodies in sorted(pages, key=lambda page: page[:2]):
        if f1 < 0.99:
            known, generic = (f"{precision:.3f} {recall:.3f}" for precision, recall in bodies)
            print(f"  {f1:.3f} {slug}: {known} / {generic} {file}")
    described = [page for page in pages if page[2] != "unlisted"]
    assert [(file, known.outlet) for _, file, slug, known, _ in described if known.outlet != slug] == []
    assert [file for _, file, _, known, _ in described if known.path != "outlet"] == []
    wrong = [
        slug for slug in figures if slug != "unlisted" for _, checks in figures[slug] if not all(checks[0].values())
    ]
    assert wrong == []
    known_f1 = [f1 for f1, *_ in described]
    # The label of one page lacks a list, that of one holds a teaser.
    floors.hold("pages of described outlets: least body F1", min(known_f1), n=len(known_f1))
    floors.hold("pages of described outlets: body F1", sum(known_f1) / len(known_f1), n=len(known_f1))


def test_labelled_clutter(shared, floors):
    rows = [json.loads(line) for line in (shared / "corpus" / "clutter.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = clean_lines = left = clutter_lines = empty = bodiless = 0
    for row in rows:
        result = clean(RawPage(id=row["id"], text=row["text"], url=row["url"]), all_outlets(), load_clutter())
        is_read = isinstance(result, Reading)
        found = {_flat(p.text) for p in result.paragraphs} if is_read else set()
        if row["page_type"] != "article":
            bodiless += 1
            empty += not found
            continue
        found.add(_flat(result.title or ""))
        tails = row["inline_clutter"]
        right = {_flat(line.replace(tail, "")) for line in row["clean_lines"] for tail in (tails or [""])}
        kept += len(right & found)
        clean_lines += len(right)
        wrong = {_flat(line) for line in row["clutter_lines"]} - right
        left += len(wrong & found)
        clutter_lines += len(wrong)
    floors.share("labelled texts: clean lines kept", kept, clean_lines)
    floors.share("labelled texts: clutter lines left", left, clutter_lines)
    floors.share("labelled texts: pages without an article have no body", empty, bodiless)


def test_generic_path_on_the_scrapinghub_benchmark(shared, floors, measure):
    folder = shared / "captures" / "benchmark-scrapinghub"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    clutter = load_clutter()
    scores, seconds = [], 0.0
    for name, right in sorted(truth.items()):
        payload = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        start = time.process_time()
        result = clean(RawPage(id=name, payload=payload, url=right["url"]), {}, clutter)
        seconds += time.process_time() - start
        scores.append(measure.overlap(result.text if isinstance(result, Reading) else "", right["articleBody"]))
    n = len(scores)
    precision, recall = (sum(score[i] for score in scores) / n for i in (0, 1))
    f1 = measure.f1(precision, recall)
    print(f"scrapinghub: P {precision:.3f} R {recall:.3f}, {1000 * seconds / n:.1f} CPU ms a page")
    floors.hold("scrapinghub F1", f1, n=n)
    floors.share("scrapinghub: pages with F1 of .9 or more", sum(measure.f1(*score) >= 0.9 for score in scores), n)
