"""Whose page it is: the user's word, else the URL's host, else house style, else nobody listed."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawlers.outlet import UNLISTED, Outlet, outlet_called, outlet_of_url
from storage.terms import OutletSource


def host_of(url: str | None) -> str:
    """Lower-case host of a URL without `www.` and trailing dot; empty for a URL without one."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def _by_url(url: str | None, outlets: Mapping[str, Outlet]) -> Outlet | None:
    if not url:
        return None
    try:
        return outlet_of_url(url, dict(outlets))
    except ValueError:
        return None


def guess_outlet(
    given: str | None, url: str | None, text: str | None, outlets: Mapping[str, Outlet]
) -> tuple[Outlet, OutletSource]:
    """The outlet and how it was decided.

    `given` is a slug, a name or a host; one that nobody described falls through to the URL. `text` is flattened text,
    for which the outlet whose house marks hit most often is taken; two outlets with equally many hits are none.
    """
    named = outlet_called(given, dict(outlets)) if given else None
    if named:
        return named, OutletSource.GIVEN
    by_url = _by_url(url, outlets)
    if by_url:
        return by_url, OutletSource.URL
    if text:
        hits = {
            slug: sum(re.search(mark, text, re.IGNORECASE | re.MULTILINE) is not None for mark in outlet.house_marks)
            for slug, outlet in outlets.items()
        }
        best = max(hits.values(), default=0)
        leaders = [slug for slug, count in hits.items() if count == best]
        if best and len(leaders) == 1:
            return outlets[leaders[0]], OutletSource.HOUSE_STYLE
    return UNLISTED, OutletSource.UNLISTED
