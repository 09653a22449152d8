"""`zaporuka reprocess` as its users meet it."""

import json
import shlex
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from flows.cli import run

NOW = datetime(2027, 4, 10, 5, 0, tzinfo=UTC)
OWN_OUTLET = """
from crawlers.outlet import Edition, Outlet
OUTLET = Outlet(slug="dawn", name="Dawn", homepage="https://dawn.example/", kind="newspaper", side="UA",
                tier="secondary", rights="made up", editions=(Edition(language="en", hosts=("dawn.example",)),))
"""


@pytest.fixture(scope="session")
def home_template(tmp_path_factory):
    """A data folder with the demo in it; to be copied."""
    folder = tmp_path_factory.mktemp("home") / "data"
    assert run(["demo", "--no-crawl", "--home", str(folder)]) == 0
    return folder


@pytest.fixture
def home(home_template, tmp_path, monkeypatch):
    """A data folder with the demo in it, named by the environment."""
    for name in ("DATABASE_URL", "OUTLETS", "LEXICON"):
        monkeypatch.delenv(f"ZAPORUKA_{name}", raising=False)
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    return shutil.copytree(home_template, tmp_path / "data")


@pytest.fixture
def newer_cleaner(tmp_path, monkeypatch):
    """A folder of outlets of one's own, which makes the cleaner another one."""
    folder = tmp_path / "outlets"
    folder.mkdir()
    (folder / "dawn.py").write_text(OWN_OUTLET, encoding="utf-8")
    return lambda: monkeypatch.setenv("ZAPORUKA_OUTLETS", str(folder))


def test_the_command_shows_then_applies_and_then_nothing_is_due(home, newer_cleaner, capsys):
    capsys.readouterr()
    assert run(["reprocess"]) == 0
    assert "Nothing is due: all was read by today's cleaner" in capsys.readouterr().out
    newer_cleaner()
    assert run(["reprocess"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("DEMO: INVENTED ARTICLES")
    assert "34 of 34" in shown
    assert "nothing was written" in shown
    following = shlex.split(shown.rpartition("Next:")[2])[1:]
    assert following == ["reprocess", "clean", "--apply"]
    assert run(following) == 0
    capsys.readouterr()
    assert run(["reprocess", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["is_demo"], values["total"], values["failed"]) == (True, 0, [])
    assert home.is_dir()


def test_the_command_fails_where_an_archive_file_is_missing(home, newer_cleaner, capsys):
    newer_cleaner()
    [file] = (home / "archive").iterdir()
    file.unlink()
    capsys.readouterr()
    assert run(["reprocess", "--apply"]) == 1
    said = capsys.readouterr().out
    assert f"{file}: No such file or directory (34 pages and articles)" in said
    assert "0 of 34" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["polish"], 2, "No step 'polish'"),
        (["ledger", "--since", "2027-01-01"], 2, "leave out --outlet and --since"),
        (["clean", "--since", "soon"], 2, "write it like"),
        (["clean", "--outlet", "nobody"], 2, "No outlet 'nobody'"),
        (["--identity", "--outlet", "ukrinform"], 2, "leave out --outlet and --since"),
        (["clean", "--home", "no-such-folder"], 1, "there is no database"),
    ],
)
@pytest.mark.usefixtures("home")
def test_asked_wrongly_is_one_line(arguments, code, said, capsys):
    capsys.readouterr()
    assert run(["reprocess", *arguments]) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_identity_is_built_from_nothing_shown_and_applied(home, capsys):
    capsys.readouterr()
    assert run(["reprocess", "--identity"]) == 0
    assert "identity: 30 of 30 articles looked at; nothing changes" in capsys.readouterr().out
    with sqlite3.connect(home / "zaporuka.db") as connection:
        connection.execute("update articles set story_id = article_id")
    assert run(["reprocess", "--identity"]) == 0
    shown = capsys.readouterr().out
    assert "story changed" in shown
    assert "nothing was written" in shown
    following = shlex.split(shown.rpartition("Next:")[2])[1:]
    assert following == ["reprocess", "--identity", "--apply"]
    assert run(following) == 0
    capsys.readouterr()
    assert run(["reprocess", "--identity", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["step"], values["total"], sum(values["counts"].values())) == ("identity", 30, 0)
