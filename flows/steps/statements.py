"""What else analysts count in a text: stances, terms, amounts, counts, ordinals, offers and refusals."""

import re
from collections.abc import Callable, Iterator

from flows.steps.claims.facts import condition_of, term_of
from flows.steps.claims.said_by import said_by, side_of
from flows.steps.claims.told import ToldSentence, ToldText
from flows.steps.claims.who import actors
from storage.records import Evidence, Statement
from storage.terms import EvidenceRole, Side, Stage, StatementKind

_STANCES = ("unacceptable", "insufficient", "acceptable", "not_binding", "binding")
_SCALE = r"billion|million|bn|mln|m(?=\b)|млрд|млн|мільярд\w*|мільйон\w*|миллиард\w*|миллион\w*"
_NAME_OF_MONEY = (
    r"euros?|(?:us |u\.s\. |american |canadian )?dollars?|pounds?|kroner|kronor|krone|yen|zloty\w*|won|francs?"
    r"|євро|(?:канадськ\w+ |американськ\w+ )?дол(?:ар\w*|\.)|фунт\w*|крон\w*|ієн\w*|єн\w?|злот\w+|вон(?:а|и)?|франк\w*"
    r"|евро|(?:канадск\w+ |американск\w+ )?долл(?:ар\w*|\.)|иен\w*"
)
_MONEY = re.compile(
    rf"(?P<sign>c\$|[$€£])\s?(?P<a>\d+(?:[.,]\d+)?)\s?(?P<scale_a>{_SCALE})?"
    rf"|(?P<b>\d+(?:[.,]\d+)?)\s(?P<scale_b>{_SCALE})\.?\s(?P<word>{_NAME_OF_MONEY})"
    rf"|(?<!\d )(?<!\w)(?P<one>billion|million|мільярд|мільйон|миллиард|миллион)\s(?P<word_one>{_NAME_OF_MONEY})"
    r"|(?P<share>\d+(?:[.,]\d+)?)\s?(?:%|percent|per cent|відсотк\w+|процент\w+) (?:of (?:its )?|від |от )?(?:gdp|ввп)"
)
_CURRENCIES = (
    ("canadian", "CAD"), ("канад", "CAD"), ("c$", "CAD"), ("us ", "USD"), ("u.s.", "USD"), ("american", "USD"),
    ("американ", "USD"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("dollar", "USD"), ("euro", "EUR"),
    ("pound", "GBP"), ("yen", "JPY"), ("zlot", "PLN"), ("won", "KRW"), ("franc", "CHF"), ("дол", "USD"),
    ("євро", "EUR"), ("евро", "EUR"), ("фунт", "GBP"), ("ієн", "JPY"), ("єн", "JPY"), ("иен", "JPY"),
    ("злот", "PLN"), ("вон", "KRW"), ("франк", "CHF"),
)  # fmt: skip
_CROWNS = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "CZ": "CZK", "IS": "ISK"}
"""Which crowns are meant, by the only guarantor of the sentence; "kroner" alone where it names none."""
_NO_FORCE = re.compile(
    r"\b(?:not|isn't|aren't|never|neither|no way) (?:\w+ ){0,2}binding|no legal (?:force|weight)"
    r"|(?:purely|merely|strictly) political"
    r"|не (?:\w+ ){0,2}(?:юридично |юридически )?(?:обов'язков|зобов'язу|зобов'язальн|обязательн|обязыва)\w+"
    r"|не ма\w+ юридичн\w+ сил\w*|без юридичн\w+ сил\w*|(?:суто|виключно) політичн\w+"
    r"|не име\w+ юридическ\w+ сил\w*|(?:сугубо|чисто|исключительно) политическ\w+"
)
_WISHED = re.compile(
    r"\b(?:should|must|ought to|have to|has to|need to|needs to|wants?|to be) (?:\w+ ){0,3}$"
    r"|(?<!\w)(?:ма[єю]\w*|повинн\w+|мусить|мусять|потрібн\w+|хоче\w*|вимага\w+) (?:\w+ ){0,3}$"
    r"|(?<!\w)(?:долж\w+|нужн\w+|хоч?т\w*|хотят|требу\w+) (?:\w+ ){0,3}$"
)
"""What before "binding" makes it a wish."""
_REJECTS = re.compile(
    r"\b(?:cannot|can't|will not|won't|would not|does not|refus\w+ to|never) accept\b|\breject(?:s|ed)\b"
    r"|не (?:може прийняти|можуть прийняти|прийме|приймуть|приймає|погодиться на)(?=.{0,60}гаранті)"
    r"|відкида\w+|відкину\w+|не (?:может принять|примет|принимает|согласится на)(?=.{0,60}гаранти)|отверг\w+"
)
_WORDS_OF_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "два": 2, "дві": 2, "две": 2, "три": 3, "чотири": 4, "четыре": 4, "п'ять": 5, "пять": 5, "шість": 6, "шесть": 6,
    "сім": 7, "семь": 7, "вісім": 8, "восемь": 8, "дев'ять": 9, "девять": 9, "десять": 10, "одинадцять": 11,
    "одиннадцать": 11, "дванадцять": 12, "двенадцать": 12, "п'ятнадцять": 15, "пятнадцать": 15, "двадцять": 20,
    "двадцать": 20, "тридцять": 30, "тридцать": 30, "сорок": 40, "one": 1, "одна": 1, "один": 1,
}  # fmt: skip
_SPELLED = "|".join(sorted(map(re.escape, _WORDS_OF_NUMBERS), key=len, reverse=True))
_COUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<n>\d{{1,3}})|(?P<spelled>(?:{_SPELLED})(?:[- ](?:{_SPELLED}))?)) "
    r"(?P<what>(?:bilateral |security |such |безпеков\w+ |двосторонн\w+ |двусторонн\w+ )*"
    r"(?:agreements|countries|states|nations|allies|угод|країн|держав|соглашений|стран|государств)\w*)"
)
_MILLION = 1_000_000.0
_BILLION = 1_000_000_000.0


