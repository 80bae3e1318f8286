"""The signal `number`: a number, or an amount of Vietnamese money, read out of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.rulebook.model import Kind, Rulebook
from brightline.signals.money import may_hold_money, money_in
from brightline.signals.parameters import attribute_problems, one_of, value_problem, words
from brightline.signals.prices import Amount, plain_numbers
from brightline.signals.raw import labelled_texts
from brightline.signals.spec import Evidence, Reading, Request
from brightline.signals.text import normal, traced

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.signals.columns import Column

UNITS = ("vnd",)
TAKE = ("first", "min", "max")
_DIGIT = re.compile("[0-9]")

_Finder = Callable[[str], Iterator[Amount]]


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


class Number:
    """Reads a number out of one or several attributes."""

    name = "number"
    parameters = ("in", "unit", "take")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = attribute_problems(words(given.get("in")), request, rulebook, "in")
        found += value_problem("unit", given.get("unit"), UNITS, "")
        found += value_problem("take", given.get("take"), TAKE, TAKE[0])
        if request.kind.kind is not Kind.NUMBER:
            found.append(_("the signal number supplies a fact of kind number only"))
        return found

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> NumberReader:
        del rulebook  # amounts are read the same way under every rulebook
        return NumberReader(requests)


class NumberReader:
    """Answers all the `number` requests of one subject."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self._questions = [_Question(request) for request in requests]

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request; the evidence is the amount that was taken."""
        return [question.reading(attributes) for question in self._questions]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request. A text in plain ASCII without a digit costs nothing."""
        from brightline.signals.columns import of_values

        lists = {
            name: columns[name].to_pylist()
            for name in dict.fromkeys(n for q in self._questions for n in q.attributes)
            if name in columns
        }
        return [
            of_values(q.request.kind, [q.value(lists, row) for row in range(rows)])
            for q in self._questions
        ]


class _Question:
    """One request: where to look, what for, and which of several to take."""

    def __init__(self, request: Request) -> None:
        given = request.supply.parameters
        self.request = request
        self.attributes = tuple(dict.fromkeys(words(given.get("in"))))
        self.take = one_of(given.get("take"), TAKE, TAKE[0])
        self.unit = given.get("unit")
        self.find: _Finder = money_in if self.unit == "vnd" else plain_numbers
        self.worth = may_hold_money if self.unit == "vnd" else _has_digit

    def refused(self) -> str | None:
        """Why the request cannot be answered at all."""
        if self.request.kind.kind is not Kind.NUMBER:
            return _("the signal number supplies a fact of kind number only")
        wrong = value_problem("unit", self.unit, UNITS, "")
        return wrong[0] if wrong else None

    def reading(self, attributes: Mapping[str, object]) -> Reading:
        """The amount to take, with its place."""
        source = "number:" + "+".join(self.attributes)
        refused = self.refused()
        if refused is not None:
            return self.request.reading(None, source, reason=refused)
        best: tuple[float, Evidence] | None = None
        for name in self.attributes:
            for label, text in labelled_texts(name, attributes.get(name)):
                if not self.worth(text):
                    continue
                line, starts, ends = traced(text)
                amount = self._taken(self.find(line))
                if amount is None or not (best is None or self._better(amount.value, best[0])):
                    continue
                start, end = starts[amount.start], ends[amount.end - 1]
                best = amount.value, Evidence(label, start, end, text[start:end])
        if best is None:
            return self.request.reading(None, source)
        return self.request.reading(best[0], source, (best[1],))

    def value(self, lists: Mapping[str, list[object]], row: int) -> float | None:
        """The amount of one row, without its place."""
        if self._never:
            return None
        best: float | None = None
        for name in self.attributes:
            if name not in lists:
                continue
            for _label, text in labelled_texts(name, lists[name][row]):
                if not self.worth(text):
                    continue
                amount = self._taken(self.find(normal(text)))
                if amount is not None and (best is None or self._better(amount.value, best)):
                    best = amount.value
        return best

    @cached_property
    def _never(self) -> bool:
        return self.refused() is not None

    def _taken(self, found: Iterator[Amount]) -> Amount | None:
        """The amount to take of one text."""
        if self.take == "first":
            return next(found, None)
        pick = min if self.take == "min" else max
        return pick(found, key=lambda amount: amount.value, default=None)

    def _better(self, value: float, best: float) -> bool:
        """Whether an amount of a later text replaces the best so far."""
        if self.take == "first":
            return False
        return value < best if self.take == "min" else value > best
