"""`zaporuka outlets`: who is read, and all that is known about each."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli import outlets_check, outlets_new
from flows.cli.common import JsonOption, say, say_json, say_table

if TYPE_CHECKING:
    from crawlers.outlet import Outlet

app = typer.Typer(help="Who is read, and all that is known about each outlet.", rich_markup_mode=None)
app.command("check")(outlets_check.check)
app.command("new")(outlets_new.new)


@app.command("list")
def list_outlets(as_json: JsonOption = False) -> None:
    """List all outlets.

    Example: zaporuka outlets list
    """
    outlets = _outlets()
    if as_json:
        say_json([outlet.model_dump(mode="json") for outlet in outlets.values()])
        return
    rows = [(o.slug, o.name, " ".join(o.languages), o.kind, o.side, o.tier, _refuses(o)) for o in outlets.values()]
    say_table(("outlet", "name", "languages", "kind", "side", "tier", "known to block"), rows)
    say(f"\n{len(rows)} outlets. Pages of other hosts are filed under 'unlisted'.")
    if rows:
        say(f"Next:  zaporuka outlets show {rows[0][0]}")


@app.command("show")
def show(
    slug: Annotated[str, typer.Argument(help="The outlet's slug, as `outlets list` prints it.")],
    as_json: JsonOption = False,
) -> None:
    """Show the facts of one outlet, how sure each is and when it was last seen to hold.

    Example: zaporuka outlets show ukrinform
    """
    from crawlers.outlet import UNLISTED, UNLISTED_SLUG, outlet_called
    from flows.outlets import nobody

    outlets = _outlets()
    outlet = outlet_called(slug, {**outlets, UNLISTED_SLUG: UNLISTED})
    if outlet is None or outlet.slug not in {*outlets, UNLISTED_SLUG}:
        raise nobody(slug, outlets)
    if as_json:
        say_json(outlet.model_dump(mode="json"))
        return
    say(f"{outlet.name} ({outlet.slug}) · {outlet.kind} · side {outlet.side} · {outlet.tier} · {outlet.homepage}")
    for edition in outlet.editions:
        say(f"  {edition.language}: {', '.join(edition.hosts)}{edition.path_prefix}")
    facts: list[tuple[str, object]] = [
        ("article URLs", "  ".join(outlet.article_url)),
        ("not articles", "  ".join(outlet.not_article_url)),
        ("body", "  ".join(outlet.body)),
        ("clutter", "  ".join(outlet.clutter)),
        ("pace", f"at least {outlet.crawl_delay:g} s between requests"),
        ("blocks", "known to block; recorded as blocked, never evaded" if outlet.known_to_block else "not known to"),
        ("rights", outlet.rights),
        ("terms", outlet.terms_url),
    ]
    for name, value in facts:
        if value:
            say(f"  {name:13} {value}")
    for index in outlet.indexes:
        say(f"  {index.kind:13} {index.url}{'  (may be blocked)' if index.may_be_blocked else ''}")
    for fact in outlet.facts:
        say(f"  [{fact.confidence}] {fact.what}{f' (seen {fact.seen_on})' if fact.seen_on else ''}")


def _refuses(outlet: "Outlet") -> str:
    if outlet.known_to_block:
        return "yes"
    return "some indexes" if any(index.may_be_blocked for index in outlet.indexes) else ""


def _outlets() -> Mapping[str, "Outlet"]:
    from flows.outlets import known_outlets
    from flows.settings import read_settings

    return known_outlets(read_settings().outlets)
