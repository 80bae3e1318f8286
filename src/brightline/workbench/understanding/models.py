"""What this room keeps: briefings of releases, notices to queues, who read and passed, channels."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from brightline.workbench.delivery.models import Outgoing
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.sealing import opened


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


class Channel(models.Model):
    """A group chat that is told of notices by its incoming webhook. The address is a secret."""

    class Kind(models.TextChoices):
        """Whose format it takes."""

        LARK = "lark", "Lark"
        SLACK = "slack", "Slack"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80, blank=True)
    """Empty: every queue of the market."""
    language = models.CharField(max_length=2, default="vi")
    sealed_address = models.TextField()
    sealed_secret = models.TextField(blank=True)
    """What Lark's signature is made with, if the robot asks for one."""
    ended_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The address in clear; never to be shown or logged."""
        return opened(self.sealed_address)

    @property
    def secret(self) -> str:
        """The secret in clear; empty where there is none."""
        return opened(self.sealed_secret) if self.sealed_secret else ""

    @property
    def masked(self) -> str:
        """The address as people may see it: the host, and the last four characters."""
        host, _slash, rest = self.address.removeprefix("https://").partition("/")
        return f"{host}/…{rest[-4:]}"


class Post(Outgoing):
    """A message on its way to a channel, sent by the outbox of `delivery`."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="posts")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="+")
    """None: a trial of the channel."""
    title = models.CharField(max_length=300)
    text = models.TextField()
    link = models.CharField(max_length=1000, blank=True)

    class Meta(Outgoing.Meta):
        indexes = [models.Index(fields=["status", "next_at"])]

    def __str__(self) -> str:
        return f"post {self.pk} to {self.channel_id}: {self.status}"


class Announcement(models.Model):
    """Something that concerns people's work and is no release of its own: a trial of a draft that
    begins or ends, a release whose time is over so that the one before applies again.

    Sent once: `key` names what it is about. Texts are language → text, written when it is sent.
    """

    class About(models.TextChoices):
        """What it tells of."""

        PILOT = "pilot"
        EXPIRY = "expiry"

    about = models.CharField(max_length=8, choices=About.choices)
    key = models.CharField(max_length=200, unique=True)
    market = models.CharField(max_length=8)
    queue = models.CharField(max_length=80, blank=True)
    """Empty: it is for people, not for a queue."""
    title = models.JSONField()
    body = models.JSONField()
    witnesses = models.JSONField(default=list)
    """Cases that come to something else from then on, as a notice keeps them."""
    old = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    new = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    """Of an expiry: the release that ends, and the one that applies again."""
    at = models.DateTimeField()
    """When it happens."""
    binds_at = models.DateTimeField(null=True)
    """From when on nobody gets tasks of the queue who has not read it."""
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    """It will not happen after all."""

    class Meta:
        indexes = [models.Index(fields=["binds_at", "withdrawn_at"])]
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"announcement {self.key}"


class Told(models.Model):
    """One person an announcement is for. `works`: in its queue, which is closed to them unread."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="told")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    works = models.BooleanField(default=True)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("announcement", "person", name="told_once")]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.announcement_id}"
