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
_SCALE = r"billion|million|bn|mln|млрд|млн|мільярд\w*|мільйон\w*|миллиард\w*|миллион\w*"
_MONEY = re.compile(
    rf"(?P<sign>[$€£])\s?(?P<a>\d+(?:[.,]\d+)?)\s?(?P<scale_a>{_SCALE})?"
    rf"|(?P<b>\d+(?:[.,]\d+)?)\s(?P<scale_b>{_SCALE})\.?\s"
    r"(?P<word>euros?|dollars?|pounds?|євро|долар\w*|фунт\w*|евро|доллар\w*)"
    r"|(?P<share>\d+(?:[.,]\d+)?)\s?(?:%|percent|per cent|відсотк\w+|процент\w+) (?:of (?:its )?|від )?(?:gdp|ввп)"
)
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "d": "USD", "e": "EUR", "p": "GBP"}
_CYRILLIC_CURRENCY = {"долар": "USD", "доллар": "USD", "євро": "EUR", "евро": "EUR", "фунт": "GBP"}
_COUNT = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,3})(?:-\w{1,3})? "
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
        if here.names_guarantee
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
    for stance in _STANCES:
        cue = f"stances.{stance}"
        if cue not in here.view.all_cues:
            continue
        if stance == "binding" and "stances.not_binding" in here.view.all_cues:
            continue
        at = next(number for number, word in enumerate(here.view.words) if cue in word.cues)
        yield _statement(text, here, StatementKind.STANCE, stance, f"stance.{stance}", _at(here, at, 2))
        return


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
        amount = _number(share or found["a"] or found["b"])
        unit = "% GDP" if share else _currency(found["sign"] or found["word"])
        if not share:
            amount *= _scale(found["scale_a"] or found["scale_b"])
        value = text.text_full[span[0] : span[1]]
        guarantor = _only_guarantor(here)
        yield _statement(
            text, here, StatementKind.AMOUNT, value, "amount", span, guarantor=guarantor, amount=amount, unit=unit
        )


def _number(written: str) -> float:
    return float(written.replace(",", "."))


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    return _BILLION if word.startswith(("b", "млрд", "міль", "миллиард")) and not word.startswith("мільй") else _MILLION


def _currency(word: str) -> str:
    for stem, code in _CYRILLIC_CURRENCY.items():
        if word.startswith(stem):
            return code
    return _CURRENCY[word[0]]


def _only_guarantor(here: ToldSentence) -> str | None:
    codes = {mention.id for mention in here.mentions if mention.kind == "guarantor"}
    return codes.pop() if len(codes) == 1 else None


def _counts(text: ToldText, here: ToldSentence) -> Iterator[Statement]:
    for found in _COUNT.finditer(here.folded):
        span = (here.sentence.start + found.start(), here.sentence.start + found.end())
        value = text.text_full[span[0] : span[1]]
        yield _statement(
            text, here, StatementKind.COUNT, value, "count", span, amount=float(found["n"]), unit=found["what"]
        )


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
            yield _statement(
                text, here, kind, value, f"{kind}.{step.rule}", (actor.start, actor.end), guarantor=actor.code
            )
