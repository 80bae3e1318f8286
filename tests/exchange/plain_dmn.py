"""A slow reader of DMN that knows nothing of ours: tables, unary tests, hit policies."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SPACE = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def decide(decision: ET.Element, case: dict[str, object]) -> tuple[str, str] | None:
    """The first two outputs that a decision table gives; None where no rule holds."""
    table = decision.find(f"{SPACE}decisionTable")
    columns = [
        i.find(f"{SPACE}inputExpression/{SPACE}text").text for i in table.iter(f"{SPACE}input")
    ]
    hits = []
    for rule in table.iter(f"{SPACE}rule"):
        tests = [e.find(f"{SPACE}text").text for e in rule.iter(f"{SPACE}inputEntry")]
        if all(passes(t, case[c]) for t, c in zip(tests, columns, strict=True)):
            out = [e.find(f"{SPACE}text").text for e in rule.iter(f"{SPACE}outputEntry")]
            hits.append(tuple(value.strip('"') for value in (*out, "")[:2]))
    if not hits:
        return None
    policy = table.get("hitPolicy")
    if policy == "PRIORITY":
        values = table.find(f"{SPACE}output/{SPACE}outputValues/{SPACE}text").text
        order = [value.strip('"') for value in values.split(",")]
        hits.sort(key=lambda hit: order.index(hit[0]))
    elif policy == "UNIQUE":
        assert len(hits) == 1
    return hits[0]


def passes(test: str, value: object) -> bool:
    """Whether a value passes S-FEEL unary tests."""
    if test == "-":
        return True
    if test.startswith("not("):
        return not passes(test[4:-1], value)
    return any(_one(part.strip(), value) for part in test.split(","))


def _one(test: str, value: object) -> bool:
    if test in ("true", "false"):
        return value is (test == "true")
    if test.startswith('"'):
        return value == test.strip('"')
    if found := re.fullmatch(r"([\[(])(.+)\.\.(.+)([\])])", test):
        low, high = float(found[2]), float(found[3])
        above = value >= low if found[1] == "[" else value > low
        return above and (value <= high if found[4] == "]" else value < high)
    if found := re.fullmatch(r"(<=|>=|<|>)\s*(.+)", test):
        than = float(found[2])
        return {"<": value < than, "<=": value <= than, ">": value > than, ">=": value >= than}[
            found[1]
        ]
    return value == float(test)
