"""A month of five outlets whose past is kept in five kinds of indexes: killed five times, whole, and read once."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from flows.demo.replica import Replica, Setting
from flows.past import past_indexes
from storage import keys
from storage.store import Store

pytestmark = pytest.mark.prove

RUN = (Path(__file__).parents[1] / "flows" / "backfill_once.py").read_text(encoding="utf-8")
FIRST, LAST = date(2027, 3, 21), date(2027, 4, 19)
KINDS = {
    "ukrainska-pravda": "month_sitemap",
    "ukrinform": "week_sitemap",
    "babel": "sitemap_index",
    "president": "day_list",
    "kyiv-independent": "page_list",
}
KILLS = (0.0, 0.15, 0.35, 0.6, 0.85)


def test_a_month_over_five_kinds_of_indexes_killed_five_times_is_whole_and_read_once(tmp_path):
    assert {
        slug: past_indexes(all_outlets()[slug], all_outlets()[slug].languages[0])[0].kind for slug in KINDS
    } == KINDS
    setting = Setting(days=31, amount="few", history_every=0, pravda_blocks=False, more=("babel",))
    home = tmp_path / "home"
    home.mkdir()
    with Replica(tmp_path / "replica", setting=setting) as replica:
        truth = replica.truth(1, FIRST, LAST)
        said = json.dumps(
            {
                "home": str(home),
                "endpoints": replica.endpoints,
                "ca_file": str(replica.ca_file),
                "offset": (setting.moment(1) - datetime.now(UTC)).total_seconds(),
                "first": FIRST.isoformat(),
                "last": LAST.isoformat(),
                "outlets": list(KINDS),
            }
        )

        def lines():
            return [json.loads(line) for line in replica.access_log.read_text(encoding="utf-8").splitlines()]

        whole = sum(count.listed for count in truth.outlets.values())
        kills = 0
        for share in KILLS:
            with subprocess.Popen([sys.executable, "-c", RUN, said]) as program:
                while program.poll() is None:
                    if len(lines()) > 8 + share * whole:
                        program.send_signal(signal.SIGKILL)
                        kills += 1
                        break
                    threading.Event().wait(0.05)
        subprocess.run([sys.executable, "-c", RUN, said], check=True)
        asked = Counter(f"https://{one['host']}{one['path']}" for one in lines() if one["path"] != "/robots.txt")
        before = len(lines())
        subprocess.run([sys.executable, "-c", RUN, said], check=True)
        again = lines()[before:]
        most_at_once = max(one["concurrent"] for one in lines())
    with Store.open(f"sqlite:///{home}/zaporuka.db", must_exist=True) as store:
        read = {
            (row["outlet"], row["language"], row["day"]): row["articles"]
            for row in store.rows(
                "select outlet, language, cast(published_on as text) as day, count(*) as articles from articles "
                "where published_day between :first and :last group by outlet, language, published_on",
                first=keys.day_number(FIRST),
                last=keys.day_number(LAST),
            )
        }
        states = Counter((row["kind"], row["state"]) for row in store.rows("select kind, state from units"))
        cells = store.rows(
            "select outlet, language, published_on, expected, listed, read, unread from cells "
            "where published_day between :first and :last and expected is not null",
            first=keys.day_number(FIRST),
            last=keys.day_number(LAST),
        )
        dropped = store.rows(
            "select count(distinct l.url) as pages from leads l left join article_urls k on k.url = l.url "
            "where k.url is null and l.published_hint_day between :first and :last",
            first=keys.day_number(FIRST),
            last=keys.day_number(LAST),
        )[0]["pages"]
    true = {(cell.outlet, cell.language, cell.day): cell.count.articles for cell in truth.cells if cell.count.articles}
    assert read == true
    assert kills == len(KILLS)
    assert {kind for kind, _ in states} == set(KINDS.values())
    assert {state for _, state in states} == {"done"}
    assert again == []
    assert most_at_once == 1
    twice = {url: times for url, times in asked.items() if times > 1}
    assert len(twice) <= len(KINDS) * kills  # of each kill one request an outlet may have been under way
    assert [cell for cell in cells if cell["expected"] != cell["read"] + cell["unread"]] == []
    assert sum(cell["unread"] for cell in cells) == dropped
    print(
        f"\n30 days of 5 outlets over {len(KINDS)} kinds of indexes, killed {kills} times: {sum(states.values())} "
        f"units done, {len(asked)} addresses asked, {len(twice)} a second time (torn), {len(true)} cells with "
        f"{sum(true.values())} articles as they should be, {len(cells)} of the cells with a known number; the same "
        f"again: {len(again)} requests"
    )
