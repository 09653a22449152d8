"""Scrapy's settings for every run; what a plan decides is laid over them by `python -m crawlers`.

Redirects, retries and robots.txt are carried out by the spider itself, in one visible order: every hop and every try
is paced, checked against robots.txt and the guard, archived, and accounted for in exactly one outcome.
"""

BOT_NAME = "zaporuka"

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False  # a proxy would connect where the guard cannot look
METAREFRESH_ENABLED = False

ROBOTSTXT_OBEY = False  # obeyed by the spider: Scrapy's own takes the body of a 503 for rules and knows no pace
REDIRECT_ENABLED = False
RETRY_ENABLED = False
COMPRESSION_ENABLED = False  # the archive keeps bytes as sent

CONCURRENT_REQUESTS = 0  # bounded by the host groups: each has one request under way
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DOWNLOAD_MAXSIZE = 0  # capped while streaming, so that what came before the cap is kept
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False

TWISTED_DNS_RESOLVER = "crawlers.guard.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawlers.wire.CappedHandler",
    "https": "crawlers.wire.CappedHandler",
    "ftp": None,
    "s3": None,
    "data": None,
    "file": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawlers.warc_middleware.WarcMiddleware": 1000,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}

LOG_LEVEL = "WARNING"
LOG_ENABLED = True
STATS_DUMP = False
