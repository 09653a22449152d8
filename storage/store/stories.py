"""Stories on file: which articles wait for one, whom they are like, and writing what was reckoned."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.dialect import upsert
from storage.models import TABLES, RedirectKind
from storage.store.transactions import chunks, delete_gone, rows_where
from storage.terms import CopyKind, Factuality, Language, ReportType

_TIES = frozenset({CopyKind.EXACT.value, CopyKind.NEAR.value, CopyKind.TRANSLATION.value})
_UNTOLD = frozenset({Factuality.NEGATED.value, Factuality.QUESTION.value})
_ALIKE = CopyKind.SAME_EVENT.value


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article on file, its story (None: to be told anew), and its relations. `published_at` is in UTC.

    `tied` are its copies and translations, `like` maps articles that tell of one event with it to the score.
    """

    article_id: int
    published_at: datetime | None
    story_id: int | None
    tied: frozenset[int]
    like: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class TopicalArticle:
    """An article in whose current reading topics or claims were found, and what of it is cheap to compare.

    `steps` are (guarantor, document, stage, first day, last day, whether it is told rather than denied or asked);
    what only repeats an older step is none. Articles of one `text_sha256` have the same text.
    """

    article_id: int
    story_id: int | None
    published_at: datetime
    language: Language
    headline: str
    text_sha256: str
    steps: tuple[tuple[str, str, str, date | None, date | None, bool], ...]
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameEvent:
    """Two articles, the lower id first, that tell of one event: the score, and the signals that decided."""

    article_id: int
    other_article_id: int
    score: float
    why: tuple[str, ...]


def waiting_for_story(connection: Connection, limit: int) -> list[int]:
    """Articles with a text that are under no story, in order of publication."""
    articles = TABLES["articles"]
    query = sa.select(articles.c.article_id).where(
        articles.c.story_id.is_(None), articles.c.current_reading_id.is_not(None)
    )
    query = query.order_by(articles.c.published_day.is_(None), articles.c.published_day, articles.c.article_id)
    return [row.article_id for row in connection.execute(query.limit(limit))]


def story_members(
    connection: Connection, article_ids: Iterable[int], story_ids: Iterable[int] = ()
) -> list[StoryMember]:
    """These articles and all members of these stories, as far as they are on file, by article id."""
    names = ["article_id", "published_at", "story_id"]
    rows = rows_where(connection, "articles", "story_id", sorted(set(story_ids)), names)
    rows += rows_where(connection, "articles", "article_id", sorted(set(article_ids)), names)
    found = {row["article_id"]: row for row in rows}
    tied: defaultdict[int, set[int]] = defaultdict(set)
    like: defaultdict[int, dict[int, float]] = defaultdict(dict)
    ends = ("article_id", "other_article_id")
    for ours, theirs in (ends, ends[::-1]):
        for row in rows_where(connection, "relations", ours, sorted(found), [*ends, "kind", "score"]):
            if row["kind"] in _TIES:
                tied[row[ours]].add(row[theirs])
            else:
                like[row[ours]][row[theirs]] = row["score"]
    others = {one for ids in (*tied.values(), *like.values()) for one in ids}
    alive = {row["article_id"] for row in rows_where(connection, "articles", "article_id", sorted(others), names[:1])}
    return [
        StoryMember(
            article,
            row["published_at"],
            row["story_id"],
            frozenset(tied[article] & alive),
            {other: score for other, score in like[article].items() if other in alive},
        )
        for article, row in sorted(found.items())
    ]


def topical_articles(connection: Connection, days: Iterable[tuple[int, int]]) -> list[TopicalArticle]:
    """Articles with topics or claims published in these ranges of days (first, last; days since 1970), by id."""
    articles, readings, tags, claims = (TABLES[name] for name in ("articles", "readings", "tags", "claims"))
    rows: dict[int, sa.RowMapping] = {}
    for first, last in days:
        query = sa.select(
            *(articles.c[name] for name in ("article_id", "story_id", "published_at", "language", "headline")),
            articles.c.current_reading_id,
            readings.c.text_sha256,
        )
        query = query.join(readings, readings.c.reading_id == articles.c.current_reading_id).where(
            articles.c.published_day.between(first, last),
            articles.c.published_at.is_not(None),
            sa.or_(
                *(sa.exists().where(table.c.reading_id == articles.c.current_reading_id) for table in (tags, claims))
            ),
        )
        rows |= {row["current_reading_id"]: row for row in connection.execute(query).mappings()}
    steps: defaultdict[int, list[tuple[str, str, str, date | None, date | None, bool]]] = defaultdict(list)
    told = ("reading_id", "guarantor", "document", "stage", "event_on_min", "event_on_max", "factuality", "report_type")
    for row in rows_where(connection, "claims", "reading_id", rows, told):
        _, guarantor, document, stage, first_on, last_on, factuality, report_type = (row[name] for name in told)
        if report_type == ReportType.RESTATEMENT:
            continue
        steps[row["reading_id"]].append((guarantor, document, stage, first_on, last_on, factuality not in _UNTOLD))
    persons: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows_where(connection, "person_mentions", "reading_id", rows, ["reading_id", "name"]):
        persons[row["reading_id"]].append(row["name"])
    return [
        TopicalArticle(
            row["article_id"],
            row["story_id"],
            row["published_at"],
            Language(row["language"]),
            row["headline"],
            row["text_sha256"],
            tuple(sorted(steps[reading], key=repr)),
            tuple(sorted(persons[reading])),
        )
        for reading, row in sorted(rows.items(), key=lambda one: one[1]["article_id"])
    ]


