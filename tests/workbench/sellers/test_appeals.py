"""An appeal goes to someone else, ends with its decision, and gives back what was taken."""

from __future__ import annotations

import pytest

from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Case, Task
from brightline.workbench.delivery.models import Mail
from brightline.workbench.sellers.actions.file_appeal import NoAppeal, file_appeal
from brightline.workbench.sellers.appeals import appeal_of
from brightline.workbench.sellers.models import AccountAction, Appeal, Letter, Statement
from tests.workbench.making import a_case, answered, decided, person
from tests.workbench.sellers.making import (
    WORDS,
    adjudicate,
    appealed,
    points,
    removed,
    suspended,
)

pytestmark = pytest.mark.django_db


def test_it_opens_a_task_for_a_senior(release, alice):
    appeal = appealed(removed(alice))
    task = appeal.task
    assert (task.kind, task.senior, task.queue) == ("appeal", True, "regulated")
    assert task.due_at == appeal.due_at
    assert appeal_of(task) == appeal


def test_another_task_is_about_no_appeal(release, alice):
    assert appeal_of(a_case().task) is None


def test_it_never_goes_to_whoever_decided_the_case(release, carol):
    appeal = appealed(removed(carol))
    assert claim(carol) is None
    other = person("erin", "senior")
    assert claim(other) == appeal.task


def test_it_does_not_go_to_a_moderator(release, alice, bob):
    appealed(removed(alice))
    assert claim(bob) is None


def test_an_overturn_restores_and_returns_points(release, alice, carol):
    decision = removed(alice)
    appeal = appealed(decision)
    decided(carol, item="other")
    appeal.refresh_from_db()
    assert appeal.outcome == "overturned"
    assert Case.objects.get().action == "allow"
    assert points() == 0
    assert not AccountAction.objects.filter(lifted_at=None).exists()
    assert Statement.objects.order_by("id").last().kind == "lifted"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"appeal.filed", "appeal.decided", "points.returned", "account.restored"} <= kinds
    assert verify_chain().sound


def test_a_milder_outcome_is_overturned_in_part(release, alice, carol):
    appeal = appealed(suspended(alice))
    decided(carol, item="weapon", hidden="no")
    appeal.refresh_from_db()
    assert appeal.outcome == "partly"
    assert points() == 12
    newer = Statement.objects.order_by("id").last()
    assert (newer.kind, newer.appeal_until) == ("change", None)


def test_the_same_outcome_is_upheld_and_tells_the_reasons(release, alice, carol):
    appeal = appealed(removed(alice))
    decided(carol, item="weapon", hidden="no")
    appeal.refresh_from_db()
    assert appeal.outcome == "upheld"
    assert appeal.answer["vi"]["reasons"][0]["clause"] == "K-2"
    assert Statement.objects.count() == 1
    assert points() == 12


def test_a_harder_outcome_is_upheld_and_can_be_appealed(release, alice, carol):
    appeal = appealed(removed(alice))
    decided(carol, item="weapon", hidden="yes")
    appeal.refresh_from_db()
    assert appeal.outcome == "upheld"
    assert Statement.objects.order_by("id").last().appeal_until is not None


def test_an_appeal_handed_on_is_closed_by_the_answer(release, alice, carol):
    decision = removed(alice)
    appeal = appealed(decision)
    assert decided(carol, item="cannot_tell").action == "escalate"
    appeal.refresh_from_db()
    assert (appeal.outcome, points()) == ("", 12)
    task = adjudicate(decision)
    Task.objects.filter(pk=task.pk).update(kind="escalation")
    legal = person("lan", "legal", "senior")
    decided(legal, item="other")
    appeal.refresh_from_db()
    assert (appeal.outcome, points()) == ("overturned", 0)


def test_a_decision_lifted_meanwhile_closes_the_appeal_and_its_task(release, alice, bob, carol):
    decision = removed(alice)
    adjudicate(decision)
    Task.objects.filter(kind="adjudicate").update(urgency=0)
    appeal = appealed(decision)
    decided(carol, item="other")
    appeal.refresh_from_db()
    assert appeal.outcome == "overturned"
    assert appeal.task.status == "cancelled"
    assert claim(person("erin", "senior")) is None


