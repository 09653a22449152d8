"""Pure functions over records: no network, database, clock, environment or file access."""
