"""What else is counted: stances, terms, amounts, counts, ordinals, offers, refusals. All texts are made up."""

from datetime import date

import pytest

from flows.lexicon import load_lexicon
from flows.lexicon.stages import load_stages
from flows.steps.claims import told
from flows.steps.scanned import ScannedText
from flows.steps.statements import statements
from flows.steps.text import lay_out
from storage.terms import ConditionKind, Language, Side, StatementKind, Zone


def read(text, language="en"):
    full, paragraphs = lay_out("", [(text, Zone.BODY)])
    scanned = ScannedText("", paragraphs, full, Language(language), date(2025, 9, 4), load_lexicon())
    found = statements(told(scanned, load_stages()))
    for statement in found:
        assert all(full[one.start : one.end] == one.quote for one in statement.evidence)
    return found


def values(found, kind):
    return [one.value for one in found if one.kind is kind]


@pytest.mark.parametrize(
    ("language", "text", "stance"),
    [
        ("en", "Lavrov said foreign security guarantees for Ukraine were unacceptable.", "unacceptable"),
        ("uk", "Лавров заявив, що гарантії безпеки для України неприйнятні.", "unacceptable"),
        ("ru", "Эксперт назвал гарантии безопасности для Украины недостаточными.", "insufficient"),
        ("en", "The agreement on security is legally binding, Kyiv insists.", "binding"),
        ("en", "The security agreement is not legally binding.", "not_binding"),
    ],
)
def test_stance(language, text, stance):
    assert values(read(text, language), StatementKind.STANCE) == [stance]


@pytest.mark.parametrize(
    ("language", "text", "amount", "unit"),
    [
        ("en", "The security agreement promises €1.5 billion a year.", 1.5e9, "EUR"),
        ("en", "Under the security agreement Norway gives 300 million euros.", 3e8, "EUR"),
        ("en", "The security agreement fixes 0.25% of GDP.", 0.25, "% GDP"),
        ("uk", "Безпекова угода передбачає 2 млрд доларів.", 2e9, "USD"),
        ("uk", "Безпекова угода передбачає 10 мільйонів євро.", 1e7, "EUR"),
        ("ru", "Соглашение о безопасности предусматривает 3 миллиарда долларов.", 3e9, "USD"),
    ],
)
def test_amount(language, text, amount, unit):
    (found,) = [one for one in read(text, language) if one.kind is StatementKind.AMOUNT]
    assert (found.amount, found.unit) == (amount, unit)


def test_count_and_ordinal():
    found = read("Spain became the tenth country to sign; now 12 security agreements stand.")
    assert values(found, StatementKind.COUNT) == ["12 security agreements"]
    assert values(found, StatementKind.ORDINAL) == ["tenth"]


def test_offer_with_its_condition_and_refusal():
    (offer,) = [
        one
        for one in read("Norway is ready to provide security guarantees to Ukraine after a ceasefire.")
        if one.kind is StatementKind.OFFER
    ]
    assert (offer.guarantor, offer.condition_kind) == ("NO", ConditionKind.CEASEFIRE)
    refused = read("Italy refused to provide Ukraine with security guarantees.")
    assert [one.guarantor for one in refused if one.kind is StatementKind.REFUSAL] == ["IT"]


def test_term_with_speaker_and_side():
    (term,) = [
        one
        for one in read("Zelensky said the security assurances were not yet on paper.")
        if one.kind is StatementKind.TERM
    ]
    assert (term.value, term.speaker, term.side) == ("assurance", "Volodymyr Zelenskyy", Side.UA)
