"""What was done to another paper, to half of a parliament's vote, or is only wanted: no step of the agreement named.

"Signed a memorandum promising to sign a security agreement" names the agreement, and it was not signed. See `stage`.
"""

from flows.steps.claims.cues import Word
from flows.steps.claims.view import SentenceView, Step
from storage.terms import Factuality, Stage

_DONE = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE, Stage.AMENDED, Stage.JOINED_DECLARATION})
_BINDING = frozenset({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})

_WANTS = frozenset(
    {"want", "wants", "wanted", "need", "needs", "needed", "expect", "expects", "expected", "like", "prefer", "prefers"}
    | {"wish", "wishes", "wished", "wanting", "expecting", "hoping", "demand", "demands", "demanded", "awaits", "see"}
    | {"get", "have", "getting", "requires", "required"}
)
_BARE = frozenset({"get", "have", "see", "getting"})
"""Wanted only after "to" or "could not": "failed to get it signed"; "have the agreement signed" by itself is done."""
_MANAGED = frozenset({"managed", "manages", "able", "did", "helped", "succeeded", "helping"})
_IS_MADE = frozenset(
    {"was", "were", "been", "is", "are", "be", "being", "has", "had", "and", "or", ",", "who", "which"}
)
_PARTS = frozenset({"to", "that", ",", "which", "who", "and", "but", "as", "when", "after", "because", "whether"})
_WANTED_REACH = 16
_GOES_ON = frozenset({"be", "enter", "come", "take", "last", "run", "remain", "help", "apply", "become", "serve"})

_PAPERS = (
    *("memorand", "letter", "road", "roadmap", "statement", "declaration", "protocol", "pledge", "commitment", "paper"),
    *("contract", "plan", "note", "programme", "program", "document", "promise", "petition", "text", "undertaking"),
    *("меморандум", "лист", "дорожн", "заяв", "деклараці", "протокол", "обіцянк", "контракт", "план", "програм"),
    *("документ", "зобов'язан", "петиці", "угод", "домовленіст"),
    *("письм", "декларац", "обещани", "программ", "обязательств", "петици", "соглашени", "договоренност"),
)
_NEVER_OURS = ("contract", "road", "roadmap", "letter", "petition", "дорожн", "контракт", "лист", "петиц", "письм")
"""Papers that are no promise, whatever agreement they speak of."""
_TO_COME = (
    *("intent", "inten", "prepar", "negotiat", "postpon", "promis", "pledg", "toward", "future", "upcoming", "delay"),
    *("drafting", "planned", "eventual", "defer", "commit", "committ"),
    *("намір", "підготовк", "переговор", "перемовин", "відтермін", "відклад", "відстроч", "перенесен", "обіця"),
    *("зобов'язу", "майбутн", "розробк", "опрацюв", "підготув", "розробл"),
    *("намерен", "подготовк", "отсроч", "отлож", "откладыв", "перенос", "обеща", "обязу", "будущ", "разработк"),
    *("подготовит", "проработк", "обязыва"),
)
_SIGNS_LATER = ("sign.infinitive", "sign.noun", "sign.base", "sign.gerund", "sign.future")
_STOPS = frozenset({".", ";", ":"})
_OPENS_WITHIN = frozenset(
    {
        "in",
        "by",
        "under",
        "which",
        "that",
        "у",
        "в",
        "якому",
        "якій",
        "яким",
        "якою",
        "що",
        "котором",
        "которой",
        "который",
    }
    | {"которым", "которое", "которая", "який", "яка", "яке", "за", "по", "promising", "pledging", "committing"}
)
_PAPER_REACH = 6
_COMPLEMENT = 16
_HEAD_DETERMINERS = 8

_INSTEAD = (("instead", "of"), ("rather", "than"), ("in", "place"), ("in", "lieu"))
_INSTEAD_ALONE = frozenset({"замість", "вместо", "заместо"})
_OF_G7 = ("g7", "g-7", "joint", "vilnius", "спільн", "совместн", "сімк", "семерк", "вільнюс", "вильнюс", "seven", "сем")

