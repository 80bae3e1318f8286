"""What can still change, read off the decisions of every completion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from brightline.rulebook.asking.layout import Whole
from brightline.rulebook.asking.space import NEVER

_NOBODY = np.iinfo(np.int64).max


def changing(decisions: Whole) -> list[int]:
    """The axes (facts) along which two allowed completions decide differently."""
    least = np.where(decisions == NEVER, _NOBODY, decisions)
    return [
        axis
        for axis in range(decisions.ndim)
        if (least.min(axis=axis) < decisions.max(axis=axis)).any()
    ]


def changing_together(decisions: Whole, asked: Sequence[int]) -> list[int]:
    """Axes among `asked` whose answers only together change what the case can come to.

    That happens where `impossible` ties facts so that no one of them can be another by itself.
    The axes returned are those in which some two sets of answers differ that are nearest to one
    another. Empty where whatever is answered leaves the same decisions possible.
    """
    others = [axis for axis in range(decisions.ndim) if axis not in asked]
    lines = decisions.transpose([*asked, *others])
    shape = lines.shape[: len(asked)]
    possible = [
        frozenset(line) - {NEVER} for line in lines.reshape(int(np.prod(shape)), -1).tolist()
    ]
    allowed = [index for index, found in enumerate(possible) if found]
    if not allowed:
        return []
    answers = np.array(np.unravel_index(allowed, shape)).T
    other = np.array([possible[index] != possible[allowed[0]] for index in allowed])
    if not other.any():
        return []
    differ = answers[other] != answers[0]
    nearest = differ[differ.sum(axis=1).argmin()]
    return [axis for axis, differs in zip(asked, nearest, strict=True) if differs]


def folded(decisions: Whole, asked: Sequence[int]) -> Whole:
    """Decisions by the answers to `asked` alone: a number for what the others make of it."""
    others = [axis for axis in range(decisions.ndim) if axis not in asked]
    lines = decisions.transpose([*asked, *others])
    if not others:
        return lines
    shape = lines.shape[: len(asked)]
    rows = lines.reshape(int(np.prod(shape)), -1)
    _values, number = np.unique(rows, axis=0, return_inverse=True)
    never = (rows == NEVER).all(axis=1)
    return np.where(never, NEVER, number.reshape(-1)).reshape(shape)
