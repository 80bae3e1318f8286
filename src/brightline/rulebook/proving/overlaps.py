"""Which boxes have a case in common: all pairs at once, on arrays of bits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from brightline.rulebook.proving.space import Space

Pairs = npt.NDArray[np.bool_]


def overlapping(space: Space, boxes: Sequence[int]) -> Pairs:
    """Square matrix over the named boxes of a space: whether two of them have a world in common.

    Impossible combinations are not looked at: where there are some, a pair is only a candidate.
    """
    shared = np.ones((len(boxes), len(boxes)), dtype=np.bool_)
    for place, variable in space.variables.items():
        every = sum(variable.classes)
        size = -(-every.bit_length() // 64) * 8
        cells = b"".join(
            (space.boxes[box].get(place, every) & every).to_bytes(size, "little") for box in boxes
        )
        words = np.frombuffer(cells, dtype=np.uint64).reshape(len(boxes), -1)
        meet = np.zeros_like(shared)
        for word in words.T:
            meet |= (word[:, None] & word[None, :]) != 0
        shared &= meet
    return shared
