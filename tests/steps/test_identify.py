import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.outlet import Edition, Outlet
from flows.steps.identify import (
    Doc,
    compared_text,
    identify_all,
    month_of,
    months_around,
    sign,
    verdict,
    verdicts,
)
from flows.steps.text import lay_out
from storage.terms import CopyKind, Zone

AT = datetime(2026, 5, 10, 9, 0, tzinfo=UTC)
VOCABULARY = [f"слово{number}" for number in range(4000)]
TITLE = "Посли двох країн домовилися про чернетку безпекової угоди"


def _random(seed):
    return random.Random(seed)  # noqa: S311  repeatable made-up data


def _story(seed, length):
    drawn = _random(seed)
    sentences = []
    while length > 0:
        size = drawn.randint(8, 16)
        sentences.append(" ".join(drawn.choices(VOCABULARY, k=size)).capitalize() + ".")
        length -= size
    return sentences


def _doc(name, text, title=TITLE, **more):
    return Doc(id=name, title=title, text=text if isinstance(text, str) else "\n\n".join(text), **more)


def _kind(first, second):
    found, back = verdict(first, second), verdict(second, first)
    assert (found and found.kind, found and found.score) == (back and back.kind, back and back.score)
    return found.kind if found else None


BODY = _story(1, 240)
ORIGINAL = _doc("original", BODY, published=AT)


def test_the_same_words_are_an_exact_copy():
    again = _doc("again", "\n".join(BODY).replace("слово1", "Слово1"), published=AT + timedelta(days=300))
    found = verdict(ORIGINAL, again)
    assert (found.id, found.kind, found.score) == ("again", CopyKind.EXACT, 1.0)


def test_a_headline_repeated_in_the_text_makes_no_difference():
    assert _kind(ORIGINAL, _doc("flat", [TITLE, *BODY])) == CopyKind.EXACT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cut to a third", BODY[: len(BODY) // 3]),
        ("cut to the lead", BODY[:2]),
        ("a paragraph added", [*BODY[:10], *_story(2, 20), *BODY[10:]]),
        ("clutter on top", ["Розділи", "Новини", "Курси валют", *BODY]),
        ("clutter at the end", [*BODY, *_story(3, 60)]),
        ("a sentence left out", BODY[:7] + BODY[8:]),
    ],
)
def test_cut_cluttered_and_edited_copies_are_near(name, text):
    assert _kind(ORIGINAL, _doc(name, text, published=AT)) == CopyKind.NEAR


def test_one_word_in_ten_changed_is_near():
    drawn = _random(5)
    changed = [" ".join(w if drawn.random() > 0.1 else "інакше" for w in line.split()) for line in BODY]
    assert _kind(ORIGINAL, _doc("edited", changed, published=AT)) == CopyKind.NEAR


def test_another_headline_over_the_same_text_is_near():
    other = _doc("other", BODY, title="У столиці сказали, чим скінчилися розмови послів", published=AT)
    assert _kind(ORIGINAL, other) == CopyKind.NEAR


def test_another_text_is_no_copy():
    assert _kind(ORIGINAL, _doc("stranger", _story(9, 240), published=AT)) is None


@pytest.mark.parametrize("length", [30, 70])
def test_a_follow_up_with_the_same_background_is_no_copy(length):
    later = _doc("later", _story(7, length) + BODY[3:], title="Парламент відклав розгляд", published=AT)
    assert _kind(ORIGINAL, later) is None


def test_a_text_quoted_whole_below_another_is_no_copy():
    later = _doc("later", _story(7, 200) + BODY, title="Парламент відклав розгляд", published=AT)
    assert _kind(ORIGINAL, later) is None


def test_background_and_sources_are_not_compared():
    shared = [(line, Zone.BACKGROUND) for line in BODY]
    first, second = ([(line, Zone.BODY) for line in _story(seed, 60)] for seed in (21, 22))
    docs = []
    for name, own in (("a", first), ("b", second)):
        text, paragraphs = lay_out(TITLE, own + shared)
        docs.append(Doc(id=name, title=TITLE, text=text, paragraphs=paragraphs, published=AT))
        assert "Слово" in compared_text(docs[-1])
        assert BODY[0] not in compared_text(docs[-1])
    assert _kind(*docs) is None


