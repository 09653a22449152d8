"""Loads and checks `stages.yaml`, the cue words of stages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from flows.lexicon.errors import LexiconFileError
from flows.steps.claims.cues import Phrase, StageRules
from storage.keys import sha256

FILE = Path(__file__).with_name("stages.yaml")
LANGUAGES = ("en", "uk", "ru")
GROUPS = frozenset(
    {"acts", "objects", "subject", "modes", "rounds", "actors", "speech", "conditions", "stances"},
)
FORMS = frozenset({"past", "passive", "present", "base", "future", "infinitive", "gerund", "noun"})


@lru_cache(maxsize=4)
def load_stages(file: Path = FILE) -> StageRules:
    """The compiled cues. Raises LexiconFileError naming file and field of what cannot be used."""
    raw = file.read_bytes()
    try:
        data = yaml.safe_load(raw)
    except yaml.YAMLError as error:
        raise LexiconFileError(file, "(whole file)", f"not YAML: {error}") from error
    phrases: dict[str, list[Phrase]] = {language: [] for language in LANGUAGES}
    for group, content in _entries(data, file, ""):
        if group not in GROUPS:
            raise LexiconFileError(file, group, f"unknown group, known are {', '.join(sorted(GROUPS))}")
        for name, entry in _entries(content, file, group):
            if group == "acts":
                for form, by_language in _entries(entry, file, f"acts.{name}"):
                    if form not in FORMS:
                        problem = f"unknown form, known are {', '.join(sorted(FORMS))}"
                        raise LexiconFileError(file, f"acts.{name}.{form}", problem)
                    _add(phrases, by_language, f"{name}.{form}", file, f"acts.{name}.{form}")
            else:
                _add(phrases, entry, f"{group}.{name}", file, f"{group}.{name}")
    return StageRules(
        version=sha256(raw)[:16],
        phrases={language: tuple(found) for language, found in phrases.items()},
    )


def _entries(content: Any, file: Path, field: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # YAML is anything
    if not isinstance(content, dict) or not content:
        raise LexiconFileError(file, field or "(whole file)", "expected names with values")
    for name, value in content.items():
        yield str(name), value


def _add(phrases: dict[str, list[Phrase]], by_language: Any, cue: str, file: Path, field: str) -> None:  # noqa: ANN401  # idem
    for language, written in _entries(by_language, file, field):
        where = f"{field}.{language}"
        if language not in LANGUAGES:
            raise LexiconFileError(file, where, f"unknown language, known are {', '.join(LANGUAGES)}")
        if not isinstance(written, list) or not all(isinstance(one, str) and one.strip() for one in written):
            raise LexiconFileError(file, where, "expected a list of phrases")
        for phrase in written:
            phrases[language].append(Phrase(cue, tuple(_word(pattern, file, where) for pattern in phrase.split())))


def _word(pattern: str, file: Path, field: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconFileError(file, field, f"not a pattern: {pattern!r} ({error})") from error
