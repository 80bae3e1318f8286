"""A decision: the action, the clauses, the facts it rests on, the rulebook it was made under."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.cases.models.case import Case
from brightline.workbench.cases.models.task import Task


class How(models.TextChoices):
    """How a decision came about."""

    AUTOMATIC = "automatic", N_("Automatic")
    REVIEW = "review", N_("Reviewed by a moderator")
    SECOND = "second", N_("Blind second review")
    AUDIT = "audit", N_("Audit")
    ADJUDICATION = "adjudicate", N_("Settled by a senior")
    ESCALATION = "escalation", N_("Escalated")
    APPEAL = "appeal", N_("Appeal")
    AGAIN = "again", N_("Looked at again under a new release")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Decision(models.Model):
    """One decision on a case; never changed. `in_force` ones set the case's action.

    A blind second review and an audit that agree measure only: they are not in force. `clauses`
    and `facts` are as `screening.decision_json` writes them, so that it can be made again.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="decision")
    how = models.CharField(max_length=12, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sha = models.CharField(max_length=64)
    day = models.DateField()
    action = models.CharField(max_length=80)
    clauses = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    points = models.PositiveIntegerField(default=0)
    violation = models.BooleanField(default=False)
    exception = models.BooleanField(default=False)
    """The rules hand the case to people (`person: yes`), and `by` chose the action outside them,
    for the reason in `note`: `clauses` are what the rules came to, points none."""
    in_force = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    seconds = models.FloatField(default=0)
    """From claim to decision."""
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"]),
            models.Index(fields=["by", "-at"]),
            models.Index(fields=["-at"]),
        ]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.action} on case {self.case_id}"

    @property
    def clause_ids(self) -> list[tuple[str, str]]:
        """The violated clauses, as (SOP, clause), in order."""
        return sorted((c["sop"], c["clause"]) for c in self.clauses if c["violation"])
