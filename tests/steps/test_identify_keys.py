from datetime import UTC, datetime

import pytest

from flows.steps.identify import Doc, identify_all, month_of

LONE = Doc(id="lone", title="Насос стоїть", text="Насос обох садів стоїть від весни, і ніхто його не лагодить.")


def test_ids_given_twice_are_refused():
    with pytest.raises(ValueError, match="unique"):
        identify_all([LONE, LONE])


def test_empty_texts_are_nobody_s_copies():
    found = identify_all([Doc(id="a", title="", text=""), Doc(id="b", title="", text="")])
    assert [one.relations for one in found] == [(), ()]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 5, 10, tzinfo=UTC), (2026, 5)),
        (datetime(2026, 1, 31, 22, 30, tzinfo=UTC), (2026, 2)),
        (None, None),
    ],
)
def test_months_are_those_of_kyiv(moment, month):
    assert month_of(moment) == month
