"""A task: one person's turn at a case. Queues hold tasks, never cases."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.cases.models.case import Case


class TaskKind(models.TextChoices):
    """What the person is asked to do."""

    REVIEW = "review", N_("Review")
    SECOND = "second", N_("Blind second review")
    AUDIT = "audit", N_("Audit of an automatic decision")
    ADJUDICATE = "adjudicate", N_("Two reviews differ")
    ESCALATION = "escalation", N_("Escalation")
    APPEAL = "appeal", N_("Appeal")
    AGAIN = "again", N_("Looked at again under a new release")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Task(models.Model):
    """A turn. `open` tasks wait in a queue; a claimed one has a person and a lease.

    They are served by `urgency` (0 first; see `cases.routing`), then by `due_at`, then by age: no
    hidden score. A claimed task whose lease ran out can be claimed by someone else.
    """

    class Status(models.TextChoices):
        """How a task stands."""

        OPEN = "open"
        CLAIMED = "claimed"
        DONE = "done"
        CANCELLED = "cancelled"

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=TaskKind.choices, default=TaskKind.REVIEW)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="vi")
    urgency = models.PositiveSmallIntegerField(default=3)
    due_at = models.DateTimeField()
    senior = models.BooleanField(default=False)
    """Only for those who may answer escalated questions."""
    role = models.CharField(max_length=32, blank=True)
    """Only for people who have this role there; empty: any who may work on it."""
    inclusion = models.FloatField(default=1.0)
    """The probability with which this task was drawn: 1 where every case gets one."""
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="tasks"
    )
    claimed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["status", "market", "queue", "urgency", "due_at", "id"],
                name="task_next_in_queue",
            ),
            models.Index(fields=["claimed_by", "status"]),
            models.Index(fields=["status", "lease_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of case {self.case_id}"


class Answer(models.Model):
    """What a person answered, in order; an undo is a row too. `key` makes a repeat harmless."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="answers")
    key = models.UUIDField()
    fact = models.CharField(max_length=160, blank=True)
    """The fact's name in JSON; empty: the last answer was taken back."""
    value = models.JSONField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seconds = models.FloatField(default=0)
    """How long the question was on the screen."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint("task", "key", name="one_answer_a_key")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.fact or 'undo'}={self.value}"


class Aside(models.Model):
    """A case that a person is not to get: they skipped it, or decided it before."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="asides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint("case", "person", name="one_aside_each")]

    def __str__(self) -> str:
        return f"{self.person_id} not {self.case_id}: {self.why}"
