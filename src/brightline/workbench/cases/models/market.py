"""How a market runs its queues: shares that are sampled, what may be automatic, what is paused."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Market(models.Model):
    """The settings of a market. Shares are probabilities, 0 to 1."""

    code = models.CharField(max_length=8, primary_key=True)
    automatic = models.BooleanField(default=True)
    """Whether a determined case is acted on without a person."""
    audit_share = models.FloatField(default=0.05)
    """Of automatic decisions, the share that a person looks at blindly."""
    second_share = models.FloatField(default=0.1)
    """Of reviews, the share that a second person does blindly."""
    lease_minutes = models.PositiveSmallIntegerField(default=15)
    appeal_days = models.PositiveSmallIntegerField(default=30)

    def __str__(self) -> str:
        return self.code


class QueueState(models.Model):
    """A queue that is paused, and why. A queue without a row runs."""

    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80)
    paused = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint("market", "queue", name="one_state_a_queue")]

    def __str__(self) -> str:
        return f"{self.market}/{self.queue}{' paused' if self.paused else ''}"
