"""`zaporuka outlets new`: a first draft of an outlet's file and of its first case."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.common import JsonOption, command, say, say_json
from flows.errors import UserError


def new(
    slug: Annotated[str, typer.Argument(help="A short name for it in small Latin letters, like my-paper.")],
    url: Annotated[str, typer.Argument(help="The address of one of its articles.")],
    page: Annotated[
        Path | None, typer.Option("--page", help="The article as saved in a browser; then nothing is fetched.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Your folder of outlet files. Default: ZAPORUKA_OUTLETS.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Draft the file of an outlet from one of its articles, with that article as its first case, still to be checked.

    The page and the site's robots file are fetched politely, which needs ZAPORUKA_CONTACT. No file is written over.
    Example: zaporuka outlets new my-paper https://my.example/news/some-article
    """
    from flows.edge import fetching_of
    from flows.lexicon.clutter import load_clutter
    from flows.outlet_new import check_new, draft, fetch_found, files_of, saved_found, write
    from flows.outlets import known_outlets
    from flows.settings import read_settings
    from storage.keys import kyiv_day

    settings = read_settings()
    target = folder or settings.outlets
    if target is None:
        message = "Where to? Name your folder of outlet files with ZAPORUKA_OUTLETS or --folder."
        raise UserError(message)
    known = known_outlets(target if target.is_dir() or folder is None else None)
    files = files_of(slug, target)
    check_new(slug, url, known)
    if page is None:
        fetching_of(settings)  # what was asked wrongly is said before anything starts
        found = fetch_found(url, settings)
    else:
        found = saved_found(url, page)
    outlet, made = draft(slug, url, found, known, load_clutter(), kyiv_day(datetime.now(UTC)))
    write(files, outlet, found, made)
    if as_json:
        say_json(
            {
                "files": [str(path) for path in (files.outlet, files.page, files.expectation)],
                "guessed": [fact.what for fact in outlet.facts],
            }
        )
        return
    say(f"Written, and all of it a draft:\n  {files.outlet}\n  {files.page}\n  {files.expectation}\n")
    say("Guessed, each to be looked at:")
    for fact in outlet.facts:
        say(f"  {fact.what}")
    say(f"\nRead {files.expectation.name} against the page, then write your name into its checked_by.")
    if settings.outlets is None or settings.outlets.absolute() != target.absolute():
        say(f"For this and later commands:  export ZAPORUKA_OUTLETS={target}")
    say(f"Next:  {command('outlets', 'check', slug)}")
