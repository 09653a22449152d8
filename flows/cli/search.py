"""`zaporuka search`: find articles by words in any inflected form."""

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.common import (
    DEMO_BANNER,
    DatabaseOption,
    HomeOption,
    JsonOption,
    day_option,
    opened,
    say,
    say_json,
    say_table,
)
from flows.errors import UserError
from storage.terms import Language


def search(
    words: Annotated[list[str], typer.Argument(help="Words in English, Ukrainian or Russian; all must occur.")],
    outlet: Annotated[str | None, typer.Option("--outlet", help="Only this outlet (slug, name or host).")] = None,
    language: Annotated[Language | None, typer.Option("--language", help="Only this language.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Published on or after this day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Published on or before this day, YYYY-MM-DD.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to show.")] = 20,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find articles that hold all words, in any inflected form; headline hits first, then the newest.

    Example: zaporuka search "гарантії безпеки" --language uk
    """
    from crawlers.outlet import UNLISTED_SLUG, outlet_called
    from flows.coverage import coverage_in_words, coverage_of
    from flows.outlets import known_outlets
    from flows.settings import read_settings
    from flows.steps.lemmas import words_asked

    from_on, to_on = day_option(since, "--from"), day_option(until, "--to")
    if from_on and to_on and from_on > to_on:
        message = f"--from {from_on} is later than --to {to_on}; swap them."
        raise UserError(message)
    asked = words_asked(" ".join(words))
    if not asked:
        message = "Nothing to search for; give a word of letters or digits."
        raise UserError(message)
    settings = read_settings(home, database)
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
        )
        coverage = coverage_of(store, until=to_on, outlet=slug)
        if as_json:
            say_json(
                {
                    "is_demo": store.is_demo,
                    "asked": asked,
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
            say(f"No article holds all of: {' '.join(words)} (searched as {', '.join(asked)}).")
        say(f"\nSearched: {coverage_in_words(coverage)}")
