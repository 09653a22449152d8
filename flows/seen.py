"""What a run saw of its outlets, read back from the database: one `Seen` an outlet, for `flows.watch` to judge."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crawlers.archive import NoSuchPageError, read_page
from crawlers.outlet import Outlet
from flows.chance import Share
from flows.ingest import Place
from flows.pages import archived_page
from flows.plain_sql import moment
from flows.plan import ASK_AGAIN
from flows.seen_indexes import indexes_of, units_of, with_units
from flows.seen_rows import Row, RunRows
from flows.steps.clean import clean
from flows.watch import alarm_for
from flows.watch_records import FIELDS, Seen
from storage import keys
from storage.records import Reading
from storage.store import Store
from storage.terms import AlarmKind, Outcome, TimePrecision

NIGHTS = 14
"""Earlier days with runs that tonight is held against; all runs of a day are taken, however many somebody started."""

MOST_RUNS = 100
"""Earlier runs that are looked through for those days."""

SAMPLE = 50
"""Pages of an outlet whose text is as it was that are read again, since a moved date or another layout shows there."""

FAR = 2
"""Kyiv days between an index's hint and the page's own day from which the two tell of different moments."""

SAME = timedelta(minutes=5)
"""Moments of publication no further apart are the same; outlets round differently in different places."""

TO_THE_MINUTE = frozenset({TimePrecision.SECOND, TimePrecision.MINUTE})

FAILURES = ASK_AGAIN | {Outcome.ROBOTS_DENIED}
"""Ends after which a page is asked for once more by every run."""

_NEWEST = """
select max(case when published_hint_day <= :today then published_hint_day end) as hinted,
       max(case when published_hint_day is null then first_seen_at end) as undated
