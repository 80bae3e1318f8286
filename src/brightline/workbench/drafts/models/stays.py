"""A language left behind that needs no change, on someone's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.workbench.drafts.models.draft import Draft


class Stays(models.Model):
    """One language of a text stays as it is though another changed.

    `mark` holds what every language of the text said then: once one says something else, this is
    about another text and no longer counts.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="stays")
    path = models.CharField(max_length=200)
    place = models.JSONField()
    mark = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("draft", "path", "mark", name="stays_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.place} of draft {self.draft_id} stays"
