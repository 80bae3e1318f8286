"""Conditions as boxes: any-of lists, definitions and their negations written out.

A *box* maps facts to the values each may take; all must hold. A condition is a list of boxes of
which any may hold. Everything a clause can say is brought to that one form here, before atoms
and masks are made of it in `table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from brightline.i18n import _
from brightline.rulebook.model import Condition, Fact, Sop
from brightline.rulebook.tests import (
    Intervals,
    TestError,
    Values,
    number_range,
    option_ids,
    parse_test,
)

FactKey = tuple[str | None, str]
"""A fact's place: the SOP that declares it (None: shared by all), and its name there."""
Box = Mapping[FactKey, Values]
Facts = Mapping[FactKey, Fact]

MOST_BOXES = 2048
"""More boxes than this in one condition are refused: no person could have meant them."""


def key_of(name: str, sop: str | None, facts: Facts) -> FactKey:
    """What a bare name in an SOP means: its own fact, else a shared one. Raises `KeyError`."""
    own = (sop, name)
    if own in facts:
        return own
    if (None, name) in facts:
        return (None, name)
    raise KeyError(name)


def boxes_of(
    conditions: Sequence[Condition],
    sop: Sop | None,
    facts: Facts,
    _open: tuple[str, ...] = (),
) -> list[Box]:
    """The boxes of a condition (a list of mappings of which any may hold).

    An empty list is one box that everything meets. Raises `TestError` on an unreadable test, a
    circle of definitions or more than `MOST_BOXES` boxes; `KeyError` on a name that is no fact.
    """
    if not conditions:
        return [{}]
    return absorb(
        box for condition in conditions for box in _boxes_of_one(condition, sop, facts, _open)
    )


def _boxes_of_one(
    condition: Condition, sop: Sop | None, facts: Facts, open_: tuple[str, ...]
) -> list[Box]:
    found: list[Box] = [{}]
    for name, raw in condition.items():
        if name in ("is", "is_not"):
            terms = raw if isinstance(raw, (list, tuple)) else [raw]
            meant = absorb(box for term in terms for box in _definition(term, sop, facts, open_))
            found = both(found, meant if name == "is" else none_of(meant, facts))
        else:
            key = key_of(name, sop.sop if sop else None, facts)
            found = both(found, [{key: parse_test(facts[key], raw)}])
    return found


def _definition(term: object, sop: Sop | None, facts: Facts, open_: tuple[str, ...]) -> list[Box]:
    if sop is None or not isinstance(term, str) or term not in sop.definitions:
        raise TestError(_("no definition named {name}").format(name=term))
    if term in open_:
        circle = " → ".join((*open_[open_.index(term) :], term))
        raise TestError(_("definitions go in a circle: {circle}").format(circle=circle))
    return boxes_of(sop.definitions[term], sop, facts, (*open_, term))


def both(left: Sequence[Box], right: Sequence[Box]) -> list[Box]:
    """The boxes where one of `left` and one of `right` hold."""
    return absorb(
        merged for a in left for b in right if (merged := intersect_boxes(a, b)) is not None
    )


def intersect_boxes(a: Box, b: Box) -> Box | None:
    """The box where both hold, or None where that is nowhere."""
    merged = dict(a)
    for key, values in b.items():
        if key in merged:
            values = intersect(merged[key], values)
            if not values:
                return None
        merged[key] = values
    return merged


def none_of(boxes: Sequence[Box], facts: Facts) -> list[Box]:
    """The boxes where none of `boxes` holds."""
    left: list[Box] = [{}]
    for box in boxes:
        outside: list[Box] = [
            {key: rest} for key, values in box.items() if (rest := invert(facts[key], values))
        ]
        left = both(left, outside)
    return left


def intersect(a: Values, b: Values) -> Values:
    """Values in both sets (of one fact)."""
    if isinstance(a, Intervals):
        assert isinstance(b, Intervals)
        return a.intersection(b)
    assert not isinstance(b, Intervals)
    return a & b


def invert(fact: Fact, values: Values) -> Values:
    """Values of the fact that are not in the set."""
    if isinstance(values, Intervals):
        return values.complement().within(*number_range(fact))
    return frozenset(option_ids(fact)) - values


def _subset(a: Values, b: Values) -> bool:
    return intersect(a, b) == a


def absorb(boxes: Iterable[Box]) -> list[Box]:
    """The boxes without those that lie inside another one, in their first order."""
    kept: list[Box] = []
    for box in boxes:
        if any(_inside(box, other) for other in kept):
            continue
        kept = [other for other in kept if not _inside(other, box)]
        kept.append(box)
        if len(kept) > MOST_BOXES:
            raise TestError(
                _("this condition unfolds into more than {count} cases").format(count=MOST_BOXES),
                _("negated definitions multiply: name the plain case instead"),
            )
    return kept


def _inside(box: Box, other: Box) -> bool:
    return other.keys() <= box.keys() and all(  # the keys alone settle nearly every pair
        _subset(box[key], values) for key, values in other.items()
    )
