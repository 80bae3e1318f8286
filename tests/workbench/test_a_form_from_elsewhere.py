"""A form whose token is old or missing, or that another site sent: our own page says what to do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from brightline.workbench.cases.models import Task
from tests.workbench.making import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def careful(alice, release) -> Client:
    """Alice's browser, whose forms are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    return client


def sent(client: Client, **headers: str) -> str:
    a_case()
    answer = client.post(reverse("console_begin"), headers=headers)
    assert answer.status_code == 403
    assert Task.objects.get().status == "open"
    text = answer.content.decode()
    assert "Biểu mẫu chưa được nhận" in text
    assert "Chưa có gì thay đổi" in text
    return text


def test_an_old_page_says_load_it_again_and_where(careful):
    careful.get("/review/")
    text = sent(careful, Referer="http://testserver/review/?x=1")
    assert 'href="http://testserver/review/?x=1"' in text
    assert "đăng nhập hoặc đăng xuất ở cửa sổ khác" in text
    assert "BRIGHTLINE_URL" not in text


def test_without_cookies_it_says_so(careful):
    assert "cookie" in sent(careful)


def test_another_site_is_named_and_not_linked(careful):
    careful.get("/review/")
    text = sent(careful, Origin="https://evil.example", Referer="https://evil.example/<b>")
    assert "https://evil.example" in text
    assert 'href="https://evil' not in text
    assert "BRIGHTLINE_URL" in text


def test_it_speaks_english_and_serves_someone_without_an_account(db, release):
    client = Client(enforce_csrf_checks=True)
    client.cookies["brightline_language"] = "en"
    answer = client.post(reverse("account_login"), {"login": "x"})
    assert answer.status_code == 403
    assert "The form was not taken" in answer.content.decode()
