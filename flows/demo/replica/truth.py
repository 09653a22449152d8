"""What a crawl of the replica must find, reckoned from the same model the server serves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from flows.demo.replica.articles import DOMAIN, GONE, NOT_LISTED_YET, PREFIX, Article
from flows.demo.replica.setting import PRAVDA, Fault
from flows.demo.replica.site import Site, played_outlets
from storage.terms import Outcome

WINDOW_DAYS = 14
FEED_TURNED_OVER = "feed_turned_over"
"""Why an article cannot be known: the feed has moved past it, and the sitemaps and lists that name it answer 403."""

NEW, EDITED, LATE, UNCHANGED = "new", "edited", "late", "unchanged"
_JUDGED_BY_CONTENT = frozenset(
    {
        Outcome.ARTICLE,
        Outcome.CHALLENGE,
        Outcome.ERROR_PAGE,
        Outcome.BODY_LOST,
        Outcome.NO_TEXT,
        Outcome.NOT_HTML,
        Outcome.BINARY,
        Outcome.EMPTY,
    }
)
FOREIGN_HOST, FUTURE_DATE = "foreign_host", "future_date"


@dataclass(frozen=True)
class Known:
    """One article of the window: where, when, in what language, and the outcomes its fetch may have, best first.

    `change` says what a crawl of this night finds after one of night 1: new, edited, gone, unchanged, or late (it was
    there, and no index named it); on night 1 everything is new. It is about the text: a page set anew or dated anew
    around the same text is unchanged. `corrected_with_note`: the outlet says in the text that it was wrong.
    `stated_at` is the moment the page gives as that of publication, which is `published_at` but where a fault lets it
    drift. `on_the_wire` are the outcomes as far as fetching alone can tell, where whatever came in whole is `fetched`.
    `missing` says why no index tells of it, and is None for what is listed.
    """

    url: str
    outlet: str
    language: str
    day: str
    published_at: str
    headline: str
    outcomes: tuple[str, ...]
    on_the_wire: tuple[str, ...]
    change: str
    missing: str | None
    corrected_with_note: bool
    stated_at: str


@dataclass(frozen=True)
class Count:
    """Counts of an outlet or of one cell of it (edition and Kyiv day).

    `published` articles exist (those gone by now are not counted, nor those that no index names before the next
    night); `listed` of them stand in an index that answers; the rest are `missing`, by reason. Of the listed,
    `articles` are read and `dropped` are not, by outcome: listed = articles + dropped. `reads` is how many of the
    listed the robots files allow.
    """

    published: int
    listed: int
    reads: int
    articles: int
    dropped: dict[str, int]
    missing: dict[str, int]


@dataclass(frozen=True)
class Cell:
    """One edition of one outlet on one Kyiv day."""

    outlet: str
    language: str
    day: str
    count: Count


@dataclass(frozen=True)
class Telling:
    """One step towards guarantees that an article states as it stands on this night.

    `event_on` is the day the step was taken, None where the article does not name it; `planned_on` is the day of the
    act that is announced.
    """

    url: str
    outlet: str
    language: str
    guarantor: str
    family: str
    stage: str
    event_on: str | None
    planned_on: str | None


@dataclass(frozen=True)
class Truth:
    """All that a crawl of one night must find for articles published from `first` to `last`, Kyiv days, inclusive.

    `outlets` are counts by slug, `cells` the same by edition and day (days without articles have none), `articles`
    every article newest first. `tellings` are what those of them that are listed and can be read state of guarantees,
    in the same order. `refused` maps addresses an index lists to the reason they must not be passed on; `blocked` are
    the index addresses, as the outlet's file gives them, that answer 403.
    """

    night: int
    moment: str
    first: str
    last: str
    outlets: dict[str, Count]
    cells: tuple[Cell, ...]
    articles: tuple[Known, ...]
    tellings: tuple[Telling, ...]
    refused: dict[str, str]
    blocked: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The same as plain lists, mappings, words and numbers."""
        return asdict(self)


