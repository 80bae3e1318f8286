"""A distribution in bins tells what the sorted prices tell, to within its accuracy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.price_level.reference import (
    ACCURACY,
    FENCE,
    LARGEST,
    LEAST_SCALE,
    Reference,
    bin_of,
    price_of,
)

prices = st.lists(st.floats(1, 1e9), min_size=1, max_size=200)


def of(values: list[float]) -> Reference:
    reference = Reference()
    for value in values:
        reference.add(value)
    return reference


@given(st.floats(1, LARGEST))
def test_a_bin_stands_for_its_prices(price: float) -> None:
    assert price_of(bin_of(price)) == pytest.approx(price, rel=ACCURACY * 1.001)


@given(prices, st.floats(0.01, 1))
def test_quantiles_are_those_of_the_sorted_prices(values: list[float], share: float) -> None:
    nth = max(0, math.ceil(share * len(values) * (1 - 1e-12)) - 1)
    expected = sorted(values)[nth]
    assert of(values).quantile(share) == pytest.approx(expected, rel=ACCURACY * 1.001)


@given(prices, prices)
def test_adding_in_parts_and_in_any_order_makes_no_difference(
    one: list[float], other: list[float]
) -> None:
    merged = of(one)
    merged.merge(of(other))
    assert merged.bins == of([*reversed(other), *one]).bins
    assert merged.weight == len(one) + len(other)


@given(prices)
def test_a_tenth_of_fakes_hardly_moves_the_bound(values: list[float]) -> None:
    genuine = of([price for price in values for _ in range(9)])
    mixed = of([price for price in values for _ in range(9)] + [1.0] * len(values))
    # a tenth of the weight at the bottom moves a quartile by less than an eighth of the weight
    assert mixed.quantile(0.5) >= genuine.quantile(0.44) * (1 - 2 * ACCURACY)


def test_the_bound_of_a_textbook_sample() -> None:
    """ln prices ~ N(ln 10⁶, 0.3²): the scale is 0.3, the bound e^(−3.5·0.3) of the median."""
    from statistics import NormalDist

    normal = NormalDist(math.log(1e6), 0.3)
    level = of([math.exp(normal.inv_cdf((i + 0.5) / 4000)) for i in range(4000)]).level()
    assert level.median == pytest.approx(1e6, rel=0.02)
    assert level.scale == pytest.approx(0.3, rel=0.05)
    assert level.fence == pytest.approx(1e6 * math.exp(-FENCE * 0.3), rel=0.08)


def test_prices_that_are_all_alike_leave_room_for_a_discount() -> None:
    level = of([500_000.0] * 50).level()
    assert level.scale == LEAST_SCALE
    assert level.fence == pytest.approx(500_000 * 1.25**-FENCE, rel=0.02)


def test_older_prices_fade() -> None:
    reference = of([100.0] * 10)
    reference.fade(0.5)
    reference.merge(of([1000.0] * 6))
    assert reference.weight == pytest.approx(11)
    assert reference.quantile(0.5) == pytest.approx(1000, rel=ACCURACY)


@pytest.mark.parametrize("price", [0, 0.5, -1, math.nan, math.inf, LARGEST * 2])
def test_what_is_no_price_is_refused(price: float) -> None:
    with pytest.raises(ValueError, match="no price"):
        Reference().add(price)


def test_nothing_has_no_quantile() -> None:
    with pytest.raises(ValueError, match="no price"):
        Reference().quantile(0.5)
