"""The whole roster at once, on the replica: the spider's wall against the slowest outlet, and a night of everybody."""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from crawlers.plan import HostRule, Limits, PlannedRequest, read_outcomes, write_plan
from flows.crawl import crawl
from flows.demo.replica import Replica, Setting
from flows.demo.replica.setting import SLUGS
from flows.fetching import Fetching
from flows.ingest import Place
from flows.knowledge import load_knowledge
from flows.plan import NIGHTLY_KINDS
from flows.reference import reference_rows
from flows.settings import Settings
from storage.store import Store

pytestmark = pytest.mark.prove

REPO = Path(__file__).parents[2]
MORE = tuple(slug for slug in all_outlets() if slug not in SLUGS)


def test_the_spider_takes_no_longer_for_all_outlets_than_for_the_slowest(tmp_path):
    delay, slowest = 0.8, 110
    outlets = all_outlets()
    with Replica(tmp_path / "replica", setting=Setting(days=4, history_every=0, more=MORE, more_a_day=10)) as replica:
        urls = {slug: [] for slug in outlets}
        for one in replica.truth(1).articles:
            if one.outcomes == ("article",) and len(urls[one.outlet]) < slowest:
                urls[one.outlet].append(one.url)
        counts = Counter({slug: len(ones) for slug, ones in urls.items()})
        assert min(counts.values()) >= 10
        assert counts.most_common(1)[0][1] == slowest
        limits = Limits(
            run="wall",
            max_bytes=10_000_000,
            timeout_s=30,
            max_redirects=3,
            user_agent="test (+https://example.org/who)",
            delay_s=dict.fromkeys(outlets, delay),
            hosts={
                host: HostRule(group=slug, sisters=outlet.sister_hosts)
                for slug, outlet in outlets.items()
                for host in outlet.asked_hosts
            },
            endpoints=replica.endpoints,
            ca_file=str(replica.ca_file),
        )
        plan, out = tmp_path / "plan.jsonl", tmp_path / "out"
        pages = [(slug, url) for slug, ones in urls.items() for url in ones]
        write_plan(plan, limits, [PlannedRequest(url=url, outlet=slug, unit=None, why="new") for slug, url in pages])
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "crawlers", plan, out], check=True, cwd=REPO, timeout=600)
        wall = time.monotonic() - began
    outcomes = Counter(one.outcome for one in read_outcomes(out / "wall.outcomes.jsonl"))
    print(
        f"\n{len(outlets)} outlets, {len(pages)} pages, at most {slowest} an outlet, {delay} s apart: {wall:.1f} s = "
        f"{wall / (slowest * delay):.3f} x the slowest outlet's ideal, start of the process included"
    )
    assert outcomes == {"fetched": len(pages)}
    assert wall <= 1.15 * slowest * delay


def test_a_night_of_the_whole_roster_reads_what_each_outlet_listed(tmp_path):
    knowledge = load_knowledge(Settings())
    outlets = list(knowledge.outlets.values())
    by_night = {
        (outlet.slug, index.language)
        for outlet in outlets
        for index in outlet.indexes
        if index.use != "past" and index.kind in NIGHTLY_KINDS
    }
    setting = Setting(days=2, history_every=0, amount="few", more=MORE, more_a_day=2)
    with (
        Replica(tmp_path / "replica", setting=setting) as replica,
        Store.open(f"sqlite:///{tmp_path}/night.db", must_exist=False) as store,
    ):
        truth = replica.truth(1)
        offset = setting.moment(1) - datetime.now(UTC)
        fetching = Fetching("test", 0.02, replica.endpoints, Path(replica.ca_file), clock_offset=offset)
        store.load_reference(*reference_rows(knowledge))
        place = Place(store, tmp_path / "archive", knowledge, lambda: datetime.now(UTC) + offset)
        began = time.monotonic()
        found = crawl(outlets, place, fetching)
        wall = time.monotonic() - began
        rows = store.rows("select outlet, language, count(*) as articles from articles group by outlet, language")
    known = [one for one in truth.articles if one.missing is None and one.outcomes == ("article",)]
    expected = Counter((one.outlet, one.language) for one in known if (one.outlet, one.language) in by_night)
    read = {(row["outlet"], row["language"]): row["articles"] for row in rows}
    print(f"\na night of {len(outlets)} outlets: {sum(read.values())} articles of {len(read)} editions in {wall:.0f} s")
    assert read == expected
    assert [(one.outlet, one.kind, one.subject) for one in found.alarms if one.outlet != "ukrainska-pravda"] == []
