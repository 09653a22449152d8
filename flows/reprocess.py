"""Reading anew as a Prefect flow: thin, so that the work is the same without Prefect."""

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow

from flows.edge import opened
from flows.ingest import Place
from flows.knowledge import load_knowledge
from flows.rebuild import rebuild_identity
from flows.reread import reprocess as read_anew
from flows.reread_difference import Difference
from flows.settings import read_settings
from flows.tasks import as_task


@flow(name="reprocess")
def reprocess(
    step: str = "clean",
    identity: bool = False,  # noqa: FBT001, FBT002 - a deployment's parameters are the flow's
    apply: bool = False,  # noqa: FBT001, FBT002 - a deployment's parameters are the flow's
    outlet: str | None = None,
    since: date | None = None,
    home: Path | None = None,
    database: str | None = None,
) -> Difference:
    """Do a step (clean, identify, tag, ledger) anew, or build works and stories from nothing (`identity`).

    Without `apply` nothing is written, the difference is told.
    """
    settings = read_settings(home, database)
    with opened(settings) as store:
        place = Place(store, settings.archive, load_knowledge(settings), lambda: datetime.now(UTC))
        if identity:
            return as_task("reprocess identity", lambda: rebuild_identity(place, apply=apply))
        return as_task(f"reprocess {step}", lambda: read_anew(step, place, apply=apply, outlet=outlet, since=since))
