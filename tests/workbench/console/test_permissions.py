"""Who gets into the console, both ways, for every address of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.accounts.models import Grant
from brightline.workbench.cases.models import Answer, Decision, Task
from brightline.workbench.console.urls import urlpatterns
from tests.workbench.console.conftest import post, sent
from tests.workbench.making import a_case, person

pytestmark = pytest.mark.django_db
OF_A_TASK = {"console_task": "get", "console_ask": "get", "console_ahead": "get",
             "console_known": "get",
             "console_answers": "post", "console_hold": "post", "console_decide": "post",
             "console_skip": "post", "console_give_back": "post", "console_escalate": "post",
             "console_unclear": "post", "console_picture": "get"}  # fmt: skip
OTHERS = {"console": "get", "console_begin": "post", "wellness": "get"}


def address(name: str, task: Task) -> str:
    if name == "console_picture":
        return reverse(name, args=[task.pk, 1])
    return reverse(name, args=[task.pk] if name in OF_A_TASK else [])


def test_every_address_is_in_this_test():
    assert {one.name for one in urlpatterns} == set(OF_A_TASK) | set(OTHERS)


@pytest.mark.parametrize(("name", "method"), [*OF_A_TASK.items(), *OTHERS.items()])
def test_who_is_not_logged_in_is_led_to_the_login(task, client, name, method):
    client.logout()
    response = getattr(client, method)(address(name, task))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("name", "method"), [*OF_A_TASK.items(), ("console", "get"), ("console_begin", "post")]
)
def test_who_does_not_work_on_cases_is_refused(task, dave, client, name, method):
    client.force_login(dave)
    assert getattr(client, method)(address(name, task)).status_code == 403


def test_a_service_has_no_wellness_page(release, client, dave):
    client.force_login(person("robot", "service"))
    assert client.get("/review/wellness/").status_code == 403
    client.force_login(dave)
    assert client.get("/review/wellness/").status_code == 200


@pytest.mark.parametrize(("name", "method"), OF_A_TASK.items())
def test_the_other_method_is_refused(task, client, name, method):
    other = {"get": "post", "post": "get"}[method]
    assert getattr(client, other)(address(name, task)).status_code == 405


@pytest.mark.parametrize(("name", "method"), OF_A_TASK.items())
def test_another_moderator_gets_nothing_of_a_task_in_other_hands(task, bob, client, name, method):
    client.force_login(bob)
    form = {"reason": "broken", "question": "?", "to": "senior"}
    response = getattr(client, method)(address(name, task), form)
    assert response.status_code in (302, 400, 404, 409)
    assert "Kiếm Nhật" not in response.content.decode()
    task.refresh_from_db()
    assert (task.status, task.claimed_by.username) == ("claimed", "alice")
    assert (
        post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).status_code
        == 409
    )
    assert post(client, task, "decide", {"token": "x"}).status_code == 409
    assert post(client, task, "unclear", {"note": "x"}).status_code == 409
    assert not Answer.objects.exists()
    assert not Decision.objects.exists()


def test_whose_right_to_the_queue_was_taken_away_is_refused(task, alice, client):
    Grant.objects.filter(user=alice).update(queue="reviews")
    assert client.get(f"/review/task/{task.pk}/").status_code == 403
    assert (
        post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).status_code
        == 403
    )
    assert post(client, task, "decide", {"token": "x"}).status_code == 403


def test_one_may_choose_only_from_ones_own_queues(release, client):
    a_case()
    eve = person("eve", "moderator", queue="reviews")
    client.force_login(eve)
    client.post("/review/begin/", {"choosing": "1", "queue": ["VN/regulated"]})
    client.post("/review/begin/", {})
    assert not Task.objects.filter(status="claimed").exists()


def test_the_sellers_other_cases_show_only_where_one_may_read_them(task, monkeypatch, client):
    a_case("Gối ôm gấu trúc")
    page = f"/review/task/{task.pk}/"
    assert "Gối ôm gấu trúc" in client.get(page).content.decode()
    from brightline.workbench.accounts import roles
    from brightline.workbench.accounts.permissions import Permission

    without = roles.ALLOWED[roles.Role.MODERATOR] - {Permission.SELLERS_SELLER_READ}
    monkeypatch.setitem(roles.ALLOWED, roles.Role.MODERATOR, without)
    assert "Gối ôm gấu trúc" not in client.get(page).content.decode()
