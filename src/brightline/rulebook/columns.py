"""A fact as a column of a table: its atoms, and the code of each value.

The values of a fact fall into finitely many *atoms*: an option, or an interval between two
thresholds that the rulebook names. A code is the atom's index; `UNKNOWN` and `CANNOT_TELL` are
negative, so that a list or array with two more entries at its end is indexed by any code.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from brightline.i18n import _
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.model import CANNOT_TELL, NO, YES, Fact, Kind, Rulebook
from brightline.rulebook.tests import (
    LIMIT,
    Intervals,
    Values,
    did_you_mean,
    number_range,
    option_ids,
)

UNKNOWN = -1
"""The code of a fact that nobody has told yet."""
CANNOT_TELL_CODE = -2
"""The code of a fact that a moderator was asked and cannot tell."""

Value = str | float
"""A fact's value: an option (`yes` and `no` among them), a number, or `cannot_tell`."""


class FactError(ValueError):
    """A value that the fact cannot have. `message` says why, `hint` what could be meant."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of a table.

    `name` is the fact's name in JSON. `options` holds the option ids of a `yes_no` or `choice`,
    one atom each. `cuts` holds, for a `number`, the ascending doubles at which a new atom begins.
    """

    name: str
    key: FactKey
    fact: Fact
    options: tuple[str, ...] = ()
    cuts: tuple[float, ...] = ()
    _index: Mapping[str, int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, name: str, key: FactKey, fact: Fact, tests: Iterable[Values]) -> Column:
        """The column of a fact, with a cut at every bound that any of the tests names."""
        if fact.kind is not Kind.NUMBER:
            options = option_ids(fact)
            return cls(name, key, fact, options, (), {o: i for i, o in enumerate(options)})
        low, high = number_range(fact)
        bounds = {b for test in tests if isinstance(test, Intervals) for b in test.bounds()}
        return cls(name, key, fact, (), tuple(sorted(b for b in bounds if low < b <= high)))

    @property
    def numeric(self) -> bool:
        """Whether the fact is a number."""
        return self.fact.kind is Kind.NUMBER

    @property
    def atoms(self) -> int:
        """How many atoms the fact has."""
        return len(self.cuts) + 1 if self.numeric else len(self.options)

    def code(self, value: object) -> int:
        """The code of a value; `None` is unknown. Raises `FactError` on what cannot be."""
        if value is None:
            return UNKNOWN
        if value == CANNOT_TELL:
            return CANNOT_TELL_CODE
        if self.numeric:
            return bisect_right(self.cuts, self._checked_number(value))
        return self._option_code(value)

    def clean(self, value: object) -> Value | None:
        """The value as Brightline writes it (`true` → `yes`); raises `FactError` likewise."""
        code = self.code(value)
        if code == UNKNOWN:
            return None
        if code == CANNOT_TELL_CODE:
            return CANNOT_TELL
        return self._checked_number(value) if self.numeric else self.options[code]

    def holds(self, values: Values) -> int:
        """The atoms inside a test, as a bit set (bit i: atom i)."""
        if isinstance(values, Intervals):
            return sum(1 << i for i in range(self.atoms) if self.sample(i) in values)
        return sum(1 << self._index[option] for option in values)

    def sample(self, atom: int) -> float:
        """The least number of an atom of a `number` fact."""
        return self.cuts[atom - 1] if atom else number_range(self.fact)[0]

    def interval(self, atom: int) -> tuple[float, float]:
        """The half-open interval `[low, high)` of an atom of a `number` fact."""
        low, high = number_range(self.fact)
        ends = (low, *self.cuts, math.nextafter(high, math.inf))
        return ends[atom], ends[atom + 1]

    def _option_code(self, value: object) -> int:
        if self.fact.kind is Kind.YES_NO and isinstance(value, bool):
            value = YES if value else NO
        if not isinstance(value, str):
            raise FactError(
                _("{fact} takes an option, not {value}").format(fact=self.name, value=_short(value))
            )
        if value not in self._index:
            raise FactError(
                _("{fact} has no option {value}").format(fact=self.name, value=_short(value)),
                did_you_mean(value[:80], self.options),
            )
        return self._index[value]

    def _checked_number(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise FactError(
                _("{fact} takes a number, not {value}").format(fact=self.name, value=_short(value))
            )
        low, high = number_range(self.fact)
        if not low <= value <= high:  # false for NaN too
            raise FactError(
                _("{value} is outside the range of {fact}: {low} to {high}").format(
                    value=_short(value), fact=self.name, low=f"{low:.15g}", high=f"{high:.15g}"
                )
            )
        return value


def _short(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LIMIT:
        return _("a huge number")
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def fact_names(rulebook: Rulebook) -> dict[FactKey, str]:
    """The name in JSON of every fact: bare where only one place declares it, else `sop.fact`."""
    declared: list[FactKey] = [(None, name) for name in rulebook.facts]
    declared += [(sop.sop, name) for sop in rulebook.sops for name in sop.facts]
    times: dict[str, int] = {}
    for _place, name in declared:
        times[name] = times.get(name, 0) + 1
    return {
        (place, name): name if place is None or times[name] == 1 else f"{place}.{name}"
        for place, name in declared
    }
