"""What concerns people's work and is no release of its own: trials, and releases that end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from brightline.workbench.rulebooks.models import Release


class Announcement(models.Model):
    """Something that concerns people's work and is no release of its own: a trial of a draft that
    begins or ends, a release whose time is over so that the one before applies again.

    Sent once: `key` names what it is about. Texts are language → text, written when it is sent.
    """

    class About(models.TextChoices):
        """What it tells of."""

        PILOT = "pilot"
        EXPIRY = "expiry"

    about = models.CharField(max_length=8, choices=About.choices)
    key = models.CharField(max_length=200, unique=True)
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80, blank=True)
    """Empty: it is for people, not for a queue."""
    title = models.JSONField()
    body = models.JSONField()
    witnesses = models.JSONField(default=list)
    """Cases that come to something else from then on, as a notice keeps them."""
    old = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    new = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    """Of an expiry: the release that ends, and the one that applies again."""
    at = models.DateTimeField()
    """When it happens."""
    binds_at = models.DateTimeField(null=True)
    """From when on nobody gets tasks of the queue who has not read it."""
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    """It will not happen after all."""

    class Meta:
        indexes = [models.Index(fields=["binds_at", "withdrawn_at"])]
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"announcement {self.key}"


class Told(models.Model):
    """One person an announcement is for. `works`: in its queue, which is closed to them unread."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="told")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    works = models.BooleanField(default=True)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("announcement", "person", name="told_once")]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.announcement_id}"
