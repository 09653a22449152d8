"""The night, and the looks into the feeds, as Prefect flows: thin, so that the work is the same without Prefect."""

from datetime import timedelta
from pathlib import Path

from prefect import flow

from flows.report import RunReport
from flows.runs import PATIENCE, crawl_run, poll_run
from flows.settings import read_settings
from flows.tasks import as_task, publish


@flow(name="nightly")
def nightly(
    home: Path | None = None,
    database: str | None = None,
    outlets: list[str] | None = None,
    patience_s: float = PATIENCE.total_seconds(),
) -> RunReport:
    """Read the outlets once; the report becomes an artifact. What is not said the worker's environment says."""
    settings, patience = read_settings(home, database), timedelta(seconds=patience_s)
    report = crawl_run(settings, outlets or (), verb="nightly", patience=patience, doing=as_task)
    publish(report)
    return report


@flow(name="poll")
def poll(home: Path | None = None, database: str | None = None, outlets: list[str] | None = None) -> RunReport:
    """Look into the feeds of the outlets and keep what they name."""
    report = poll_run(read_settings(home, database), outlets or (), doing=as_task)
    publish(report)
    return report
