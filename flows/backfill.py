"""Reading the past as a Prefect flow: thin, so that the work is the same without Prefect."""

from datetime import date
from pathlib import Path

from prefect import flow

from flows.past import Asked
from flows.report import RunReport
from flows.runs import backfill_run
from flows.settings import read_settings
from flows.tasks import as_task, publish
from flows.via import Via


@flow(name="backfill")
def backfill(
    first: date,
    last: date,
    outlets: list[str] | None = None,
    editions: list[str] | None = None,
    via: Via = Via.ANY,
    home: Path | None = None,
    database: str | None = None,
) -> RunReport | None:
    """Read what outlets published from one Kyiv day to another; the report becomes an artifact.

    Without `editions` each outlet's first is read. `via` says over which road, as the command does. What is not said
    the worker's environment says.
    """
    asked = Asked(first, last, editions=tuple(editions or ()))
    report = backfill_run(read_settings(home, database), outlets or (), asked, via=via, doing=as_task)
    if report is not None:
        publish(report)
    return report
