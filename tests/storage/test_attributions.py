"""Credits hang on a reading: they come, change and go with it, and their quotes are checked."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from storage.records import Attribution
from storage.store import StoreError


@pytest.fixture
def credited(made):
    """A capture whose text credits an agency with its first word and itself with the last of the headline."""
    row, read = made.page(made.reading())
    title = read.reading.title

    def credit(source, role, start, end):
        quote = title[start:end]
        return Attribution(
            source=source, name=source, kind="agency", role=role, start=start, end=end, quote=quote, rule="citing"
        )

    said = (credit("reuters", "origin", 0, 3), credit("dawn", "self", 1, len(title)))
    return row, replace(read, findings=read.findings.model_copy(update={"attributions": said}))


def test_credits_are_filed_in_order_with_their_words(filled, made, credited):
    filled.save(made.batch(credited), made.noon)

    rows = filled.rows("SELECT * FROM attributions ORDER BY n")
    assert [(row["n"], row["source"], row["role"], row["kind"]) for row in rows] == [
        (0, "reuters", "origin", "agency"),
        (1, "dawn", "self", "agency"),
    ]
    assert rows[0]["quote"] == credited[1].reading.title[:3]
    assert (rows[0]["rule"], rows[0]["rules_version"]) == ("citing", "r1")
    assert filled.quote_mismatches() == 0


def test_the_same_credits_again_change_nothing(filled, made, credited):
    assert filled.save(made.batch(credited), made.noon)["attributions"] == 2
    assert not +filled.save(made.batch(credited), made.noon)


def test_credits_that_new_rules_do_not_find_are_removed(filled, made, credited):
    row, read = credited
    filled.save(made.batch(credited), made.noon)
    fewer = read.findings.model_copy(update={"attributions": read.findings.attributions[1:]})

    filled.save(made.batch((row, replace(read, findings=fewer)), rules="r2"), made.noon)

    assert filled.rows("SELECT n, source, rules_version FROM attributions") == [
        {"n": 0, "source": "dawn", "rules_version": "r2"}
    ]


def test_a_quote_that_does_not_stand_there_is_counted(filled, made, credited):
    row, read = credited
    wrong = read.findings.attributions[0].model_copy(update={"quote": "XYZ"})
    findings = read.findings.model_copy(update={"attributions": (wrong,)})
    filled.save(made.batch((row, replace(read, findings=findings))), made.noon)

    assert filled.quote_mismatches() == 1


@pytest.mark.parametrize("field", ["role", "kind"])
def test_words_that_are_not_listed_are_refused(filled, made, credited, field):
    row, read = credited
    good = read.findings.attributions[0]
    with pytest.raises(ValidationError):
        Attribution.model_validate(good.model_dump() | {field: "hearsay"})
    strange = good.model_copy(update={field: "hearsay"})
    findings = read.findings.model_copy(update={"attributions": (strange,)})
    with pytest.raises(StoreError, match=f"ck_attributions_{field}|{field}"):
        filled.save(made.batch((row, replace(read, findings=findings))), made.noon)
