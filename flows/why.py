"""Explaining one document to a person: what cleaning and tagging decided, by which rule, on which words."""

from storage.records import Dropped, Findings, Reading


def why_cleaned(item: str, result: Reading | Dropped) -> str:
    """The road cleaning took, where each value came from, and each line removed with its rule."""
    if isinstance(result, Dropped):
        return f"{item}: {result.outcome} – {result.why}"
    published = result.published_at.isoformat() if result.published_at else "–"
    lines = [
        f"{item}: article of {result.outlet} (by {result.outlet_source}), {result.language}, read by: {result.path}",
        f"  title        {result.title}",
        f"  authors      {', '.join(result.authors) or '–'}",
        f"  published    {published} ({result.published_precision}, from {result.date_source})",
    ]
    lines += [f"  {name:12} from {source}" for name, source in sorted(result.sources.items())]
    lines += [f"  {p.zone:12} {p.start}–{p.end}  {p.text}" for p in result.paragraphs]
    lines += [f"  caption      {caption}" for caption in result.captions]
    lines += [f"  removed      [{gone.why}] {gone.text}" for gone in result.removed]
    return "\n".join(lines)


def why_tagged(item: str, text_full: str, found: Findings) -> str:
    """Topics, claims and statements with the rule and the quoted words behind each."""
    about = "about security guarantees" if found.is_security_guarantees else "not about security guarantees"
    lines = [f"{item}: {about} (score {found.score:.2f}), {found.language}"]
    lines += [f"  topic        {tag.topic} ({tag.role}, {tag.score:.2f})" for tag in found.topics]
    for claim in found.claims:
        day = claim.event_on_max.isoformat() if claim.event_on_max else "–"
        lines.append(
            f"  claim        {claim.guarantor} {claim.document} {claim.stage} · {claim.factuality} · "
            f"acts: {claim.acting_side} · says: {claim.said_by or '–'} ({claim.said_side}) · {day} ({claim.precision})"
            f" · rule {claim.rule}"
        )
        lines += [f"    {e.role:8} {e.start}–{e.end} [{e.rule}] {text_full[e.start : e.end]}" for e in claim.evidence]
    for statement in found.statements:
        lines.append(f"  statement    {statement.kind}: {statement.value} · {statement.speaker or '–'}")
    lines += [f"  person       {person.name}: {', '.join(person.as_written)}" for person in found.persons]
    return "\n".join(lines)
