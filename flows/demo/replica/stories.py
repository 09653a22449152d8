"""News of guarantees written for the two nights: told on the first, and edited, furthered or found on the second.

Days are counted from the day of night 1, so that the texts fit whichever day that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files

import yaml
from babel.dates import format_date
from pydantic import BaseModel, ConfigDict, TypeAdapter

from flows.demo.replica.articles import NOT_LISTED_YET, Article, Tells
from flows.demo.replica.daily import number_of
from flows.demo.replica.setting import KI, PRAVDA, PRESIDENT, Setting
from flows.demo.replica.writing import Text
from storage.keys import KYIV
from storage.terms import Family, Stage

_NUMBERS_FROM = 950


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Step(_Read):
    """One step a story states; `day` and `planned` count from the day of night 1."""

    guarantor: str
    family: Family
    stage: Stage
    day: int | None = None
    planned: int | None = None


class _Edit(_Read):
    """What the outlet does to the text on the day of night 2. `note` is the correction it owns up to, if it does."""

    at: time
    replace: dict[str, str]
    note: str | None = None
    tells: tuple[_Step, ...]


class _Story(_Read):
    """One article. `{number}` and `{date}` of its address are filled in; `of` names what it is a translation of."""

    key: str
    of: str | None = None
    outlet: str
    language: str
    day: int
    at: time
    address: str
    author: str
    is_late: bool = False
    headline: str
    paragraphs: tuple[str, ...]
    tells: tuple[_Step, ...]
    edit: _Edit | None = None


@dataclass(frozen=True)
class _Days:
    """Days in the words of an outlet: `{day[1]}` in a text is the day after night 1."""

    now: date
    story: _Story

    def __getitem__(self, number: int | str) -> str:
        form = "MMMM d" if self.story.outlet == KI else "d MMMM"
        return format_date(self.now + timedelta(days=int(number)), form, locale=self.story.language)


@lru_cache(maxsize=1)
def _stories() -> tuple[_Story, ...]:
    written = yaml.safe_load((files(__package__) / "stories.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[_Story, ...]).validate_python(written)


def stories(setting: Setting, night: int) -> Iterator[Article]:
    """The stories as they stand on a night, those of later days too."""
    addresses = {story.key: _address(story, setting.now) for story in _stories()}
    for story in _stories():
        edit = story.edit if night > 1 else None
        text = _text(story, edit, _Days(setting.now, story))
        family = [other for other in _stories() if (other.of or other.key) == (story.of or story.key)]
        yield Article(
            url=addresses[story.key],
            outlet=story.outlet,
            language=story.language,
            published_at=_moment(setting.now, story.day, story.at),
            headline=text.headline,
            made_of="story",
            source=story.key,
            translations={other.language: addresses[other.key] for other in family if other is not story},
            text=text,
            tells=tuple(_tells(step, setting.now) for step in (edit or story).tells),
            is_edited=edit is not None,
            has_correction_note=edit is not None and edit.note is not None,
            changed_at=_moment(setting.now, 1, edit.at) if edit else None,
            hidden=NOT_LISTED_YET if story.is_late and night == 1 else None,
            is_late=story.is_late,
        )


def _moment(now: date, day: int, at: time) -> datetime:
    return datetime.combine(now + timedelta(days=day), at, tzinfo=KYIV)


def _address(story: _Story, now: date) -> str:
    day = now + timedelta(days=story.day)
    original = next(other for other in _stories() if other.key == (story.of or story.key))
    series = {PRAVDA: "pravda", PRESIDENT: "president"}.get(story.outlet, story.language)
    numbered = 0 if story.outlet == KI else number_of(series, day, _NUMBERS_FROM + _stories().index(original))
    return story.address.format(number=numbered, date=f"{day:%Y/%m/%d}")


def _text(story: _Story, edit: _Edit | None, days: _Days) -> Text:
    def told(passage: str) -> str:
        for before, after in edit.replace.items() if edit else ():
            passage = passage.replace(before, after)
        return passage.format(day=days)

    paragraphs = [told(paragraph) for paragraph in story.paragraphs]
    if edit and edit.note:
        paragraphs.append(edit.note)
    return Text(told(story.headline), tuple(paragraphs), story.author)


def _tells(step: _Step, now: date) -> Tells:
    event_on, planned_on = (None if day is None else now + timedelta(days=day) for day in (step.day, step.planned))
    return Tells(step.guarantor, step.family, step.stage, event_on, planned_on)
