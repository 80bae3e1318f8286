"""What leaves the house: hooks, and the two outboxes of calls and mails.

A row of an outbox is written in the transaction of what it tells of, and sent by a job later: what
was confirmed is told at least once, what was rolled back never.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from fnmatch import fnmatchcase

from django.conf import settings
from django.db import models
from django.utils import timezone

OLD_SECRET_HOURS = 24
"""For so long after a change of secret, calls are signed with the old one too."""


def _salt() -> str:
    return secrets.token_hex(16)


class Hook(models.Model):
    """An address that is told of events. Its secret is derived, never stored.

    While a hook is paused its deliveries are written and wait; once ended it gets none any more.
    """

    class State(models.TextChoices):
        """How it stands."""

        ACTIVE = "active"
        PAUSED = "paused"
        ENDED = "ended"

    name = models.CharField(max_length=120)
    url = models.CharField(max_length=1000)
    kinds = models.JSONField(default=list)
    """Kinds of event, such as `case.decided`, or `case.*` for all of a thing."""
    market = models.CharField(max_length=8, blank=True)
    """Empty: every market, and what belongs to none."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    salt = models.CharField(max_length=32, default=_salt)
    old_salt = models.CharField(max_length=32, blank=True)
    rotated_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def wants(self, kind: str, market: str) -> bool:
        """Whether it is told of an event."""
        if self.market and self.market != market:
            return False
        return any(fnmatchcase(kind, one) for one in self.kinds)

    @property
    def secret(self) -> str:
        """What the receiver checks signatures with: `whsec_` and 32 bytes in base64."""
        return "whsec_" + base64.b64encode(self._key(self.salt)).decode()

    def signing_keys(self) -> list[bytes]:
        """The keys to sign with now: after a change of secret the old one too, for a day."""
        keys = [self._key(self.salt)]
        since = self.rotated_at
        if self.old_salt and since and timezone.now() < since + timedelta(hours=OLD_SECRET_HOURS):
            keys.append(self._key(self.old_salt))
        return keys

    def _key(self, salt: str) -> bytes:
        said = f"brightline-hook:{self.pk}:{salt}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()


class Outgoing(models.Model):
    """A row of an outbox. One that is taken has a lease; if its process dies, another takes it."""

    class Status(models.TextChoices):
        """How it stands."""

        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    """What the other side answered last, or what went wrong: the beginning of it."""

    class Meta:
        abstract = True
        ordering = ["-id"]


class Delivery(Outgoing):
    """An event on its way to a hook. `body` is sent as it stands."""

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries")
    event = models.BigIntegerField()
    """The number of the event in the audit log; receivers tell repeats apart by it."""
    kind = models.CharField(max_length=40)
    body = models.TextField()
    code = models.PositiveSmallIntegerField(null=True)
    """The HTTP status of the last answer."""

    class Meta(Outgoing.Meta):
        indexes = [
            models.Index(fields=["status", "next_at"]),
            models.Index(fields=["hook", "-id"]),
        ]
        constraints = [models.UniqueConstraint("hook", "event", name="one_delivery_a_hook")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event} to {self.hook_id}: {self.status}"


class Mail(Outgoing):
    """A mail on its way."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)

    class Meta(Outgoing.Meta):
        indexes = [models.Index(fields=["status", "next_at"])]

    def __str__(self) -> str:
        return f"mail {self.pk} to {self.to}: {self.status}"


class Attempt(models.Model):
    """One try to deliver."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField(default=timezone.now)
    code = models.PositiveSmallIntegerField(null=True)
    seconds = models.FloatField(default=0)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.code or self.said[:40]}"