from leads where outlet = :outlet
"""
_A_DAY = """
select count(*) as articles, min(published_day) as first from articles
where outlet = :outlet and published_day between :first and :last
"""


@dataclass(frozen=True, slots=True)
class Nights:
    """What a run has seen of an outlet until now, and what finished ones saw on its latest `NIGHTS` days with any."""

    tonight: Seen
    before: tuple[Seen, ...]


def nights_of(place: Place, run_id: str, outlets: Sequence[Outlet]) -> dict[str, Nights]:
    """What is held against what, by slug; outlets the run has asked for nothing are left out.

    Raises ValueError where there is no such run.
    """
    run = RunRows.of(place.store, run_id)
    asked = [outlet for outlet in outlets if outlet.slug in run.requests]
    earlier: dict[str, list[RunRows]] = {outlet.slug: [] for outlet in asked}
    for one in RunRows.before(place.store, run_id, MOST_RUNS):
        wanting = [slug for slug, runs in earlier.items() if len({one.on, *(before.on for before in runs)}) <= NIGHTS]
        if not wanting:
            break
        for slug in wanting:
            if slug in one.requests:
                earlier[slug].append(one)
    return {outlet.slug: _nights(outlet, run, reversed(earlier[outlet.slug]), place) for outlet in asked}


def _nights(outlet: Outlet, run: RunRows, earlier: Iterable[RunRows], place: Place) -> Nights:
    """The nights in time order, so that each leaves out the pages that had failed before."""
    before: list[Seen] = []
    failed: set[str] = set()
    for one in earlier:
        seen = _seen(outlet, one, failed)
        before.append(seen)
        ends = one.asked(outlet).pages.items()
        failed |= {url for url, end in ends if end in FAILURES and alarm_for(end) not in seen.raised}
    return Nights(_tonight(outlet, run, failed, place), tuple(before))


def _seen(outlet: Outlet, run: RunRows, failed: Collection[str]) -> Seen:
    """All that is known of any run. Pages that failed before without alarm are no fair sample when asked for again."""
    read = run.read.get(outlet.slug, [])
    return Seen(
        on=run.on,
        requests=Counter(end for url, end in run.asked(outlet).pages.items() if url not in failed),
        languages=Counter(row["language"] for row in read),
        paths=Counter(row["path"] for row in read),
        read=len(read),
        empty=Counter(name for row in read for name in _empty(row)),
        indexes=indexes_of(outlet, run),
        hinted=_share(_is_far(row) for row in read),
        raised=frozenset((AlarmKind(row["kind"]), row["subject"]) for row in run.raised.get(outlet.slug, [])),
    )


def _tonight(outlet: Outlet, run: RunRows, failed: Collection[str], place: Place) -> Seen:
    """What is known of any run, and what units, leads and pages whose text is as before tell of this moment only."""
    seen, today = _seen(outlet, run, failed), keys.kyiv_day(place.clock())
    units = units_of(outlet, run, place.store)
    again = [(row, reading) for row in run.unchanged.get(outlet.slug, [])[:SAMPLE] if (reading := _reading(row, place))]
    moved = [_has_moved(row, row) for row in run.edited.get(outlet.slug, [])]
    return replace(
        seen,
        on=today,
        paths=Counter(seen.paths) + Counter(reading.path for _, reading in again),
        read=seen.read + len(again),
        empty=Counter(seen.empty) + Counter(name for _, reading in again for name in _empty(_row(reading))),
        reread=_share([*moved, *(_has_moved(row, _row(reading)) for row, reading in again)]),
        indexes=tuple(with_units(one, units, today) for one in seen.indexes),
        newest_on=_newest_on(outlet, place.store, today),
        usual_a_day=_usual_a_day(outlet, place.store, today),
    )


def _reading(row: Row, place: Place) -> Reading | None:
    """A page read anew from the archive; a sample does without one that cannot be."""
    try:
        page = read_page(place.archive, row["warc_file"], row["warc_offset"])
    except (OSError, NoSuchPageError):
        return None
    found = clean(archived_page(page, page.url), place.knowledge.outlets, place.knowledge.clutter)
    return found if isinstance(found, Reading) else None


def _newest_on(outlet: Outlet, store: Store, today: date) -> date | None:
    """Kyiv day of the latest article that any index named; one that came without a day is of the day it came."""
    [row] = store.rows(_NEWEST, outlet=outlet.slug, today=keys.day_number(today))
    days = [] if row["hinted"] is None else [today - timedelta(days=keys.day_number(today) - row["hinted"])]
    if (undated := moment(row["undated"])) is not None:
        days.append(keys.kyiv_day(undated))
    return max(days, default=None)


def _usual_a_day(outlet: Outlet, store: Store, today: date) -> float | None:
    last = keys.day_number(today) - 1
    [row] = store.rows(_A_DAY, outlet=outlet.slug, first=last - NIGHTS + 1, last=last)
    return row["articles"] / (last - row["first"] + 1) if row["articles"] else None


def _empty(row: Row) -> Iterator[str]:
    """The watched fields an article lacks."""
    lacks = {
        "title": not row["title"],
        "published_at": row["published_day"] is None,
        "published_minute": row["published_precision"] not in TO_THE_MINUTE,
        "authors": row["authors"] == "[]",
        "section": not row["section"],
    }
    return (name for name in FIELDS if lacks[name])


def _row(reading: Reading) -> Row:
    """A reading as the database gives it."""
    published = reading.published_at
    return {
        "title": reading.title,
        "published_at": published,
        "published_day": keys.day_number(keys.kyiv_day(published)) if published else None,
        "published_precision": reading.published_precision,
        "authors": str(list(reading.authors)),
        "section": reading.section,
    }


def _is_far(row: Row) -> bool | None:
    """Whether page and index tell of different moments; None where one of them tells none.

    They do where their days are far apart, or where the page tells a later moment, and that is its last change.
    """
    if row["published_hint_day"] is None or row["published_day"] is None:
        return None
    if abs(row["published_day"] - row["published_hint_day"]) >= FAR:
        return True
    hinted, told, modified = (moment(row[name]) for name in ("published_hint_at", "published_at", "modified_at"))
    if hinted is None or told is None or modified is None:
        return False
    return told - hinted > SAME and told >= modified


def _has_moved(before: Row, now: Row) -> bool | None:
    """Whether an article looked at again tells another moment of publication; None where one of them is unknown.

    However little later the moment is, it has moved if it is now that of the change told before.
    """
    if before["told_day"] is None or now["published_day"] is None:
        return None
    if not {before["told_precision"], now["published_precision"]} <= TO_THE_MINUTE:
        return bool(before["told_day"] != now["published_day"])
    told, modified, published = (
        moment(value) for value in (before["told_at"], before["told_modified_at"], now["published_at"])
    )
    if told is None or published is None:
        return None
    return abs(published - told) > SAME or (modified is not None and published > told and published >= modified)


def _share(answers: Iterable[bool | None]) -> Share:
    known = [answer for answer in answers if answer is not None]
    return Share(sum(known), len(known))
