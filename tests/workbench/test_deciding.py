"""A turn at a case: answers, the way back, the verdict, and what a second look does."""

from __future__ import annotations

import uuid

import pytest

from brightline.rulebook.columns import FactError
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.answer import NotYours, answer, undo
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import NotDetermined, decide
from brightline.workbench.cases.models import Answer, Decision, Task
from brightline.workbench.cases.working import Turn
from tests.workbench.making import a_case, answered, decided, shares

pytestmark = pytest.mark.django_db


def test_what_the_rules_settle_needs_no_person(release):
    case = a_case("Gối ôm hình gấu").case
    assert case.action == "allow"
    assert not Task.objects.exists()
    assert Decision.objects.get().how == "automatic"


def test_what_a_signal_only_suggests_waits_for_a_person(release, alice):
    case = a_case().case
    assert case.action == ""
    turn = Turn(claim(alice))
    assert turn.question.name == "item"
    assert turn.suggestion.value == "weapon"


def test_answers_lead_to_the_verdict_of_the_rules(release, alice):
    case = a_case().case
    decision = decided(alice, item="weapon", hidden="no")
    assert (decision.action, decision.clause_ids) == ("remove_listing", [("knives", "K-2")])
    case.refresh_from_db()
    assert case.action == "remove_listing"


def test_an_answer_sent_twice_counts_once(release, alice):
    a_case()
    task, key = claim(alice), uuid.uuid4()
    for _time in range(2):
        turn = answer(task.pk, alice, key, "item", "weapon")
    assert [a.value for a in turn.answers] == ["weapon"]


def test_the_last_answer_can_be_taken_back(release, alice):
    a_case()
    task = answered(claim(alice), alice, item="weapon", hidden="yes")
    assert undo(task.pk, alice, uuid.uuid4()).question.name == "hidden"
    assert undo(task.pk, alice, uuid.uuid4()).question.name == "item"
    assert undo(task.pk, alice, uuid.uuid4()).answers == []
    assert Answer.objects.count() == 4


def test_an_answer_that_cannot_be_is_refused(release, alice):
    a_case()
    task = claim(alice)
    for fact, value in (("item", "sword"), ("colour", "red"), ("hidden", 3)):
        with pytest.raises(FactError):
            answer(task.pk, alice, uuid.uuid4(), fact, value)
    assert not Answer.objects.exists()


def test_someone_elses_task_is_not_theirs_to_answer(release, alice, bob):
    a_case()
    task = claim(alice)
    with pytest.raises(NotYours):
        answer(task.pk, bob, uuid.uuid4(), "item", "weapon")
    with pytest.raises(NotYours):
        decide(task.pk, bob)


def test_an_open_case_cannot_be_decided(release, alice):
    a_case()
    task = claim(alice)
    with pytest.raises(NotDetermined):
        decide(task.pk, alice)
    task.refresh_from_db()
    assert task.status == "claimed"


def test_a_decision_sent_twice_is_one(release, alice):
    a_case()
    task = answered(claim(alice), alice, item="other")
    assert decide(task.pk, alice) == decide(task.pk, alice)
    assert Decision.objects.count() == 1


def test_cannot_tell_leads_where_the_sop_says(release, alice):
    a_case()
    assert decided(alice, item="cannot_tell").action == "escalate"


def test_a_second_look_that_agrees_changes_nothing(release, alice, bob):
    shares(second=1.0)
    case = a_case().case
    decided(alice, item="weapon", hidden="no")
    second = decided(bob, item="weapon", hidden="no")
    assert not second.in_force
    assert case.tasks.filter(kind="adjudicate").count() == 0


def test_a_second_look_is_blind(release, alice, bob):
    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    turn = Turn(claim(bob))
    assert turn.answers == []
    assert turn.question.name == "item"


def test_where_two_looks_differ_a_senior_settles_it(release, alice, bob, carol):
    shares(second=1.0)
    case = a_case().case
    decided(alice, item="weapon", hidden="no")
    assert not decided(bob, item="other").in_force
    task = claim(carol)
    assert task.kind == "adjudicate"
    settled = decided(carol, item="other")
    assert settled.in_force
    case.refresh_from_db()
    assert case.action == "allow"


def test_a_moderator_does_not_get_what_a_senior_must_settle(release, alice, bob):
    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    decided(bob, item="other")
    assert claim(alice) is None


def test_every_act_is_in_the_log_and_the_log_is_sound(release, alice):
    a_case()
    decided(alice, item="other")
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["release.published", "case.received", "task.claimed", "case.decided"]
    assert verify_chain().sound


def test_the_same_case_comes_in_once(release):
    first, again = a_case(ref="x-1"), a_case(ref="x-1")
    assert (first.new, again.new) == (True, False)
    assert first.case == again.case
