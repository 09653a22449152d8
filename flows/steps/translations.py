"""Which texts are proven translations of each other: by one address, by what pages name, by a number they share."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlsplit

from crawlers.outlet import Outlet
from flows.steps.crossing import Facts, signals
from flows.steps.urls import canonical_url, is_same_article_translation, shared_id

ENOUGH_FACTS = 5
"""Of two texts with as many names, numbers and days each that share none, one is no translation of the other."""


class Addresses:
    """Where a text of a language stands, and where it says its translations stand. Worked out when asked for.

    `urls` are the text's own addresses as met, `translations` maps language to the address the page names for it,
    `outlet` is the one it belongs to, if described.
    """

    def __init__(
        self, urls: set[str], translations: Mapping[str, str], language: str | None, outlet: Outlet | None
    ) -> None:
        self._urls, self._translations, self.language, self.outlet = urls, translations, language, outlet

    @cached_property
    def own(self) -> frozenset[str]:
        """Canonical addresses of the text; a site's root is nobody's."""
        return frozenset(filter(_is_of_a_page, (canonical_url(url, None, self.outlet) for url in self._urls)))

    @cached_property
    def named(self) -> Mapping[str, str]:
        """Language to canonical address, as far as the page can be believed.

        A page that names itself as another language's, one address for two, or another one for its own language
        (the links of another article) tells nothing.
        """
        told = {language: canonical_url(url, None, self.outlet) for language, url in self._translations.items()}
        for_itself = told.pop(self.language or "", None)
        if for_itself is not None and self.own and _is_of_a_page(for_itself) and for_itself not in self.own:
            return {}
        times = Counter(told.values())
        return {
            language: url
            for language, url in told.items()
            if times[url] == 1 and _is_of_a_page(url) and url not in self.own
        }

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers an article of this outlet shares with its translations."""
        outlet = self.outlet
        found = (shared_id(url, outlet) for url in self.own) if outlet else ()
        return frozenset(number for number in found if number)


def proof_of_translation(a: Addresses, b: Addresses) -> tuple[str, ...]:
    """What proves that two texts of different languages are one, in plain words; () where nothing does."""
    if at_one := a.own & b.own:
        return (f"both at {min(at_one)}",)
    outlet = a.outlet if a.outlet is not None and b.outlet is not None and a.outlet.slug == b.outlet.slug else None
    if outlet is not None:
        for ours in sorted(a.own):
            if any(is_same_article_translation(ours, theirs, outlet) for theirs in b.own):
                return (f"number {shared_id(ours, outlet)} in both addresses",)
        if a.numbers and b.numbers:
            return ()
    return _links(a, b)


def _links(a: Addresses, b: Addresses) -> tuple[str, ...]:
    """Which of the two pages names the other, unless one of them names a third in its place."""
    told = []
    for one, other in ((a, b), (b, a)):
        named = one.named.get(other.language or "")
        if named is not None and named not in other.own:
            return ()
        if named is not None:
            told.append(f"the {one.language} page names the {other.language} page")
    return tuple(sorted(told))


def is_refuted(first: Facts, second: Facts) -> bool:
    """Whether two texts rich in names, numbers and days have none in common."""
    counts = [len(one.names) + len(one.numbers) + len(one.dates) for one in (first, second)]
    return min(counts) >= ENOUGH_FACTS and signals(first, second).score == 0


def _is_of_a_page(url: str) -> bool:
    """Whether an address is that of one text; a site's root is not."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)
