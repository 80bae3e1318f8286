"""A question handed up ends the turn, keeps its answers, and never comes back to the asker."""

from __future__ import annotations

import pytest

from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Decision, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import UnknownRule
from brightline.workbench.escalations.actions.escalate import AppealInHand, escalate
from brightline.workbench.escalations.actions.report_unclear import report_unclear
from brightline.workbench.escalations.models import Escalation, UnclearReport
from tests.workbench.escalations.making import QUESTION
from tests.workbench.making import a_case, decided, person

pytestmark = pytest.mark.django_db


def test_the_turn_ends_without_a_decision_and_keeps_its_answers(asked):
    task = asked.asked_from
    assert (task.status, task.claimed_by) == ("cancelled", asked.asked_by)
    assert [a.value for a in Turn(task).answers] == ["weapon"]
    assert not Decision.objects.exists()


def test_it_is_about_the_fact_that_was_asked_next(asked):
    assert (asked.sop, asked.clause, asked.fact) == ("knives", "", "hidden")
    assert asked.question == QUESTION


def test_a_senior_gets_the_case_and_the_asker_never(asked, alice, bob, carol):
    assert claim(alice) is None
    assert claim(bob) is None
    task = claim(carol)
    assert (task, task.kind) == (asked.task, "escalation")
    assert (task.urgency, task.due_at) == (asked.asked_from.urgency, asked.asked_from.due_at)


def test_a_senior_who_asked_does_not_get_it_back(release, carol):
    a_case()
    escalate(claim(carol).pk, carol, QUESTION)
    assert claim(carol) is None
    assert claim(person("chi", "senior")) is not None


def test_a_question_for_legal_goes_to_no_senior(release, alice, carol):
    a_case()
    escalate(claim(alice).pk, alice, QUESTION, "legal")
    assert claim(carol) is None
    assert claim(person("linh", "legal")).kind == "escalation"


def test_a_role_held_for_another_queue_does_not_count(release, alice):
    a_case()
    escalate(claim(alice).pk, alice, QUESTION, "legal")
    both = person("both", "senior")
    both.grants.create(role="legal", queue="reviews")
    assert claim(both) is None


def test_asking_twice_is_asking_once(asked, alice):
    assert escalate(asked.asked_from_id, alice, "Khác?") == asked
    assert Task.objects.count() == 2


def test_it_needs_a_question_and_a_desk(release, alice):
    a_case()
    task = claim(alice)
    with pytest.raises(ValueError, match="question"):
        escalate(task.pk, alice, " \n")
    with pytest.raises(ValueError, match="goes to"):
        escalate(task.pk, alice, QUESTION, "admin")
    with pytest.raises(UnknownRule):
        escalate(task.pk, alice, QUESTION, fact="colour")
    assert claim(alice) == task
    assert not Escalation.objects.exists()


def test_only_whoever_holds_the_turn_may_ask(release, alice, bob):
    a_case()
    task = claim(alice)
    with pytest.raises(NotYours):
        escalate(task.pk, bob, QUESTION)


def test_what_is_decided_cannot_be_asked_about(release, alice):
    a_case()
    decision = decided(alice, item="other")
    with pytest.raises(NotYours):
        escalate(decision.task_id, alice, QUESTION)


def test_an_appeal_is_decided_not_handed_up(release, carol):
    task = a_case().task
    Task.objects.filter(pk=task.pk).update(kind="appeal")
    with pytest.raises(AppealInHand):
        escalate(claim(carol).pk, carol, QUESTION)


def test_the_log_tells_of_it(asked):
    event = Event.objects.get(kind="escalation.asked")
    assert event.actor_id == asked.asked_by_id
    assert event.after["to"] == "senior"
    assert event.why == QUESTION
    assert verify_chain().sound


def test_a_report_of_an_unclear_rule_is_kept_and_the_turn_goes_on(release, alice):
    a_case()
    task = claim(alice)
    report = report_unclear(task.pk, alice, " “Lưỡi” là gì? ")
    assert (report.sop, report.fact, report.note) == ("knives", "item", "“Lưỡi” là gì?")
    assert report.sha == release.sha
    assert claim(alice) == task
    assert Event.objects.get(kind="rule.reported_unclear").case_id == task.case_id


def test_a_clause_can_be_reported_with_or_without_its_sop(release, alice):
    a_case()
    task = claim(alice)
    for clause in ("K-1", "knives/K-1"):
        report = report_unclear(task.pk, alice, "Khó hiểu", clause=clause)
        assert (report.sop, report.clause, report.fact) == ("knives", "K-1", "")
    assert UnclearReport.objects.count() == 1


def test_a_report_needs_a_note_a_known_rule_and_the_turn(release, alice, bob):
    a_case()
    task = claim(alice)
    with pytest.raises(ValueError, match="note"):
        report_unclear(task.pk, alice, "")
    with pytest.raises(UnknownRule):
        report_unclear(task.pk, alice, "?", clause="K-77")
    with pytest.raises(NotYours):
        report_unclear(task.pk, bob, "?")
    assert not UnclearReport.objects.exists()
