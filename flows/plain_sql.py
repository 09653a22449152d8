"""Values as plain SQL hands them over: SQLite has no types of its own for moments and days."""

from datetime import UTC, date, datetime


def moment(value: object) -> datetime | None:
    """An aware moment; what SQLite holds is UTC."""
    if value is None:
        return None
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: object) -> date | None:
    """A day."""
    return date.fromisoformat(str(value)) if value else None
