"""The signal `price_level`: a price beside those of its brand and category."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.converting import number_of_money
from brightline.signals.money import may_hold_money, money_in
from brightline.signals.options import quoted
from brightline.signals.parameters import attribute_problems, value_problem, words
from brightline.signals.price_level.groups import Group, Groups, group_of, read_groups
from brightline.signals.price_level.judging import (
    LEAST_LISTINGS,
    Verdict,
    bait,
    price_ratio,
    too_cheap,
)
from brightline.signals.price_level.reference import LARGEST
from brightline.signals.raw import labelled_texts
from brightline.signals.spec import Evidence, Reading, Request
from brightline.signals.tables import UnusableTable, rows_missing, table_problems
from brightline.signals.text import normal

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.signals.columns import Column

RATIO, TOO_CHEAP, BAIT = "ratio", "too_cheap", "bait"
FINDS = (RATIO, TOO_CHEAP, BAIT)
LONGEST_TITLE = 2_000


class PriceLevel:
    """Holds a price against the table of prices that `brightline prices` keeps."""

    name = "price_level"
    parameters = ("table", "finds", "price", "category", "brand", "in", "least", "absent")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = value_problem("finds", given.get("finds"), FINDS, None)
        found += value_problem("absent", given.get("absent"), ("unknown", NO), "unknown")
        found += table_problems(given.get("table"), rulebook)
        for parameter in ("price", "category", *(("brand",) if _needs_brand(request) else ())):
            found += attribute_problems(words(given.get(parameter)), request, rulebook, parameter)
        if given.get("in") is not None:
            found += attribute_problems(words(given.get("in")), request, rulebook, "in")
        if _least(request) is None:
            found.append(
                _("least cannot be {value}; it is a number of listings, 1 or more").format(
                    value=quoted(given.get("least"))
                )
            )
        wanted = Kind.NUMBER if given.get("finds") == RATIO else Kind.YES_NO
        if request.kind.kind is not wanted:
            found.append(
                _("finds: {finds} supplies a fact of kind {kind} only").format(
                    finds=given.get("finds"), kind=wanted
                )
            )
        table = rulebook.data.get(str(given.get("table")))
        if table is not None:
            try:
                read_groups(table)
            except UnusableTable as error:
                found += error.faults
        return found

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> PriceLevelReader:
        return PriceLevelReader([_Question(request, rulebook) for request in requests])


class PriceLevelReader:
    """Answers all the `price_level` requests of one subject."""

    def __init__(self, questions: Sequence[_Question]) -> None:
        self._questions = questions

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request; its reason says what the price was held against."""
        return [question.reading(attributes) for question in self._questions]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: the values of `read`, without reasons."""
        from brightline.signals.columns import of_values, unknown

        answering = [question for question in self._questions if not question.refused]
        wanted = {name for question in answering for name in question.attributes}
        lists = {name: columns[name].to_pylist() for name in wanted if name in columns}
        return [
            unknown(question.request.kind, rows)
            if question.refused
            else of_values(question.request.kind, question.values_of(lists, rows))
            for question in self._questions
        ]


class _Question:
    """One request: which table, which attributes, what to find."""

    def __init__(self, request: Request, rulebook: Rulebook) -> None:
        given = request.supply.parameters
        self.request = request
        self.finds = given.get("finds")
        self.least = _least(request)
        self.price, self.category, self.brand = (
            next(iter(words(given.get(name))), "") for name in ("price", "category", "brand")
        )
        self.texts = tuple(dict.fromkeys(words(given.get("in"))))
        self.absent = NO if given.get("absent") == NO else None
        name = str(given.get("table"))
        self.table = rulebook.data.get(name)
        self.groups, self.refused = Groups(), ""
        if self.finds not in FINDS or self.least is None:
            self.refused = _("what is asked of it cannot be answered: see brightline check")
        elif self.table is None:
            self.refused = rows_missing(name)
        else:
            try:
                self.groups = read_groups(self.table)
            except UnusableTable as error:
                self.refused = str(error)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute it looks at."""
        return tuple(n for n in (self.price, self.category, self.brand, *self.texts) if n)

    def reading(self, attributes: Mapping[str, object]) -> Reading:
        """The value, what it was held against, and the price where that came as text."""
        value, say = self.value(attributes)
        told = say() if say else ""
        source = f"price_level:{self.finds}"
        if self.table is not None:
            source += f"@{self.table.dated}"
        evidence: tuple[Evidence, ...] = ()
        raw = attributes.get(self.price)
        if isinstance(raw, str) and value not in (None, NO):
            evidence = (Evidence(self.price, 0, len(raw), raw),)
        return self.request.reading(value, source, evidence, told or None)

    def values_of(
        self, lists: Mapping[str, Sequence[object]], rows: int
    ) -> list[str | float | None]:
        """The values of `reading`, row by row."""
        mine = {name: lists[name] for name in self.attributes if name in lists}
        return [
            self.value({name: values[row] for name, values in mine.items()})[0]
            for row in range(rows)
        ]

    def value(
        self, attributes: Mapping[str, object]
    ) -> tuple[str | float | None, Callable[[], str] | None]:
        """The fact's value, and what says in words what it rests on or why there is none."""
        if self.refused:
            return None, lambda: self.refused
        price, wrong = number_of_money(attributes.get(self.price))
        if not isinstance(price, (int, float)) or not 1 <= price <= LARGEST:
            return None, lambda: wrong or _("no price is given")
        group = group_of(attributes.get(self.category), attributes.get(self.brand))
        if group is None:
            return None, lambda: _("no category is given")
        if self.finds != BAIT and not group.brand:
            return None, lambda: _("no brand is given")
        found = self._found(price, group, attributes)
        if isinstance(found.value, bool):
            return (YES if found.value else self.absent), found.told
        return found.value, found.told

    def _found(self, price: float, group: Group, attributes: Mapping[str, object]) -> Verdict:
        least = self.least or LEAST_LISTINGS
        if self.finds == RATIO:
            return price_ratio(price, group, self.groups, least)
        if self.finds == TOO_CHEAP:
            return too_cheap(price, group, self.groups, least)
        named = (
            amount.value
            for name in self.texts
            for _label, text in labelled_texts(name, attributes.get(name))
            if may_hold_money(text)
            for amount in money_in(normal(text[:LONGEST_TITLE]))
        )
        return bait(price, group, self.groups, least, named)


def _needs_brand(request: Request) -> bool:
    return request.supply.parameters.get("finds") in (RATIO, TOO_CHEAP)


def _least(request: Request) -> float | None:
    """How many listings a group must have; None where that cannot be."""
    given = request.supply.parameters.get("least", LEAST_LISTINGS)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 1 <= given <= 1e9:
        return None
    return float(given)
