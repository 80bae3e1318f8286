"""Precision and recall: every case is counted once, and what went to a person by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.commands.comparison_page import Compared
from brightline.commands.scoring import Outcome, Share, score
from brightline.i18n import use
from brightline.rulebook.model import MANUAL_REVIEW, Action

T = {"vi": "chữ", "en": "text"}
ACTIONS = {
    name: Action.model_validate({"title": T, "severity": severity, **more})
    for name, severity, more in (
        ("allow", 0, {"violation": "no"}),
        ("hold", 10, {"violation": "no"}),
        ("escalate", 50, {"violation": "no", "person": "yes"}),
        ("edit", 30, {}),
        ("remove", 60, {}),
    )
}
names = st.sampled_from([*ACTIONS, MANUAL_REVIEW])


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    action = draw(names)
    return Outcome(draw(names), action, action != MANUAL_REVIEW, ("s/C",), (draw(st.text()),))


@given(st.lists(outcomes(), max_size=30))
def test_every_case_is_counted_once(every):
    scores = score(every, ACTIONS)
    groups = (scores.violations, scores.innocents, scores.for_a_person)
    assert sum(next(iter(group.values())).of for group in groups) == scores.cases == len(every)
    for group in groups:
        assert sum(share.count for share in group.values()) == next(iter(group.values())).of
    for one in scores.actions:
        assert one.recall.count + one.person.count + one.otherwise.count == one.recall.of
        assert one.precision.count == one.recall.count <= one.precision.of


def test_what_goes_to_a_person_is_neither_right_nor_wrong():
    every = [
        Outcome("remove", "remove", True, ("s/A",), ("s/A", "s/B")),
        Outcome("remove", "remove", True, ("s/A",), ("s/B",)),
        Outcome("remove", MANUAL_REVIEW, False),
        Outcome("remove", "escalate", True),
        Outcome("remove", "allow", True),
        Outcome("remove", "edit", True),
        Outcome("allow", "remove", True),
        Outcome("allow", "hold", True),
        Outcome("escalate", MANUAL_REVIEW, False),
        Outcome(MANUAL_REVIEW, "allow", True),
    ]
    scores = score(every, ACTIONS)
    assert scores.violations == {
        "right": Share(2, 6), "person": Share(2, 6), "other": Share(1, 6), "allowed": Share(1, 6),
    }  # fmt: skip
    assert scores.innocents["acted"] == scores.innocents["other"] == Share(1, 2)
    assert scores.for_a_person["person"] == scores.for_a_person["allowed"] == Share(1, 2)
    assert scores.clauses == Share(1, 2)
    remove = next(one for one in scores.actions if one.action == "remove")
    assert (remove.precision, remove.recall) == (Share(2, 3), Share(2, 6))
    assert (remove.person, remove.otherwise) == (Share(2, 6), Share(2, 6))


def test_a_share_keeps_its_denominator():
    assert (Share(1035, 2000).pair, Share(1035, 2000).percent) == ("1,035/2,000", "51.8%")
    assert Share(0, 0).percent == "–"
    with use("vi"):
        assert (Share(1035, 2000).pair, Share(1035, 2000).percent) == ("1.035/2.000", "51,8%")


@pytest.mark.parametrize("clause", ["A-1", "sop/A-1", ["A-1"], ["sop/A-1"]])
def test_a_clause_may_go_by_its_bare_id(clause):
    case = {"id": "x", "expect": {"action": "remove", "clause": clause}}
    row = {"action": "remove", "determined": True, "clauses": ["sop/A-1"]}
    assert Compared(case, row).outcome.expected_clauses == ("sop/A-1",)
