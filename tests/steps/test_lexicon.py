"""The lexicon: forms are generated, names resolve in three languages, bad files are named."""

import shutil
import time
from pathlib import Path

import pytest

from flows.lexicon import LexiconFileError, load_lexicon, resolve_guarantor
from flows.lexicon.inflect import phrase_forms, surname_forms
from flows.lexicon.load import load
from storage.terms import Family


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Japan", "JP"),
        ("  the UK ", "GB"),
        ("jp", "JP"),
        ("Японія", "JP"),
        ("Японией", "JP"),
        ("Велика Британія", "GB"),
        ("великої британії", "GB"),
        ("ФРН", "DE"),
        ("ФРГ", "DE"),
        ("ОАЕ", "AE"),
        ("U.S.", "US"),
        ("Європейського Союзу", "EU"),
        ("Країни Балтії", "BALTICS"),
        ("Group of Seven", "G7"),
        ("Kosovo", "XK"),
        ("norway", "NO"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_guarantor_is_understood_by_any_of_its_names(words, code):
    assert resolve_guarantor(words, load_lexicon()) == code


def test_adjective_and_noun_agree_in_the_forms_of_a_phrase():
    forms = phrase_forms("безпекова угода", "uk")
    assert {"безпекової угоди", "безпековій угоді", "безпекову угоду", "безпековою угодою"} <= forms
    assert {"безпекових угод", "безпековими угодами"} <= forms
    assert "безпекова угоду" not in forms


def test_the_complement_of_a_phrase_stays_as_it_is():
    assert "гарантіями безпеки" in phrase_forms("гарантія безпеки", "uk")
    assert "гарантіями безпеками" not in phrase_forms("гарантія безпеки", "uk")


def test_a_phrase_marked_as_fixed_has_one_form():
    assert phrase_forms("=на 100 років", "uk") == {"на 100 років"}


@pytest.mark.parametrize(
    ("surname", "language", "form"),
    [
        ("Єрмак", "uk", "єрмаком"),
        ("Стефанчук", "uk", "стефанчука"),
        ("Зеленський", "uk", "зеленського"),
        ("Сибіга", "uk", "сибізі"),
        ("Свириденко", "uk", "свириденко"),
        ("Рютте", "uk", "рютте"),
        ("Умеров", "ru", "умеровым"),
        ("Мерц", "ru", "мерцем"),
    ],
)
def test_surnames_are_declined_by_their_ending(surname, language, form):
    assert form in surname_forms(surname, language)


def test_every_document_has_a_family_and_known_parties():
    lexicon = load_lexicon()
    assert lexicon.documents["budapest-1994"].family is Family.BUDAPEST_1994
    assert {document.family for document in lexicon.documents.values()} == set(Family)
    for document in lexicon.documents.values():
        assert set(document.parties) <= set(lexicon.guarantors)


def test_ukraine_and_russia_are_no_guarantors_and_members_know_their_groups():
    guarantors = load_lexicon().guarantors
    assert guarantors["UA"].kind == "beneficiary"
    assert guarantors["RU"].kind == "adversary"
    assert {code for code, one in guarantors.items() if "G7" in one.groups} == {
        "US",
        "GB",
        "CA",
        "FR",
        "DE",
        "IT",
        "JP",
    }
    assert sum("EU" in one.groups for one in guarantors.values()) == 27
    assert sum("NATO" in one.groups for one in guarantors.values()) == 32


def test_loading_twice_gives_the_same_lexicon_and_version(tmp_path):
    first = load_lexicon()
    assert load_lexicon() is first
    (tmp_path / "words.yaml").write_text("own_list:\n  en: [moonbase]\n", encoding="utf-8")
    own = load_lexicon(tmp_path)
    assert own.version != first.version
    assert "moonbases" in own.triggers("own_list")


def test_loading_is_quick():
    load_lexicon()  # the dictionaries are in memory from here on
    load.cache_clear()
    start = time.process_time()
    load_lexicon()
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("guarantors.yaml", "QQ: {kind: state, en: {names: [Q]}, uk: {names: [Q]}}\n", "QQ.ru"),
        ("guarantors.yaml", "JP: {kind: state, en: {names: [J]}, uk: {names: [J]}, ru: {names: [J]}}\n", "JP"),
        ("topics.yaml", "own: {title: Own, strnog: {en: [x]}}\n", "own.strnog"),
        ("topics.yaml", "own: {title: Own, documents: [no-such]}\n", "own.documents"),
        ("topics.yaml", "own: {title: 7}\n", "own.title"),
        (
            "persons.yaml",
            "A B: {roles: [[UA, x]], en: {surname: [B]}, uk: {surname: [B]}, ru: {surname: [B]}}\n",
            "A B.roles",
        ),
        ("words.yaml", "own: {en: ['=']}\n", "own.en.0"),
        ("words.yaml", "own: {uk: ['']}\n", "own.uk.0"),
        ("words.yaml", "titles: {en: [x]}\n", "titles"),
        ("words.yaml", "[unclosed\n", ""),
    ],
)
def test_a_bad_file_is_named_with_its_field(tmp_path: Path, name, content, field):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(LexiconFileError) as caught:
        load_lexicon(tmp_path)
    assert caught.value.file.name == name
    assert caught.value.field.startswith(field)


def test_a_folder_that_is_absent_is_refused(tmp_path: Path):
    gone = tmp_path / "gone"
    gone.mkdir()
    shutil.rmtree(gone)
    with pytest.raises(LexiconFileError):
        load_lexicon(gone)


def test_an_own_topic_is_found_in_texts(tmp_path: Path):
    (tmp_path / "topics.yaml").write_text(
        "moon_shield: {title: Moon shield, strong: {en: [lunar shield]}}\n", encoding="utf-8"
    )
    lexicon = load_lexicon(tmp_path)
    assert lexicon.topics["moon_shield"].title == "Moon shield"
    assert lexicon.gate.find_matches_as_indexes("two lunar shields")