def statements(text: ToldText) -> tuple[Statement, ...]:
    """The statements of a text about guarantees for Ukraine, in its order.

    Only sentences that themselves speak of a guarantee or an agreement are read. Amounts are in whole units of
    their currency, or percent of GDP.
    """
    finders: tuple[Callable[[ToldText, ToldSentence], Iterator[Statement]], ...] = (
        _stances, _terms, _amounts, _counts, _ordinals, _offers,
    )  # fmt: skip
    return tuple(
        statement
        for here in text.sentences
        if here.names_guarantee or here.has("document")
        for finder in finders
        for statement in finder(text, here)
    )


def _statement(  # noqa: PLR0913 - the fields of the record
    text: ToldText,
    here: ToldSentence,
    kind: StatementKind,
    value: str,
    rule: str,
    span: tuple[int, int],
    *,
    guarantor: str | None = None,
    amount: float | None = None,
    unit: str | None = None,
) -> Statement:
    speaker, country = said_by(text, here)
    start, end = span
    evidence = (
        Evidence(
            role=EvidenceRole.STEP,
            start=here.sentence.start,
            end=here.sentence.end,
            quote=text.text_full[here.sentence.start : here.sentence.end],
            rule=rule,
        ),
        Evidence(
            role=EvidenceRole.CONTEXT, start=start, end=end, quote=text.text_full[start:end], rule=f"{rule}.words"
        ),
    )
    return Statement(
        kind=kind,
        guarantor=guarantor,
        speaker=speaker,
        side=side_of(country, guarantor or "") if country else Side.UNKNOWN,
        value=value,
        amount=amount,
        unit=unit,
        condition_kind=condition_of(here),
        rule=rule,
        evidence=evidence,
    )


def _at(here: ToldSentence, first: int, length: int = 1) -> tuple[int, int]:
    return here.span_of(first, min(first + length, len(here.view.words)) - 1)