def test_it_can_be_filed_once(release, alice):
    decision = removed(alice)
    appealed(decision)
    with pytest.raises(NoAppeal) as refused:
        appealed(decision)
    assert refused.value.reason == NoAppeal.ALREADY
    assert Task.objects.filter(kind="appeal").count() == 1


def test_it_cannot_be_filed_after_the_deadline(release, alice, monkeypatch):
    decision = removed(alice)
    Statement.objects.update(appeal_until=decision.at)
    with pytest.raises(NoAppeal) as refused:
        appealed(decision)
    assert refused.value.reason == NoAppeal.LATE


def test_a_replaced_decision_cannot_be_appealed(release, alice, carol):
    first = removed(alice)
    adjudicate(first)
    decided(carol, item="weapon", hidden="yes")
    with pytest.raises(NoAppeal) as refused:
        appealed(first)
    assert refused.value.reason == NoAppeal.REPLACED


def test_what_an_appeal_came_to_is_not_appealed_again(release, alice, carol):
    appealed(suspended(alice))
    last = decided(carol, item="weapon", hidden="no")
    with pytest.raises(NoAppeal) as refused:
        appealed(last)
    assert refused.value.reason == NoAppeal.NOTHING


@pytest.mark.parametrize("text", ["", "   ", "ngắn", "a" * 5_001, "\u200b" * 50, "\x00" * 20])
def test_the_text_is_bounded(release, alice, text):
    decision = removed(alice)
    with pytest.raises(ValueError, match="text"):
        appealed(decision, text)
    assert not Appeal.objects.exists()


def test_control_characters_are_left_out(release, alice):
    appeal = appealed(removed(alice), WORDS + "\x00\u202e\r\nhết")
    assert appeal.text == WORDS + "\nhết"


def test_an_appeal_on_an_automatic_decision_waits_in_its_sops_queue(release):
    case = a_case(facts={"item": "weapon", "hidden": "no"}).case
    appeal = file_appeal(Statement.objects.get(case=case), WORDS)
    assert appeal.task.queue == "regulated"


def test_the_seller_is_written_to_where_the_address_is_known(release, alice, carol, settings):
    settings.PUBLIC_URL = "https://sops.example.vn"
    case = a_case().case
    Case.objects.filter(pk=case.pk).update(
        attributes={**case.attributes, "seller_email": "ban@example.vn"}
    )
    appeal = appealed(decided(alice, item="weapon", hidden="no"))
    decided(carol, item="other")
    assert list(Letter.objects.values_list("kind", flat=True)) == [
        "statement",
        "received",
        "decided",
    ]
    first, second, third = Mail.objects.order_by("pk")
    assert first.to == second.to == third.to == "ban@example.vn"
    for body in (first.text, first.html):
        assert "https://sops.example.vn/sellers/s/" in body
        assert "Sản phẩm đã bị gỡ vì là vũ khí" in body
    assert appeal.number in second.subject
    assert "Hủy quyết định" in third.text
    sent = Event.objects.get(kind="statement.sent")
    assert sent.after["to"] == "b…@example.vn"


def test_no_letter_goes_to_what_is_no_address(release, alice):
    case = a_case().case
    Case.objects.filter(pk=case.pk).update(
        attributes={**case.attributes, "seller_email": "a@b.vn\nBcc: x@y.z"}
    )
    decided(alice, item="weapon", hidden="no")
    assert not Letter.objects.exists()


def test_a_decision_rolled_back_leaves_nothing_behind(release, alice, carol, monkeypatch):
    appeal = appealed(removed(alice))
    task = answered(claim(carol), carol, item="other")
    from brightline.workbench.cases.actions.decide import decide
    from brightline.workbench.sellers import following

    monkeypatch.setattr(following, "settle_appeals", _fails)
    with pytest.raises(RuntimeError):
        decide(task.pk, carol)
    appeal.refresh_from_db()
    assert (appeal.outcome, points(), Case.objects.get().action) == ("", 12, "remove_listing")


def _fails(*_args):
    raise RuntimeError("the database went away")