_WOULD = frozenset({"б", "би", "бы"})
_CONJUNCTIONS = frozenset({"і", "й", "та", "и", "а", "але", "но", "однак", "однако", "що", "что"})
_SUBJECTS = frozenset({"it", "they", "he", "she", "we", "the", "its", "their", "this", "that", "both", "parliament"})
_INVERTED_REACH = 6

_CHAMBERS = ("chamber", "house", "senate", "senat", "bundesrat", "палат", "сенат", "бундесрат")
_NAMED_ALONE = ("senate", "senat", "сенат", "бундесрат", "bundesrat")
_BOTH = frozenset(
    {"both", "обидві", "обидвох", "обома", "обе", "обеих", "обеими", "two", "дві", "две", "second", "друга"}
)
_WHITE = frozenset({"white", "opera"})
_AFTER = frozenset(
    {"after", "following", "після", "после", "вслід", "вслед", "слідом", "and", "і", "та", "и", "й", "як"}
)
_ONLY = frozenset({"only", "just", "one", "лише", "тільки", "лиш", "одна", "однією", "одній", "одну"}) | {
    *("только", "лишь", "одной", "одну", "однієї", "solely", "single")
}
_HALFWAY = frozenset({"half", "halfway", "partly", "partially", "half-ratified", "наполовину", "частково", "частично"})
_LEFT_TO_DO = (
    *("vote", "votes", "yet", "still", "reject", "will", "next", "now", "await", "remain", "consider", "debate", "due"),
    *("refus", "must", "has to", "block", "moves", "passes to", "goes", "turn", "send", "sent", "defeat", "threw"),
    *("голосуватим", "проголосу", "відхил", "відмов", "розгля", "слово", "має", "ще", "досі", "черг", "тепер"),
    *("чека", "залиш", "передал", "направил", "передан", "провал", "заблок", "попереду", "рішення"),
    *("отклон", "рассмотр", "рассматр", "отказ", "должен", "должна", "еще", "пока", "очеред", "теперь", "ждет"),
    *("остал", "передан", "решени", "впереди", "заблокир", "будет", "буде", "предсто"),
)
_CALLS = (
    "call",
    "urg",
    "demand",
    "ask",
    "request",
    "заклик",
    "вимаг",
    "прохан",
    "призыв",
    "требов",
    "просьб",
    "призва",
)
_MOTIONS = ("resolution", "motion", "appeal", "statement", "petition", "резолюц", "звернен", "обращен", "заяв", "ухвал")
_OTHER_HEADS = ("amendment", "budget", "protocol", "annex", "поправк", "бюджет", "протокол", "додат", "приложен")


def is_of_another_paper(view: SentenceView, step: Step) -> bool:
    """Whether a step told as done is none: wanted, counterfactual, half of it, or done to another paper."""
    if step.stage not in _DONE or step.factuality is not Factuality.FACT:
        return False
    if step.stage is Stage.JOINED_DECLARATION:
        return _is_joined_instead(view, step)
    if _is_would(view, step) or (step.stage in _BINDING and _is_wanted(view, step)):
        return True
    if step.stage is Stage.RATIFIED:
        return is_half(view, step) or _is_a_motion(view, step)
    if step.stage in {Stage.SIGNED, Stage.AMENDED}:
        return _is_instead(view, step) or _is_paper_on_it(view, step)
    return False


def _is_wanted(view: SentenceView, step: Step) -> bool:
    """An English participle behind its object, both governed by a wish: "wants the agreement signed"."""
    words, act = view.words, step.act
    if (
        not words[act].has("sign.past", "ratify.past", "approve.past", "sign.passive")
        or words[act - 1].folded in _IS_MADE
    ):
        return False
    if any(word.folded in _GOES_ON for word in words[act + 1 : act + 10]):
        return False
    has_object = False
    for number in range(act - 1, max(0, act - _WANTED_REACH) - 1, -1):
        word = words[number]
        is_pair = word.folded == "and" and (has_object or words[max(0, number - 2)].folded in {"between", "with"})
        if word.folded in _PARTS and not is_pair:
            return False
        if word.has("objects.agreement", "objects.text", "objects.declaration"):
            has_object = True
        if word.folded in _WANTS:
            before = [one.folded for one in words[max(0, number - 6) : number]]
            if not has_object or _MANAGED.intersection(before):
                return False
            return word.folded not in _BARE or _is_governed(words, number)
    return False


