"""The pages: who may open them, what they say, what a form that is wrong leaves standing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.models import Notice
from tests.workbench.making import a_case, person
from tests.workbench.understanding.making import row_of, second_release, sent, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(release, alice, mai) -> Notice:
    return draft(second_release(at=soon(30))).notices.get()


def at(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_a_draft_is_seen_by_those_who_send_and_by_no_moderator(drafted, alice, mai, client):
    client.force_login(alice)
    assert client.get(at("notice", drafted.pk)).status_code == 403
    client.force_login(mai)
    assert "Bản thảo" in client.get(at("notice", drafted.pk)).content.decode()


def test_a_manager_of_one_queue_sends_only_its_notices(drafted, client):
    client.force_login(person("gen", "manager", queue="general"))
    assert client.get(at("edit_notice", drafted.pk)).status_code == 403
    sent_ = client.post(
        at("send_notices", drafted.release.pk),
        {"notice": drafted.pk, "binds_at": "2030-01-01T00:00"},
    )
    assert sent_.status_code == 403
    assert Notice.objects.get().state == "draft"


def test_what_was_typed_stays_where_someone_else_was_faster(drafted, mai, client):
    client.force_login(mai)
    form = {
        "version": 1, "title_vi": "A", "title_en": "A", "body_vi": "Bản của tôi", "body_en": "Mine",
        "shown": ["0"], "quiz": "yes", "asked": "1", "needed": "1",
    }  # fmt: skip
    assert client.post(at("edit_notice", drafted.pk), form).status_code == 302
    second = client.post(at("edit_notice", drafted.pk), form | {"body_vi": "Bản <b>khác</b>"})
    assert second.status_code == 409
    page = second.content.decode()
    assert "Bản &lt;b&gt;khác&lt;/b&gt;" in page
    assert 'name="version" value="2"' in page


def test_what_a_notice_says_can_hold_no_page_of_its_own(drafted, alice, mai, client):
    body = {"vi": "# Tiêu đề\n\n<script>x</script> [a](javascript:x) ![b](https://x/y.png)",
            "en": "x"}  # fmt: skip
    Notice.objects.filter(pk=drafted.pk).update(body=body)
    client.force_login(mai)
    page = client.get(at("notice", drafted.pk)).content.decode()
    assert "<script>x" not in page
    assert "javascript:" not in page.replace("(javascript:x)", "")
    assert "<img" not in page
    assert "<h2>Tiêu đề</h2>" in page


def test_the_drafted_text_can_be_had_back(drafted, mai, client):
    Notice.objects.filter(pk=drafted.pk).update(title={"vi": "x", "en": "y"}, version=2)
    client.force_login(mai)
    client.post(at("edit_notice", drafted.pk), {"restore": "yes"})
    assert Notice.objects.get().title == drafted.drafted["title"]


def test_only_those_of_the_queue_take_its_quiz(release, alice, mai, client):
    notice = sent(mai, second_release())
    client.force_login(mai)
    assert client.get(at("notice", notice.pk)).status_code == 200
    assert client.get(at("quiz", notice.pk)).status_code == 403
    client.force_login(person("gen", "moderator", queue="general"))
    assert client.post(at("read_notice", notice.pk)).status_code == 403


def test_the_start_of_work_says_what_is_closed_and_leads_there(release, alice, mai, client):
    a_case()
    notice = sent(mai, second_release())
    client.force_login(alice)
    page = client.get(at("console")).content.decode()
    assert "tạm khóa với bạn" in page
    assert "0 vụ đang chờ bạn" in page
    response = client.post(at("console_begin"), {"choosing": "1", "queue": ["VN/regulated"]})
    assert response.url == at("notice", notice.pk)


def test_a_quiz_without_answers_says_which_and_keeps_the_others(release, alice, mai, client):
    notice = sent(mai, second_release())
    client.force_login(alice)
    client.post(at("read_notice", notice.pk))
    attempt = row_of(notice, alice).attempts.first() or None
    assert attempt is None
    client.get(at("quiz", notice.pk))
    page = client.post(at("quiz", notice.pk), {"attempt": "1", "q0": "1"})
    assert page.status_code == 422
    assert 'name="q0" value="1" checked' in page.content.decode()


@pytest.mark.parametrize("sent_", ["", "x", "2026-13-40T99:99", "9999-12-31T23:59"])
def test_a_time_that_is_none_is_said_to_be(drafted, mai, client, sent_):
    client.force_login(mai)
    client.post(at("send_notices", drafted.release.pk), {"notice": drafted.pk, "binds_at": sent_})
    assert Notice.objects.get().state == "draft"


def test_the_board_excuses_moves_and_withdraws(release, alice, mai, client):
    notice = sent(mai, second_release())
    client.force_login(mai)
    form = {"recipient": row_of(notice, alice).pk, "until": f"{soon(5):%Y-%m-%dT%H:%M}"}
    client.post(at("excuse_person", notice.pk), form)
    assert row_of(notice, alice).excused_until is None
    client.post(at("excuse_person", notice.pk), form | {"why": "Ốm", "until": "2031-01-01T00:00"})
    assert row_of(notice, alice).excused_why == "Ốm"
    assert "Ốm" in client.get(at("board", notice.pk)).content.decode()
    client.post(at("notice_act", notice.pk), {"do": "withdraw", "why": "Nhầm"})
    assert Notice.objects.get().state == "withdrawn"


def test_the_list_of_releases_warns_of_notices_that_were_not_sent(drafted, mai, client):
    client.force_login(mai)
    page = client.get(at("briefings")).content.decode()
    assert "1 chưa gửi" in page
    assert "bản đầu tiên" in page
