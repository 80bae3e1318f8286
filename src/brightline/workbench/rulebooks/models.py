"""Releases of rulebooks, named by their hash, and the tables that signals look things up in."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Release(models.Model):
    """A rulebook in force in a market from a moment on. Never changed once it is there."""

    sha = models.CharField(max_length=64)
    market = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    form = models.TextField()
    """The canonical form; `rulebook.canonical.from_json` reads it."""
    effective_at = models.DateTimeField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("market", "number", name="one_number_a_market"),
        ]
        indexes = [
            models.Index(fields=["market", "-effective_at", "-number"]),
            models.Index(fields=["sha"]),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.number} ({self.sha[:12]})"


class ReferenceTable(models.Model):
    """One day's table (`tables/NAME.DAY.csv`): data that signals read, no part of a rulebook."""

    market = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    day = models.DateField()
    file = models.CharField(max_length=200)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint("market", "name", "day", name="one_table_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.market} {self.name} {self.day}"
