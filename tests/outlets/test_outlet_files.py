"""Outlet files: what all of them state, how a bad file is refused, and by which names an outlet is known."""

from pathlib import Path

import pytest

from crawlers.outlet import OutletFileError, all_outlets, outlet_called


def test_every_built_in_outlet_states_a_fact_with_its_confidence():
    assert all(outlet.facts and outlet.indexes and outlet.body for outlet in all_outlets().values())


GOOD = """
from crawlers.outlet import Edition, Index, Outlet

OUTLET = Outlet(
    slug="my-paper",
    name="My Paper",
    homepage="https://my.example/",
    kind="newspaper",
    side="UA",
    tier="secondary",
    rights="mine",
    editions=(Edition(language="uk", hosts=("my.example",)),),
    {more}
)
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    return tmp_path


def test_a_folder_of_ones_own_adds_to_the_built_in_outlets(tmp_path):
    outlets = all_outlets(_folder(tmp_path, mine=GOOD.format(more=""), _draft="not python"))
    assert set(outlets) == {*all_outlets(), "my-paper"}
    assert not list(tmp_path.rglob("*.pyc"))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("colour='red',", "'colour'"),
        ("article_url=('(unclosed',),", "'article_url.0'"),
        ("body=('div..x',),", "'body.0'"),
        ("title=('h1:contains(\"news\")',),", "'title.0'"),
        ("timezone='Europe/Kyivv',", "'timezone'"),
        ("indexes=(Index(kind='day_list', url='https://my.example/{jour}', language='uk'),),", "'url'"),
        ("indexes=(Index(kind='shelf', url='https://my.example/', language='uk'),),", "'kind'"),
        ("sister_hosts=('https://my.example/',),", "sister"),
    ],
)
def test_a_wrong_field_is_refused_in_one_line_naming_file_and_field(tmp_path, more, named):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, mine=GOOD.format(more=more)))
    _is_one_clear_line(str(caught.value), "mine.py", named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("OUTLET = 1", "OUTLET"),
        ("def broken(:", "SyntaxError"),
        ("import no_such_module_here", "ModuleNotFoundError"),
        (GOOD.format(more="").replace("my-paper", "ukrinform"), "slug 'ukrinform'"),
        (GOOD.format(more="").replace("my-paper", "unlisted"), "slug 'unlisted'"),
        (GOOD.format(more="").replace("my-paper", "My Paper"), "'slug'"),
        (GOOD.format(more="").replace('("my.example",)', '("www.ukrinform.ua",)'), "'www.ukrinform.ua'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path, text, named):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, mine=text))
    _is_one_clear_line(str(caught.value), "mine.py", named)


def test_two_files_of_one_folder_may_not_share_a_slug(tmp_path):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(_folder(tmp_path, first=GOOD.format(more=""), second=GOOD.format(more="")))
    _is_one_clear_line(str(caught.value), "second.py", "slug 'my-paper'")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutletFileError) as caught:
        all_outlets(tmp_path / "gone")
    _is_one_clear_line(str(caught.value), "gone", "no such folder")


def _is_one_clear_line(message, file, named):
    assert "\n" not in message
    assert file in message
    assert named in message


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("ukrinform", "ukrinform"),
        ("Ukrainska Pravda", "ukrainska-pravda"),
        ("the kyiv independent", "kyiv-independent"),
        ("pravda.com.ua", "ukrainska-pravda"),
        ("www.ukrinform.net", "ukrinform"),
    ],
)
def test_an_outlet_is_known_by_slug_name_and_host(words, slug):
    found = outlet_called(words, all_outlets())
    assert found is not None
    assert found.slug == slug


def test_nobody_is_called_by_a_part_of_a_name():
    assert outlet_called("ukrainska", all_outlets()) is None
