"""Notes of correction and update are told from everything else editors write."""

import pytest

from flows.steps.clean import zones
from flows.steps.corrections import NoteKind, correction_note, notes
from flows.steps.text import lay_out
from storage.terms import Zone

PLAIN = (
    "The town agreed to share the pump with its neighbours.",
    "It will work until the autumn, the mayor said.",
    "The pump was bought two years ago.",
    "Its pipes are older than the town hall.",
    "The neighbours paid for half of it.",
    "Nobody has counted the buckets yet.",
    "The council will meet again in May.",
    "Until then the old well stays open.",
)


def article(*texts):
    """Paragraphs of a text in the zones cleaning gives them."""
    return lay_out("A pump for two towns", zip(texts, zones(texts, "en"), strict=True))[1]


def found(text, place=1):
    return [note.kind for note in notes(article(*PLAIN[:place], text, *PLAIN[place:]), "en")]


CORRECTIONS = (
    "Correction: The pump belongs to the other town.",
    "Correction (13 June 2027): The pump belongs to the other town.",
    "Correction added June 13, 14:30: the pump belongs to the other town.",
    "This article has been corrected to name the other town.",
    "This story was updated to correct the name of the town.",
    "Editor's note: an earlier version of this article named the wrong town.",
    "Editor’s Note: The name of the town was corrected.",
    "An earlier version incorrectly said that the pump was broken.",
    "Clarification: the pump works on Mondays only.",
    "Updated at 14:30: this version corrects the name of the town.",
    "Виправлено: насос належить іншому місту.",
    "УТОЧНЕНО",
    "УТОЧНЕНО Насос належить іншому місту.",
    "Уточнення: йдеться про інше місто.",
    "*Виправлено помилку в назві міста.",
    "У попередній версії новини йшлося про інше місто.",
    "Редакція виправила назву міста.",
    "Від редакції: у тексті було допущено помилку в назві міста.",
    "Оновлено: виправлено назву міста.",
    "Исправлено",
    "Исправлено: насос принадлежит другому городу.",
    "Уточнение: речь идет о другом городе.",
    "Редакция исправила название города.",
    "В предыдущей версии этого текста говорилось о другом городе.",
    "В статье ошибочно указано название города.",
)
UPDATES = (
    "Updated: The mayor has answered.",
    "UPDATE 2: The mayor has answered.",
    "This story has been updated with the mayor's answer.",
    "Editor's note: This is a developing story and is being updated.",
    "Оновлено о 14:30",
    "Оновлено о 14:30: додано відповідь мера.",
    "Оновлено 13 червня о 14:30.",
    "ДОПОВНЕНО Мер відповів.",
    "Новина доповнюється.",
    "Обновлено в 14:30",
    "Новость дополняется.",
)
NO_NOTES = (
    "Editor's note: The opinions expressed in this op-ed are the author's. It was edited for clarity.",
    "Editor's note: The author of this column corrects a widespread mistake about pumps.",
    "Від редакції: думка автора колонки може не збігатися з думкою редакції.",
    "От редакции: мнение автора может не совпадать с мнением редакции.",
    "Уточнено перелік насосів, які підпадають під заборону.",
    "Corrections officers were trained by the other town.",
    "Correction of the 2027 budget: the council voted for it.",
    "An earlier version of the treaty did not name the other town.",
    "The original version of the text of the agreement was shorter.",
    "Нова редакція закону уточнила порядок виплат.",
    "Update on the talks: the other town has signed",
    '"This article was corrected," he joked about the law.',
)


@pytest.mark.parametrize("place", [0, len(PLAIN)], ids=["first", "last"])
@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_correction_is_known_at_either_end(text, place):
    assert found(text, place) == [NoteKind.CORRECTION]


@pytest.mark.parametrize("place", [0, len(PLAIN)], ids=["first", "last"])
@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_no_correction(text, place):
    assert found(text, place) == [NoteKind.UPDATE]
    assert correction_note(article(*PLAIN, text), "en") is None


@pytest.mark.parametrize("text", NO_NOTES)
def test_what_introduces_an_opinion_or_tells_of_other_texts_is_no_note(text):
    assert found(text) == []


@pytest.mark.parametrize("text", CORRECTIONS)
def test_a_correction_gets_the_zone_of_a_note(text):
    zone = zones([*PLAIN[:2], text, *PLAIN[2:]], "en")[2]
    assert zone in {Zone.EDITOR_NOTE, Zone.UPDATE}


@pytest.mark.parametrize("text", NO_NOTES)
def test_what_is_no_note_does_not_become_an_update(text):
    assert zones([*PLAIN[:2], text, *PLAIN[2:]], "en")[2] is not Zone.UPDATE


def test_a_note_in_the_middle_of_a_long_text_is_part_of_it():
    assert found("Correction: the pump belongs to the other town.", place=4) == []


def test_a_label_that_stands_alone_takes_its_text_along():
    assert correction_note(article(*PLAIN, "УТОЧНЕНО", "Насос належить іншому місту."), "uk") == (
        "УТОЧНЕНО Насос належить іншому місту."
    )


def test_a_paragraph_that_ends_in_a_note_stays_what_it_is():
    text = "The mayor opened the pump on Monday in front of both town councils. This story has been updated."
    assert zones([text, *PLAIN], "en")[0] is Zone.LEAD
    assert found(text, 0) == [NoteKind.UPDATE]
