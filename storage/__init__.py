"""Where it rests and how to ask: records, tables, the store. Knows nothing of crawlers or flows."""
