"""What goes wrong with a lexicon file."""

from pathlib import Path

from flows.errors import UserError


class LexiconFileError(UserError):
    """A lexicon file that cannot be used. `file` and `field` say where; the message says it in one line."""

    def __init__(self, file: Path, field: str, problem: str) -> None:
        """Name the file, the dotted field within it ("" for all of it) and what is wrong there."""
        where = f"{file}: field {field!r}" if field else f"{file}"
        super().__init__(f"{where}: {problem}; mend the file")
        self.file = file
        self.field = field
