"""What a text says beside a step that binds, by which it is no promise of security: a loan, secrets, an advisory vote.

See `ours`, which asks for the step, and `vouched`, which asks for the vote.
"""

import re

from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.view import Step
from storage.terms import Stage

_REACH = 2
_GUARANTEE = r"(?:guarant\w+|гарант\w+|поручительств\w+|порук\w+)"
_LOAN = (
    r"(?:loans?|credits?|borrowings?|lending|bonds?|кредит\w*|позик\w*|позичк\w*|облігаці\w+|за[её]?м(?:а|у|ом|е|ы|ов)?|займ\w*"
    r"|облигаци\w+)"
)
_LOAN_GUARANTEE = re.compile(
    rf"(?<!\w){_LOAN}(?!\w)(?:[^.;]{{0,60}})(?<!\w){_GUARANTEE}"
    rf"|(?<!\w){_GUARANTEE}(?!\w)(?:[^.;]{{0,60}})(?<!\w){_LOAN}(?!\w)"
)
_SECURITY = re.compile(r"(?<!\w)(?:security|безпек\w*|безпеков\w+|безопасност\w+|defen[cs]e|оборон\w*|ceasefire)")
_SECRETS = re.compile(
    r"(?<!\w)(?:classified|secrets?|secret information|sensitive information|information security"
    r"|(?:таємн|секретн|засекречен|конфіденційн)\w+ (?:інформаці|відомост|дан|документ)\w*"
    r"|(?:секретн|засекреченн|закрыт|конфиденциальн)\w+ (?:информаци|сведени|данн|документ)\w*"
    r"|державн\w+ таємниц\w+|государственн\w+ тайн\w+|гостайн\w+|безпек\w+ інформаці\w+|информационн\w+ безопасност\w+)"
)
_POINTS = frozenset({"this", "that", "it", "its", "ця", "цю", "цей", "цього", "його", "це", "її", "він", "вона"}) | {
    *("эта", "это", "этот", "эту", "этого", "его", "она", "он", "ее")
}
_POINTS_REACH = 5
_ADVISORY = re.compile(
    r"(?<!\w)(?:non-?binding|not (?:legally )?binding|advisory|consultative|symbolic(?:ally)?|purely political vote"
    r"|дорадч\w+|консультативн\w+|рекомендаційн\w+|символічн\w+|необов'язков\w+"
    r"|не (?:має|мало) (?:юридичної )?(?:сили|обов'язкової)"
    r"|совещательн\w+|рекомендательн\w+|символическ\w+|необязывающ\w+"
    r"|не (?:имеет|имело) (?:юридической )?(?:силы|обязательной))"
    r"|(?<!\w)(?:ratified nothing|нічого не ратифік\w+|ничего не ратифиц\w+)"
)
_VOTE = re.compile(
    r"(?<!\w)(?:vot(?:e|ed|es|ing)|resolution|motion|голос\w+|резолюці\w+"
    r"|резолюци\w+|ratified|ратифі\w+|ратифи\w+)"
)
_RECIPIENT = re.compile(
    r"(?:gave|gives|given|granted|offered|provides?|provided|дал[аио]?|дав|дала|дало|дали|надав|надала|надало|надали"
    r"|предоставил[аио]?|гарантував|гарантировал[аио]?)"
)


def is_no_promise(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a step that binds is on a guarantee for a loan, or on an agreement about secrets."""
    return _is_on_loan(text) or _is_on_secrets(text, here, step)


def is_advisory(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """Whether a vote told as a ratification was one that binds nobody, in its sentence or the two after it."""
    if step.stage is not Stage.RATIFIED or not step.rule.startswith(("ratified.approved", "ratified.voted")):
        return False
    for one in text.sentences[here.number : here.number + 1 + _REACH]:
        is_same = one is here or one.sentence.paragraph == here.sentence.paragraph
        if is_same and _ADVISORY.search(one.folded) and _VOTE.search(one.folded):
            return True
    return False


def is_recipient(here: ToldSentence, word: int) -> bool:
    """Whether a state is the one to whom guarantees are given: "the treaty that gave Seoul its guarantees"."""
    words = here.view.words
    before = words[max(0, word - 1) : word]
    after = words[word + 1 : word + 5]
    return any(_RECIPIENT.fullmatch(one.folded) for one in before) and any(
        one.has("objects.guarantee") for one in after
    )


def _is_on_loan(text: ToldText) -> bool:
    """A text that tells of guarantees for loans, and nowhere of security."""
    return text.first(_names_loan_guarantee) is not None and text.first(_names_security) is None


def _names_loan_guarantee(one: ToldSentence) -> bool:
    return _LOAN_GUARANTEE.search(one.folded) is not None


def _names_security(one: ToldSentence) -> bool:
    return _SECURITY.search(one.folded) is not None


def _is_on_secrets(text: ToldText, here: ToldSentence, step: Step) -> bool:
    """An agreement that points back at one on secrets: "this agreement", "it", right after it was told of."""
    words = here.view.words
    if step.object_at >= 0:
        near = words[max(0, step.object_at - 2) : step.object_at]
        if not any(word.folded in _POINTS for word in near):
            return False
    elif not any(word.folded in _POINTS for word in words[max(0, step.act - _POINTS_REACH) : step.act + 2]):
        return False
    if step.subject == "security" or here.has("document"):
        return False
    for one in reversed(text.sentences[max(0, here.number - _REACH) : here.number]):
        if _SECRETS.search(one.folded):
            return True
        if one.agreement_is == "security":
            return False
    return False
