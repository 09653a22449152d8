"""Pace: one request at a time to a host group, none sooner than its delay after the one before."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

RETRY_AFTER_CAP_S = 600.0
TRIES = 3
JITTER = 0.02
"""The largest share of the delay that is added to it, drawn anew each time."""

UNSURE_S = 0.2
UNSURE_SHARE = 0.1
"""How much later than we began it a request may have reached the host: so many seconds, or that share of the delay."""


class Pace:
    """The turns of one host group. Times are of the monotonic clock, in seconds."""

    def __init__(self, delay_s: float) -> None:
        self.delay_s = delay_s
        self.held_s = 0.0
        self._lock = asyncio.Lock()
        self._sent_at = float("-inf")
        self._held_until = float("-inf")
        self._jitter = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the group may be asked again, and keep everyone else from asking until the block is left."""
        async with self._lock:
            while (left := self._free_at() - monotonic()) > 0:  # noqa: ASYNC110  a clock has no event to wait for
                await asyncio.sleep(left)
            yield

    def sent(self, begun_at: float, answered_at: float, *, is_new_connection: bool) -> None:
        """Note a request, from when the delay to the next one counts: when it reached the host.

        That is before the answer began, and soon after we began unless a connection had to be opened first.
        """
        unsure = float("inf") if is_new_connection else max(UNSURE_S, UNSURE_SHARE * self.delay_s)
        self._sent_at = min(answered_at, begun_at + unsure)
        self._jitter = random.uniform(0, JITTER)  # noqa: S311  no secret

    def slow_down(self, delay_s: float) -> None:
        """Take a longer delay from here on; a shorter one changes nothing."""
        self.delay_s = max(self.delay_s, delay_s)

    def hold(self, seconds: float) -> None:
        """Ask nothing of the group for so long."""
        self._held_until = max(self._held_until, monotonic() + seconds)
        self.held_s += seconds

    def _free_at(self) -> float:
        return max(self._sent_at + self.delay_s * (1 + self._jitter), self._held_until)


def wait_asked_for(retry_after: str | None, now: datetime) -> float | None:
    """Seconds a Retry-After header asks for, as a number or an HTTP date, capped; None where it says nothing usable."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), RETRY_AFTER_CAP_S)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), RETRY_AFTER_CAP_S)


def back_off(delay_s: float, tries: int) -> float:
    """Seconds to wait before the next try of a request that failed `tries` times: two delays, then four."""
    return float(delay_s * 2**tries)
