"""Every closed list of words the database may hold, in one place.

Values are what is stored; the database checks them, and a value from outside that is not listed raises.
They live beside the records (not beside the steps) because rows, steps and readers all need them and
storage may not import flows.
"""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one page or request. Exactly one of them is an article; the others say why not.

    `fetched` is only of a request: the page came whole, and what it is has not been judged.
    """

    ARTICLE = "article"
    FETCHED = "fetched"
    LISTING = "listing"
    CHALLENGE = "challenge"
    ERROR_PAGE = "error_page"
    COOKIE_WALL = "cookie_wall"
    GALLERY = "gallery"
    BODY_LOST = "body_lost"
    NO_TEXT = "no_text"
    NOT_HTML = "not_html"
    BINARY = "binary"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    TRUNCATED = "truncated"
    NOT_FOUND = "not_found"
    GONE = "gone"
    REDIRECT = "redirect"
    NOT_MODIFIED = "not_modified"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    HTTP_ERROR = "http_error"
    SERVER_ERROR = "server_error"
    ROBOTS_FILE = "robots_file"
    FEED = "feed"
    SITEMAP = "sitemap"
    KNOWN = "known"
    NO_RESPONSE = "no_response"
    NOT_A_RESPONSE = "not_a_response"
    STEP_FAILED = "step_failed"
    ROBOTS_DENIED = "robots_denied"
    TIMEOUT = "timeout"
    DNS_FAILED = "dns_failed"
    GUARD_REFUSED = "guard_refused"


class Stage(StrEnum):
    """How far a promise has come (taxonomy §2 and its additions), in ladder order, then side states."""

    PROPOSED = "proposed"
    JOINED_DECLARATION = "joined_declaration"
    TALKS_ANNOUNCED = "talks_announced"
    TALKS_STARTED = "talks_started"
    NEGOTIATING = "negotiating"
    TEXT_AGREED = "text_agreed"
    SIGNING_ANNOUNCED = "signing_announced"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    INVOKED = "invoked"
    ENDED = "ended"
    BLOCKED = "blocked"
    COMMITMENT = "commitment"


STAGE_RANK: dict[Stage, int] = {
    Stage.BLOCKED: -1,
    Stage.COMMITMENT: 0,
    Stage.PROPOSED: 1,
    Stage.JOINED_DECLARATION: 2,
    Stage.TALKS_ANNOUNCED: 3,
    Stage.TALKS_STARTED: 4,
    Stage.NEGOTIATING: 5,
    Stage.TEXT_AGREED: 6,
    Stage.SIGNING_ANNOUNCED: 7,
    Stage.SIGNED: 8,
    Stage.SUBMITTED: 9,
    Stage.RATIFIED: 10,
    Stage.IN_FORCE: 11,
    Stage.AMENDED: 12,
    Stage.INVOKED: 13,
    Stage.ENDED: 14,
}
"""Rank of a stage on the ladder; side states are below 1 and never count as "further"."""


class Family(StrEnum):
    """Families of documents: a question about signing always names one."""

    BILATERAL = "bilateral"
    G7_DECLARATION = "g7_declaration"
    UKRAINE_COMPACT = "ukraine_compact"
    EU_COMMITMENTS = "eu_commitments"
    UK_100_YEAR = "uk_100_year"
    US_TEXT_2025 = "us_text_2025"
    COALITION_FORCE = "coalition_force"
    KYIV_SECURITY_COMPACT = "kyiv_security_compact"
    ISTANBUL_2022 = "istanbul_2022"
    BUDAPEST_1994 = "budapest_1994"
    NONE_NAMED = "none_named"


class Side(StrEnum):
    """Who acts or speaks. For a proposal UA means wanted, guarantor offered, third named."""

    UA = "UA"
    GUARANTOR = "guarantor"
    THIRD = "third"
    UNKNOWN = "unknown"


class Factuality(StrEnum):
    """How the text holds the step: only `fact` moves a ledger line."""

    FACT = "fact"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    QUESTION = "question"
    OPINION = "opinion"


class ReportType(StrEnum):
    """Whether a text reports the step itself, repeats it, tells another's report, or corrects one."""

    ORIGINAL = "original"
    RESTATEMENT = "restatement"
    THIRD_PARTY = "third_party"
    CORRECTION = "correction"


