"""People are added, given roles, closed and opened; nobody is left locked out, all is on record."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import ALLOWED, Role
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Task
from tests.workbench.making import a_case, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, dave, release) -> Client:
    """The browser of an administrator."""
    client.force_login(dave)
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


@pytest.mark.parametrize("words", ["nguyen thi lan", "NGUYỄN", "lan", "lan@cty.vn", "thị nguyễn"])
def test_people_are_found_without_accents(admin, words):
    lan = person("lan")
    User.objects.filter(pk=lan.pk).update(display_name="Nguyễn Thị Lan", email="lan@cty.vn")
    assert "Nguyễn Thị Lan" in page(admin, "people", q=words)
    assert "Nguyễn Thị Lan" not in page(admin, "people", q="đặng")


def added(client: Client, **said: str):
    told = {"username": "hung", "display_name": "Trần Hùng", "email": "h@cty.vn", "language": "vi",
            "role": "moderator", "scope": "VN|regulated", **said}  # fmt: skip
    return client.post(reverse("add_person"), told)


def test_a_person_is_added_with_a_role_and_a_password_to_be_changed(admin):
    answer = added(admin)
    hung = User.objects.get(username="hung")
    grant = hung.grants.get()
    assert (grant.role, grant.market, grant.queue) == ("moderator", "VN", "regulated")
    given = re.search(r"Mật khẩu đầu tiên: (\S+)", answer.content.decode())[1]
    assert hung.check_password(given)
    assert hung.password_is_first
    assert "no-store" in answer["Cache-Control"]
    assert given not in "".join(str(e.after) for e in Event.objects.all())


@pytest.mark.parametrize(
    "said",
    [{"username": ""}, {"username": "DAVE"}, {"username": "a b"}, {"email": "Dave@Example.org"},
     {"role": "king"}, {"scope": "XX|"}, {"language": "fr"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_words(admin, said):
    answer = added(admin, **said)
    assert answer.status_code == 422
    assert User.objects.count() == 1
    if "language" not in said:
        assert "wrong" in answer.content.decode() or "role" in said


def test_a_name_that_is_hostile_stays_text(admin):
    added(admin, display_name="<script>alert(1)</script>\u202egpj")
    shown = page(admin, "people")
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_roles_are_given_and_taken_and_told(admin, alice):
    admin.post(reverse("give_role", args=[alice.pk]), {"role": "senior", "scope": "VN|"})
    grant = alice.grants.get(role="senior")
    admin.post(reverse("take_role", args=[alice.pk, grant.pk]))
    assert not alice.grants.filter(role="senior").exists()
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["grant.given", "grant.taken"]
    assert verify_chain().sound


def test_nobody_takes_their_own_role_of_administrator(admin, dave):
    person("eve", "admin")
    admin.post(reverse("take_role", args=[dave.pk, dave.grants.get().pk]))
    assert dave.grants.filter(role="admin").exists()


def test_the_last_administrator_stays(admin, dave):
    eve = person("eve", "admin", market="VN")  # does not count: not everywhere
    answer = admin.post(reverse("close_account", args=[dave.pk]), {"do": "close"}, follow=True)
    assert User.objects.get(pk=dave.pk).is_active
    assert "tự đóng tài khoản" in answer.content.decode()
    other = Client()
    other.force_login(eve)
    assert other.post(reverse("close_account", args=[dave.pk]), {"do": "close"}).status_code == 403


def test_an_administrator_of_one_market_gives_no_role_beyond_it(client, alice, release):
    client.force_login(person("eve", "admin", market="VN"))
    give = reverse("give_role", args=[alice.pk])
    assert client.post(give, {"role": "admin", "scope": "|"}).status_code == 403
    assert client.post(give, {"role": "senior", "scope": "VN|"}).status_code == 302
    assert not Grant.objects.filter(user=alice, role="admin").exists()
    assert added(client, scope="|").status_code == 422


@pytest.mark.parametrize("name", ["give_password", "close_account", "log_out_person"])
def test_nobody_borrows_the_rights_of_someone_who_may_more(client, dave, release, name):
    client.force_login(person("eve", "admin", market="VN"))
    before = User.objects.get(pk=dave.pk).password
    assert client.post(reverse(name, args=[dave.pk])).status_code == 403
    assert User.objects.get(pk=dave.pk).password == before


def test_a_closed_account_gives_back_what_it_had_in_hand(admin, alice):
    task = a_case().task
    assert claim(alice) == task
    admin.post(reverse("close_account", args=[alice.pk]), {"do": "close", "why": "nghỉ việc"})
    task.refresh_from_db()
    assert (task.status, task.claimed_by) == (Task.Status.OPEN, None)
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["task.released", "person.changed"]
    admin.post(reverse("close_account", args=[alice.pk]), {"do": "open"})
    assert User.objects.get(pk=alice.pk).is_active


def test_a_new_password_is_given_once(admin, alice):
    elsewhere = Client()
    elsewhere.force_login(alice)
    text = admin.post(reverse("give_password", args=[alice.pk])).content.decode()
    given = re.search(r"Mật khẩu đầu tiên: (\S+)", text)[1]
    alice.refresh_from_db()
    assert alice.check_password(given)
    assert alice.password_is_first
    assert elsewhere.get(reverse("console")).status_code == 302


def test_a_change_is_told_with_what_was_before(admin, alice):
    admin.post(reverse("person", args=[alice.pk]),
               {"display_name": "Alice B", "email": "a@b.vn", "language": "en"})  # fmt: skip
    event = Event.objects.order_by("-seq").first()
    assert event.before == {"display_name": "Alice", "email": "alice@example.org", "language": "vi"}
    assert event.after["display_name"] == "Alice B"


def test_ones_own_settings_are_kept(client, alice, release):
    client.force_login(alice)
    said = {"display_name": "A", "language": "en", "theme": "dark", "reads": ["vi", "en"]}
    assert client.post(reverse("my_settings"), said).status_code == 302
    alice.refresh_from_db()
    assert (alice.language, alice.theme, alice.reads) == ("en", "dark", ["vi", "en"])
    assert 'data-theme="dark"' in page(client, "my_settings")
    assert client.post(reverse("my_settings"), {**said, "theme": "pink"}).status_code == 422


def test_the_page_says_why_one_may_and_why_not(admin, alice, dave):
    Grant.objects.create(user=alice, role="lead", market="TH")
    text = page(admin, "why", person=str(alice.pk), permission="queues:queue:manage", scope="VN|")
    assert "Không" in text
    assert "Trưởng thị trường (TH · mọi hàng đợi)" in text
    assert "Quản lý chương trình" in text
    text = page(admin, "why", person=str(alice.pk), permission="cases:task:work")
    assert "Kiểm duyệt viên (mọi thị trường)" in text


def test_one_may_ask_about_oneself_only(client, alice, bob, release):
    client.force_login(alice)
    assert client.get(reverse("why")).status_code == 200
    assert client.get(reverse("why"), {"person": str(bob.pk)}).status_code == 403
    assert "Bob" not in page(client, "why")


def test_the_table_of_roles_is_the_one_the_server_uses(admin):
    text = page(admin, "roles")
    assert text.count("✓") == sum(len(allowed) for allowed in ALLOWED.values())
    assert text.count("<tr>") == len(Permission) + 1
    assert len(re.findall(r'<th scope="col">', text)) == len(Role)
