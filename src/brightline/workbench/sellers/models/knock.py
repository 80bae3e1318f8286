"""How often a door without a login was knocked at, for all workers and hosts together."""

from __future__ import annotations

from django.db import models


class Knocks(models.Model):
    """A count for one window of time. Rows of windows that are over go by themselves."""

    key = models.CharField(max_length=120, primary_key=True)
    """What is counted, and in which window."""
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
