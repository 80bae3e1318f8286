"""A request: one thing that somebody wants cleared up or changed in the rules."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _


class Origin(models.TextChoices):
    """Where a wish comes from."""

    UNCLEAR = "unclear", N_("Moderator: unclear rule")
    ESCALATION = "escalation", N_("Question handed up")
    AUDIT = "audit", N_("Quality audit")
    LAW = "law", N_("Change of law")
    PARTNER = "partner", N_("Partner or brand")
    INCIDENT = "incident", N_("Incident")
    OTHER = "other", N_("Other")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class State(models.TextChoices):
    """How a request stands, as the one who asked sees it."""

    NEW = "new", N_("Has come in")
    TRIAGED = "triaged", N_("Being looked at")
    DRAFTED = "drafted", N_("A change is being written")
    ANSWERED = "answered", N_("Answered")
    DONE = "done", N_("In force")
    DECLINED = "declined", N_("Not taken up")
    MERGED = "merged", N_("Joined with another")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


OPEN = (State.NEW, State.TRIAGED, State.DRAFTED)
"""The states of a request that still wants something."""


class Request(models.Model):
    """One wish, however many people have it (`voices`). `sop`, `clause`, `fact` are stable ids.

    The three counts are what its impact is worked out of; see `desk.impact`. `severity` overrides
    that of the clause's own action where someone set it (0: not set).
    """

    market = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    sop = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    law = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    severity = models.PositiveSmallIntegerField(default=0)
    cases_a_week = models.FloatField(default=0)
    looked_twice = models.PositiveIntegerField(default=0)
    differed = models.PositiveIntegerField(default=0)
    impact = models.FloatField(default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests_owned"
    )
    due = models.DateField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests_made"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    search_text = models.TextField(blank=True)
    """Folded words of title, text and voices; see `cases.searching.fold`."""

    class Meta:
        indexes = [
            models.Index(fields=["market", "state", "-impact"]),
            models.Index(fields=["market", "sop", "clause", "fact"]),
            models.Index(fields=["owner", "state"]),
        ]
        ordering = ["-impact", "-made_at", "-id"]

    def __str__(self) -> str:
        return f"request {self.pk}: {self.title}"

    @property
    def open(self) -> bool:
        """Whether it still wants something."""
        return self.state in OPEN

    @property
    def state_words(self) -> str:
        """How it stands, in the language in force."""
        return State(self.state).words

    @property
    def origin_words(self) -> str:
        """Where it comes from, in the language in force."""
        return Origin(self.origin).words
