"""Alarms on file, and which of them stand: those of the latest run of each outlet. Loads little, for `status`."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from flows.plain_sql import moment
from storage.models import AlarmRow
from storage.store import Store

LOOKED_BACK = 100
"""Runs that are looked through for the latest ones of each outlet, and for since when an alarm stands."""

_RUNS = """
select run_id, started_at from runs where verb in ('crawl', 'nightly') and state = 'done'
order by started_at desc, run_id limit :most
"""
_FETCHED = f"""
select o.run_id, o.outlet from ({_RUNS}) r join outcomes o on o.run_id = r.run_id
where o.stage = 'fetch' and o.outlet is not null group by o.run_id, o.outlet
"""  # noqa: S608 - constants
_ALARMS = "select alarm_id, run_id, outlet, kind, subject, detail, raised_at from alarms where run_id = :run"


What = tuple[str, str, str]


def alarms_of_run(store: Store, run_id: str) -> list[AlarmRow]:
    """The alarms of a run, by outlet, kind and subject; those that concern no outlet come first."""
    found = [
        AlarmRow.model_validate({**row, "raised_at": moment(row["raised_at"])})
        for row in store.rows(_ALARMS, run=run_id)
    ]
    return sorted(found, key=_what)


def _what(alarm: AlarmRow) -> What:
    return alarm.outlet or "", alarm.kind, alarm.subject


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm of the latest run of its outlet, and when the first of the unbroken row of runs began that raised it."""

    alarm: AlarmRow
    since: datetime


def standing_alarms(store: Store) -> list[Standing]:
    """The alarms of the latest finished run that fetched each outlet, by outlet, kind and subject.

    Those that concern no outlet come first: they are of the latest run of all. A run that was broken off raised none
    and ended none.
    """
    runs = [
        (row["run_id"], begun) for row in store.rows(_RUNS, most=LOOKED_BACK) if (begun := moment(row["started_at"]))
    ]
    outlets: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.rows(_FETCHED, most=LOOKED_BACK):
        outlets[row["run_id"]].add(row["outlet"])
    found: dict[What, Standing] = {}
    standing: dict[str, set[What]] = {}
    for run_id, begun in runs:
        alarms = {_what(alarm): alarm for alarm in alarms_of_run(store, run_id)}
        for outlet in ("", *sorted(outlets[run_id])):
            raised = {what for what in alarms if what[0] == outlet}
            standing[outlet] = raised & standing.get(outlet, raised)
            for what in standing[outlet]:
                found[what] = replace(found[what], since=begun) if what in found else Standing(alarms[what], begun)
    return [found[what] for what in sorted(found)]
