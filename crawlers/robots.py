"""What a robots.txt allows, read the way RFC 9309 asks: no file is no rule, a file nobody can get forbids all."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

MAX_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read; the rest has no say."""

LONGEST_DELAY_S = 600.0
"""A host that asks for longer pauses than this is not asked at all."""

NO_RULES = ""


@dataclass(frozen=True)
class Rules:
    """The rules of one origin for one user agent.

    `delay_s` is the Crawl-delay, 0 where none is given. `closed` says why everything is forbidden, `outcome` under
    which name; None where pages are decided one by one.
    """

    agent: str
    parsed: Protego
    delay_s: float = 0.0
    closed: str | None = None
    outcome: str = "robots_denied"

    def denial(self, url: str) -> str | None:
        """Why a URL may not be fetched, or None."""
        if self.closed is not None:
            return self.closed
        return None if self.parsed.can_fetch(url, self.agent) else "robots.txt disallows it"


def agent_token(user_agent: str) -> str:
    """The name robots.txt files call us by: the first word of the user agent, without its version."""
    return user_agent.split(maxsplit=1)[0].partition("/")[0]


def robots_url(url: str) -> str:
    """Where the rules for a URL stand."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def closed_rules(why: str, outcome: str = "robots_denied") -> Rules:
    """Rules that forbid everything, because the file could not be had."""
    return Rules("", Protego.parse(NO_RULES), closed=why, outcome=outcome)


def read_rules(status: int, body: bytes, agent: str, *, is_cut: bool = False) -> Rules:
    """The rules in the answer to a request for robots.txt.

    `body` is unpacked, `agent` our token, `is_cut` whether the body went on. 2xx is read, 429 and 5xx forbid
    everything, any other status means there are no rules. A body that is HTML holds none either.
    """
    if status == 429 or status >= 500:  # noqa: PLR2004  the hundreds of HTTP are its own names
        return closed_rules(f"robots.txt is out of reach: status {status}")
    text = _rules_text(body, is_cut=is_cut) if 200 <= status < 300 else NO_RULES  # noqa: PLR2004  idem
    parsed = Protego.parse(text)
    delay_s = parsed.crawl_delay(agent) or 0.0
    if delay_s > LONGEST_DELAY_S:
        return closed_rules(f"robots.txt asks for {delay_s:g} s between requests")
    return Rules(agent, parsed, delay_s)


def _rules_text(body: bytes, *, is_cut: bool) -> str:
    if is_cut or len(body) > MAX_ROBOTS:
        # The last line is half a rule, and half a path forbids far more than the whole.
        body = body[:MAX_ROBOTS].rpartition(b"\n")[0]
    text = body.decode("utf-8-sig", errors="replace")
    return NO_RULES if text.lstrip().startswith("<") else text
