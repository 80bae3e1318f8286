"""The audit log: rows that are only ever added, each holding the hash of the one before."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One act: who did what, on what, before, after, why, and under which rulebook."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    """None: the workbench itself."""
    on_type = models.CharField(max_length=32)
    on_id = models.CharField(max_length=80)
    case_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True)
    rulebook = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "seq"]),
            models.Index(fields=["kind", "seq"]),
            models.Index(fields=["actor", "seq"]),
            models.Index(fields=["on_type", "on_id", "seq"]),
        ]
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.on_type}:{self.on_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises `TypeError` on one that is already there."""
        if not self._state.adding:
            raise TypeError("an event is never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never. The database refuses it too."""
        raise TypeError("an event is never deleted")


class ChainHead(models.Model):
    """The end of the chain: one row, locked by whoever adds an event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
