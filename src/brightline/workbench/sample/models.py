"""That this installation holds made-up data, since when and how much of it."""

from __future__ import annotations

from django.db import models


class Filling(models.Model):
    """One filling with sample data. Where there is a row, every page says so."""

    begun_at = models.DateTimeField()
    upto = models.DateTimeField()
    """The made-up history ends here."""
    finished_at = models.DateTimeField(null=True)
    """None: it was broken off, and what is there is not whole."""
    counts = models.JSONField(default=dict)
    """What was made: kind → how many."""

    def __str__(self) -> str:
        return f"sample data up to {self.upto:%Y-%m-%d %H:%M}"
