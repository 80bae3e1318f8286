"""The precedents of a turn: of its clause or fact first, by likeness, through every rename."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.precedents import precedents_for
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import forget
from tests.workbench.escalations.making import precedent
from tests.workbench.making import a_case, a_rulebook, answered

pytestmark = pytest.mark.django_db


def turn_of(who, title="Bút bi có lưỡi dao giấu", **facts) -> Turn:
    a_case(title)
    return Turn(answered(claim(who), who, **facts))


def test_without_any_there_are_none(release, alice):
    assert precedents_for(turn_of(alice)) == []


def test_that_of_the_question_comes_before_one_alike_in_words(release, alice, carol):
    alike = precedent(carol, "But bi co luoi dao giau la gi", about="knives/K-1")
    tied = precedent(carol, "Gậy ba khúc")
    assert precedents_for(turn_of(alice, item="weapon")) == [tied, alike]


def test_accents_do_not_matter(release, alice, carol):
    near = precedent(carol, "BUT BI GIAU DAO", about="knives/?item")
    far = precedent(carol, "Kiếm gỗ tập võ", about="knives/?item")
    assert precedents_for(turn_of(alice)) == [near, far]


def test_it_gives_at_most_as_many_as_asked_for(release, alice, carol):
    for number in range(5):
        precedent(carol, f"Câu {number}", about="knives/?item")
    assert len(precedents_for(turn_of(alice), most=2)) == 2


def test_one_that_has_nothing_to_do_with_it_is_not_shown(release, alice, carol):
    precedent(carol, "Đồng hồ treo tường", about="knives/K-1")
    assert precedents_for(turn_of(alice)) == []


def test_one_of_another_market_is_not_shown(release, alice, carol):
    made = precedent(carol, "Bút bi giấu dao", about="knives/?item")
    type(made).objects.filter(pk=made.pk).update(market="TH")
    assert precedents_for(turn_of(alice)) == []


def test_the_clause_come_to_counts(release, alice, carol):
    made = precedent(carol, "Sản phẩm để trưng bày", about="knives/K-2")
    assert precedents_for(turn_of(alice, item="weapon", hidden="no")) == [made]


def renamed(clause: str, was: list[str]):
    book = a_rulebook().model_dump(mode="json", by_alias=True, exclude_none=True)
    for one in book["sops"][0]["clauses"]:
        if one["id"] == "K-2":
            one["id"], one["was"] = clause, was
    return type(a_rulebook()).model_validate(book)


def test_a_precedent_outlives_a_rename_of_its_clause_twice(release, alice, carol):
    made = precedent(carol, "Sản phẩm để trưng bày", about="knives/K-2")
    publish(renamed("K-20", ["K-2"]), None)
    publish(renamed("K-21", ["K-20"]), None)
    forget()
    assert precedents_for(turn_of(alice, item="weapon", hidden="no")) == [made]


def test_while_many_are_still_being_read_those_of_the_question_are_shown(
    release, alice, carol, monkeypatch
):
    from brightline.workbench.escalations import shelf

    started = []
    monkeypatch.setattr(shelf, "AT_ONCE", 1)
    monkeypatch.setattr(shelf, "_read_aside", started.append)
    tied = [precedent(carol, f"Gậy {n}", about="knives/?item") for n in range(2)]
    precedent(carol, "Bút bi có lưỡi dao giấu", about="knives/K-1")
    turn = turn_of(alice)
    assert precedents_for(turn) == tied[::-1]
    assert precedents_for(turn, most=1) == tied[1:]
    assert set(started) == {"VN"}
