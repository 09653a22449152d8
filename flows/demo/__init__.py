"""The demonstration: invented pages, and a server that plays the outlets they are said to come from."""
