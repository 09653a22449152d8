import itertools
import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.outlet import Edition, Outlet
from flows.steps.candidates import is_worth_a_look
from flows.steps.identify import (
    Doc,
    compared_text,
    identify_all,
    prepared,
    sign,
    verdict,
    verdict_between,
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


def test_a_text_in_another_language_is_not_near_but_the_label_of_a_mixed_text_may_err():
    uk = _doc("uk", BODY, language="uk", published=AT)
    some = _doc("some", [*_story(77, 60), *BODY[:8], *_story(78, 60)], language="ru", published=AT)
    assert _kind(uk, some) is None
    assert _kind(uk, _doc("ru", [*BODY, "Кінець."], language="ru", published=AT)) == CopyKind.NEAR
    assert _kind(uk, _doc("ru", BODY, language="ru", published=AT)) == CopyKind.EXACT


UK_URL, EN_URL, RU_URL = (f"https://hazeta.invalid/{path}" for path in ("uhoda", "en/deal", "ru/sdelka"))
ELSEWHERE = "https://hazeta.invalid/en/weather"


def _linked(uk_names, en_names):
    uk = _doc("uk", BODY, url=UK_URL, language="uk", outlet="hazeta", published=AT, translations=uk_names)
    return uk, _doc("en", "Envoys agreed.", url=EN_URL, language="en", outlet="hazeta", translations=en_names)


@pytest.mark.parametrize(
    ("uk_names", "en_names"),
    [
        ({"en": ELSEWHERE}, {}),
        ({"en": EN_URL}, {"uk": "https://hazeta.invalid/inshe"}),
        ({"en": UK_URL}, {}),
        ({"en": EN_URL, "ru": EN_URL}, {}),
        ({"uk": "https://hazeta.invalid/inshe", "en": EN_URL}, {}),
        ({"en": "https://hazeta.invalid/"}, {}),
        ({"ru": EN_URL}, {}),
    ],
)
def test_links_that_lie_prove_no_translation(uk_names, en_names):
    assert _kind(*_linked(uk_names, en_names)) is None


def test_links_are_told_as_they_are():
    both = verdict(*_linked({"en": EN_URL, "ru": RU_URL, "uk": UK_URL}, {"uk": UK_URL + "?utm_source=x"}))
    assert both.why[:2] == ("the en page names the uk page", "the uk page names the en page")
    assert verdict(*_linked({"en": EN_URL}, {})).why[:1] == ("the uk page names the en page",)


def test_a_link_of_one_side_between_texts_that_share_no_name_or_number_proves_nothing():
    told = ["у Києві та Одесі Марко Гнатюк, Орися Литвин і Данило Сокіл"] * 2
    uk = _doc("uk", told, url=UK_URL, language="uk", translations={"en": EN_URL})
    stranger = "in Farnbury with Peter Lindqvist, Hugo Brandt, Axel Forsberg and 612 pumps"
    assert verdict(uk, _doc("en", stranger, title="", url=EN_URL, language="en")) is None
    same = "in Kyiv and Odesa Marko Hnatiuk, Orysia Lytvyn and Danylo Sokil"
    found = verdict(uk, _doc("en", same, title="", url=EN_URL, language="en"))
    assert found.kind == CopyKind.TRANSLATION
    assert "names in both" in found.why[1]


def test_the_outlet_s_own_number_outweighs_a_link():
    uk = _doc("uk", BODY, url="https://hazeta.invalid/1234-uhoda", language="uk", outlet="hazeta",
              translations={"en": "https://hazeta.invalid/en/9876-weather"})  # fmt: skip
    other = _doc("en", "Rain.", url="https://hazeta.invalid/en/9876-weather", language="en", outlet="hazeta")
    assert verdict(uk, other, {"hazeta": HAZETA}) is None
    right = _doc("en", "A deal.", url="https://hazeta.invalid/en/1234-deal", language="en", outlet="hazeta")
    assert verdict(uk, right, {"hazeta": HAZETA}).why == ("number 1234 in both addresses",)


def test_why_names_what_decided():
    exact = verdict(ORIGINAL, _doc("again", BODY, published=AT))
    assert exact.why[0] == "the same words in the same order"
    text = [*BODY[:9], "Вручено 61 насос і 305 метрів труб.", *BODY[9:]]
    one, cut = _doc("a", text, published=AT), _doc("b", text[:12], published=AT)
    near = verdict(one, cut)
    assert near.why == verdict(cut, one).why
    assert near.why[0] == "share 1.00 of the shorter text's three-word runs"
    assert near.why[-1] == "numbers 305, 61 in both"
    first, second = (_doc(n, _story(seed, 90), url="https://hazeta.invalid/n/1") for n, seed in (("a", 1), ("b", 2)))
    assert verdict(first, second).why[0] == "both at https://hazeta.invalid/n/1"


RELEASE = (
    "Міська рада Тернівки 14 березня передала пожежникам 61 насос і 305 метрів рукавів. Закупівлю "
    "вартістю 2,4 мільйона гривень оплатила громада разом із фондом «Джерело». Голова громади Остап "
    "Величенко сказав, що техніку чекали понад рік. Першу партію отримає частина на Лісовій вулиці, де "
    "старі насоси вийшли з ладу восени. Решту розподілять між сімома селами до кінця квітня. Начальник "
    "частини Ірина Сокіл подякувала мешканцям, які зібрали 180 тисяч гривень."
)
RETOLD = (
    "Пожежники Тернівки отримали від міської ради 61 насос та 305 метрів рукавів, це сталося 14 березня. "
    "Громада разом із фондом «Джерело» оплатила закупівлю, вартість якої 2,4 мільйона гривень. За словами"
    " голови громади Остапа Величенка, чекали техніку понад рік. Частина на Лісовій вулиці, старі насоси "
    "якої восени вийшли з ладу, отримає партію першою. До кінця квітня решту розподілять між сімома "
    "селами. Мешканцям, котрі 180 тисяч гривень зібрали, подякувала начальниця частини Ірина Сокіл."
)


def test_a_text_retold_in_other_words_is_near_for_some_days():
    first = _doc("first", RELEASE, title="Тернівка купила насоси", published=AT)
    soon, late = (
        _doc("retold", RETOLD, title="Насоси для Тернівки", published=AT + timedelta(days=days)) for days in (1, 9)
    )
    found = verdict(first, soon)
    assert found.kind == CopyKind.NEAR
    assert found.score < 0.4
    assert found.why[0].startswith("retold: share .")
    assert is_worth_a_look(sign(first), sign(soon))
    assert verdict(first, late) is None
    other_facts = (
        RETOLD.replace("61", "58").replace("305", "290").replace("14 березня", "2 квітня").replace("180", "95")
    )
    assert verdict(first, _doc("twin", other_facts, title="Насоси для Тернівки", published=AT)) is None
    denied = (
        RETOLD.replace("отримали", "не отримали").replace("оплатила", "не оплатила").replace("зібрали", "не зібрали")
    )
    assert verdict(first, _doc("denied", denied, title="Насоси для Тернівки", published=AT)) is None


def test_names_in_another_spelling_are_not_exchanged():
    names = ["Володимир", "Зеленський", "Олександр", "Сергій", "Михайло", "Подоляк", "Андрій", "Єрмак"]
    spelt = ["Владимир", "Зеленский", "Александр", "Сергей", "Михаил", "Подоляк", "Андрей", "Ермак"]
    lines = [f"{line[:-1]} {name} кінець." for line, name in zip(_story(61, 130), names, strict=False)]
    anew = [line.replace(name, other) for line, name, other in zip(lines, names, spelt, strict=False)]
    assert _kind(_doc("a", lines, published=AT), _doc("b", anew, published=AT)) == CopyKind.NEAR


@pytest.mark.parametrize("text", ["", "слово", "1", "!", "\n\n", "«»"])
def test_texts_of_next_to_nothing_are_compared_without_harm(text):
    short, other = _doc("a", text, title="", published=AT), _doc("b", "інше", title="", published=AT)
    assert _kind(short, other) is None
    assert _kind(short, ORIGINAL) is None
    assert _kind(short, _doc("c", text, title="", published=AT)) is None


def test_a_long_text_costs_little():
    long = " ".join(_random(70).choices(VOCABULARY, k=150_000))
    assert len(long.encode()) > 1_000_000
    first, second = _doc("a", long, published=AT), _doc("b", f"Оновлено. {long} Кінець.", published=AT)
    begun = time.process_time()
    assert _kind(first, second) == CopyKind.NEAR
    assert _kind(first, _doc("c", "а " * 500_000, published=AT)) is None
    assert time.process_time() - begun < 20


def test_documents_made_ready_once_get_the_same_verdict():
    near = _doc("near", BODY[:12], published=AT)
    assert verdict_between(prepared(ORIGINAL), prepared(near)) == verdict(ORIGINAL, near)
    pair = _pair(url="https://hazeta.invalid/en/1234-deal", outlet="hazeta")
    assert verdict_between(*map(prepared, pair), {"hazeta": HAZETA}) == verdict(*pair, {"hazeta": HAZETA})


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


def test_candidates_from_a_store_get_the_same_verdicts():
    near, stranger = _doc("near", BODY[:12], published=AT), _doc("stranger", _story(40, 100), published=AT)
    found = verdicts(ORIGINAL, [stranger, near, ORIGINAL])
    assert [(one.id, one.kind) for one in found] == [("near", CopyKind.NEAR)]
    assert is_worth_a_look(sign(ORIGINAL), sign(near))
