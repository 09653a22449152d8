"""Topics of an analyst's own: found, stored, part of the rules version; a file that cannot be used is one line."""

import json
import re
from pathlib import Path

import pytest

from flows.cli import run
from flows.edge import opened
from flows.knowledge import load_knowledge
from flows.settings import Settings, read_settings

REPO = Path(__file__).parents[2]
TEXT = """\
The grain corridor worked all summer

The grain corridor worked all summer without a break, the harbour master of Mykolaiv told reporters.

Ships left the harbour every day, he said, and more are expected in autumn.
"""
FOUND = {
    "en": ("Both grain corridors were open.", "They asked for safe passage of all vessels."),
    "uk": ("Роботу зернових коридорів продовжено.",),
    "ru": ("О зерновой сделке договорились снова.",),
}


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder for lexicon files of one's own, named by the environment, beside a data folder."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    monkeypatch.setenv("ZAPORUKA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ZAPORUKA_LEXICON", str(folder))
    for name in ("DATABASE_URL", "OUTLETS"):
        monkeypatch.delenv(f"ZAPORUKA_{name}", raising=False)
    return folder


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A folder with the topic that the documentation shows."""
    page = (REPO / "docs/for-analysts.md").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("shown")
    topic = re.search(r"```yaml\n(grain_corridor:.*?)```", page, re.DOTALL)[1]
    (folder / "topics.yaml").write_text(topic, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("own")
def test_the_topic_the_documentation_shows_is_found_in_three_languages(shown, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ZAPORUKA_LEXICON", str(shown))
    rows = [{"id": text, "text": text, "language": language} for language, texts in FOUND.items() for text in texts]
    rows.append({"id": "excluded", "text": "An illegal grain deal was uncovered.", "language": "en"})
    docs = tmp_path / "docs.jsonl"
    docs.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert run(["step", "tag", str(docs)]) == 0
    *found, excluded = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert excluded["topics"] == []
    for line in found:
        [topic] = line["topics"]
        assert topic["topic"] == "grain_corridor"
        assert topic["evidence"][0]["quote"] == line["id"]


@pytest.mark.usefixtures("own")
def test_an_own_topic_is_stored_and_is_part_of_the_rules(shown, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZAPORUKA_LEXICON", str(shown))
    file = tmp_path / "ships.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run(["ingest", str(file)]) == 0
    with opened(read_settings()) as store:
        [tag] = store.rows("select t.topic, r.rules_version from tags t join readings r on r.reading_id = t.reading_id")
    assert tag["topic"] == "grain_corridor"
    with_it = load_knowledge(Settings(lexicon=shown)).rules_version
    assert tag["rules_version"] == with_it
    capsys.readouterr()
    assert run(["search", "--topic", "grain_corridor"]) == 0
    assert "The grain corridor worked all summer" in capsys.readouterr().out
    assert run(["search", "--topic", "peace_formula"]) == 0
    assert "No article is on peace_formula." in capsys.readouterr().out
    assert run(["search", "--topic", "grain"]) == 2
    assert "No topic 'grain'. Known:" in capsys.readouterr().err
    assert with_it != load_knowledge(Settings(lexicon=None)).rules_version


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("topics.yaml", "own: {title: Own, strnog: {en: [x]}}\n", "field 'own.strnog': no such field"),
        (
            "topics.yaml",
            "peace_formula: {title: Own, strong: {en: [x]}}\n",
            "field 'peace_formula': this id is built in",
        ),
        (
            "topics.yaml",
            "own: {title: A, strong: {en: [x]}}\nown: {title: B, strong: {en: [y]}}\n",
            "'own': stands there twice",
        ),
        (
            "topics.yaml",
            "own: {title: Own, strong: {en: ['guarant(ee']}}\n",
            "own.strong.en.0': 'guarant(ee' holds '('",
        ),
        ("topics.yaml", "own: {title: Own, strong: {en: x}}\n", "field 'own.strong.en'"),
        ("topics.yaml", "own: {title: Own, strong: {de: [x]}}\n", "field 'own.strong.de': no such field"),
        ("topics.yaml", "own: {title: Own}\n", "nothing could carry this topic"),
        ("topics.yaml", "Own Topic: {title: Own, strong: {en: [x]}}\n", "'Own Topic' is no id"),
        ("topics.yaml", "own: [unclosed\n", "is not YAML"),
        ("topics.yaml", "", "topics.yaml: holds nothing"),
        ("topic.yaml", "own: {title: Own, strong: {en: [x]}}\n", "no lexicon file is called so"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(own, tmp_path, capsys, name, content, said):
    (tmp_path / "docs.jsonl").write_text("", encoding="utf-8")
    (own / name).write_text(content, encoding="utf-8")
    assert run(["step", "tag", str(tmp_path / "docs.jsonl")]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert str(own / name) in err
    assert err.count("\n") == 1


def test_a_question_that_needs_the_lexicon_names_the_bad_file_too(own, capsys):
    with opened(read_settings(), must_exist=False):
        pass
    (own / "topics.yaml").write_text("own: {title: Own}\n", encoding="utf-8")
    assert run(["ledger", "Японією"]) == 2
    err = capsys.readouterr().err
    assert "nothing could carry this topic" in err
    assert err.count("\n") == 1


def test_a_folder_that_is_not_there_is_one_line(own, tmp_path, capsys):
    own.rmdir()
    (tmp_path / "docs.jsonl").write_text("", encoding="utf-8")
    assert run(["step", "tag", str(tmp_path / "docs.jsonl")]) == 2
    err = capsys.readouterr().err
    assert f"{own}: is not a folder" in err
    assert err.count("\n") == 1
