"""The facts of one outlet, and finding all of them.

One outlet is one file that defines `OUTLET = Outlet(...)`. Nothing else needs to be edited: the files of this
package's `outlets/` folder and those of a user's own folder are found by looking.
"""

import importlib.util
import re
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import lxml.etree
from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

UNLISTED_SLUG = "unlisted"
_GOVERNMENT = re.compile(r"gov-([a-z]{2,})")
BUILT_IN = Path(__file__).parent / "outlets"

Lang = Literal["uk", "en", "ru"]


class OutletFileError(Exception):
    """An outlet file that cannot be used; the message names the file, the field and what to do."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"not a regular expression: {pattern!r} ({error})"
        raise ValueError(message) from error
    return pattern


def _names_the_moment(pattern: str) -> str:
    if "unix" not in re.compile(pattern).groupindex:
        message = f"{pattern!r} has no group (?P<unix>...)"
        raise ValueError(message)
    return pattern


def _is_selector(selector: str) -> str:
    if ":contains(" in selector.lower():
        message = f"{selector!r}: :contains() fails now and then; select by tag, class or attribute"
        raise ValueError(message)
    try:
        lxml.etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, lxml.etree.XPathError) as error:
        message = f"not a CSS selector: {selector!r}"
        raise ValueError(message) from error
    return selector


def _is_template(url: str) -> str:
    try:
        url.format(year=2026, month=1, day=1, iso_year=2026, iso_week=1, page=1)
    except (KeyError, IndexError, ValueError) as error:
        message = f"{url!r} may hold only {{year}} {{month:02d}} {{day:02d}} {{iso_year}} {{iso_week:02d}} {{page}}"
        raise ValueError(message) from error
    return url


def _is_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        message = f"not a time zone: {name!r}"
        raise ValueError(message) from error
    return name


def _is_host(host: str) -> str:
    if host != host.lower() or not re.fullmatch(r"[\w.-]+", host):
        message = f"host {host!r} must be a lower-case host name without scheme, port or path"
        raise ValueError(message)
    return host


Pattern = Annotated[str, AfterValidator(_compiles)]
MomentPattern = Annotated[Pattern, AfterValidator(_names_the_moment)]
Selector = Annotated[str, AfterValidator(_is_selector)]
Template = Annotated[str, Field(pattern=r"^https?://"), AfterValidator(_is_template)]
TimeZone = Annotated[str, AfterValidator(_is_zone)]
Host = Annotated[str, AfterValidator(_is_host)]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(_Facts):
    """One language edition: where its pages live.

    `hosts` are lower-case host names, `mirrors` those that show the pages of the first host once more. An empty
    `path_prefix` means the host's root, `/eng` all below `/eng/`.
    """

    language: Lang
    hosts: tuple[Host, ...] = Field(min_length=1)
    mirrors: tuple[Host, ...] = ()
    path_prefix: str = Field(default="", pattern=r"^(/[^/?#]+)*$")

    def holds(self, host: str, path: str) -> bool:
        """Whether a page at this host and path belongs to the edition."""
        return host in (*self.hosts, *self.mirrors) and f"{path.rstrip('/')}/".startswith(f"{self.path_prefix}/")


class Index(_Facts):
    """One place that lists articles.

    `url` may hold `{year} {month:02d} {day:02d} {iso_year} {iso_week:02d} {page}`; pages count from 1.
    `item`, for HTML lists only, selects the element around one listed article: its link and its time.
    """

    kind: Literal["feed", "news_sitemap", "sitemap_index", "month_sitemap", "week_sitemap", "day_list", "page_list"]
    url: Template
    language: Lang
    use: Literal["night", "past", "both"] = "both"
    item: Selector | None = None
    may_be_blocked: bool = False


class Fact(_Facts):
    """How sure one fact is and when it was last seen to hold."""

    what: str
    confidence: Literal["high", "medium", "low"]
    seen_on: str | None = None


class Expectation(_Facts):
    """What a normal day looks like. What is not stated here is learned from the nights before, with tolerance.

    `articles_min` and `articles_max` bound how many articles all editions publish on a Kyiv day, None where nobody
    knows. `always` names what no article lacks; `published_minute` is a moment told to the minute. `never_empty`
    names kinds of index that name articles whenever they are asked for. Shares (of languages, of dropped pages, of
    articles without an author) are never stated, only learned.
    """

    articles_min: int | None = Field(default=None, ge=0)
    articles_max: int | None = Field(default=None, ge=0)
    always: tuple[Literal["title", "published_at", "published_minute", "authors", "section"], ...] = ()
    never_empty: tuple[Literal["feed", "news_sitemap", "month_sitemap", "week_sitemap", "page_list"], ...] = ()


class Outlet(_Facts):
    """Everything the program knows about one outlet.

    `body` lists CSS selectors of the article body, newest layout first (old layouts stay).
    `clutter` lists CSS selectors removed inside the body; `clutter_lines` are regular expressions that, matched
    against a whole trimmed line (case-insensitive), remove it. `article_url` / `not_article_url` are regular
    expressions searched in the canonical URL. `desks` are names of desks allowed as authors; `house_marks` are
    regular expressions searched in flattened text without a URL; each alone betrays the outlet, so none may fire
    on a text that merely cites it.
    `id_in_url` is a regular expression whose group 1 is the article's number shared by its translations.
    `moment_in_url` is one whose group `unix` is the moment of publication in seconds since 1970, for outlets that
    write it into the address; a day in the path needs no rule. `index_hosts` are hosts that only indexes live on.
    `examples` are addresses of articles, at least one of each form that `article_url` knows.
    """

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    names: tuple[str, ...] = ()
    homepage: str = Field(pattern=r"^https?://")
    kind: Literal["newspaper", "agency", "broadcaster", "government", "magazine", "ngo", "unlisted"]
    side: Literal["UA", "guarantor", "international", "RU", "unknown"]
    tier: Literal["primary", "secondary", "unlisted"]
    editions: tuple[Edition, ...] = Field(min_length=1)
    sister_hosts: tuple[Host, ...] = ()
    index_hosts: tuple[Host, ...] = ()
    rights: str
    terms_url: str | None = None
    timezone: TimeZone = "Europe/Kyiv"
    indexes: tuple[Index, ...] = ()
    article_url: tuple[Pattern, ...] = ()
    not_article_url: tuple[Pattern, ...] = ()
    examples: tuple[str, ...] = ()
    id_in_url: Pattern | None = None
    moment_in_url: MomentPattern | None = None
    body: tuple[Selector, ...] = ()
    lead: tuple[Selector, ...] = ()
    title: tuple[Selector, ...] = ()
    date: tuple[Selector, ...] = ()
    author: tuple[Selector, ...] = ()
    section: tuple[Selector, ...] = ()
    tags: tuple[Selector, ...] = ()
    caption: tuple[Selector, ...] = ()
    clutter: tuple[Selector, ...] = ()
    clutter_lines: tuple[Pattern, ...] = ()
    desks: tuple[str, ...] = ()
    house_marks: tuple[Pattern, ...] = ()
    crawl_delay: float = Field(default=2.0, ge=0.5)
    known_to_block: bool = False
    expectation: Expectation = Expectation()
    facts: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if strange := next((i.url for i in self.indexes if urlsplit(i.url).hostname not in self.asked_hosts), None):
            message = f"the index {strange} lies on a host that is in no edition; add it to index_hosts"
            raise ValueError(message)
        if strange := next((i.language for i in self.indexes if i.language not in self.languages), None):
            message = f"an index is of language {strange!r}, and no edition is"
            raise ValueError(message)
        return self

    @property
    def hosts(self) -> tuple[str, ...]:
        """All host names of all editions, without duplicates, in the order given."""
        return tuple(dict.fromkeys(host for e in self.editions for host in (*e.hosts, *e.mirrors)))

    @property
    def asked_hosts(self) -> tuple[str, ...]:
        """All hosts that requests may go to: those of the editions and those of indexes alone."""
        return tuple(dict.fromkeys((*self.hosts, *self.index_hosts)))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the editions, without duplicates, in the order given."""
        return tuple(dict.fromkeys(edition.language for edition in self.editions))

    def edition_of(self, url: str) -> Edition | None:
        """The edition a URL belongs to: the one with the longest matching path prefix, or None."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:  # what cannot be split belongs to nobody
            return None
        fitting = [e for e in self.editions if e.holds(host, parts.path)]
        return max(fitting, key=lambda e: len(e.path_prefix), default=None)

    def claims_url(self, url: str) -> bool:
        """Whether the URL is an article address of this outlet by its URL rules."""
        if self.edition_of(url) is None or any(re.search(p, url) for p in self.not_article_url):
            return False
        return any(re.search(p, url) for p in self.article_url)

    def moment_of(self, url: str) -> datetime | None:
        """The moment of publication that the outlet writes into an address, in its time zone; None if there is none."""
        told = re.search(self.moment_in_url, url) if self.moment_in_url else None
        try:
            return datetime.fromtimestamp(int(told["unix"]), ZoneInfo(self.timezone)) if told else None
        except (ValueError, OverflowError, OSError):  # digits that are no moment
            return None


UNLISTED = Outlet(
    slug=UNLISTED_SLUG,
    name="Unlisted outlet",
    homepage="https://unlisted.invalid/",
    kind="unlisted",
    side="unknown",
    tier="unlisted",
    editions=(Edition(language="en", hosts=("unlisted.invalid",)),),
    rights="unknown",
)
"""Where pages of hosts nobody has described are filed, by name and counted."""


def _load(path: Path) -> Outlet:
    name = f"crawlers.outlets.{path.stem}" if path.parent == BUILT_IN else f"_zaporuka_outlet_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        message = f"{path}: cannot be read as Python; mend or remove the file"
        raise OutletFileError(message)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")  # what stands there comes first
        field = ".".join(str(part) for part in first["loc"]) or "outlet"
        said = "there is no such field" if first["type"] == "extra_forbidden" else first["msg"]
        message = f"{path}: field {field!r}: {said.removeprefix('Value error, ')}; mend the file"
        raise OutletFileError(message) from error
    except Exception as error:  # any user file may fail in any way; the user gets one line, not a traceback
        message = f"{path}: {type(error).__name__}: {' '.join(str(error).split())}; mend the file"
        raise OutletFileError(message) from error
    outlet = getattr(module, "OUTLET", None)
    if not isinstance(outlet, Outlet):
        message = f"{path}: defines no OUTLET = Outlet(...); add it or remove the file"
        raise OutletFileError(message)
    return outlet


def _check_together(found: Iterable[tuple[Path, Outlet]]) -> dict[str, Outlet]:
    outlets: dict[str, Outlet] = {}
    owners: dict[tuple[str, str], str] = {}
    for path, outlet in found:
        if outlet.slug in outlets or outlet.slug == UNLISTED_SLUG:
            message = f"{path}: slug {outlet.slug!r} is taken; choose another"
            raise OutletFileError(message)
        places = [
            (host, edition.path_prefix) for edition in outlet.editions for host in (*edition.hosts, *edition.mirrors)
        ]
        for host, prefix in (*places, *((host, "") for host in outlet.index_hosts)):
            owner = owners.setdefault((host, prefix), outlet.slug)
            if owner != outlet.slug:
                message = f"{path}: host {host!r} already belongs to {owner!r}; remove it from one of them"
                raise OutletFileError(message)
        outlets[outlet.slug] = outlet
    return outlets


@lru_cache(maxsize=8)
def all_outlets(own_folder: Path | None = None) -> dict[str, Outlet]:
    """All outlets by slug: the built-in ones, then those of `own_folder` (files `*.py` not starting with `_`).

    Raises OutletFileError, naming file and field, for a file that cannot be used, a slug or host given twice, or
    a folder that does not exist.
    """
    files = sorted(path for path in BUILT_IN.glob("*.py") if not path.name.startswith("_"))
    if own_folder is not None:
        if not own_folder.is_dir():
            message = f"{own_folder}: no such folder; create it or unset ZAPORUKA_OUTLETS"
            raise OutletFileError(message)
        files += sorted(path for path in own_folder.glob("*.py") if not path.name.startswith("_"))
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        return _check_together((path, _load(path)) for path in files)
    finally:
        sys.dont_write_bytecode = before


def outlet_of_url(url: str, outlets: dict[str, Outlet]) -> Outlet | None:
    """The outlet whose edition hosts a URL (by longest path prefix), or None when nobody described the host."""
    best: tuple[int, Outlet] | None = None
    for outlet in outlets.values():
        edition = outlet.edition_of(url)
        if edition and (best is None or len(edition.path_prefix) > best[0]):
            best = (len(edition.path_prefix), outlet)
    return best[1] if best else None


def outlet_called(words: str, outlets: dict[str, Outlet]) -> Outlet | None:
    """The outlet a person calls by slug, by one of its names, or by one of its hosts (with or without www.).

    `gov-` and a guarantor's code is the government of a state, or the head of a union, that pages were given for.
    """
    asked = words.strip().casefold()
    for outlet in outlets.values():
        hosts = {host.removeprefix("www.") for host in outlet.hosts}
        names = {name.casefold() for name in (outlet.slug, outlet.name, *outlet.names)}
        if asked in names or asked.removeprefix("www.") in hosts:
            return outlet
    return government(found[1]) if (found := _GOVERNMENT.fullmatch(asked)) else None


def government(code: str, name: str = "", hosts: Iterable[str] = ()) -> Outlet:
    """The primary source of a guarantor's side: pages of its own that a person vouches for.

    `code` is the guarantor's, `name` how it is called, `hosts` are those its pages are fetched from.
    """
    return UNLISTED.model_copy(
        update={
            "slug": f"gov-{code.lower()}",
            "name": f"Government of {name or code.upper()}",
            "kind": "government",
            "side": "guarantor",
            "tier": "primary",
            "editions": (Edition(language="en", hosts=tuple(dict.fromkeys(hosts)) or UNLISTED.hosts),),
        }
    )


def unlisted_host(url: str) -> Outlet:
    """A nameless outlet of the one host of a URL, so that a page of a host nobody described is fetched politely too.

    Raises ValueError for a URL without a host.
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    if not host:
        message = f"{url!r} names no host"
        raise ValueError(message)
    slug = re.sub("[^a-z0-9]+", "-", host).strip("-")
    return UNLISTED.model_copy(
        update={"slug": slug, "name": host, "editions": (Edition(language="en", hosts=(host,)),)}
    )
