"""`zaporuka search`: find articles by words in any inflected form, or show the page of one by its address."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    command,
    day_option,
    opened,
    place_options,
    say,
    say_json,
    say_table,
)
from flows.errors import UserError
from storage.terms import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.story_page import Page


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Words in English, Ukrainian or Russian, all of which must occur; or one address."),
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", help="Only articles on this topic of the codebook, or one of your own.")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Only this outlet (slug, name or host).")] = None,
    language: Annotated[Language | None, typer.Option("--language", help="Only this language.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Published on or after this day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Published on or before this day, YYYY-MM-DD.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to show.")] = 20,
    full: Annotated[bool, typer.Option("--full", help="Of an article's page: everything, whole sentences.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find articles that hold all words, in any inflected form; headline hits first, then the newest.

    With an address: that article's page, with its versions and what changed in each, copies, story and claims.
    Example: zaporuka search "гарантії безпеки" --language uk
    """
    from flows.article_page import is_address

    words = words or []
    if is_address(words):
        _refuse({"--topic": topic, "--outlet": outlet, "--language": language, "--from": since, "--to": until})
        _show_page(words[0].strip(), home, database, full=full, as_json=as_json)
        return
    if full:
        message = "--full is for an article's page; give its address, or leave --full out."
        raise UserError(message)
    _show_hits(words, topic, outlet, language, (since, until), limit, home, database, as_json=as_json)


def _refuse(given: "Mapping[str, str | None]") -> None:
    """Raises UserError for options that choose among articles where an address names one."""
    if named := [name for name, value in given.items() if value is not None]:
        message = f"An address names one article; leave out {' and '.join(named)}."
        raise UserError(message)


def _show_hits(
    words: list[str],
    topic: str | None,
    outlet: str | None,
    language: Language | None,
    days: tuple[str | None, str | None],
    limit: int,
    home: Path | None,
    database: str | None,
    *,
    as_json: bool,
) -> None:
    """Print the articles that hold all words and are on the topic."""
    from crawlers.outlet import UNLISTED_SLUG, outlet_called
    from flows.coverage import coverage_in_words, coverage_of
    from flows.lexicon import load_lexicon
    from flows.outlets import known_outlets
    from flows.settings import read_settings
    from flows.steps.lemmas import words_asked

    from_on, to_on = day_option(days[0], "--from"), day_option(days[1], "--to")
    if from_on and to_on and from_on > to_on:
        message = f"--from {from_on} is later than --to {to_on}; swap them."
        raise UserError(message)
    asked = words_asked(" ".join(words))
    if not asked and (words or topic is None):
        message = "Nothing to search for; give a word of letters or digits, or a --topic."
        raise UserError(message)
    settings = read_settings(home, database)
    if topic is not None and topic not in (topics := load_lexicon(settings.lexicon).topics):
        message = f"No topic {topic!r}. Known: {', '.join(sorted(topics))}."
        raise UserError(message)
    slug = None
    if outlet is not None:
        known = dict(known_outlets(settings.outlets))
        found = outlet_called(outlet, known)
        slug = found.slug if found else outlet if outlet == UNLISTED_SLUG else None
        if slug is None:
            message = f"No outlet {outlet!r}. Known: {', '.join(known)}, {UNLISTED_SLUG}."
            raise UserError(message)
    with opened(settings) as store:
        hits = store.search(
            asked,
            limit,
            outlet=slug,
            language=language,
            from_on=from_on,
            to_on=to_on,
            topic=topic,
        )
        coverage = coverage_of(store, until=to_on, outlet=slug)
        if as_json:
            say_json(
                {
                    "is_demo": store.is_demo,
                    "asked": asked,
                    "topic": topic,
                    "limit": limit,
                    "searched": coverage,
                    "hits": [asdict(hit) for hit in hits],
                }
            )
            return
        if store.is_demo:
            say(DEMO_BANNER)
        if hits:
            say_table(
                ("published", "outlet", "", "headline", "address"),
                [(hit.published_on, hit.outlet, hit.language, hit.headline, hit.url) for hit in hits],
            )
            if len(hits) == limit:
                say(f"The first {limit}; --limit shows more.")
        else:
            held = f" holds all of: {' '.join(words)} (searched as {', '.join(asked)})" if asked else ""
            on = f" is on {topic}" if topic else ""
            say(f"No article{' and'.join(part for part in (on, held) if part)}.")
        say(f"\nSearched: {coverage_in_words(coverage)}")


def _show_page(address: str, home: Path | None, database: str | None, *, full: bool, as_json: bool) -> None:
    """Print the page of the article at an address."""
    from flows.article_page import article_at, whole
    from flows.cli.pages_text import page_lines, terminal_width
    from flows.outlets import known_outlets
    from flows.settings import read_settings
    from flows.story_page import page_of, page_values

    settings = read_settings(home, database)
    place = place_options(home, database)
    with opened(settings) as store:
        number = article_at(store, address, known_outlets(settings.outlets), command("ingest", whole(address), *place))
        page = page_of(store, number)
    if as_json:
        say_json(page_values(page))
        return
    for line in page_lines(page, terminal_width(), everything=full):
        say(line)
    steps = _next_steps(page, address, place, full=full)
    if steps:
        say("\nNext:")
    for line in steps:
        say(f"  {line}")


def _next_steps(page: "Page", address: str, place: list[str], *, full: bool) -> list[str]:
    """Commands that lead on from an article's page."""
    steps = [] if full else [command("search", address, "--full", *place)]
    shown = [one.claim.claim.guarantor for one in page.claims if one.on_ledger and one.on_ledger.status == "current"]
    steps += [command("ledger", who, "--why", *place) for who in shown[:1]]
    others = [one.other.url for one in (*page.copies, *page.translations) if one.other.url]
    return steps + [command("search", url, *place) for url in others[:1]]
