"""What a text says about steps of promises: see `find.claims`, and `stage` for the rules."""

from flows.steps.claims.cues import StageRules
from flows.steps.claims.find import claims

__all__ = ["StageRules", "claims"]
