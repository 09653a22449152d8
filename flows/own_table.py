"""An analyst's own table of steps, as far as it can be understood: headers, guarantors, steps, days, documents."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import UserError
from flows.own_days import EMPTY, Days, day_bounds
from flows.step_labels import Label, label_of
from flows.steps.text import fold, squeeze
from storage.terms import Family, Side

_MARK = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "guarantor": (
        *("guarantor", "guarantor code", "country", "state", "who", "partner", "signatory", "iso", "code"),
        *("guarantor name", "country name", "гарант", "країна", "держава", "хто", "партнер", "страна"),
        *("государство", "кто"),
    ),
    "stage": (
        *("stage", "step", "event", "action", "label", "status", "етап", "стадія", "крок", "подія", "дія", "статус"),
        *("этап", "стадия", "шаг", "событие", "действие"),
    ),
    "date": ("date", "day", "on", "when", "event on", "event on max", "event date", "дата", "день", "коли", "когда"),
    "date from": ("event on min", "date from", "date min", "earliest", "дата від", "дата от"),
    "precision": ("date precision", "precision", "точність дати", "точність", "точность даты", "точность"),
    "document": ("document", "agreement", "treaty", "text", "документ", "угода", "договір", "соглашение", "договор"),
    "side": ("acting side",),
}
_UPPER_BOUNDS = frozenset({"by", "as of", "станом на", "по состоянию на"})
_SIDES = {fold(one.value): one for one in Side if one is not Side.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, understood. `n` is its line in the file, `said` its cells by what they were read as.

    `days` are None where the row gives none; `families` are empty where it names no document, `documents` hold the
    slugs meant where it names one of several of a family.
    """

    n: int
    said: Mapping[str, str]
    guarantor: str
    label: Label
    days: Days | None
    families: frozenset[Family]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A row that nothing can be compared with, and why. `n` is its line in the file."""

    n: int
    said: Mapping[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table as it was read: each row in one of the two lists; `columns` maps what was read to its header."""

    encoding: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    not_understood: tuple[NotUnderstood, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its slug, its family and all its names, each as `plain_name` gives it."""

    document: str
    family: Family
    names: frozenset[str]


def read_table(file: Path, called: Callable[[str], str], documents: Sequence[Document]) -> OwnTable:
    """Read a CSV file; `called` gives the code of a guarantor by any name and raises UserError for one nobody knows.

    Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1251. Raises UserError for a file that is no such table.
    """
    text, encoding = _text(file)
    records = list(_records(text, file))
    if not records:
        message = f"{file}: nothing stands in it; give a table with a header line."
        raise UserError(message)
    columns = _columns(records[0][1], file)
    rows: list[Row] = []
    failed: list[NotUnderstood] = []
    for n, cells in records[1:]:
        said = {name: _cell(cells, place) for name, (place, _) in columns.items()}
        try:
            rows.append(_row(n, said, called, documents))
        except (UserError, ValueError) as error:
            failed.append(NotUnderstood(n, said, str(error)))
    headers = {name: header for name, (_, header) in columns.items()}
    return OwnTable(encoding, headers, tuple(rows), tuple(failed))


def _text(file: Path) -> tuple[str, str]:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"{file}: {error.strerror}; give a CSV file."
        raise UserError(message) from error
    for encoding in (_MARK.get(data[:2], "utf-8-sig"), "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text:
            break
        return text, "Windows-1251" if encoding == "cp1251" else encoding.removesuffix("-sig").upper()
    message = f"{file}: is no text; save the table as CSV in UTF-8."
    raise UserError(message)


def _records(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines with anything in them, each with the number of the line it begins on."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=head.count))
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"{file}: line {begins} is no CSV ({error}); save the table as CSV in UTF-8."
        raise UserError(message) from error


def _columns(header: Sequence[str], file: Path) -> dict[str, tuple[int, str]]:
    names = [squeeze(re.sub(r"[_/-]+|\([^()]*\)", " ", fold(cell.strip("\ufeff'")))) for cell in header]
    found: dict[str, tuple[int, str]] = {}
    for column, known in _HEADERS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[column] = (place, header[place].strip())
    for column, say in (("guarantor", "guarantor, country, країна or страна"), ("stage", "stage, step, етап or этап")):
        if column not in found:
            told = ", ".join(repr(cell.strip()) for cell in header)
            message = f"{file}: no column for the {column}; call one {say}. Its columns: {told}."
            raise UserError(message)
    return found


def _cell(cells: Sequence[str], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text.removeprefix("'")  # set before a cell that might be run as a formula


def _row(n: int, said: Mapping[str, str], called: Callable[[str], str], documents: Sequence[Document]) -> Row:
    if not said["guarantor"]:
        message = "no guarantor"
        raise ValueError(message)
    guarantor = called(said["guarantor"])
    label = label_of(said["stage"])
    if label is None:
        message = f"the step {said['stage']!r} is none we know" if said["stage"] else "no step"
        raise ValueError(message)
    families, slugs = _documents(said.get("document", ""), documents)
    side = _SIDES.get(fold(said.get("side", "")))
    label = replace(label, side=label.side or side)
    return Row(n, said, guarantor, label, _days(said), families, slugs)


def _days(said: Mapping[str, str]) -> Days | None:
    days = day_bounds(said.get("date", ""))
    precision = squeeze(re.sub(r"[-_]+", " ", fold(said.get("precision", ""))))
    if days is None:
        return None
    if precision in _UPPER_BOUNDS:
        return None, days[1]
    first = day_bounds(said.get("date from", ""))
    if first is not None and first[0] is not None and days[1] is not None and first[0] <= days[1]:
        return first[0], days[1]
    return days


def plain_name(text: str) -> str:
    """A document's name without what writers differ in: case, hyphens, brackets and other signs."""
    return squeeze(re.sub(r"[^\w']+|_", " ", fold(text)))


def _documents(text: str, documents: Sequence[Document]) -> tuple[frozenset[Family], frozenset[str]]:
    """The families meant and, where one document is named, its slug. Raises ValueError for a name nobody knows."""
    asked = plain_name(text)
    if squeeze(fold(text)) in EMPTY or not asked:
        return frozenset(), frozenset()
    exact = [one for one in documents if asked in one.names]
    within = [(name, one) for one in documents for name in one.names if f" {name} " in f" {asked} "]
    longest = max((len(name) for name, _ in within), default=0)
    found = exact or [one for name, one in within if len(name) == longest]
    if found:
        return frozenset(one.family for one in found), frozenset(one.document for one in found)
    if family := next((one for one in Family if asked == plain_name(one)), None):
        return frozenset({family}), frozenset()
    message = f"the document {text!r} is none we know; name one of ours, or leave it empty"
    raise ValueError(message)
