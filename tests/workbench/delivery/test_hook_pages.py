"""The pages of webhooks and keys: by whom, what they do, what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from brightline.workbench.api.models import ApiKey
from brightline.workbench.audit.models import Event
from brightline.workbench.delivery.actions import keep_hook as room
from brightline.workbench.delivery.models import Delivery, Hook
from brightline.workbench.delivery.telling import forget_hooks
from tests.workbench.api.calling import service
from tests.workbench.making import a_case, person

pytestmark = pytest.mark.django_db

URL = "https://hooks.example/in"
FIELDS = {"name": "Shop", "url": URL, "kinds": ["case.received"], "market": ""}


@pytest.fixture(autouse=True)
def _public(release, monkeypatch):
    """hooks.example is a public host here: no test asks the network."""
    real = room.checked_address
    monkeypatch.setattr(
        room, "checked_address",
        lambda host, *more: "1.1.1.1" if host == "hooks.example" else real(host, *more),
    )  # fmt: skip
    forget_hooks()
    yield
    forget_hooks()


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_hook_is_added_changed_paused_and_ended(dave):
    admin = browser(dave)
    assert "empty" in admin.get("/deliveries/").content.decode()
    assert admin.post("/deliveries/hooks/new/", FIELDS).status_code == 302
    hook = Hook.objects.get()
    page = f"/deliveries/hooks/{hook.pk}/"
    assert hook.secret not in admin.get(page).content.decode()
    assert hook.secret in admin.get(page + "?secret=1").content.decode()
    assert admin.post(page + "change/", {**FIELDS, "name": "New"}).status_code == 302
    old = hook.secret
    for what in ("paused", "active", "secret", "nonsense", "ended", "active"):
        assert admin.post(page + "state/", {"do": what}).status_code == 302
    hook.refresh_from_db()
    assert (hook.name, hook.state) == ("New", "ended")
    assert hook.secret != old
    assert Event.objects.filter(kind="hook.changed", actor=dave).count() == 5
    assert hook.salt not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"kinds": []}, "kinds"), ({"kinds": ["person.added"]}, "kinds"),
     ({"url": "http://hooks.example/"}, "url"), ({"url": "https://127.0.0.1/"}, "url"),
     ({"url": "https://localhost/"}, "url"), ({"url": "javascript:alert(1)"}, "url"),
     ({"url": "https://hooks.example/" + "x" * 1000}, "url")],
)  # fmt: skip
def test_what_is_no_hook_is_refused_and_what_was_typed_stays(dave, wrong, field):
    got = browser(dave).post("/deliveries/hooks/new/", {**FIELDS, **wrong})
    assert got.status_code == 422
    assert 'role="alert"' in got.content.decode()
    assert not Hook.objects.exists()


def test_a_delivery_is_sent_again_by_hand(dave):
    hook = Hook.objects.create(name="x", url="https://hooks.example/", kinds=["case.*"])
    a_case()
    row = Delivery.objects.first()
    row.status, row.attempts, row.said = "given_up", 12, "<b>no</b>"
    row.save()
    row.tries.create(code=500, said="<script>alert(1)</script>")
    admin = browser(dave)
    page = admin.get(f"/deliveries/hooks/{hook.pk}/?status=given_up").content.decode()
    assert "<script>alert" not in page
    assert admin.post(f"/deliveries/{row.pk}/again/").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("waiting", 0)


def test_hooks_are_for_those_who_may_manage_them_in_that_market(alice, mai):
    hook = Hook.objects.create(
        name="x", url="https://hooks.example/", kinds=["case.*"], market="VN"
    )
    a_case()
    row = Delivery.objects.latest("id").pk
    page = f"/deliveries/hooks/{hook.pk}/"
    gets = ["/deliveries/", "/deliveries/hooks/new/", page, page + "change/"]
    posts = [page + "state/", f"/deliveries/{row}/again/"]
    thai = person("thai", "manager", market="TH")
    for path in gets:
        assert Client().get(path).status_code == 302
        assert browser(alice).get(path).status_code == 403
        assert browser(mai).get(path).status_code == 200
    for path in gets[2:]:
        assert browser(thai).get(path).status_code == 403
    for path in posts:
        for who in (alice, thai):
            assert browser(who).post(path).status_code == 403
        assert browser(mai).post(path).status_code == 302
        assert browser(mai).get(path).status_code == 405
    assert browser(thai).post("/deliveries/hooks/new/", FIELDS).status_code == 403


KEY = {"name": "Listings", "scopes": ["cases:case:receive"], "market": "", "rate": "100"}


def test_a_key_is_shown_once_and_withdrawn(dave):
    admin, account = browser(dave), service()
    made = admin.post("/api/keys/new/", {**KEY, "account": account.pk}).content.decode()
    token = made.split("<code>blk_")[1].split("<")[0]
    assert len(token) > 40
    assert token not in admin.get("/api/keys/").content.decode()
    key = ApiKey.objects.get()
    assert admin.post(f"/api/keys/{key.pk}/withdraw/").status_code == 302
    key.refresh_from_db()
    assert key.withdrawn_at


def test_a_key_with_a_new_account(dave):
    given = {**KEY, "account": "new", "new_account": "listing-service"}
    assert "blk_" in browser(dave).post("/api/keys/new/", given).content.decode()
    account = ApiKey.objects.get().user
    assert [g.role for g in account.grants.all()] == ["service"]
    assert not account.has_usable_password()
    assert browser(dave).post("/api/keys/new/", given).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"rate": "x"}, {"rate": "0"}, {"rate": "²"},
              {"account": "999"}, {"account": "new", "new_account": "a b"}],
)  # fmt: skip
def test_what_is_no_key_is_refused(dave, wrong):
    account = service()
    got = browser(dave).post("/api/keys/new/", {**KEY, "account": account.pk, **wrong})
    assert got.status_code == 422
    assert not ApiKey.objects.exists()


def test_keys_are_for_those_who_may_manage_them(alice, mai, dave):
    thai = person("thai", "admin", market="TH")
    admin = browser(dave)
    admin.post("/api/keys/new/", {**KEY, "account": service().pk})
    key = ApiKey.objects.get().pk
    for who in (alice, mai):
        assert browser(who).get("/api/keys/").status_code == 403
        assert browser(who).post("/api/keys/new/", KEY).status_code == 403
        assert browser(who).post(f"/api/keys/{key}/withdraw/").status_code == 403
    assert Client().get("/api/keys/").status_code == 302
    assert browser(thai).get("/api/keys/").status_code == 200
    assert browser(thai).post("/api/keys/new/", KEY).status_code == 403
    assert browser(thai).post(f"/api/keys/{key}/withdraw/").status_code == 403
