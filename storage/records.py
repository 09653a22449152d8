"""The validated records that travel between the steps, one frozen type a stage.

`Reading` or `Dropped` (cleaning) → `Identity` (copies) → `Tag`s, `Claim`s, `Statement`s, `PersonMention`s → rows
of `storage.models`. A step works on these and never on rows. All offsets are Unicode code points into
`Reading.text_full`; every `quote` equals `text_full[start:end]`.
"""

from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from storage.terms import (
    BlockKind,
    ConditionKind,
    Confirmed,
    CopyKind,
    DateSource,
    EventPrecision,
    EvidenceRole,
    Factuality,
    Family,
    Language,
    Outcome,
    OutletSource,
    ReportType,
    Side,
    Stage,
    StatementKind,
    TimePrecision,
    TopicRole,
    Zone,
)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a moment must carry its offset from UTC"
        raise ValueError(message)
    return moment


Moment = Annotated[datetime, AfterValidator(_aware)]
"""A datetime that carries its offset."""

LineStatus = Literal["current", "announced", "rejected"]
"""Whether a ledger line stands as fact, only as plan, or was rejected by a person."""


CreditRole = Literal["origin", "mention", "self"]
"""What a text credits a source with: with its news, with something said in passing; or the outlet credits itself."""

SourceKind = Literal["agency", "newspaper", "broadcaster", "magazine", "government", "ngo", "unlisted"]
"""What a credited source is: the kinds of outlets."""


FiledRow: TypeAlias = tuple[int, int, int, bytes, bytes]
"""A `Filed` as a plain tuple: some weeks hold tens of thousands."""


