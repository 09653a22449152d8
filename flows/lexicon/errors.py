"""What goes wrong with a lexicon file."""

from pathlib import Path


class LexiconFileError(Exception):
    """A lexicon file that cannot be used. `file` and `field` say where; the message says it in one line."""

    def __init__(self, file: Path, field: str, problem: str) -> None:
        """Name the file, the dotted field within it and what is wrong there."""
        super().__init__(f"{file}: field {field!r}: {problem}; mend the file")
        self.file = file
        self.field = field
