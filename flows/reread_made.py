"""What reading one batch anew comes to, before anything is written."""

from collections import Counter
from dataclasses import dataclass, field

from flows.reread_difference import Change
from storage.models import PageRow
from storage.store import Batch, FiledClaim, ReadPage
from storage.terms import CopyKind

Tie = tuple[int, int, CopyKind]
"""Two related articles, the lower id first, and how they relate."""


@dataclass
class Reread:
    """What one batch comes to: the rows to save, and what they change.

    `gone` are articles that drop out, with their addresses; `lost` captures leave their article, `found` ones join
    one. `current` are the current readings that say something else than before, `claims` the claims of the articles
    whose claims differ, `addresses` those claims' articles. `works_before` and `works_after` hold the work of every
    member of the works concerned; the ties are the relations of the articles compared anew. `counted` are pages by
    outlet and outcome; `failed` captures by (file or address, reason).
    """

    batch: Batch
    done: int
    changes: list[Change] = field(default_factory=list)
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    gone: dict[int, str] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    found: list[PageRow] = field(default_factory=list)
    current: dict[int, ReadPage] = field(default_factory=dict)
    claims: dict[int, list[FiledClaim]] = field(default_factory=dict)
    addresses: dict[int, str] = field(default_factory=dict)
    guarantors: set[str] = field(default_factory=set)
    ties_before: set[Tie] = field(default_factory=set)
    ties_after: set[Tie] = field(default_factory=set)
    works_before: dict[int, int] = field(default_factory=dict)
    works_after: dict[int, int] = field(default_factory=dict)
