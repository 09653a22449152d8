"""Topics of a text, and whether it tells of security guarantees for Ukraine.

A topic is carried by the phrases of the lexicon, weighed by where they stand (taxonomy, "Rule of assignment"):
headline and lead count for the whole text, the body from two sentences on, background never more than as
background. A text is about guarantees when a sentence of its own speaks of guarantees, assurances or
long-term security agreements for Ukraine; an item of a list of subjects discussed, Russia's own demands,
and guarantees for others are not enough.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flows.steps.said import Said, how_said
from flows.steps.scanned import ScannedText
from flows.steps.sentences import Sentence
from flows.steps.triggers import Trigger, find_triggers
from storage.records import Evidence, Tag
from storage.terms import EvidenceRole, TopicRole, Zone

UMBRELLA = "security_guarantees"
THRESHOLD = 0.5
"""Score from which a text counts as telling of guarantees for Ukraine."""
_MOST_EVIDENCE = 3
_BACKGROUND = frozenset({Zone.BACKGROUND, Zone.CAPTION})


def tag(text: ScannedText) -> tuple[bool, float, tuple[Tag, ...]]:
    """Whether the text tells of guarantees for Ukraine, how surely (0..1), and its topics, most central first."""
    if not text.may_have_topic:
        return False, 0.0, ()
    triggers = find_triggers(text)
    if not triggers:
        return False, 0.0, ()
    said = how_said(triggers, text)
    score = _score(said, text.sentences)
    is_about = score >= THRESHOLD
    return is_about, score, _tags(text, triggers, said, is_about=is_about)


def _score(said: Mapping[int, Said], parts: Sequence[Sentence]) -> float:
    """1 for a headline of its own, less for the body; below the threshold when only mentioned in passing."""
    own = [parts[index] for index, how in said.items() if how is Said.OWN]
    live = [part for part in own if part.zone not in _BACKGROUND]
    if any(part.zone is Zone.HEADLINE for part in live):
        return 1.0
    if any(part.zone is Zone.LEAD for part in live):
        return 0.9
    if len(live) > 1:
        return 0.8
    if live:
        return 0.6
    if own or any(how in {Said.PASSING, Said.PRECEDENT} for how in said.values()):
        return 0.3
    return 0.0


def _tags(
    text: ScannedText, triggers: Sequence[Trigger], said: Mapping[int, Said], *, is_about: bool
) -> tuple[Tag, ...]:
    strong: defaultdict[str, dict[int, Trigger]] = defaultdict(dict)
    weak: defaultdict[str, dict[int, Trigger]] = defaultdict(dict)
    parts, lexicon = text.sentences, text.lexicon
    actors = _with_actors(text) if is_about else frozenset()
    for trigger in triggers:
        topic = lexicon.topics[trigger.topic]
        index = trigger.sentence
        if topic.is_core and said.get(index) is Said.FOREIGN:
            continue
        if topic.needs_context and not is_about:
            continue
        if trigger.strength == "strong":
            strong[trigger.topic].setdefault(index, trigger)
            if topic.is_under_umbrella:
                strong[UMBRELLA].setdefault(index, trigger)
        elif is_about and actors & {index - 1, index, index + 1}:
            weak[trigger.topic].setdefault(index, trigger)
    found = []
    for topic_id in lexicon.topics:
        sites = strong.get(topic_id) or weak.get(topic_id)
        if sites:
            found.append(_one_tag(topic_id, sites, parts, text.text_full, is_strong=topic_id in strong))
    return tuple(sorted(found, key=lambda one: -one.score))


def _with_actors(text: ScannedText) -> frozenset[int]:
    """Numbers of the sentences that name a guarantor, a group or Ukraine."""
    begins = [part.start for part in text.sentences]
    return frozenset(
        bisect_right(begins, mention.start) - 1
        for mention in text.mentions
        if mention.kind in {"guarantor", "ukraine", "group"}
    )


def _one_tag(
    topic: str, sites: dict[int, Trigger], parts: Sequence[Sentence], text_full: str, *, is_strong: bool
) -> Tag:
    zones = [parts[index].zone for index in sites]
    live = [zone for zone in zones if zone not in _BACKGROUND]
    role = TopicRole.MENTION
    if not live:
        role, score = TopicRole.BACKGROUND, 0.2
    elif not is_strong:
        score = 0.3
    elif Zone.HEADLINE in live:
        role, score = TopicRole.MAIN, 1.0
    elif Zone.LEAD in live:
        role, score = TopicRole.MAIN, 0.9
    elif len(live) > 1:
        role, score = TopicRole.MAIN, 0.7
    else:
        score = 0.4
    evidence = tuple(
        Evidence(
            role=EvidenceRole.CONTEXT,
            start=parts[index].start,
            end=parts[index].end,
            quote=text_full[parts[index].start : parts[index].end],
            rule=f"topic:{topic}:{trigger.rule}",
        )
        for index, trigger in list(sites.items())[:_MOST_EVIDENCE]
    )
    return Tag(topic=topic, role=role, score=score, evidence=evidence)
