"""Alarms, raised and stored at the end of a run; and whether there is room to fetch at all."""

import shutil
from collections.abc import Iterable, Sequence

from crawlers.outlet import Outlet
from flows.ingest import Place
from flows.judge import new_batch
from flows.seen import nights_of
from flows.standing import alarms_of_run
from flows.watch import alarms_of
from flows.watch_records import Alarm
from storage import keys
from storage.models import AlarmRow

GIGABYTE = 1_000_000_000
LEAST_FREE = GIGABYTE
"""Bytes a disk must have left for fetching to go on: the database and its log have to grow as well."""


def raise_alarms(place: Place, run_id: str, outlets: Sequence[Outlet]) -> list[AlarmRow]:
    """Hold what a run saw of its outlets against what is stated and usual; store and return what is not so.

    Call it when all that was fetched is recorded. Outlets the run has asked for nothing (another run was reading them)
    are not judged. The same run again adds nothing.
    """
    nights = nights_of(place, run_id, outlets)
    judged = [(outlet, nights[outlet.slug]) for outlet in outlets if outlet.slug in nights]
    found = [alarm for outlet, seen in judged for alarm in alarms_of(outlet, seen.tonight, seen.before)]
    return note_alarms(place, run_id, found)


def note_alarms(place: Place, run_id: str, alarms: Iterable[Alarm]) -> list[AlarmRow]:
    """Store alarms of a run, such as one that concerns no outlet; one that is on file stays as it was first seen."""
    now = place.clock()
    rows = {
        key: AlarmRow(
            alarm_id=key,
            run_id=run_id,
            outlet=alarm.outlet,
            kind=alarm.kind,
            subject=alarm.subject,
            detail=alarm.detail,
            raised_at=now,
        )
        for alarm in alarms
        if (key := keys.key("alarm", run_id, alarm.kind, alarm.outlet or "", alarm.subject))
    }
    on_file = {row.alarm_id: row for row in alarms_of_run(place.store, run_id)}
    batch = new_batch(place.knowledge)
    batch.alarms = [row for key, row in rows.items() if key not in on_file]
    place.store.save(batch, now)
    return [on_file.get(key, row) for key, row in rows.items()]


def disk_budget(place: Place, budget_gb: float) -> str | None:
    """Why fetching must stop: the archive has reached its budget (0: none is set), or its disk is nearly full.

    None where there is room. Raises OSError where the folder cannot be looked into.
    """
    if budget_gb and (size := _size(place)) >= budget_gb * GIGABYTE:
        return (
            f"{place.archive} holds {size / GIGABYTE:.2f} GB, its budget is {budget_gb:g} GB; "
            "raise ZAPORUKA_DISK_BUDGET_GB or move old archive files to another disk."
        )
    folder = next(one for one in (place.archive, *place.archive.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return f"The disk of {place.archive} has {free / GIGABYTE:.2f} GB left; make room, 1 GB at least."
    return None


def _size(place: Place) -> int:
    """Bytes of all files in the archive folder. The spider closes and renames files meanwhile."""
    total = 0
    for path in place.archive.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total
