"""Settings, read once at the edge from the environment and passed down as values."""

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.errors import UserError

DATABASE_FILE = "zaporuka.db"
ARCHIVE_FOLDER = "archive"
WAYBACK = "https://web.archive.org"
COMMON_CRAWL = "https://data.commoncrawl.org"


class Settings(BaseSettings):
    """What the environment says: `ZAPORUKA_HOME`, `ZAPORUKA_DATABASE_URL` and so on."""

    model_config = SettingsConfigDict(env_prefix="ZAPORUKA_", frozen=True, extra="ignore")

    home: Path = Field(Path("data"), description="data folder: archive and, unless told otherwise, the database")
    database_url: str = Field(
        "", description="database, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`; empty: a file in the data folder"
    )
    contact: str = Field("", description="mail or page by which a site's owner reaches you; needed to fetch")
    webhook: str = Field("", description="address that is told of alarms, as JSON; empty: nobody")
    disk_budget_gb: float = Field(
        0.0,
        ge=0.0,
        description="gigabytes the archive may grow to; then fetching stops. 0: as the disk has room",
    )
    nightly: str = Field("0 2 * * *", description="when `serve` reads the night: a cron line, in Kyiv time")
    poll_minutes: float = Field(30.0, ge=0.1, description="minutes between two looks of `serve` into the feeds")
    wayback: str = Field(
        WAYBACK, description="address of the Wayback Machine, asked for outlets that refuse us; empty: not asked"
    )
    common_crawl: str = Field(
        COMMON_CRAWL, description="address of Common Crawl's files, for `backfill --via common-crawl`; empty: not asked"
    )
    archive_pace_s: float | None = Field(
        None, ge=0.0, description="seconds between two requests to such an archive; empty: what each is known to bear"
    )
    replica: Path | None = Field(
        None, description="a file that names a server of this machine which plays the outlets; for trying things out"
    )
    outlets: Path | None = Field(None, description="a folder of outlet files of your own")
    lexicon: Path | None = Field(
        None, description="a folder of lexicon files of your own, above all a topics.yaml; added to ours"
    )

    @property
    def url(self) -> str:
        """The database's URL: the one given, or the SQLite file of the data folder."""
        return self.database_url or f"sqlite:///{self.home / DATABASE_FILE}"

    @property
    def absolute_url(self) -> str:
        """The same, whatever folder it is read in."""
        return self.database_url or f"sqlite:///{(self.home / DATABASE_FILE).absolute()}"

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.home / ARCHIVE_FOLDER


def read_settings(home: Path | None = None, database: str | None = None, **more: object) -> Settings:
    """The environment's settings with what was said on the command line put over them; None was not said.

    Raises UserError for a value that cannot be used.
    """
    said = {"home": home, "database_url": database, **more}
    try:
        found = Settings()
        given = {name: value for name, value in said.items() if value is not None}
        return Settings.model_validate(found.model_dump() | given)
    except ValidationError as error:
        first = error.errors()[0]
        name = "ZAPORUKA_" + "_".join(str(part) for part in first["loc"]).upper()
        message = f"{name}: {first['msg']}; mend or unset it"
        raise UserError(message) from error


def on_terminal() -> bool:
    """Whether progress may be drawn: standard error is a terminal and nobody asked for silence."""
    return os.isatty(2) and "NO_PROGRESS" not in os.environ