def _is_governed(words: tuple[Word, ...], at: int) -> bool:
    before = words[max(0, at - 3) : at]
    return any(
        word.folded == "to" or word.has("modes.negation", "modes.possible", "modes.future") for word in before
    ) or (words[at].folded in {"get", "getting"})


def _is_would(view: SentenceView, step: Step) -> bool:
    """A split conditional, "набула чинності б у липні"; or an inverted one, "had it been ratified"."""
    words, act = view.words, step.act
    first, last = _between_commas(words, step)
    for number in range(first, last):
        if words[number].folded in _WOULD:
            between = words[min(act, number) + 1 : max(act, number)]
            if not any(word.folded in _CONJUNCTIONS for word in between):
                return True
    for number in range(max(0, act - _INVERTED_REACH), act - 1):
        if words[number].folded == "had" and words[number + 1].folded in _SUBJECTS:
            between = words[number + 1 : act]
            return any(word.folded == "been" for word in between) or len(between) == 1
    return False


def _between_commas(words: tuple[Word, ...], step: Step) -> tuple[int, int]:
    first, last = step.act, step.act
    while first > step.clause.first and words[first - 1].folded != ",":
        first -= 1
    while last < step.clause.last and words[last].folded != ",":
        last += 1
    return first, last


def _instead_at(words: tuple[Word, ...]) -> list[int]:
    found = [number for number, word in enumerate(words) if word.folded in _INSTEAD_ALONE]
    return found + [n for n in range(len(words) - 1) if (words[n].folded, words[n + 1].folded) in _INSTEAD]


def _is_instead(view: SentenceView, step: Step) -> bool:
    """Whether the object found is what was not signed: "instead of a security agreement signed a contract"."""
    words, act, at = view.words, step.act, step.object_at
    for marker in _instead_at(words):
        if marker < act and marker < at < act:  # the phrase stands before the act
            return not any(_is_agreement(word) for word in words[act + 1 : step.clause.last])
        if marker < act < at and not _is_agreement(words[at]):
            return any(word.has("objects.agreement") for word in words[marker:act])
        if marker < act and at < 0 and any(word.has("objects.agreement") for word in words[marker:act]):
            return True
        if act < marker < at and not any(word.has("objects.agreement") for word in words[act:marker]):
            return True
    return False


def _is_agreement(word: Word) -> bool:
    return word.has("objects.agreement") and not word.folded.startswith(_PAPERS)


def _is_joined_instead(view: SentenceView, step: Step) -> bool:
    """A declaration signed in place of an agreement is that of the G7 only where the sentence says so."""
    words = view.words
    if any(word.folded.startswith(_OF_G7) for word in words):
        return False
    return any(any(word.has("objects.agreement") for word in words[n : n + 10]) for n in _instead_at(words)) and (
        step.object_at >= 0
    )


def _is_paper_on_it(view: SentenceView, step: Step) -> bool:
    """Whether what was signed is a paper on an agreement to come: "a memorandum on preparing a security agreement"."""
    words, act = view.words, step.act
    if step.object_at >= 0 and step.object_at < act:
        first = step.clause.first
        return any(
            _speaks_of_one_to_come(words, number, act) for number in range(first, act) if _is_paper(words[number])
        )
    for number in range(act + 1, min(len(words), act + 1 + _PAPER_REACH)):
        if words[number].folded in _STOPS or words[number].folded == ",":
            return False
        if _is_paper(words[number]):
            return _speaks_of_one_to_come(words, number, len(words))
        if words[number].has("objects.agreement"):
            return False
    return False


def _is_paper(word: Word) -> bool:
    return word.folded.startswith(_PAPERS) and not word.folded.startswith(("planned", "планує", "планир"))


