"""The three tables of a store: cases, decisions, labels. What a row of each holds."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

PARTS = ("facts", "suggested", "sources")
"""Columns of cases that are structs: a field a fact, by its full name (`sop.fact`)."""
NO_MONTH = "none"
_MOMENT = pa.timestamp("us", "UTC")
_WORDS = pa.list_(pa.string())


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
            pa.field("id", pa.string(), nullable=False),
            pa.field("subject", pa.string(), nullable=False),
            ("day", pa.date32()),
            ("at", _MOMENT),
            ("source", pa.string()),
            ("seller", pa.string()),
            ("rulebook", pa.string()),
            ("attributes", pa.string()),
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
            pa.field("decision", pa.string(), nullable=False),
            pa.field("id", pa.string(), nullable=False),
            pa.field("subject", pa.string(), nullable=False),
            ("day", pa.date32()),
            ("at", _MOMENT),
            ("how", pa.string()),
            ("by", pa.string()),
            ("queue", pa.string()),
            ("rulebook", pa.string()),
            ("action", pa.string()),
            ("clauses", _WORDS),
            ("points", pa.int32()),
            ("violation", pa.bool_()),
            ("exception", pa.bool_()),
            ("in_force", pa.bool_()),
            ("questions", pa.int32()),
            ("seconds", pa.float64()),
            ("claimed_at", _MOMENT),
            ("due_at", _MOMENT),
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
            pa.field("id", pa.string(), nullable=False),
            pa.field("subject", pa.string(), nullable=False),
            ("day", pa.date32()),
            pa.field("label", pa.string(), nullable=False),
            ("action", pa.string()),
            ("clause", pa.string()),
            ("by", pa.string()),
            ("at", _MOMENT),
            ("note", pa.string()),
        ]
    ),
    ("id", "subject", "day", "label"),
    "day",
)
"""What a case ought to come to; `label` says whose word that is (`expected`, `golden`, …)."""
KINDS = {kind.name: kind for kind in (CASES, DECISIONS, LABELS)}
