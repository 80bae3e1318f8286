"""Logging in and out, the second step, sessions: in our own words, and hard to break."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from brightline.workbench.accounts.actions.close_account import close_account
from brightline.workbench.audit.models import Event
from tests.workbench.making import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "một mật khẩu khác hẳn"


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


def log_in(client: Client, name: str = "alice", password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_one_logs_in_with_name_and_password(client, alice):
    assert log_in(client).status_code == 302
    assert logged_in(client)


def test_the_key_of_the_session_changes_at_login(client, alice):
    client.get(reverse("account_login"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    log_in(client)
    assert client.cookies["brightline_session"].value != before


def test_a_wrong_password_is_told_in_vietnamese(client, alice):
    page = log_in(client, password="nope").content.decode()
    assert "Tên hoặc mật khẩu sai" in page
    assert not logged_in(client)


def test_an_unknown_name_is_told_the_same(client, alice):
    wrong = log_in(client, password="nope").content.decode()
    unknown = log_in(client, name="nobody", password="nope").content.decode()
    told = re.compile(r'role="alert">([^<]+)')
    assert told.search(wrong)[1] == told.search(unknown)[1]


def test_guessing_a_password_is_stopped_whatever_process_counts(client, alice):
    for _n in range(5):
        log_in(client, password="nope")
    page = log_in(client).content.decode()
    assert "Sai quá nhiều lần" in page
    assert not logged_in(client)
    other = Client()
    log_in(other)
    assert not logged_in(other)
    from django.db import connection

    with connection.cursor() as cursor:  # shared by all workers
        cursor.execute("SELECT count(*) FROM brightline_cache")
        assert cursor.fetchone()[0] > 0


def test_a_whole_shift_may_log_in_from_one_address(alice):
    for _n in range(40):
        client = Client()
        log_in(client)
        assert logged_in(client)


def test_one_logs_out_by_a_button_only(client, alice):
    log_in(client)
    assert "Đăng xuất?" in client.get(reverse("account_logout")).content.decode()
    assert logged_in(client)
    client.post(reverse("account_logout"))
    assert not logged_in(client)


def test_a_closed_account_does_not_come_in(client, alice, dave):
    log_in(client)
    close_account(alice, dave, "rời công ty")
    assert client.get(reverse("console"))["Location"].startswith("/accounts/login/")
    answer = log_in(client)
    assert not logged_in(client)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert re.search("đã đóng|mật khẩu sai", page.content.decode())


def test_an_outside_address_is_not_gone_to_after_login(client, alice):
    assert log_in(client, next="https://evil.example/").headers["Location"].startswith("/")


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = ""):
    said = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(reverse("account_change_password"), said)


def test_changing_the_password_ends_the_other_sessions(client, alice):
    elsewhere = Client()
    log_in(elsewhere)
    log_in(client)
    assert change(client).status_code == 302
    assert client.get(reverse("my_settings")).status_code == 200
    assert elsewhere.get(reverse("my_settings")).status_code == 302
    assert Event.objects.filter(kind="person.changed", actor=alice).exists()


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("wrong", NEW, NEW, "không phải mật khẩu hiện tại"),
        (PASSWORD, "123", "123", "quá ngắn"),
        (PASSWORD, "12345678", "12345678", ""),
        (PASSWORD, NEW, "khác", ""),
    ],
)
def test_a_bad_change_is_told_in_vietnamese(client, alice, old, new, again, told):
    log_in(client)
    page = change(client, old, new, again).content.decode()
    wrong = re.findall(r'class="wrong"[^>]*>([^<]+)', page)
    assert wrong
    assert told in " ".join(wrong)
    assert not re.search(r"\b(the|This|You|must|password)\b", " ".join(wrong)), wrong


def test_who_was_given_a_password_chooses_one_before_anything_else(client, alice):
    alice.password_is_first = True
    alice.save()
    log_in(client)
    assert client.get(reverse("console"))["Location"] == reverse("account_change_password")
    change(client)
    assert client.get(reverse("console")).status_code == 200


def running(name: str) -> list[int]:
    found = UserSession.objects.filter(user__username=name).order_by("pk")
    return list(found.values_list("pk", flat=True))


def test_a_session_elsewhere_is_ended_and_nobody_elses(client, alice, bob):
    elsewhere, bobs = Client(), Client()
    log_in(elsewhere)
    log_in(bobs, "bob")
    log_in(client)
    client.post(reverse("end_session"), {"session": str(running("bob")[0])})
    assert bobs.get(reverse("my_settings")).status_code == 200
    assert len(running("alice")) == 2
    client.post(reverse("end_session"), {"session": str(running("alice")[0])})
    assert elsewhere.get(reverse("my_settings")).status_code == 302
    assert client.get(reverse("my_settings")).status_code == 200


def test_a_session_lasts_a_shift(client, alice, settings):
    log_in(client)
    assert client.session.get_expiry_age() <= 12 * 3600


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def second_step(client: Client) -> str:
    """Switch the second step on; the secret."""
    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", page.content.decode())[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret


def test_with_the_second_step_a_password_is_not_enough(
    client, alice, django_capture_on_commit_callbacks
):
    log_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = second_step(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\w+)</code>", page)
    assert len(codes) == 10
    client.post(reverse("account_logout"))
    assert log_in(client)["Location"] == reverse("mfa_authenticate")
    assert not logged_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Mã sai hoặc đã hết hạn" in wrong
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert logged_in(client)
    client.post(reverse("account_logout"))
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not logged_in(client), "a recovery code is good once"
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    events = Event.objects.filter(kind="person.changed").values_list("after", flat=True)
    assert {"second_step": True} in list(events)


def test_the_pages_of_the_second_step_are_in_vietnamese(client, alice):
    log_in(client)
    second_step(client)
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
                 "mfa_deactivate_totp"):  # fmt: skip
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200
        assert "khôi phục" in page.content.decode() or "bước" in page.content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert "đang tắt" in client.get(reverse("mfa_index")).content.decode()
