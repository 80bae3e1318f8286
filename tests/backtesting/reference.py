"""The slow way: every case decided by itself under both versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from brightline.backtesting.pair import Batch, Pair
from brightline.backtesting.results import Kind
from brightline.rulebook.deciding import Decider, Verdict
from brightline.rulebook.model import CANNOT_TELL
from brightline.rulebook.table import Table

Codes = list[np.ndarray]


def verdict_on(decider: Decider, codes: dict[int, int]) -> Verdict:
    """The verdict on codes by place."""
    coded = [-1] * len(decider.table.columns)
    for place, code in codes.items():
        coded[place] = code
    return decider.verdict_on(decider.table.standing_of(coded))


def case_codes(table: Table, codes: Codes, row: int) -> dict[int, int]:
    """One case's codes by place."""
    return {place: int(of[row]) for place, of in zip(table.tested, codes, strict=True)}


def faults(pair: Pair, verdict: Verdict, old: bool, every: bool = False) -> tuple[object, ...]:
    """What counts of the reported clauses (or all of them), by newer names."""
    renames = pair.match.renames
    found = []
    for one in verdict.reported:
        if every or one.violation or one.clause == CANNOT_TELL:
            sop, clause = one.sop, one.clause
            if old:
                clause = renames.clause_now(sop, clause) or clause
                sop = renames.sop_now(sop) or sop
            found.append((sop, clause, one.action, one.points))
    return tuple(sorted(found))


@dataclass
class Slow:
    """What the slow way counts."""

    kinds: Counter[str] = field(default_factory=Counter)
    flows: Counter[tuple[str, str]] = field(default_factory=Counter)
    old: Counter[object] = field(default_factory=Counter)
    new: Counter[object] = field(default_factory=Counter)
    kind_of: list[str] = field(default_factory=list)


def slow(pair: Pair, batch: Batch) -> Slow:
    """Every case decided by itself; both open is `open`, whether or not it can differ."""
    then, now = Decider(pair.old.table), Decider(pair.new.table)
    found = Slow()
    for row in range(batch.rows):
        a = verdict_on(then, case_codes(then.table, list(batch.old), row))
        b = verdict_on(now, case_codes(now.table, list(batch.new), row))
        kind = kind_of(pair, a, b)
        found.kind_of.append(kind)
        found.kinds[kind] += 1
        found.flows[a.action, b.action] += 1
        found.old.update(of[:2] for of in faults(pair, a, True, True))  # type: ignore[index]
        found.new.update(of[:2] for of in faults(pair, b, False, True))  # type: ignore[index]
    return found


def kind_of(pair: Pair, a: Verdict, b: Verdict) -> str:
    """What became of a case."""
    if not a.determined and not b.determined:
        return Kind.OPEN
    if not a.determined:
        return Kind.SETTLED
    if not b.determined:
        return Kind.OPENED
    if a.action == b.action:
        same = faults(pair, a, True) == faults(pair, b, False)
        return Kind.SAME if same else Kind.OTHER_CLAUSES
    actions = pair.new.table.rulebook.actions
    before, after = actions[a.action].severity, actions[b.action].severity
    if before == after:
        return Kind.OTHER_ACTION
    return Kind.STRICTER if after > before else Kind.MILDER
