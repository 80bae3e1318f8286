"""A dictionary over whole arrays: 64-bit keys in, small numbers out, without sorting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FIRST_BITS, _MOST_BITS = 10, 20


class KeyIndex:
    """Numbers for keys. A hash table of one slot a key; what finds its slot taken asks a dict."""

    def __init__(self, make: Callable[[int], int]) -> None:
        """`make(key)` gives the number of a key that is seen for the first time."""
        self._make, self._lock = make, Lock()
        self._known: dict[int, int] = {}
        self._lay_out(_FIRST_BITS)

    def numbers(self, keys: U64) -> I32:
        """The number of every key."""
        slot_keys, slot_numbers, shift = self._slots
        slots = (np.multiply(keys, _MULTIPLIER) >> shift).view(np.int64)
        # The keys before the numbers: a number is written before its key, so that a key that is
        # there has its number. The other way round a thread could read a number not yet written.
        missed = np.flatnonzero(np.take(slot_keys, slots) != keys)
        found = np.take(slot_numbers, slots)
        if missed.size:
            self._fill(keys, missed, found)
        return found

    def _fill(self, keys: U64, missed: npt.NDArray[np.intp], found: I32) -> None:
        distinct, index = np.unique(keys[missed], return_inverse=True)
        with self._lock:
            numbers = [self._number(key) for key in distinct.tolist()]
        found[missed] = np.array(numbers, dtype=np.int32)[index]

    def _number(self, key: int) -> int:
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._make(key)
            if len(self._known) * 4 > 1 << self._bits < 1 << _MOST_BITS:
                self._lay_out(self._bits + 2)
            else:
                self._place(key, number)
        return number

    def _lay_out(self, bits: int) -> None:
        self._bits = bits
        # An empty slot holds a key that belongs elsewhere: 0 hashes to slot 0, 1 does not.
        keys = np.zeros(1 << bits, dtype=np.uint64)
        keys[0] = 1
        self._slots = keys, np.zeros(1 << bits, dtype=np.int32), np.uint64(64 - bits)
        for key, number in self._known.items():
            self._place(key, number)

    def _place(self, key: int, number: int) -> None:
        keys, numbers, _shift = self._slots
        slot = (key * int(_MULTIPLIER) & (1 << 64) - 1) >> 64 - self._bits
        if int(keys[slot]) == (1 if slot == 0 else 0):
            numbers[slot] = number  # first the number: other threads read while we write
            keys[slot] = key
