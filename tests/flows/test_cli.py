"""The command line as its users meet it: answers, exit codes, and one clear line for every mistake."""

import contextlib
import errno
import gzip
import io
import json
import shlex
import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from crawlers.archive import ArchiveWriter
from flows import ingest as ingest_module
from flows.cli import run
from flows.demo import replica

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory):
    """A data folder into which the demo was read."""
    home = tmp_path_factory.mktemp("demo") / "data"
    assert run(["demo", "--no-crawl", "--home", str(home)]) == 0
    return home


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder that does not exist yet, named by the environment."""
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    for name in ("DATABASE_URL", "OUTLETS", "LEXICON"):
        monkeypatch.delenv(f"ZAPORUKA_{name}", raising=False)
    return tmp_path / "data"


def complaint(capsys):
    """What stands on standard error: one line of ours and nothing else."""
    out, err = capsys.readouterr()
    assert err.startswith("zaporuka: ")
    assert err.count("\n") == 1, err
    assert "Traceback" not in out + err
    return err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leger"], "leger"),
        (["ledger", "--asof", "2024-01-01"], "--asof"),
        (["search"], "give a word"),
        (["search", "!!"], "Nothing to search for"),
        (["ingest"], "'paths'"),
        (["ingest", "no-such-file.html"], "no such file"),
        (["ingest", "--outlet", "nobody", "x.html"], "No outlet 'nobody'"),
        (["outlets", "show", "nobody"], "No outlet 'nobody'"),
        (["step", "tag", "no-such.jsonl"], "name a JSONL file"),
        (["step", "clean", "no-such.jsonl"], "no such file"),
        (["step"], "Missing command"),
        (["db", "compare", "one"], "'second'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_asked_wrongly_is_one_line_and_exit_2(arguments, said, home, capsys):
    assert run(arguments) == 2
    assert said in complaint(capsys)
    assert not home.exists()


@pytest.mark.parametrize("verb", ["ledger", "search x", "status", "db check"])
def test_a_reading_verb_never_makes_a_database(verb, home, capsys):
    assert run(verb.split()) == 1
    assert "there is no database" in complaint(capsys)
    assert not home.exists()


def test_a_wrong_day_and_an_unknown_guarantor_are_named(demo_home, capsys):
    assert run(["ledger", "--as-of", "31.02.2024", "--home", str(demo_home)]) == 2
    assert "write it like 2024-06-13" in complaint(capsys)
    assert run(["ledger", "atlantis", "--home", str(demo_home)]) == 2
    assert "atlantis" in complaint(capsys)


@pytest.mark.usefixtures("home")
def test_odd_files_get_an_outcome_each_and_the_good_one_is_read(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.html").write_bytes(b"")
    (folder / "binary.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "cut.html.gz").write_bytes(gzip.compress(b"<p>" + b"long text " * 500)[:-20])
    (folder / "huge.html").write_bytes(b"<p>x</p>" * 1_400_000)
    (folder / "broken.warc.gz").write_bytes(b"this is no WARC file at all")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    shutil.copy(REPO / "flows/demo/pages/ie-talks-started.html", folder / "good.html")
    lines = ["{no json", json.dumps({"text": "no id"}), json.dumps({"id": "gone", "file": "gone.html"})]
    (folder / "lines.jsonl").write_text("\n".join(lines))
    assert run(["ingest", str(folder), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    outcomes = sorted(row["outcome"] for row in report["dropped"])
    expected = ["binary", "empty", "not_found", "not_html", "too_large", "truncated", "unreadable", "unreadable"]
    assert [one for one in outcomes if one != "unreadable"] == [one for one in expected if one != "unreadable"]
    assert outcomes.count("unreadable") >= 3
    assert sum(row["inputs"] for row in report["outcomes"] if row["outcome"] == "article") == 1
    assert any("lines.jsonl, line 1" in row["why"] for row in report["dropped"])


@pytest.mark.usefixtures("home")
def test_a_database_that_is_not_ours_is_left_as_it_was(tmp_path, capsys):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table letters (id integer)")
    connection.close()
    before = other.read_bytes()
    page = str(REPO / "flows/demo/pages/ie-talks-started.html")
    assert run(["ingest", page, "--database", f"sqlite:///{other}"]) == 1
    assert "not" in complaint(capsys)
    assert other.read_bytes() == before
    text = tmp_path / "text.db"
    text.write_text("no database at all " * 100)
    assert run(["status", "--database", f"sqlite:///{text}"]) == 1
    assert "not a SQLite database" in complaint(capsys)


@pytest.mark.parametrize("revision", ["9999", "0000"])
def test_a_newer_or_unknown_database_says_what_to_do(revision, demo_home, tmp_path, capsys):
    shutil.copytree(demo_home, tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy" / "zaporuka.db") as connection:
        connection.execute("update alembic_version set version_num = ?", (revision,))
    connection.close()
    assert run(["ledger", "--home", str(tmp_path / "copy")]) == 1
    assert "zaporuka" in complaint(capsys)


@pytest.mark.usefixtures("home")
def test_an_unreachable_server_is_named_without_its_password(capsys):
    assert run(["status", "--database", "postgresql://me:geheim@127.0.0.1:1/none"]) == 1
    said = complaint(capsys)
    assert "geheim" not in said
    assert "127.0.0.1" in said


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    page = str(REPO / "flows/demo/pages/ie-talks-started.html")
    assert run(["ingest", page, "--home", str(tmp_path / "file" / "data")]) == 1
    assert "--home" in complaint(capsys)


@pytest.mark.usefixtures("home")
def test_a_full_disk_stops_the_run_and_the_next_one_finishes_it(monkeypatch, capsys):
    page = str(REPO / "flows/demo/pages/ie-talks-started.html")
    with monkeypatch.context() as patched:

        def full(*_args, **_more):
            raise OSError(errno.ENOSPC, "No space left on device", "archive")

        patched.setattr(ArchiveWriter, "write_resource", full)
        assert run(["ingest", page]) == 1
        assert "make room" in complaint(capsys)
    assert run(["ingest", page, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"] == [
        {"outlet": "ukrinform", "outcome": "article", "inputs": 1}
    ]


@pytest.mark.usefixtures("home")
def test_ctrl_c_keeps_whole_batches_and_says_how_to_go_on(monkeypatch, capsys):
    manifest = str(REPO / "flows/demo/manifest.jsonl")
    monkeypatch.setattr(ingest_module, "BATCH", 10)
    batches = []
    real = ingest_module.load_archive

    def load(*args, **more):
        batches.append(args)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return real(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(ingest_module, "load_archive", load)
        assert run(["ingest", manifest]) == 130
    assert "run the same command again" in complaint(capsys)
    assert run(["status", "--json"]) == 0
    kept = json.loads(capsys.readouterr().out)
    assert kept["tables"]["pages"] == 10
    assert kept["runs"][0]["state"] == "interrupted"
    assert run(["ingest", manifest, "--json"]) == 0
    capsys.readouterr()
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"]["pages"] == 35


@pytest.mark.usefixtures("home")
def test_an_outlet_file_with_a_wrong_field_is_named(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mine.py").write_text("from crawlers.outlet import Outlet\nOUTLET = Outlet(slug='mine', colour='red')\n")
    monkeypatch.setenv("ZAPORUKA_OUTLETS", str(folder))
    assert run(["outlets", "list"]) == 2
    said = complaint(capsys)
    assert "mine.py" in said
    assert "colour" in said


@pytest.mark.usefixtures("home")
def test_a_lexicon_file_with_a_wrong_field_is_named(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "topics.yaml").write_text("colours: red\n")
    monkeypatch.setenv("ZAPORUKA_LEXICON", str(folder))
    assert run(["ingest", str(REPO / "flows/demo/manifest.jsonl")]) == 2
    said = complaint(capsys)
    assert "topics.yaml" in said
    assert "colours" in said


def test_the_demo_says_on_every_screen_that_it_is_invented(demo_home, capsys):
    for words in (["ledger"], ["ledger", "ireland", "--why"], ["search", "безпека"], ["status"]):
        assert run([*words, "--home", str(demo_home)]) == 0
        assert "DEMO: INVENTED ARTICLES" in capsys.readouterr().out, words
    for words in (["ledger"], ["search", "безпека"], ["status"]):
        assert run([*words, "--json", "--home", str(demo_home)]) == 0
        assert json.loads(capsys.readouterr().out)["is_demo"] is True, words


def test_real_pages_never_go_into_the_demo_and_the_demo_never_into_real_ones(demo_home, home, capsys):
    page = str(REPO / "flows/demo/pages/ie-talks-started.html")
    assert run(["ingest", page, "--home", str(demo_home)]) == 2
    assert "invented" in complaint(capsys)
    assert run(["ingest", page]) == 0
    capsys.readouterr()
    assert run(["demo", "--no-crawl", "--home", str(home)]) == 2
    assert "--home" in complaint(capsys)


def test_the_demo_again_brings_nothing_new(demo_home, capsys):
    assert run(["demo", "--no-crawl", "--home", str(demo_home)]) == 0
    said = capsys.readouterr().out
    assert " 0 articles, 35 known already" in said
    assert "Ledger lines: none changed." in said


def test_a_line_of_the_ledger_carries_its_proof(demo_home, capsys):
    assert run(["ledger", "Ірландія", "--json", "--home", str(demo_home)]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert {line["guarantor"] for line in lines} == {"IE"}
    signed = next(line for line in lines if line["stage"] == "signed")
    assert signed["event_on_min"] == signed["event_on_max"] == "2027-03-17"
    assert signed["claims"]
    for claim in signed["claims"]:
        steps = [one for one in claim["evidence"] if one["role"] == "step"]
        assert steps
        assert claim["outlet"]
        assert claim["rule"]
        assert claim["rules_version"]


def test_what_was_published_by_a_day_knows_nothing_later(demo_home, capsys):
    assert run(["ledger", "--published-by", "2026-12-31", "--json", "--home", str(demo_home)]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert lines
    assert "signed" not in {line["stage"] for line in lines}
    assert all(claim["published_on"] <= "2026-12-31" for line in lines for claim in line["claims"])


def test_an_empty_answer_says_what_was_searched(demo_home, capsys):
    assert run(["ledger", "iceland", "--home", str(demo_home)]) == 0
    said = capsys.readouterr().out
    assert "No step about Iceland found" in said
    assert "31 articles of 4 outlets" in said or "articles of 4 outlets" in said


@pytest.mark.parametrize(
    ("words", "language"), [("гарантія безпеки", "uk"), ("гарантии безопасности", "ru"), ("security guarantees", "en")]
)
def test_search_finds_inflected_forms(words, language, demo_home, capsys):
    assert run(["search", words, "--json", "--home", str(demo_home)]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert language in {hit["language"] for hit in hits}


def test_next_steps_run_as_printed(demo_home, capsys):
    assert run(["demo", "--no-crawl", "--home", str(demo_home)]) == 0
    printed = [line.strip() for line in capsys.readouterr().out.split("Next:")[1].splitlines() if line.strip()]
    assert len(printed) >= 3
    for line in printed:
        assert run(shlex.split(line)[1:]) == 0, line


def test_steps_speak_a_line_in_and_a_line_out(tmp_path, capsys):
    manifest = REPO / "flows/demo/manifest.jsonl"
    assert run(["step", "clean", str(manifest)]) == 0
    cleaned = capsys.readouterr().out
    lines = [json.loads(line) for line in cleaned.splitlines()]
    assert [line["id"] for line in lines] == [json.loads(raw)["id"] for raw in manifest.read_text().splitlines()]
    assert all(line["text"] == "\n\n".join(p["text"] for p in line["paragraphs"]) for line in lines)
    docs = tmp_path / "docs.jsonl"
    docs.write_text(
        "\n".join(json.dumps({**line, "published": line["published_at"]}) for line in lines if line["text"])
    )
    assert run(["step", "tag", str(docs)]) == 0
    for raw, line in zip(capsys.readouterr().out.splitlines(), docs.read_text().splitlines(), strict=True):
        tagged, given = json.loads(raw), json.loads(line)
        assert tagged["id"] == given["id"]
        text_full = given["title"] + "\n\n" + given["text"]
        for claim in tagged["claims"]:
            for one in claim["evidence"]:
                assert text_full[one["start"] : one["end"]] == one["quote"]
    assert run(["step", "identify", str(docs)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(docs.read_text().splitlines())


def test_a_line_gives_the_same_answer_whatever_its_neighbours(tmp_path, capsys):
    manifest = REPO / "flows/demo/manifest.jsonl"
    raws = manifest.read_text().splitlines()
    alone = tmp_path / "alone.jsonl"
    given = json.loads(raws[4])
    alone.write_text(json.dumps({**given, "file": str(manifest.parent / given["file"])}))
    assert run(["step", "clean", str(manifest)]) == 0
    among = capsys.readouterr().out.splitlines()[4]
    assert run(["step", "clean", str(alone)]) == 0
    assert capsys.readouterr().out.splitlines() == [among]


def test_bad_lines_of_a_step_are_named_after_the_good_ones_are_done(tmp_path, capsys):
    docs = tmp_path / "docs.jsonl"
    docs.write_text('{no json\n{"id": "a", "title": "T", "text": "Text."}\n{"title": "no id", "text": "x"}\n')
    assert run(["step", "tag", str(docs)]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["id"] == "a"
    assert "line 1" in err
    assert "1 more" in err
    assert err.count("\n") == 1


def test_why_explains_one_document(capsys):
    page = str(REPO / "flows/demo/pages/pt-talks-flattened.txt")
    assert run(["step", "clean", page, "--why"]) == 0
    assert "removed" in capsys.readouterr().out


@pytest.fixture(scope="module")
def demo_said(tmp_path_factory):
    """What the demo prints, without Prefect, and where its data lie."""
    home = tmp_path_factory.mktemp("demo") / "data"
    unhurried = partial(replica.Setting, crawl_delay_s=0.02)
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as out:
        patch.setattr(replica, "Setting", unhurried)
        assert run(["demo", "--home", str(home), "--pace", "0.02", "--no-prefect"]) == 0
    return out.getvalue(), home


@pytest.mark.prove
def test_the_demo_s_crawl_reports_what_its_server_held(demo_said):
    said, _ = demo_said
    first_night = said.split("One night's crawl")[1].split("The night after")[0]
    [pravda] = [line for line in first_night.splitlines() if line.startswith("ukrainska-pravda")]
    assert pravda.split()[1] == "?"
    assert "forbidden (403)" in pravda
    assert "nobody knows how much is missing" in said
    assert "The server knows what ukrainska-pravda's indexes hid" in said
    assert "the crawl saw" not in said  # of the others it saw all that was listed


@pytest.mark.prove
def test_the_demo_s_second_night_tells_what_changed_and_by_which_cause(demo_said):
    said, _ = demo_said
    changes = said.split("What changed since yesterday")[1].split("The second night once more")[0]
    for cause in ("NEWS", "OUTLET EDIT", "LATE FIND"):
        assert cause in changes, cause
    assert "The second night once more: 0 new articles, 0 new versions, 0 new claims." in said


@pytest.mark.prove
def test_what_the_demo_says_to_type_next_runs_as_printed(demo_said, capsys):
    said, _ = demo_said
    lines = said.rpartition("Next:")[2].strip().splitlines()
    assert len(lines) >= 5
    for line in lines:
        assert run(shlex.split(line)[1:]) == 0, line
        assert capsys.readouterr().out.strip(), line
