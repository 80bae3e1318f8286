"""Unary tests mean what DMN says, and what cannot be meant is refused with a hint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.rulebook.model import Fact
from brightline.rulebook.tests import Intervals, TestError, parse_test

from .reference import passes
from .strategies import FACTS, TESTS, T

PRICE = Fact.model_validate({"kind": "number", "min": 0, "max": 1_000_000_000})
ITEM = Fact.model_validate({"kind": "choice", "options": {"vape_pod": T, "accessory": T}})


@given(st.data(), st.sampled_from(sorted(FACTS)))
def test_a_test_passes_the_values_it_says(data: st.DataObject, name: str) -> None:
    fact = Fact.model_validate(FACTS[name])
    raw = data.draw(TESTS[name])
    meant = parse_test(fact, raw)
    if isinstance(meant, Intervals):
        for value in [*data.draw(st.lists(st.floats(0, 10), max_size=20)), 0, 1, 2, 3, 10]:
            assert (value in meant) == passes(fact, raw, value), value
    else:
        for value in ("yes", "no", "a", "b", "c", "root", "leaf", "twig", "bud", "other"):
            if passes(fact, raw, value):
                assert value in meant or value not in TESTS
            else:
                assert value not in meant


@pytest.mark.parametrize(
    ("raw", "inside", "outside"),
    [
        ("< 100000", 99_999.99, 100_000),
        ("<= 100000", 100_000, 100_000.01),
        ("> 0.3", 0.300001, 0.3),
        (">= 18", 18, 17.999),
        ("1..5", 5, 5.0001),
        ("(0..1]", 1, 0),
        ("[0..1)", 0, 1),
        ("]0..1[", 0.5, 1),
        (7, 7, 7.5),
        ({"not": "< 10"}, 10, 9),
        (["< 1", "> 5"], 6, 3),
    ],
)
def test_it_knows_which_side_of_a_bound_a_number_lies(
    raw: object, inside: float, outside: float
) -> None:
    meant = parse_test(PRICE, raw)
    assert inside in meant
    assert outside not in meant


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("5..1", "runs backwards"),
        ("< 100.000", "may mean two numbers"),
        ("< 1,000", "may mean two numbers"),
        ("cheap", "is no test on a number"),
        ("yes please", "is no test on a number"),
        (True, "yes and no are no test"),
        ("(3..3)", "no number lies in"),
        ("< 0", "no value from 0 to"),
        ("> 1e99", "too large"),
        (10**400, "too large"),
        (float("nan"), "too large"),
        ([], "empty list"),
        ("(1..2", "both brackets or none"),
        ({"under": "x"}, "no test on a number"),
    ],
)
def test_it_refuses_a_number_test_that_cannot_be_meant(raw: object, said: str) -> None:
    with pytest.raises(TestError, match=said):
        parse_test(PRICE, raw)


def test_it_refuses_an_option_that_is_not_there_and_names_the_nearest() -> None:
    with pytest.raises(TestError) as caught:
        parse_test(ITEM, "vape_pot")
    assert caught.value.hint == "did you mean vape_pod?"


@pytest.mark.parametrize("raw", [{"not": ["vape_pod", "accessory"]}, [], {"none": "x"}, 3, None])
def test_it_refuses_an_option_test_that_nothing_or_everything_could_mean(raw: object) -> None:
    with pytest.raises(TestError):
        parse_test(ITEM, raw)


numbers = st.integers(-5, 5).map(float)
interval_sets = st.lists(st.tuples(numbers, numbers), max_size=4).map(
    lambda pairs: (
        Intervals(())
        .union(Intervals(()))
        .union(_joined([(min(p), max(p)) for p in pairs if p[0] != p[1]]))
    )
)


def _joined(pairs: list[tuple[float, float]]) -> Intervals:
    joined = Intervals(())
    for pair in pairs:
        joined = joined.union(Intervals((pair,)))
    return joined


@given(interval_sets, interval_sets, st.floats(-6, 6))
def test_interval_sets_are_sets(a: Intervals, b: Intervals, x: float) -> None:
    assert (x in a.union(b)) == (x in a or x in b)
    assert (x in a.intersection(b)) == (x in a and x in b)
    assert (x in a.complement()) == (x not in a)
    assert a.complement().complement() == a
