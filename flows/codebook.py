"""The codebook: what every topic, stage, side and rule means, as a page made from the lexicon's files."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.knowledge import Knowledge
from flows.lexicon.errors import LexiconFileError
from flows.lexicon.files import TopicPart
from storage.terms import (
    STAGE_RANK,
    BlockKind,
    ConditionKind,
    EventPrecision,
    Factuality,
    Family,
    ReportType,
    Side,
    Stage,
    TopicRole,
)

FILE = Path(__file__).parent / "lexicon" / "codebook.yaml"
RULES = tuple(f"R{number}" for number in range(1, 17))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StageEntry(_Part):
    """What a stage means. A text of `example` alone is read as this stage, one of `counter` is not."""

    short: str
    definition: str
    counts: list[str] = Field(min_length=1)
    counts_not: list[str] = Field(min_length=1)
    example: str
    counter: str


class RuleEntry(_Part):
    """One of the rules R1 to R16, as this program applies it."""

    title: str
    says: str


class Codebook(_Part):
    """The definitions of the closed lists; every value of each list has one."""

    stages: dict[Stage, StageEntry]
    sides: dict[Side, str]
    families: dict[Family, str]
    factualities: dict[Factuality, str]
    block_kinds: dict[BlockKind, str]
    conditions: dict[ConditionKind, str]
    precisions: dict[EventPrecision, str]
    report_types: dict[ReportType, str]
    topic_roles: dict[TopicRole, str]
    rules: dict[str, RuleEntry]


_LISTS: Mapping[str, Iterable[str]] = {
    "stages": Stage,
    "sides": Side,
    "families": Family,
    "factualities": Factuality,
    "block_kinds": BlockKind,
    "conditions": ConditionKind,
    "precisions": EventPrecision,
    "report_types": ReportType,
    "topic_roles": TopicRole,
    "rules": RULES,
}


def load_codebook(file: Path = FILE) -> Codebook:
    """The definitions. Raises LexiconFileError naming a field that is wrong or a list that has a value without one."""
    try:
        book = Codebook.model_validate(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader))
    except ValidationError as error:
        first = error.errors()[0]
        raise LexiconFileError(file, ".".join(map(str, first["loc"])), first["msg"]) from error
    for name, values in _LISTS.items():
        defined = getattr(book, name)
        if missing := [str(value) for value in values if value not in defined]:
            raise LexiconFileError(file, name, f"no definition of {', '.join(missing)}")
        if unknown := [str(key) for key in defined if key not in set(values)]:
            raise LexiconFileError(file, name, f"no such value: {', '.join(unknown)}")
    return book


def codebook_page(knowledge: Knowledge, topics: Mapping[str, TopicPart], book: Codebook) -> str:
    """The whole codebook as Markdown; `topics` are those of `flows.lexicon.load.load_topics`."""
    parts = (
        _HEAD.format(rules_version=knowledge.rules_version, lexicon_version=knowledge.lexicon.version),
        _topics(topics, book),
        _stages(book),
        _list("Sides", _SIDES, book.sides.items()),
        _families(knowledge, book),
        _list("Factuality", "Column `factuality` of `claims`: how the text holds the step.", book.factualities.items()),
        _list("Kinds of stop", "Column `block_kind`: how a step was `blocked`.", book.block_kinds.items()),
        _list("Conditions", "Column `condition_kind`: what a promise itself depends on.", book.conditions.items()),
        _list("Precision", "Column `precision`: how exactly the day of a step is known.", book.precisions.items()),
        _list("Kinds of report", "Column `report_type`: how the text comes to tell of it.", book.report_types.items()),
        _rules(book),
    )
    return "\n".join(parts)


_HEAD = """\
# Codebook

What each word of the tables means, and by which rules a text gets it. Generated from
[topics.yaml](../../flows/lexicon/topics.yaml), [codebook.yaml](../../flows/lexicon/codebook.yaml),
[documents.yaml](../../flows/lexicon/documents.yaml) and the program's own lists; `make docs` writes it anew. How a
claim comes about, and how often it is wrong: [Method](../method.md).

Rules version `{rules_version}`, lexicon version `{lexicon_version}`. Every reading names the rules version that read it
(column `rules_version`); it changes with every lexicon file. Examples are made up, and a test holds the program to
them.
"""

_TOPICS_HEAD = """\
## Topics

