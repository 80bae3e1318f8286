"""The best order of questions, exactly, by dynamic programming over everything that can be known.

A *state* says of every open fact which answer it has, or that it is still open. Its value is the
expected cost of the questions that an optimal strategy asks from there until nothing that can be
asked matters. The recursion is the textbook one for evaluating a discrete function at least
expected cost (Allen, Hellerstein, Kletenik, Ünlüyurt, Algorithmica 2015); it is exponential in the
facts, so it is for small cases and for the end of questioning.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from brightline.rulebook.asking.layout import Numbers, Whole

_NOBODY = np.iinfo(np.int64).max


def states(sizes: Sequence[int]) -> int:
    """How many states facts of so many answers have."""
    found = 1
    for size in sizes:
        found *= size + 1
    return found


def expected_costs(
    decisions: Whole, weights: Sequence[Sequence[float]], costs: Sequence[float]
) -> Numbers:
    """For each fact: the expected cost of asking it first and going on in the best way.

    `decisions` has an axis a fact; negative where the completion cannot be. `weights` are the
    chances of the answers, independent but for what cannot be; `costs` are in seconds.
    """
    never = decisions < 0
    weight = np.ones(())
    for of_fact in weights:
        weight = weight[..., None] * np.array(of_fact)
    coupled = bool(never.any())
    if coupled:
        weight = np.where(never, 0.0, weight)
    least, most = np.where(never, _NOBODY, decisions), decisions
    for axis in range(decisions.ndim):
        least = np.concatenate([least, least.min(axis=axis, keepdims=True)], axis=axis)
        most = np.concatenate([most, most.max(axis=axis, keepdims=True)], axis=axis)
        if coupled:
            weight = np.concatenate([weight, weight.sum(axis=axis, keepdims=True)], axis=axis)
    over = (least >= most).ravel()
    chance = weight.ravel()
    value = np.where(over, 0.0, np.inf)
    first = np.zeros(decisions.ndim)
    for fact, here, after in _steps(tuple(decisions.shape)):
        if coupled:
            known = np.maximum(chance[here], 1e-300)
            on = (value[after] * chance[after]).sum(axis=1) / known
        else:
            on = value[after] @ np.array(weights[fact])
        asked = costs[fact] + on
        value[here] = np.minimum(value[here], asked)
        if here[-1] == len(value) - 1:
            first[fact] = asked[-1]
    return first


@lru_cache(maxsize=64)
def _steps(sizes: tuple[int, ...]) -> list[tuple[int, Whole, Whole]]:
    """For each fact: states where it is open, those after each answer; few open facts first."""
    index = np.indices([size + 1 for size in sizes]).reshape(len(sizes), -1)
    open_ = index == np.array(sizes)[:, None]
    count = open_.sum(axis=0)
    strides = [int(np.prod([s + 1 for s in sizes[i + 1 :]], dtype=int)) for i in range(len(sizes))]
    found = []
    for level in range(1, len(sizes) + 1):
        for fact, size in enumerate(sizes):
            here = np.flatnonzero(open_[fact] & (count == level))
            back = np.arange(size, 0, -1) * strides[fact]
            found.append((fact, here, here[:, None] - back))
    return found
