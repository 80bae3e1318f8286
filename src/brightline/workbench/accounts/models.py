"""People and the grants that say what they may do."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from brightline.workbench.accounts.roles import Role


class User(AbstractUser):
    """Someone who logs in, or a service that calls the API."""

    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="vi")
    """The language of the pages: `vi` or `en`."""
    theme = models.CharField(max_length=8, default="system")
    reads = models.JSONField(default=list, blank=True)
    """Languages of cases that they can read, such as `["vi", "en"]`; empty: any."""
    wellness = models.JSONField(default=dict, blank=True)
    """Their own settings for harmful content and breaks; see `console.wellness`."""

    password_is_first = models.BooleanField(default=False)
    """An administrator knows the password: the person has to choose one before anything else."""

    def __str__(self) -> str:
        return self.display_name or self.username


class Grant(models.Model):
    """A role given to a person, everywhere or in one market or queue only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])
    market = models.CharField(max_length=8, blank=True)
    """Empty: every market."""
    queue = models.CharField(max_length=80, blank=True)
    """Empty: every queue."""
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "role", "market", "queue", name="one_grant_each")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.market or '*'}/{self.queue or '*'}"

    def covers(self, market: str | None, queue: str | None) -> bool:
        """Whether the grant reaches a market and queue; None asks for no particular one."""
        return (not self.market or market is None or self.market == market) and (
            not self.queue or queue is None or self.queue == queue
        )
