"""A back-test that was asked for: of which two versions, by whom, and the report it came to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _


class Report(models.Model):
    """A back-test. Asked for, made by a job, then never changed.

    `old_name` and `new_name` are what people call the versions. `new_form` is the canonical form
    of the newer one where that is no release (a draft); empty: it is found by its hash.
    """

    class Status(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", N_("Waiting")
        RUNNING = "running", N_("Being made")
        DONE = "done", N_("Ready")
        FAILED = "failed", N_("Failed")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    market = models.CharField(max_length=8)
    old_sha = models.CharField(max_length=64)
    old_name = models.CharField(max_length=120)
    new_sha = models.CharField(max_length=64)
    new_name = models.CharField(max_length=120)
    new_form = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    """Why it failed, for a person."""
    cases = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    may_change = models.PositiveBigIntegerField(default=0)
    page = models.TextField(blank=True)
    """The report, as a page that stands by itself."""

    class Meta:
        indexes = [
            models.Index(fields=["market", "-asked_at"]),
            models.Index(fields=["status", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.market}: {self.old_name} → {self.new_name}"
