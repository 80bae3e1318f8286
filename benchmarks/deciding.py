"""One case at a time: `Decider.verdict` beside the rule engines a team would pick instead.

Run: `.venv/bin/python benchmarks/deciding.py`. Same table, same cases, same answers (asserted).
Every engine gets what it takes at its fastest: dicts, or JSON text made beforehand. The generated
function is the ceiling: the rules as Python source, no unknowns, no trace.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from machine import described
from random_tables import random_cases, random_rulebook


def best_rate(run: Callable[[], object], cases: int, seconds: float = 1.5) -> float:
    """Cases a second, the best of several runs within about `seconds`."""
    best, until = 0.0, time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        run()
        now = time.perf_counter()
        best = max(best, cases / (now - start))
        if now > until:
            return best


def python_source(rulebook: Rulebook) -> Callable[..., str]:
    """The rules as one generated Python function of keyword arguments."""
    sop = rulebook.sops[0]
    lines = [f"def decide({', '.join(sop.facts)}):"]
    for clause in sop.clauses:
        tests = []
        for name, test in (clause.when[0] if clause.when else {}).items():
            if isinstance(test, (list, tuple)):
                tests.append(f"{name} in {{{', '.join(map(repr, test))}}}")
            elif sop.facts[name].kind == "number":
                tests.append(f"{name} {test}")
            else:
                tests.append(f"{name} == {test!r}")
        lines.append(f"    if {' and '.join(tests) or 'True'}: return {clause.id!r}")
    scope: dict[str, Any] = {}
    exec("\n".join(lines), scope)  # generated from our own random table
    return scope["decide"]  # type: ignore[no-any-return]


def json_logic(rulebook: Rulebook) -> dict[str, Any]:
    """The rules as one JSONLogic `if` chain."""
    sop, chain = rulebook.sops[0], []
    for clause in sop.clauses:
        tests: list[Any] = []
        for name, test in (clause.when[0] if clause.when else {}).items():
            fact = {"var": name}
            if isinstance(test, (list, tuple)):
                tests.append({"in": [fact, list(test)]})
            elif sop.facts[name].kind == "number":
                sign, bound = test.split()
                tests.append({sign: [fact, float(bound)]})
            else:
                tests.append({"==": [fact, test]})
        chain += [{"and": tests}, clause.id] if tests else [clause.id]
    return {"if": chain}


def zen_table(rulebook: Rulebook) -> dict[str, Any]:
    """The rules as a GoRules decision table, hit policy first."""
    sop = rulebook.sops[0]
    rules = []
    for clause in sop.clauses:
        rule = {"_id": clause.id, "out": json.dumps(clause.id)}
        for name, test in (clause.when[0] if clause.when else {}).items():
            if isinstance(test, (list, tuple)):
                rule[name] = ", ".join(json.dumps(option) for option in test)
            else:
                rule[name] = test if sop.facts[name].kind == "number" else json.dumps(test)
        rules.append(rule)
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": n, "name": n, "type": "expression", "field": n} for n in sop.facts],
        "outputs": [{"id": "out", "name": "out", "type": "expression", "field": "clause"}],
        "rules": rules,
    }
    node = {"position": {"x": 0, "y": 0}}
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **node},
            {"id": "table", "type": "decisionTableNode", "name": "t", "content": table, **node},
            {"id": "out", "type": "outputNode", "name": "out", **node},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


def agree(expected: Sequence[str], name: str, found: Sequence[str]) -> None:
    """Stop where an engine says something else."""
    wrong = [i for i, (a, b) in enumerate(zip(expected, found, strict=True)) if a != b]
    assert not wrong, f"{name} differs on {len(wrong)} cases, first {wrong[0]}"


def ours(clauses: int, facts: int, unknown: float) -> tuple[float, float, float]:
    """Cases/s without trace, with the whole trace read, and the share determined."""
    rulebook = random_rulebook(clauses, facts)
    cases = random_cases(rulebook, 20_000, unknown)
    table = Table(rulebook, "listing", date(2026, 11, 23))
    decider = Decider(table)

    def traced() -> None:
        for case in cases:
            standing = table.standing(case)
            decider.verdict_on(standing)
            for clause in decider.tracer.trace(standing):
                _status, _failed, _open = clause.status, clause.failed, clause.open

    determined = sum(decider.verdict(case).determined for case in cases) / len(cases)
    plain = best_rate(lambda: [decider.verdict(case) for case in cases], len(cases))
    return plain, best_rate(traced, len(cases), 4), determined


def rivals(count: int = 20_000) -> list[tuple[str, float]]:
    """Other engines on the 60-clause table, every fact known."""
    import datalogic_py
    import zen

    rulebook = random_rulebook(60, 15)
    cases = random_cases(rulebook, count)
    decider = Decider(Table(rulebook, "listing", date(2026, 11, 23)))
    expected = [decider.verdict(case).reported[0].clause for case in cases]
    found: list[tuple[str, float]] = []

    function = python_source(rulebook)
    agree(expected, "generated Python", [function(**case) for case in cases])
    rate = best_rate(lambda: [function(**case) for case in cases], count)
    found.append(("generated Python function, keyword arguments (ceiling)", rate))

    texts = [json.dumps(case) for case in cases]
    rule = datalogic_py.Engine().compile(json.dumps(json_logic(rulebook)))
    agree(expected, "datalogic-py", [rule.evaluate(text) for text in texts])
    rate = best_rate(lambda: [rule.evaluate(text) for text in texts], count)
    found.append(("datalogic-py (JSONLogic), JSON text in", rate))

    few = cases[:2000]
    decision = zen.ZenEngine().create_decision(json.dumps(zen_table(rulebook)))
    answers = [decision.evaluate(case)["result"]["clause"] for case in few]
    agree(expected[: len(few)], "zen-engine", answers)
    rate = best_rate(lambda: [decision.evaluate(case) for case in few], len(few))
    found.append(("zen-engine, one dict at a time", rate))

    content = zen.ZenDecisionContent(json.dumps(zen_table(rulebook)))
    engine = zen.ZenEngine({"loader": lambda _key: content})
    try:
        many = engine.evaluate_batch([{"key": "t", "context": case} for case in few])
        answers = [one["data"]["result"]["clause"] for one in many]
        agree(expected[: len(few)], "zen-engine batch", answers)
        requests = [{"key": "t", "context": case} for case in few]
        rate = best_rate(lambda: engine.evaluate_batch(requests), len(few))
        found.append(("zen-engine, evaluate_batch (both cores)", rate))
    except (TypeError, KeyError, AttributeError) as trouble:
        found.append((f"zen-engine batch could not be run: {trouble}", float("nan")))
    return found


def main() -> None:
    """Print the tables of docs/benchmarks.md."""
    print(described("zen-engine", "datalogic-py"))
    print("| clauses × facts | unknown | determined | verdicts/s | with whole trace/s |")
    print("|---|---|---|---|---|")
    for clauses, facts, unknown in [
        (60, 15, 0.0),
        (60, 15, 0.1),
        (300, 15, 0.0),
        (1000, 15, 0.0),
    ]:
        plain, traced, share = ours(clauses, facts, unknown)
        print(
            f"| {clauses} × {facts} | {unknown:.0%} | {share:.0%} | {plain:,.0f} | {traced:,.0f} |"
        )
    print("\n| engine, 60 × 15, all known | cases/s |\n|---|---|")
    for name, rate in rivals():
        print(f"| {name} | {rate:,.0f} |")


if __name__ == "__main__":
    main()
