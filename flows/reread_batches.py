"""One batch read anew: what is to be saved of it, judged against the view, and what that changes.

Nothing here writes. Captures whose archive file is missing, or on which cleaning fails, stay as they are and are named.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from crawlers.archive import NoSuchPageError, read_page
from flows.copies import ALGORITHM, copies
from flows.errors import WorkFailedError
from flows.judge import (
    One,
    cleaned,
    new_batch,
    outcome_of,
    outcome_row,
    place_articles,
    read_article,
    read_unread,
    with_findings,
)
from flows.reread_claims import compare_claims
from flows.reread_difference import Change, Kind, is_same_reading, reading_changes, topic_change
from flows.reread_made import Reread, Tie
from flows.reread_view import Told, Work
from storage import keys
from storage.models import PageRow
from storage.records import Dropped, Reading
from storage.rows import reading_parts
from storage.store import ArticleIdentity, ReadPage, Store, stale
from storage.store.stale import FiledArticle, FiledReading
from storage.terms import Outcome


class _NotReadError(Exception):
    """A capture that cannot be read anew now: what is in the way (a file or an address), and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what, self.why = what, why


def reread_articles(ids: Sequence[int], work: Work) -> Reread:
    """All captures of these articles, cleaned anew under the versions they are filed under."""
    store = work.place.store
    made = Reread(new_batch(work.place.knowledge), done=len(ids))
    captures = stale.captures_of(store, ids)
    bodies = stale.archived_as(store, (page for pages in captures.values() for page in pages))
    filed: defaultdict[int, dict[int, FiledReading]] = defaultdict(dict)
    for one in stale.current_readings(store, ids):
        filed[one.article_id][one.version_id] = one
    articles = stale.filed_articles(store, ids)
    other: dict[int, ReadPage] = {}
    for article_id in ids:
        try:
            ones = [(page, _clean_anew(page, bodies[page.page_id], work)) for page in captures.get(article_id, [])]
        except _NotReadError as error:
            made.failed[error.what, error.why] += 1
            continue
        latest = _reread_article(ones, articles[article_id], filed[article_id], made, work)
        before = next((one for one in filed[article_id].values() if one.is_latest), None)
        if latest is not None and (before is None or not is_same_reading(before.reading, latest.reading)):
            other[article_id] = latest
        if latest is not None:
            made.current[article_id] = latest
        if latest is not None and latest.findings is not None and before is not None:
            now = latest.findings.is_security_guarantees
            made.changes += topic_change(before.is_on_topic, now, articles[article_id].address, latest.reading.title)
    _identify(made, other, work)
    compare_claims(made, articles, work)
    made.current = other
    return made


def _clean_anew(page: PageRow, body: PageRow, work: Work) -> One:
    """A capture as today's cleaner reads it. Raises _NotReadError."""
    if body.warc_file is None or body.warc_offset is None:
        raise _NotReadError(page.url, "it has no archive record")
    path = work.place.archive / body.warc_file
    try:
        found = read_page(work.place.archive, body.warc_file, body.warc_offset)
    except OSError as error:
        raise _NotReadError(str(path), error.strerror or str(error)) from error
    except NoSuchPageError as error:
        raise _NotReadError(str(path), "a page is not where it was in it") from error
    if found.payload_sha256 != body.payload_sha256:
        raise _NotReadError(str(path), "it holds another page than it did")
    one = cleaned(found, work.place.knowledge)
    if outcome_of(one.result)[0] is Outcome.STEP_FAILED and page.outcome != Outcome.STEP_FAILED:
        raise _NotReadError(page.url, outcome_of(one.result)[1] or "cleaning failed")
    return replace(one, page=replace(one.page, fetched_at=page.fetched_at), page_id=page.page_id)


