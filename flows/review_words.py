"""Decisions and corrections in words: as they are shown beside a line, and as a person writes them."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flows.errors import UserError
from flows.ledger_words import in_words
from flows.steps.text import fold, squeeze
from storage import keys
from storage.store import FiledClaim, Store
from storage.store.reviews import FiledReview, readers_on_file, standing
from storage.terms import Decision, EventPrecision, Stage

_LONGEST_NAME = 60
_DAY = re.compile(r"(by )?(\d{4})-(\d{2})(?:-(\d{2}))?")
_DAY_FIELDS = frozenset({"event_on_min", "event_on_max", "precision"})
_DONE = {Decision.ACCEPT: "accepted", Decision.REJECT: "rejected", Decision.CORRECT: "corrected"}


def disagree(last: Sequence[FiledReview]) -> bool:
    """Whether those who judged a claim as it is now say different things of it."""
    said = {(one.decision, repr(sorted((one.correction or {}).items()))) for one in last if not one.changed}
    return len(said) > 1


def decisions_in_words(reviews: Iterable[FiledReview]) -> list[str]:
    """The last decision of each reader, and whether they disagree; a line each, none where nobody judged."""
    last = standing(reviews)
    lines = []
    for one in last:
        words = f"{one.reader} {_DONE[one.decision]}"
        if one.correction:
            words += f" ({correction_in_words(one.correction)})"
        words += f", {in_words(keys.kyiv_day(one.decided_at))}"
        words += f": “{one.note}”" if one.note else ""
        if one.changed:
            words += " — sentence changed since" if one.changed == "sentence" else " — evidence changed since"
        lines.append(words)
    return [*lines, "readers disagree; the latest decision counts"] if disagree(last) else lines


def correction_in_words(correction: Mapping[str, Any]) -> str:
    """What a correction puts in place of what was read."""
    words = [f"{name} {correction[name]}" for name in ("guarantor", "stage") if name in correction]
    if "precision" in correction:
        words.append(f"day {_day_text(correction)}")
    known = {"guarantor", "stage", *_DAY_FIELDS}
    return ", ".join([*words, *(f"{name} {value}" for name, value in correction.items() if name not in known)])


def _day_text(correction: Mapping[str, Any]) -> str:
    day = str(correction["event_on_max"])
    match correction["precision"]:
        case EventPrecision.BY.value:
            return f"by {day}"
        case EventPrecision.MONTH.value:
            return day[: len("2024-02")]
    return day


def corrected(filed: FiledClaim, stage: str, day: str, guarantor: str, code_of: Callable[[str], str]) -> dict[str, Any]:
    """A correction from what a person wrote; an empty field is right as it is.

    `day` is `2024-02-16`, `by 2024-02-16` or `2024-02`; `code_of` finds a guarantor by any name.
    Raises UserError for what cannot be read and for a correction that changes nothing.
    """
    right: dict[str, Any] = {}
    if stage.strip():
        right["stage"] = stage_called(stage).value
    if day.strip():
        right |= _day(day)
    if guarantor.strip():
        right["guarantor"] = code_of(guarantor)
    if not right:
        message = "a correction names the right stage, day or guarantor."
        raise UserError(message)
    is_read = filed.claim.model_dump(mode="json")
    changed = {name for name, value in right.items() if is_read[name] != value}
    if not changed:
        message = "the correction says what the claim says already; accept it instead."
        raise UserError(message)
    day_parts = _DAY_FIELDS & right.keys() if _DAY_FIELDS & changed else set()
    return {name: value for name, value in right.items() if name in changed | day_parts}


def stage_called(text: str) -> Stage:
    """A stage by its term, with spaces or underscores.

    Raises UserError for any other word.
    """
    try:
        return Stage(squeeze(text).casefold().replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        message = f"{text!r} is no stage; one of {', '.join(Stage)}."
        raise UserError(message) from error


def _day(text: str) -> dict[str, Any]:
    found = _DAY.fullmatch(squeeze(text).casefold())
    try:
        if found is None or (found[1] and not found[4]):
            raise ValueError(text)  # noqa: TRY301 - a day that is none ends like one not of the calendar
        year, month = int(found[2]), int(found[3])
        first = date(year, month, int(found[4] or 1))
    except ValueError as error:
        message = f"{text!r} is no day; write it like 2024-06-13, by 2024-06-13, or 2024-06 for a month."
        raise UserError(message) from error
    last = first if found[4] else first.replace(day=monthrange(year, month)[1])
    precision = EventPrecision.BY if found[1] else EventPrecision.DAY if found[4] else EventPrecision.MONTH
    return {
        "event_on_min": None if found[1] else first.isoformat(),
        "event_on_max": last.isoformat(),
        "precision": precision.value,
    }


def reader_called(store: Store, name: str) -> str:
    """A reviewer's name as it was first written here, whatever its case.

    Raises UserError for a name that is empty, too long or not printable.
    """
    said = squeeze(name)
    if not said or len(said) > _LONGEST_NAME or not said.isprintable():
        message = f"A reviewer's name has 1 to {_LONGEST_NAME} letters; give it with --name."
        raise UserError(message)
    return next((known for known in readers_on_file(store) if fold(known) == fold(said)), said)


def review_values(one: FiledReview) -> dict[str, Any]:
    """A decision as JSON values."""
    names = ("decision", "correction", "note", "reader", "decided_at", "changed")
    return {name: getattr(one, name) for name in names}
