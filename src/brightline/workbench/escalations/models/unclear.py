"""A report that a rule is unclear, kept for those who write the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.workbench.cases.models import Case, Task


class UnclearReport(models.Model):
    """What a person found unclear, on which case, under which rulebook. Stable ids."""

    market = models.CharField(max_length=8)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sop = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    note = models.TextField()
    sha = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["market", "sop", "clause"]),
            models.Index(fields=["market", "-at"]),
        ]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.sop} {self.clause or self.fact} unclear: {self.note[:40]}"
