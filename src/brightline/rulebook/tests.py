"""Unary tests: what a clause asks of one fact, as a set of values.

The meaning is that of DMN's S-FEEL unary tests. A test on a `yes_no` or `choice` fact is a set of
options; a test on a `number` is a union of intervals. Number intervals are kept half-open,
`[low, high)`, over IEEE doubles: `> t` starts at the double just above `t`, so every bound is one
number and every engine (bisect, NumPy, SQL) reads it alike.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Fact, Kind, Option

LIMIT = float(2**53)
"""Numbers beyond ±2^53 are refused: up to there doubles and integers agree exactly."""

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"
_COMPARISON = re.compile(rf"^\s*(<=|>=|<|>|=)\s*({_NUMBER})\s*$")
_RANGE = re.compile(rf"^\s*([\[\(\]]?)\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*([\]\)\[]?)\s*$")
_GROUPED = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d)")
_PLAIN = re.compile(rf"^\s*{_NUMBER}\s*$")


class TestError(ValueError):
    """A unary test that cannot be read. `message` says what is wrong, `hint` how to mend it."""

    __test__ = False  # not a pytest class

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Intervals:
    """A set of numbers: disjoint, ascending, half-open intervals `[low, high)`."""

    parts: tuple[tuple[float, float], ...]

    def __contains__(self, value: float) -> bool:
        return any(low <= value < high for low, high in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def union(self, other: Intervals) -> Intervals:
        """Numbers in either set."""
        merged: list[tuple[float, float]] = []
        for low, high in sorted(self.parts + other.parts):
            if merged and low <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        return Intervals(tuple(merged))

    def intersection(self, other: Intervals) -> Intervals:
        """Numbers in both sets."""
        pairs = ((max(a, c), min(b, d)) for a, b in self.parts for c, d in other.parts)
        return Intervals(tuple(sorted((low, high) for low, high in pairs if low < high)))

    def complement(self) -> Intervals:
        """Numbers not in the set."""
        parts, start = [], -math.inf
        for low, high in self.parts:
            if start < low:
                parts.append((start, low))
            start = high
        if start < math.inf:
            parts.append((start, math.inf))
        return Intervals(tuple(parts))

    def within(self, low: float, high: float) -> Intervals:
        """The part inside the closed range `low … high`."""
        end = math.nextafter(high, math.inf)
        clipped = ((max(a, low), min(b, end)) for a, b in self.parts)
        return Intervals(tuple((a, b) for a, b in clipped if a < b))

    def bounds(self) -> Iterator[float]:
        """Every finite bound: where membership changes."""
        for low, high in self.parts:
            if low > -math.inf:
                yield low
            if high < math.inf:
                yield high


Values = frozenset[str] | Intervals
"""What passes a test: option ids, or a set of numbers."""


def tree(options: Mapping[str, Option]) -> Iterator[tuple[str, Option, tuple[str, ...]]]:
    """Every node of an option tree in file order: id, option, ids of the nodes above it."""
    stack: list[tuple[str, Option, tuple[str, ...]]] = []
    stack.extend((name, option, ()) for name, option in reversed(tuple(options.items())))
    while stack:
        name, option, above = stack.pop()
        yield name, option, above
        below = (*above, name)
        stack.extend((n, o, below) for n, o in reversed(tuple(option.options.items())))


def option_ids(fact: Fact) -> tuple[str, ...]:
    """The values of a `yes_no` or `choice` fact, in file order."""
    if fact.kind is Kind.YES_NO:
        return (YES, NO)
    return tuple(name for name, _option, _above in tree(fact.options))


def number_range(fact: Fact) -> tuple[float, float]:
    """The closed range of a `number` fact."""
    low = -LIMIT if fact.min is None else max(fact.min, -LIMIT)
    return low, LIMIT if fact.max is None else min(fact.max, LIMIT)


def parse_test(fact: Fact, raw: object) -> Values:
    """A unary test as written, as the set of values that pass it.

    Raises `TestError` where the test is misspelt, names no option, is reversed, or can never be
    passed within the fact's range.
    """
    if fact.kind is Kind.NUMBER:
        low, high = number_range(fact)
        passing = _number(raw).within(low, high)
        if not passing:
            raise TestError(
                _("no value from {low} to {high} passes {test}").format(
                    low=f"{low:g}", high=f"{high:g}", test=raw
                ),
                _("check the range or the fact's min and max"),
            )
        return passing
    return _options(fact, raw)


def _options(fact: Fact, raw: object) -> frozenset[str]:
    every = option_ids(fact)
    if isinstance(raw, bool):
        raw = YES if raw else NO
    if isinstance(raw, str):
        if raw in every:
            return frozenset((raw,))
        raise TestError(_("no option named {name}").format(name=raw), did_you_mean(raw, every))
    if isinstance(raw, (list, tuple)):
        if not raw:
            raise TestError(_("an empty list passes nothing"))
        return frozenset().union(*(_options(fact, item) for item in raw))
    if isinstance(raw, Mapping) and len(raw) == 1:
        ((word, inner),) = raw.items()
        if word == "not":
            rest = frozenset(every) - _options(fact, inner)
            if not rest:
                raise TestError(_("no option is left that passes this test"))
            return rest
        if word == "under":
            return frozenset().union(*(_below(fact, node) for node in _each(inner)))
        raise TestError(
            _("{word} is no test").format(word=word), _("a mapping here is {not: …} or {under: …}")
        )
    raise TestError(
        _("this is no test on the options of a fact"),
        _("write an option, a list of options, {not: …} or {under: …}"),
    )


def _each(raw: object) -> Iterable[object]:
    return raw if isinstance(raw, (list, tuple)) else (raw,)


def _below(fact: Fact, node: object) -> frozenset[str]:
    if not isinstance(node, str):
        raise TestError(_("under: takes the name of an option"))
    found = frozenset(name for name, _o, above in tree(fact.options) if node in (*above, name))
    if not found:
        raise TestError(
            _("no option named {name}").format(name=node), did_you_mean(node, option_ids(fact))
        )
    return found


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the name that comes closest, else the names there are."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return _("did you mean {name}?").format(name=close[0])
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return _("the options are: {names}").format(names=shown)


def _number(raw: object) -> Intervals:
    if isinstance(raw, bool):
        raise TestError(_("this fact is a number; yes and no are no test on it"))
    if isinstance(raw, (int, float)):
        return _point(_finite(raw))
    if isinstance(raw, (list, tuple)):
        if not raw:
            raise TestError(_("an empty list passes nothing"))
        passing = Intervals(())
        for item in raw:
            passing = passing.union(_number(item))
        return passing
    if isinstance(raw, Mapping) and set(raw) == {"not"}:
        return _number(raw["not"]).complement()
    if isinstance(raw, str):
        return _written(raw)
    raise TestError(_("this is no test on a number"), _('write "< 3", ">= 18", "1..5" or "(0..1]"'))


def _written(text: str) -> Intervals:
    if _GROUPED.search(text):
        raise TestError(
            _("{text} may mean two numbers").format(text=text),
            _("write numbers without grouping: 100000, or 100.0 for a hundred"),
        )
    if _PLAIN.match(text):
        return _point(_finite(float(text)))
    if comparison := _COMPARISON.match(text):
        sign, value = comparison[1], _finite(float(comparison[2]))
        after = math.nextafter(value, math.inf)
        return {
            "<": Intervals(((-math.inf, value),)),
            "<=": Intervals(((-math.inf, after),)),
            ">": Intervals(((after, math.inf),)),
            ">=": Intervals(((value, math.inf),)),
            "=": _point(value),
        }[sign]
    if bounds := _RANGE.match(text):
        opening, low, high, closing = bounds.groups()
        start, end = _finite(float(low)), _finite(float(high))
        if bool(opening) != bool(closing):
            raise TestError(_("a range has both brackets or none"), _("write 1..5 or (0..1]"))
        if start > end:
            raise TestError(
                _("the range {text} runs backwards").format(text=text),
                _("write {low}..{high}").format(low=high, high=low),
            )
        if opening in ("(", "]"):
            start = math.nextafter(start, math.inf)
        if closing not in (")", "["):
            end = math.nextafter(end, math.inf)
        if start >= end:
            raise TestError(_("no number lies in {text}").format(text=text))
        return Intervals(((start, end),))
    raise TestError(
        _("{text} is no test on a number").format(text=text),
        _('write "< 3", ">= 18", "1..5" or "(0..1]"'),
    )


def _point(value: float) -> Intervals:
    return Intervals(((value, math.nextafter(value, math.inf)),))


def _finite(value: float) -> float:
    if isinstance(value, int) and abs(value) > LIMIT:
        raise TestError(_("this number is too large"))
    if not math.isfinite(value) or abs(value) > LIMIT:
        raise TestError(_("this number is too large"))
    return float(value)
