"""The pieces of a run as Prefect's tasks, and its report as artifacts."""

from collections.abc import Callable
from logging import INFO, WARNING
from typing import TypeVar

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.report import RunReport

Result = TypeVar("Result")

TRIES_AGAIN = 2
WAIT_S = 10


def as_task(name: str, work: Callable[[], Result]) -> Result:
    """Carry out a piece of work as a task of that name.

    Recording is one transaction a file, so it may be tried again; fetching is not, since the spider has tried for
    itself as often as is polite.
    """
    retries = TRIES_AGAIN if name.startswith("record ") else 0
    as_named = task(
        name=name.partition(" ")[0],
        task_run_name=name,
        retries=retries,
        retry_delay_seconds=WAIT_S,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return as_named(work)()


def publish(report: RunReport) -> None:
    """Show a run's report beside it: as a table, an outlet a line, and as a page; the log gets it in short."""
    log = get_run_logger()
    log.info(report.heading())
    for note in report.notes():
        log.log(WARNING if report.is_wrong else INFO, note)
    create_table_artifact(report.table(), key=f"{report.verb}-table", description=report.heading())
    create_markdown_artifact(report.markdown(), key=f"{report.verb}-report", description=report.heading())


def as_flow(name: str, work: Callable[[], RunReport | None]) -> RunReport | None:
    """Carry out a run that a person started as a flow of that name, with its report as artifacts."""

    def run() -> RunReport | None:
        report = work()
        if report is not None:
            publish(report)
        return report

    return flow(name=name, persist_result=False)(run)()
