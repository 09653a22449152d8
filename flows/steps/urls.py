"""One address for one article: the canonical form of a URL, and which addresses are translations of each other.

Tracking parameters, ports and query order are courlan's and w3lib's work; what they leave (scheme, mobile and AMP
forms, mirrors, print versions, unpadded dates, trailing slashes) is done here.
"""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

from courlan import clean_url
from w3lib.url import canonicalize_url

from crawlers.outlet import Edition, Outlet

_WRAPPED = re.compile(
    r"^https?://(?:web\.archive\.org/web/\d+[a-z_]*/|(?:www\.)?google\.[a-z.]+/amp/(?:s/)?"
    r"|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?)(?P<inner>.+)$",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"^(?:www\d?|m|mobile|amp|print)\.(?=(?!(?:com?|net|org|gov|edu|in)\.[a-z]{2}$)[^.]+\.)")
_DROPPED_SEGMENTS = frozenset({"amp", "print"})
_INDEX_FILE = re.compile(r"^(?:index\.(?:html?|amp|php)|default\.aspx?)$", re.IGNORECASE)
_SCRIPT = re.compile(r"\.(?:php|aspx?|cgi|jsp|do)$|^/?$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:(?:is_?)?amp|output_?type|print(?:able|version)?|utm_.*|(?:fb|g|yc|dc|ys|msclk|twc)l?c?lid|.*sess(?:ion)?_?id|sid"
    r"|fb_.*|ref|referrer|from|share|_ga|_gl|at_medium|at_campaign|ns_.*|mc_.*|ncmp|ito|cmpid|_openstat|igshi?d?|wt_mc"
    r"|rss|spref|tg_rhash|mkt_tok|replytocom)$",
    re.IGNORECASE,
)
_PRINT_VIEW = {"print", "amp"}
_AMP_FILE = re.compile(r"(?<=[^/])\.amp(?P<ending>\.html?)?$", re.IGNORECASE)
_GLUED_TRACKING = re.compile(r"(?:&|\?|%3F|%26)(?:utm_[a-z]+|fbclid|gclid)=[^/]*$", re.IGNORECASE)
_ROUTE = re.compile(r"!/[\w/.~-]*[\w~-]/?", re.ASCII)
_LISTING = re.compile(r"^(?:tags?|categor(?:y|ies)|rubrics?|topics?|themes?|authors?|archives?|search)$")
_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)(?P<sign>[/-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?=/|$)")
_DEFAULT_PORTS = {None, 80, 443}
_ROUNDS = 6


def canonical_url(url: str, canonical_hint: str | None = None, outlet: Outlet | None = None) -> str:
    """The one address of the article at `url`; the same for every form in which the address is met.

    `canonical_hint` is what the page says of itself (rel=canonical, may be relative); it is taken only if sane: the
    same outlet and edition, no home page, no section above the article, and an article by the outlet's own rule
    where it has one. `outlet` is the outlet the address belongs to, if described. Addresses that are not http(s)
    come back unchanged. Applying it to its own result changes nothing.
    """
    own = _settled(url.strip(), outlet)
    if not canonical_hint or not _is_web(own):
        return own
    try:
        hinted = _settled(urljoin(own, canonical_hint.strip()), outlet)
        return hinted if _is_sane(own, hinted, outlet) else own
    except ValueError:  # one of the two is no address at all
        return own


def unwrapped(url: str) -> str:
    """The address a web archive's or AMP cache's address stands for; any other comes back unchanged."""
    wrapped = _WRAPPED.match(url)
    if not wrapped:
        return url
    inner = wrapped["inner"]
    return inner if _is_web(inner) else f"https://{inner}"


def shared_id(url: str, outlet: Outlet) -> str | None:
    """The number an article shares with its translations, or None where the outlet has no such thing."""
    if outlet.id_in_url is None:
        return None
    found = re.search(outlet.id_in_url, url)
    return found.group(1) if found else None


def is_same_article_translation(first: str, second: str, outlet: Outlet) -> bool:
    """Whether two addresses of one outlet are one article in two languages, by the number they share."""
    number = shared_id(first, outlet)
    if number is None or number != shared_id(second, outlet):
        return False
    ours, theirs = _edition(urlsplit(first), outlet), _edition(urlsplit(second), outlet)
    return ours is not None and theirs is not None and ours.language != theirs.language


def _settled(url: str, outlet: Outlet | None) -> str:
    for _ in range(_ROUNDS):  # one rule may open the way for another (an AMP form of a print form)
        before, url = url, _once(url, outlet)
        if url == before:
            break
    return url


def _once(url: str, outlet: Outlet | None) -> str:
    if url != (inner := unwrapped(url)):
        return inner
    if not _is_web(url):
        return url
    try:
        cleaned = url if _has_query_script(url) else (clean_url(url) or url)
        parts = urlsplit(canonicalize_url(cleaned, keep_blank_values=False))
        port = parts.port
    except ValueError:
        return url  # no address at all; whoever fetches it will say so
    host = _host(parts, outlet)
    if not host:
        return url
    path = _path(parts.path, has_query=bool(parts.query))
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _is_noise(name, value)])
    scheme, netloc = ("https", host) if port in _DEFAULT_PORTS else (parts.scheme, f"{host}:{port}")
    bare = f"{scheme}://{netloc}{path.rstrip('/')}"
    slash = "/" if _has_slash(bare, path, outlet, has_query=bool(query)) else ""
    if query:
        return f"{bare}{slash}?{query}"
    return f"{bare}{slash}{_route(url, path)}"


