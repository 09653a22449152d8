"""Other ways pages come in than a crawl of ours."""
