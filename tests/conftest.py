"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled texts and real pages; tests that read it skip, visibly, where it is absent."""
    folder = (REPO / os.environ.get("ZAPORUKA_SHARED", "../shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no labelled data: {folder} is absent (set ZAPORUKA_SHARED)")
    return folder
