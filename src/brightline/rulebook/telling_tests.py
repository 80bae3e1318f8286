"""A unary test in words: the atoms that pass, written as S-FEEL writes them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.columns import Column


def test_text(column: Column, passing: int) -> str:
    """The test that exactly these atoms pass (bit i: atom i).

    Options are joined with commas, or named in `not(…)` where those left out are fewer. Numbers
    read `< 100000`, `>= 3`, `[3..5)` or `= 7`; several stretches are joined with commas.
    """
    if column.numeric:
        return ", ".join(_stretch(column, a, b) for a, b in _runs(passing)) or _("nothing")
    inside = [o for i, o in enumerate(column.options) if passing >> i & 1]
    outside = [o for i, o in enumerate(column.options) if not passing >> i & 1]
    if not outside:
        return _("anything")
    if len(outside) < len(inside):
        return f"not({', '.join(outside)})"
    return ", ".join(inside) or _("nothing")


test_text.__test__ = False  # type: ignore[attr-defined]  # not a pytest test


def number_text(value: float) -> str:
    """A number without needless digits: `100000`, `0.3`."""
    if value == math.floor(value) and abs(value) < 1e16:
        return str(int(value))
    return repr(float(value))


def _runs(bits: int) -> Iterator[tuple[int, int]]:
    """The stretches of ones: first and last bit."""
    at = 0
    while bits >> at:
        if bits >> at & 1:
            start = at
            while bits >> at + 1 & 1:
                at += 1
            yield start, at
        at += 1


def _bound(value: float) -> tuple[float, bool]:
    """A bound as it was written, and whether it is the double just after that number."""
    before = math.nextafter(value, -math.inf)
    if len(number_text(before)) < len(number_text(value)):
        return before, True
    return value, False


def _stretch(column: Column, first: int, last: int) -> str:
    opens, ends = first > 0, last < column.atoms - 1
    if not opens and not ends:
        return _("anything")
    low, after_low = _bound(column.cuts[first - 1]) if opens else (0.0, False)
    high, after_high = _bound(column.cuts[last]) if ends else (0.0, False)
    if not opens:
        return f"{'<=' if after_high else '<'} {number_text(high)}"
    if not ends:
        return f"{'>' if after_low else '>='} {number_text(low)}"
    if low == high:
        return f"= {number_text(low)}"
    left, right = "(" if after_low else "[", "]" if after_high else ")"
    return f"{left}{number_text(low)}..{number_text(high)}{right}"
