"""Whether an outlet's file says enough, contradicts nobody, and reads its cases as a careful reader would.

Nothing is fetched.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.outlet import BUILT_IN, Index, Outlet
from flows.outlet_cases import CaseError, case_files, differences, read_case, result_of
from flows.plan import NIGHTLY_KINDS, address
from flows.steps.clean.clutter import Clutter

OWN_CASES = "cases"
"""Folder beside a user's own outlet files that holds their cases, a folder an outlet."""

BUILT_IN_CASES = BUILT_IN.parents[1] / "tests" / "outlets"
"""Cases of the built-in outlets; only in a copy of the repository, not in what is installed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found at one outlet: how many checks were made, how many cases read, and a line a failure.

    `cases` is None where its cases are not on this machine. `by_other_roads` are languages of editions that no index
    of the night is for: that fails nothing, since the other editions' may name them, or nobody knows any.
    """

    outlet: str
    checks: int
    cases: int | None
    failures: tuple[str, ...]
    by_other_roads: tuple[str, ...] = ()


def cases_folder(slug: str, own_folder: Path | None, built_in: Mapping[str, Outlet]) -> Path | None:
    """Where the cases of an outlet lie; None for a built-in outlet without the repository."""
    if slug not in built_in:
        return (own_folder or Path()) / OWN_CASES / slug
    return BUILT_IN_CASES / slug if BUILT_IN_CASES.is_dir() else None


def check_outlet(
    outlet: Outlet, outlets: Mapping[str, Outlet], clutter: Clutter, cases: Path | None, today: date
) -> Checked:
    """Check the facts of one outlet against those of all, and its cases; `today` is a Kyiv day.

    That the file loads, that its patterns and selectors compile and that no host is another's has been seen by then.
    """
    found = [*_facts(outlet, outlets, today)]
    count = None
    if cases is not None:
        count, of_cases = _cases(outlets, clutter, cases)
        found += of_cases
    without = tuple(one for one in outlet.languages if not night_indexes(outlet, one))
    return Checked(outlet.slug, len(found), count, tuple(one for one in found if one), without)


def _facts(outlet: Outlet, outlets: Mapping[str, Outlet], today: date) -> Iterator[str | None]:
    """One item a check: what to do, or None where all is well."""
    yield from _addresses(outlet, outlets)
    yield from _indexes(outlet, today)
    yield _unless(bool(outlet.body), "body: no selector; name the element that holds an article's text")
    yield _unless(bool(outlet.facts), "facts: none; state how sure you are of what the file says, and since when")
    if outlet.id_in_url:
        has_group = re.compile(outlet.id_in_url).groups >= 1
        yield _unless(has_group, "id_in_url: has no group 1; put the number of an article in ( )")
    if outlet.moment_in_url:
        has_moment = any(outlet.moment_of(url) for url in outlet.examples)
        yield _unless(has_moment, "moment_in_url: finds no moment in any example; mend one of them")


def _addresses(outlet: Outlet, outlets: Mapping[str, Outlet]) -> Iterator[str | None]:
    yield _unless(bool(outlet.examples), "examples: none; add an article's address of each form")
    for url in outlet.examples:
        yield _claimed(url, outlet, outlets)
    for pattern in outlet.article_url if outlet.examples else ():
        fits = any(re.search(pattern, url) for url in outlet.examples)
        yield _unless(fits, f"article_url: no example fits {pattern!r}; add one, or remove the pattern")
    home = outlet.homepage
    yield _unless(outlet.edition_of(home) is not None, f"homepage: {home} is in no edition; mend hosts or homepage")
    index_like = (home, *(address(index, date.min.replace(year=2024)) for index in outlet.indexes))
    taken = next((url for url in index_like if outlet.claims_url(url)), None)
    yield _unless(taken is None, f"article_url: takes {taken} for an article; make it stricter or add not_article_url")


def _claimed(url: str, outlet: Outlet, outlets: Mapping[str, Outlet]) -> str | None:
    others = [slug for slug, other in outlets.items() if slug != outlet.slug and other.claims_url(url)]
    if others:
        return f"examples: {url} is claimed by {', '.join(others)} too; make article_url of one of them stricter"
    if outlet.claims_url(url):
        return None
    if outlet.edition_of(url) is None:
        return f"examples: {url} is in no edition; add its host or path prefix to editions, or mend the example"
    swallowed = next((pattern for pattern in outlet.not_article_url if re.search(pattern, url)), None)
    if swallowed is not None:
        return f"not_article_url: {swallowed!r} swallows the example {url}; make it stricter"
    return f"article_url: does not claim the example {url}; mend the pattern or the example"


def _indexes(outlet: Outlet, today: date) -> Iterator[str | None]:
    yield _unless(bool(night_indexes(outlet)), "indexes: none for the night; add a feed, sitemap or list")
    for index in outlet.indexes:
        url = address(index, today)
        is_ours = (urlsplit(url).hostname or "") in outlet.asked_hosts
        yield _unless(is_ours, f"indexes: {url} lies on a host of nobody; add it to index_hosts")


def night_indexes(outlet: Outlet, language: str | None = None) -> list[Index]:
    """The indexes that a night reads, of one edition or of all."""
    nightly = [index for index in outlet.indexes if index.use != "past" and index.kind in NIGHTLY_KINDS]
    return [index for index in nightly if language in {None, index.language}]


def _cases(outlets: Mapping[str, Outlet], clutter: Clutter, folder: Path) -> tuple[int, Sequence[str | None]]:
    """How many cases were read, and an item a check of them."""
    found: list[str | None] = []
    try:
        files = case_files(folder)
    except CaseError as error:
        return 0, [str(error)]
    found.append(_unless(bool(files), f"cases: none in {folder}; add a page and what must come of it"))
    for file in files:
        try:
            case = read_case(file)
        except CaseError as error:
            found.append(str(error))
            continue
        said = [f"{file}: {one.words()}" for one in differences(case, result_of(case, outlets, clutter))]
        found += [*said, *[None] * (len(case.fields) - len(said))]
        if case.is_unchecked:
            page = file.with_suffix(".html").name
            found.append(f"{file}: a draft; read it against {page}, then write your name into checked_by")
    return len(files), found


def _unless(is_well: bool, say: str) -> str | None:  # noqa: FBT001 - it reads as a sentence
    return None if is_well else say
