"""Clauses and examples: each clause has one reason to hold, each example a clause to meet."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping

from brightline.i18n import _
from brightline.rulebook.model import CANNOT_TELL, YES, Fact, Kind
from brightline.rulebook.nodes import (
    Broken,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    entries,
    find,
    handle,
    items,
    shortened,
    text_of,
)
from brightline.rulebook.reading.conditions import Scope
from brightline.rulebook.reading.facts import report_no_option
from brightline.rulebook.reading.shape import did_you_mean
from brightline.rulebook.tests import number_range, option_ids


def check_clauses(document: Document) -> None:
    """`when` or `otherwise`, never both or neither, and `otherwise` once at most."""
    node = find(document.root, ("clauses",))
    if isinstance(node, Sequence) and not node.items:
        message = _("this SOP has no clauses")
        document.report("BL-354", node.key or node, message, _("write at least one"))
    last: Node | None = None
    for clause in items(node):
        if not isinstance(clause, Mapping):
            continue
        when, otherwise = clause.get("when"), clause.get("otherwise")
        if text_of(otherwise) == YES:
            assert otherwise is not None
            if when is not None:
                document.report(
                    "BL-352",
                    when.key,
                    _("a clause with otherwise has no when"),
                    _("delete when, or delete otherwise"),
                )
            if last is not None:
                document.report(
                    "BL-351",
                    otherwise.key,
                    _("otherwise stands twice in this SOP; the first is in line {line}").format(
                        line=last.line
                    ),
                    _("give one of the two clauses a when"),
                )
            last = last or otherwise
        elif when is None and not isinstance(otherwise, Broken):
            document.report(
                "BL-353",
                handle(clause),
                _("this clause says neither when nor otherwise"),
                _("add when: with its condition, or otherwise: yes"),
            )
        elif when is not None:
            check_not_empty(document, when)
    for definition in entries(find(document.root, ("definitions",))).values():
        check_not_empty(document, definition)


def check_not_empty(document: Document, node: Node) -> None:
    """A condition without a test would hold for every case: nobody means that."""
    empty = isinstance(node, Sequence) and not node.items
    if empty or any(isinstance(one, Mapping) and not one.entries for one in items(node)):
        document.report(
            "BL-355",
            node.key or node,
            _("this condition is empty and would hold for every case"),
            _("name at least one fact; for all other cases write otherwise: yes"),
        )


def check_examples(
    document: Document, scope: Scope, others: AnyMapping[str, AnyMapping[str, Fact | None]]
) -> None:
    """Facts and values of the examples exist, and so does the clause each must meet.

    `others` holds the facts of every SOP: an example may name one as `sop.fact`.
    """
    clauses = [text_of(find(one, ("id",))) for one in items(find(document.root, ("clauses",)))]
    known = dict.fromkeys([*(name for name in clauses if name is not None), CANNOT_TELL])
    for example in items(find(document.root, ("examples",))):
        expect = find(example, ("expect",))
        if isinstance(expect, Scalar) and expect.text not in known:
            document.report(
                "BL-310",
                expect,
                _("this SOP has no clause {name}").format(name=shortened(expect.text)),
                did_you_mean(expect.text, known),
            )
        for name, node in entries(find(example, ("facts",))).items():
            sop, dot, bare = name.rpartition(".")
            facts = others.get(sop, {}) if dot else scope.facts
            if bare not in facts:
                assert node.key is not None
                scope.report_fact(node.key)
            elif isinstance(node, Scalar) and (fact := facts[bare]) is not None:
                check_value(document, fact, node)


def check_value(document: Document, fact: Fact, node: Scalar) -> None:
    """Reports a value that the fact cannot have."""
    value = node.resolved()
    if value == CANNOT_TELL:
        return
    if fact.kind is not Kind.NUMBER:
        if node.text not in option_ids(fact):
            report_no_option(document, node, option_ids(fact))
        return
    low, high = number_range(fact)
    if isinstance(value, str):
        message = _("{value} is no number").format(value=shortened(value))
        document.report("BL-311", node, message, _("write digits only, without a unit"))
    elif not low <= value <= high:
        message = _("{value} lies outside the fact's range, {low} to {high}").format(
            value=shortened(node.text), low=f"{low:g}", high=f"{high:g}"
        )
        document.report("BL-311", node, message, _("mend the value, or the fact's min and max"))
