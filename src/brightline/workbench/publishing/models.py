"""What this room keeps: on which draft a signature was given, and folders that are watched."""

from __future__ import annotations

from django.db import models

from brightline.workbench.drafts.models import Draft
from brightline.workbench.rulebooks.models import Signature


class DraftSignature(models.Model):
    """A signature, the draft and its revision when it was given.

    The signature itself belongs to a content; an edit of the draft leaves it behind.
    """

    signature = models.OneToOneField(Signature, models.CASCADE, related_name="on_draft")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="signatures")
    revision = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.signature} on draft {self.draft_id}"


class WatchedFolder(models.Model):
    """A folder whose rulebook is published whenever it changes and checks clean.

    `published` is the content that it last put in force, or found there; what others have put in
    force since is never undone by the folder.
    """

    class State(models.TextChoices):
        """How it stands."""

        FINE = "fine"
        BROKEN = "broken"
        OTHERS = "others"

    path = models.CharField(max_length=500, unique=True)
    market = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FINE)
    seen = models.CharField(max_length=64, blank=True)
    """The content it held when it was last looked at; empty where it could not be read."""
    published = models.CharField(max_length=64, blank=True)
    said = models.TextField(blank=True)
    """What stands against it, for people."""
    problems = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path}: {self.state}"