class BlockKind(StrEnum):
    """How a step was stopped."""

    REFUSED = "refused"
    POSTPONED = "postponed"
    VETOED = "vetoed"
    WITHDRAWN = "withdrawn"
    THREATENED = "threatened"
    NOT_DONE = "not_done"


class ConditionKind(StrEnum):
    """What a promise itself depends on."""

    CEASEFIRE = "ceasefire"
    PEACE_DEAL = "peace_deal"
    US_BACKSTOP = "us_backstop"
    OWN_PARLIAMENT = "own_parliament"
    OTHER = "other"


class EventPrecision(StrEnum):
    """How exactly the day of an event is known. `by` gives an upper bound only."""

    DAY = "day"
    BY = "by"
    MONTH = "month"
    YEAR = "year"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class TimePrecision(StrEnum):
    """How exactly a publication moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


class DateSource(StrEnum):
    """Where a publication moment was read."""

    JSON_LD = "json_ld"
    META = "meta"
    TIME_TAG = "time_tag"
    VISIBLE = "visible"
    BYLINE = "byline"
    URL = "url"
    TRAFILATURA = "trafilatura"
    NONE = "none"


class OutletSource(StrEnum):
    """How the outlet of a page was decided."""

    URL = "url"
    GIVEN = "given"
    HOUSE_STYLE = "house_style"
    UNLISTED = "unlisted"


class Zone(StrEnum):
    """What part of a text a paragraph is."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    QUOTE = "quote"
    SOURCE = "source"
    BACKGROUND = "background"
    EDITOR_NOTE = "editor_note"
    UPDATE = "update"
    SUBHEAD = "subhead"
    LIST = "list"
    CAPTION = "caption"


class EvidenceRole(StrEnum):
    """What a quoted span proves."""

    STEP = "step"
    WHO = "who"
    DOCUMENT = "document"
    DATE = "date"
    CONTEXT = "context"


class TopicRole(StrEnum):
    """How central a topic is to a text."""

    MAIN = "main"
    MENTION = "mention"
    BACKGROUND = "background"


class CopyKind(StrEnum):
    """How one text relates to another."""

    EXACT = "exact"
    NEAR = "near"
    SAME_EVENT = "same-event"
    TRANSLATION = "translation"


class Cause(StrEnum):
    """Why a ledger line changed."""

    NEWS = "news"
    OUTLET_EDIT = "outlet_edit"
    LATE_FIND = "late_find"
    RULE = "rule"
    REVIEW = "review"


class Confirmed(StrEnum):
    """Which sides have said that a step happened."""

    UA = "UA"
    GUARANTOR = "guarantor"
    BOTH = "both"
    THIRD = "third"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    """What a person decided about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


class GuarantorKind(StrEnum):
    """What kind of body may promise; the beneficiary and the adversary are named to be told apart from them."""

    STATE = "state"
    UNION = "union"
    ALLIANCE = "alliance"
    GROUP = "group"
    BENEFICIARY = "beneficiary"
    ADVERSARY = "adversary"


class UnitState(StrEnum):
    """How far a work unit is: its index not read, its index read, every page it lists asked for."""

    PLANNED = "planned"
    LISTED = "listed"
    DONE = "done"


class AlarmKind(StrEnum):
    """What may be wrong with a night at one outlet, or with the whole run (`disk_budget`)."""

    SILENCE = "silence"
    BLOCKED = "blocked"
    CHALLENGE = "challenge"
    EMPTY_INDEX = "empty_index"
    UNREADABLE_INDEX = "unreadable_index"
    EMPTY_FIELD = "empty_field"
    LAYOUT_CHANGED = "layout_changed"
    DROP_JUMP = "drop_jump"
    LANGUAGE_TURNED = "language_turned"
    DATE_DRIFT = "date_drift"
    DISK_BUDGET = "disk_budget"


class StatementKind(StrEnum):
    """What else analysts count."""

    STANCE = "stance"
    TERM = "term"
    AMOUNT = "amount"
    COUNT = "count"
    ORDINAL = "ordinal"
    OFFER = "offer"
    REFUSAL = "refusal"


class Language(StrEnum):
    """Language of a text, decided from the text. `other` is counted, never guessed into one of the three."""

    EN = "en"
    UK = "uk"
    RU = "ru"
    OTHER = "other"
