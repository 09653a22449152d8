"""Claims to be judged as a spreadsheet; `flows.review_import` reads the decisions back."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from flows.errors import UserError
from flows.review import Item
from flows.review_words import decisions_in_words
from storage import keys
from storage.store import FiledClaim
from storage.store.reviews import seen_of
from storage.terms import Decision, EvidenceRole, Stage

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TO_FILL = ("decision", "right stage", "right day", "right guarantor", "note", "reader")
"""The columns a person writes in; all others are locked."""

FACTS = (
    *("claim", "line", "guarantor", "stage", "day", "told as", "quote", "further evidence", "outlet", "published"),
    *("headline", "address", "rule"),
)
SEEN = "fingerprint"
COLUMNS = ("why here", *FACTS, "decided before", *TO_FILL, SEEN)
_WIDE = {
    "quote": 60,
    "further evidence": 40,
    "headline": 40,
    "why here": 28,
    "address": 30,
    "decided before": 30,
    "note": 30,
}
SHEET, ABOUT = "queue", "about"
_LONGEST_CELL = 32_767
_HOW = (
    "Write in the white columns only: decision (accept, reject, correct), what is right where you correct, a note.",
    "right day: 2024-06-13, by 2024-06-13, or 2024-06 for a month. right guarantor: any of its names. Empty: as it is.",
    "A row without a decision is left as it is. Then: zaporuka review --import FILE",
)


def write_sheet(
    file: Path, items: Sequence[Item], about: Mapping[str, str], *, is_blind: bool, reader: str = ""
) -> None:
    """Write claims to be judged, a row each. With `is_blind` it does not tell what was decided before.

    Texts are texts: what begins with an equals sign is no formula. Raises UserError where the file cannot be written.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for number, item in enumerate(items, start=2):
        before = "" if is_blind else "\n".join(decisions_in_words(item.reviews))
        row: dict[str, str] = {
            "why here": "; ".join(item.reasons),
            **facts(item.filed, item.line),
            "decided before": before,
        }
        row |= dict.fromkeys(TO_FILL, "") | {"reader": reader, SEEN: seen_of(item.filed)}
        for column, name in enumerate(COLUMNS, start=1):
            _write(sheet, number, column, row[name], is_open=name in TO_FILL)
    _dress(sheet, len(items) + 1)
    page = book.create_sheet(ABOUT)
    for number, (name, value) in enumerate([*about.items(), *(("how", line) for line in _HOW)], start=1):
        _write(page, number, 1, name, is_open=False)
        _write(page, number, 2, value, is_open=False)
    page.column_dimensions["B"].width = 110
    page.protection.sheet = True
    try:
        book.save(file)
    except OSError as error:
        message = f"{file}: {error.strerror}; close it where it is open, or name another file."
        raise UserError(message) from error


def _write(sheet: "Worksheet", row: int, column: int, text: str, *, is_open: bool) -> None:
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=not is_open)
    if not is_open:
        cell.fill = PatternFill("solid", fgColor="EEEEEE")


def _dress(sheet: "Worksheet", last: int) -> None:
    """Drop-downs, widths, locks."""
    lists: dict[str, Sequence[str]] = {"decision": list(Decision), "right stage": list(Stage)}
    for column, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(column)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDE.get(name, 16)
        sheet.column_dimensions[letter].hidden = name == SEEN
        if name in lists and last > 1:
            choices = ",".join(lists[name])
            listed = DataValidation("list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
            listed.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(listed)
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False  # False allows: a reader may widen columns and sort what they see
    sheet.protection.formatRows = False


def facts(filed: FiledClaim, line: str) -> dict[str, str]:
    """What a row shows of a claim, by column; the claim's number as text, since a spreadsheet rounds long numbers."""
    claim = filed.claim
    step = next(one for one in claim.evidence if one.role is EvidenceRole.STEP)
    days = [day.isoformat() for day in (claim.event_on_min, claim.event_on_max) if day]
    day = "/".join(dict.fromkeys(days)) + (f" ({claim.precision})" if claim.precision != "day" else "")
    published = filed.published_at.astimezone(keys.KYIV) if filed.published_at else None
    values = {
        "claim": str(filed.claim_id),
        "line": line,
        "guarantor": claim.guarantor,
        "stage": claim.stage.value,
        "day": day.strip() + (f", for {claim.planned_on}" if claim.planned_on else ""),
        "told as": claim.factuality.value + (", hedged" if claim.is_hedged else ""),
        "quote": step.quote,
        "further evidence": "\n".join(f"{one.role}: {one.quote}" for one in claim.evidence if one is not step),
        "outlet": filed.outlet,
        "published": f"{published:%Y-%m-%d %H:%M}" if published else "",
        "headline": filed.headline,
        "address": filed.url or "",
        "rule": claim.rule,
    }
    return {name: ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL] for name, text in values.items()}
