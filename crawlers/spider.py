"""One spider for every outlet and every run: carries out a plan, judges nothing.

Each host group has one worker that takes its requests one after the other; groups run side by side. A request goes
through redirects, tries and pauses in plain sight and ends in exactly one outcome line.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http.request import NO_CALLBACK

from crawlers import manners
from crawlers.decoding import BadEncodingError, TooLargeError, decode_body
from crawlers.manners import Answer
from crawlers.pace import TRIES, Pace, back_off, wait_asked_for
from crawlers.plan import NOWHERE, OutcomeFile, OutcomeLine, OutcomeWord, Plan, PlannedRequest, host_of
from crawlers.robots import MAX_ROBOTS, Rules, agent_token, closed_rules, read_rules, robots_url
from crawlers.warc_middleware import ArchiveFailedError, Archives
from crawlers.wire import EXCHANGE, Exchange, cap_size


class PlanSpider(Spider):
    """Carries out `plan`; what came goes to `archives`, what became of each request to `outcomes`.

    `failure` says after the run why it stopped early, None where it did not; `done` counts outcome lines.
    """

    name = "plan"

    def __init__(self, plan: Plan, archives: Archives, outcomes: OutcomeFile, **kwargs: Any) -> None:  # noqa: ANN401  Scrapy's own
        super().__init__(**kwargs)
        self.plan = plan
        self.limits = plan.limits
        self.archives = archives
        self.outcomes = outcomes
        self.failure: str | None = None
        self.done = 0
        self._left = plan.by_outlet.copy()
        self._paces = {group: Pace(delay_s) for group, delay_s in self.limits.delay_s.items()}
        self._rules: dict[str, Rules] = {}
        self._rules_locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "PlanSpider":  # noqa: ANN401  idem
        """Built by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(cap_size, signals.bytes_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Carry out the whole plan; nothing is handed to Scrapy's scheduler, whose queue knows no host groups."""
        try:
            async with asyncio.TaskGroup() as workers:
                for group in self.plan.groups:
                    workers.create_task(self._work(group))
        except* ArchiveFailedError as failed:
            self.failure = str(failed.exceptions[0])
        if self.failure is not None:
            raise CloseSpider(self.failure)
        return
        yield  # Scrapy wants an asynchronous generator

    def closed(self, reason: str) -> None:
        """Called by Scrapy at the end, however it came."""
        try:
            self.archives.close_all()
        except OSError as error:
            self.failure = self.failure or f"an archive file cannot be closed: {error.strerror or error}"
        if self.failure is None and self.done < self.plan.total:
            self.failure = f"stopped ({reason})"

    async def _work(self, group: str) -> None:
        """All requests of one host group, one after the other."""
        silent = 0
        for planned in self.plan.requests(group):
            why_not = self._why_given_up(group, silent)
            if why_not is not None:
                answer = Answer("rate_limited" if "wait" in why_not else "no_response", None, why_not)
            else:
                answer = await self._carry_out(planned)
                silent = silent + 1 if manners.is_silent(answer) else 0
            self._settle(planned, answer)

    def _why_given_up(self, group: str, silent: int) -> str | None:
        """Why the rest of a group is not sent, or None."""
        if group != NOWHERE and self._paces[group].held_s > manners.LONGEST_HOLD_S:
            return "not asked: the host has made us wait too long in this run"
        if silent >= manners.SILENT_IN_A_ROW:
            return f"not asked: the last {silent} requests to the host came to nothing"
        return None

    def _settle(self, planned: PlannedRequest, answer: Answer) -> None:
        """Write the outcome of a request and close its outlet's file after the last one. Raises ArchiveFailedError."""
        exchange = answer.exchange
        line = OutcomeLine(
            url=planned.url,
            outlet=planned.outlet,
            unit=planned.unit,
            why=planned.why,
            outcome=answer.outcome,
            status=answer.response.status if answer.response is not None else None,
            warc_file=exchange.warc_file if exchange is not None else None,
            warc_offset=exchange.warc_offset if exchange is not None else None,
            bytes=len(answer.response.body) if answer.response is not None else 0,
            seconds=round(answer.seconds, 4),
            etag=answer.header("ETag"),
            last_modified=answer.header("Last-Modified"),
            final_url=answer.url,
            detail=answer.detail,
        )
        try:
            self.outcomes.write(line)
            self.done += 1
            self._left[planned.outlet] -= 1
            if not self._left[planned.outlet]:
                self.archives.close(planned.outlet)
        except OSError as error:
            message = f"{error.filename or 'the outcomes'} cannot be written: {error.strerror or error}"
            raise ArchiveFailedError(message) from error

    async def _carry_out(self, planned: PlannedRequest) -> Answer:
        """One planned request, whatever it meets."""
        try:
            return await self._follow(planned, planned.url, is_robots=False)
        except ArchiveFailedError:
            raise
        except Exception as error:
            self.logger.exception("unforeseen, with %s", planned.url)
            return Answer("no_response", None, " ".join(f"{type(error).__name__}: {error}".split())[:300])

    async def _follow(self, planned: PlannedRequest, url: str, *, is_robots: bool) -> Answer:
        """Ask for a URL and go where redirects lead, as far as they may."""
        seen: list[str] = []
        last: Answer | None = None
        seconds = 0.0
        while True:
            refusal = await self._refusal(planned, url, last, is_robots=is_robots)
            if refusal is None and url in seen:
                refusal = "redirect", f"a loop: {' -> '.join([*seen, url])}"
            if refusal is None and len(seen) > self.limits.max_redirects:
                refusal = "redirect", f"more than {self.limits.max_redirects} redirects, the next to {url}"
            if refusal is not None:
                outcome, detail = refusal
                return replace(last, outcome=outcome, detail=detail) if last else Answer(outcome, None, detail)
            last = await self._ask(planned, url, is_robots=is_robots)
            seconds += last.seconds
            last = replace(last, seconds=seconds)
            seen.append(url)
            target = manners.redirect_target(last)
            if target is None:
                return last
            url = target

    async def _refusal(
        self, planned: PlannedRequest, url: str, last: Answer | None, *, is_robots: bool
    ) -> tuple[OutcomeWord, str] | None:
        """Why a URL is not to be asked: by the guard, as a redirect that leads away, or by robots.txt."""
        came_from = host_of(last.url or "") if last else None
        host = host_of(url)
        why = manners.why_refused(url, self.limits)
        is_foreign = came_from is not None and (host is None or not self.limits.leads_to(came_from, host))
        if why is not None and not (is_foreign and why.endswith("of this plan")):
            return "guard_refused", f"{why}: {url}" if last else why
        if is_foreign:
            return "redirect", f"to a foreign host: {url}"
        if is_robots or not self.limits.obey_robots:
            return None
        rules = await self._rules_for(planned, url)
        denial = rules.denial(url)
        return (cast("OutcomeWord", rules.outcome), denial) if denial is not None else None

    async def _rules_for(self, planned: PlannedRequest, url: str) -> Rules:
        """The robots.txt rules of a URL's origin, fetched once a run like any page."""
        where = robots_url(url)
        async with self._rules_locks.setdefault(where, asyncio.Lock()):
            if where not in self._rules:
                unconditional = planned.model_copy(update={"etag": None, "last_modified": None})
                answer = await self._follow(unconditional, where, is_robots=True)
                self._rules[where] = self._read_rules(answer)
                self._pace_of(url).slow_down(self._rules[where].delay_s)
        return self._rules[where]

    def _read_rules(self, answer: Answer) -> Rules:
        if answer.outcome in {"guard_refused", "dns_failed"}:
            return closed_rules(answer.detail or answer.outcome, answer.outcome)
        if answer.response is None or answer.outcome in {"redirect", "timeout", "truncated"}:
            return closed_rules(f"robots.txt is out of reach: {answer.detail or answer.outcome}")
        try:
            body, is_cut = decode_body(answer.response.body, answer.header("Content-Encoding"), self.limits.max_bytes)
        except (BadEncodingError, TooLargeError) as error:
            return closed_rules(f"robots.txt cannot be read: {error}")
        is_cut = is_cut or (answer.exchange is not None and answer.exchange.cut is not None)
        return read_rules(answer.response.status, body, agent_token(self.limits.user_agent), is_cut=is_cut)

    async def _ask(self, planned: PlannedRequest, url: str, *, is_robots: bool) -> Answer:
        """Ask for one URL, again where that may help, waiting as long as the host asks."""
        pace = self._pace_of(url)
        seconds = 0.0
        for tries in range(1, TRIES + 1):
            async with pace.turn():
                answer = await self._send(planned, url, pace, is_robots=is_robots)
            seconds += answer.seconds
            asked_for = wait_asked_for(answer.header("Retry-After"), datetime.now(UTC))
            if asked_for is not None and answer.response and answer.response.status in manners.ASKED_TO_WAIT:
                pace.hold(asked_for)
            if answer.outcome not in manners.WORTH_A_TRY or pace.held_s > manners.LONGEST_HOLD_S:
                break
            if tries < TRIES and asked_for is None:
                pace.hold(back_off(pace.delay_s, tries))
        return replace(answer, seconds=seconds)

    async def _send(self, planned: PlannedRequest, url: str, pace: Pace, *, is_robots: bool) -> Answer:
        """One request on the wire. Raises ArchiveFailedError."""
        max_bytes = min(self.limits.max_bytes, MAX_ROBOTS) if is_robots else self.limits.max_bytes
        started = monotonic()
        now = datetime.now(UTC) + timedelta(seconds=self.limits.clock_offset_s)
        exchange = Exchange(planned.outlet, max_bytes, self.limits.timeout_s, now, started)
        validators = {"If-None-Match": planned.etag, "If-Modified-Since": planned.last_modified}
        request = Request(
            url,
            callback=NO_CALLBACK,
            headers={name: value.encode("latin-1", "replace") for name, value in validators.items() if value},
            meta={EXCHANGE: exchange, "download_slot": self.limits.group_of(host_of(url) or "")},
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except ArchiveFailedError:
            raise
        except Exception as error:  # noqa: BLE001  a connection may fail in any way; it is named in the outcome
            answer = manners.answer_of_error(error, exchange, url, monotonic() - started)
            if answer.outcome not in manners.NEVER_SENT:
                pace.sent(exchange.begun_at, monotonic(), is_new_connection=True)
            return answer
        answered_at = exchange.answered_at or monotonic()
        pace.sent(exchange.begun_at, answered_at, is_new_connection=exchange.is_new_connection)
        is_conditional = bool(planned.etag or planned.last_modified)
        return manners.answer_of(response, exchange, url, monotonic() - started, is_conditional=is_conditional)

    def _pace_of(self, url: str) -> Pace:
        return self._paces[self.limits.group_of(host_of(url) or "")]
