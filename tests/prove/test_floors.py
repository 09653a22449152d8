"""The floors themselves, in every run of the tests: none was lowered by hand, and they hold what they should."""

import tomllib
from pathlib import Path

import pytest

FLOORS = Path(__file__).with_name("floors.toml")


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "floors.toml"
    made.write_text(
        '["good"]\nleast = 0.9\nshown = 0.9\nn = 200\n["left"]\nmost = 0.02\nshown = 0.02\nn = 200\n'
        '["speed"]\nleast = 1.5\nshown = 2.0\nn = 200\nnoise = 0.5\n'
    )
    return made


def _read(file):
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_no_floor_is_lower_than_what_was_shown(floor_of_shown):
    known = _read(FLOORS)
    assert known
    for name, kept in known.items():
        [side] = {"least", "most"} & set(kept)
        sign = -1 if side == "most" else 1
        set_by_it = floor_of_shown(side, kept["shown"], kept.get("noise", 0))
        assert sign * kept[side] >= sign * set_by_it, f"{name}: lowered by hand; say pytest -m prove --lower-floors"
        assert kept["n"] > 0


def test_a_figure_on_its_floor_holds_and_one_past_it_fails(file, floors_in):
    floors = floors_in(file)
    floors.hold("good", 0.9, n=200)
    floors.hold("left", 0.02, n=200)
    with pytest.raises(AssertionError, match=r"least 0\.9 was shown.*--lower-floors"):
        floors.hold("good", 0.899, n=200)
    with pytest.raises(AssertionError, match=r"most 0\.02 was shown"):
        floors.hold("left", 0.021, n=200)
    with pytest.raises(AssertionError, match=r"no floor in floors\.toml"):
        floors.hold("new", 1.0, n=200)


def test_fewer_than_the_floor_was_shown_on_fail(file, floors_in):
    with pytest.raises(AssertionError, match="some are missing"):
        floors_in(file, raises=True).hold("good", 1.0, n=199)


def test_a_share_is_printed_with_its_interval_and_few_are_said_to_show_nothing(file, floors_in, capsys):
    floors = floors_in(file, raises=True)
    floors.share("good", 190, 200)
    assert capsys.readouterr().out == "good: 0.950 = 190/200 [0.910, 0.973], least 0.9, n=200\n"
    floors.share("few", 33, 34)
    assert capsys.readouterr().out == "few: 0.971 = 33/34 [0.851, 0.995], least 0.97; not shown, n=34\n"


def test_without_a_word_no_run_writes_floors(file, floors_in):
    before = file.read_bytes()
    floors_in(file).hold("good", 0.99, n=200)
    assert file.read_bytes() == before


def test_raising_writes_better_figures_alone(file, floors_in):
    floors = floors_in(file, raises=True)
    floors.hold("good", 0.98765, n=300)
    floors.hold("left", 0.0112, n=200)
    floors.hold("speed", 2.6, n=200)
    floors.hold("new", 0.5, n=20)
    assert _read(file) == {
        "good": {"least": 0.987, "shown": 0.98765, "n": 300},
        "left": {"most": 0.012, "shown": 0.0112, "n": 200},
        "speed": {"least": 2.1, "shown": 2.6, "n": 200, "noise": 0.5},
        "new": {"least": 0.5, "shown": 0.5, "n": 20},
    }
    with pytest.raises(AssertionError):
        floors.hold("good", 0.95, n=300)
    assert _read(file)["good"]["least"] == 0.987


def test_a_timed_figure_is_better_past_its_noise_alone(file, floors_in):
    floors_in(file, raises=True).hold("speed", 2.4, n=200)
    assert _read(file)["speed"]["shown"] == 2.0


def test_lowering_is_a_word_of_its_own(file, floors_in):
    floors = floors_in(file, lowers=True)
    floors.hold("good", 0.8, n=200)
    floors.hold("speed", 2.4, n=200)
    assert _read(file)["good"] == {"least": 0.8, "shown": 0.8, "n": 200}
    assert _read(file)["speed"]["shown"] == 2.0
