"""The service: nights by a clock, looks into the feeds in between, and a night at once where one was missed."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.server.schemas.schedules import CronSchedule
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from flows.errors import UserError
from flows.nightly import nightly, poll
from flows.report import RunReport
from storage.store import Store

KYIV = "Europe/Kyiv"
LOOK_BACK = timedelta(days=32)
AT_ONCE = 4

_LAST = "select max(started_at) as started_at from runs where verb = 'nightly' and state = 'done'"


def checked_cron(cron: str) -> CronSchedule:
    """The times of the night, in Kyiv.

    Raises UserError for what is no cron line.
    """
    try:
        return CronSchedule(cron=cron, timezone=KYIV)
    except ValueError as error:
        message = f"{cron!r} is no cron line of five fields; two in the morning is '0 2 * * *'."
        raise UserError(message) from error


def is_missed(last: datetime | None, cron: CronSchedule, now: datetime) -> bool:
    """Whether a night was due since the last one that was done began. Moments are aware."""
    due = [at for at in asyncio.run(cron.get_dates(n=1000, start=now - LOOK_BACK, end=now)) if at <= now]
    return last is None or (bool(due) and due[-1] > last)


def last_night(store: Store) -> datetime | None:
    """When the last night that was done began (UTC)."""
    said = store.rows(_LAST)[0]["started_at"]
    if said is None:
        return None
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def run_service(cron: str, poll_every: timedelta, *, is_night_missed: bool) -> None:
    """Serve until told to stop. Runs read the environment, which names the data folder and the database."""
    deployments = deployments_of(cron, poll_every)
    # Prefect's runner leaves tasks behind when it is stopped, of which asyncio complains at length.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    asyncio.run(_begin(deployments, is_night_missed=is_night_missed))
    serve(*deployments, pause_on_shutdown=False, print_starting_message=False, limit=AT_ONCE)


def deployments_of(cron: str, poll_every: timedelta) -> list[RunnerDeployment]:
    """The night and the looks into the feeds, with their times."""
    return [
        _deployment(nightly, "nightly", schedule=Cron(cron, timezone=KYIV)),
        _deployment(poll, "poll", interval=poll_every),
    ]


def _deployment(of: Flow[..., RunReport], name: str, **when: Any) -> RunnerDeployment:  # noqa: ANN401 - Prefect's
    """A flow with its schedule. A run loads it by its module's name.

    Runs may overlap: hosts are leased, so that one waits for the other. A limit of Prefect's would be held for ever by
    a run that was killed.
    """
    made = of.to_deployment(name, entrypoint_type=EntrypointType.MODULE_PATH, **when)
    if not isinstance(made, RunnerDeployment):
        message = "deployments are made outside of an event loop"
        raise TypeError(message)
    return made


async def _begin(deployments: Sequence[RunnerDeployment], *, is_night_missed: bool) -> None:
    """Forget runs that were due while nobody served, which would all start now; one night makes up for them.

    Runs that a service which was killed left behind as running are said to have crashed.
    """
    ids = [await deployment.aapply() for deployment in deployments]
    ours = DeploymentFilter(id=DeploymentFilterId(any_=ids))
    async with get_client() as client:
        for run in await client.read_flow_runs(flow_run_filter=_in_state(*_WAITING), deployment_filter=ours):
            if run.expected_start_time is not None and run.expected_start_time < datetime.now(UTC):
                await client.delete_flow_run(run.id)
        for run in await client.read_flow_runs(flow_run_filter=_in_state(*_AT_WORK), deployment_filter=ours):
            await client.set_flow_run_state(run.id, Crashed(message="The service that ran it was killed."))
        if is_night_missed:
            await client.create_flow_run_from_deployment(ids[0])


_WAITING = (StateType.SCHEDULED, StateType.PENDING)
_AT_WORK = (StateType.RUNNING, StateType.CANCELLING)


def _in_state(*types: StateType) -> FlowRunFilter:
    return FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types))))
