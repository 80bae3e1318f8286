"""A question handed up from a blind turn is judged blindly, and measures as that turn would."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.models import Escalation
from tests.workbench.making import a_case, answered, decided, person, shares

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_up(release, alice, bob) -> Escalation:
    """Alice removed it; Bob, who looks a second time, asks a senior."""
    shares(second=0.999999)
    a_case()
    decided(alice, item="weapon", hidden="no")
    task = claim(bob)
    assert task.kind == "second"
    return escalate(task.pk, bob, "Kiếm gỗ có tính không?")


def test_the_senior_judges_blindly_and_by_the_same_lot(handed_up, carol, client):
    task = claim(carol)
    assert (task, task.kind) == (handed_up.task, "second")
    assert task.inclusion == handed_up.asked_from.inclusion == 0.999999
    client.force_login(carol)
    page = client.get(reverse("console_task", args=[task.pk])).content.decode()
    assert "Kiếm gỗ có tính không?" in page
    assert "Quyết định trước đây" not in page
    assert "Gỡ sản phẩm" not in page


def test_where_they_agree_the_first_decision_stands(handed_up, carol):
    second = decided(carol, item="weapon", hidden="no")
    assert (second.how, second.in_force) == ("second", False)
    assert not handed_up.case.tasks.filter(kind="adjudicate").exists()
    handed_up.refresh_from_db()
    assert (handed_up.state, handed_up.decision, handed_up.answered_by) == (
        "settled", second, carol,
    )  # fmt: skip
    assert verify_chain().sound


def test_where_they_differ_both_are_kept_and_another_senior_settles_it(handed_up, carol):
    second = decided(carol, item="other")
    case = Case.objects.get()
    assert case.action == "remove_listing"
    first = Decision.objects.get(in_force=True)
    assert first.pk != second.pk
    assert claim(carol) is None  # had a turn
    third = decided(person("chi", "senior"), item="other")
    assert (third.how, third.in_force) == ("adjudicate", True)
    case.refresh_from_db()
    assert case.action == "allow"
    assert [d.how for d in Decision.objects.all()] == ["review", "second", "adjudicate"]


def test_passed_on_it_stays_blind(handed_up, carol):
    again = escalate(claim(carol).pk, carol, "Luật nói gì?", "legal")
    linh = person("linh", "legal")
    task = claim(linh)
    assert (task, task.kind) == (again.task, "second")
    assert not decide(answered(task, linh, item="other").pk, linh).in_force
    handed_up.refresh_from_db()
    assert handed_up.state == "settled"


def test_an_audit_is_handed_up_in_the_same_way(release, alice, carol):
    shares(audit=1.0)
    case = a_case("Gối ôm hình gấu").case
    escalate(claim(alice).pk, alice, "?")
    second = decided(carol, item="weapon", hidden="no")
    assert (second.how, second.in_force) == ("audit", False)
    assert case.tasks.filter(kind="adjudicate").count() == 1


def test_a_question_from_the_first_look_settles_as_before(release, alice, carol):
    a_case()
    escalate(claim(alice).pk, alice, "?")
    assert decided(carol, item="other").how == "escalation"
