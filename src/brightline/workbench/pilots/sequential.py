"""Is the draft doing harm? A test that may be looked at after every case.

Each case fell to the draft by a coin of known probability `p`. If the draft does no harm, a *bad*
case (the reviewers disagreed, it was handed up, an appeal won) says nothing about its arm: the arm
of the next bad case is the same coin again. So the evidence is a bet on that coin: at each bad case
the wealth is multiplied by the chance of its arm under "the draft does more harm" over that under
"it does not". The mean of such bets over many degrees of harm is a test martingale (an e-process).
Ville's inequality: without harm the chance that it ever reaches 1/alpha is at most alpha, however
often it is looked at (Ville 1939; Ramdas, Grünwald, Vovk and Shafer 2023, "Game-theoretic
statistics and safe anytime-valid inference"). The test needs no model of the rates, which may
drift: the lot alone carries it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRID = 40
"""Degrees of harm that are bet on, evenly between none and all bad cases being the draft's."""


def null_chance(p: float, tolerance: float = 1.0) -> float:
    """The chance that a bad case is the draft's where its rate is `tolerance` times the other's."""
    return p * tolerance / (p * tolerance + 1 - p)


def evidence(arms: Sequence[bool], p: float, tolerance: float = 1.0) -> NDArray[np.float64]:
    """The e-process after each bad case, in order; `arms` says which were the draft's.

    `p` is the probability with which cases fell to the draft, strictly between 0 and 1.
    """
    q0 = null_chance(p, tolerance)
    q = q0 + (1 - q0) * (np.arange(GRID) + 0.5) / GRID
    hit = np.asarray(arms, dtype=bool)[:, None]
    steps = np.where(hit, np.log(q / q0), np.log((1 - q) / (1 - q0)))
    return np.asarray(np.exp(np.cumsum(steps, axis=0)).mean(axis=1), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The draft's rate over the other arm's: an estimate, and an interval valid at any time."""

    estimate: float | None
    low: float
    high: float


def ratio(hits: int, bad: int, p: float, alpha: float) -> Ratio:
    """The ratio of the rates where `hits` of `bad` cases were the draft's.

    The interval holds the true ratio at every look together with probability 1 - alpha: it is
    where a Beta(½, ½) mixture has not gained 1/alpha (Robbins 1970). Without a bound: `inf`.
    """
    if bad == 0:
        return Ratio(None, 0.0, math.inf)
    odds = (1 - p) / p
    estimate = math.inf if hits == bad else hits / (bad - hits) * odds
    low = _edge(hits, bad, alpha, below=True)
    high = _edge(hits, bad, alpha, below=False)
    return Ratio(
        estimate, low / (1 - low) * odds, math.inf if high >= 1 else high / (1 - high) * odds
    )


def _edge(hits: int, bad: int, alpha: float, below: bool) -> float:
    """Where the mixture's gain over q reaches 1/alpha, below or above the share of hits."""
    if (below and hits == 0) or (not below and hits == bad):
        return 0.0 if below else 1.0
    mixture = _beta(hits + 0.5, bad - hits + 0.5) - _beta(0.5, 0.5)
    share, outer = hits / bad, 0.0 if below else 1.0
    inner = share
    for _step in range(60):
        q = (inner + outer) / 2
        if q in (0.0, 1.0):
            break
        gained = mixture - hits * math.log(q) - (bad - hits) * math.log1p(-q)
        if gained < -math.log(alpha):
            inner = q
        else:
            outer = q
    return outer


def _beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
