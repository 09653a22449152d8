"""What changed in the ledger, as lines of text for people and as Markdown."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.activity import activity_in_words
from flows.changes import ORDER, Change, Changes, Source
from flows.edge import DEMO_BANNER
from flows.edits import Edit, what_changed
from flows.ledger_words import day_in_words, in_words, said_by_in_words, step_in_words
from storage import keys
from storage.records import LedgerLine
from storage.terms import Cause, TimePrecision

_LABEL = 11
_INDENT = " " * (_LABEL + 2)
_EXACT = frozenset({TimePrecision.SECOND, TimePrecision.MINUTE})
_STATUS = {"current": "told as a fact", "announced": "planned or conditional only", "rejected": "rejected by a person"}
_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def changes_in_words(changes: Changes, *, everything: bool = False) -> list[str]:
    """A line that sums up, every change with what it rests on, edits, pages that vanished, and what was read.

    Changes of lines that are planned or conditional only are counted, and told with `everything`.
    """
    shown = _shown(changes, everything=everything)
    lines = [DEMO_BANNER] if changes.is_demo else []
    lines.append(_summary(changes, shown))
    if shown:
        lines.append("")
    who = max((len(_who(changes, one)) for one in shown), default=0)
    wide = max((len(one.line) for one in shown), default=0)
    for one in shown:
        lines.append(f"{_label(one.cause)}  {_who(changes, one):{who}}  {one.line:{wide}}  {change_in_words(one)}")
        lines += [_INDENT + detail for detail in details_of(one)]
    lines += _other_edits(changes, shown)
    lines += _gone(changes)
    lines += ["", *_basis(changes, shown)]
    return lines


def changes_markdown(changes: Changes, *, everything: bool = False) -> str:
    """The same as Markdown: a table of the changes between the line that sums up and what was read."""
    shown = _shown(changes, everything=everything)
    lines = [f"**{DEMO_BANNER}**", ""] if changes.is_demo else []
    lines += [f"**{_escaped(_summary(changes, shown))}**", ""]
    if shown:
        lines += ["| cause | who | line | before → after | when, in Kyiv | rests on |", "|---|---|---|---|---|---|"]
    for one in shown:
        told = [change_in_words(one), *([edit_in_words(one.edit)] if one.edit else [])]
        cells = (cause_in_words(one.cause), _who(changes, one), one.line, "; ".join(told), _moment(one.at))
        source = _linked(one.rests_on) if one.rests_on else "–"
        lines.append(f"| {' | '.join(_escaped(cell) for cell in cells)} | {source} |")
    rest = [line.strip() for line in (*_other_edits(changes, shown), *_gone(changes)) if line.strip()]
    lines += ["", *(f"- {_escaped(' '.join(line.split()))}" for line in rest), ""]
    lines += [_escaped(line) + "  " for line in _basis(changes, shown)]
    return "\n".join(lines).rstrip() + "\n"


def _shown(changes: Changes, *, everything: bool) -> list[Change]:
    return [one for one in changes.changes if everything or not one.is_hidden]


def _summary(changes: Changes, shown: list[Change]) -> str:
    counts = Counter(one.cause for one in shown)
    names = len({one.line for one in shown})
    times = f", {len(shown)} times in all" if len(shown) > names else ""
    of_whom = f"{_name(changes, changes.guarantor)}: " if changes.guarantor else ""
    moved = f"{of_whom}{names} line{'' if names == 1 else 's'} changed{times}"
    causes = (f"{cause_in_words(cause)} {counts[cause]}" for cause in ORDER)
    return " · ".join((_span(changes), moved, *causes))


def _span(changes: Changes) -> str:
    first, last = keys.kyiv_day(changes.since), keys.kyiv_day(changes.until)
    if first == last:
        return in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{in_words(last)}"
    began = f"{first.day} {first:%b}" if first.year == last.year else in_words(first)
    return f"{began} – {in_words(last)}"


def cause_in_words(cause: Cause) -> str:
    """A cause as it is printed."""
    return cause.value.replace("_", " ")


def _label(cause: Cause) -> str:
    return f"{cause_in_words(cause).upper():{_LABEL}}"


def _name(changes: Changes, code: str) -> str:
    return changes.names.get(code, code)


def _who(changes: Changes, one: Change) -> str:
    return _name(changes, one.guarantor)


def change_in_words(change: Change) -> str:
    """What became of a line: what it was and what it is."""
    before, after = change.before, change.after
    if after is None and before is not None:
        return f"no longer shown: {_step(before)}, {said_by_in_words(before)}"
    if after is not None and before is None:
        return _opened(change, after)
    if after is not None and before is not None:
        return f"{step_in_words(before)}: " + " · ".join(_differences(before, after))
    message = f"{change.line}: nothing before and nothing after"
    raise ValueError(message)


def _opened(change: Change, after: LedgerLine) -> str:
    told = f"{_step(after)}, {said_by_in_words(after)}, {_counted(after.texts, 'text')}"
    old = change.furthest
    if old is None or after.stage_rank <= 0:
        return f"new: {told}"
    if old.stage_rank <= after.stage_rank:
        return f"{step_in_words(old)} → {told}"
    if after.event_on_min and old.event_on_max and after.event_on_min > old.event_on_max:
        return f"{step_in_words(old)} → {told}; later report is weaker, both kept"
    return f"new: {told}; furthest stays {step_in_words(old)}"


def _step(line: LedgerLine) -> str:
    apart = ", " if line.condition_kind else " "
    day = apart + day_in_words(line) if line.event_on_max or line.planned_on else ""
    return step_in_words(line) + day + (" (planned)" if line.status == "announced" else "")


def _differences(before: LedgerLine, after: LedgerLine) -> Iterator[str]:
    hedged = {True: "hedged by all", False: "not hedged"}
    days = day_in_words(before), day_in_words(after)
    if days[0] == days[1]:  # words that name one day leave out how early it may have been
        days = in_words(before.event_on_min), in_words(after.event_on_min)
    pairs = (
        ("", _STATUS[before.status], _STATUS[after.status]),
        ("", step_in_words(before), step_in_words(after)),
        ("day ", *days),
        ("place ", before.place or "–", after.place or "–"),
        ("", said_by_in_words(before), said_by_in_words(after)),
        ("", hedged[before.is_hedged], hedged[after.is_hedged]),
        ("texts ", str(before.texts), str(after.texts)),
    )
    return (f"{name}{was} → {now}" for name, was, now in pairs if was != now)


def details_of(change: Change) -> Iterator[str]:
    """The edit that caused a change, if one did; when the change came, and the article it rests on."""
    if change.edit is not None:
        yield edit_in_words(change.edit)
    shown = change.at - change.shown_from if change.after is None and change.shown_from else None
    parts = [_moment(change.at) + " Kyiv", *([f"was shown {_length(shown)}"] if shown is not None else [])]
    if change.rests_on is not None:
        parts.append(f"rests on {_source(change.rests_on)}")
    else:
        parts.append("the text it rested on is on file no more")
    yield " · ".join(parts)


def edit_in_words(edit: Edit) -> str:
    """What an outlet's edit changed, when it was first seen, and whether the article admits it."""
    why = edit.not_compared or edit.steps_not_compared
    told = what_changed(edit)
    changed = [one for one in told if not one.startswith("step ")]
    moved = [*([f"{' and '.join(changed)} changed"] if changed else []), *(one for one in told if one not in changed)]
    what = ", ".join(moved) or "text changed"
    if why:
        what = f"edited, steps not compared ({why})"
    return f"{' '.join(part for part in (what, _delay(edit)) if part)}, {_note(edit)}"


