"""Questions analysts ask, answered by the documented SQL from made-up articles that tell what really happened.

The program reads the articles alone; the answers are held against the table of known steps, which it never sees.
"""

import csv
import gzip
import html
import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.imports.files import read_inputs
from flows.ingest import Place, ingest
from flows.knowledge import load_knowledge
from flows.reference import reference_rows
from flows.settings import Settings
from storage.store import Store

pytestmark = [pytest.mark.prove, pytest.mark.shared]

REPO = Path(__file__).parents[2]
ARTICLES = Path(__file__).with_name("ledger") / "questions.jsonl.gz"
HOSTS = {"uk": "https://www.ukrinform.ua", "en": "https://www.ukrinform.net", "ru": "https://www.ukrinform.ru"}
ASKED_ON = "2024-02-01"


def page(article, number):
    """One article as a page of an outlet."""
    url = f"{HOSTS[article['language']]}/rubric-polytics/{3_800_000 + number}-{article['id']}.html"
    told = {"@type": "NewsArticle", "headline": article["title"], "datePublished": article["published"]}
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in article["paragraphs"])
    title = html.escape(article["title"], quote=False)
    return url, (
        f'<html lang="{article["language"]}"><head><title>{title}</title><link rel="canonical" href="{url}">'
        f'<script type="application/ld+json">{json.dumps(told)}</script></head>'
        f'<body><article class="news"><h1 class="newsTitle">{title}</h1><div class="newsText"><div>{body}</div></div>'
        "</article></body></html>"
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A database that has read the articles."""
    folder = tmp_path_factory.mktemp("questions")
    lines = []
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as rows:
        for number, article in enumerate(map(json.loads, rows)):
            url, text = page(article, number)
            (folder / f"{number}.html").write_text(text, encoding="utf-8")
            lines.append(
                {"id": article["id"], "file": f"{number}.html", "url": url, "fetched_at": article["published"]}
            )
    manifest = folder / "manifest.jsonl"
    manifest.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    knowledge = load_knowledge(Settings())
    filled = Store.open(f"sqlite:///{folder}/questions.db", must_exist=False)
    filled.load_reference(*reference_rows(knowledge))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    ingest(list(read_inputs([manifest])), Place(filled, folder / "archive", knowledge, lambda: now))
    yield filled
    filled.close()


@pytest.fixture(scope="module")
def asked(store):
    """The rows of a documented query, by how its comment begins."""
    text = (REPO / "docs/for-analysts.md").read_text(encoding="utf-8")
    queries = [one.strip() for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) for one in block.split(";")]
    return lambda begins: store.rows(next(one for one in queries if one.startswith(f"-- {begins}")))


@pytest.fixture(scope="module")
def known(shared):
    """The known steps by stage: {guarantor: days}, of bilateral documents and the Union's own where they are signed."""
    with (shared / "domain" / "ledger.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["guarantor"] != "MULTI"]
    found = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["stage"]][row["guarantor"]].append(row)
    return found


def is_of_one_state(row):
    """Whether a signature is on a document between Ukraine and this guarantor."""
    others = ("budapest", "unilateral", "compact", "100-year", "hundred", "paris", "declaration of intent")
    return not any(word in f"{row['document']} {row['note']}".lower() for word in others) and row["date"] > "2023"


def bilateral_days(known):
    """The day of each bilateral signature."""
    days = {}
    for code, rows in known["signed"].items():
        mine = [row["date"] for row in rows if is_of_one_state(row)]
        if mine:
            days[code] = min(mine)
    return days


def test_who_had_opened_talks_but_not_signed_by_a_day(asked, known):
    opened = {
        code
        for stage in ("talks_started", "negotiating")
        for code, rows in known[stage].items()
        if any(row["date"] <= ASKED_ON for row in rows)
    }
    signed = {code for code, day in bilateral_days(known).items() if day <= ASKED_ON}
    rows = asked("who had opened talks but not signed")
    print(
        "\n" + "\n".join(f"{r['guarantor']} {r['stage']} {r['event_on_max']} {r['outlet']}: {r['quote']}" for r in rows)
    )
    assert {row["guarantor"] for row in rows} == opened - signed
    assert all(row["quote"] and row["url"] for row in rows)


def test_the_whole_way_of_japan(asked, known):
    rows = [row for row in asked("the whole way of one guarantor") if row["family"] != "ukraine_compact"]
    told = {row["stage"]: str(row["event_on_max"]) for row in rows if row["precision"] == "day"}
    print("\n" + "\n".join(f"{r['stage']} {r['event_on_max']} {r['place']} +{r['days_since_the_last']}" for r in rows))
    stages = ("proposed", "joined_declaration", "talks_announced", "talks_started", "signed")
    wanted = {stage: min(row["date"] for row in known[stage]["JP"] if row["date"] > "2023") for stage in stages}
    assert {stage: told.get(stage) for stage in wanted} == wanted


def test_who_signed_when_and_in_which_order(asked, known):
    rows = asked("who signed, when and where")
    days = {row["guarantor"]: str(row["event_on_max"]) for row in rows}
    wanted = bilateral_days(known)
    print("\n" + ", ".join(f"{code} {day}" for code, day in days.items()))
    assert days == wanted
    assert list(days.values()) == sorted(wanted.values())


def test_announced_signings_that_did_not_happen_on_the_day(asked):
    rows = asked("announced signings")
    print("\n" + "\n".join(str(row) for row in rows))
    late = {(row["guarantor"], str(row["planned_on"])): row for row in rows}
    assert set(late) == {("ME", "2025-05-15"), ("BG", "2024-12-19"), ("ES", "2024-05-17")}
    assert late["ES", "2024-05-17"]["days_late"] == (date(2024, 5, 27) - date(2024, 5, 17)).days
    assert late["BG", "2024-12-19"]["signed_on"] is late["ME", "2025-05-15"]["signed_on"] is None
    assert str(late["BG", "2024-12-19"]["blocked_on"]) == "2024-12-18"
    assert late["ME", "2025-05-15"]["block_kind"]
