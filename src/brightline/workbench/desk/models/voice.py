"""A voice: one person's words behind a request, on one case where there is one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.workbench.cases.models import Case
from brightline.workbench.desk.models.request import Origin, Request


class Voice(models.Model):
    """What someone said, where it came from, and whether they have read the answer.

    `ref` names what it came in by, such as `unclear:12`: the same is never taken in twice.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="voices")
    origin = models.CharField(max_length=12, choices=Origin.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    who = models.CharField(max_length=200, blank=True)
    """Someone who does not log in: a partner, an authority."""
    text = models.TextField()
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")
    ref = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When that person marked the answer as read."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ref"], condition=~models.Q(ref=""), name="one_voice_a_ref"
            )
        ]
        indexes = [models.Index(fields=["person", "-at"])]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.origin} on request {self.request_id}: {self.text[:40]}"

    @property
    def origin_words(self) -> str:
        """Where it comes from, in the language in force."""
        return Origin(self.origin).words
