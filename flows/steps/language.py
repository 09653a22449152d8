"""The language of a text, decided from the text: letters first, py3langid where letters leave it open."""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from storage.terms import Language

_ENOUGH = 4000
_UK = re.compile("[іїєґ]")
_RU = re.compile("[ыэъё]")
_FOREIGN_CYRILLIC = re.compile("[ўјљњћђќѓџѕәөүұқғңһ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN = re.compile("[a-z\u00c0-\u024f]+")
_OTHER_SCRIPT = re.compile("[^\\W\\d_a-z\u00c0-\u024f\u0400-\u04ff]+")
_MARKED_LATIN = re.compile("[\u00c0-\u024f]")
_EN_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "for",
        "that",
        "is",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "was",
        "has",
        "be",
        "are",
        "it",
        "said",
        "not",
        "will",
    ]
)
_FEW_WORDS = 5
_FOREIGN_SHARE = 0.01
_MARKED_SHARE = 0.02
_EN_SHARE = 0.08


@lru_cache(maxsize=2)
def _identifier(*, restricted: bool) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if restricted:
        identifier.set_languages(["uk", "ru", "en"])
    return identifier


def _by_model(text: str, *, restricted: bool) -> Language:
    code, _ = _identifier(restricted=restricted).classify(text)
    return Language(code) if code in {"uk", "ru", "en"} else Language.OTHER


def _latin(text: str, letters: int) -> Language:
    words = re.findall(r"[a-z\u00c0-\u024f']+", text)
    english = sum(word in _EN_WORDS for word in words)
    if len(words) < _FEW_WORDS:
        marked = len(_MARKED_LATIN.findall(text)) > _MARKED_SHARE * letters
        return _by_model(text, restricted=False) if marked else Language.EN
    if english >= _EN_SHARE * len(words):
        return Language.EN
    return _by_model(text, restricted=False)


def _letters(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def detect_language(text: str) -> Language:
    """Language of a text by its first 4,000 characters: uk, ru, en, or `other` for what is clearly none of them.

    An empty text, or one without letters, is `other`.
    """
    sample = text[:_ENOUGH].lower()
    cyrillic, latin = _letters(_CYRILLIC, sample), _letters(_LATIN, sample)
    if _letters(_OTHER_SCRIPT, sample) > cyrillic + latin or not cyrillic + latin:
        return Language.OTHER
    if latin > cyrillic:
        return _latin(sample, latin)
    if len(_FOREIGN_CYRILLIC.findall(sample)) > _FOREIGN_SHARE * cyrillic:
        return Language.OTHER
    ukrainian, russian = len(_UK.findall(sample)), len(_RU.findall(sample))
    if ukrainian != russian:
        return Language.UK if ukrainian > russian else Language.RU
    return _by_model(sample, restricted=True)