def _reread_article(
    ones: Sequence[tuple[PageRow, One]],
    article: FiledArticle,
    filed: Mapping[int, FiledReading],
    made: Reread,
    work: Work,
) -> ReadPage | None:
    """Note all of one article; returns the reading of its latest version, None where it is no article any more."""
    firsts: dict[int, One] = {}
    for page, one in ones:
        _note(page, one, made, work)
        if isinstance(one.result, Reading) and page.version_id is not None:
            firsts.setdefault(
                page.version_id, replace(one, identifier=article.identifier, article_id=article.article_id)
            )
        else:
            made.lost.add(page.page_id)
    if not firsts:
        outcome, why = outcome_of(ones[0][1].result)
        headline = next((one.reading.title for one in filed.values() if one.is_latest), "")
        made.changes.append(Change(Kind.ARTICLE_LOST, article.address, headline, "article", f"{outcome}: {why}"))
        made.gone[article.article_id] = article.address
        return None
    latest: ReadPage | None = None
    for version_id, one in firsts.items():  # in order of their earliest captures
        latest = read_article(one, version_id, work.place.knowledge)
        made.batch.articles.append(latest)
        if version_id in filed:
            made.changes += reading_changes(filed[version_id].reading, latest.reading, article.address)
    for page, one in ones:
        if page.page_id in made.lost:
            outcome, why = outcome_of(one.result)
            made.changes.append(Change(Kind.CAPTURE_LOST, article.address, "", "article", f"{outcome}: {why}"))
    return latest


def _note(page: PageRow, one: One, made: Reread, work: Work) -> PageRow:
    """The row of a capture as it is read today, counted and put into the batch; its version is left as it was."""
    outcome, why = outcome_of(one.result)
    values: dict[str, object] = {
        "outcome": outcome.value,
        "outcome_detail": why,
        "outlet": one.result.outlet,
        "cleaner_version": work.place.knowledge.cleaner_version,
        "text_sha256": keys.sha256(one.result.text_full) if isinstance(one.result, Reading) else None,
    }
    if isinstance(one.result, Dropped):
        values |= {"article_id": None, "version_id": None}
    row = page.model_copy(update=values)
    made.batch.pages.append(row)
    made.batch.outcomes.append(outcome_row(one, work.run_id, work.now))
    made.counted[one.result.outlet or "–", outcome] += 1
    return row


def reread_dropped(pages: Sequence[PageRow], work: Work) -> Reread:
    """Captures that were no article under another cleaner: some are now, and join theirs."""
    made = Reread(new_batch(work.place.knowledge), done=len(pages))
    bodies = stale.archived_as(work.place.store, pages)
    rows = {page.page_id: page for page in pages}
    found: defaultdict[int, list[One]] = defaultdict(list)
    for page in pages:
        try:
            one = _clean_anew(page, bodies[page.page_id], work)
        except _NotReadError as error:
            made.failed[error.what, error.why] += 1
            continue
        if isinstance(one.result, Reading):
            found[one.article_id].append(one)
            continue
        row = _note(page, one, made, work)
        if row.outcome != page.outcome:
            made.changes.append(
                Change(Kind.OUTCOME, one.name, "", page.outcome, f"{row.outcome}: {row.outcome_detail}")
            )
    for article_id, ones in found.items():
        _find_article(article_id, ones, rows, made, work)
    articles = stale.filed_articles(work.place.store, made.current)
    before = {read.article_id: read.reading for read in work.view.current(made.current)}
    other = {
        article: read
        for article, read in made.current.items()
        if article not in before or not is_same_reading(before[article], read.reading)
    }
    _identify(made, other, work)
    compare_claims(made, articles, work)
    made.current = other
    return made


def _find_article(article_id: int, ones: Sequence[One], rows: Mapping[int, PageRow], made: Reread, work: Work) -> None:
    knowledge, address = work.place.knowledge, ones[0].identifier
    try:
        placed = place_articles(ones, cast("Store", work.view), work.place.archive, knowledge)
        made.batch.articles += list(read_unread(placed.unread, work.place.archive, knowledge))
    except WorkFailedError as error:
        made.failed[address, str(error)] += len(ones)
        return
    made.batch.filed += placed.moved
    for one in ones:
        version, is_latest = placed.versions[one.page_id]
        read = read_article(one, version.version_id, knowledge)
        row = _note(rows[one.page_id], one, made, work)
        row = row.model_copy(update={"article_id": article_id, "version_id": version.version_id})
        made.batch.pages[-1] = row
        made.found.append(row)
        made.batch.articles.append(read)
        was = rows[one.page_id].outcome
        made.changes.append(Change(Kind.CAPTURE_FOUND, one.name, read.reading.title, was, Outcome.ARTICLE))
        if is_latest and version.first.page_id == one.page_id:
            made.current[article_id] = read
    if not work.view.holds(article_id):
        made.changes.append(Change(Kind.ARTICLE_FOUND, address, made.current[article_id].reading.title))


