"""Rows of foreign tables as conditions; a decision that others require becomes definitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from brightline.exchange import yaml_text
from brightline.exchange.dmn import feel
from brightline.exchange.dmn.columns import Facts
from brightline.exchange.dmn.foreign import Column, Rule, Table
from brightline.exchange.dmn.ids import id_of
from brightline.exchange.faults import DMN_PART, Faults
from brightline.i18n import _
from brightline.rulebook.nodes import shortened

Condition = dict[str, Any]


@dataclass
class Conditions:
    """Makes the conditions of one draft SOP, and the definitions that they use."""

    by_id: dict[str, Table]
    facts: Facts
    faults: Faults
    definitions: dict[str, list[Condition]] = field(default_factory=dict)
    _values: dict[str, dict[feel.Literal, str]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def of(self, table: Table, rule: Rule) -> Condition:
        """A row as a condition; empty where it holds for every case."""
        made: Condition = {}
        held: list[list[str]] = []
        barred: list[str] = []
        for column, unary in zip(table.inputs, rule.tests, strict=True):
            if unary.any:
                continue
            required = self._required(table, column)
            if required is not None:
                self._on_decision(table, rule, column, required, unary, held, barred)
                continue
            fact = self.facts.of(column, table)
            if fact is None:
                continue
            if fact.id in made:
                self._refuse(rule.line, _("table {name}: {column} is an input twice").format(
                    name=shortened(table.name), column=shortened(column.name)))  # fmt: skip
            made[fact.id] = feel.as_test(unary, fact.options if fact.kind == "choice" else None)
        if len(held) > 1:
            for group in held:
                name = id_of("not_" + "_or_".join(group), self.definitions)
                self.definitions[name] = [{"is_not": group}]
                barred.append(name)
            held = []
        if held:
            made["is"] = held[0][0] if len(held[0]) == 1 else held[0]
        if barred:
            made["is_not"] = barred[0] if len(barred) == 1 else barred
        return made

    def _refuse(self, line: int, message: str, hint: str | None = None) -> None:
        self.faults.line(DMN_PART, line, message, hint)

    def _required(self, table: Table, column: Column) -> Table | None:
        for needed in table.needs:
            other = self.by_id.get(needed)
            if other is not None and column.name in (other.id, other.name, other.outputs[0].name):
                return other
        return None

    def _on_decision(
        self,
        table: Table,
        rule: Rule,
        column: Column,
        required: Table,
        unary: feel.Unary,
        held: list[list[str]],
        barred: list[str],
    ) -> None:
        """A test on what another decision gives."""
        values = self._definitions_of(required)
        names = [name for value, name in values.items() if _passes(value, unary)]
        if unary.negated:
            barred += names
        elif names:
            held.append(names)
        else:
            self._refuse(
                rule.line,
                _("table {name}, rule {number}, column {column}: {required} never gives this value")
                .format(name=shortened(table.name), number=rule.number,
                        column=shortened(column.name), required=shortened(required.name)),
                _("correct the value, or delete the rule"),
            )  # fmt: skip

    def _definitions_of(self, table: Table) -> dict[feel.Literal, str]:
        """For each value that a decision gives, the definition of the cases in which it does."""
        if table.id in self._values:
            return self._values[table.id]
        problem = None
        if table.id in self._open:
            problem = _("the decisions require each other in a circle")
        elif len(table.outputs) != 1:
            problem = _("another decision requires it, and it has several outputs")
        elif table.hit == "PRIORITY":
            problem = _("another decision requires it, and its hit policy is PRIORITY")
        if problem is not None:
            self._refuse(
                table.line, f"{_('decision {decision}').format(decision=table.name)}: {problem}"
            )
            return {}
        self._open.append(table.id)
        values = self._defined(table)
        self._open.pop()
        self._values[table.id] = values
        return values

    def _defined(self, table: Table) -> dict[feel.Literal, str]:
        first = table.hit in ("FIRST", "ANY")
        conditions = [self.of(table, rule) for rule in table.rules]
        rows: list[tuple[feel.Literal, Condition, int]] = []
        for number, (rule, condition) in enumerate(zip(table.rules, conditions, strict=True)):
            value = rule.outputs[0]
            if value is None:
                self._refuse(rule.line, _("table {name}, rule {number}: it has no output").format(
                    name=shortened(table.name), number=rule.number))  # fmt: skip
                continue
            rows.append((value, condition, number))
        if table.default and table.default[0] is not None:
            rows.append((table.default[0], {}, -1))
        single: dict[int, str] = {}

        def row_name(place: int) -> str:
            if place not in single:
                _value, condition, number = rows[place]
                single[place] = id_of(f"{table.name}_rule_{number + 1}", self.definitions)
                self.definitions[single[place]] = [condition]
            return single[place]

        found: dict[feel.Literal, list[Condition]] = {}
        for place, (value, condition, number) in enumerate(rows):
            before = range(place) if first or number < 0 else ()
            earlier = [row_name(p) for p in before if rows[p][0] != value or number < 0]
            whole = dict(condition)
            if earlier:
                known = whole.get("is_not", [])
                whole["is_not"] = [*([known] if isinstance(known, str) else known), *earlier]
            if not whole:
                self._refuse(table.line, _("table {name}, rule {number}: it holds for every case")
                             .format(name=shortened(table.name), number=number + 1))  # fmt: skip
                continue
            found.setdefault(value, []).append(whole)
            if first and not condition:
                break
        names = {}
        for value, whole_rows in found.items():
            names[value] = id_of(f"{table.name}_{_said(value)}", self.definitions)
            self.definitions[names[value]] = whole_rows
        return names


def _said(value: feel.Literal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return yaml_text.number(value) if isinstance(value, float) else value


def _passes(value: feel.Literal, unary: feel.Unary) -> bool:
    """Whether a value passes one of the tests, before they are negated."""
    from brightline.rulebook.model import Fact, Kind
    from brightline.rulebook.tests import Intervals, parse_test

    for item in unary.items:
        if isinstance(item, tuple):
            values = parse_test(Fact(kind=Kind.NUMBER), item[1])
            if isinstance(value, float) and isinstance(values, Intervals) and value in values:
                return True
        elif type(item) is type(value) and item == value:
            return True
    return False
