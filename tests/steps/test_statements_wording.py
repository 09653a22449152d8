"""Stances, amounts and counts as reporters of three languages word them. All texts are made up."""

import pytest

from storage.terms import StatementKind
from tests.steps.test_statements import read, values


@pytest.mark.parametrize(
    ("language", "text", "stance"),
    [
        ("en", "The Kremlin cannot accept security guarantees for Ukraine.", "unacceptable"),
        ("uk", "Кремль не прийме гарантій безпеки для України.", "unacceptable"),
        ("ru", "Москва отвергла гарантии безопасности для Украины.", "unacceptable"),
        ("en", "The security agreement is in no way binding, Sofia said.", "not_binding"),
        ("uk", "Угода про гарантії безпеки не має юридичної сили.", "not_binding"),
        ("uk", "Документ про гарантії безпеки суто політичний.", "not_binding"),
        ("ru", "Соглашение о безопасности не является юридически обязывающим.", "not_binding"),
    ],
)
def test_how_a_guarantee_is_judged(language, text, stance):
    assert values(read(text, language), StatementKind.STANCE) == [stance]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The security guarantees for Ukraine should be legally binding, Kyiv says."),
        ("uk", "Гарантії безпеки мають бути юридично обов'язковими, кажуть у Києві."),
        ("ru", "Гарантии безопасности должны быть юридически обязывающими."),
    ],
)
def test_a_wish_for_binding_guarantees_does_not_say_they_are(language, text):
    assert values(read(text, language), StatementKind.STANCE) == []


@pytest.mark.parametrize(
    ("language", "text", "amount", "unit"),
    [
        ("en", "Canada promises C$3bn under the security agreement.", 3e9, "CAD"),
        ("en", "Under the security agreement Norway gives 75 billion kroner.", 75e9, "NOK"),
        ("uk", "За безпековою угодою Данія дасть 2 мільярди крон.", 2e9, "DKK"),
        ("uk", "За угодою про гарантії безпеки Японія дасть 4,5 млрд дол. США.", 4.5e9, "USD"),
        ("ru", "По соглашению о безопасности Испания выделит миллиард евро.", 1e9, "EUR"),
        ("ru", "Соглашение о безопасности обещает 0,25% от ВВП.", 0.25, "% GDP"),
    ],
)
def test_amounts_in_their_own_currency(language, text, amount, unit):
    (found,) = [one for one in read(text, language) if one.kind is StatementKind.AMOUNT]
    assert (found.amount, found.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Thirty-two countries signed the security agreement.", 32),
        ("uk", "Україна уклала двадцять вісім безпекових угод.", 28),
        ("ru", "Соглашение о безопасности подписали двенадцать стран.", 12),
    ],
)
def test_counts_written_as_words(language, text, count):
    (found,) = [one for one in read(text, language) if one.kind is StatementKind.COUNT]
    assert found.amount == count


def test_an_ordinal_is_no_count():
    found = read("Албанія стала 29-ю країною, що підписала безпекову угоду.", "uk")
    assert values(found, StatementKind.COUNT) == []
    assert values(found, StatementKind.ORDINAL) == ["29-ю"]


def test_one_refusal_is_told_once():
    found = read("Poland will not send troops to Ukraine as part of the security guarantees.")
    assert [one.guarantor for one in found if one.kind is StatementKind.REFUSAL] == ["PL"]
