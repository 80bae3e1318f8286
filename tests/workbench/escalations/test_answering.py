"""An answer reaches the asker and the case; it becomes a precedent if the answerer says so."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import QueueState, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About, UnknownRule
from brightline.workbench.escalations.actions.adopt_answers import adopt_answers
from brightline.workbench.escalations.actions.answer_question import (
    AlreadyClosed,
    Reply,
    answer_question,
)
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.actions.mark_read import mark_read
from brightline.workbench.escalations.actions.pass_on import pass_on
from brightline.workbench.escalations.actions.take import CannotTake, HeldByAnother, Paused, take
from brightline.workbench.escalations.models import Escalation, Precedent
from brightline.workbench.escalations.on_case import answers_for, answers_on, unread
from brightline.workbench.escalations.precedents import precedents_for
from tests.workbench.making import a_case, answered, decided, person, shares

pytestmark = pytest.mark.django_db
YES = Reply("Có, lưỡi giấu trong vật dụng khác là ngụy trang.", "Yes: the blade is hidden.")


def test_with_the_answer_the_senior_takes_the_case(asked, carol):
    answer_question(asked.pk, carol, YES, back=False)
    assert claim(carol) == asked.task
    decision = decide(answered(asked.task, carol, item="weapon", hidden="yes").pk, carol)
    asked.refresh_from_db()
    assert (asked.state, asked.decision) == ("answered", decision)
    assert (decision.how, decision.action) == ("escalation", "suspend_shop")


def test_what_a_senior_confirms_is_marked_as_theirs_and_reproduces(asked, carol):
    take(asked.pk, carol)
    decision = decide(answered(asked.task, carol, item="weapon", hidden="yes").pk, carol)
    assert decision.facts["hidden"]["source"] == "senior"
    again = Turn(asked.task).engine.decide("listing", decision.day, decision.facts)
    assert again.verdict.action == decision.action


def test_the_senior_can_take_over_the_answers_so_far(asked, carol):
    take(asked.pk, carol)
    turn = adopt_answers(asked.task_id, carol)
    assert [(a.fact, a.value, a.person) for a in turn.answers] == [("item", "weapon", carol)]
    assert len(adopt_answers(asked.task_id, carol).answers) == 1


def test_sent_back_another_moderator_gets_it_with_the_answer(asked, alice, bob, carol):
    answer_question(asked.pk, carol, YES, back=True)
    assert claim(alice) is None
    task = claim(bob)
    assert task.kind == "review"
    assert [one.answer for one in answers_on(task)] == [YES.answer]
    assert decide(answered(task, bob, item="weapon", hidden="yes").pk, bob).in_force


def test_sent_back_it_is_as_due_and_as_likely_drawn_as_before(release, alice, bob, carol):
    shares(second=1.0)
    a_case()
    decided(alice, item="other")
    task = claim(bob)
    question = escalate(task.pk, bob, "?")
    answer_question(question.pk, carol, YES, back=True)
    question.refresh_from_db()
    again = question.returned_as
    assert (again.kind, again.inclusion, again.due_at) == ("second", 1.0, task.due_at)
    assert answers_on(again) == [question]


def test_a_blind_look_hears_nothing_of_answers_to_others(release, alice, bob, carol):
    shares(second=1.0)
    a_case()
    asked = escalate(claim(alice).pk, alice, "?")
    answer_question(asked.pk, carol, YES, back=False)
    task = claim(bob)
    assert (task.kind, answers_on(task)) == ("second", [])


def test_the_asker_sees_the_answer_until_they_have_read_it(asked, alice, bob, carol):
    assert (unread(alice), answers_for(alice)) == (0, [asked])
    answer_question(asked.pk, carol, YES, back=True)
    assert unread(alice) == 1
    assert not mark_read(asked.pk, bob)
    assert mark_read(asked.pk, alice)
    assert (unread(alice), mark_read(asked.pk, alice)) == (0, False)
    assert answers_for(alice)[0].answer_in("en") == YES.answer_en


def test_a_decision_without_words_is_told_to_the_asker_too(asked, alice, carol):
    take(asked.pk, carol)
    decide(answered(asked.task, carol, item="other").pk, carol)
    asked.refresh_from_db()
    assert (asked.state, asked.decision.action, unread(alice)) == ("settled", "allow", 1)


def test_it_becomes_a_precedent_and_shows_on_a_similar_case(asked, bob, carol):
    tied = Reply(YES.answer, YES.answer_en, About("knives", fact="hidden"))
    answer_question(asked.pk, carol, tied, back=False)
    made = Precedent.objects.get()
    assert (made.question, made.case, made.escalation) == (asked.question, asked.case, asked)
    a_case("KIEM NHAT mini trang tri", seller="shop-2")
    turn = Turn(answered(claim(bob), bob, item="weapon"))
    assert precedents_for(turn) == [made]
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))[-6:]
    assert "escalation.answered" in kinds and "precedent.made" in kinds
    assert verify_chain().sound


def test_a_precedent_on_a_rule_that_is_not_there_is_refused_whole(asked, carol):
    for tie in (About("knives", clause="K-77"), About("knives", fact="x"), About("", "K-1")):
        with pytest.raises(UnknownRule):
            answer_question(asked.pk, carol, Reply("Có", tie=tie), back=True)
    asked.refresh_from_db()
    assert asked.open and not Precedent.objects.exists()


def test_it_needs_words(asked, carol):
    with pytest.raises(ValueError, match="words"):
        answer_question(asked.pk, carol, Reply("  "), back=True)


def test_nobody_answers_who_may_not(asked, alice, bob, dave, linh, phong):
    elsewhere = person("elsewhere", "senior", queue="reviews")
    for who in (alice, bob, dave, linh, phong, elsewhere):
        with pytest.raises(PermissionDenied):
            answer_question(asked.pk, who, YES, back=True)
    asked.refresh_from_db()
    assert asked.open


def test_nobody_answers_their_own_question(release, carol, mai):
    a_case()
    question = escalate(claim(carol).pk, carol, "?")
    with pytest.raises(PermissionDenied):
        answer_question(question.pk, carol, YES, back=True)
    answer_question(question.pk, mai, YES, back=True)


def test_a_policy_author_answers_and_sends_back_but_takes_no_case(release, alice, phong):
    a_case()
    question = escalate(claim(alice).pk, alice, "?", "author")
    with pytest.raises(PermissionDenied):
        answer_question(question.pk, phong, YES, back=False)
    question.refresh_from_db()
    assert question.open
    answer_question(question.pk, phong, YES, back=True)


def test_it_is_answered_once(asked, carol, mai):
    answer_question(asked.pk, carol, YES, back=False)
    with pytest.raises(AlreadyClosed):
        answer_question(asked.pk, mai, Reply("Không"), back=True)


def test_what_another_senior_holds_is_not_sent_back_under_them(asked, carol, mai):
    assert claim(carol) == asked.task
    with pytest.raises(HeldByAnother):
        answer_question(asked.pk, mai, YES, back=True)
    with pytest.raises(HeldByAnother):
        take(asked.pk, person("chi", "senior"))
    asked.refresh_from_db()
    assert asked.open


def test_taking_keeps_to_the_rules_of_the_queue(asked, alice, bob, carol, linh):
    for who in (bob, linh):
        with pytest.raises(PermissionDenied):
            take(asked.pk, who)
    alice.grants.create(role="senior")
    alice = type(alice).objects.get(pk=alice.pk)
    with pytest.raises(CannotTake):
        take(asked.pk, alice)
    QueueState.objects.create(market="VN", queue="regulated", paused=True, why="rà soát")
    with pytest.raises(Paused, match="rà soát"):
        take(asked.pk, carol)


def test_a_question_at_the_wrong_desk_is_passed_on(asked, carol, linh):
    claim(carol)
    pass_on(asked.pk, carol, "legal", "Cần pháp chế xem giấy phép")
    assert claim(carol) is None
    assert claim(linh) == asked.task
    answer_question(asked.pk, linh, YES, back=False)
    assert Event.objects.filter(kind="escalation.asked").last().why == "Cần pháp chế xem giấy phép"


def test_passing_on_is_for_those_who_answer_and_has_a_reason(asked, alice, bob, carol):
    for who in (alice, bob):
        with pytest.raises(PermissionDenied):
            pass_on(asked.pk, who, "legal", "vì")
    with pytest.raises(ValueError, match="reason"):
        pass_on(asked.pk, carol, "legal", " ")
    with pytest.raises(ValueError, match="another role"):
        pass_on(asked.pk, carol, "senior", "vì")


def test_a_senior_who_asks_legal_passes_the_first_question_on(asked, alice, carol, linh):
    take(asked.pk, carol)
    second = escalate(asked.task_id, carol, "Luật coi đây là vũ khí thô sơ?", "legal")
    asked.refresh_from_db()
    assert (asked.state, second.earlier) == ("passed", asked)
    answer_question(second.pk, linh, YES, back=True)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, unread(alice), unread(carol)) == (
        "answered", YES.answer, 1, 1,
    )  # fmt: skip
    assert Task.objects.filter(status="open").get().kind == "review"
    assert Escalation.objects.filter(state="open").count() == 0
