"""The outlets the program knows, with a user's own."""

from collections.abc import Mapping
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
