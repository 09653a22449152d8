"""`zaporuka cite`: one claim with all that a reader needs to find its words again."""

from typing import Annotated

import typer

from flows.cli.common import DatabaseOption, HomeOption, JsonOption, opened, say, say_json
from flows.errors import UserError


def cite(
    asked: Annotated[
        list[str],
        typer.Argument(
            help="A claim's number, a ledger line (JP/bilateral/signed), or a guarantor and a step (japan signed).",
            metavar="CLAIM_OR_LINE",
        ),
    ],
    as_bibtex: Annotated[bool, typer.Option("--bibtex", help="Print a BibTeX entry.")] = False,
    home: HomeOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cite a claim: address, outlet, times, hash and place of the capture, version, quote with offsets, rules.

    Of a ledger line the claim is cited that it shows first. Example: zaporuka cite JP/bilateral/signed --bibtex
    """
    from flows.cite import citation_of, claim_asked
    from flows.cite_words import bibtex, citation_lines, citation_values
    from flows.guarantors import code_of
    from flows.settings import read_settings

    if as_bibtex and as_json:
        message = "Give --bibtex or --json; the JSON holds the BibTeX entry."
        raise UserError(message)
    settings = read_settings(home, database)
    with opened(settings) as store:
        found = claim_asked(asked, store, lambda who: code_of(who, store, settings.lexicon))
        cited = citation_of(store, found)
        name = found.line or cited.line
        line = next((one for one in store.ledger_lines() if one.line == name), None)
        is_demo = store.is_demo
    if as_json:
        say_json(citation_values(cited, found, line, is_demo=is_demo))
    elif as_bibtex:
        say(bibtex(cited, is_demo=is_demo))
    else:
        for text in citation_lines(cited, found, line, settings.archive, is_demo=is_demo):
            say(text)
