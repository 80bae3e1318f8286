"""The values of a fact in classes: those of one class stand for each other in some tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import FIRST_AT, FactColumn, unsigned
from brightline.rulebook.columns import Column

Codes = npt.NDArray[np.unsignedinteger]
Values = tuple[tuple[str, ...], npt.NDArray[np.float64] | None, tuple[tuple[float, float], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """`map` [own code] the class. Unknown and untold are classes of their own, with their codes.

    `count`: how many there are. A class is told by one of its values, so that whatever table has
    the same code for all of a class can look it up.
    """

    of: FactColumn
    map: Codes
    count: int

    @classmethod
    def alike(cls, of: FactColumn) -> Classes:
        """All values in one class."""
        return cls._by(of, np.zeros(of.size, np.int64))

    @classmethod
    def each(cls, of: FactColumn) -> Classes:
        """Every value in a class of its own."""
        return cls._by(of, np.arange(of.size))

    @classmethod
    def _by(cls, of: FactColumn, numbers: npt.NDArray[np.int64]) -> Classes:
        """[value] numbers from 0 without a gap."""
        count = int(numbers.max(initial=-1)) + 1 + FIRST_AT
        own = np.concatenate([np.arange(FIRST_AT), numbers + FIRST_AT])
        return cls(of, own.astype(unsigned(count)), count)

    def divided(self, column: Column, names: Mapping[str, str] | None) -> Classes:
        """Classes that a table's column has one code for; these, where it has that already."""
        exact = self.of.look_up(column, names)
        told = FactColumn(self.map, *self.values).look_up(column, names)
        if np.array_equal(told[self.map], exact):
            return self
        pairs = np.stack([self.map[FIRST_AT:].astype(np.int64), exact[FIRST_AT:]])
        return self._by(self.of, np.unique(pairs, axis=1, return_inverse=True)[1].reshape(-1))

    @property
    def values(self) -> Values:
        """One value of each class, as a column of facts has them."""
        own = self.map[FIRST_AT:]
        at = np.zeros(self.count - FIRST_AT, np.intp)
        at[own[::-1].astype(np.intp) - FIRST_AT] = np.arange(len(own))[::-1]
        return (
            tuple(self.of.options[one] for one in at) if self.of.options else (),
            None if self.of.numbers is None else self.of.numbers[at],
            tuple(self.of.intervals[one] for one in at) if self.of.intervals else (),
        )