def _delay(edit: Edit) -> str:
    """How long after publication the later version was first captured, as exactly as the publication is known."""
    if edit.published_at is None or edit.published_on is None or edit.published_at > edit.captured_after:
        return ""
    if edit.published_precision in _EXACT:
        return f"{_length(edit.captured_after - edit.published_at)} after publication"
    days = (keys.kyiv_day(edit.captured_after) - edit.published_on).days
    return f"{_counted(days, 'day')} after publication" if days else "on the day of publication"


def _note(edit: Edit) -> str:
    if edit.has_new_correction:
        return "with a correction note"
    if edit.correction:
        return "no new correction note, an earlier one stands"
    return "marked as updated, no correction note" if edit.notes else "no correction note"


def _other_edits(changes: Changes, shown: list[Change]) -> list[str]:
    told = {(one.edit.article_id, one.edit.version) for one in shown if one.edit}
    rest = [one for one in changes.edits if (one.article_id, one.version) not in told]
    worth = [one for one in rest if one.moves_steps or (one.is_on_topic and one.steps_not_compared)]
    lines: list[str] = []
    for one in worth:
        lines.append(f"{_label(Cause.OUTLET_EDIT)}  {edit_in_words(one)}; no line moved by it")
        lines.append(f"{_INDENT}{one.outlet}, {in_words(one.published_on)}: {one.headline}  {one.url or ''}".rstrip())
    if others := len(rest) - len(worth):
        lines.append(f"{_counted(others, 'other edit')}: no step told was touched.")
    return ["", *lines] if lines else []


def _gone(changes: Changes) -> list[str]:
    on_topic = [one for one in changes.vanished if one.is_on_topic]
    lines = [
        f"{'GONE':{_LABEL}}  {_source(one)}, gone {_moment(one.vanished_at)} Kyiv; marked, never deleted"
        for one in on_topic
        if one.vanished_at
    ]
    if others := len(changes.vanished) - len(lines):
        lines.append(f"{_counted(others, 'page')} on other matters gone; marked, never deleted.")
    return ["", *lines] if lines else []


def _basis(changes: Changes, shown: list[Change]) -> Iterator[str]:
    if not shown:
        yield "No line changed."
    if hidden := len(changes.changes) - len(shown):
        yield f"{_counted(hidden, 'change')} of planned or conditional lines hidden: --all."
    yield f"Read in that time: {activity_in_words(changes.read)}"
    began = changes.read.first_run_at
    if began is not None and began > changes.since:
        yield f"This database began on {in_words(keys.kyiv_day(began))}; it knows of no change before."


def _source(source: Source) -> str:
    url = f"  {source.url}" if source.url else ""
    return f"{source.outlet}, {in_words(source.published_on)}: {source.headline}{url}"


def _linked(source: Source) -> str:
    name = _escaped(f"{source.outlet}, {in_words(source.published_on)}")
    return f"[{name}](<{source.url}>)" if source.url and not set(source.url) & set("<>| ") else name


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _moment(at: datetime) -> str:
    local = at.astimezone(keys.KYIV)
    return f"{in_words(local.date())} {local:%H:%M}"


def _length(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min"
    if span < timedelta(days=2):
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest:02}" if rest else f"{hours} h"
    return f"{span.days} days"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
