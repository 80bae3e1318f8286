"""A draft: a working copy of a rulebook's files, opened from a release."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.desk.models import Request
from brightline.workbench.rulebooks.models import Release


class DraftState(models.TextChoices):
    """How a draft stands."""

    WRITING = "writing", N_("Being written")
    CONSULTING = "consulting", N_("In consultation")
    APPROVING = "approving", N_("Waiting for approval")
    RELEASED = "released", N_("Released")
    DROPPED = "dropped", N_("Dropped")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


OPEN = (DraftState.WRITING, DraftState.CONSULTING, DraftState.APPROVING)
"""The states in which a draft can still change."""


class Draft(models.Model):
    """A change that is being written. Its files change by `actions.save_file` alone.

    `files` is path → digest of `Text` as of `revision`; every earlier state can be had again.
    """

    market = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    base = models.ForeignKey(Release, models.PROTECT, related_name="drafts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.WRITING)
    requests = models.ManyToManyField(Request, related_name="drafts")
    files = models.JSONField(default=dict)
    base_files = models.JSONField(default=dict)
    """Path → digest as the draft was opened."""
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    released_as = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="released_drafts"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["market", "state", "-changed_at"])]
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"draft {self.pk}: {self.title}"

    @property
    def open(self) -> bool:
        """Whether it can still change."""
        return self.state in OPEN

    @property
    def state_words(self) -> str:
        """How it stands, in the language in force."""
        return DraftState(self.state).words

    def changed_paths(self) -> list[str]:
        """The files that differ from those the draft was opened with, by name."""
        paths = sorted({*self.files, *self.base_files})
        return [path for path in paths if self.files.get(path) != self.base_files.get(path)]
