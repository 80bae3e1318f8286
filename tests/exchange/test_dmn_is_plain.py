"""Any DMN tool can read the tables: they are valid DMN, and decide as the rulebook does."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from brightline.exchange.dmn.tables import names_of
from brightline.exchange.dmn.writing import to_dmn
from brightline.rulebook.columns import fact_names
from brightline.rulebook.model import Kind
from tests.examples import some
from tests.exchange.making import cases, verdicts, wordy
from tests.exchange.plain_dmn import SPACE, decide

CHILDREN = {
    "definitions": ["description", "extensionElements", "import*", "itemDefinition*",
                    "inputData|decision*", "DMNDI"],
    "inputData": ["description", "extensionElements", "variable"],
    "variable": ["description", "extensionElements"],
    "decision": ["description", "extensionElements", "question", "allowedAnswers", "variable",
                 "informationRequirement*", "knowledgeRequirement*", "decisionTable"],
    "informationRequirement": ["description", "extensionElements",
                               "requiredDecision|requiredInput"],
    "requiredInput": [],
    "decisionTable": ["description", "extensionElements", "input*", "output*", "annotation*",
                      "rule*"],
    "input": ["description", "extensionElements", "inputExpression", "inputValues"],
    "inputExpression": ["description", "extensionElements", "text"],
    "inputValues": ["description", "extensionElements", "text"],
    "output": ["description", "extensionElements", "outputValues", "defaultOutputEntry"],
    "outputValues": ["description", "extensionElements", "text"],
    "rule": ["description", "extensionElements", "inputEntry*", "outputEntry*", "annotationEntry*"],
    "inputEntry": ["description", "extensionElements", "text"],
    "outputEntry": ["description", "extensionElements", "text"],
    "text": [], "description": [], "extensionElements": [],
}  # fmt: skip
"""The order in which DMN 1.3 (formal/21-02-01, its XML schema) has the children of an element."""
ATTRIBUTES = {
    "definitions": {"id", "name", "namespace", "label"},
    "inputData": {"id", "name", "label"}, "variable": {"id", "name", "label", "typeRef"},
    "decision": {"id", "name", "label"}, "informationRequirement": {"id", "label"},
    "requiredInput": {"href"},
    "decisionTable": {"id", "label", "hitPolicy", "aggregation", "outputLabel", "typeRef",
                      "preferredOrientation"},
    "input": {"id", "label"}, "output": {"id", "label", "name", "typeRef"},
    "inputExpression": {"id", "label", "typeRef", "expressionLanguage"},
    "rule": {"id", "label"}, "inputEntry": {"id", "label", "expressionLanguage"},
    "outputEntry": {"id", "label", "typeRef", "expressionLanguage"},
}  # fmt: skip
REQUIRED = {"definitions": {"name", "namespace"}, "inputData": {"name"}, "decision": {"name"}}


def assert_valid(root: ET.Element) -> None:
    """Element order, attributes, ids that are unique XML names, references that lead somewhere."""
    seen: list[str] = []
    for element in root.iter():
        if not element.tag.startswith(SPACE):
            assert "}" in element.tag
            continue
        name = element.tag.removeprefix(SPACE)
        given = set(element.attrib)
        assert given <= ATTRIBUTES.get(name, set()), (name, given)
        assert REQUIRED.get(name, set()) <= given
        if "id" in given:
            assert re.fullmatch(r"[A-Za-z_][\w.-]*", element.get("id"))
            seen.append(element.get("id"))
        if name == "extensionElements":
            assert all(not child.tag.startswith(SPACE) for child in element)
            continue
        left = list(CHILDREN[name])
        for child in element:
            tag = child.tag.removeprefix(SPACE)
            while left and tag not in left[0].rstrip("*").split("|"):
                left.pop(0)
            assert left, f"{tag} has no place in {name}, or not there"
            if not left[0].endswith("*"):
                left.pop(0)
    assert len(seen) == len(set(seen))
    for required in root.iter(f"{SPACE}requiredInput"):
        assert required.get("href").removeprefix("#") in seen
    for table in root.iter(f"{SPACE}decisionTable"):
        inputs, outputs = len(table.findall(f"{SPACE}input")), len(table.findall(f"{SPACE}output"))
        assert outputs
        for rule in table.findall(f"{SPACE}rule"):
            assert len(rule.findall(f"{SPACE}inputEntry")) == inputs
            assert len(rule.findall(f"{SPACE}outputEntry")) == outputs


def test_the_vietnam_rulebook_is_valid_dmn(vietnam):
    assert_valid(ET.fromstring(to_dmn(vietnam)))


@settings(max_examples=some(30))
@given(book=wordy())
def test_any_rulebook_is_valid_dmn_and_decides_the_same(book):
    root = ET.fromstring(to_dmn(book))
    assert_valid(root)
    assert_same_decisions(root, book, "listing", 40)


@pytest.mark.parametrize("subject", ["listing", "seller", "content", "review"])
def test_a_plain_reader_decides_the_vietnam_rulebook_alike(vietnam, subject):
    assert_same_decisions(ET.fromstring(to_dmn(vietnam)), vietnam, subject, 150)


def assert_same_decisions(root: ET.Element, book, subject: str, count: int) -> None:
    """Tables know no dates and no impossible combinations; without both, every case agrees."""
    always = {"starts": None, "ends": None}
    free = book.model_copy(update={"impossible": ()}).of_sops(
        *(
            sop.model_copy(
                update={
                    **always,
                    "impossible": (),
                    "clauses": tuple(c.model_copy(update=always) for c in sop.clauses),
                }
            )
            for sop in book.sops
        )
    )
    variables, told = names_of(free), fact_names(free)
    names = {told[key]: name for key, name in variables.items()}
    kinds = {told[None, name]: fact.kind for name, fact in free.facts.items()}
    kinds |= {told[s.sop, n]: fact.kind for s in free.sops for n, fact in s.facts.items()}
    facts = cases(free, subject, count)
    decided = 0
    for case, (_action, reported) in zip(facts, verdicts(free, subject, facts), strict=True):
        plain = {
            names[name]: (value == "yes") if kinds[name] is Kind.YES_NO else value
            for name, value in case.items()
        }
        for decision in root.iter(f"{SPACE}decision"):
            sop = free.sop_named(decision.get("name"))
            if sop.subject == subject:
                found = decide(decision, plain)
                ours = [clause for name, clause in reported if name == sop.sop]
                assert ([found[0]] if found else []) == ours, (sop.sop, case)
                decided += bool(found)
    assert decided or count < 100
