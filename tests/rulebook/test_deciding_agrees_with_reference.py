"""The fast path says what the slow, obvious one says, unknowns included."""

from __future__ import annotations

from datetime import date

from hypothesis import event, given
from hypothesis import strategies as st

from brightline.rulebook.deciding import Decider
from brightline.rulebook.table import Table

from .reference import answer
from .strategies import THRESHOLDS, cases, rulebooks

TODAY = date(2026, 11, 23)


@given(st.data())
def test_decisions_are_those_of_trying_everything(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    table = Table(rulebook, "listing", TODAY)
    decider = Decider(table)
    for _again in range(4):
        case = data.draw(cases(rulebook))
        verdict = decider.verdict(table.named(case))
        expected = answer(rulebook, "listing", case, THRESHOLDS)
        event(f"determined={expected.determined} contradicted={expected.contradicted}")
        assert verdict.determined == expected.determined
        assert bool(verdict.contradictions) == expected.contradicted
        assert set(verdict.possible_actions) == expected.possible_actions
        assert {(r.sop, r.clause) for r in verdict.reported} == expected.clauses
        if verdict.determined:
            assert {verdict.action} == expected.possible_actions
            assert not verdict.open_facts
        else:
            assert verdict.action == "manual_review"


@given(st.data())
def test_both_ways_into_a_standing_agree(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    table = Table(rulebook, "listing", TODAY)
    facts = table.named(data.draw(cases(rulebook)))
    codes = table.codes(facts)
    standing = table.standing(facts)
    assert standing == table.standing_of(codes)
    assert [c - 2 for c in table.codes_plus_two(standing)] == [codes[p] for p in table.tested]
