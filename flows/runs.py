"""Whole runs: settings in, a report out. What a person types, what a schedule starts and what a worker does is this."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crawlers.outlet import Outlet
from flows.atom import write_feed
from flows.changes import changes_since
from flows.changes_words import changes_markdown
from flows.crawl import (
    QUIETLY,
    CrawlReport,
    OutletReport,
    Telling,
    crawl,
    fetch_pages,
    poll,
    recount,
    taken_up,
)
from flows.edge import Work, at_work, outlets_called
from flows.errors import UserError
from flows.fill import Refused, fill, open_roads
from flows.forecast import Forecast, forecast
from flows.from_common_crawl import check_days, from_common_crawl
from flows.from_wayback import editions_wanted, from_wayback, standing_road, wanted_of
from flows.ingest import Doing
from flows.past import Asked, months_of, past_indexes, roads_of
from flows.plan import Span
from flows.reference import outlet_row
from flows.report import RunReport, rows_of
from flows.settings import Settings
from flows.via import Via
from flows.webhook import alarm_message, checked_address, tell
from storage import keys

PATIENCE = timedelta(hours=6)
"""How long a night waits for hosts that another run reads."""

_NIGHTS = """
select count(distinct p.fetched_day) as nights from pages p join runs r on r.run_id = p.run_id
where r.verb in ('crawl', 'nightly') and p.outcome = 'article'
"""


def crawl_run(
    settings: Settings,
    names: Sequence[str] = (),
    *,
    verb: str = "crawl",
    patience: timedelta = PATIENCE,
    telling: Telling = QUIETLY,
    doing: Doing | None = None,
) -> RunReport:
    """Read the outlets called by these names (all of them if none) once, now.

    Raises UserError for a name or setting that cannot be used, WorkFailedError where the work cannot be done at all.
    """
    if settings.webhook:
        checked_address(settings.webhook)
    with at_work(settings, doing) as work:
        started = work.place.clock()
        outlets = outlets_called(names, work.outlets)

        def archives_of_the_shut(so_far: CrawlReport) -> None:
            work.place.doing("archived copies", lambda: standing_road(outlets, work.place, so_far, work.elsewhere))

        found = crawl(
            outlets, work.place, work.fetching, telling, verb=verb, patience=patience, afterwards=archives_of_the_shut
        )
        return _reported(verb, started, found, work, settings)


def poll_run(settings: Settings, names: Sequence[str] = (), *, doing: Doing | None = None) -> RunReport:
    """Look into the feeds of the outlets called by these names (all of them if none), and keep what they name.

    Raises as `crawl_run`.
    """
    with at_work(settings, doing) as work:
        started = work.place.clock()
        found = poll(outlets_called(names, work.outlets), work.place, work.fetching)
        return _reported("poll", started, found, work, settings)


def fetch_run(settings: Settings, urls: Sequence[str], vouched: Outlet | None = None) -> RunReport:
    """Fetch single pages now; `vouched` is whose they are, where a person says so.

    Raises as `crawl_run`, and WorkFailedError where one of their outlets is being read.
    """
    with at_work(settings) as work:
        started = work.place.clock()
        if vouched is not None:
            work.place.store.load_reference([outlet_row(vouched)])
        return _reported("ingest", started, fetch_pages(urls, work.place, work.fetching, vouched), work, settings)


def backfill_run(
    settings: Settings,
    names: Sequence[str],
    asked: Asked,
    *,
    via: Via = Via.ANY,
    agree: Callable[[Forecast], bool] = lambda _: True,
    tell_unit: Callable[[str], None] = lambda _: None,
    doing: Doing | None = None,
) -> RunReport | None:
    """Read what outlets published on past days; `agree` is shown what that will take, and may say no (None).

    `via` says over which road: the outlets' own indexes, other people's archives, or (`any`) the indexes and, for what
    the outlets refuse, the Wayback Machine. Raises as `crawl_run`, and UserError for days that cannot be.
    """
    if settings.webhook:
        checked_address(settings.webhook)
    with at_work(settings, doing) as work:
        started = work.place.clock()
        fetching = replace(work.fetching, is_bulk=True)
        span = asked.span(keys.kyiv_day(started))
        outlets = outlets_called(names, work.outlets)
        languages = {one.slug: asked.languages(one) for one in outlets}
        if not any(languages.values()):
            message = f"None of these outlets has an edition in {', '.join(asked.editions)}."
            raise UserError(message)
        if via in {Via.WAYBACK, Via.COMMON_CRAWL}:
            told = _over_archives(via, outlets, languages, span, work, agree, tell_unit)
            return _reported("backfill", started, told[0], work, settings, told[1]) if told else None
        roads = {
            outlet.slug: open_roads(roads_of(outlet, languages[outlet.slug], span), work.place) for outlet in outlets
        }
        note = _beyond(outlets, languages) if via is Via.ANY and work.elsewhere.wayback_url else ""
        if not agree(forecast(outlets, roads, work.place, fetching, note)):
            return None

        def archived(so_far: CrawlReport, refused: Sequence[Refused]) -> Mapping[str, int]:
            if via is Via.INDEXES or not work.elsewhere.wayback_url:
                return {}
            done = from_wayback(wanted_of(refused), work.place, so_far, work.elsewhere, tell_unit)
            recount({one.outlet.slug: one.outlet for one in refused}.values(), so_far, work.place.store)
            return done

        filled = fill(outlets, roads, languages, span, work.place, fetching, tell_unit, archived)
        return _reported("backfill", started, filled.crawl, work, settings, sum(filled.done.values()))


def _beyond(outlets: Sequence[Outlet], languages: Mapping[str, Sequence[str]]) -> str:
    """The editions that only an archive can be asked for."""
    names = [f"{one.slug} {said}" for one in outlets for said in languages[one.slug] if not past_indexes(one, said)]
    refusing = [one.slug for one in outlets if one.known_to_block]
    lines = []
    if refusing:
        lines.append(
            f"Known to refuse programs: {', '.join(refusing)}. What they refuse is asked for at the Wayback Machine, "
            "at most a page every two seconds."
        )
    if names:
        lines.append(f"Asked for there too, since no index of theirs reaches back: {', '.join(names)}.")
    return "\n".join(lines)


def _over_archives(
    via: Via,
    outlets: Sequence[Outlet],
    languages: Mapping[str, Sequence[str]],
    span: Span,
    work: Work,
    agree: Callable[[Forecast], bool],
    tell_unit: Callable[[str], None],
) -> tuple[CrawlReport, int] | None:
    """A backfill that leaves the outlets alone and asks other people's archives; None if it was not agreed to."""
    place, elsewhere = work.place, work.elsewhere
    if via is Via.COMMON_CRAWL:
        check_days(span)
        note = (
            f"Common Crawl's news files of {span.days + 2} days stream through: several a day, about a gigabyte each. "
            "Each is read once, and kept are the outlets' pages alone."
        )
    else:
        units = sum(len(months_of(span)) for one in outlets for _ in editions_wanted(one, languages[one.slug], span))
        note = (
            f"{units} units (editions and months). How many pages the Wayback Machine holds of them shows when it is "
            "asked; it gives at most one every two seconds."
        )
    address = elsewhere.common_crawl_url if via is Via.COMMON_CRAWL else elsewhere.wayback_url
    if not address:
        message = f"ZAPORUKA_{via.replace('-', '_').upper()} names no address to ask; unset it for the usual one."
        raise UserError(message)
    if not agree(Forecast([], 0.0, None, note)):
        return None
    with taken_up(place, "backfill") as run:
        found = CrawlReport(run, {one.slug: OutletReport(one.slug, listed=None) for one in outlets})
        if via is Via.COMMON_CRAWL:
            done = from_common_crawl(outlets, span, place, found, elsewhere, tell_unit)
        else:
            wanted = [one for outlet in outlets for one in editions_wanted(outlet, languages[outlet.slug], span)]
            done = sum(from_wayback(wanted, place, found, elsewhere, tell_unit).values())
    recount(outlets, found, place.store)
    return found, done


def _reported(
    verb: str, started: datetime, found: CrawlReport, work: Work, settings: Settings, units_done: int = 0
) -> RunReport:
    store = work.place.store
    ended = work.place.clock()
    told = "" if verb == "poll" else f"\n{write_feed(store, settings.home, ended)}\n"
    report = RunReport(
        verb=verb,
        run_id=found.run.run_id,
        started_at=started,
        ended_at=ended,
        database=store.shown,
        is_demo=store.is_demo,
        rows=rows_of(found),
        ledger=dict(found.run.ledger),
        alarms=[" · ".join(filter(None, (a.outlet, str(a.kind), a.subject, a.detail))) for a in found.alarms],
        stopped=found.stopped,
        nights=int(store.rows(_NIGHTS)[0]["nights"]),
        changes=changes_markdown(changes_since(store, started, ended)) + told,
        units_done=units_done,
    )
    if report.is_wrong and settings.webhook:
        message = alarm_message(found.run.run_id, verb, report.ended_at, found.alarms, is_demo=store.is_demo)
        untold = tell(settings.webhook, message)
        if untold is not None:
            report = replace(report, untold=untold)
    return report
