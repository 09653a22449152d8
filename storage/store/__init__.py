"""The only sessions and transactions of the project: `Store`, what it takes, and what it answers."""

from storage.batch import ArticleIdentity, ArticleRelation, Batch, FiledPage, ReadPage
from storage.errors import StoreError
from storage.store.check import CheckReport
from storage.store.core import Store
from storage.store.known import KnownUrl
from storage.store.ledger import FiledClaim
from storage.store.queries import Hit, StoredCapture, StoredText
from storage.store.stories import SameEvent, StoryMember, TopicalArticle
from storage.store.works import WorkMember

__all__ = [
    "ArticleIdentity",
    "ArticleRelation",
    "Batch",
    "CheckReport",
    "FiledClaim",
    "FiledPage",
    "Hit",
    "KnownUrl",
    "ReadPage",
    "SameEvent",
    "Store",
    "StoreError",
    "StoredCapture",
    "StoredText",
    "StoryMember",
    "TopicalArticle",
    "WorkMember",
]
