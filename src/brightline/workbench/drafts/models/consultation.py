"""Asking people about a draft: who is asked by when, what they said, what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.drafts.models.draft import Draft
from brightline.workbench.drafts.models.revision import Revision


class Asked(models.TextChoices):
    """As what someone is asked."""

    OPERATIONS = "operations", N_("Operations")
    LEGAL = "legal", N_("Legal")
    QUALITY = "quality", N_("Quality")
    TRAINING = "training", N_("Training")
    PRODUCT = "product", N_("Product")
    PARTNER = "partner", N_("Partner")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Verdict(models.TextChoices):
    """What someone who was asked came to."""

    FINE = "fine", N_("Agrees")
    CHANGES = "changes", N_("Wants changes")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Review(models.Model):
    """One person asked about a draft. `who` names a partner who does not log in.

    `sha` is the rulebook that was looked at: a later edit shows the verdict to be of an older one.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="reviews")
    asked_as = models.CharField(max_length=12, choices=Asked.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviews"
    )
    who = models.CharField(max_length=200, blank=True)
    due = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    note = models.TextField(blank=True)
    sha = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "person"], condition=~models.Q(person=None), name="asked_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "done_at"]),
            models.Index(fields=["done_at", "due"]),
        ]
        ordering = ["asked_as", "id"]

    def __str__(self) -> str:
        return f"{self.person_id or self.who} on draft {self.draft_id}"

    @property
    def asked_words(self) -> str:
        """As what, in the language in force."""
        return Asked(self.asked_as).words

    @property
    def verdict_words(self) -> str:
        """What they came to, in the language in force; empty while they have not."""
        return Verdict(self.verdict).words if self.verdict else ""


class Comment(models.Model):
    """What someone says about one thing of a draft, known by its stable id: it stays where that is.

    `pin` is `clause:EC-1`, `example:ex-2`, `fact:item`, or empty for the file. A suggestion names a
    `place` in the file, what stood there (`was`) and what should. An answer has no pin of its own.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", N_("Open")
        TAKEN = "taken", N_("Taken")
        DECLINED = "declined", N_("Not taken")
        DONE = "done", N_("Settled")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="comments")
    path = models.CharField(max_length=200)
    pin = models.CharField(max_length=120, blank=True)
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    place = models.JSONField(default=list)
    was = models.JSONField(null=True)
    wanted = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    taken_as = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["draft", "path", "state"])]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.path} {self.pin}: {self.text[:40]}"

    @property
    def state_words(self) -> str:
        """What became of it, in the language in force."""
        return Comment.State(self.state).words

    @property
    def suggests(self) -> bool:
        """Whether it can be taken with one press."""
        return bool(self.place)
