import pytest

from flows.steps.compare import LEAST_SHARED, LONGEST, MOST_SHARED, Likeness, is_near, is_retold, overlap
from flows.steps.compared import Compared, is_turned

WORDS = [f"слово{number}" for number in range(400)]


def _like(first, second):
    return Likeness(*(Compared(text if isinstance(text, str) else " ".join(text)) for text in (first, second)))


def test_shares_are_of_the_shorter_text_whatever_the_order():
    for like in (_like(WORDS[:100], WORDS), _like(WORDS, WORDS[:100])):
        assert (like.words, like.containment, like.covered, like.head, like.in_order) == (100, 1, 1, 1, 1)
        assert like.longest_own == 0
        assert like.longer_covered == pytest.approx(0.25)


def test_the_longest_passage_of_its_own_is_counted_in_words():
    own = [f"інше{number}" for number in range(17)]
    like = _like([*WORDS[:60], *own, *WORDS[60:90]], WORDS)
    assert like.longest_own == 17
    assert is_near(like)


def test_numbers_put_in_the_place_of_others_are_counted_and_added_ones_are_not():
    before = [*WORDS[:30], "61", *WORDS[30:60], "305", *WORDS[60:]]
    assert _like(before, [word if word != "61" else "62" for word in before]).exchanged_numbers == 1
    assert _like(before, [*before, "14", "15"]).exchanged_numbers == 0


def _news(headline, lead):
    return " ".join(
        [
            headline,
            *WORDS[:8],
            lead,
            *WORDS[8:150],
            "Ковальчук Мельник Шевчук Бондар Лисенко Кравець 12 45 78 90 91 92 93 94",
        ]
    )


@pytest.mark.parametrize(
    ("headline", "lead", "other_headline", "other_lead"),
    [
        ("Рада ухвалила закон", "депутати ухвалили закон", "Рада відхилила закон", "депутати не ухвалили закон"),
        ("Суд арестовал мэра", "суд арестовал мэра", "Суд отпустил мэра", "суд отпустил мэра"),
        ("Minister signs treaty", "the minister signed", "Minister has not signed treaty", "the minister did not sign"),
        ("City opens bridge", "the bridge opened", "City closes bridge", "the bridge was closed"),
        ("Загинули 36 людей", "загинули 36 людей", "Загинули 63 людей", "загинули 63 людей"),
        ("Голосування у раді", "депутати підтримали", "Голосування у раді", "депутати не підтримали"),
    ],
)
def test_news_turned_round_in_headline_and_lead_is_another_text(headline, lead, other_headline, other_lead):
    like = _like(_news(headline, lead), _news(other_headline, other_lead))
    assert like.containment > 0.8
    assert like.is_turned_round
    assert not is_near(like)


@pytest.mark.parametrize(
    ("headline", "lead", "other_headline", "other_lead"),
    [
        ("Рада відхилила закон", "депутати відхилили закон", "Рада не ухвалила закон", "депутати не ухвалили закон"),
        ("Ереван опроверг передачу", "опроверг", "Армения отрицает передачу", "отрицает"),
        ("Поїзд о 4 01", "затримки з 4 01 до 3 59", "Поїзд о 04.01", "затримки з 04.01 до 03.59"),
        ("City opens bridge", "the bridge opened", "Town opens bridge", "the bridge was opened"),
        ("City opens bridge", "the mayor came", "City closes bridge", "the mayor went"),
        ("Удар: 36 поранених", "палають 5 складів", "Удар: 37 поранених", "палають 6 складів"),
        ("Ради не зібрали", "вони не зібралися", "Ради не скликали", "вони не зібрались"),
    ],
)
def test_the_same_news_in_other_words_is_not_turned_round(headline, lead, other_headline, other_lead):
    like = _like(_news(headline, lead), _news(other_headline, other_lead))
    assert not like.is_turned_round
    assert is_near(like)


def test_a_denial_further_down_does_not_turn_the_news_round():
    later = [*WORDS[:120], "не", *WORDS[120:], "не"]
    assert is_near(_like(WORDS, later))


@pytest.mark.parametrize(
    ("first", "second", "is_opposite"),
    [
        ("", "не", True),
        ("підтримала", "не підтримала", True),
        ("бізнесмен", "не", False),
        ("won", "lost", True),
        ("wonder", "lost", False),
        ("did not close", "opened", False),
        ("за", "проти", True),
        ("закон", "проти", False),
        ("кожен", "усякий", False),
    ],
)
def test_what_says_the_opposite(first, second, is_opposite):
    first, second = tuple(first.split()), tuple(second.split())
    assert is_turned(first, second) is is_turned(second, first) is is_opposite


def test_a_text_abridged_and_reworded_in_places_is_a_copy_and_one_that_tells_something_else_is_not():
    told = [f"{one}{other}слово" for one in "бвгджклмнп" for other in "аеиоуіяюєї"]
    long = [*told, "61", "305", "45", *WORDS[:30]]
    turned = list(told)
    for at in (0, 5, 7, 10, 15, 20, 25, 30, 35, 40):
        turned[at : at + 2] = told[at + 1], told[at]
    like = _like([*turned, "61", "305", "45"], long)
    assert like.head < 0.6
    assert is_near(like)
    replaced = [f"я{word}" if at in range(50, 61) else word for at, word in enumerate(turned)]
    assert not is_near(_like([*replaced, "61", "305", "45"], long))
    assert not is_near(_like([*turned, "61", "305", "17"], long))


def _retold(opening, numbers):
    """Two texts of 120 words in another order, with as many of the first 30 words of the opening in both as asked."""
    told = [f"{one}{other}слово" for one in "бвгджклмнпрс" for other in "аеиоуіяюєї"]
    own = [f"я{word}" for word in told[opening:60]]
    other = [*told[:opening][::-1], *own, *told[60:]]
    return _like([*told, *numbers], [*other[:60], *reversed(told[60:105]), *other[105:], *numbers[::-1]])


def test_a_retold_text_may_open_more_freely_where_it_keeps_all_numbers():
    many, few = ["61", "35", "45", "17", "98"], ["61", "35"]
    for like, is_one in ((_retold(27, many), True), (_retold(27, few), False), (_retold(20, many), False)):
        assert LEAST_SHARED <= like.containment < MOST_SHARED
        assert is_retold(like) is is_one


def test_a_name_in_another_spelling_is_not_exchanged_and_another_name_is():
    before, spelt, other = (
        " ".join([*WORDS[:30], name, *WORDS[30:60]]) for name in ("Зеленський", "Зеленский", "Макрон")
    )
    assert _like(before, spelt).exchanged == 0
    assert _like(before, other).exchanged > 0


def test_of_very_long_texts_the_beginnings_are_laid_side_by_side():
    long = [f"с{number}" for number in range(LONGEST + 500)]
    late = [*long[:-1], "9"]
    like = _like([*long[:-1], "8"], late)
    assert like.exchanged_numbers == 0
    assert like.in_order == 1


@pytest.mark.parametrize("text", ["", "а", "а б", "1", "а б в"])
def test_texts_of_a_word_or_two_have_a_likeness(text):
    like = _like(text, WORDS)
    assert 0 <= like.containment <= 1
    assert not is_near(like)
    assert not is_retold(like)


def test_the_overlap_of_nothing_is_nothing():
    assert overlap(frozenset(), frozenset()) == 0
