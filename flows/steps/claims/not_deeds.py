"""Words by which a finished act is no deed of anybody: forbidden to be written, supposed for talk's sake, told of any.

Read on the folded words of the sentence, joined by blanks, as in `unsure`.
"""

import re
from dataclasses import replace

from flows.steps.claims.view import SentenceView, Step
from storage.terms import Factuality, Stage

_BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_THAT = r"(?: (?:that|as if|as though)| ,? ?(?:що|ніби|нібито|наче|что|будто|якобы))"
_FORBIDDEN = re.compile(
    r"\b(?:do not|don't|never|must not|should not|shouldn't|(?:please|kindly) stop|stop)"
    rf" (?:\w+ )?(?:writ\w+|say(?:ing)?|report(?:ing)?|tell(?:ing)?|print(?:ing)?|claim(?:ing)?|announc\w+)"
    rf"(?: \w+){{0,3}}?{_THAT}"
    rf"|\bне (?:треба |слід |варто |надо |нужно |стоит )?(?:пиш\w+|кажіть|кажи|говор\w+|писати|казати|повідомля\w+"
    rf"|стверджуй\w*|писать|сообща\w+|утвержда(?:йте|й|ть)|скажіть|скажите)(?: \w+)?{_THAT}"
)
"""What one is asked not to write is not so: "please do not write that Latvia has signed"."""
_SUPPOSED = re.compile(
    rf"\bif (?:i|we|you|he|she|they|any(?:one|body)|some(?:one|body)) (?:\w+ )?(?:were to )?"
    rf"(?:said|told|say|says|tell|tells|wrote|write|writes|hear|hears|read|reads|promised)(?: \w+){{0,2}}?{_THAT}"
    rf"|\b(?:якби|якщо|если бы|если|коли б) (?:\w+ ){{0,3}}?(?:сказа\w+|скаж\w+|каже\w*|написа\w+|напиш\w+|пообіця\w+"
    rf"|заяви\w+|скажет\w*|пообеща\w+|почу\w+|прочита\w+|услыш\w+)(?: \w+)?{_THAT}"
)
_IN_CASE = re.compile(
    r"\b(?:in the event (?:that|of)|in case|on the assumption that|assuming(?: that)?"
    r"|(?:у|в) (?:разі|випадку) ,? ?(?:якщо|коли)|за умови ,? ?(?:що|якщо)"
    r"|в (?:том )?случае ,? ?(?:если|когда)|при условии ,? ?что)\b(?: [^;.:]+)?$"
)
_NOTHING_BUT = re.compile(
    r"\b(?:nothing|no (?:document|paper|text)s?) (?:but|except|other than|beyond|apart from|besides|more than)\b"
    r"|\bніч\w+ ,? ?(?:крім|окрім)\b|\bнич\w+ ,? ?(?:кроме|помимо)\b"
)
_OF_THIS_KIND = re.compile(
    r"\b(?:agreement|document|treat\w+|text|paper|pact|deal|accord)s? of (?:this|that|such|the) (?:\w+ )?"
    r"(?:sort|kind|type|nature)\b(?: \w+)*? (?:is|are) (?:\w+ )?$"
    r"|\b(?:such (?:an? )?(?:\w+ )?)(?:agreement|document|treat\w+|text|paper|pact|deal|accord)s? (?:is|are)"
    r" (?:usually |normally |always |often )?$"
)
_ANY = re.compile(r"(?:^|[ \"(])an? (?:\w+ )?(?:agreement|treaty|document|text|paper|pact|deal|accord|guarantee) $")
_BY_ANY = re.compile(r"^ ?(?:by|with) an? ")
_AMONG = re.compile(r"(?:не)?(?:подписанн|підписан|ратифицированн|ратифікован|заключенн|укладен)[иы]х")
_LATER = re.compile(r"^(?:буде|будуть|будет|будут)\b")
_HEARD = re.compile(
    r"\b(?:i|we|she|he|they|one|who) (?:\w+ )?(?:heard|read|saw|seen)(?: (?!with)\w+){0,4}? that\b"
    r"|^\"? ?(?:бачи|почу|чу|прочита|чита)(?:в|ла|ли)(?: \w+){0,3} ,? ?що\b"
    r"|^\"? ?(?:видел|слышал|услышал|прочитал|прочел|прочла|читал|увидел)[аи]?(?: \w+){0,3} ,? ?что\b"
    r"|\b(?:десь|где-то|somewhere)(?: \w+){0,2} (?:бачи|чу|чита|прочита|виде|слыша|read|heard|saw)\w*"
)


def as_a_deed(view: SentenceView, step: Step) -> Step | None:  # noqa: PLR0911 - one return a reading
    """The step as it was, denied or held for hearsay; None where its sentence tells of no deed at all."""
    if step.stage not in _BINDING or step.factuality is not Factuality.FACT:
        return step
    if step.stage is Stage.SIGNED and _is_of_intent(view, step):
        return replace(step, stage=Stage.COMMITMENT, rule="commitment.declaration-of-intent")
    before = "".join(f"{word.folded} " for word in view.words[: step.act])
    after = " ".join(word.folded for word in view.words[step.act + 1 :])
    forbidden = _FORBIDDEN.search(before)
    if (forbidden and _is_within(before[forbidden.end() :])) or _NOTHING_BUT.search(before):
        return replace(step, factuality=Factuality.NEGATED, rule=f"{step.rule}.denied")
    supposed = _SUPPOSED.search(before)
    if supposed is not None and _is_within(before[supposed.end() :]):
        return None
    if _IN_CASE.search(before.rstrip()) or _OF_THIS_KIND.search(before):
        return None
    act = view.words[step.act]
    if (_ANY.search(before) and _BY_ANY.match(after)) or (_AMONG.fullmatch(act.folded) and _is_alone(view, step.act)):
        return None
    if any(cue.endswith(".passive") for cue in act.cues) and _LATER.match(after):
        return None
    heard = _HEARD.search(before)
    if heard is not None and _is_within(before[heard.end() :]):
        return replace(step, factuality=Factuality.OPINION, rule=f"{step.rule}.heard", is_hedged=True)
    return step


def _is_of_intent(view: SentenceView, step: Step) -> bool:
    """Whether what was signed is a declaration of intent: a promise, not an agreement."""
    named = view.words[max(0, step.object_at) : step.object_at + 3]
    heads = ("declaration", "деклараці", "декларац")
    return (
        step.object_at >= 0
        and named[0].folded.startswith(heads)
        and any(word.folded.startswith(("intent", "намір", "намерен")) for word in named[1:])
    )


def _is_within(between: str) -> bool:
    """Whether no other clause opens between the words of saying and the act."""
    return not re.search(r"[;.:]| but | але | но | - ", between)


def _is_alone(view: SentenceView, act: int) -> bool:
    """Whether no document follows a participle in the genitive: some of many, or what others are compared with."""
    following = view.words[act + 1 : act + 4]
    return not any(word.has("objects.agreement", "objects.text", "objects.guarantee") for word in following)
