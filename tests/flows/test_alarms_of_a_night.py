"""A night on which each outlet is struck by something else: each alarms in the same run, and for its own reason."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.crawl import crawl
from flows.demo.replica import Replica, Setting
from flows.demo.replica.setting import Fault
from flows.fetching import Fetching

FAULTS = {
    "ukrinform": Fault.LAYOUT,
    "president": Fault.CHALLENGE,
    "kyiv-independent": Fault.EMPTY_FEED,
    "ukrainska-pravda": Fault.DRIFT,
}
MEANT = {
    "ukrinform": {"layout_changed"},
    "president": {"challenge"},
    "kyiv-independent": {"empty_index"},
    "ukrainska-pravda": {"date_drift"},
}
ALONG = {
    "ukrinform": {"empty_field"},
    "president": {"unreadable_index", "silence", "drop_jump"},
    "kyiv-independent": {"silence"},
    "ukrainska-pravda": {"empty_field"},
}
"""What a fault may set off besides: a site that challenges every reader is silent, too."""


def night(replica, number, place_of, url, knowledge):
    replica.night = number
    place = place_of(url, now=replica.setting.moment(number) + timedelta(minutes=number))
    fetching = Fetching(
        "zaporuka/test (+https://example.org/who)",
        0.02,
        replica.endpoints,
        Path(replica.ca_file),
        clock_offset=replica.setting.moment(number) - datetime.now(UTC),
    )
    found = crawl(list(knowledge.outlets.values()), place, fetching, verb="nightly")
    alarms = {}
    for alarm in found.alarms:
        alarms.setdefault(alarm.outlet, set()).add(str(alarm.kind))
    return alarms, found, place


@pytest.mark.prove
def test_each_fault_alarms_in_the_same_run(tmp_path, place_of, new_sqlite, knowledge):
    with Replica(
        tmp_path / "replica", setting=Setting(days=1, history_every=0, faults=FAULTS, crawl_delay_s=0.02)
    ) as replica:
        url = new_sqlite()
        first, _, _ = night(replica, 1, place_of, url, knowledge)
        assert first == {}
        second, found, place = night(replica, 2, place_of, url, knowledge)
        assert set(second) == set(FAULTS)
        for slug, kinds in second.items():
            assert MEANT[slug] <= kinds <= MEANT[slug] | ALONG[slug], (slug, [a.detail for a in found.alarms])
        stored = place.store.rows("select kind from alarms where run_id = :run", run=found.run.run_id)
        assert len(stored) == len(found.alarms)


@pytest.mark.prove
@pytest.mark.parametrize("slug", list(FAULTS))
@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_at_every_outlet_alarms_there_and_nowhere_else(
    slug, fault, tmp_path, place_of, new_sqlite, knowledge
):
    with Replica(
        tmp_path / "replica", setting=Setting(days=2, history_every=0, faults={slug: fault}, crawl_delay_s=0.02)
    ) as replica:
        url = new_sqlite()
        assert night(replica, 1, place_of, url, knowledge)[0] == {}
        second = night(replica, 2, place_of, url, knowledge)[0]
        print(f"\n{slug} {fault}: {second}")
        assert set(second) == {slug}