class Record(BaseModel):
    """Base of all travelling records: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RawPage(Record):
    """One input of cleaning: a page as it came, before anyone judged it. Exactly one of `payload`, `text` is set.

    `payload` is the body's bytes as sent (HTML; never guessed text); `text` is flattened text.
    `outlet` is a slug the user gave. `fetched_at` is None where nobody knows when the page was taken.
    """

    id: str
    payload: bytes | None = None
    text: str | None = None
    url: str | None = None
    outlet: str | None = None
    content_type: str | None = None
    fetched_at: Moment | None = None

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if (self.payload is None) == (self.text is None):
            message = "give exactly one of payload and text"
            raise ValueError(message)
        return self


class Paragraph(Record):
    """A paragraph of an article and where it stands in `text_full`."""

    text: str
    zone: Zone
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Removed(Record):
    """A line or part of a line that cleaning took out, and the name of the rule that did."""

    text: str
    why: str


class Told(Record):
    """What a page tells beside its text, article or not, and what cleaning took out of it.

    `published_at` keeps the offset in force in Kyiv (or the page's own); with precision `day` its time is midnight.
    `sources` says for each field where it was read, and for `body` which of the outlet's selectors found it; a field
    without a source was said nowhere.
    """

    url: str | None = None
    canonical_url: str | None = None
    authors: tuple[str, ...] = ()
    published_at: Moment | None = None
    published_precision: TimePrecision = TimePrecision.UNKNOWN
    date_source: DateSource = DateSource.NONE
    modified_at: Moment | None = None
    section: str | None = None
    outlet_tags: tuple[str, ...] = ()
    paywalled: bool = False
    translations: dict[str, str] = Field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)


class Reading(Told):
    """What one cleaner made of one page that is an article.

    `text_full` is headline + blank line + paragraphs joined by blank lines (NFC, no invisible signs).
    `path` names the road cleaning took (`outlet`, `generic`, `flattened`).
    """

    outlet: str
    outlet_source: OutletSource
    language: Language
    title: str
    paragraphs: tuple[Paragraph, ...]
    captions: tuple[str, ...] = ()
    text_full: str
    path: str

    @model_validator(mode="after")
    def _offsets_hold(self) -> Self:
        for paragraph in self.paragraphs:
            if self.text_full[paragraph.start : paragraph.end] != paragraph.text:
                message = f"paragraph at {paragraph.start} does not stand there in text_full"
                raise ValueError(message)
        return self

    @property
    def text(self) -> str:
        """The paragraphs joined by a blank line, without the headline."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


class Dropped(Told):
    """A page that is not an article: its named outcome, and in `why` what betrayed it.

    The rest is what was known by then. `path` is None where the page was refused before its body was looked for.
    """

    outcome: Outcome
    why: str
    outlet: str | None = None
    outlet_source: OutletSource | None = None
    title: str | None = None
    path: str | None = None


class Evidence(Record):
    """One quoted span that proves one part of a claim; `rule` names the rule that found it."""

    role: EvidenceRole
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    rule: str


class Tag(Record):
    """A topic of a text. `score` is in 0..1."""

    topic: str
    role: TopicRole
    score: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()


class Claim(Record):
    """That a text says a guarantor's promise took a step.

    `guarantor` is an ISO 3166 alpha-2 code (XK for Kosovo), `EU`, `NATO`, `G7` or `MULTI` (an unnamed group).
    `document` is a slug of the lexicon's documents; `family` its family. `event_on_min`/`event_on_max` bound
    the day of the step (min is None with precision `by`); for announcements `planned_on` is the announced act's
    day. Days are calendar days in Kyiv. `step_sentence` is the sentence of the `step` evidence, folded
    (see `flows.steps.text.fold`) with white space collapsed; it is part of the claim's key.
    """

    guarantor: str
    document: str
    family: Family
    stage: Stage
    acting_side: Side
    factuality: Factuality
    is_hedged: bool = False
    block_kind: BlockKind | None = None
    condition_kind: ConditionKind | None = None
    event_on_min: date | None = None
    event_on_max: date | None = None
    precision: EventPrecision = EventPrecision.UNKNOWN
    planned_on: date | None = None
    place: str | None = None
    said_by: str | None = None
    said_side: Side = Side.UNKNOWN
    term_used: str | None = None
    report_type: ReportType = ReportType.ORIGINAL
    zone: Zone = Zone.BODY
    rule: str
    step_sentence: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Statement(Record):
    """What else a text says that analysts count: a stance, term, amount, count, offer or refusal."""

    kind: StatementKind
    guarantor: str | None = None
    speaker: str | None = None
    side: Side = Side.UNKNOWN
    value: str
    amount: float | None = None
    unit: str | None = None
    condition_kind: ConditionKind | None = None
    rule: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class PersonMention(Record):
    """A person of a text: one canonical name, every spelling that stands in the text, in order of appearance."""

    name: str
    as_written: tuple[str, ...] = Field(min_length=1)
    role: str | None = None


class Attribution(Record):
    """That a text credits an outlet or agency, and the words in which it does.

    `source` is the slug of an outlet's file, or the id of a source in the lexicon that we do not read; `name` is how
    it is called. `rule` names the wording that decided.
    """

    source: str
    name: str
    kind: SourceKind
    role: CreditRole
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    rule: str


class Findings(Record):
    """All that tagging and claims find in one text, under one rules version."""

    language: Language
    is_security_guarantees: bool
    score: float = Field(ge=0, le=1)
    topics: tuple[Tag, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    persons: tuple[PersonMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()


class Filed(NamedTuple):
    """What an article is filed under, so that its copies are found.

    `day` is the Kyiv day of publication in days since 1970-01-01, 0 where unknown; `text_key` a hash of all words, 0
    where there are none; `bands` and `numbers` as `flows.steps.signature` packs them, empty where another article of
    the same words and month stands for it.
    """

    article_id: int
    day: int
    text_key: int
    bands: bytes = b""
    numbers: bytes = b""


class Relation(Record):
    """How a document relates to another; `score` is the Jaccard coefficient of what was compared, in 0..1.

    `why` are the signals that decided, in plain words with their values; the same whichever of the two is asked.
    """

    id: str
    kind: CopyKind
    score: float = Field(ge=0, le=1)
    why: tuple[str, ...] = ()


class Identity(Record):
    """Whose copy a document is. `work` is the id of the earliest member of its group (its own when alone)."""

    id: str
    work: str
    relations: tuple[Relation, ...] = ()
    story: str | None = None


class LedgerLine(Record):
    """One step of one guarantor's promise, as all claims about it hold it together.

    `line` is `guarantor/document/stage`, with `@acting_side` for proposed, submitted and ratified. Status is
    `current` (at least one text tells it as a fact), `announced` (planned or conditional only) or `rejected`
    (a person rejected every claim). `texts`, `outlets`, `speakers` count articles, outlets and named speakers that
    support the line, each on its own. `first_published_at` is the earliest report that is no restatement.
    `deciding` are the ids of the claims whose value became the line's day, in ascending order. `block_kind` and
    `condition_kind` are those of `best_claim`.
    """

    line: str
    guarantor: str
    document: str
    family: Family
    stage: Stage
    stage_rank: int
    acting_side: Side
    event_on_min: date | None = None
    event_on_max: date | None = None
    precision: EventPrecision = EventPrecision.UNKNOWN
    planned_on: date | None = None
    place: str | None = None
    status: LineStatus
    confirmed_by: Confirmed
    speakers: int = Field(ge=0)
    texts: int = Field(ge=0)
    outlets: int = Field(ge=0)
    is_hedged: bool = False
    block_kind: BlockKind | None = None
    condition_kind: ConditionKind | None = None
    first_published_at: Moment | None = None
    best_claim: int
    deciding: tuple[int, ...] = ()


class Conflict(Record):
    """A value of a ledger line's field that some texts give and the line does not show.

    `value` is what those texts say (ISO day or `min/max`, place, stage); `claim_id` is one that says so,
    `texts` how many articles do.
    """

    line: str
    field: str
    value: str
    claim_id: int
    texts: int = Field(ge=1)
