"""Decisions read back from a spreadsheet: every row is looked at before any is believed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from flows.errors import UserError
from flows.review_sheet import ABOUT, COLUMNS, FACTS, SEEN, SHEET, TO_FILL, facts
from flows.review_words import corrected
from flows.steps.text import fold
from storage.store import FiledClaim
from storage.store.reviews import NewReview, seen_of
from storage.terms import Decision

_LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be imported: its number as the spreadsheet shows it, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an imported sheet says: decisions, rows without one, wrong rows, and what its page "about" holds."""

    reviews: tuple[NewReview, ...]
    empty: int
    wrong: tuple[Wrong, ...]
    about: Mapping[str, str]


def read_sheet(
    file: Path,
    claims_of: Callable[[Iterable[int]], Mapping[int, FiledClaim]],
    code_of: Callable[[str], str],
    reader_of: Callable[[str], str],
    reader: str | None,
) -> Sheet:
    """The decisions of a sheet; every row is looked at, and wrong ones are named.

    `claims_of` gives claims on file by number, `code_of` a guarantor's code, `reader_of` a reader's name as it is on
    file; `reader` is who judged the rows that name nobody. Raises UserError for a file that is no such sheet.
    """
    book = _load(file)
    rows = _rows(book[SHEET].iter_rows(values_only=True), file)
    about: dict[str, str] = {}
    if ABOUT in book.sheetnames:
        about = {_text(name): _text(value) for name, value in book[ABOUT].iter_rows(max_col=2, values_only=True)}
    claims = claims_of([int(row["claim"]) for _, row in rows if _is_number(row["claim"])])
    reviews: list[NewReview] = []
    wrong: list[Wrong] = []
    first: dict[tuple[int, str], int] = {}
    spelt: dict[str, str] = {}

    def named(name: str) -> str:
        found = reader_of(name)
        return spelt.setdefault(fold(found), found)

    for number, row in rows:
        if not any(row[name] for name in TO_FILL if name != "reader"):
            continue
        try:
            review = _review(row, claims, code_of, named, reader)
            before = first.setdefault((review.claim_id, review.reader), number)
            if before != number:
                message = f"{review.reader} judges this claim in row {before} as well; leave one of the two."
                raise UserError(message)  # noqa: TRY301 - one road for all that is wrong with a row
            reviews.append(review)
        except UserError as error:
            wrong.append(Wrong(number, str(error)))
    return Sheet(tuple(reviews), len(rows) - len(reviews) - len(wrong), tuple(wrong), about)


def _load(file: Path) -> Workbook:
    try:
        with catch_warnings():
            simplefilter("ignore")  # of dressings a spreadsheet program added that openpyxl drops
            book = load_workbook(file, data_only=False)
    except OSError as error:
        message = f"{file}: {error.strerror or 'cannot be read'}; name a sheet made with --export."
        raise UserError(message) from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        message = f"{file} is no .xlsx sheet that can be read; name one made with --export."
        raise UserError(message) from error
    if SHEET not in book.sheetnames:
        message = f"{file} has no page {SHEET!r}; name a sheet made with --export."
        raise UserError(message)
    return book


def _rows(found: Iterable[tuple[Any, ...]], file: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows that hold anything, by number, under the names of their columns, in whatever order these stand."""
    every = iter(found)
    head = [_text(cell) for cell in next(every, ())]
    while head and not head[-1]:
        head.pop()
    missing = [name for name in COLUMNS if name not in head]
    unknown = sorted({name or "(no name)" for name in head if name not in COLUMNS or head.count(name) > 1})
    if missing or unknown:
        odd = [f"without {', '.join(missing)}"] * bool(missing) + [f"with {', '.join(unknown)}"] * bool(unknown)
        message = f"{file}: its columns are not those of an exported sheet: {' and '.join(odd)}."
        raise UserError(message)
    rows = []
    for number, cells in enumerate(every, start=2):
        row = dict.fromkeys(COLUMNS, "") | {name: _text(cell) for name, cell in zip(head, cells, strict=False)}
        if any(row.values()):
            rows.append((number, row))
    return rows


def _text(cell: object) -> str:
    """A cell as text; spreadsheets make dates of what looks like one."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(2**63))


def _review(
    row: Mapping[str, str],
    claims: Mapping[int, FiledClaim],
    code_of: Callable[[str], str],
    reader_of: Callable[[str], str],
    reader: str | None,
) -> NewReview:
    """The decision of one row.

    Raises UserError with what is wrong about it.
    """
    filed = claims.get(int(row["claim"])) if _is_number(row["claim"]) else None
    if filed is None:
        message = f"claim {row['claim'] or '(none)'} is not on file any more; take the row out, or export anew."
        raise UserError(message)
    if seen_of(filed) != row[SEEN]:
        message = "its evidence changed since the sheet was written; take the row out, or export anew."
        raise UserError(message)
    shown = facts(filed, row["line"])
    if altered := [name for name in FACTS if " ".join(row[name].split()) != " ".join(shown[name].split())]:
        message = f"{', '.join(altered)} was changed; write in {', '.join(TO_FILL)} only."
        raise UserError(message)
    said = row["decision"].casefold()
    if said not in set(Decision):
        message = f"decision: {row['decision'] or '(empty)'} is none; one of {', '.join(Decision)}."
        raise UserError(message)
    if len(row["note"]) > _LONGEST_NOTE:
        message = f"note: longer than {_LONGEST_NOTE} characters."
        raise UserError(message)
    name = row["reader"] or reader
    if not name:
        message = "reader: nobody is named; fill it in or give --name."
        raise UserError(message)
    right = (row["right stage"], row["right day"], row["right guarantor"])
    correction = None
    if said == Decision.CORRECT:
        correction = corrected(filed, *right, code_of)
    elif any(right):
        message = f"something is corrected, but the decision is {said}; write correct, or empty the right … columns."
        raise UserError(message)
    return NewReview(filed.claim_id, Decision(said), reader_of(name), seen_of(filed), correction, row["note"] or None)
