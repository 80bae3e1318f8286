"""Who has not passed by the time gets no cases of the touched queue; who has, at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.gates import barred
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.actions.take import KeptOut, take
from brightline.workbench.rulebooks.actions.cancel import cancel
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.edit_notice import move_gate, withdraw
from brightline.workbench.understanding.actions.excuse import NotExcused, excuse
from brightline.workbench.understanding.current import binding, forget
from brightline.workbench.understanding.models import Recipient
from brightline.workbench.understanding.recipients import recipient_of
from brightline.workbench.understanding.todo import to_do
from tests.workbench.making import a_case, person
from tests.workbench.understanding.making import (
    changed,
    clauses,
    second_release,
    sent,
    soon,
    taken,
)

pytestmark = pytest.mark.django_db
REGULATED, GENERAL = ("VN", "regulated"), ("VN", "general")


def test_a_moderator_is_kept_out_until_the_quiz_is_passed(release, alice, mai):
    a_case("Kiếm Nhật trang trí")
    notice = sent(mai, second_release())
    assert claim(alice) is None
    assert not taken(notice, alice, right=False).passed
    assert claim(alice) is None
    assert taken(notice, alice).passed
    task = claim(alice)
    assert task is not None
    assert task.queue == "regulated"


def test_only_the_touched_queue_is_closed(release, alice, mai):
    sent(mai, second_release())
    assert set(barred(alice, [REGULATED, GENERAL])) == {REGULATED}


def test_before_the_rules_are_in_force_nobody_is_kept_out(release, alice, mai):
    sent(mai, second_release(at=soon()))
    assert not barred(alice, [REGULATED])
    assert [one.late for one in to_do(alice)] == [False]


def test_until_the_grace_is_over_nobody_is_kept_out(release, alice, mai):
    notice = sent(mai, second_release(), binds_at=soon())
    assert not barred(alice, [REGULATED])
    move_gate(notice, mai, timezone.now(), "Đã nhắc đủ")
    assert barred(alice, [REGULATED])
    assert Event.objects.get(kind=EventKind.NOTICE_CHANGED).why == "Đã nhắc đủ"


def test_a_notice_that_was_never_sent_keeps_nobody_out(release, alice):
    draft(second_release())
    forget()
    assert not barred(alice, [REGULATED])
    assert not to_do(alice)


def test_a_release_that_takes_its_place_frees_from_the_earlier_quiz(release, alice, mai):
    sent(mai, second_release())
    assert barred(alice, [REGULATED])
    every = clauses()
    every[1]["points"] = 6
    draft(second_release(changed(clauses=every)))  # such as a rollback: not sent yet
    forget()
    assert not barred(alice, [REGULATED])


def test_a_release_that_leaves_the_queue_alone_frees_nobody(release, alice, mai):
    notice = sent(mai, second_release())
    draft(second_release(changed_again()))
    forget()
    assert [one.address for one in barred(alice, [REGULATED]).values()] == [
        f"/understanding/{notice.pk}/"
    ]


def changed_again():
    """The stricter rulebook with another review date."""
    from tests.workbench.understanding.making import stricter, varied

    return varied(stricter(), review_by="2028-01-01")


def test_a_release_that_was_called_off_or_has_expired_keeps_nobody_out(release, alice, mai):
    ahead = second_release(at=soon(1))
    sent(mai, ahead)
    assert to_do(alice)
    cancel(ahead, mai, "Sai")
    forget()
    assert not to_do(alice)
    assert not binding([REGULATED], soon(2))
    every = clauses()
    every[1]["points"] = 6
    terms = Terms(effective_at=soon(1), expires_at=soon(3))
    sent(mai, publish(changed(clauses=every), None, terms=terms))
    assert set(binding([REGULATED], soon(2))) == {REGULATED}
    assert not binding([REGULATED], soon(4))


def test_being_let_in_ends_by_itself_and_stands_in_the_log(release, alice, mai):
    notice = sent(mai, second_release())
    row = recipient_of(notice, alice)
    excuse(row, mai, soon(), "Đang xử lý vụ gấp")
    assert not barred(alice, [REGULATED])
    event = Event.objects.get(kind=EventKind.GATE_LIFTED)
    assert (event.actor_id, event.why) == (mai.pk, "Đang xử lý vụ gấp")
    Recipient.objects.filter(pk=row.pk).update(excused_until=timezone.now() - timedelta(seconds=1))
    assert barred(alice, [REGULATED])


def test_letting_in_needs_a_reason_a_time_ahead_and_someone_else(release, mai):
    both = person("both", "moderator", "manager")
    row = recipient_of(sent(mai, second_release()), both)
    for by, until, why in ((mai, soon(), " "), (mai, soon(-1), "x"), (both, soon(), "x")):
        with pytest.raises(NotExcused):
            excuse(row, by, until, why)
    assert barred(both, [REGULATED])


def test_a_withdrawn_notice_keeps_nobody_out(release, alice, mai):
    withdraw(sent(mai, second_release()), mai, "Sai bản")
    assert not barred(alice, [REGULATED])
    assert not to_do(alice)


def test_who_comes_to_the_queue_later_is_kept_out_too(release, mai):
    sent(mai, second_release())
    assert barred(person("new", "moderator"), [REGULATED])
    assert not barred(person("other", "moderator", queue="general"), [GENERAL])


def test_a_senior_takes_no_case_of_a_question_from_a_closed_queue_either(release, alice, mai):
    carol = person("carol", "senior")
    a_case()
    question = escalate(claim(alice).pk, alice, "Kiếm gỗ có phải vũ khí?")
    notice = sent(mai, second_release())
    with pytest.raises(KeptOut):
        take(question.pk, carol)
    taken(notice, carol)
    assert take(question.pk, carol).claimed_by == carol


def test_a_claim_costs_no_query_more_once_passed_and_one_before(release, alice, bob, mai):
    notice = sent(mai, second_release())
    taken(notice, alice)
    barred(alice, [REGULATED])  # remembered from here on
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert not barred(alice, [REGULATED])
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        assert barred(bob, [REGULATED])
    assert len(asked) == 1
