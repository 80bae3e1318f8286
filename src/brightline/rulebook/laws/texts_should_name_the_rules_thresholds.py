"""A title that names another threshold than the rule makes people decide by the title."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from brightline.i18n import _
from brightline.rulebook.boxes import FactKey, boxes_of
from brightline.rulebook.laws.numbers import numbers_in, words_in
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Clause, Fact, Sop
from brightline.rulebook.problems import Problem
from brightline.rulebook.telling_tests import number_text
from brightline.rulebook.tests import Intervals, number_range


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        thresholds, other = _thresholds(at, sop, clause)
        if not thresholds:
            continue
        for language, text in clause.title.items():
            known = {*thresholds, *(value * 100 for value in thresholds), *other}
            named = [number for number in numbers_in(text, language) if number not in known]
            if named and not thresholds.intersection(words_in(text, language)):
                message = _("the title of {clause} names {numbers}, its conditions {thresholds}")
                yield at.at_clause(
                    "BL-517",
                    sop,
                    clause,
                    message.format(
                        clause=clause.id,
                        numbers=", ".join(f"{number:f}" for number in named),
                        thresholds=", ".join(f"{number:f}" for number in sorted(thresholds)),
                    ),
                    _("say the same in both"),
                    step=("title", language),
                )
                break


def _thresholds(at: Occasion, sop: Sop, clause: Clause) -> tuple[set[Decimal], set[Decimal]]:
    """The bounds that the conditions name, and the numbers in what the facts are called."""
    facts: dict[FactKey, Fact] = {(None, name): fact for name, fact in at.rulebook.facts.items()}
    facts |= {(sop.sop, name): fact for name, fact in sop.facts.items()}
    found: set[Decimal] = set()
    other: set[Decimal] = set()
    for box in boxes_of(clause.when, sop, facts):
        for key, values in box.items():
            if isinstance(values, Intervals):
                low, high = number_range(facts[key])
                inner = (bound for bound in values.bounds() if low < bound <= high)
                found |= {Decimal(number_text(_as_written(bound))) for bound in inner}
                other |= _in_words_of(facts[key])
    return found, other


def _in_words_of(fact: Fact) -> set[Decimal]:
    """The numbers in a fact's title and question: `in 7 days`."""
    texts = (fact.title or {}, fact.ask or {})
    return {n for text in texts for code, said in text.items() for n in numbers_in(said, code)}


def _as_written(bound: float) -> float:
    """A bound, where it is the double just after a shorter number: that number."""
    before = math.nextafter(bound, -math.inf)
    return before if len(number_text(before)) < len(number_text(bound)) else bound
