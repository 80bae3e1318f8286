"""Add a group chat, try it, end it. Its address is a secret: it never stands in the log."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from brightline.i18n import _, use
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.outside import OutsideError, parts_of
from brightline.workbench.understanding.chats import HOSTS
from brightline.workbench.understanding.models import Channel, Post
from brightline.workbench.understanding.sealing import sealed


class BadChannel(ValueError):
    """A channel that cannot be kept; says why, for a person. `field` is the one at fault."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def add_channel(
    by: User,
    *,
    name: str,
    kind: str,
    market: str,
    queue: str,
    language: str,
    address: str,
    secret: str,
) -> Channel:
    """Add a group chat by the address of its robot. Raises `BadChannel`."""
    name, address, secret = name.strip()[:120], address.strip(), secret.strip()[:200]
    if not name:
        raise BadChannel(_("A group chat needs a name."), "name")
    if kind not in Channel.Kind.values:
        raise BadChannel(_("Choose Lark or Slack."), "kind")
    _check(Channel.Kind(kind), address)
    with transaction.atomic():
        channel = Channel.objects.create(
            name=name, kind=kind, market=market, queue=queue, language=language, made_by=by,
            sealed_address=sealed(address), sealed_secret=sealed(secret) if secret else "",
        )  # fmt: skip
        record(EventKind.CHANNEL_ADDED, by, ("channel", channel.pk), after=_said(channel))
    return channel


def _check(kind: Channel.Kind, address: str) -> None:
    if len(address) > 500:
        raise BadChannel(_("The address is too long."), "address")
    try:
        scheme, host, _port, _path = parts_of(address)
        theirs = scheme == "https" and host.lower() in HOSTS[kind]
        if not theirs and not settings.HOOKS_ALLOW_PRIVATE:
            hosts = " / ".join(f"https://{one}/" for one in HOSTS[kind])
            raise BadChannel(
                _("The address of a robot begins with {example}.").format(example=hosts), "address"
            )
    except OutsideError as error:
        raise BadChannel(
            _("The address cannot be used: {why}.").format(why=error), "address"
        ) from None


def end_channel(channel: Channel, by: User) -> None:
    """Tell a group chat of nothing more; what waits for it is given up."""
    with transaction.atomic():
        if channel.ended_at is not None:
            return
        channel.ended_at = timezone.now()
        channel.save(update_fields=["ended_at"])
        record(EventKind.CHANNEL_CHANGED, by, ("channel", channel.pk), after=_said(channel))


def try_channel(channel: Channel) -> Post:
    """Put a trial message into the outbox."""
    with use(channel.language):
        return Post.objects.create(
            channel=channel, title=_("A trial from Brightline"),
            text=_("Notices of new rules for this group will come here."),
        )  # fmt: skip


def _said(channel: Channel) -> dict[str, object]:
    """What the log says of a channel: the host of its address, no more."""
    return {
        "name": channel.name, "kind": channel.kind, "market": channel.market,
        "queue": channel.queue, "host": urlsplit(channel.address).hostname,
        "active": channel.ended_at is None,
    }  # fmt: skip
