"""Floors: what a proof has shown once, it must show again."""

import json
import math
import re
import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

FLOORS = Path(__file__).with_name("floors.toml")
FEW = 100
_PLACES = 1000
_HEAD = """\
# What `make prove` has shown, and the floor that must hold: `least` of it, or `most` where less is better.
# `shown` is the figure when the floor was set, `n` on how many it was measured, `noise` what a busy machine may take
# of a figure that is timed. Figures and floors are written by `pytest -m prove --raise-floors` (better ones) and
# `--lower-floors` (worse ones), never by hand.
"""


def wilson(hits, n):
    """The 95 % interval of a share by Wilson's score."""
    z = 1.96
    if not n:
        return 0.0, 1.0
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - reach, middle + reach


class Floors:
    """The floors in one file, with what a run may do to them: nothing, raise them, lower them."""

    def __init__(self, file, *, raises=False, lowers=False):
        self.file, self.raises, self.lowers = file, raises, lowers
        self.known = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def share(self, name, hits, n):
        """Hold `hits` of `n`, shown with its interval."""
        low, high = wilson(hits, n)
        self.hold(name, hits / max(n, 1), n=n, detail=f" = {hits}/{n} [{low:.3f}, {high:.3f}]")

    def hold(self, name, value, *, n, detail=""):
        """Print a figure measured on `n` beside its floor, and fail where it is on the wrong side of it."""
        if name not in self.known and self.raises:
            self._set(name, "least", value, n)
        assert name in self.known, f"{name}: no floor in {self.file.name}; set it: pytest -m prove --raise-floors"
        kept = self.known[name]
        side = "most" if "most" in kept else "least"
        sign = -1 if side == "most" else 1
        # A lucky moment of a timed figure is no better figure, or its floor would creep up past what holds.
        is_better = sign * value > sign * kept["shown"] + kept.get("noise", 0)
        holds = sign * value >= sign * kept[side]
        few = f"; not shown, n={n}" if n < FEW else f", n={n}"
        print(f"{name}: {value:.3f}{detail}, {side} {kept[side]:g}{few}")
        enough = n >= kept["n"] or self.lowers
        assert enough, f"{name}: measured on {n}, its floor was shown on {kept['n']}: some are missing"
        if (is_better and self.raises) or (not holds and self.lowers):
            self._set(name, side, value, n)
            return
        floor = f"{side} {kept[side]:g} was shown; if that is meant: pytest -m prove --lower-floors"
        assert holds, f"{name}: {value:.4f}, but {floor}"

    def _set(self, name, side, value, n):
        kept = self.known.setdefault(name, {})
        kept |= {side: floor_of(side, value, kept.get("noise", 0)), "shown": round(value, 5), "n": n}
        self.write()

    def write(self):
        """Write the file anew, by name."""
        tables = [
            f"[{json.dumps(name, ensure_ascii=False)}]\n" + "".join(f"{key} = {value}\n" for key, value in kept.items())
            for name, kept in sorted(self.known.items())
        ]
        self.file.write_text("\n".join([_HEAD, *tables]), encoding="utf-8")


def floor_of(side, shown, noise=0):
    """The floor a shown figure sets: rounded to three places away from it, and past its noise."""
    if side == "most":
        return math.ceil(round((shown + noise) * _PLACES, 6)) / _PLACES
    return math.floor(round((shown - noise) * _PLACES, 6)) / _PLACES


@pytest.fixture(scope="session")
def floors(pytestconfig):
    """The floors of all proofs."""
    options = pytestconfig.option
    return Floors(FLOORS, raises=options.raise_floors, lowers=options.lower_floors)


@pytest.fixture
def floors_in():
    """Make the floors of another file."""
    return Floors


@pytest.fixture(scope="session")
def floor_of_shown():
    """The rule by which a shown figure sets its floor."""
    return floor_of


def _shingles(text):
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def _overlap(found, right):
    ours, theirs = _shingles(found), _shingles(right)
    shared = sum((ours & theirs).values())
    return (shared / sum(ours.values()) if ours else float(not theirs)), (
        shared / sum(theirs.values()) if theirs else float(not ours)
    )


def _f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@pytest.fixture(scope="session")
def measure():
    """How two texts agree: `overlap` gives (precision, recall) of word 4-shingles, `f1` makes one figure of both."""
    return SimpleNamespace(overlap=_overlap, f1=_f1)
