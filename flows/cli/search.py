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
    outlet: Annotated[str | None, typer.Option("--outlet", help="Only this outlet (slug).")] = None,
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
    from flows.coverage import coverage_in_words, coverage_of
    from flows.settings import read_settings
    from flows.steps.lemmas import words_asked

    asked = words_asked(" ".join(words))
    if not asked:
        message = "Nothing to search for; give a word of letters or digits."
        raise UserError(message)
    with opened(read_settings(home, database)) as store:
        hits = store.search(
            asked,
            limit,
            outlet=outlet,
            language=language,
            from_on=day_option(since, "--from"),
            to_on=day_option(until, "--to"),
        )
        if as_json:
            say_json({"is_demo": store.is_demo, "asked": asked, "hits": [asdict(hit) for hit in hits]})
            return
        if store.is_demo:
            say(DEMO_BANNER)
        if hits:
            say_table(
                ("published", "outlet", "", "headline", "address"),
                [(hit.published_on, hit.outlet, hit.language, hit.headline, hit.url) for hit in hits],
            )
        else:
            say(f"No article holds all of: {', '.join(asked)}.")
        say(f"\nSearched: {coverage_in_words(coverage_of(store))}")