def _route(url: str, path: str) -> str:
    """The fragment, where at a site's root it alone names the article (`/#!/news/5`); else nothing."""
    route = urlsplit(url).fragment
    return f"#{route.rstrip('/')}" if path == "/" and _ROUTE.fullmatch(route) else ""


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _has_query_script(url: str) -> bool:
    """Whether the query, not the path, may name the article; then only what is known as noise leaves it."""
    parts = urlsplit(url)
    return bool(parts.query) and bool(_SCRIPT.search(parts.path))


def _is_noise(name: str, value: str) -> bool:
    return bool(_NOISE.match(name)) or (name.lower() in {"view", "version", "format"} and value.lower() in _PRINT_VIEW)


def _bare(host: str) -> str:
    return _VARIANT.sub("", host)


def _host(parts: SplitResult, outlet: Outlet | None) -> str:
    """The host without www, mobile and AMP forms; of a described outlet, the form its edition names first."""
    host = (parts.hostname or "").strip(".")
    bare = _bare(host)
    while bare != host:
        host, bare = bare, _bare(bare)
    if outlet is None:
        return bare
    mirrored = {mirror: edition.hosts[0] for edition in outlet.editions for mirror in edition.mirrors}
    return next((mirrored.get(own, own) for own in outlet.hosts if _bare(own) == bare), bare)


def _path(path: str, *, has_query: bool) -> str:
    path = _GLUED_TRACKING.sub("", _SESSION.sub("", path.replace("%3B", ";")))
    segments = [segment for segment in path.split("/") if segment]
    if segments and _INDEX_FILE.match(segments[-1]) and not (has_query and segments[-1].lower().endswith("php")):
        segments.pop()
    ends = {0, len(segments) - 1, len(segments) - 2, 1}
    if segments:
        segments[-1] = _AMP_FILE.sub(lambda found: found["ending"] or "", segments[-1])
    kept = [name for at, name in enumerate(segments) if at not in ends or name.lower() not in _DROPPED_SEGMENTS]
    return _DAY.sub(_padded, "/" + "/".join(kept or segments))


def _padded(day: re.Match[str]) -> str:
    return f"/{day['year']}{day['sign']}{day['month']:0>2}{day['sign']}{day['day']:0>2}"


def _has_slash(bare: str, path: str, outlet: Outlet | None, *, has_query: bool) -> bool:
    """By the outlet's habit: with a slash where its article rule takes one, else without. A root has one."""
    if path.strip("/") == "":
        return True
    if outlet is None or has_query:
        return False
    return outlet.claims_url(f"{bare}/")


def _edition(parts: SplitResult, outlet: Outlet) -> Edition | None:
    return outlet.edition_of(f"https://{_host(parts, outlet)}{parts.path}")


def _is_sane(own: str, hinted: str, outlet: Outlet | None) -> bool:
    ours, theirs = urlsplit(own), urlsplit(hinted)
    path = theirs.path.strip("/")
    is_above = own != hinted and (ours.path.strip("/") + "/").startswith(path + "/")
    is_listing = not (outlet and outlet.article_url) and any(map(_LISTING.match, path.lower().split("/")[:-1]))
    if not _is_web(hinted) or not path or is_above or is_listing:
        return False
    if outlet is None:
        return ours.hostname == theirs.hostname
    edition = outlet.edition_of(hinted)
    if edition is None or path == edition.path_prefix.strip("/"):
        return False
    if (ours_edition := outlet.edition_of(own)) and ours_edition.language != edition.language:
        return False
    if outlet.article_url and not outlet.claims_url(hinted):
        return False
    return shared_id(own, outlet) in {None, shared_id(hinted, outlet)}