A text may have several, each with its place in the text (column `role` of `tags`) and the sentences that carry it. The
words of each topic, in English, Ukrainian and Russian, are in [topics.yaml](../../flows/lexicon/topics.yaml): *strong*
words carry it alone, *weak* ones only in a text about guarantees and beside a state or Ukraine, and words to exclude
hide what they overlap. Topics of your own: [For analysts](../for-analysts.md#topics-of-your-own).
"""

_STAGES_HEAD = """\
## Stages

How far a promise has come, in the order of the ladder. Ranks below 1 are side states: they stand beside the ladder and
are never further than a rung.
"""

_SIDES = """\
Column `acting_side`: who took the step. Column `said_side`: who says so. Opposite facts are never merged, so a proposal
and a vote have a line for each side."""

_KINDS = {
    "core": "In itself about guarantees for Ukraine; tagged `security_guarantees` as well.",
    "umbrella": "Tagged `security_guarantees` as well.",
    "context": "Only in a text about guarantees.",
}


def _topics(topics: Mapping[str, TopicPart], book: Codebook) -> str:
    entries = [_topic(topic, part) for topic, part in topics.items()]
    return "\n".join((_TOPICS_HEAD, _table(("role", "meaning"), book.topic_roles.items()), *entries))


def _topic(topic: str, part: TopicPart) -> str:
    kinds = [words for kind, words in _KINDS.items() if getattr(part, kind)]
    return "\n".join(
        (
            f"### `{topic}`: {part.title}\n",
            " ".join((part.definition or "No definition was given.", *(f"*{words}*" for words in kinds))) + "\n",
            *_bounds(part.counts, part.counts_not),
            *([f"- Example: “{part.example}”"] if part.example else []),
            "",
        )
    )


def _bounds(counts: list[str], counts_not: list[str]) -> Iterator[str]:
    if counts:
        yield f"- Counts: {'; '.join(counts)}."
    if counts_not:
        yield f"- Does not count: {'; '.join(counts_not)}."


def _stages(book: Codebook) -> str:
    ladder = sorted(Stage, key=lambda stage: STAGE_RANK[stage])
    order = sorted(ladder, key=lambda stage: STAGE_RANK[stage] < 1)
    rows = [(str(STAGE_RANK[stage]), f"`{stage}`", book.stages[stage].short) for stage in order]
    parts = (
        _STAGES_HEAD,
        _table(("rank", "stage", "in short"), rows, is_code=False),
        *(_stage(stage, book.stages[stage]) for stage in order),
    )
    return "\n".join(parts)


def _stage(stage: Stage, entry: StageEntry) -> str:
    lines = (
        f"### `{stage}`\n",
        f"{entry.definition}\n",
        *_bounds(entry.counts, entry.counts_not),
        f"- Example: “{entry.example}” Not: “{entry.counter}”",
        "",
    )
    return "\n".join(lines)


def _families(knowledge: Knowledge, book: Codebook) -> str:
    documents = knowledge.lexicon.documents.values()
    rows = [
        (f"`{family}`", meaning, ", ".join(f"`{one.slug}`" for one in documents if one.family is family) or "–")
        for family, meaning in book.families.items()
    ]
    head = (
        "## Families of documents\n\nColumn `family`: a question about signing names one, or it mixes 1994 with 2024.\n"
    )
    return f"{head}\n{_table(('family', 'meaning', 'documents'), rows, is_code=False)}"


def _rules(book: Codebook) -> str:
    rows = [(f"**{rule}**", book.rules[rule].title, book.rules[rule].says) for rule in RULES]
    head = (
        "## Rules\n\nWhat every claim goes by. The rule that read a claim stands beside it (`zaporuka ledger --why`).\n"
    )
    return f"{head}\n{_table(('rule', 'title', 'what it says'), rows, is_code=False)}"


def _list(title: str, head: str, meanings: Iterable[tuple[str, str]]) -> str:
    return f"## {title}\n\n{head}\n\n{_table(('value', 'meaning'), meanings)}"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, is_code: bool = True) -> str:
    """A table of Markdown; with `is_code` the first cells are values of a column."""
    lines = [columns, ("---",) * len(columns)]
    lines += [(f"`{first}`", *rest) if is_code else (first, *rest) for first, *rest in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
