"""How a row and its columns are declared: one base, two helpers, the rules every table follows.

A `...Row` class is the validated record callers hand to the store; its table class adds nothing but the table.
Every column carries a comment, from which the data dictionary is written.
"""

from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from storage.dialect import Text

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """Base of all rows: unknown fields refused, members of enums held as their stored words."""

    metadata: ClassVar[sa.MetaData] = METADATA
    model_config = ConfigDict(extra="forbid", validate_default=True, use_enum_values=True)  # type: ignore[assignment]


def column(comment: str, kind: Any = Text, *, key: bool = False, index: bool = False, of: str | None = None) -> Any:  # noqa: ANN401 - a pydantic field passes for any type
    """A column that always has a value. `key`: part of the primary key; `of`: the column it points to.

    Rows that belong to another go when that one goes.
    """
    more: dict[str, Any] = {"foreign_key": of, "ondelete": "CASCADE"} if of else {}
    return Field(
        sa_type=kind,
        primary_key=key,
        index=index,
        description=comment,
        sa_column_kwargs={"comment": comment, **({"autoincrement": False} if key else {})},
        **more,
    )


def maybe(comment: str, kind: Any = Text, *, index: bool = False, of: str | None = None) -> Any:  # noqa: ANN401 - a pydantic field passes for any type
    """A column that may be null, and is where nothing is given. A reference becomes null when its row goes."""
    more: dict[str, Any] = {"foreign_key": of, "ondelete": "SET NULL"} if of else {}
    return Field(
        default=None, sa_type=kind, index=index, description=comment, sa_column_kwargs={"comment": comment}, **more
    )


def one_of(name: str, words: type[StrEnum]) -> sa.CheckConstraint:
    """The rule that a column holds one of the listed words (or null where null is allowed)."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=name)


def zero_or_one(*names: str) -> tuple[sa.CheckConstraint, ...]:
    """The rule that each column holds 0 or 1."""
    return tuple(sa.CheckConstraint(f"{name} IN (0, 1)", name=name) for name in names)
