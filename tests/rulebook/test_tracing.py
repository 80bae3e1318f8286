"""The trace says of every clause whether it held, failed and why, or is open and on what."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from brightline.rulebook.deciding import Decider
from brightline.rulebook.table import Table
from brightline.rulebook.tracing import Status

from .reference import any_holds, values_of
from .strategies import THRESHOLDS, cases, rulebooks

TODAY = date(2026, 11, 23)


@given(st.data())
def test_what_the_trace_says_of_a_clause_is_true_of_every_completion(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    table = Table(rulebook, "listing", TODAY)
    case = data.draw(cases(rulebook))
    named = table.named(case)
    codes = table.codes(named)
    trace = Decider(table).tracer.trace(table.standing(named))
    assert len(trace) == len(table.clauses) == sum(len(sop.clauses) for sop in rulebook.sops)

    every = {c.name if c.key[0] is None else f"{c.key[0]}.{c.key[1]}": c for c in table.columns}
    options = [
        [case[name]]
        if case[name] not in (None, "cannot_tell")
        else values_of(rulebook, column.fact, THRESHOLDS)
        for name, column in every.items()
    ]
    completions = [dict(zip(every, filling, strict=True)) for filling in product(*options)]
    for one in trace:
        of = table.clauses[one.clause]
        met = [
            any_holds(rulebook, of.sop, of.sop.scope, facts)
            and (of.clause.otherwise or any_holds(rulebook, of.sop, of.clause.when, facts))
            for facts in completions
        ]
        if one.status is Status.HELD:
            assert all(met)
        elif one.status is Status.FAILED:
            assert not any(met)
            assert not one.open
        else:
            assert one.open
            assert all(codes[place] < 0 for place in one.open)
        for cell in one.failed:
            assert codes[cell.column] >= 0
            assert not cell.passing >> codes[cell.column] & 1
