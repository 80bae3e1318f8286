"""A distribution of prices on a logarithmic scale: additive, small, not moved by a few outliers.

Prices are counted in bins of equal ratio, so that any quantile is known to within 1 % (the idea of
DDSketch: Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
relative-error guarantees", PVLDB 12(12), 2019). Two distributions are added bin by bin; which
listings came first makes no difference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

ACCURACY = 0.01
"""A quantile is off by at most this share."""
_GAMMA = (1 + ACCURACY) / (1 - ACCURACY)
_STEP = math.log(_GAMMA)
LARGEST = float(2**53)

FENCE = 3.5
"""Scales below the median beyond which a price is an outlier.

The cut of the modified z-score: Iglewicz, Hoaglin, "How to detect and handle outliers", 1993.
"""
QUARTILE = 0.6744897501960817
"""The upper quartile of the standard normal: makes a half quartile range a standard deviation."""
LEAST_SCALE = math.log(1.25)
"""However alike the prices of a group are, a discount of a fifth is one scale at most."""


def bin_of(price: float) -> int:
    """The bin of a price of at least 1: (γ^(i−1), γ^i] is bin i."""
    return max(0, math.ceil(math.log(price) / _STEP - 1e-9))


def price_of(number: int) -> float:
    """The price that stands for a bin: off by at most `ACCURACY` from any price in it."""
    return 2 * math.exp(number * _STEP) / (_GAMMA + 1)


LAST_BIN = bin_of(LARGEST)


@dataclass(slots=True)
class Reference:
    """Prices counted: bin → weight. A listing weighs 1 when it is added."""

    bins: dict[int, float] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """How many listings it rests on."""
        return math.fsum(self.bins.values())

    def add(self, price: float, weight: float = 1.0) -> None:
        """Count a price (1 to 2^53); raises `ValueError` on any other."""
        if not 1 <= price <= LARGEST:
            raise ValueError(f"no price to count: {price!r}")
        number = bin_of(price)
        self.bins[number] = self.bins.get(number, 0.0) + weight

    def merge(self, other: Reference) -> None:
        """Add all that another one holds."""
        for number, weight in other.bins.items():
            self.bins[number] = self.bins.get(number, 0.0) + weight

    def fade(self, share: float) -> None:
        """Let what it holds count for less: every weight times `share` (0 to 1)."""
        self.bins = {number: weight * share for number, weight in self.bins.items()}

    def quantile(self, share: float) -> float:
        """The price that this share of the weight is at or below; raises `ValueError` if empty."""
        if not self.bins:
            raise ValueError("no price was counted")
        wanted, sofar = share * self.weight, 0.0
        for number in sorted(self.bins):
            sofar += self.bins[number]
            if sofar >= wanted * (1 - 1e-12):
                break
        return price_of(number)

    def level(self) -> Level:
        """Median and lower bound; raises `ValueError` if empty."""
        median = self.quantile(0.5)
        scale = (math.log(median) - math.log(self.quantile(0.25))) / QUARTILE
        scale = max(scale, LEAST_SCALE)
        return Level(self.weight, median, scale)


@dataclass(frozen=True, slots=True)
class Level:
    """What a price is held against: how many listings, their median, the spread below it.

    `scale` is that of the natural logarithm of the prices below the median: half a quartile range
    over its value for a normal distribution. Only the cheaper half counts, so that a few dear
    models do not hide the cheap ones.
    """

    listings: float
    median: float
    scale: float

    @property
    def fence(self) -> float:
        """The lowest price that is still ordinary."""
        return self.median * math.exp(-FENCE * self.scale)

    def ratio(self, price: float) -> float:
        """The price over the median."""
        return price / self.median
