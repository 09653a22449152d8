"""The clutter file: what is wrong in it is named."""

import pytest
import yaml

from flows.lexicon import LexiconFileError
from flows.lexicon.clutter import FILE, load_clutter


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda data: data.pop("stops"), "stops"),
        (lambda data: data["lines"]["share"].update(en=["("]), "lines.share.en.0"),
        (lambda data: data["lines"]["share"].update(en=["(grouped)"]), "lines.share.en.0"),
        (lambda data: data["pages"].update(nonsense=["x"]), "pages.nonsense"),
        (lambda data: data.update(surprise=1), "surprise"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path, change, field):
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    file = tmp_path / "clutter.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(LexiconFileError) as caught:
        load_clutter(file)
    assert caught.value.field.startswith(field)
    assert str(file) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LexiconFileError, match="nowhere"):
        load_clutter(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    "sentence",
    [
        "Читайте також про це в законі, який парламент ухвалив учора ввечері без обговорення й голосування.",
        "The minister asked readers to subscribe to the principle that promises are kept, and to act on it.",
        "Джерело: пресслужба міністерства",
        "Photo evidence of the strike was shown to the court, and the judges asked for more of it.",
        "Відео обстрілу вивчає прокуратура, справу передадуть до суду.",
    ],
)
def test_sentences_are_not_clutter(clutter, sentence):
    assert clutter.kind_of(sentence) is None
