"""Stories kept up as texts arrive: whom a new text is like, and which stories that begins, joins or parts.

An article whose text is new or changed is under no story until this has run; so what a killed run left is taken up
by the next, and nothing is told twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flows.steps.accounts import Account, Step, account
from flows.steps.alike import ENOUGH, SPAN, keys_of, may_be_one_event, score
from flows.steps.stories import Member, settle
from storage import keys
from storage.store import SameEvent, Store, StoryMember, TopicalArticle

ALGORITHM = "story-2"
BATCH = 1_000
"""Articles, with their copies, that are told anew in one transaction."""


def keep_stories(store: Store, also: Iterable[int] = ()) -> Counter[str]:
    """Bring the stories up to date with the texts on file; returns rows changed by table.

    `also` are articles in which other topics, claims or persons were found than before.
    """
    store.reopen_stories(sorted(set(also)))
    done: Counter[str] = Counter()
    read: dict[int, Account] = {}
    while waiting := store.waiting_for_story(BATCH):
        members = _with_copies(waiting, store)
        new = {one for one, member in members.items() if member.story is None}
        pairs = _alike([members[one] for one in sorted(new)], read, store)
        stories = _settled(members, pairs, new, store)
        done += store.write_stories(sorted(new), pairs, stories, ALGORITHM)
    return done


def _with_copies(articles: Iterable[int], store: Store) -> dict[int, Member]:
    """The articles with all that copies and translations tie to them."""
    found: dict[int, Member] = {}
    asked = set(articles)
    while asked:
        found |= _members(store.story_members(asked))
        asked = {other for one in found.values() for other in one.tied} - found.keys()
    return found


def _members(rows: Iterable[StoryMember]) -> dict[int, Member]:
    return {one.article_id: Member(one.article_id, one.published_at, one.story_id, one.tied, one.like) for one in rows}


def _alike(members: Sequence[Member], read: dict[int, Account], store: Store) -> list[SameEvent]:
    """Pairs that tell of one event, of two of these articles or of one of them and one that has its story.

    Copies and translations of each other are not asked. `read` are accounts of texts read before; it is left with
    those that the next articles may be compared with.
    """
    new = {one.article_id for one in members}
    days = {keys.kyiv_day(one.published) for one in members if one.published}
    known = {
        one.article_id: one
        for one in store.topical_articles(_ranges(keys.day_number(day) for day in days))
        if one.story_id is not None or one.article_id in new
    }
    tied = {(min(one.article_id, other), max(one.article_id, other)) for one in members for other in one.tied}
    asked = _candidates(known, new) - tied
    _read_accounts(known, {one for pair in asked for one in pair}, read, store)
    found: list[SameEvent] = []
    for one, other in sorted(asked):
        if one in read and other in read:
            alike, why = score(read[one], read[other])
            if alike >= ENOUGH:
                found.append(SameEvent(one, other, alike, why))
    return found


def _ranges(days: Iterable[int]) -> list[tuple[int, int]]:
    """The days around these in which articles of one story may lie, as ranges that do not meet."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        first, last = day - SPAN.days - 1, day + SPAN.days + 1
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _candidates(known: Mapping[int, TopicalArticle], new: set[int]) -> set[tuple[int, int]]:
    """Pairs of a new article and another that may tell of one event; those of one and the same text are copies."""
    short = {article: _account(one, "") for article, one in known.items()}
    wanted = {key for article in new & known.keys() for key in keys_of(short[article])}
    filed: defaultdict[tuple[str, ...], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for article, one in known.items():
        for key in keys_of(short[article]) & wanted:
            filed[key][one.text_sha256].append(article)
    pairs = {
        (min(one, other), max(one, other))
        for texts in filed.values()
        for text, ours in texts.items()
        for one in ours
        if one in new
        for other_text, theirs in texts.items()
        if other_text != text
        for other in theirs
    }
    return {(one, other) for one, other in pairs if may_be_one_event(short[one], short[other])}


def _account(one: TopicalArticle, text: str) -> Account:
    steps = [Step(*step) for step in one.steps]
    return account(
        one.headline, text, published=one.published_at, language=one.language, steps=steps, persons=one.persons
    )


def _read_accounts(
    known: Mapping[int, TopicalArticle], wanted: set[int], read: dict[int, Account], store: Store
) -> None:
    """Read the texts that were not read before, and forget those out of reach."""
    for gone in read.keys() - known.keys():
        del read[gone]
    for text in store.texts_of(sorted(wanted - read.keys())):
        body = "\n\n".join(one.text for one in text.paragraphs)
        read[text.article_id] = _account(known[text.article_id], body)


def _settled(members: dict[int, Member], pairs: Iterable[SameEvent], new: set[int], store: Store) -> dict[int, int]:
    """The stories of all articles whose story is another now, with what of the file that takes."""
    like: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for pair in pairs:
        like[pair.article_id][pair.other_article_id] = pair.score
        like[pair.other_article_id][pair.article_id] = pair.score
    known = _compared_anew(members, like, new)
    whole: set[int] = set()
    while not (settled := settle(known.values(), whole)).is_whole:
        whole |= settled.missing_stories
        more = _members(store.story_members(settled.missing, settled.missing_stories))
        gone = settled.missing - more.keys()
        known |= _compared_anew({one: member for one, member in more.items() if one not in known}, like, new)
        if gone:
            known = {one: _without(member, gone) for one, member in known.items()}
    return settled.stories


def _compared_anew(
    members: Mapping[int, Member], like: Mapping[int, Mapping[int, float]], new: set[int]
) -> dict[int, Member]:
    """The members with what was found now in the place of what was on file of the new ones."""
    return {
        article: Member(
            article,
            one.published,
            one.story,
            one.tied,
            {other: score for other, score in one.like.items() if article not in new and other not in new}
            | dict(like.get(article, {})),
        )
        for article, one in members.items()
    }


def _without(member: Member, gone: frozenset[int]) -> Member:
    kept = {other: score for other, score in member.like.items() if other not in gone}
    return Member(member.article_id, member.published, member.story, member.tied - gone, kept)
