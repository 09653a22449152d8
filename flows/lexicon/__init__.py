"""The lexicon: data in YAML, and the loaders that check it and compile it for the steps."""

from pathlib import Path
from typing import TYPE_CHECKING

from flows.lexicon.errors import LexiconFileError

if TYPE_CHECKING:
    from flows.steps.lexemes import Lexicon

__all__ = ["LexiconFileError", "load_lexicon", "resolve_guarantor"]


def load_lexicon(folder: Path | None = None) -> "Lexicon":
    """The built-in lexicon, with what an analyst's own `folder` adds to it; compiled once a process.

    The folder may hold any of guarantors.yaml, documents.yaml, persons.yaml, topics.yaml, words.yaml and
    traps.yaml, in the form of the built-in files.

    Raises:
        LexiconFileError: a file cannot be read, or a field of it is unknown, of a wrong type or a clashing id.
    """
    from flows.lexicon.load import load  # noqa: PLC0415 - morphology takes 0.1 s to import and not every verb needs it

    return load(folder)


def resolve_guarantor(words: str, lexicon: "Lexicon") -> str | None:
    """Code of the guarantor that `words` name in any of the three languages, in any case; None if none."""
    return lexicon.resolve(words)