ALARM = "Повітряна тривога у {region} області оголошена о {hour}:{minute}. Прямуйте до найближчого укриття негайно."
RATES = (
    "Офіційний курс гривні до долара США встановлено на рівні {a} грн за долар, до євро на рівні {b} грн за євро. "
    "Напередодні Національний банк встановив курс {c} грн за долар та {d} грн за євро. Про це повідомляє банк на сайті."
)
LOSSES = (
    "Загальні бойові втрати противника з 24.02.22 по {day} {month} орієнтовно становлять: особового складу близько {a} "
    "осіб, танків {b}, бойових броньованих машин {c}, артилерійських систем {d}, засобів ППО {e}, літаків 420, "
    "гелікоптерів 330, крилатих ракет {f}, автомобільної техніки та автоцистерн {g}, спеціальної техніки {h}. "
    "Дані уточнюються. Бий окупанта! Разом переможемо! Наша сила в правді! Про це повідомляє Генеральний штаб."
)


FRONT = (
    "Минулої доби, {day} травня, ворог {a} разів відкривав вогонь, повідомляє штаб. Обстріляно позиції поблизу Шумів, "
    "Мар'їнки, Новотроїцького, Водяного, Павлополя, Пісків, Луганського, Оріхового, Кримського, Новолуганського "
    "та Хутора Вільного. Противник застосував міномети калібру 120 та 82, гранатомети різних систем, великокаліберні "
    "кулемети і стрілецьку зброю. Українські захисники відповідали на обстріли в межах визначених завдань. За даними "
    "розвідки, {b} окупанти знищені, ще {c} поранені. Ситуація на лінії зіткнення лишається контрольованою, підрозділи "
    "готові дати відсіч будь-яким провокаціям, говориться у зведенні за підписом речника."
)
GREETING = (
    "Доброго ранку, {a}-й день оборони. Вітаємо Київ, Харків, Одесу, Львів, Дніпро, Херсон, Суми, Полтаву, Чернігів, "
    "Луцьк, Рівне, Ужгород. Бережіть себе."
)


