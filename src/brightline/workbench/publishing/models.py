"""What this room keeps: on which draft a signature was given, folders that are watched, and
what programs pushed that waits for signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.drafts.models import Draft
from brightline.workbench.rulebooks.models import Release, Signature


class DraftSignature(models.Model):
    """A signature, the draft and its revision when it was given.

    The signature itself belongs to a content; an edit of the draft leaves it behind.
    """

    signature = models.OneToOneField(Signature, models.CASCADE, related_name="on_draft")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="signatures")
    revision = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.signature} on draft {self.draft_id}"


class WatchedFolder(models.Model):
    """A folder whose rulebook is published whenever it changes and checks clean.

    `published` is the content that it last put in force, or found there; what others have put in
    force since is never undone by the folder.
    """

    class State(models.TextChoices):
        """How it stands."""

        FINE = "fine"
        BROKEN = "broken"
        OTHERS = "others"

    path = models.CharField(max_length=500, unique=True)
    market = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FINE)
    seen = models.CharField(max_length=64, blank=True)
    """The content it held when it was last looked at; empty where it could not be read."""
    published = models.CharField(max_length=64, blank=True)
    said = models.TextField(blank=True)
    """What stands against it, for people."""
    problems = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path}: {self.state}"


class PushRule(models.Model):
    """Where what programs push is reviewed in a market. Without a row: here, by signatures."""

    market = models.CharField(max_length=8, unique=True)
    in_git = models.BooleanField(default=False)
    """Reviews happen where the files are kept: a push is published without signatures."""
    why = models.TextField(blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.market}: {'in git' if self.in_git else 'signed here'}"


class Push(models.Model):
    """A rulebook that a program pushed: it waits until everyone has signed who must.

    It is published in place of `base` and of nothing else: what another release has changed since
    would be undone by it. `archive` is the zip as it came, until it is settled.
    """

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", N_("waits for signatures")
        RELEASED = "released", N_("published")
        DECLINED = "declined", N_("declined")
        OVERTAKEN = "overtaken", N_("overtaken by another release")

    market = models.CharField(max_length=8)
    sha = models.CharField(max_length=64)
    base = models.CharField(max_length=64, blank=True)
    form = models.TextField()
    archive = models.BinaryField()
    note = models.TextField(blank=True)
    commit = models.CharField(max_length=200, blank=True)
    effective_at = models.DateTimeField(null=True)
    """As it was asked for; where the last signature comes later, it is in force with that."""
    expires_at = models.DateTimeField(null=True)
    changes = models.TextField(blank=True)
    pushed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    pushed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    said = models.TextField(blank=True)
    """Why it was declined, or what keeps it from being published."""
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "sha", "base"], condition=models.Q(state="waiting"),
                name="one_push_waits",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["market", "state"]), models.Index(fields=["market", "sha"])]
        ordering = ["-pushed_at", "-pk"]

    def __str__(self) -> str:
        return f"push {self.pk} to {self.market}: {self.state}"

    @property
    def state_words(self) -> str:
        """How it stands, in the language in force."""
        return _(str(Push.State(self.state).label))
