"""A night, a week of the past and a crawl typed by hand, all started at once: one polite client, and all is read."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from flows.demo.replica import Replica, Setting
from storage import keys
from storage.store import Store

FIRST, LAST = date(2027, 4, 13), date(2027, 4, 19)
CLI = "import sys; from flows.cli import run; sys.exit(run(sys.argv[1:]))"
NIGHT = """
import sys
from pathlib import Path
home = Path(sys.argv[1])
from flows.orchestrator import prepare, server
prepare(home)
with server(home):
    from flows.nightly import nightly
    nightly(home=home)
"""


@pytest.mark.prove
def test_three_runs_at_once_are_one_polite_client(tmp_path):
    setting = Setting(days=8, amount="few", history_every=0, pravda_blocks=False)
    with Replica(tmp_path / "replica", setting=setting) as replica:
        told, home = tmp_path / "told.json", tmp_path / "home"
        replica.describe(told)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "ZAPORUKA_"))}
        environment = kept | {"ZAPORUKA_REPLICA": str(told)}
        commands = [
            [NIGHT, str(home)],
            [CLI, "backfill", "--from", str(FIRST), "--to", str(LAST), "--all", "--yes", "--home", str(home)],
            [CLI, "crawl", "--home", str(home)],
        ]
        running = [subprocess.Popen([sys.executable, "-c", *one], env=environment) for one in commands]
        assert [one.wait(timeout=600) for one in running] == [0, 0, 0]
        lines = [json.loads(line) for line in replica.access_log.read_text().splitlines()]
        pages = Counter(f"https://{line['host']}{line['path']}" for line in lines if line["status"] == 200)
        articles = {one.url for one in replica.truth(1).articles}
        assert max(line["concurrent"] for line in lines) == 1
        assert len({line["user_agent"] for line in lines}) == 1
        assert {url: n for url, n in pages.items() if url in articles and n > 1} == {}
        with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
            assert {row["state"] for row in store.rows("select state from runs")} == {"done"}
            open_units = store.rows(
                "select * from units where covers_to < '2027-04-20' and state <> 'done' and kind <> 'day_list'"
            )
            assert open_units == []
            cells = store.rows(
                "select outlet, language, cast(published_on as text) as day, count(*) as n from articles "
                "where published_day >= :first group by outlet, language, published_on",
                first=keys.day_number(FIRST),
            )
        found = {(row["outlet"], row["language"], row["day"]): row["n"] for row in cells}
        true = {
            (cell.outlet, cell.language, cell.day): cell.count.articles
            for cell in replica.truth(1, FIRST, setting.now).cells
            if cell.count.articles
        }
        assert found == true
        print(
            f"\nthree runs at once: {len(lines)} requests, {len(found)} cells, {sum(found.values())} articles, all true"
        )
