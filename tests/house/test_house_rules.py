"""Conventions of this repository that no linter knows."""

import re
import subprocess
from pathlib import Path

import pytest

import crawlers
import flows
import storage

REPO = Path(__file__).parents[2]
MAX_LINES = 400


def tracked(*patterns):
    listing = subprocess.run(
        ["git", "ls-files", *patterns], cwd=REPO, capture_output=True, text=True, check=True
    ).stdout
    return [REPO / line for line in listing.splitlines()]


@pytest.mark.parametrize("package", [crawlers, flows, storage], ids=lambda p: p.__name__)
def test_packages_come_from_this_repository(package):
    assert Path(package.__file__).is_relative_to(REPO)


def test_no_module_is_two_rooms_in_one():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in tracked("*.py")}
    assert sizes
    assert {str(path): n for path, n in sizes.items() if n > MAX_LINES} == {}


def test_locks_hold_hashes_and_no_addresses():
    locks = tracked("deploy/locks/*.txt")
    assert len(locks) == 6
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index-url|--find-links", text), lock


def test_only_dialect_names_the_engines():
    guilty = [
        path
        for path in tracked("storage/*.py", "flows/*.py", "crawlers/*.py")
        if re.search(r"dialect\.name|== \"(sqlite|postgresql)\"", path.read_text(encoding="utf-8"))
        and path.name != "dialect.py"
    ]
    assert guilty == []


def test_deploy_holds_no_python():
    assert tracked("deploy/*.py") == []
