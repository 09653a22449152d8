"""Which way into the past a backfill takes."""

from enum import StrEnum


class Via(StrEnum):
    """The outlets' own indexes, other people's archives, or (any) the indexes and, where refused, an archive."""

    ANY = "any"
    INDEXES = "indexes"
    WAYBACK = "wayback"
    COMMON_CRAWL = "common-crawl"
