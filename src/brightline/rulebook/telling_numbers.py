"""Numbers as a language writes them, and tests on them in words: `below 100,000 ₫`."""

from __future__ import annotations

import math
from collections.abc import Callable

from brightline.i18n import _, format_number
from brightline.rulebook.columns import Column
from brightline.rulebook.telling_tests import number_text

_SIGNS = {"vnd": "₫", "percent": "%", "%": "%", "usd": "US$"}


def number_in_words(value: float, unit: str | None) -> str:
    """A number with its unit: `1.200.000 ₫`, `30%`, `7 days`."""
    text = format_number(value)
    if unit is None:
        return text
    sign = _SIGNS.get(unit.lower())
    if unit.lower() == "ratio":
        return text
    if sign == "%":
        return f"{text}%"
    return f"{text} {sign or _unit(unit)}"


def _unit(unit: str) -> str:
    words = {
        "seconds": _("seconds"),
        "minutes": _("minutes"),
        "hours": _("hours"),
        "days": _("days"),
        "months": _("months"),
        "years": _("years"),
        "times": _("times"),
    }
    return words.get(unit, unit)


def stretches(column: Column, passing: int, say: Callable[[float], str]) -> list[str]:
    """For each stretch of atoms that pass, the test in words, to stand after the fact's name."""
    return [_stretch(column, first, last, say) for first, last in _runs(passing)] or [
        _("is never right")
    ]


def _runs(bits: int) -> list[tuple[int, int]]:
    found, at = [], 0
    while bits >> at:
        if bits >> at & 1:
            start = at
            while bits >> at + 1 & 1:
                at += 1
            found.append((start, at))
        at += 1
    return found


def _bound(value: float) -> tuple[float, bool]:
    """A bound as its author wrote it, and whether the set begins just after it."""
    before = math.nextafter(value, -math.inf)
    if len(number_text(before)) < len(number_text(value)):
        return before, True
    return value, False


def _stretch(column: Column, first: int, last: int, say: Callable[[float], str]) -> str:
    opens, ends = first > 0, last < column.atoms - 1
    low, after_low = _bound(column.cuts[first - 1]) if opens else (0.0, False)
    high, up_to_high = _bound(column.cuts[last]) if ends else (0.0, False)
    if not opens and not ends:
        return _("may be anything")
    if not opens:
        if up_to_high:
            return _("at most {number}").format(number=say(high))
        return _("below {number}").format(number=say(high))
    if not ends:
        if after_low:
            return _("above {number}").format(number=say(low))
        return _("at least {number}").format(number=say(low))
    if low == high:
        return _("is exactly {number}").format(number=say(low))
    return {
        (False, False): _("from {low} to below {high}"),
        (False, True): _("from {low} to {high}"),
        (True, False): _("above {low} and below {high}"),
        (True, True): _("above {low}, at most {high}"),
    }[after_low, up_to_high].format(low=say(low), high=say(high))
