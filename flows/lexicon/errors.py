"""What goes wrong with a lexicon file."""

from pathlib import Path

from flows.errors import UserError


class LexiconFileError(UserError):
    """A lexicon file that cannot be used. `file` and `field` say where; the message says it in one line."""

    def __init__(self, file: Path, field: str, problem: str, remedy: str = "mend the file") -> None:
        """Name the file, the dotted field within it ("" for all of it), what is wrong there and what to do."""
        where = f"{file}: field {field!r}" if field else f"{file}"
        super().__init__(f"{where}: {problem}; {remedy}")
        self.file = file
        self.field = field
