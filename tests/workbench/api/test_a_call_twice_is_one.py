"""Idempotency keys: the same call again gets the same reply, another call is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.api.models import Reply
from brightline.workbench.api.replies import forget_replies
from brightline.workbench.cases.models import Case
from tests.workbench.api.calling import a_token, call, listing, service
from tests.workbench.making import shares

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled(release):
    shares()


def test_the_same_call_gets_the_same_reply():
    token = a_token()
    first = call("/cases", token, listing(), Idempotency_Key="k1")
    again = call("/cases", token, listing(), Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_another_call_under_the_same_key_is_refused():
    token = a_token()
    call("/cases", token, listing(), Idempotency_Key="k1")
    other = call("/cases", token, listing("b"), Idempotency_Key="k1")
    assert (other.status_code, other.json()["error"]["field"]) == (422, "Idempotency-Key")
    assert Case.objects.count() == 1


def test_two_programs_may_use_the_same_key():
    call("/cases", a_token(), listing(), Idempotency_Key="k1")
    other = a_token(user=service("other"))
    assert call("/cases", other, listing("b"), Idempotency_Key="k1").status_code == 201


def test_a_call_that_was_refused_can_be_mended():
    token = a_token()
    assert call("/cases", token, listing(subject="boat"), Idempotency_Key="k1").status_code == 422
    assert call("/cases", token, listing(), Idempotency_Key="k1").status_code == 201


def test_a_call_being_worked_on_is_not_worked_twice():
    token = a_token()
    call("/cases", token, listing(), Idempotency_Key="k1")
    Reply.objects.update(status=0)
    busy = call("/cases", token, listing(), Idempotency_Key="k1")
    assert (busy.status_code, busy["Retry-After"]) == (409, "2")


def test_a_call_whose_process_died_is_worked_again():
    token = a_token()
    call("/cases", token, listing(), Idempotency_Key="k1")
    Reply.objects.update(status=0, at=timezone.now() - timedelta(minutes=3))
    again = call("/cases", token, listing(), Idempotency_Key="k1")
    assert (again.status_code, again.json()["new"]) == (200, False)


def test_replies_are_forgotten_after_a_day():
    token = a_token()
    call("/cases", token, listing(), Idempotency_Key="k1")
    assert forget_replies() == 0
    Reply.objects.update(at=timezone.now() - timedelta(hours=25))
    assert call("/cases", token, listing("b"), Idempotency_Key="k1").status_code == 201
    Reply.objects.update(at=timezone.now() - timedelta(hours=25))
    assert forget_replies() == 1


def test_a_key_has_limits():
    token = a_token()
    for wrong in ("", " ", "x" * 256):
        assert call("/cases", token, listing(), Idempotency_Key=wrong).status_code == 400
