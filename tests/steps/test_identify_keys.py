from datetime import UTC, datetime

import pytest

from flows.steps.identify import Doc, identify_all, month_of, months_around

LONE = Doc(id="lone", title="Насос стоїть", text="Насос обох садів стоїть від весни, і ніхто його не лагодить.")


def test_ids_given_twice_are_refused():
    with pytest.raises(ValueError, match="unique"):
        identify_all([LONE, LONE])


def test_empty_texts_are_nobody_s_copies():
    found = identify_all([Doc(id="a", title="", text=""), Doc(id="b", title="", text="")])
    assert [one.relations for one in found] == [(), ()]


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
