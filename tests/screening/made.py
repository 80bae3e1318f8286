"""Rulebooks of many rows, made at random from a seed."""

from __future__ import annotations

from random import Random
from typing import Any

from brightline.rulebook.model import Rulebook
from tests.rulebook.strategies import ACTIONS, FACTS, T

ANSWERS: dict[str, list[object]] = {
    "flag": ["yes", "no"],
    "mark": ["yes", "no"],
    "item": ["a", "b", "c"],
    "tree": ["root", "leaf", "twig", "bud", "other"],
    "price": [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 10],
}
TESTS: dict[str, list[Any]] = {
    "flag": ["yes", "no"],
    "mark": ["yes", "no"],
    "item": ["a", "b", "c", ["a", "b"], {"not": "a"}],
    "tree": [{"under": "twig"}, "leaf", ["root", "other"], {"not": "bud"}],
    "price": ["< 1", ">= 2", "(1..3]", "3", "[0..2)"],
}


def many_facts(copies: int) -> dict[str, dict[str, Any]]:
    """The facts of the small rulebooks, several times over."""
    return {f"{name}_{i}": fact for i in range(copies) for name, fact in FACTS.items()}


def wide_rulebook(
    seed: int, sops: list[int], copies: int = 3, axioms: int = 0, most_cells: int = 4
) -> Rulebook:
    """SOPs of so many clauses each over `5 × copies` shared facts."""
    draw = Random(seed)
    facts = many_facts(copies)

    def condition(most: int) -> dict[str, Any]:
        chosen = draw.sample(sorted(facts), draw.randint(1, most))
        return {name: draw.choice(TESTS[name.split("_")[0]]) for name in chosen}

    def clause(i: int) -> dict[str, Any]:
        return {
            "id": f"C-{i}",
            "title": T,
            "when": [condition(most_cells) for _row in range(draw.choice([1, 1, 2]))],
            "action": draw.choice(sorted(ACTIONS)),
            "points": i % 7,
        }

    return Rulebook.model_validate(
        {
            "rulebook": "wide",
            "title": T,
            "market": "VN",
            "languages": ("vi", "en"),
            "subjects": {"listing": {"title": T, "attributes": {}}},
            "actions": ACTIONS,
            "facts": facts,
            "impossible": [condition(2) for _axiom in range(axioms)],
            "sops": [
                {
                    "sop": f"sop-{number}",
                    "title": T,
                    "subject": "listing",
                    "owner": "team",
                    "review_by": "2030-01-01",
                    "purpose": T,
                    "scope": condition(1) if draw.random() < 0.5 else (),
                    "hit": draw.choice(["first", "most_severe"]),
                    "clauses": [clause(i) for i in range(count)],
                    "cannot_tell": "escalate",
                }
                for number, count in enumerate(sops)
            ],
        }
    )
