"""What flows hand to `Store.save` in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.models import (
    AlarmRow,
    ArticleUrlRow,
    LeadRow,
    OutcomeRow,
    PageRow,
    RedirectRow,
    UnitLeadRow,
    UnitRow,
)
from storage.records import Filed, Findings, Reading
from storage.terms import CopyKind


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A capture that is an article: what it was read as and what was found in it.

    `identifier` is `keys.canonical_or_urn` of it; the capture itself is a page of the same batch or on file.
    `findings` None leaves it untagged. Tokens are distinct or not, separated by spaces; they are stored as
    `search_tokens` makes them.
    """

    page_id: int
    article_id: int
    version_id: int
    identifier: str
    reading: Reading
    findings: Findings | None = None
    headline_tokens: str = ""
    body_tokens: str = ""


@dataclass(frozen=True, slots=True)
class FiledPage:
    """A capture on file that the version step files under another version of its article."""

    page_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class ArticleRelation:
    """A relation of the article it is listed with to another; `why` are the signals that decided, in plain words."""

    other_article_id: int
    kind: CopyKind
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleIdentity:
    """Whose copy an article is. Its relations on file and what it is filed under are replaced by these.

    `algorithm` names the comparison and its version; `filed` is None for an article that no copy is sought of.
    """

    article_id: int
    work_id: int
    story_id: int | None = None
    algorithm: str = ""
    relations: Sequence[ArticleRelation] = ()
    filed: Filed | None = None


@dataclass(slots=True)
class Batch:
    """Everything one call of `Store.save` writes, all of it or nothing.

    `pages` that are articles carry article_id, version_id, text_sha256 and cleaner_version. When captures of an
    article are re-read under another cleaner, hand in all of them together. The versions' cleaner is the one of
    their page; readings and findings are filed under `cleaner_version` and `rules_version`. `works` files further
    articles, by id, under the works they now belong to.
    """

    cleaner_version: str
    rules_version: str
    pages: list[PageRow] = field(default_factory=list)
    filed: list[FiledPage] = field(default_factory=list)
    articles: list[ReadPage] = field(default_factory=list)
    urls: list[ArticleUrlRow] = field(default_factory=list)
    identities: list[ArticleIdentity] = field(default_factory=list)
    works: dict[int, int] = field(default_factory=dict)
    redirects: list[RedirectRow] = field(default_factory=list)
    leads: list[LeadRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    unit_leads: list[UnitLeadRow] = field(default_factory=list)
    alarms: list[AlarmRow] = field(default_factory=list)
    outcomes: list[OutcomeRow] = field(default_factory=list)
