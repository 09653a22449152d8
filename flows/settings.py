"""Settings, read once at the edge from the environment and passed down as values."""

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.errors import UserError

DATABASE_FILE = "zaporuka.db"
ARCHIVE_FOLDER = "archive"


class Settings(BaseSettings):
    """What the environment says; every name is also a `ZAPORUKA_` variable.

    `home` is the data folder. `database_url` is empty for the SQLite file in the data folder. `outlets` and
    `lexicon` name folders of a user's own outlet files and lexicon files.
    """

    model_config = SettingsConfigDict(env_prefix="ZAPORUKA_", frozen=True, extra="ignore")

    home: Path = Path("data")
    database_url: str = ""
    outlets: Path | None = None
    lexicon: Path | None = None
    contact: str = Field(default="", description="mail or page a site's owner can reach us by")

    @property
    def url(self) -> str:
        """The database's URL: the one given, or the SQLite file of the data folder."""
        return self.database_url or f"sqlite:///{self.home / DATABASE_FILE}"

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.home / ARCHIVE_FOLDER


def read_settings(home: Path | None = None, database: str | None = None) -> Settings:
    """The environment's settings with what was said on the command line put over them.

    Raises UserError for a value that cannot be used.
    """
    said = {"home": home, "database_url": database}
    try:
        return Settings(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "ZAPORUKA_" + "_".join(str(part) for part in first["loc"]).upper()
        message = f"{name}: {first['msg']}; mend or unset it"
        raise UserError(message) from error


def on_terminal() -> bool:
    """Whether progress may be drawn: standard error is a terminal and nobody asked for silence."""
    return os.isatty(2) and "NO_PROGRESS" not in os.environ