def _speaks_of_one_to_come(words: tuple[Word, ...], paper: int, end: int) -> bool:
    """Whether the paper's own complement holds an agreement still to be made."""
    is_never_ours = words[paper].folded.startswith(_NEVER_OURS)
    is_to_come = False
    for number in range(paper + 1, min(end, paper + 1 + _COMPLEMENT)):
        word = words[number]
        if word.folded in _STOPS:
            return False
        if word.folded == "," and not any(one.folded in _OPENS_WITHIN for one in words[number + 1 : number + 3]):
            return False
        if number <= paper + 4 and word.folded in {"and", "та", "і", "й", "и"} and not is_to_come:
            return False
        is_to_come = is_to_come or word.folded.startswith(_TO_COME) or word.has(*_SIGNS_LATER)
        is_one = word.has("objects.agreement") or word.has("objects.declaration")
        if is_one and (is_to_come or is_never_ours):
            return True
        if is_one and number > paper + 1:
            return False
    return False


def is_half(view: SentenceView, step: Step) -> bool:
    """One chamber of two, where the sentence says that it was the only one or what the other has still to do."""
    words, act = view.words, step.act
    if any(word.folded in _HALFWAY for word in words[max(0, act - 3) : min(len(words), act + 14)]):
        return True
    chambers = [n for n, word in enumerate(words) if _is_chamber(words, n, word)]
    if not chambers:
        return False
    for number in chambers:
        is_own = step.clause.first <= number < step.clause.last
        near = words[max(0, number - 3) : number + 2]
        if is_own and any(word.folded in _ONLY for word in near) and not any(word.folded in _BOTH for word in near):
            return True
    own = [n for n in chambers if n < act and n >= step.clause.first]
    own = own or [n for n in chambers if act < n < min(step.clause.last, act + 4)]
    later = [n for n in chambers if n > max([act, *own])]
    return any(is_left_to_do(words, number) for number in later)


def _is_chamber(words: tuple[Word, ...], number: int, word: Word) -> bool:
    if not word.folded.startswith(_CHAMBERS):
        return False
    before = words[number - 1].folded if number else ""
    return (before not in _WHITE and before not in _BOTH and before not in _AFTER | {"the"}) or (
        before == "the" and (number < 2 or words[number - 2].folded not in _AFTER)  # noqa: PLR2004 - the word before "the"
    )


def is_left_to_do(words: tuple[Word, ...], chamber: int) -> bool:
    """Whether the words around a chamber say that it has still to vote, or refused."""
    low = chamber
    while low > 0 and words[low - 1].folded not in {",", ";", ".", ":"} and chamber - low < _PAPER_REACH:
        low -= 1
    high = next((n for n in range(chamber, len(words)) if words[n].folded in {",", ";", "."}), len(words))
    own = words[low : min(high, chamber + 9)]
    return any(word.folded.startswith(_LEFT_TO_DO) for word in own)


def opens_with_other_chamber(view: SentenceView) -> bool:
    """Whether a sentence says at once that a chamber has still to vote: "The Senate votes next week"."""
    words = view.words
    return any(
        _is_chamber(words, number, word) and is_left_to_do(words, number) for number, word in enumerate(words[:8])
    )


def names_chamber(view: SentenceView, step: Step) -> bool:
    """Whether one chamber is named as the one that acted."""
    words = view.words
    return any(_is_chamber(words, n, words[n]) for n in range(step.clause.first, step.clause.last))


def _is_a_motion(view: SentenceView, step: Step) -> bool:
    """A resolution that calls for a ratification; an amendment, a budget or a protocol that is ratified instead."""
    words, act, at = view.words, step.act, step.object_at
    between = words[act + 1 : at] if at > act else words[act + 1 : act + 8]
    if any(word.folded.startswith(_OTHER_HEADS) for word in between[:4]):
        return True
    is_motion = any(word.folded.startswith(_MOTIONS) for word in between[:4])
    return is_motion and any(word.folded.startswith(_CALLS) for word in words[act + 1 :])
