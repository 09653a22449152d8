"""Who wrote a text: people and named desks, never logins, outlets or photographers."""

import re
from collections.abc import Iterable

from crawlers.outlet import Outlet
from flows.steps.text import fold, squeeze

_NAME_WORD = re.compile(r"^[^\W\d_][^\W\d_'’ʼ`.-]*(?:['’ʼ`.-][^\W\d_]+)*\.?$")
_PARTICLES = frozenset(
    ["de", "la", "van", "von", "der", "den", "di", "da", "bin", "al", "el", "ibn", "du", "le", "del"]
)
_LEADING = re.compile(
    r"^(?:by|from|(?:written|article) by|authors?|reporter|автор(?:ка|и|ы)?|текст|журналіст(?:ка)?|журналист(?:ка)?"
    r"|підготу(?:вав|вала)|подготовил[а]?)\s*[:—–-]?\s+",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\b(?:photo|photos|image|images|photographer|illustration|фото\w*|ілюстрац\w*|иллюстрац\w*"
    r"|getty|reuters|afp|колаж|коллаж)\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:desk|newsroom|editorial (?:team|board|office|staff)|news team"
    r"|редакція|редакция|служба новин|служба новостей)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r",?\s+(?:(?:chief|senior|political|diplomatic|defence|defense|foreign|security|world|news|deputy|staff|special|europe"
    r"|war|head|economics|business|investigative)\s+){0,3}(?:correspondent|editor|reporter|writer|journalist|analyst|columnist"
    r"|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|редактор\w*|оглядач\w*|обозреватель\w*)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;|/]|\s(?:and|та|і|й|и|&)\s)\s*", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:news|media|agency|pravda|правда|media|tv|online|channel|press|office|ministry|министерств\w*|міністерств\w*"
    r"|мін(?:оборони|фін|юст|економ\w*|культ\w*|освіт\w*|енерго|цифр\w*)|мин(?:обороны|фин|юст|эконом\w*)|мзс|мид|мвс|мвд|сбу|нато|nato"
    r"|embassy|government|parliament|commission|council|committee|department|посольств\w*|уряд\w*|правительств\w*"
    r"|парламент\w*|комітет\w*|комитет\w*|комісі\w*|комисси\w*|кабмін\w*|кабмин\w*|верховн\w+ рад\w+|офіс\w*|офис\w*"
    r"|агентств\w*|портал\w*|центр\w*|фонд\w*|інститут\w*|институт\w*|група|group|times|post|journal|inc|llc|тов|ооо|го)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_FEWEST_WORDS = 2
_LONGEST = 60


def _title_case(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda found: found.group(0)[0] + found.group(0)[1:].lower(), name)


def _is_shouted(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return len(letters) > _MOST_WORDS and all(char.isupper() for char in letters)


def looks_like_person(name: str) -> bool:
    """Whether a string has the form of a person's name: two to four capitalised words."""
    words = squeeze(name).split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or len(name) > _LONGEST:
        return False
    return all(
        _NAME_WORD.match(word) and (word[0].isupper() or word.lower() in _PARTICLES) for word in words
    ) and not _ORGANISATION.search(name)


def tidy_author(raw: str, outlet: Outlet, *, is_organisation: bool = False, also_not: Iterable[str] = ()) -> str | None:
    """One author's name as it should be shown, or None for what names neither a person nor a desk of the outlet.

    `also_not` are names the page gives to itself (its site name).
    """
    name = _ROLE.sub("", squeeze(_LEADING.sub("", squeeze(raw))).strip(" ,.;:|-–—"))
    if not name or _PICTURE.search(raw) or "@" in name or "http" in name.lower():
        return None
    folded = fold(name)
    for desk in outlet.desks:
        if folded == fold(desk):
            return desk
    if folded in {fold(own) for own in (outlet.name, *outlet.names, *outlet.hosts, *also_not)}:
        return None
    if _DESK.search(name) and len(name.split()) > 1 and len(name) <= _LONGEST:
        return name
    if is_organisation or not looks_like_person(name):
        return None
    return _title_case(name) if _is_shouted(name) else name


def tidy_authors(raw: Iterable[tuple[str, bool]], outlet: Outlet, also_not: Iterable[str] = ()) -> tuple[str, ...]:
    """All authors out of (string, is organisation) pairs; a string may join several names. Order kept, no doubles."""
    own = tuple(also_not)
    found: dict[str, str] = {}
    for text, is_organisation in raw:
        whole = tidy_author(text, outlet, is_organisation=is_organisation, also_not=own)
        parts = [text] if whole else _SPLIT.split(_LEADING.sub("", squeeze(text)))
        for part in parts:
            name = tidy_author(part, outlet, is_organisation=is_organisation, also_not=own)
            if name:
                found.setdefault(fold(name), name)
    return tuple(found.values())
