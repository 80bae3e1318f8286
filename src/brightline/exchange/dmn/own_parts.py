"""A decision of our own DMN between its XML and its nodes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from brightline.exchange import yaml_text
from brightline.exchange.dmn import feel
from brightline.exchange.dmn.xml_tree import Element
from brightline.exchange.faults import DMN_PART, Faults
from brightline.exchange.nodes import Place, put
from brightline.i18n import _
from brightline.rulebook.nodes import Mapping, shortened


@dataclass
class OwnClause:
    """A clause as the file has it: its own words, and the rows that carry its id."""

    node: Mapping
    line: int
    rules: list[Element] = field(default_factory=list)
    written: bool = False
    """Whether our own words on when it holds are there."""


@dataclass
class OwnSop:
    """A decision of the file."""

    node: Mapping
    table: Element
    facts: list[str]
    clauses: dict[str, OwnClause]
    order: list[str]


def _conditions(sop: OwnSop, clause: str, name: str, faults: Faults) -> list[dict[str, object]]:
    """The rows of a clause as conditions."""
    found: list[dict[str, object]] = []
    rules = sop.table.all("rule")
    for rule in sop.clauses[clause].rules:
        one: dict[str, object] = {}
        for fact, entry in zip(sop.facts, rule.all("inputEntry"), strict=True):
            try:
                unary = feel.parsed(entry_text(entry))
            except feel.NotCarried as error:
                message = _("table {name}, rule {number}, column {column}: {what} has no place "
                            "in a rulebook: {text}")  # fmt: skip
                faults.line(DMN_PART, entry.line, message.format(
                    name=name, number=rules.index(rule) + 1, column=fact, what=error.what,
                    text=shortened(entry_text(entry))))  # fmt: skip
                continue
            if not unary.any:
                one[fact] = feel.as_test(unary)
        found.append(one)
    return found


def write_when(sop: OwnSop, clause: str, name: str, faults: Faults) -> None:
    """Puts what the rows of a clause say in place of its own words."""
    part = sop.clauses[clause]
    conditions = _conditions(sop, clause, name, faults)
    for word in ("when", "otherwise"):
        part.node.entries.pop(word, None)
    place = Place(part.line)
    if any(not one for one in conditions):
        if not _last(sop, clause):
            faults.line(
                DMN_PART,
                part.rules[-1].line,
                _(
                    "table {name}: {clause} holds for every case, so other clauses never count"
                ).format(name=name, clause=shortened(clause)),
                _("move it to the end, or give it a test"),
            )
        put(part.node, "otherwise", place.scalar("yes"))
        return
    node, _document = place.parsed(yaml_text.flow(conditions))
    if node is not None:
        put(part.node, "when", node)


def _last(sop: OwnSop, clause: str) -> bool:
    """Whether a clause is what is left when no other one holds."""
    order = list(sop.clauses)
    if sop.table.get("hitPolicy") == "PRIORITY":
        for output in sop.table.all("output"):
            values = output.first("outputValues")
            if output.get("name") == "clause" and values is not None:
                with suppress(feel.NotCarried):
                    order = [str(one) for one in feel.parsed(entry_text(values)).items]
    return order[-1:] == [clause]


def entry_text(element: Element) -> str:
    """The text of a cell."""
    found = element.first("text")
    return found.text.strip() if found is not None else ""


def alike(text: str) -> object:
    """A cell so that two ways to write one test are alike; None where anything passes."""
    try:
        unary = feel.parsed(text)
    except feel.NotCarried:
        return text
    return None if unary.any else (unary.negated, frozenset(unary.items))
