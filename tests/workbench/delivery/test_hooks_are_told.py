"""Webhooks: signed, in the transaction of their event, tried again, never into the network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from brightline.workbench.cases.actions.receive_many import receive_many
from brightline.workbench.delivery.models import Attempt, Delivery, Hook
from brightline.workbench.delivery.outbox import WAITS, after, again
from brightline.workbench.delivery.sending import send_deliveries
from brightline.workbench.delivery.telling import forget_hooks
from tests.workbench.delivery.receiver import receiver
from tests.workbench.making import a_case, coming, shares

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(release):
    shares()
    forget_hooks()
    yield
    forget_hooks()


@pytest.fixture
def inside(settings):
    """Hooks may go to this machine."""
    settings.HOOKS_ALLOW_PRIVATE = True


def a_hook(url: str, *kinds: str, **more: object) -> Hook:
    return Hook.objects.create(name="shop", url=url, kinds=list(kinds) or ["case.*"], **more)


def due() -> None:
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))


def test_an_event_arrives_signed(inside):
    with receiver() as shop:
        hook = a_hook(shop.url, "case.decided_automatically")
        case = a_case("Gối ôm", ref="lot-7").case
        assert send_deliveries() == 1
    (headers, body) = shop.got[0]
    said = json.loads(body)
    assert said["type"] == "case.decided_automatically"
    assert said["data"]["case"]["ref"] == case.ref
    assert said["data"]["after"]["action"] == "allow"
    assert headers["webhook-id"] == said["id"]
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    row = Delivery.objects.get()
    assert (row.status, row.code, row.said, row.attempts) == ("sent", 200, "said", 1)
    assert send_deliveries() == 0


def test_a_hook_gets_only_the_kinds_and_the_market_it_wants():
    a_hook("https://a.example/", "case.received")
    a_hook("https://b.example/", "case.*", market="TH")
    a_hook("https://c.example/", "case.*", state=Hook.State.ENDED)
    receive_many("VN", [coming("Gối ôm", ref=f"r{n}") for n in range(3)], None)
    assert set(Delivery.objects.values_list("hook__url", "kind")) == {
        ("https://a.example/", "case.received")
    }
    assert Delivery.objects.count() == 3


def test_people_and_keys_are_told_to_nobody(dave):
    from brightline.workbench.accounts.actions.give_role import give_role
    from brightline.workbench.accounts.roles import Role

    a_hook("https://a.example/", "*")
    give_role(dave, Role.LEAD, None)
    assert not Delivery.objects.exists()


def test_what_is_rolled_back_is_told_to_nobody():
    a_hook("https://a.example/")
    with transaction.atomic():
        a_case()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_a_failing_one_is_tried_again(inside):
    with receiver(500, 302, 200) as shop:
        a_hook(shop.url, "case.received")
        a_case()
        assert send_deliveries() == 1
        row = Delivery.objects.get()
        assert (row.status, row.code) == ("waiting", 500)
        assert 7 < (row.next_at - timezone.now()).total_seconds() < 13
        assert send_deliveries() == 0
        due()
        send_deliveries()  # a redirect is no delivery, and nobody follows it
        due()
        send_deliveries()
    assert Delivery.objects.get().status == "sent"
    assert [a.code for a in Attempt.objects.order_by("id")] == [500, 302, 200]
    assert len({headers["webhook-id"] for headers, _body in shop.got}) == 1


def test_after_three_days_it_is_given_up_and_a_person_may_send_it_again(inside):
    total = sum((wait for wait in WAITS), timedelta())
    assert timedelta(days=2.5) < total < timedelta(days=3.5)
    assert after(len(WAITS) + 1) is None
    with receiver(503) as shop:
        a_hook(shop.url, "case.received")
        a_case()
        Delivery.objects.update(attempts=len(WAITS))
        send_deliveries()
        row = Delivery.objects.get()
        assert row.status == "given_up"
        shop.answers = [204]
        again(row)
        assert send_deliveries() == 1
    assert Delivery.objects.get().status == "sent"


def test_one_that_is_gone_is_given_up_at_once(inside):
    with receiver(410) as shop:
        a_hook(shop.url, "case.received")
        a_case()
        send_deliveries()
    assert Delivery.objects.get().status == "given_up"


def test_a_paused_hook_waits_and_loses_nothing(inside):
    with receiver() as shop:
        hook = a_hook(shop.url, "case.received", state=Hook.State.PAUSED)
        a_case()
        assert send_deliveries() == 0
        hook.state = Hook.State.ACTIVE
        hook.save()
        assert send_deliveries() == 1


def test_what_a_dead_process_had_taken_is_sent_by_the_next(inside):
    with receiver() as shop:
        a_hook(shop.url, "case.received")
        a_case()
        Delivery.objects.update(lease_until=timezone.now() + timedelta(seconds=30))
        assert send_deliveries() == 0
        Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert send_deliveries() == 1
    assert len(shop.got) == 1


def test_nothing_is_sent_into_the_network():
    with receiver() as shop:
        a_hook(shop.url, "case.received")
        a_case()
        send_deliveries()
    row = Delivery.objects.get()
    assert (shop.got, row.status, row.code) == ([], "waiting", None)
    assert row.said


def test_after_a_change_of_secret_both_are_signed_with_for_a_day(inside):
    with receiver() as shop:
        hook = a_hook(shop.url, "case.received")
        old = hook.secret
        hook.old_salt, hook.salt, hook.rotated_at = hook.salt, "ab" * 16, timezone.now()
        hook.save()
        assert hook.secret != old
        a_case()
        send_deliveries()
    assert len(shop.got[0][0]["webhook-signature"].split()) == 2
    hook.rotated_at = timezone.now() - timedelta(hours=25)
    assert len(hook.signing_keys()) == 1
