"""A question handed up: asked by a person, or by a rule that hands its case to people."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.cases.models import Case, Decision, Task


class Escalation(models.Model):
    """One question and what became of it. `task` is the turn at the case that it opened.

    `earlier` is the question that this one passes on: an answer given here answers that too.
    """

    class State(models.TextChoices):
        """How a question stands."""

        OPEN = "open", N_("Waiting for an answer")
        PASSED = "passed", N_("Passed on")
        ANSWERED = "answered", N_("Answered")
        SETTLED = "settled", N_("Settled by a decision")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    case = models.ForeignKey(Case, models.CASCADE, related_name="escalations")
    market = models.CharField(max_length=8)
    asked_from = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    """The turn that was in hand when it was asked; its answers are kept."""
    task = models.OneToOneField(Task, models.PROTECT, related_name="escalation")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="questions"
    )
    asked_at = models.DateTimeField()
    by_rule = models.BooleanField(default=False)
    """The rules came to an action that hands the case to people; nobody had to ask."""
    question = models.TextField(blank=True)
    to_role = models.CharField(max_length=32)
    """A role of `desks.DESKS`."""
    desk = models.CharField(max_length=80, blank=True)
    """The rulebook's own name for whom it wants, such as `brand`; empty: none."""
    sop = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    """What it is about, by stable ids; `fact` as the SOP or the rulebook names it."""
    sha = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answer_en = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    """When the asker marked the answer as read."""
    returned_as = models.OneToOneField(Task, models.PROTECT, null=True, related_name="returned")
    """The turn opened when the case went back to its queue with the answer."""
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    """The decision that ended it, if its own turn came to one."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "market", "to_role"]),
            models.Index(fields=["case", "state"]),
            models.Index(fields=["asked_by", "state", "read_at"]),
            models.Index(fields=["asked_from"]),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"question {self.pk} on case {self.case_id}"

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.state == self.State.OPEN

    @property
    def state_words(self) -> str:
        """How it stands, in the language in force."""
        return self.State(self.state).words

    def answer_in(self, language: str) -> str:
        """The answer in a language, else as it was given."""
        return (self.answer_en if language == "en" else "") or self.answer
