"""Guarantors as a reader names them."""

from collections.abc import Mapping
from pathlib import Path

from flows.errors import UserError
from flows.steps.text import fold, squeeze
from storage.store import Store

UNNAMED = "An unnamed group of states"


def names_of(store: Store) -> Mapping[str, str]:
    """English name of each guarantor on file, by code."""
    rows = store.rows("select guarantor, name_en from guarantors")
    return {row["guarantor"]: row["name_en"] for row in rows} | {"MULTI": UNNAMED}


def code_of(who: str, store: Store, lexicon_folder: Path | None) -> str:
    """The code of a guarantor by code, by name in three languages, or by any inflected form of its names.

    Raises UserError for a name nobody knows.
    """
    asked = fold(squeeze(who))
    for row in store.rows("select guarantor, name_en, name_uk, name_ru from guarantors order by guarantor"):
        if asked in {fold(value) for value in row.values()}:
            return str(row["guarantor"])
    from flows.lexicon import load_lexicon, resolve_guarantor  # noqa: PLC0415 - slow, and only inflected forms need it

    code = resolve_guarantor(who, load_lexicon(lexicon_folder))
    if code is None:
        message = f"No guarantor is called {who!r}; give a country or union in English, Ukrainian or Russian."
        raise UserError(message)
    return code
