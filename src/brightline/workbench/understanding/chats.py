"""Group chats that are told by an incoming webhook: Lark and Slack, in their own formats.

No library of theirs is used: either format is one small JSON object, and their clients would call
out by themselves, past our outbox (tried again, at least once) and past the check of addresses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from brightline import i18n
from brightline.i18n import _, use
from brightline.workbench.delivery.outbox import cut, failed, succeeded, taken
from brightline.workbench.outside import OutsideError, fetch
from brightline.workbench.understanding.links import link
from brightline.workbench.understanding.models import Announcement, Channel, Notice, Post
from brightline.workbench.understanding.sealing import Sealed
from brightline.workbench.understanding.texts import as_lines

HOSTS = {
    Channel.Kind.LARK: ("open.larksuite.com", "open.feishu.cn"),
    Channel.Kind.SLACK: ("hooks.slack.com", "hooks.slack-gov.com"),
}
SECONDS, AT_ONCE, MOST_TEXT = 10.0, 4, 2500
_FOR_GOOD = (400, 403, 404, 410)
"""Answers after which the same message is not tried again: the address or the robot is gone."""


def post_to_channels(notices: Sequence[Notice]) -> int:
    """Put a message into the outbox for each channel that a notice concerns; how many."""
    posts = []
    for notice in notices:
        for channel in Channel.objects.filter(
            Q(queue="") | Q(queue=notice.queue), market=notice.market, ended_at=None
        ):
            with use(channel.language):
                title, body = notice.title[channel.language], notice.body[channel.language]
                text = as_lines(body)
            posts.append(
                Post(channel=channel, notice=notice, title=title[:300], text=_short(text),
                     link=link(notice))
            )  # fmt: skip
    Post.objects.bulk_create(posts)
    return len(posts)


def post_announcement(one: Announcement, queues: Iterable[str]) -> int:
    """The same for an announcement, to the channels of some queues; how many."""
    address = settings.PUBLIC_URL + reverse("announcement", args=[one.pk])
    named = [Q(queue=queue) for queue in queues]
    if not named:
        return 0
    wanted = reduce(or_, named, Q(queue=""))
    posts = [
        Post(
            channel=channel, title=one.title[channel.language][:300],
            text=_short(as_lines(one.body[channel.language])),
            link=address if settings.PUBLIC_URL else "",
        )
        for channel in Channel.objects.filter(wanted, market=one.market, ended_at=None)
    ]  # fmt: skip
    Post.objects.bulk_create(posts)
    return len(posts)


def _button(post: Post) -> str:
    return _("Read and take the quiz") if post.notice_id is not None else _("Read it")


def _short(text: str) -> str:
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT].rsplit(" ", 1)[0] + " …"


def send_posts() -> int:
    """Send messages that are due; how many were tried. A job."""
    rows = taken(Post.objects.select_related("channel", "channel__made_by"), AT_ONCE)
    for post in rows:
        with i18n.use(post.channel.made_by.language):  # what went wrong is read by people
            _send(post)
    return len(rows)


def _send(post: Post) -> None:
    channel = post.channel
    if channel.ended_at is not None:
        failed(post, _("the channel was ended"), for_good=True)
        return
    try:
        body = json.dumps(message(post, int(time.time())), ensure_ascii=False).encode()
        answer = fetch(
            "POST", channel.address, body, {"Content-Type": "application/json; charset=utf-8"},
            seconds=SECONDS, allow_private=settings.HOOKS_ALLOW_PRIVATE,
        )  # fmt: skip
    except Sealed:
        failed(post, _("the address cannot be read any more: give it anew"), for_good=True)
        return
    except OutsideError as error:
        failed(post, _hidden(str(error), channel))
        return
    said = _hidden(answer.body.decode("utf-8", "replace"), channel)
    if 200 <= answer.status < 300 and _taken_by(channel.kind, said):
        succeeded(post, said)
    else:
        failed(post, f"{answer.status} {said}", for_good=answer.status in _FOR_GOOD)


def _taken_by(kind: str, said: str) -> bool:
    """Whether an answer with a status of success means it. Lark says in the body what failed."""
    if kind != Channel.Kind.LARK:
        return True
    try:
        told = json.loads(said)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("code", told.get("StatusCode")) == 0


def _hidden(said: str, channel: Channel) -> str:
    """An answer without the address, should the other side repeat it."""
    for secret in (channel.address, urlsplit(channel.address).path, channel.secret):
        if len(secret) > 3:
            said = said.replace(secret, "…")
    return cut(said)


def message(post: Post, now: int) -> dict[str, Any]:
    """What is sent, in the channel's format; `now` is Unix time in seconds."""
    if post.channel.kind == Channel.Kind.SLACK:
        return _slack(post)
    return _lark(post) | (signed(post.channel.secret, now) if post.channel.secret else {})


def _slack(post: Post) -> dict[str, Any]:
    """Slack's blocks; `text` is what a notification shows. Its markup is switched off."""
    plain = "plain_text"
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": plain, "text": post.title[:150]}},
        {"type": "section", "text": {"type": plain, "text": post.text or "…"}},
    ]
    if post.link:
        with use(post.channel.language):
            button = {"type": plain, "text": _button(post)}
        blocks.append(
            {"type": "actions", "elements": [{"type": "button", "text": button, "url": post.link}]}
        )
    return {"text": _slack_escaped(post.title), "blocks": blocks}


def _slack_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lark(post: Post) -> dict[str, Any]:
    """Lark's post: a title and lines of parts. Text parts know no markup."""
    lines: list[list[dict[str, str]]] = [
        [{"tag": "text", "text": line}] for line in post.text.splitlines() if line.strip()
    ]
    if post.link:
        with use(post.channel.language):
            lines.append([{"tag": "a", "text": _button(post), "href": post.link}])
    lang = {"vi": "vi_vn", "en": "en_us"}.get(post.channel.language, "en_us")
    return {
        "msg_type": "post",
        "content": {"post": {lang: {"title": post.title, "content": lines}}},
    }


def signed(secret: str, now: int) -> dict[str, str]:
    """Lark's signature: HMAC-SHA256 of nothing, with time and secret together as the key."""
    key = f"{now}\n{secret}".encode()
    digest = hmac.new(key, b"", hashlib.sha256).digest()
    return {"timestamp": str(now), "sign": base64.b64encode(digest).decode()}
