"""Decisions as columns: a row a case, in the order of the input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN, fact_names
from brightline.rulebook.columns import Column as Fact
from brightline.rulebook.model import CANNOT_TELL, Kind, Rulebook
from brightline.screening.arrays import taken

if TYPE_CHECKING:
    from brightline.rulebook.table import Table
    from brightline.screening.kernel import Answers
    from brightline.screening.layout import U64

WORDS = pa.list_(pa.string())
PLAIN: list[tuple[str, pa.DataType]] = [
    ("id", pa.string()),
    ("action", pa.string()),
    ("determined", pa.bool_()),
    ("clauses", WORDS),
    ("unknown", WORDS),
]


def schema_of(rulebook: Rulebook, facts: bool) -> pa.Schema:
    """The columns of the output. With facts: `suggested`, then a column a fact of the rulebook."""
    columns = list(PLAIN)
    if facts:
        columns.append(("suggested", WORDS))
        taken = {name for name, _type in columns}
        for name, kind in facts_in_output(rulebook):
            type_ = pa.float64() if kind is Kind.NUMBER else pa.string()
            columns.append((f"fact.{name}" if name in taken else name, type_))
    return pa.schema(columns)


def facts_in_output(rulebook: Rulebook) -> list[tuple[str, Kind]]:
    """Every fact by its name in JSON, shared ones first, then SOP by SOP."""
    names = fact_names(rulebook)
    declared = [((None, n), f) for n, f in rulebook.facts.items()]
    own = [((s.sop, n), f) for s in rulebook.sops for n, f in s.facts.items()]
    return [(names[key], fact.kind) for key, fact in [*declared, *own]]


def decision_columns(table: Table, answers: Answers) -> list[pa.Array[Any]]:
    """action, determined, clauses, unknown."""
    used, at = np.unique(answers.index, return_inverse=True)
    distinct = [answers.distinct[index] for index in used.tolist()]
    clauses = [[f"{r.sop}/{r.clause}" for r in a.reported] for a in distinct]
    return [
        taken(pa.array([a.action for a in distinct], pa.string()), at),
        taken(pa.array([a.determined for a in distinct], pa.bool_()), at),
        taken(pa.array(clauses, WORDS), at),
        fact_lists([table.columns[place].name for place in table.tested], answers.open),
    ]


def fact_lists(names: Sequence[str], bits: U64) -> pa.Array[Any]:
    """[case, words of 64 facts] bits as lists of names."""
    from brightline.screening.kernel import bits_of

    if bits.shape[1] == 1:
        distinct, at = np.unique(bits[:, 0], return_inverse=True)
        rows = distinct[:, None]
    else:
        rows, at = np.unique(bits, axis=0, return_inverse=True)
    lists = [[names[fact] for fact in bits_of(row)] for row in rows]
    return taken(pa.array(lists, WORDS), at.reshape(-1))


def fact_column(
    fact: Fact, codes: npt.NDArray[np.int16], numbers: npt.NDArray[np.float64] | None
) -> pa.Array[Any]:
    """The values of a fact: options as text, numbers as they are; null where not known."""
    if fact.numeric:
        assert numbers is not None
        return pa.array(numbers, pa.float64(), mask=codes < 0)
    options = pa.array([*fact.options, CANNOT_TELL], pa.string())
    at = np.where(codes == CANNOT_TELL_CODE, len(fact.options), codes).astype(np.int64)
    index: Any = pa.array(at, mask=codes == UNKNOWN)
    found: pa.Array[Any] = options.take(index)
    return found