def reopen_stories(connection: Connection, articles: Collection[int]) -> None:
    """Let the stories of these articles, and of those like them, be told anew, since their texts change.

    Until that is done the id of such a story leads to its second member.
    """
    ids = sorted(articles)
    touched = set(ids)
    ends = ("article_id", "other_article_id")
    for ours, theirs in (ends, ends[::-1]):
        for row in rows_where(connection, "relations", ours, ids, [*ends, "kind"]):
            touched.add(row[theirs])
    held = rows_where(connection, "articles", "article_id", sorted(touched), ["story_id"])
    stories = sorted({row["story_id"] for row in held if row["story_id"] is not None})
    members: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows_where(connection, "articles", "story_id", stories, ["article_id", "story_id"]):
        members[row["story_id"]].append(row["article_id"])
    redirects = [
        _redirect(story, min((one for one in held_by if one != story), default=story), "the story is told anew")
        for story, held_by in sorted(members.items())
    ]
    upsert(connection, TABLES["redirects"], redirects)
    table = TABLES["articles"]
    for part in chunks(stories):
        connection.execute(sa.update(table).where(table.c.story_id.in_(part)).values(story_id=None))


def write_stories(
    connection: Connection,
    compared: Collection[int],
    pairs: Sequence[SameEvent],
    stories: Mapping[int, int],
    algorithm: str,
) -> Counter[str]:
    """File articles under stories, replace what the compared ones are like; returns rows changed by table.

    Ids of stories that have no member any more lead to where their first article went.
    """
    done: Counter[str] = Counter()
    rows = [
        {"article_id": one.article_id, "other_article_id": one.other_article_id, "kind": _ALIKE}
        | {"score": one.score, "algorithm": algorithm, "why": list(one.why)}
        for one in pairs
    ]
    others = _ties_to_keep(connection, compared)
    for owner in ("article_id", "other_article_id"):
        done["relations"] += delete_gone(connection, "relations", owner, compared, [*rows, *others])
    done["relations"] += upsert(connection, TABLES["relations"], rows)
    names = ["article_id", "story_id"]
    before = {
        row["article_id"]: row["story_id"] for row in rows_where(connection, "articles", "article_id", stories, names)
    }
    moved = {one: story for one, story in stories.items() if one in before and before[one] != story}
    table = TABLES["articles"]
    if moved:
        done["articles"] += len(moved)
        move = (
            sa.update(table).where(table.c.article_id == sa.bindparam("moved")).values(story_id=sa.bindparam("story"))
        )
        connection.execute(move, [{"moved": one, "story": story} for one, story in sorted(moved.items())])
    went = {old: stories[one] for one, old in sorted(before.items(), reverse=True) if old is not None and one in moved}
    done["redirects"] += _redirect_stories(connection, moved, went)
    return done


def _ties_to_keep(connection: Connection, articles: Collection[int]) -> list[dict[str, object]]:
    """Copies and translations of the articles, by their keys."""
    names = ["article_id", "other_article_id", "kind"]
    return [
        row
        for owner in names[:2]
        for row in rows_where(connection, "relations", owner, sorted(articles), names)
        if row["kind"] in _TIES
    ]


def _redirect_stories(connection: Connection, moved: Mapping[int, int], went: Mapping[int, int]) -> int:
    """Lead ids of stories without members to where they went; those that have members again lead nowhere."""
    redirects = TABLES["redirects"]
    on_file = {
        row["old_id"]: row["new_id"]
        for name in ("old_id", "new_id")
        for row in rows_where(connection, "redirects", name, sorted(moved), ["kind", "old_id", "new_id"])
        if row["kind"] == RedirectKind.STORY.value
    }
    asked = sorted({*on_file, *went, *moved})
    alive = {row["story_id"] for row in rows_where(connection, "articles", "story_id", asked, ["story_id"])}
    given_up = [old for old in sorted({*on_file, *went}) if old not in alive]
    ends = sorted({*given_up, *(on_file[old] for old in given_up if old in on_file)})
    names = ["article_id", "story_id"]
    story_of = {
        row["article_id"]: row["story_id"] for row in rows_where(connection, "articles", "article_id", ends, names)
    }
    rows = []
    for old in given_up:
        new = story_of.get(old) or went.get(old) or story_of.get(on_file.get(old, old))
        if new is not None and new != old:
            rows.append(_redirect(old, new, "the story has an earlier article"))
    again = sorted(alive & on_file.keys())
    for part in chunks(again):
        connection.execute(
            sa.delete(redirects).where(redirects.c.kind == RedirectKind.STORY.value, redirects.c.old_id.in_(part))
        )
    return len(again) + upsert(connection, redirects, rows)


def _redirect(old: int, new: int, reason: str) -> dict[str, object]:
    return {"kind": RedirectKind.STORY.value, "old_id": old, "new_id": new, "reason": reason}
