"""What each audience of a release is told, who is to read it, and how they did in the quiz."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from brightline.workbench.rulebooks.models import Release


class Briefing(models.Model):
    """A release beside the one that it takes the place of: what its notices were drafted from."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="briefing")
    previous = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    """None: the first of its market, which changes nothing for anyone."""
    day = models.DateField()
    """The day as of which both were compared."""
    lead = models.JSONField(default=dict)
    """What changed, in one sentence: language → text."""
    drafted_at = models.DateTimeField()

    class Meta:
        ordering = ["-release__effective_at", "-release__number"]

    def __str__(self) -> str:
        return f"briefing of {self.release}"


class Notice(models.Model):
    """What a release changes for the people of one queue. Texts are language → text.

    `witnesses` are cases that come to something else (see `witnesses.kept`); what they come to is
    asked of the tables whenever one is shown. `left_out` numbers those that are not to be shown.
    """

    class State(models.TextChoices):
        """How it stands."""

        DRAFT = "draft"
        SENT = "sent"
        WITHDRAWN = "withdrawn"

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="notices")
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80)
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    drafted = models.JSONField(default=dict)
    """Title and body as they were drafted, to go back to."""
    sops = models.JSONField(default=list)
    witnesses = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    sample = models.JSONField(default=dict)
    """Recent cases of the queue put to both tables: `cases`, `changed`, `open`, `days`."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    quiz = models.BooleanField(default=True)
    """Whether a quiz has to be passed; else reading is enough."""
    asked = models.PositiveSmallIntegerField(default=5)
    needed = models.PositiveSmallIntegerField(default=4)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    binds_at = models.DateTimeField(null=True)
    """From when on nobody gets tasks of the queue who has not passed."""
    nudged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("briefing", "queue", name="one_notice_a_queue")]
        indexes = [models.Index(fields=["market", "queue", "state"])]
        ordering = ["-briefing__release__effective_at", "-briefing__release__number", "queue"]

    def __str__(self) -> str:
        return f"notice {self.pk} to {self.market}/{self.queue}: {self.state}"

    @property
    def release(self) -> Release:
        """The release that it tells of."""
        return self.briefing.release

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The witnesses that are shown and asked."""
        left_out = set(self.left_out)
        return [one for at, one in enumerate(self.witnesses) if at not in left_out]


class Recipient(models.Model):
    """One person a notice is for: told, read, passed, excused."""

    class Way(models.TextChoices):
        """How it was passed."""

        QUIZ = "quiz"
        READING = "reading"
        LATER = "later"
        """With the notice of a later release, whose quiz asked of this one too."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    founding = models.BooleanField(default=False)
    """Told when it was sent: what is measured is measured of these."""
    fresh = models.BooleanField(default=False)
    """Came to the queue only after it was sent: asked of the rules in force, not of a change."""
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    excused_until = models.DateTimeField(null=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    excused_why = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("notice", "person", name="one_recipient_each")]
        indexes = [models.Index(fields=["person", "passed_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} of notice {self.notice_id}"


class Attempt(models.Model):
    """A quiz taken. A question is a case and options; the tables say which is right, at the end.

    `questions` are as `quizzing` writes them, `answers` the options chosen (by number), `marks`
    whether each was right when it was marked.
    """

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    sha = models.CharField(max_length=64)
    """The rulebook whose tables mark it."""
    day = models.DateField()
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    passed = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("recipient", "number", name="one_attempt_a_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.recipient}"
