"""Two nights on SQLite and on Postgres give the same."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.crawl import crawl
from flows.demo.replica import Replica, Setting
from flows.fetching import Fetching
from storage.compare import compare


@pytest.mark.prove
def test_nights_on_both_engines_are_the_same(tmp_path, postgres, place_of, new_sqlite, knowledge):
    urls = {"sqlite": new_sqlite(), "postgres": postgres.create("nights")}
    with Replica(tmp_path / "replica", setting=Setting(days=2, amount="few", history_every=0)) as replica:
        for number in (1, 2):
            replica.night = number
            for name, url in urls.items():
                fetching = Fetching(
                    "zaporuka/test (+https://example.org/who)",
                    0.02,
                    replica.endpoints,
                    Path(replica.ca_file),
                    clock_offset=replica.setting.moment(number) - datetime.now(UTC),
                )
                place = place_of(url, name, replica.setting.moment(number))
                found = crawl(list(knowledge.outlets.values()), place, fetching, verb="nightly")
                assert found.alarms == []
                place.store.close()
    report = compare(urls["sqlite"], urls["postgres"], without_captures=True)
    print(f"\n{report.as_text()}")
    assert report.rows["articles"] > 50
    assert report.rows["claims"] > 5
    assert report.is_same, report.as_text()
