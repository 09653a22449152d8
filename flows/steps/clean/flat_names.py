"""Lines of a flattened text that name who wrote it: "By X", "Автор публікації: X", "розмовляв X", "X, lawyer", "X"."""

import re

from flows.steps.clean.authors import looks_like_person

# The words that stand before the names, with or without a colon.
_LABEL = re.compile(
    r"(?:(?:article |written |story |text |words |interview(?:ed)? |reported )?by|authors?"
    r"|(?:автор(?:ка|и|ы)?|текст)(?: (?:публікації|матеріалу|тексту|статті|публикации|материала|текста|статьи))?"
    r"|(?:роз)?(?:мовля|питу)(?:в|ла|ли)|розпитува(?:в|ла|ли)|спілкува(?:вся|лася|лись|лися)|записа(?:в|ла|ли)"
    r"|підготува(?:в|ла|ли)|(?:по)?беседовал[аи]?|расспрашивал[аи]?|расспросил[аи]?|подготовил[аи]?"
    r"|(?:чергова|дежурная) (?:зміна|смена)|на (?:чергуванні|дежурстве)|чергу(?:є|ють)|дежур(?:ит|ят)|on duty)"
    r"(?: ?:)? (?=\S)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r" ?[,;|] | (?:and|та|і|й|и|&) ")
_MOST_WORDS = 5
_MOST_WORDS_POST = 6
_MOST_PARTS = 4


def signers(text: str) -> list[str]:
    """The names in a line that is a label such as "By" and names, perhaps with posts; none for any other line."""
    label = _LABEL.match(text)
    parts = [part.strip() for part in _BETWEEN.split(text[label.end() :])] if label else []
    names = [part for part in parts if looks_like_person(part)]
    is_all = bool(names) and parts[0] == names[0] and all(part in names or _is_post(part) for part in parts)
    return names if is_all else []


def _is_post(text: str) -> bool:
    is_open = not text.endswith((".", "!", "?", ":", "…"))
    return text[:1].islower() and len(text.split()) <= _MOST_WORDS_POST and is_open


def name_alone(text: str) -> bool:
    """Whether a line is a person's name with little else, every word with a capital: "Jane Doe", "Jane Doe Lawyer"."""
    words = text.split()
    shown = [word for word in words if word[0].isalpha()]
    is_name = all(word[0].isupper() for word in shown) and looks_like_person(" ".join(words[:2]))
    return 2 <= len(words) <= _MOST_WORDS and is_name  # noqa: PLR2004 - first name and surname


def names_with_posts(text: str) -> list[str]:
    """The names in a line of names and posts alone: "Jane Doe, lawyer", "Jane Doe, John Roe"; none for any other."""
    parts = [part.strip() for part in _BETWEEN.split(text.replace(" – ", ", "))]
    names = [part for part in parts if looks_like_person(part)]
    is_all = len(parts) <= _MOST_PARTS and names[:1] == parts[:1]
    return names if is_all and len(parts) > 1 and all(part in names or _is_post(part) for part in parts) else []
