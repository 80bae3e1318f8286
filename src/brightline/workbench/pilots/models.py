"""What this room keeps: pilots, their groups, which case was drawn for which arm, and shadows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from brightline.i18n import N_, _
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.drafts.models import Draft
from brightline.workbench.rulebooks.models import Release

PILOT, CONTROL = "pilot", "control"
"""The two arms: judged by the draft, judged by the rulebook in force."""


class Kind(models.TextChoices):
    """How a draft is tried."""

    SHADOW = "shadow", N_("Shadow: every decision is also made by the draft; nobody sees it")
    PILOT = "pilot", N_("Pilot: a group decides cases drawn by lot, half of them by the draft")


class Pilot(models.Model):
    """A draft tried beside the rulebook in force.

    A case enters with probability `inclusion` and then falls to the draft with probability `share`:
    both are read off a hash of `seed` and the case's ref, so that the lot can be drawn again.
    """

    class State(models.TextChoices):
        """How it stands."""

        RUNNING = "running", N_("Running")
        STOPPED = "stopped", N_("Stopped")
        PROMOTED = "promoted", N_("Promoted")
        DROPPED = "dropped", N_("Dropped")

    market = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sha = models.CharField(max_length=64, db_index=True)
    form = models.TextField()
    """The draft in canonical form: its decisions can be made again for good."""
    base = models.ForeignKey(Release, models.PROTECT, related_name="+")
    """The release in force when it began; another one ends the comparison."""
    from_draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    """The draft of the desk that it was taken from, as it stood then."""
    queues = models.JSONField(default=list)
    """Empty: every queue."""
    seed = models.CharField(max_length=32)
    inclusion = models.FloatField(default=1.0)
    share = models.FloatField(default=0.5)
    most = models.PositiveIntegerField(default=0)
    """After so many cases no more are drawn; 0: no limit."""
    until = models.DateField(null=True)
    """After this day no more cases are drawn; None: until somebody ends it."""
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    """Whom the group may ask; None: who began it."""
    alpha = models.FloatField(default=0.05)
    """The chance, at most, that it stops by itself though the draft does no harm."""
    tolerance = models.FloatField(default=1.0)
    """Harm is a rate above this many times that of the other arm."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why = models.TextField(blank=True)
    by_rule = models.BooleanField(default=False)
    """Stopped by its own rule, not by a person."""
    evidence = models.FloatField(default=1.0)
    """The strongest evidence of harm so far (an e-value); the rule stops at 1/alpha."""
    cursor = models.BigIntegerField(default=0)
    """The last decision that the shadow has looked at."""

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["market"], condition=models.Q(kind="pilot", state="running"),
                name="one_pilot_a_market",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} in {self.market}: {self.state}"

    @property
    def role(self) -> str:
        """What tasks of its cases ask for; its group has it."""
        return f"pilot:{self.pk}"

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self.state == self.State.RUNNING

    @property
    def state_words(self) -> str:
        """How it stands, in the language in force."""
        return _(str(self.State(self.state).label))

    @property
    def kind_words(self) -> str:
        """How the draft is tried, in the language in force."""
        return _(str(Kind(self.kind).label)).partition(":")[0]


class Member(models.Model):
    """Someone of a pilot's group."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("pilot", "person", name="one_member_each")]

    def __str__(self) -> str:
        return f"{self.person_id} in pilot {self.pilot_id}"


class Drawn(models.Model):
    """A case in a pilot. `inclusion` and `share` are the probabilities it was drawn with."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="drawn")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    arm = models.CharField(max_length=8)
    inclusion = models.FloatField()
    share = models.FloatField()
    freed = models.BooleanField(default=False)
    """Given to everyone under the rulebook in force because it was due: counted, not compared."""

    class Meta:
        constraints = [models.UniqueConstraint("pilot", "case", name="one_arm_a_case")]
        indexes = [models.Index(fields=["pilot", "arm"])]

    def __str__(self) -> str:
        return f"case {self.case_id} in {self.arm} of {self.pilot_id}"


class Look(models.Model):
    """A decision in force beside what the draft says of the same facts.

    `settled` is whether these facts settle it for the draft; where not, it asks something more.
    """

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="looks")
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    action = models.CharField(max_length=80)
    settled = models.BooleanField()
    same = models.BooleanField()
    """The same action, clauses and points."""
    points = models.IntegerField(default=0)
    """More than the decision's, or fewer."""
    clauses: Any = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("pilot", "decision", name="one_look_a_decision")]
        indexes = [models.Index(fields=["pilot", "settled", "same"])]

    def __str__(self) -> str:
        return f"decision {self.decision_id} by the draft of {self.pilot_id}: {self.action}"