def truth_of(
    site: Site,
    before: Site,
    first: date | None = None,
    last: date | None = None,
    editions: Mapping[str, Collection[str]] | None = None,
) -> Truth:
    """The truth of a site's night; `before` is the site of night 1. The window is by default 14 days to that night.

    `editions` maps slugs to the languages asked for; without it all are.
    """
    last = last or site.moment.date()
    first = first or last - timedelta(days=WINDOW_DAYS - 1)
    earlier = {article.url: article for article in before.articles} if site.night > before.night else {}
    listed = _listed(site)
    articles = [
        article
        for article in site.articles
        if first <= article.day <= last and (editions is None or article.language in editions.get(article.outlet, ()))
    ]
    known = [_known(article, earlier.get(article.url), is_listed=article.url in listed) for article in articles]
    by_outlet: dict[str, list[Known]] = {
        slug: [] for slug in site.setting.slugs if editions is None or slug in editions
    }
    by_cell: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
    for one in known:
        if one.change != GONE and one.missing != NOT_LISTED_YET:
            by_outlet[one.outlet].append(one)
            by_cell[one.outlet, one.language, one.day].append(one)
    return Truth(
        night=site.night,
        moment=site.moment.isoformat(),
        first=first.isoformat(),
        last=last.isoformat(),
        outlets={slug: _count(ones) for slug, ones in by_outlet.items()},
        cells=tuple(Cell(*where, _count(ones)) for where, ones in sorted(by_cell.items())),
        articles=tuple(known),
        tellings=tuple(
            telling
            for article in articles
            if article.url in listed and article.outcomes[0] == Outcome.ARTICLE
            for telling in _tellings(article)
        ),
        refused=_refused(site),
        blocked=_blocked(site),
    )


def _tellings(article: Article) -> Iterator[Telling]:
    for tells in article.tells:
        yield Telling(
            url=article.url,
            outlet=article.outlet,
            language=article.language,
            guarantor=tells.guarantor,
            family=str(tells.family),
            stage=str(tells.stage),
            event_on=tells.event_on.isoformat() if tells.event_on else None,
            planned_on=tells.planned_on.isoformat() if tells.planned_on else None,
        )


def _listed(site: Site) -> set[str]:
    """Addresses of the articles that stand in an index that answers."""
    slugs = [slug for slug in site.setting.slugs if not (slug == PRAVDA and site.setting.pravda_blocks)]
    found = {article.url for slug in slugs for article in site.offers.listed(slug)}
    found |= {article.url for language in DOMAIN for article in site.offers.latest(language)}
    return found | {article.url for language in PREFIX for article in site.offers.in_feed(PRAVDA, language)}


def _known(article: Article, earlier: Article | None, *, is_listed: bool) -> Known:
    if earlier is None:
        change = NEW
    elif article.status != earlier.status:
        change = GONE
    elif article.is_late:
        change = LATE
    else:
        change = UNCHANGED if article.is_edited == earlier.is_edited and article.source == earlier.source else EDITED
    return Known(
        url=article.url,
        outlet=article.outlet,
        language=article.language,
        day=article.day.isoformat(),
        published_at=article.published_at.isoformat(),
        headline=article.headline,
        outcomes=tuple(str(outcome) for outcome in article.outcomes),
        on_the_wire=tuple(dict.fromkeys(_on_the_wire(outcome) for outcome in article.outcomes)),
        change=change,
        missing=None if is_listed or change == GONE else article.hidden or FEED_TURNED_OVER,
        corrected_with_note=article.has_correction_note,
        stated_at=article.stated_at.isoformat(),
    )


def _on_the_wire(outcome: str) -> str:
    return str(Outcome.FETCHED) if outcome in _JUDGED_BY_CONTENT else str(outcome)


def _count(ones: Sequence[Known]) -> Count:
    listed = [one for one in ones if one.missing is None]
    dropped = Counter(str(one.outcomes[0]) for one in listed if one.outcomes[0] != Outcome.ARTICLE)
    return Count(
        published=len(ones),
        listed=len(listed),
        reads=len(listed) - dropped[Outcome.ROBOTS_DENIED.value],
        articles=len(listed) - dropped.total(),
        dropped=dict(sorted((outcome, count) for outcome, count in dropped.items() if count)),
        missing=dict(Counter(one.missing for one in ones if one.missing)),
    )


def _refused(site: Site) -> dict[str, str]:
    return {
        url: FUTURE_DATE if claimed is not None and claimed > site.moment else FOREIGN_HOST
        for url, claimed in site.offers.refused()
    }


def _blocked(site: Site) -> tuple[str, ...]:
    if not site.setting.pravda_blocks or site.setting.fault(PRAVDA, site.night) is Fault.CHALLENGE:
        return ()
    pravda = next(outlet for outlet in played_outlets(site.setting) if outlet.slug == PRAVDA)
    return tuple(index.url for index in pravda.indexes if index.may_be_blocked)
