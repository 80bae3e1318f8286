"""Group chats that notices go to, and the messages on their way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from brightline.workbench.delivery.models import Outgoing
from brightline.workbench.understanding.models.notices import Notice
from brightline.workbench.understanding.sealing import opened


class Channel(models.Model):
    """A group chat that is told of notices by its incoming webhook. The address is a secret."""

    class Kind(models.TextChoices):
        """Whose format it takes."""

        LARK = "lark", "Lark"
        SLACK = "slack", "Slack"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80, blank=True)
    """Empty: every queue of the market."""
    language = models.CharField(max_length=2, default="vi")
    sealed_address = models.TextField()
    sealed_secret = models.TextField(blank=True)
    """What Lark's signature is made with, if the robot asks for one."""
    ended_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The address in clear; never to be shown or logged."""
        return opened(self.sealed_address)

    @property
    def secret(self) -> str:
        """The secret in clear; empty where there is none."""
        return opened(self.sealed_secret) if self.sealed_secret else ""

    @property
    def masked(self) -> str:
        """The address as people may see it: the host, and the last four characters."""
        host, _slash, rest = self.address.removeprefix("https://").partition("/")
        return f"{host}/…{rest[-4:]}"


class Post(Outgoing):
    """A message on its way to a channel, sent by the outbox of `delivery`."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="posts")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="+")
    """None: a trial of the channel."""
    title = models.CharField(max_length=300)
    text = models.TextField()
    link = models.CharField(max_length=1000, blank=True)

    class Meta(Outgoing.Meta):
        indexes = [models.Index(fields=["status", "next_at"])]

    def __str__(self) -> str:
        return f"post {self.pk} to {self.channel_id}: {self.status}"
