"""The sample data is what two weeks of real acts would have left, and says that it is made up."""

from __future__ import annotations

from datetime import timedelta
from statistics import median

import pytest
from django.test import Client

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.models import Answer, Case, Decision, Picture, Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.models import Escalation, Precedent
from brightline.workbench.rulebooks.engine import stored
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.sample.team import PASSWORD
from brightline.workbench.sellers.models import Appeal
from tests.workbench.sample.conftest import UPTO

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("filled")]


def test_there_is_someone_of_every_role_but_the_service(filled):
    roles = set(Grant.objects.values_list("role", flat=True))
    assert roles == {role.value for role in Role} - {"service"}
    assert Grant.objects.filter(role="moderator").count() >= 2


def test_everyone_logs_in_with_the_password_that_is_printed(filled):
    for person in User.objects.all():
        assert person.check_password(PASSWORD)


def test_every_case_is_marked_and_lies_in_the_two_weeks(filled):
    assert Case.objects.count() == Case.objects.filter(sample=True).count() == 160
    for at in Case.objects.values_list("received_at", flat=True):
        assert UPTO - timedelta(days=15) < at < UPTO


def test_nothing_happened_after_now(filled):
    latest = [
        Event.objects.order_by("-at").first().at,
        Decision.objects.order_by("-at").first().at,
        Answer.objects.order_by("-at").first().at,
        Task.objects.order_by("-created_at").first().created_at,
    ]
    assert max(latest) < UPTO


def test_the_log_is_sound_and_in_the_order_of_time(filled):
    assert verify_chain().sound
    moments = list(Event.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_every_decision_of_a_person_follows_from_a_turn_by_the_rules(filled):
    decisions = Decision.objects.exclude(by=None).select_related("task__case", "by")
    assert len(decisions) > 40
    for decision in decisions:
        turn = Turn(decision.task)
        assert turn.ruling.verdict.action == decision.action
        assert stored(turn.ruling.facts) == decision.facts
        kinds = Event.objects.filter(case_id=decision.case_id).values_list("kind", flat=True)
        assert {"case.received", "task.claimed", "case.decided"} <= set(kinds)


def test_an_automatic_decision_is_what_the_rules_say(filled):
    for decision in Decision.objects.filter(how="automatic").select_related("case")[:40]:
        case = decision.case
        ruling = engine_of(case.sha).decide(case.subject, case.day, case.facts)
        assert ruling.verdict.action == decision.action


def test_handling_takes_as_long_as_it_does_for_people(filled):
    seconds = list(Decision.objects.exclude(by=None).values_list("seconds", flat=True))
    assert 4 < median(seconds) < 120
    assert max(seconds) > 2 * median(seconds)


def test_some_work_is_left_and_some_has_pictures(filled):
    left = Task.objects.filter(status="open")
    assert left.exists()
    assert not Task.objects.filter(status="claimed").exists()
    assert Picture.objects.exists()


def test_every_page_says_that_the_data_is_made_up(filled):
    client = Client()
    assert "Dữ liệu mẫu" in client.get("/accounts/login/").content.decode()
    client.force_login(User.objects.get(username="lan"))
    assert "Dữ liệu mẫu" in client.get("/review/").content.decode()


def test_some_sellers_appealed_some_won_some_lost_some_wait(filled):
    outcomes = set(Appeal.objects.values_list("outcome", flat=True))
    assert {"", "upheld"} <= outcomes
    assert outcomes & {"overturned", "partly"}
    for appeal in Appeal.objects.exclude(outcome=""):
        first, last = appeal.statement.decision, appeal.decision
        assert appeal.case.sample
        assert appeal.filed_at > first.at
        assert last.by is not None
        assert last.by != first.by


def test_some_questions_were_answered_in_words_some_are_precedents_some_wait(filled):
    assert {"open", "answered"} <= set(Escalation.objects.values_list("state", flat=True))
    made = list(Precedent.objects.select_related("escalation", "case"))
    assert made
    for one in made:
        assert one.case.sample
        assert one.answer == one.escalation.answer
        assert one.answer_en
        assert one.made_by == one.escalation.answered_by != one.escalation.asked_by
