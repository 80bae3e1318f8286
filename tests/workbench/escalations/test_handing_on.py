"""Where the rules say `escalate`, the case climbs; at the top only facts or an exception end it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from brightline.rulebook.model import Clause, Sop
from brightline.workbench.accounts.roles import Role
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import NotDetermined, decide
from brightline.workbench.cases.models import Decision, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.actions.answer_question import Reply, answer_question
from brightline.workbench.escalations.actions.settle_outside import RulesDecide, settle_outside
from brightline.workbench.escalations.desks import wanted
from brightline.workbench.escalations.following import AtTheTop
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook, answered, decided, person

pytestmark = pytest.mark.django_db
REASON = "Cơ quan công an đã xác nhận đây là dao nghi lễ được phép."


def told(who, **facts) -> Decision:
    """The decision of a person on a case of which the rules say `escalate`."""
    a_case()
    return decided(who, **(facts or {"item": "cannot_tell"}))


def with_a_step(role: str, within: str = "4h", owner: str = "team"):
    """The small rulebook, whose K-2 escalates with a follow-up step for a role."""
    book = a_rulebook().model_dump(mode="json", by_alias=True, exclude_none=True)
    book["sops"][0]["owner"] = owner
    clause = book["sops"][0]["clauses"][1]
    clause |= {"action": "escalate", "points": 0, "then": [
        {"do": {"vi": "Xác minh", "en": "Verify"}, "role": role, "within": within}
    ]}  # fmt: skip
    clause.pop("notice")
    return type(a_rulebook()).model_validate(book)


def test_a_case_that_the_rules_hand_on_reaches_a_senior(release, alice, carol):
    decision = told(alice)
    question = Escalation.objects.get()
    assert (question.by_rule, question.asked_by, question.to_role) == (True, alice, "senior")
    assert (question.sop, question.clause, question.question) == ("knives", "", "")
    assert question.task.due_at == decision.at + timedelta(hours=24)
    assert claim(alice) is None
    assert claim(carol) == question.task


def test_the_clauses_step_says_to_whom_and_by_when(alice, linh):
    publish(with_a_step("authority-desk"), None)
    decision = told(alice, item="weapon", hidden="no")
    question = Escalation.objects.get()
    assert (question.to_role, question.desk, question.clause) == ("legal", "authority-desk", "K-2")
    assert question.task.due_at == decision.at + timedelta(hours=4)
    assert claim(linh) == question.task


@pytest.mark.parametrize(
    ("step", "owner", "role", "desk"),
    [
        ("brand", "legal", Role.SENIOR, "brand"),
        ("legal", "team", Role.LEGAL, "legal"),
        (None, "legal", Role.LEGAL, ""),
        (None, "regulated-goods", Role.SENIOR, ""),
    ],
)
def test_the_step_comes_before_the_owner(step, owner, role, desk):
    sop: Sop = with_a_step(step or "legal", owner=owner).sops[0]
    clause: Clause = sop.clauses[1]
    assert wanted(sop, clause if step else None) == (role, desk)
    assert wanted(None, None) == (Role.SENIOR, "")


def test_a_senior_who_answers_otherwise_settles_it(release, alice, carol):
    case = told(alice).case
    settled = decided(carol, item="kitchen_knife")
    case.refresh_from_db()
    assert (case.action, settled.in_force) == ("allow", True)
    assert Escalation.objects.get().decision == settled


def test_where_the_rules_still_say_so_it_goes_up_to_legal(release, alice, carol, linh):
    told(alice)
    again = decided(carol, item="cannot_tell")
    first, second = Escalation.objects.all()
    assert (first.state, first.decision, second.earlier) == ("passed", again, first)
    assert second.to_role == "legal"
    assert claim(person("chi", "senior")) is None
    settled = decided(linh, item="other")
    first.refresh_from_db()
    assert (first.state, first.answered_by) == ("settled", linh)
    assert settled.in_force


def at_the_top(alice, carol, linh) -> Task:
    told(alice)
    decided(carol, item="cannot_tell")
    return answered(claim(linh), linh, item="cannot_tell")


def test_at_the_top_it_cannot_be_handed_on_again(release, alice, carol, linh):
    task = at_the_top(alice, carol, linh)
    with pytest.raises(AtTheTop):
        decide(task.pk, linh)
    assert issubclass(AtTheTop, NotDetermined)
    task.refresh_from_db()
    assert task.status == "claimed"
    assert (Decision.objects.count(), Escalation.objects.count()) == (2, 2)


def test_legal_settles_it_with_a_reason_as_an_exception(release, alice, carol, linh):
    task = at_the_top(alice, carol, linh)
    decision = settle_outside(task.pk, linh, "remove_listing", REASON)
    assert (decision.exception, decision.how, decision.by) == (True, "escalation", linh)
    assert (decision.action, decision.points, decision.note) == ("remove_listing", 0, REASON)
    assert (decision.violation, decision.clause_ids, decision.in_force) == (True, [], True)
    task.case.refresh_from_db()
    assert task.case.action == "remove_listing"
    event = Event.objects.get(kind="case.decided", on_id=str(decision.pk))
    assert (event.after["exception"], event.after["rules"], event.why) == (True, "escalate", REASON)
    assert not Escalation.objects.filter(state__in=["open", "passed"]).exists()
    assert settle_outside(task.pk, linh, "allow", "Khác") == decision
    assert verify_chain().sound


def test_an_exception_reproduces_as_what_the_rules_left_to_people(release, alice, carol, linh):
    decision = settle_outside(at_the_top(alice, carol, linh).pk, linh, "allow", REASON)
    engine = Turn(decision.task).engine
    again = engine.decide("listing", decision.day, decision.facts).verdict
    assert engine.rulebook.actions[again.action].person
    assert [(c["sop"], c["clause"]) for c in decision.clauses] == [
        (c.sop, c.clause) for c in again.reported
    ]


def test_what_the_rules_decide_no_person_decides_otherwise(release, alice, carol, linh):
    task = at_the_top(alice, carol, linh)
    answered(task, linh, item="other")
    with pytest.raises(RulesDecide):
        settle_outside(task.pk, linh, "remove_listing", REASON)
    assert not Decision.objects.filter(exception=True).exists()


def test_an_exception_needs_a_reason_and_an_action_that_settles(release, alice, carol, linh):
    task = at_the_top(alice, carol, linh)
    with pytest.raises(ValueError, match="reason"):
        settle_outside(task.pk, linh, "allow", " ")
    for action in ("escalate", "nonsense"):
        with pytest.raises(ValueError, match="settles nothing"):
            settle_outside(task.pk, linh, action, REASON)
    with pytest.raises(NotYours):
        settle_outside(task.pk, carol, "allow", REASON)


def test_only_legal_makes_an_exception_and_only_of_what_was_handed_up(release, alice, carol, linh):
    told(alice)
    task = answered(claim(carol), carol, item="cannot_tell")
    with pytest.raises(PermissionDenied):
        settle_outside(task.pk, carol, "allow", REASON)
    a_case("Kiếm Nhật khác")
    review = answered(claim(linh), linh, item="cannot_tell")
    assert review.kind == "review"
    with pytest.raises(PermissionDenied):
        settle_outside(review.pk, linh, "allow", REASON)


def test_an_open_case_is_no_exception(release, alice, carol, linh):
    told(alice)
    decided(carol, item="cannot_tell")
    with pytest.raises(NotDetermined):
        settle_outside(claim(linh).pk, linh, "allow", REASON)


def test_sent_back_a_moderators_decision_takes_the_place_of_the_first(release, alice, bob, carol):
    case = told(alice).case
    answer_question(Escalation.objects.get().pk, carol, Reply("Nhìn lưỡi dao."), back=True)
    task = claim(bob)
    assert (task.kind, task.senior, task.role) == ("escalation", False, "")
    assert decided(bob, item="weapon", hidden="no").in_force
    case.refresh_from_db()
    assert case.action == "remove_listing"


def test_sent_back_and_handed_on_again_it_starts_with_a_senior(release, alice, bob, carol):
    told(alice)
    answer_question(Escalation.objects.get().pk, carol, Reply("Nhìn lưỡi dao."), back=True)
    decided(bob, item="cannot_tell")
    assert Escalation.objects.filter(state="open").get().to_role == "senior"


def test_a_senior_who_settles_two_looks_hands_on_to_legal(release, alice, bob, carol):
    from tests.workbench.making import shares

    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    decided(bob, item="other")
    assert claim(carol).kind == "adjudicate"
    decided(carol, item="cannot_tell")
    assert Escalation.objects.get().to_role == "legal"