def _stances(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    if denied := _NO_FORCE.search(here.folded):
        yield _stance(text, here, "not_binding", denied)
        return
    for stance in _STANCES:
        cue = f"stances.{stance}"
        if cue not in here.view.all_cues:
            continue
        at = next(number for number, word in enumerate(here.view.words) if cue in word.cues)
        if stance == "binding" and _WISHED.search(here.folded[: here.view.spans[at][0]]):
            continue
        yield _statement(text, here, StatementKind.STANCE, stance, f"stance.{stance}", _at(here, at, 2))
        return
    if "objects.guarantee" in here.view.all_cues and (rejected := _REJECTS.search(here.folded)):
        yield _stance(text, here, "unacceptable", rejected)


def _stance(text: ToldText, here: ToldSentence, stance: str, found: re.Match[str]) -> Statement:
    span = (here.sentence.start + found.start(), here.sentence.start + found.end())
    return _statement(text, here, StatementKind.STANCE, stance, f"stance.{stance}", span)


def _terms(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    term = term_of(here)
    speaker, country = said_by(text, here)
    if term is None or (speaker is None and country is None):
        return
    at = next(
        (
            number
            for number, word in enumerate(here.view.words)
            if word.has("objects.guarantee", "objects.guarantor", "objects.agreement", "objects.declaration")
        ),
        None,
    )
    if at is not None:
        yield _statement(text, here, StatementKind.TERM, term, "term.used", _at(here, at))


def _amounts(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    for found in _MONEY.finditer(here.folded):
        span = (here.sentence.start + found.start(), here.sentence.start + found.end())
        share = found["share"]
        guarantor = _only_guarantor(here)
        if share:
            amount, unit = _number(share), "% GDP"
        else:
            amount = _number(found["a"] or found["b"] or "1") * _scale(
                found["scale_a"] or found["scale_b"] or found["one"]
            )
            unit = _currency(found["sign"] or found["word"] or found["word_one"], guarantor)
        value = text.text_full[span[0] : span[1]]
        yield _statement(
            text, here, StatementKind.AMOUNT, value, "amount", span, guarantor=guarantor, amount=amount, unit=unit
        )


def _number(written: str) -> float:
    return float(written.replace(",", "."))


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    return _BILLION if word.startswith(("b", "млрд", "міль", "миллиард")) and not word.startswith("мільй") else _MILLION


def _currency(word: str, guarantor: str | None) -> str:
    if word.startswith(("kron", "крон")):
        return _CROWNS.get(guarantor or "", "kroner")
    return next(code for sign, code in _CURRENCIES if word.startswith(sign))


def _only_guarantor(here: ToldSentence) -> str | None:
    codes = {mention.id for mention in here.mentions if mention.kind == "guarantor"}
    return codes.pop() if len(codes) == 1 else None


def _counts(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    for found in _COUNT.finditer(here.folded):
        span = (here.sentence.start + found.start(), here.sentence.start + found.end())
        value = text.text_full[span[0] : span[1]]
        yield _statement(
            text, here, StatementKind.COUNT, value, "count", span, amount=_counted(found), unit=found["what"]
        )


def _counted(found: re.Match[str]) -> float:
    if found["n"]:
        return float(found["n"])
    return float(sum(_WORDS_OF_NUMBERS[word] for word in re.split(r"[- ]", found["spelled"])))


def _ordinals(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    words = here.view.words
    for number, word in enumerate(words):
        if "rounds.ordinal" not in word.cues:
            continue
        after = words[number + 1 : number + 4]
        if any(one.has("actors.state_word") for one in after):
            yield _statement(
                text, here, StatementKind.ORDINAL, word.folded, "ordinal", _at(here, number),
                guarantor=_only_guarantor(here),
            )  # fmt: skip


def _offers(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    """Who offers or refuses guarantees or troops: the proposals, pledges and refusals of the sentence."""
    seen: set[tuple[StatementKind, str, str]] = set()
    for step in here.steps:
        if step.stage is Stage.COMMITMENT or step.rule in {"proposed.provide", "proposed.become"}:
            kind, value = StatementKind.OFFER, step.object_cue.partition(".")[2]
        elif step.stage is Stage.BLOCKED and step.object_cue in {
            "objects.guarantee",
            "objects.force",
            "objects.coalition",
        }:
            kind, value = StatementKind.REFUSAL, step.object_cue.partition(".")[2]
        else:
            continue
        for actor in actors(text, here, step):
            if (kind, value, actor.code) in seen:
                continue
            seen.add((kind, value, actor.code))
            yield _statement(
                text, here, kind, value, f"{kind}.{step.rule}", (actor.start, actor.end), guarantor=actor.code
            )