def _filled(template, count, **choices):
    drawn = _random(11)
    filled = []
    for number in range(count):
        values = {letter: drawn.randint(100, 90000) for letter in "abcdefgh"}
        values |= {name: offered[number % len(offered)] for name, offered in choices.items()}
        filled.append(template.format(**values))
    return filled


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("Повітряна тривога", _filled(ALARM, 6, region=["Київській", "Харківській", "Одеській"], hour=[1, 14, 22],
                                      minute=["05", "17", "59"])),
        ("Зведення", _filled(FRONT, 4, day=[10, 11, 12, 13])),
        ("Ранок", _filled(GREETING, 4)),
        ("Курс валют", _filled(RATES, 5)),
        ("Втрати", _filled(LOSSES, 5, day=[1, 2, 3, 4, 5], month=["березня"])),
    ],
)  # fmt: skip
def test_templates_filled_anew_are_no_copies(title, texts):
    texts = sorted(set(texts))
    assert len(texts) >= 3
    docs = [_doc(str(at), text, title=title, published=AT + timedelta(days=at)) for at, text in enumerate(texts)]
    assert [_kind(*pair) for pair in itertools.combinations(docs, 2)] == [None] * (len(docs) * (len(docs) - 1) // 2)


def test_a_formula_of_other_days_is_no_copy_but_a_repost_is():
    text = "Відбій повітряної тривоги в усіх областях країни, залишайтеся обережними."
    first, soon, late = (_doc(f"f{days}", text, title="", published=AT + timedelta(days=days)) for days in (0, 1, 9))
    assert _kind(first, soon) == CopyKind.EXACT
    assert _kind(first, late) is None


def test_near_copies_lie_within_the_window():
    text = BODY[: len(BODY) // 2]
    assert _kind(ORIGINAL, _doc("in", text, published=AT + timedelta(days=44))) == CopyKind.NEAR
    assert _kind(ORIGINAL, _doc("out", text, published=AT + timedelta(days=46))) is None


def test_two_captures_of_one_address_are_one_work_however_edited():
    first = _doc("a", BODY, url="http://hazeta.invalid/n/1/?utm_source=x", published=AT)
    second = _doc("b", _story(8, 200), url="https://www.hazeta.invalid/n/1", published=AT)
    assert _kind(first, second) == CopyKind.NEAR


def test_a_site_s_root_is_nobody_s_address():
    docs = [_doc(str(seed), _story(seed, 100), url="https://hazeta.invalid/", published=AT) for seed in (51, 52)]
    assert _kind(*docs) is None


HAZETA = Outlet(
    slug="hazeta", name="Hazeta", homepage="https://hazeta.invalid/", kind="newspaper", side="UA", tier="secondary",
    editions=(Edition(language="uk", hosts=("hazeta.invalid",)),
              Edition(language="en", hosts=("hazeta.invalid",), path_prefix="/en")),
    rights="x", id_in_url=r"/(\d{4,})-",
)  # fmt: skip


def _pair(**english):
    uk = _doc("uk", BODY, url="https://hazeta.invalid/1234-uhoda", language="uk", outlet="hazeta", published=AT)
    return uk, _doc("en", "Envoys agreed on a draft of the deal.", language="en", published=AT, **english)


def test_translations_are_reported_when_an_address_proves_them():
    by_link = _pair(url="https://hazeta.invalid/en/deal", translations={"uk": "http://www.hazeta.invalid/1234-uhoda/"})
    by_number = _pair(url="https://hazeta.invalid/en/1234-deal", outlet="hazeta")
    nothing = _pair(url="https://hazeta.invalid/en/deal", outlet="hazeta")
    kinds = [(found := verdict(*pair, {"hazeta": HAZETA})) and found.kind for pair in (by_link, by_number, nothing)]
    assert kinds == [CopyKind.TRANSLATION, CopyKind.TRANSLATION, None]
    assert [one.work for one in identify_all(by_link)] == ["uk", "en"]
    assert identify_all(by_link)[0].relations[0].kind == CopyKind.TRANSLATION


def test_a_text_in_another_language_is_never_near():
    english = _doc("en", [*BODY, "Кінець."], language="ru", published=AT)
    assert verdict(_doc("uk", BODY, language="uk", published=AT), english) is None


def test_the_work_is_its_earliest_member_whatever_the_order():
    docs = [
        _doc("late", BODY[: len(BODY) // 2], published=AT + timedelta(hours=5)),
        _doc("early", [*BODY, "Оновлено."], published=AT),
        _doc("same-moment", BODY, published=AT),
        _doc("undated", [*BODY[:-1], "Кінець розповіді про все це."]),
        _doc("alone", _story(30, 100), published=AT - timedelta(days=1)),
    ]
    first = {one.id: one for one in identify_all(docs)}
    assert {name: one.work for name, one in first.items()} == {
        "late": "early", "early": "early", "same-moment": "early", "undated": "early", "alone": "alone",
    }  # fmt: skip
    for order in itertools.permutations(docs):
        assert {one.id: one for one in identify_all(order)} == first


def test_the_order_of_the_answer_is_that_of_the_question():
    docs = [_doc(str(number), _story(number, 50)) for number in (3, 1, 2)]
    assert [one.id for one in identify_all(docs)] == ["3", "1", "2"]


def test_relations_are_mutual():
    docs = [_doc("a", BODY, published=AT), _doc("b", BODY[:-2], published=AT)]
    one, other = identify_all(docs)
    assert (one.relations[0].id, other.relations[0].id) == ("b", "a")
    assert one.relations[0].score == other.relations[0].score
    assert 0 < one.relations[0].score < 1


def test_ids_given_twice_are_refused():
    with pytest.raises(ValueError, match="unique"):
        identify_all([ORIGINAL, ORIGINAL])


def test_empty_texts_are_nobody_s_copies():
    found = identify_all([_doc("a", "", title=""), _doc("b", "", title="")])
    assert [one.relations for one in found] == [(), ()]


def test_candidates_from_a_store_get_the_same_verdicts():
    near, stranger = _doc("near", BODY[:12], published=AT), _doc("stranger", _story(40, 100), published=AT)
    found = verdicts(ORIGINAL, [stranger, near, ORIGINAL])
    assert [(one.id, one.kind) for one in found] == [("near", CopyKind.NEAR)]
    assert set(sign(ORIGINAL).bands) & set(sign(near).bands)


@pytest.mark.parametrize(
    ("moment", "month", "around"),
    [
        (datetime(2026, 5, 10, tzinfo=UTC), 202605, (202603, 202604, 202605, 202606)),
        (datetime(2026, 1, 1, tzinfo=UTC), 202601, (202511, 202512, 202601, 202602)),
        (datetime(2026, 1, 31, 22, 30, tzinfo=UTC), 202602, (202512, 202601, 202602, 202603)),
    ],
)
def test_months_of_the_store_s_keys(moment, month, around):
    assert month_of(moment) == month
    assert months_around(moment) == around
