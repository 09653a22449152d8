"""The outlets the program knows, with a user's own."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from crawlers.outlet import Outlet, OutletFileError, all_outlets
from flows.errors import UserError


def known_outlets(own_folder: Path | None) -> Mapping[str, Outlet]:
    """All outlets by slug.

    Raises UserError naming file and field for an outlet file that cannot be used.
    """
    try:
        return all_outlets(own_folder)
    except OutletFileError as error:
        raise UserError(str(error)) from error


def nobody(words: str, outlets: Mapping[str, Outlet]) -> UserError:
    """The error for a name no outlet bears, with those that look like it."""
    names = {name.casefold(): slug for slug, one in outlets.items() for name in (slug, one.name, *one.names)}
    close = dict.fromkeys(names[name] for name in get_close_matches(words.casefold(), names, n=3))
    if close:
        return UserError(f"No outlet {words!r}. Did you mean {' or '.join(close)}? `zaporuka outlets list` names all.")
    return UserError(f"No outlet {words!r}. Known: {', '.join(outlets)}.")
