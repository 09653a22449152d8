"""Telling somebody else's program of alarms: one POST of JSON to the address the user gave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version

import httpx
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from flows.errors import UserError
from storage.models import AlarmRow

TRIES = 3
TIMEOUT_S = 10.0
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 10.0
WORTH_TRYING_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class _NotTakenError(Exception):
    """The other side may take it later."""


def checked_address(text: str) -> str:
    """The address of a webhook, without white space around it.

    Raises UserError for anything but an http or https address of a host. Its message leaves the address out, since
    it may hold a secret.
    """
    address = text.strip()
    try:
        url = httpx.URL(address)
        is_good = url.scheme in {"http", "https"} and bool(url.host) and address.isprintable() and " " not in address
    except httpx.InvalidURL:
        is_good = False
    if not is_good:
        message = "ZAPORUKA_WEBHOOK is no web address; give one like https://example.org/hook, or unset it."
        raise UserError(message)
    return address


def alarm_message(
    run_id: str, verb: str, moment: datetime, alarms: Sequence[AlarmRow], *, is_demo: bool
) -> dict[str, object]:
    """What a webhook is told: program, version, is_demo, run, verb, at (ISO 8601) and the alarms.

    An alarm has kind, outlet (null: the whole run), subject and detail.
    """
    return {
        "program": "zaporuka",
        "version": version("zaporuka"),
        "is_demo": is_demo,
        "run": run_id,
        "verb": verb,
        "at": moment.isoformat(),
        "alarms": [
            {"kind": str(alarm.kind), "outlet": alarm.outlet, "subject": alarm.subject, "detail": alarm.detail}
            for alarm in alarms
        ],
    }


def tell(
    address: str, message: Mapping[str, object], *, timeout_s: float = TIMEOUT_S, first_wait_s: float = FIRST_WAIT_S
) -> str | None:
    """POST a message as JSON; None when it was taken (2xx), else one sentence that says why not.

    Time-outs, broken connections, 5xx, 408 and 429 are tried again, three times in all, waiting longer each time. No
    redirect is followed: it might lead into a private network. Never raises for what a network can do; the address is
    one that `checked_address` gave.
    """
    host = httpx.URL(address).host
    try:
        trying = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=wait_exponential(first_wait_s, max=LONGEST_WAIT_S),
            retry=retry_if_exception_type(_NotTakenError),
        )
        with httpx.Client(timeout=timeout_s, follow_redirects=False) as client:
            why = trying(_post, client, address, message)
    except RetryError as error:
        why = f"{error.last_attempt.exception()}, {TRIES} times"
    except (httpx.HTTPError, OSError) as error:
        why = type(error).__name__
    return f"The webhook at {host} was not told: {why}." if why else None


def _post(client: httpx.Client, address: str, message: Mapping[str, object]) -> str | None:
    """None, or why it was not taken and never will be. Raises _NotTakenError where it is worth trying again."""
    try:
        with client.stream("POST", address, json=message) as answer:
            pass  # its body is nobody's concern
    except httpx.TimeoutException as error:
        why = "no answer in time"
        raise _NotTakenError(why) from error
    except httpx.TransportError as error:
        why = f"{type(error).__name__} ({error})"
        raise _NotTakenError(why) from error
    if answer.is_success:
        return None
    why = f"it answered {answer.status_code}"
    if answer.is_server_error or answer.status_code in WORTH_TRYING_AGAIN:
        raise _NotTakenError(why)
    return f"{why}, a redirect, and none is followed" if answer.is_redirect else why
