"""Who is read and how it is fetched and archived. Knows nothing of flows or storage."""
