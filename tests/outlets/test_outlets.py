"""Made-up pages of every layout of every outlet, each with what a careful reader would take from it.

A case is `<slug>/<case>.html` with `<case>.json` (see `flows.outlet_cases`). Each expected field is a test of its own.
"""

from functools import lru_cache
from pathlib import Path

import pytest

from crawlers.outlet import all_outlets
from flows.lexicon.clutter import load_clutter
from flows.outlet_cases import CaseError, case_files, difference, read_case, result_of

HERE = Path(__file__).parent
FOLDERS = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")


@lru_cache
def _case(file):
    return read_case(file)


@lru_cache
def _read(file):
    return result_of(_case(file), all_outlets(), load_clutter())


def _fields():
    for file in sorted(HERE.glob("*/*.json")):
        try:
            fields = _case(file).fields
        except CaseError:  # raised again by its test, so that one broken case stops no other
            fields = ("file",)
        yield from (pytest.param(file, field, id=f"{file.parent.name}/{file.stem}:{field}") for field in fields)


@pytest.mark.parametrize(("file", "field"), list(_fields()))
def test_page(file, field):
    assert difference(_case(file), field, _read(file)) is None


def test_every_page_has_its_expectation_and_every_outlet_its_pages():
    assert set(all_outlets()) <= {folder.name for folder in FOLDERS if case_files(folder)}
