"""Cases: pages of an outlet, each with what a careful reader takes from it, held against what cleaning makes of it.

A case is `<case>.html` beside `<case>.json`, in a folder named by the outlet's slug.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError, model_validator

from crawlers.outlet import Outlet
from flows.steps.clean import clean
from flows.steps.clean.clutter import Clutter
from storage.records import Dropped, RawPage, Reading
from storage.terms import Language, Outcome, TimePrecision, Zone

ALWAYS_STATED = frozenset({"title", "published_at", "language", "paragraphs"})
"""What an expectation of an article may not leave out."""

_ZONE_SHOWN = 40


class CaseError(Exception):
    """A case that cannot be used; the message names the file and says what to do."""


def _states_something(value: Any) -> Any:  # noqa: ANN401 - fields are of any type
    if value in ("", [], {}, None):
        message = "states nothing; leave the field out, or name it in 'absent'"
        raise ValueError(message)
    return value


Stated = AfterValidator(_states_something)
Line = Annotated[str, Stated]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedParagraph(_Part):
    """A paragraph that is expected, and its zone."""

    text: Line
    zone: Zone


class Expected(_Part):
    """What must come of a page. Fields that are not given are not compared.

    `must_not_appear` are texts that may stand nowhere in the article; `absent` names fields that must come out empty.
    """

    outcome: Outcome
    title: Annotated[str | None, Stated] = None
    authors: Annotated[list[Line] | None, Stated] = None
    published_at: Annotated[AwareDatetime | None, Stated] = None
    published_precision: Annotated[TimePrecision | None, Stated] = None
    language: Annotated[Language | None, Stated] = None
    section: Annotated[str | None, Stated] = None
    outlet_tags: Annotated[list[Line] | None, Stated] = None
    paywalled: Annotated[bool | None, Stated] = None
    paragraphs: Annotated[list[ExpectedParagraph] | None, Stated] = None
    captions: Annotated[list[Line] | None, Stated] = None
    translations: Annotated[dict[str, str] | None, Stated] = None
    must_not_appear: Annotated[list[Line] | None, Stated] = None
    absent: Annotated[list[str] | None, Stated] = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = sorted(ALWAYS_STATED - self.model_fields_set) if self.outcome is Outcome.ARTICLE else []
        if missing:
            message = f"an article is expected, and nothing is said of {', '.join(missing)}"
            raise ValueError(message)
        if strange := next((name for name in self.absent or () if name not in Reading.model_fields), None):
            message = f"absent names {strange!r}, which no reading has"
            raise ValueError(message)
        return self


class CaseInput(_Part):
    """Where and when the page was taken."""

    url: str | None = None
    fetched_at: AwareDatetime | None = None
    content_type: str | None = None


class Expectation(_Part):
    """The file beside a page. `checked_by` is empty as long as nobody has read a draft against its page."""

    checked_by: str | None = None
    input: CaseInput
    expected: Expected


@dataclass(frozen=True, slots=True)
class Case:
    """One page and what must come of it; `file` is the expectation's."""

    slug: str
    file: Path
    page: RawPage
    expected: Expected
    is_unchecked: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """What is compared, in the order of the file: the fields it states, their zones, and whose page it is."""
        stated = [name for name in Expected.model_fields if name in self.expected.model_fields_set]
        return (*stated, *(["zones"] if "paragraphs" in stated else []), "outlet")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that did not come as expected."""

    field: str
    expected: object
    came: object

    def words(self) -> str:
        """It in one line; of two lists the first place at which they part."""
        expected, came = self.expected, self.came
        if isinstance(expected, list) and isinstance(came, list):
            nth = next((n for n, two in enumerate(zip(expected, came, strict=False)) if two[0] != two[1]), None)
            nth = min(len(expected), len(came)) if nth is None else nth
            expected, came = _item(expected, nth), _item(came, nth)
            return f"{self.field}, item {nth + 1}: expected {expected}, came {came}"
        return f"{self.field}: expected {_short(expected)}, came {_short(came)}"


def case_files(folder: Path) -> list[Path]:
    """The expectations in a folder of cases, in order of name.

    Raises CaseError for a page without expectation, or the other way round.
    """
    pages, files = ({path.with_suffix("") for path in folder.glob(f"*.{kind}")} for kind in ("html", "json"))
    if lone := sorted(pages ^ files):
        there, lacks = (".html", ".json") if lone[0] in pages else (".json", ".html")
        message = f"{lone[0]}{there}: has no {lone[0].name}{lacks} beside it; add it, or remove the file"
        raise CaseError(message)
    return sorted(path.with_suffix(".json") for path in files)


def read_case(file: Path) -> Case:
    """The case of an expectation. Raises CaseError naming file and field."""
    page = file.with_suffix(".html")
    try:
        said = Expectation.model_validate_json(file.read_bytes())
        payload = page.read_bytes()
    except OSError as error:
        message = f"{error.filename}: {error.strerror}; mend or remove the case"
        raise CaseError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        message = f"{file}: {field + ': ' if field else ''}{reason}; mend the file"
        raise CaseError(message) from error
    raw = RawPage(id=str(page), payload=payload, **dict(said.input))
    is_unchecked = said.checked_by is not None and not said.checked_by.strip()
    return Case(file.parent.name, file, raw, said.expected, is_unchecked)


def result_of(case: Case, outlets: Mapping[str, Outlet], clutter: Clutter) -> Reading | Dropped:
    """What cleaning makes of the page."""
    return clean(case.page, outlets, clutter)


def difference(case: Case, field: str, result: Reading | Dropped) -> Difference | None:
    """In what a field (one of `case.fields`) did not come as expected; None where it did."""
    expected = case.expected
    if field == "outcome":
        came = Outcome.ARTICLE if isinstance(result, Reading) else result.outcome
        return _unless_same(field, expected.outcome, came)
    if field == "outlet":
        return _unless_same(field, case.slug, result.outlet)
    if field == "must_not_appear":
        text = result.text_full if isinstance(result, Reading) else ""
        there = [line for line in expected.must_not_appear or () if line in text]
        return _unless_same(field, [], there)
    if isinstance(result, Dropped):
        return Difference(field, _wanted(expected, field), f"no article: {result.outcome} ({result.why})")
    return _unless_same(field, _wanted(expected, field), _came(result, field, expected))


def differences(case: Case, result: Reading | Dropped) -> list[Difference]:
    """Every field that did not come as expected, what only follows from another left out."""
    found = {field: one for field in case.fields if (one := difference(case, field, result))}
    if "outcome" in found:
        return [found["outcome"]]
    if "paragraphs" in found:
        found.pop("zones", None)
    return list(found.values())


_READ: Mapping[str, Callable[[Any], object]] = {
    "paragraphs": lambda found: [one.text for one in found.paragraphs],
    "zones": lambda found: [(str(one.zone), one.text[:_ZONE_SHOWN]) for one in found.paragraphs],
}


def _wanted(expected: Expected, field: str) -> object:
    if field == "absent":
        return {}
    return _READ[field](expected) if field in _READ else getattr(expected, field)


def _came(result: Reading, field: str, expected: Expected) -> object:
    if field == "absent":
        return {name: value for name in expected.absent or () if (value := getattr(result, name))}
    value = _READ[field](result) if field in _READ else getattr(result, field)
    return list(value) if isinstance(value, tuple) else value


def _unless_same(field: str, expected: object, came: object) -> Difference | None:
    return None if came == expected else Difference(field, expected, came)


def _item(values: list[object], nth: int) -> str:
    return _short(values[nth]) if nth < len(values) else "nothing more"


def _short(value: object, most: int = 160) -> str:
    if value in (None, [], (), {}, ""):
        return "nothing"
    text = " ".join(str(value).split())
    return f"“{text}”" if len(text) <= most else f"“{text[:most]}…”"
