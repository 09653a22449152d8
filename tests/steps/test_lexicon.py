"""The lexicon: forms are generated, names resolve in three languages, bad files are named."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from flows.lexicon import LexiconFileError, load_lexicon, resolve_guarantor
from flows.lexicon.inflect import phrase_forms, surname_forms
from flows.lexicon.load import load
from flows.steps.scanned import ScannedText
from flows.steps.tag import tag
from flows.steps.text import lay_out
from storage.terms import Family, Language, Zone


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


@pytest.mark.parametrize(
    ("phrase", "form"),
    [("військова допомога", "військової допомоги"), ("безпольотна зона", "безпольотну зону"), ("глава", "главою")],
)
def test_a_noun_whose_nominative_the_dictionary_does_not_mark_is_declined(phrase, form):
    assert form in phrase_forms(phrase, "uk")


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
    spent = []
    for _ in range(3):
        load.cache_clear()
        start = time.process_time()
        load_lexicon()
        spent.append(time.process_time() - start)
    assert min(spent) < 1.5


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


TAXONOMY_5 = [
    ("peace_plan_2025", "en", "The delegation brought back a 19-point draft from Geneva.", True),
    ("peace_plan_2025", "en", "Of the 28 points in the American proposal nine were struck out.", True),
    ("peace_plan_2025", "en", "The 20-point peace plan for Gaza was signed in Egypt.", False),
    ("peace_plan_2025", "en", "The two countries signed a peace agreement after thirty years.", False),
    ("peace_plan_2025", "en", "Brussels learnt of Trump's peace plan from the newspapers.", True),
    ("peace_plan_2025", "en", "The ten-point peace plan was presented in Bali.", False),
    ("peace_plan_2025", "uk", "У Женеві обговорили план із 28 пунктів.", True),
    ("peace_plan_2025", "uk", "Документ містить 20 пунктів і жодної карти.", True),
    ("peace_plan_2025", "uk", "Меморандум має 28 пунктів.", False),
    ("peace_plan_2025", "uk", "Мирний план Трампа для Гази схвалили в Єгипті.", False),
    ("peace_plan_2025", "ru", "В Женеве обсудили план из 28 пунктов.", True),
    ("peace_plan_2025", "ru", "Мирный план Трампа по Газе одобрили в Египте.", False),
    ("force_limits_neutrality", "en", "The draft puts a cap on the size of Ukraine's army.", True),
    ("force_limits_neutrality", "en", "A cap on the size of student loans was lifted.", False),
    ("force_limits_neutrality", "en", "Moscow insists on a neutral status for its neighbour.", True),
    ("force_limits_neutrality", "en", "The neutral status of Austria dates from 1955.", False),
    ("force_limits_neutrality", "en", "The plant wants carbon neutrality by 2040.", False),
    ("force_limits_neutrality", "uk", "Йдеться про обмеження чисельності української армії.", True),
    ("force_limits_neutrality", "uk", "Про позаблоковий статус не йдеться.", True),
    ("force_limits_neutrality", "uk", "Нейтральний статус Швейцарії обговорили в парламенті.", False),
    ("force_limits_neutrality", "ru", "Ограничения численности украинской армии неприемлемы.", True),
    ("force_limits_neutrality", "ru", "Нейтралитет Молдовы закреплён в конституции.", False),
    ("air_sea_shield", "en", "Pilots of four nations could close the skies over the west of the country.", True),
    ("air_sea_shield", "en", "Germany leads the European Sky Shield Initiative.", False),
    ("air_sea_shield", "en", "A no-fly zone over the stadium holds on match days.", False),
    ("air_sea_shield", "uk", "Безпольотну зону над заходом країни обговорюють роками.", True),
    ("air_sea_shield", "uk", "Безпека судноплавства в Чорному морі була темою зустрічі.", True),
    ("air_sea_shield", "uk", "Швейцарія приєдналася до проєкту «Європейський небесний щит».", False),
    ("air_sea_shield", "ru", "О закрытии неба снова заговорили весной.", True),
    ("air_sea_shield", "ru", "Бесполётная зона для дронов введена над аэропортом.", False),
    (
        "defence_industry",
        "en",
        "The security agreement with Ukraine names joint drone production as a priority.",
        True,
    ),
    ("defence_industry", "en", "Two firms began joint drone production near Aarhus.", False),
    (
        "defence_industry",
        "en",
        "The security agreement with Ukraine aims its sanctions at Russia's defence industrial base.",
        False,
    ),
    ("defence_industry", "uk", "Безпекова угода з Україною передбачає спільне виробництво дронів.", True),
    ("defence_industry", "uk", "Спільне виробництво дронів розпочали два заводи.", False),
    ("defence_industry", "ru", "Соглашение о безопасности с Украиной включает совместное производство дронов.", True),
    (
        "implementation",
        "en",
        "Ministers took stock of how Italy is carrying out its security agreement with Kyiv.",
        True,
    ),
    ("implementation", "en", "The implementation of the association agreement was on the agenda.", False),
    ("implementation", "uk", "Сторони оцінили реалізацію угоди у сфері безпеки.", True),
    ("implementation", "uk", "Виконання угоди про асоціацію обговорили в Брюсселі.", False),
    ("implementation", "ru", "Стороны оценили выполнение соглашения о безопасности.", True),
    ("implementation", "ru", "Выполнение зерновой сделки обсудили в Анкаре.", False),
]
"""Made-up sentences, and whether each has the topic."""


@pytest.mark.parametrize(("topic", "language", "text", "has"), TAXONOMY_5)
def test_a_newer_topic_is_told_from_what_only_sounds_like_it(topic, language, text, has):
    full, paragraphs = lay_out("", [(text, Zone.BODY)])
    scanned = ScannedText("", paragraphs, full, Language(language), date(2025, 11, 20), load_lexicon())
    _, _, tags = tag(scanned)
    assert (topic in {one.topic for one in tags}) is has


@pytest.mark.parametrize(
    ("content", "field", "said"),
    [
        ("own: {title: Own, strong: {en: ['guarante.*']}}\n", "own.strong.en.0", "no pattern"),
        ("own: {title: Own, strong: {en: ['[abc']}}\n", "own.strong.en.0", "no pattern"),
        ("own: {title: Own, strong: {en: ['...']}}\n", "own.strong.en.0", "no word"),
        ("own: {title: '', strong: {en: [x]}}\n", "own.title", "at least 1"),
        ("own: {title: Own, exclude: {en: [x]}}\n", "own", "nothing could carry"),
        ("2025: {title: Own, strong: {en: [x]}}\n", "2025", "expected text"),
        ("own: {title: A, strong: {en: [x]}, strong: {uk: [y]}}\n", "strong", "twice, the second time in line 1"),
        ("own: {title: Own, counts: everything, strong: {en: [x]}}\n", "own.counts", "list"),
        ("own: {title: Own, near: [{within: 5, en: [[a], [b]]}]}\n", "own.near.0.uk", "must be there"),
        ("g7_declaration: {title: Own, strong: {en: [x]}}\n", "g7_declaration", "built in already"),
        ("own: [unclosed\n", "", "is not YAML"),
    ],
)
def test_what_is_wrong_with_an_own_topic_is_said_in_one_line(tmp_path: Path, content, field, said):
    (tmp_path / "topics.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconFileError) as caught:
        load_lexicon(tmp_path)
    assert caught.value.field == field
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["topic.yaml", "topics.yml", "stages.yaml"])
def test_a_file_that_would_be_passed_over_is_named(tmp_path: Path, name):
    (tmp_path / name).write_text("own: {title: Own, strong: {en: [x]}}\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("Notes.", encoding="utf-8")
    with pytest.raises(LexiconFileError, match=rf"{name}: no lexicon file is called so"):
        load_lexicon(tmp_path)
