"""What a text says about steps of promises: see `find.claims`, `told.told`, and `stage` for the rules."""

from flows.steps.claims.cues import StageRules
from flows.steps.claims.find import claims
from flows.steps.claims.told import ToldText, told

__all__ = ["StageRules", "ToldText", "claims", "told"]
