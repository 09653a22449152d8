"""An audit: drawn repeatably, judged, and the error rate with its interval."""

import json

import pytest

from flows.review_sample import Wanted, draw, rates
from storage.models import TABLES
from storage.terms import Factuality, Stage


def _drawn(store, **wanted):
    return [one.filed.headline for one in draw(store, Wanted(**wanted)).items]


@pytest.fixture
def signed(press):
    """Twelve signatures, two other facts and a plan."""
    for number in range(12):
        press.tell(f"s{number}", f"Japan signed paper {number}.", document=f"paper-{number}", is_booked=False)
    press.tell("talks", "Japan talks.", stage=Stage.NEGOTIATING)
    press.tell("korea", "Korea talks.", stage=Stage.NEGOTIATING, guarantor="KR")
    press.tell("plan", "Japan will sign.", factuality=Factuality.PLANNED)
    return press


def test_a_seed_draws_the_same_claims_again_and_another_seed_others(signed):
    first = _drawn(signed.store, size=5, seed=1, stage=Stage.SIGNED)
    assert first == _drawn(signed.store, size=5, seed=1, stage=Stage.SIGNED)
    assert len(set(first)) == 5
    assert set(first) != set(_drawn(signed.store, size=5, seed=2, stage=Stage.SIGNED))
    assert _drawn(signed.store, size=7, seed=1, stage=Stage.SIGNED)[:5] == first


def test_only_facts_of_the_step_and_guarantor_are_drawn_and_copies_once(signed):
    assert len(_drawn(signed.store, size=50, seed=1)) == 14
    assert _drawn(signed.store, size=50, seed=1, guarantor="KR") == ["News korea"]
    everything = draw(signed.store, Wanted(50, 1))
    assert everything.population == {Stage.SIGNED: 12, Stage.NEGOTIATING: 2}


def test_copies_of_one_text_are_drawn_once(press):
    one, other = press.tell("a"), press.tell("b")
    assert len(_drawn(press.store, size=9, seed=1)) == 2
    with press.store._write() as connection:
        articles = TABLES["articles"]
        same = articles.update().where(articles.c.article_id == other.article_id).values(work_id=one.article_id)
        connection.execute(same)
    assert len(_drawn(press.store, size=9, seed=1)) == 1


@pytest.mark.usefixtures("signed")
def test_the_rate_is_told_when_all_are_judged_with_n_and_interval(zaporuka):
    audit = ("review", "--sample", "10", "--stage", "signed", "--seed", "1")
    code, printed = zaporuka(*audit, "--name", "KS", keys=["r", "c", "", "2024-06-01", "", "a", "s", "q"])
    assert code == 0
    assert "66.7% wrong (95 % interval 20.8% to 93.9%), n = 3: 1 rejected, 1 corrected; 3 of 10 drawn judged" in printed
    assert "Not all are judged" in printed
    code, printed = zaporuka(*audit, "--name", "KS", keys=["a"] * 7)
    assert code == 0
    # 2 of 10: Wilson's interval as tabulated
    assert "20.0% wrong (95 % interval 5.7% to 51.0%), n = 10: 1 rejected, 1 corrected" in printed
    assert "out of 12" in printed
    assert "Not all" not in printed
    code, printed = zaporuka(*audit)  # judged: no terminal is needed to read the rate again
    assert code == 0
    assert "20.0% wrong" in printed
    told = json.loads(zaporuka(*audit, "--rate", "--json")[1])
    assert told["rates"][0]["wrong"] == {"count": 2, "of": 10}
    assert told["rates"][0]["interval_95"] == pytest.approx([0.0567, 0.5098], abs=1e-4)


def test_the_rate_of_each_step_is_told_if_asked(signed, zaporuka):
    zaporuka("review", "--sample", "14", "--name", "KS", keys=[*["a"] * 12, "r", "r"])
    printed = zaporuka("review", "--sample", "14", "--rate", "--by-stage")[1]
    assert "all steps: 14.3% wrong" in printed
    assert "\nsigned: " in printed
    assert "\nnegotiating: " in printed
    found = rates(draw(signed.store, Wanted(14, 1)), None, by_stage=True)
    assert sum(one.wrong.count for one in found[1:]) == found[0].wrong.count == 2
    assert [one.wrong.of for one in found] == [14, 12, 2]


def test_readers_are_rated_apart_and_a_reopened_decision_does_not_count(press, zaporuka):
    press.tell("a")
    zaporuka("review", "--sample", "1", "--name", "KS", keys=["a"])
    assert "0.0% wrong" in zaporuka("review", "--sample", "1", "--rate", "--name", "KS")[1]
    assert "no rate yet; 0 of 1 drawn judged" in zaporuka("review", "--sample", "1", "--rate", "--name", "OM")[1]
    press.tell("a", rules="r2", is_hedged=True)
    assert "no rate yet" in zaporuka("review", "--sample", "1", "--rate", "--name", "KS")[1]


def test_an_audit_by_sheet_ends_with_the_command_that_prints_its_rate(press, zaporuka, tmp_path):
    press.tell("a")
    file = tmp_path / "audit.xlsx"
    zaporuka("review", "--sample", "1", "--stage", "signed", "--seed", "7", "--export", file, "--name", "KS")
    assert "review --sample 1 --seed 7 --stage signed --rate" in zaporuka("review", "--import", file)[1]
