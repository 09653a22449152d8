"""Elements that a CSS selector finds, for pages that are made by an outlet's facts."""

import html
import re

_COMPOUND = re.compile(r"[^\s>+~]+")
_TAG = re.compile(r"^[a-zA-Z][\w-]*")
_CLASS = re.compile(r"\.([\w-]+)")
_ID = re.compile(r"#([\w-]+)")
_ATTRIBUTE = re.compile(r"\[([\w-]+)(?:[~^$*|]?=['\"]?([^'\"\]]*)['\"]?)?\]")


def around(selector: str) -> tuple[list[str], list[str]]:
    """Opening tags, outermost first, and closing tags, innermost first, of elements that the selector finds.

    Only the first of several selectors counts; pseudo-classes are left out.
    """
    opening: list[str] = []
    closing: list[str] = []
    first = selector.split(",", maxsplit=1)[0]
    for compound in _COMPOUND.findall(_ATTRIBUTE.sub(lambda found: found[0].replace(" ", ""), first)):
        attributes = {"id": " ".join(_ID.findall(_bare(compound))), "class": " ".join(_CLASS.findall(_bare(compound)))}
        attributes |= dict(_ATTRIBUTE.findall(compound))
        tag = found[0] if (found := _TAG.match(compound)) else "div"
        said = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items() if value)
        opening.append(f"<{tag}{said}>")
        closing.insert(0, f"</{tag}>")
    return opening, closing


def _bare(compound: str) -> str:
    return _ATTRIBUTE.sub("", compound)
