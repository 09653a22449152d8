"""An outlet's facts as the Python file that states them."""

import json

from pydantic import BaseModel

from crawlers.outlet import Edition, Expectation, Fact, Index, Outlet

_INDENT = "    "


def source_of(outlet: Outlet, says: str) -> str:
    """The text of an outlet file: the facts that were given, in the order of the fields, below the line `says`."""
    names = ", ".join(sorted({kind.__name__ for kind in (Edition, Expectation, Fact, Index, Outlet)} & _used(outlet)))
    return f'"""{says}"""\n\nfrom crawlers.outlet import {names}\n\nOUTLET = {_code(outlet, "")}\n"""The outlet."""\n'


def _used(value: object) -> set[str]:
    if isinstance(value, BaseModel):
        parts = (getattr(value, name) for name in value.model_fields_set)
        return {type(value).__name__}.union(*map(_used, parts))
    return set().union(*map(_used, value)) if isinstance(value, tuple) else set()


def _code(value: object, indent: str) -> str:
    if isinstance(value, str):
        is_raw = "\\" in value and '"' not in value and value.isprintable() and not value.endswith("\\")
        return f'r"{value}"' if is_raw else json.dumps(value, ensure_ascii=False)
    inner = indent + _INDENT
    if isinstance(value, BaseModel):
        given = [name for name in type(value).model_fields if name in value.model_fields_set]
        lines = [f"{inner}{name}={_code(getattr(value, name), inner)},\n" for name in given]
        return f"{type(value).__name__}(\n{''.join(lines)}{indent})"
    if isinstance(value, tuple):
        lines = [f"{inner}{_code(one, inner)},\n" for one in value]
        return f"(\n{''.join(lines)}{indent})" if lines else "()"
    return repr(value)
