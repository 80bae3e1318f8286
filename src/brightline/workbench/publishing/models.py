"""Which draft a signature was given on: so that the page can tell of one that no longer counts."""

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
