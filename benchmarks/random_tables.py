"""Random decision tables and cases for the benchmarks: the shape of the research prototypes.

A third of the facts are choices of 4–12 options, a third yes/no, a third numbers with thresholds;
a clause tests 3–6 of them; the first that holds wins, else `allow`.
"""

from __future__ import annotations

import random
from typing import Any

from brightline.rulebook.model import Rulebook

T = {"vi": "chữ", "en": "text"}
SEVERITIES = {"allow": 0, "warn": 10, "escalate": 20, "remove": 30, "ban": 40}


def random_rulebook(clauses: int, facts: int, seed: int = 1) -> Rulebook:
    """One SOP `sop` about `listing`, hit policy `first`, with an `otherwise` clause."""
    chance = random.Random(seed)
    declared = {f"fact_{i}": _fact(chance, i) for i in range(facts)}
    rows: list[dict[str, Any]] = [
        {
            "id": f"C-{i}",
            "title": T,
            "when": {
                name: random_test(chance, declared[name])
                for name in chance.sample(sorted(declared), chance.randint(3, 6))
            },
            "action": chance.choice(["allow", "warn", "remove", "ban"]),
            "points": chance.randint(0, 5),
        }
        for i in range(clauses - 1)
    ]
    rows.append({"id": "rest", "title": T, "otherwise": "yes", "action": "allow"})
    return Rulebook.model_validate(
        {
            "rulebook": "random",
            "title": T,
            "market": "VN",
            "languages": ("vi", "en"),
            "subjects": {"listing": {"title": T, "attributes": {}}},
            "actions": {
                name: {"title": T, "severity": s, "violation": "yes" if s else "no"}
                for name, s in SEVERITIES.items()
            },
            "sops": [
                {
                    "sop": "sop",
                    "title": T,
                    "subject": "listing",
                    "owner": "team",
                    "review_by": "2030-01-01",
                    "purpose": T,
                    "facts": declared,
                    "hit": "first",
                    "clauses": rows,
                    "cannot_tell": "escalate",
                }
            ],
        }
    )


def _fact(chance: random.Random, index: int) -> dict[str, Any]:
    asked = {"ask": T, "cost": f"{chance.choice([2, 4, 6, 10])}s"}
    if index % 3 == 0:
        options = {f"o{i}": T for i in range(chance.randint(4, 12))}
        return {"kind": "choice", "options": options, **asked}
    if index % 3 == 1:
        return {"kind": "yes_no", **asked}
    return {"kind": "number", "min": 0, "max": 1000, **asked}


def random_test(chance: random.Random, fact: dict[str, Any]) -> Any:
    """A random unary test on a fact."""
    if fact["kind"] == "choice":
        options = list(fact["options"])
        return chance.sample(options, chance.randint(1, max(1, len(options) * 2 // 3)))
    if fact["kind"] == "yes_no":
        return chance.choice(["yes", "no"])
    return f"{chance.choice(['<', '>='])} {chance.randint(1, 99) * 10}"


def random_cases(
    rulebook: Rulebook, count: int, unknown: float = 0.0, seed: int = 2
) -> list[dict[str, Any]]:
    """Uniform random cases, bare fact name → value; each fact left out with chance `unknown`."""
    chance = random.Random(seed)
    facts = rulebook.sops[0].facts
    values = {
        name: list(fact.options) or (["yes", "no"] if fact.min is None else range(1001))
        for name, fact in facts.items()
    }
    return [
        {
            name: chance.choice(values[name])
            for name in facts
            if not unknown or chance.random() >= unknown
        }
        for _case in range(count)
    ]
