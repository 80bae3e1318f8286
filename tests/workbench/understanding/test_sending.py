"""A notice goes out in the app, by mail, to hooks and to group chats; no secret is let out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging

import pytest
from django.urls import reverse

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.delivery.actions.keep_hook import keep_hook
from brightline.workbench.delivery.models import Delivery, Mail
from brightline.workbench.outside import Answer
from brightline.workbench.understanding import chats
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.edit_notice import Conflict, NotKept, edit_notice
from brightline.workbench.understanding.actions.keep_channel import (
    BadChannel,
    add_channel,
    end_channel,
)
from brightline.workbench.understanding.actions.remind import remind, remind_due
from brightline.workbench.understanding.actions.send import NotToSend, send
from brightline.workbench.understanding.models import Channel, Notice, Post
from brightline.workbench.understanding.todo import to_do
from tests.workbench.delivery.receiver import receiver
from tests.workbench.making import person
from tests.workbench.understanding.making import row_of, second_release, sent, soon, taken

pytestmark = pytest.mark.django_db
SECRET_PART = "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
SLACK = f"https://hooks.slack.com/services/{SECRET_PART}"


@pytest.fixture
def notice(release, alice, mai) -> Notice:
    return draft(second_release(at=soon(30))).notices.get()


def channel(mai, address: str = SLACK, kind: str = "slack", secret: str = "") -> Channel:
    return add_channel(
        mai, name="Nhóm hàng cấm", kind=kind, market="VN", queue="regulated", language="vi",
        address=address, secret=secret,
    )  # fmt: skip


def test_everyone_of_the_queue_is_told_in_their_language_by_one_mail(notice, alice, mai):
    bob = person("bob", "moderator")
    bob.language = "en"
    bob.save()
    person("other", "moderator", queue="general")
    send([notice], mai, soon(30))
    told = {mail.to: mail for mail in Mail.objects.all()}
    assert set(told) == {"alice@example.org", "bob@example.org"}
    assert "quy định mới" in told["alice@example.org"].subject
    assert "new rules" in told["bob@example.org"].subject
    assert reverse("notice", args=[notice.pk]) in told["alice@example.org"].text
    assert [one.title for one in to_do(alice)] == [notice.title["en"]]
    assert not to_do(mai)


def test_hooks_are_told_by_the_event(notice, mai, settings):
    settings.HOOKS_ALLOW_PRIVATE = True
    keep_hook(None, None, name="x", url="http://127.0.0.1:9/", kinds=["notice.sent"], market="VN")
    send([notice], mai, soon(30))
    body = json.loads(Delivery.objects.get().body)
    assert body["data"]["after"]["queue"] == "regulated"
    assert body["data"]["after"]["title"]["vi"] == notice.title["vi"]


def test_a_notice_is_sent_once_and_whole_and_never_binds_before_its_rules(notice, mai):
    with pytest.raises(NotToSend):
        send([notice], mai, soon(1))
    Notice.objects.filter(pk=notice.pk).update(body={"vi": "x", "en": " "})
    with pytest.raises(NotToSend):
        send([notice], mai, soon(31))
    Notice.objects.filter(pk=notice.pk).update(body={"vi": "x", "en": "y"})
    send([notice], mai, soon(31))
    with pytest.raises(NotToSend):
        send([notice], mai, soon(31))
    assert Mail.objects.count() == 1


def edited(notice: Notice, mai, **more):
    given = {"title": notice.title, "body": notice.body, "left_out": notice.left_out,
             "quiz": True, "asked": 2, "needed": 2} | more  # fmt: skip
    return edit_notice(notice, mai, given.pop("version", notice.version), **given)


def test_two_who_edit_at_once_lose_nothing(notice, mai):
    edited(notice, mai, body={"vi": "Của Mai", "en": "Mai's"})
    with pytest.raises(Conflict):
        edited(notice, mai, body={"vi": "Của Lan", "en": "Lan's"})
    assert Notice.objects.get().body["vi"] == "Của Mai"


def test_a_quiz_needs_cases_and_numbers_that_can_be(notice, mai):
    with pytest.raises(NotKept):
        edited(notice, mai, left_out=range(len(notice.witnesses)))
    with pytest.raises(NotKept):
        edited(notice, mai, asked=1, needed=2)


def test_a_case_left_out_is_not_asked(notice, alice, mai):
    kept = edited(notice, mai, left_out=range(1, len(notice.witnesses)), asked=1, needed=1)
    send([kept], mai, soon(30))
    attempt = taken(Notice.objects.get(), alice)
    assert [q["key"] for q in attempt.questions] == [[notice.pk, 0]]


def test_slack_gets_blocks_and_lark_a_signed_post(notice, mai):
    slack, lark = channel(mai), channel(mai, "https://open.larksuite.com/open-apis/bot/v2/hook/ab",
                                        "lark", "khóa")  # fmt: skip
    send([notice], mai, soon(30))
    told = {post.channel_id: chats.message(post, 1_700_000_000) for post in Post.objects.all()}
    blocks = told[slack.pk]["blocks"]
    assert blocks[0]["text"] == {"type": "plain_text", "text": notice.title["vi"]}
    assert "**" not in blocks[1]["text"]["text"]
    said = told[lark.pk]
    assert said["content"]["post"]["vi_vn"]["title"] == notice.title["vi"]
    expected = hmac.new("1700000000\nkhóa".encode(), b"", hashlib.sha256).digest()
    assert (said["timestamp"], said["sign"]) == (
        "1700000000", base64.b64encode(expected).decode()
    )  # fmt: skip


def test_a_chat_is_told_over_the_outbox(notice, mai, settings):
    settings.HOOKS_ALLOW_PRIVATE = True
    with receiver(500, 200) as outside:
        channel(mai, outside.url)
        send([notice], mai, soon(30))
        chats.send_posts()
        post = Post.objects.get()
        assert (post.status, post.attempts) == ("waiting", 1)
        Post.objects.update(next_at=soon(-1))
        chats.send_posts()
        assert Post.objects.get().status == "sent"
    sent_body = json.loads(outside.got[1][1])
    assert sent_body["text"] == notice.title["vi"]


def test_what_lark_refuses_in_its_answer_is_tried_again(notice, mai, monkeypatch):
    answers = [Answer(200, b'{"code":19021,"msg":"sign match fail"}'), Answer(200, b'{"code":0}')]
    monkeypatch.setattr(chats, "fetch", lambda *_given, **_more: answers.pop(0))
    channel(mai, "https://open.larksuite.com/open-apis/bot/v2/hook/abcdef", "lark")
    send([notice], mai, soon(30))
    chats.send_posts()
    post = Post.objects.get()
    assert (post.status, post.attempts) == ("waiting", 1)
    assert "19021" in post.said
    Post.objects.update(next_at=soon(-1))
    chats.send_posts()
    assert Post.objects.get().status == "sent"


def test_the_address_of_a_chat_is_nowhere_in_clear(notice, mai, client, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    made = channel(mai)

    def answers_with_the_address(*_given, **_more):
        return Answer(404, f"no_service at {SLACK}".encode())

    monkeypatch.setattr(chats, "fetch", answers_with_the_address)
    send([notice], mai, soon(30))
    chats.send_posts()
    post = Post.objects.get()
    assert post.status == "given_up"
    client.force_login(mai)
    pages = [client.get(reverse(name, args=args)).content.decode()
             for name, args in (("channels", []), ("board", [notice.pk]))]  # fmt: skip
    end_channel(made, mai)
    events = json.dumps([[e.before, e.after] for e in Event.objects.all()])
    for said in (*pages, events, caplog.text, post.said, made.sealed_address, str(made)):
        assert SECRET_PART not in said
        assert "XXXXXXXX" not in said
    assert made.address == SLACK


@pytest.mark.parametrize(
    ("kind", "address"),
    [("slack", "https://evil.example/services/x"), ("slack", "http://hooks.slack.com/services/x"),
     ("lark", SLACK), ("slack", "https://hooks.slack.com@evil.example/"), ("slack", "x"),
     ("slack", "https://hooks.slack.com/" + "x" * 600), ("teams", SLACK)],
)  # fmt: skip
def test_only_the_programs_own_hosts_are_taken(mai, kind, address):
    with pytest.raises(BadChannel):
        channel(mai, address, kind)
    assert not Channel.objects.exists()


def test_an_ended_chat_is_told_nothing(notice, mai):
    end_channel(channel(mai), mai)
    send([notice], mai, soon(30))
    assert not Post.objects.exists()


def test_who_has_not_passed_is_reminded_a_day_and_hours_before_and_when_it_has_closed(
    release, alice, mai
):
    bob = person("bob", "moderator")
    notice = sent(mai, second_release(at=soon(48)))
    taken(notice, bob)
    Mail.objects.all().delete()
    assert remind_due(soon(1)) == 0
    assert [remind_due(soon(25)), remind_due(soon(26))] == [1, 0]
    assert [remind_due(soon(45)), remind_due(soon(46))] == [1, 0]
    assert remind_due(soon(49)) == 1
    assert {mail.to for mail in Mail.objects.all()} == {"alice@example.org"}
    assert row_of(notice, alice).reminders == 3
    assert row_of(notice, bob).reminders == 0


def test_nobody_is_reminded_twice_within_hours(release, alice, mai):
    notice = sent(mai, second_release(at=soon(48)))
    assert [remind(notice), remind(notice)] == [1, 0]


def test_sending_stands_in_the_log_with_how_many_were_told(notice, alice, mai):
    send([notice], mai, soon(30))
    after = Event.objects.get(kind=EventKind.NOTICE_SENT).after
    assert (after["recipients"], after["queue"], after["number"]) == (1, "regulated", 2)
