"""Follow-up steps change one by one, in brackets or lines; every comment stays or is told."""

from __future__ import annotations

import pytest

from brightline.editing.edits import CannotEdit, set_value, value_at
from brightline.editing.pieces import MISSING
from brightline.editing.steps import add_step, move_step, remove_step

LINES = """\
clauses:
  - id: A-1
    # why these steps
    then:
      # by mail first
      - {do: {vi: "Báo", en: "Report"}, role: risk, within: 4h}  # not by phone
      - do: {vi: Hai, en: Two}
        # only she
        role: legal
  - id: A-2
    then: [{do: {vi: Một, en: One}, role: legal}, {do: {vi: Hai, en: Two}, role: risk}]  # two
  - id: A-3
    title: {vi: Ba}
"""
THEN = ("clauses", "A-1", "then")


def said(text: str, clause: str) -> list[str]:
    found = value_at(text, ("clauses", clause, "then"))
    return [] if found is MISSING else [one["do"]["vi"] for one in found]


def test_a_step_in_brackets_keeps_the_comment_behind_it():
    edited = set_value(LINES, (*THEN, "#0", "role"), "legal")
    assert "role: legal, within: 4h} # not by phone" in edited.text
    edited = set_value(edited.text, (*THEN, "#0", "do", "vi"), "Báo ngay")
    edited = set_value(edited.text, (*THEN, "#1", "within"), "2h")
    for comment in ("# why these steps", "# by mail first", "# not by phone", "# only she"):
        assert comment in edited.text
    assert said(edited.text, "A-1") == ["Báo ngay", "Hai"]
    assert value_at(edited.text, (*THEN, "#1", "within")) == "2h"


@pytest.mark.parametrize("clause", ["A-1", "A-2"])
def test_steps_change_places_are_added_and_taken_out(clause):
    first, second = said(LINES, clause)
    moved = move_step(LINES, clause, 0, 1)
    assert said(moved.text, clause) == [second, first] and not moved.lost
    assert move_step(moved.text, clause, 1, 0).text.count("#") == LINES.count("#")
    more = add_step(LINES, clause, {"do": {"vi": "Ba"}, "role": "risk", "within": "1d"}).text
    assert said(more, clause) == [first, second, "Ba"]
    less = remove_step(remove_step(more, clause, 2).text, clause, 0)
    assert said(less.text, clause) == [second]
    none = remove_step(less.text, clause, 0)
    assert value_at(none.text, ("clauses", clause, "then")) is MISSING


def test_what_stood_at_a_step_that_goes_is_told():
    gone = remove_step(LINES, "A-1", 0)
    assert any("by mail first" in one for one in gone.lost)


def test_a_clause_without_steps_gets_its_first():
    text = add_step(LINES, "A-3", {"do": {"vi": "Báo"}, "role": "risk"}).text
    assert said(text, "A-3") == ["Báo"] and text.startswith(LINES)


def test_what_is_not_there_cannot_be_changed():
    for change in (
        lambda: remove_step(LINES, "A-3", 0),
        lambda: move_step(LINES, "A-1", 0, 5),
        lambda: add_step(LINES, "A-9", {"do": {"vi": "x"}, "role": "risk"}),
    ):
        with pytest.raises(CannotEdit):
            change()
