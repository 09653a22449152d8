"""What happens to a page: the sentence crawl → archive → clean → identify → tag → record → load."""
