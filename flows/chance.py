"""How much of a difference between shares chance alone explains."""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

Z = 3.29
"""Standard deviations either side that hold 99.9 % of a normal distribution: what lies outside is no chance."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`."""

    count: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.count} of {self.of}"

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 of nothing is 0."""
        return self.count / self.of if self.of else 0.0


NOTHING = Share()


Z_95 = 1.959964
"""Standard deviations either side that hold 95 % of a normal distribution."""


def limits(share: Share, z: float = Z) -> tuple[float, float]:
    """Between which bounds the true share lies, (0, 1) where nothing was seen.

    E. B. Wilson's score interval, Journal of the American Statistical Association 22 (1927), 209-212; unlike the
    textbook's it holds for few cases and for shares near 0 and 1.
    """
    if not share.of:
        return 0.0, 1.0
    n, p, z2 = share.of, share.value, z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def surely_more(share: Share, than: Share) -> float:
    """By how much the one true share is greater than the other at the very least; 0 or less: perhaps not at all.

    The lower limit of the difference of two independent proportions, method 10 of R. G. Newcombe, Statistics in
    Medicine 17 (1998), 873-890: it combines Wilson's limits, so that few cases prove little.
    """
    low, high = limits(share)[0], limits(than)[1]
    return share.value - than.value - sqrt((share.value - low) ** 2 + (high - than.value) ** 2)


def at_least(share: Share, true: float) -> float:
    """How likely so many or more are, were the true share `true`: the exact binomial tail.

    C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413.
    """
    if share.count <= 0 or true >= 1:
        return 1.0
    if true <= 0:
        return 0.0
    return min(1.0, sum(_exactly(k, share.of, true) for k in range(share.count, share.of + 1)))


def _exactly(k: int, n: int, p: float) -> float:
    return exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p))
