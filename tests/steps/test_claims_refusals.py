"""What is not to be: troops, signatures, ceremonies, laws. All texts are made up."""

import pytest

from storage.terms import BlockKind
from tests.steps.test_claims_documents import AGREEMENT, read

COALITION = {
    "en": "The coalition of the willing spoke of guarantees for Ukraine.",
    "uk": "Коаліція охочих говорила про гарантії безпеки для України.",
    "ru": "Коалиция желающих говорила о гарантиях безопасности для Украины.",
}


def blocked(paragraphs, language):
    """(guarantor, how) of what a text tells as blocked."""
    return {(one.guarantor, one.block_kind) for one in read(paragraphs, language) if one.stage == "blocked"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Poland will not send soldiers to Ukraine."),
        ("en", "Poland has ruled out a contingent."),
        ("uk", "Польських військ в Україні не буде."),
        ("uk", "Польща відкинула відправлення солдатів."),
        ("ru", "Польских войск в Украине не будет."),
        ("ru", "Польша исключила отправку солдат."),
    ],
)
def test_troops_refused(language, text):
    assert blocked([COALITION[language], text], language) == {("PL", BlockKind.REFUSED)}
    assert blocked([text], language) == set()


def test_forces_that_will_not_do_something_are_no_refusal():
    assert blocked([COALITION["uk"], "Польські сили не будуть воювати."], "uk") == set()


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Latvia refused to put a signature under it.", BlockKind.REFUSED),
        ("en", "Latvia called off the ceremony an hour before.", BlockKind.POSTPONED),
        ("en", "Latvia's president vetoed the law on its security agreement with Ukraine.", BlockKind.VETOED),
        ("uk", "Підпису Латвії під цим текстом не буде.", BlockKind.REFUSED),
        ("uk", "Латвія скасувала церемонію за годину до початку.", BlockKind.POSTPONED),
        ("uk", "Президент Латвії ветував закон про безпекову угоду з Україною.", BlockKind.VETOED),
        ("ru", "Подписи Латвии под этим текстом не будет.", BlockKind.REFUSED),
        ("ru", "Подписывать его Латвия отказалась.", BlockKind.REFUSED),
        ("ru", "Латвия отменила церемонию за час до начала.", BlockKind.POSTPONED),
        ("ru", "Президент Латвии заблокировал закон о соглашении о безопасности с Украиной.", BlockKind.VETOED),
    ],
)
def test_signing_or_ratifying_stopped(language, text, kind):
    assert blocked([AGREEMENT[language], text], language) == {("LV", kind)}


def test_signed_but_not_to_be_ratified_is_no_refusal_to_sign():
    assert blocked([AGREEMENT["uk"], "Підписи Латвії поставлено, ратифікації не буде."], "uk") == set()


def test_a_promise_of_troops_taken_back():
    text = "Greece withdrew its promise to send a frigate to the coalition of the willing."
    assert blocked([COALITION["en"], text], "en") == {("GR", BlockKind.WITHDRAWN)}


def test_a_participle_denied_after_it():
    assert blocked([AGREEMENT["ru"], "Латвией он подписан не был."], "ru") == {("LV", BlockKind.NOT_DONE)}
