"""The stop rule errs no more often than its bound says, and finds harm; both by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from brightline.workbench.pilots.sequential import evidence, null_chance, ratio

ALPHA = 0.05


def streams(q: float, runs: int, length: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((runs, length)) < q


@pytest.mark.parametrize("p", [0.5, 0.2])
def test_without_harm_it_stops_in_no_more_than_alpha_of_pilots(p):
    """Ville's bound: 5 % at every look of 400 together; 2,000 pilots, three standard errors."""
    runs = 2000
    stopped = sum(evidence(one, p).max() >= 1 / ALPHA for one in streams(p, runs, 400, 1))
    assert stopped / runs <= ALPHA + 3 * math.sqrt(ALPHA * (1 - ALPHA) / runs)
    assert stopped > 0  # it is not deaf


def test_a_test_looked_at_daily_would_err_far_more_often():
    """The same streams by a z-test after every case: what the rule is there to avoid."""
    runs, p = 500, 0.5
    n = np.arange(1, 401)
    found = streams(p, runs, 400, 2).cumsum(axis=1)
    z = (found - n * p) / np.sqrt(n * p * (1 - p))
    assert (z[:, 20:].max(axis=1) >= 1.645).mean() > 0.25


def test_harm_within_the_tolerance_is_none():
    q = null_chance(0.5, 1.25)
    assert q == pytest.approx(1.25 / 2.25)
    stopped = [evidence(one, 0.5, 1.25).max() >= 1 / ALPHA for one in streams(q, 1000, 300, 3)]
    assert np.mean(stopped) <= ALPHA + 0.02


def test_twice_as_many_bad_cases_are_found_soon():
    q = null_chance(0.5, 2.0)
    paths = [evidence(one, 0.5) for one in streams(q, 500, 400, 4)]
    first = [int(np.argmax(path >= 1 / ALPHA)) + 1 if path.max() >= 1 / ALPHA else 10_000
             for path in paths]  # fmt: skip
    assert np.mean([n <= 400 for n in first]) > 0.98
    assert np.median(first) < 110


def test_the_evidence_is_the_bet_worked_out_by_hand():
    (one,) = evidence([True], 0.5)
    q = 0.5 + 0.5 * (np.arange(40) + 0.5) / 40
    assert one == pytest.approx(np.mean(q / 0.5))
    assert evidence([True, False], 0.5)[1] == pytest.approx(np.mean(q * (1 - q) / 0.25))
    assert len(evidence([], 0.5)) == 0


@pytest.mark.one_engine
@pytest.mark.parametrize("truth", [0.5, 1.0, 3.0])
def test_the_interval_of_the_ratio_holds_at_every_look(truth):
    p, runs = 0.3, 300
    q, missed = null_chance(p, truth), 0
    for one in streams(q, runs, 200, 5):
        hits = one.cumsum()
        missed += any(
            not (found := ratio(int(hits[n - 1]), n, p, ALPHA)).low <= truth <= found.high
            for n in range(1, 201, 3)
        )
    assert missed / runs <= ALPHA + 0.03


def test_nothing_bad_says_nothing():
    assert ratio(0, 0, 0.5, ALPHA).estimate is None
    assert ratio(5, 5, 0.5, ALPHA).high == math.inf
    assert ratio(0, 5, 0.5, ALPHA).low == 0
