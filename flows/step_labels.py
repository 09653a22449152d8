"""The words analysts use for steps, in three languages, as ours: one map from every known label to stages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flows.steps.ledger import SIDED_STAGES
from flows.steps.text import fold, squeeze
from storage.terms import Side, Stage

_TAIL = re.compile(r"\s*\([^()]*\)$|, if .*$|,? for \d.*$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label means: any of these stages, done by this side where it says so.

    `is_negated`: the step was not taken. `is_unsure`: whoever wrote it doubts it (`signed?`).
    """

    stages: tuple[Stage, ...]
    side: Side | None = None
    is_negated: bool = False
    is_unsure: bool = False

    def fits(self, stage: Stage, acting_side: Side) -> bool:
        """Whether a ledger line's step is the one meant."""
        if stage not in self.stages:
            return False
        return self.side is None or stage not in SIDED_STAGES or acting_side is self.side


def label_of(text: str) -> Label | None:
    """What a label means; None for one that names no step we know.

    Case, hyphens, underscores, a remark in brackets and what `ledger` prints after a step make no difference.
    """
    words = squeeze(re.sub(r"[-_]+", " ", fold(text))).strip(" .;:")
    is_unsure = words.endswith("?")
    words = words.rstrip("? ")
    while words not in _LABELS and (shorter := _TAIL.sub("", words)) != words:
        words = shorter
    found = _LABELS.get(words)
    return Label(found.stages, found.side, found.is_negated, is_unsure) if found else None


_WORDS: dict[Stage, str] = {
    Stage.PROPOSED: "proposed, proposal, запропоновано, пропозиція, предложено, предложение",
    Stage.JOINED_DECLARATION: (
        "joined, joined declaration, joined the declaration, joined g7 declaration, joined the g7 declaration, "
        "acceded, endorsed, приєдналася, приєднався, приєдналась, приєдналося, приєднання, приєднання до декларації, "
        "присоединилась, присоединился, присоединилось, присоединение, присоединение к декларации"
    ),
    Stage.TALKS_ANNOUNCED: (
        "talks announced, announced talks, negotiations announced, переговори оголошено, оголошено переговори, "
        "оголошення переговорів, переговоры объявлены, объявлены переговоры, объявлено о переговорах"
    ),
    Stage.TALKS_STARTED: (
        "talks started, started talks, talks began, talks opened, negotiations started, negotiations began, "
        "переговори розпочато, переговори почато, початок переговорів, розпочато переговори, "
        "переговоры начаты, начало переговоров, начаты переговоры"
    ),
    Stage.NEGOTIATING: (
        "negotiating, in talks, talks, negotiations, under negotiation, переговори, ведуться переговори, "
        "переговоры, ведутся переговоры"
    ),
    Stage.TEXT_AGREED: (
        "text agreed, agreed, agreed text, text finalised, text finalized, initialled, текст узгоджено, "
        "узгоджено текст, узгоджено, погоджено, текст согласован, согласован текст, согласовано"
    ),
    Stage.SIGNING_ANNOUNCED: (
        "signing announced, signing planned, planned signing, signature announced, announced signing, "
        "оголошено підписання, підписання оголошено, заплановано підписання, підписання заплановано, "
        "объявлено подписание, подписание объявлено, запланировано подписание, подписание запланировано"
    ),
    Stage.SIGNED: (
        "signed, signature, signing, підписано, підписана, підписали, підписала, підписав, підписання, "
        "подписано, подписан, подписана, подписали, подписала, подписал, подписание"
    ),
    Stage.SUBMITTED: (
        "submitted, before parliament, submitted to parliament, внесено, внесено до парламенту, подано до парламенту, "
        "внесено в парламент, подано в парламент"
    ),
    Stage.RATIFIED: (
        "ratified, ratification, ратифіковано, ратифікована, ратифікація, ратифікували, ратифицировано, "
        "ратифицирован, ратифицирована, ратификация, ратифицировали"
    ),
    Stage.IN_FORCE: (
        "in force, entered into force, entry into force, effective, чинна, чинний, набула чинності, набуло чинності, "
        "набрала чинності, набрання чинності, набуття чинності, вступила в силу, вступило в силу, вступление в силу, "
        "действует"
    ),
    Stage.AMENDED: "amended, amendment, змінено, зміни внесено, изменено, изменения внесены",
    Stage.INVOKED: "invoked, задіяно, застосовано, задействовано, применено",
    Stage.ENDED: (
        "ended, terminated, expired, припинено, розірвано, завершено, прекращено, расторгнуто, завершено действие"
    ),
    Stage.BLOCKED: (
        "blocked, stopped, suspended, rejected, refused, postponed, vetoed, заблоковано, зупинено, відкладено, "
        "відхилено, відмова, заблокировано, остановлено, приостановлено, отложено, отклонено, отказ"
    ),
    Stage.COMMITMENT: ("commitment, committed, pledged, pledge, зобов'язання, обіцяно, обязательство, обещано"),
}
_SIDES: Mapping[str, tuple[Stage, Side]] = {
    "wanted, requested, asked for, бажано, прохання, запит, хоче київ, желательно, просьба, запрос": (
        Stage.PROPOSED,
        Side.UA,
    ),
    "offered, offer, пропонує гарант, предлагает гарант": (Stage.PROPOSED, Side.GUARANTOR),
    "before parliament by kyiv, submitted to the rada, внесено до ради, внесено в раду": (Stage.SUBMITTED, Side.UA),
    "before parliament by the guarantor": (Stage.SUBMITTED, Side.GUARANTOR),
    "ratified by kyiv, ratified by ukraine, ratified by the rada, ратифіковано радою, ратифицировано радой": (
        Stage.RATIFIED,
        Side.UA,
    ),
    "ratified by the guarantor": (Stage.RATIFIED, Side.GUARANTOR),
}
_SEVERAL: Mapping[str, tuple[Stage, ...]] = {
    "suspended or rejected": (Stage.BLOCKED, Stage.ENDED),
    "named": (Stage.PROPOSED,),
}
_NOT = {
    Stage.JOINED_DECLARATION: "not joined, did not join, не приєдналася, не приєднався, не присоединилась",
    Stage.SIGNED: "not signed, unsigned, не підписано, не подписано",
    Stage.RATIFIED: "not ratified, не ратифіковано, не ратифицировано",
}


def _labels() -> dict[str, Label]:
    found = {stage.value.replace("_", " "): Label((stage,)) for stage in Stage}
    for stage, words in _WORDS.items():
        found |= {fold(word): Label((stage,)) for word in words.split(", ")}
    for words, (stage, side) in _SIDES.items():
        found |= {fold(word): Label((stage,), side) for word in words.split(", ")}
    for stage, words in _NOT.items():
        found |= {fold(word): Label((stage,), is_negated=True) for word in words.split(", ")}
    return found | {words: Label(stages) for words, stages in _SEVERAL.items()}


_LABELS = _labels()
