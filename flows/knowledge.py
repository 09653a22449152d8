"""What the program knows before it reads a page: outlets, clutter, lexicon and stage rules, loaded once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from crawlers.outlet import Outlet
from flows.errors import UserError
from flows.lexicon import load_lexicon
from flows.lexicon.agencies import load_sources
from flows.lexicon.clutter import load_clutter
from flows.lexicon.errors import LexiconFileError
from flows.lexicon.stages import load_stages
from flows.outlets import known_outlets
from flows.settings import Settings
from flows.steps.claims import StageRules
from flows.steps.clean import CLEANER_VERSION
from flows.steps.clean.clutter import Clutter
from flows.steps.credited import Sources
from flows.steps.lexemes import Lexicon

_NOT_FOR_CLEANING = {
    *("indexes", "index_hosts", "crawl_delay", "known_to_block", "expectation", "examples"),
    *("facts", "rights", "terms_url", "kind", "side", "tier"),
}
"""Facts of an outlet that no reading depends on."""


@dataclass(frozen=True)
class Knowledge:
    """Outlets by slug, clutter lines, lexicon and stage rules, with the version of the rules taken together."""

    outlets: Mapping[str, Outlet]
    clutter: Clutter
    lexicon: Lexicon
    stages: StageRules

    @cached_property
    def cleaner_version(self) -> str:
        """The cleaner's own version and eight hex digits of what it goes by: clutter lines and facts of outlets."""
        facts = {
            slug: outlet.model_dump(mode="json", exclude=_NOT_FOR_CLEANING) for slug, outlet in self.outlets.items()
        }
        said = json.dumps([self.clutter.version, facts], sort_keys=True)
        return f"{CLEANER_VERSION}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    @cached_property
    def sources(self) -> Sources:
        """All that a text may credit: outlets, and agencies of the lexicon. Raises UserError naming the file."""
        try:
            return load_sources(self.outlets)
        except LexiconFileError as error:
            raise UserError(str(error)) from error

    @property
    def rules_version(self) -> str:
        """Twelve hex digits that change whenever a lexicon file, an outlet's name or the morphology changes."""
        said = f"{self.lexicon.version}\n{self.stages.version}\n{self.sources.version}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def load_knowledge(settings: Settings) -> Knowledge:
    """All that the settings name.

    Raises UserError naming file and field for an outlet or lexicon file that cannot be used.
    """
    try:
        return Knowledge(
            outlets=known_outlets(settings.outlets),
            clutter=load_clutter(),
            lexicon=load_lexicon(settings.lexicon),
            stages=load_stages(),
        )
    except LexiconFileError as error:
        raise UserError(str(error)) from error
