"""The three tables of a store: cases, decisions, labels. What a row of each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

PARTS = ("facts", "suggested", "sources")
"""Columns of cases that are structs: a field a fact, by its full name (`sop.fact`)."""
NO_MONTH = "none"
_MOMENT = pa.timestamp("us", "UTC")
_WORDS = pa.list_(pa.string())


def _needed(name: str) -> pa.Field[Any]:
    """A text that every row has."""
    return pa.field(name, pa.string(), nullable=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A table: its plain columns, which of them name a row, and the day it is filed under.

    The key says where a row is filed, so that the same key is looked for in one folder only.
    """

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    day: str
    by_subject: bool = True
    """Whether it is filed by subject too."""
    structs: tuple[str, ...] = ()


CASES = Kind(
    "cases",
    pa.schema(
        [
            _needed("id"),
            _needed("subject"),
            pa.field("day", pa.date32()),
            pa.field("at", _MOMENT),
            pa.field("source", pa.string()),
            pa.field("seller", pa.string()),
            pa.field("rulebook", pa.string()),
            pa.field("attributes", pa.string()),
        ]
    ),
    ("id", "subject", "day"),
    "day",
    structs=PARTS,
)
"""`day` is the day whose rules judge the case, `at` the moment it came in, `attributes` what came,
as JSON. `facts` holds what the rules may rely on, `suggested` what a signal only suggests,
`sources` who told either. A number that cannot be told is empty in `facts` and has a source."""
DECISIONS = Kind(
    "decisions",
    pa.schema(
        [
            _needed("decision"),
            _needed("id"),
            _needed("subject"),
            pa.field("day", pa.date32()),
            pa.field("at", _MOMENT),
            pa.field("how", pa.string()),
            pa.field("by", pa.string()),
            pa.field("queue", pa.string()),
            pa.field("rulebook", pa.string()),
            pa.field("action", pa.string()),
            pa.field("clauses", _WORDS),
            pa.field("points", pa.int32()),
            pa.field("violation", pa.bool_()),
            pa.field("exception", pa.bool_()),
            pa.field("in_force", pa.bool_()),
            pa.field("questions", pa.int32()),
            pa.field("seconds", pa.float64()),
            pa.field("claimed_at", _MOMENT),
            pa.field("due_at", _MOMENT),
        ]
    ),
    ("decision", "at"),
    "at",
    by_subject=False,
)
"""What was decided. `decision` names the row; `id`, `subject` and `day` the case; `seconds` from
claim to decision, `questions` how many a person answered."""
LABELS = Kind(
    "labels",
    pa.schema(
        [
            _needed("id"),
            _needed("subject"),
            pa.field("day", pa.date32()),
            _needed("label"),
            pa.field("action", pa.string()),
            pa.field("clause", pa.string()),
            pa.field("by", pa.string()),
            pa.field("at", _MOMENT),
            pa.field("note", pa.string()),
        ]
    ),
    ("id", "subject", "day", "label"),
    "day",
)
"""What a case ought to come to; `label` says whose word that is (`expected`, `golden`, …)."""
KINDS = {kind.name: kind for kind in (CASES, DECISIONS, LABELS)}
