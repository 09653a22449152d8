"""What the step verbs say of lines they cannot take as they are meant."""

import json

from flows.cli import run


def test_a_field_that_is_nearly_one_that_is_read_is_named(tmp_path, capsys):
    docs = tmp_path / "docs.jsonl"
    docs.write_text(json.dumps({"id": "a", "text": "Слово", "publised": "2026-05-12", "colour": "red"}), "utf-8")
    assert run(["step", "identify", str(docs)]) == 0
    said = capsys.readouterr().err
    assert "field 'publised' is not read; did you mean 'published'?" in said
    assert "colour" not in said


def test_an_empty_file_of_documents_is_asked_wrongly(tmp_path, capsys):
    docs = tmp_path / "docs.jsonl"
    docs.write_text("\n \n", "utf-8")
    assert run(["step", "tag", str(docs)]) == 2
    assert "holds no line" in capsys.readouterr().err


def test_a_bare_day_comes_after_every_hour_of_it(tmp_path, capsys):
    text = " ".join(f"слово{number}" for number in range(80))
    rows = [{"id": "day", "text": text, "published": "2026-05-12"}]
    rows.append({"id": "hour", "text": text, "published": "2026-05-12T10:00+03:00"})
    docs = tmp_path / "docs.jsonl"
    docs.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert run(["step", "identify", str(docs)]) == 0
    assert [json.loads(line)["work"] for line in capsys.readouterr().out.splitlines()] == ["hour", "hour"]