def retag(ids: Sequence[int], work: Work) -> Reread:
    """Today's rules over the current readings of today's cleaner; texts and readings' ids stay."""
    store, knowledge = work.place.store, work.place.knowledge
    made = Reread(new_batch(knowledge), done=len(ids))
    articles = stale.filed_articles(store, ids)
    due = [
        one
        for one in stale.current_readings(store, ids)
        if one.cleaner_version == knowledge.cleaner_version and one.rules_version != knowledge.rules_version
    ]
    parts = stale.parts_of(store, [one.reading_id for one in due])
    for one in due:
        blank = ReadPage(one.page_id, one.article_id, one.version_id, one.identifier, one.reading)
        read = with_findings(blank, knowledge)
        made.batch.articles.append(read)
        address, headline = articles[one.article_id].address, one.reading.title
        anew = stale.as_told(reading_parts(read, one.reading_id, knowledge.rules_version))
        differing = sorted(name for name in anew if anew[name] != parts[one.reading_id][name])
        kind = Kind.READING_CHANGED if differing else Kind.READING_SAME
        made.changes.append(Change(kind, address, headline, after=", ".join(differing)))
        if one.is_latest and read.findings is not None:
            made.current[one.article_id] = read
            now = read.findings.is_security_guarantees
            made.changes += topic_change(one.is_on_topic, now, address, headline)
    compare_claims(made, articles, work)
    made.current = {}
    return made


def reidentify(ids: Sequence[int], work: Work) -> Reread:
    """Whose copy each of these articles is, as if it arrived now."""
    made = Reread(new_batch(work.place.knowledge), done=len(ids))
    docs = {read.article_id: read for read in work.view.current(ids)}
    _identify(made, docs, work)
    compared = [one.article_id for one in made.batch.identities]
    filed, ties = work.view.filed_of(compared), work.view.ties_of(compared)
    same = {
        one.article_id
        for one in made.batch.identities
        if one.filed == filed.get(one.article_id)
        and _ties_of_one(one) == {tie: told for tie, told in ties.items() if one.article_id in tie[:2]}
    }
    made.batch.identities = [one for one in made.batch.identities if one.article_id not in same]
    made.batch.works = {
        article: now for article, now in made.works_after.items() if made.works_before.get(article) != now
    }
    compare_claims(made, {}, work)
    return made


def _ties_of_one(one: ArticleIdentity) -> dict[Tie, Told]:
    ties: dict[Tie, Told] = {}
    for other in one.relations:
        first, second = sorted((one.article_id, other.other_article_id))
        ties[first, second, other.kind] = (other.score, one.algorithm, other.why)
    return ties


def _identify(made: Reread, docs: Mapping[int, ReadPage], work: Work) -> None:
    """Whose copies the articles with another text are, and who is left where one dropped out."""
    view = work.view
    left = {one.article_id for one in view.work_members(made.gone)} - made.gone.keys() - docs.keys()
    before = view.ties_of({*docs, *left, *made.gone})
    parted = view.filed_of(made.gone)
    view.hide(made.gone)
    reads = dict(docs) | {read.article_id: made.current.get(read.article_id, read) for read in view.current(left)}
    view.compare_anew(reads)
    outlets = work.place.knowledge.outlets
    identities, works, redirects = copies(list(reads.values()), cast("Store", view), outlets, parted)
    before |= view.ties_of({one.article_id for one in identities} - reads.keys())
    members = {one.article_id: one.work_id for one in view.work_members(works)}
    made.works_before = {article: was for article, was in members.items() if was is not None}
    made.works_after = dict(works)
    made.batch.works, made.batch.redirects = works, redirects
    made.batch.identities = [*identities, *(ArticleIdentity(one, one, None, ALGORITHM) for one in sorted(made.gone))]
    made.ties_before = set(before)
    made.ties_after = {tie for one in identities for tie in _ties_of_one(one)}
