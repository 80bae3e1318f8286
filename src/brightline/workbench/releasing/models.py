"""A sweep: cases looked at again under a release, and what became of each that differs."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.i18n import N_, _
from brightline.workbench.cases.models import Case, Decision, Task
from brightline.workbench.rulebooks.models import Release


class Sweep(models.Model):
    """Cases looked at again under a release: first only looked at, then, on someone's word, acted.

    A job goes through the cases by their ids: `done` is the last it has looked at, so that a job
    that died is taken up there by the next.
    """

    class Kind(models.TextChoices):
        """Which cases."""

        LIVE = "live", N_("decided cases that are live")
        WAITING = "waiting", N_("cases that wait in the queues")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    class Status(models.TextChoices):
        """How it stands."""

        LOOKING = "looking", N_("looking")
        READY = "ready", N_("looked at; nothing was done yet")
        ACTING = "acting", N_("being carried out")
        DONE = "done", N_("carried out")
        STOPPED = "stopped", N_("stopped")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    release = models.ForeignKey(Release, models.PROTECT, related_name="sweeps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    days = models.PositiveIntegerField(default=30)
    """Of live cases those decided in so many days before."""
    outcomes = models.JSONField(default=list)
    """Of live cases those with one of these actions."""
    subjects = models.JSONField(default=list)
    """Only cases of these subjects; empty: of all."""
    since = models.DateTimeField()
    day = models.DateField()
    """The day whose rules are held against what is live."""
    last_case = models.BigIntegerField(default=0)
    """Cases that came later are not looked at: they came in under the release."""
    total = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.LOOKING)
    done = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    """How many cases of each sort were looked at; see `sweeping.looking`."""
    automatic = models.BooleanField(default=False)
    """Act without a person where trusted facts settle a case and the market allows it."""
    tasks = models.BooleanField(default=False)
    """Give a person each case that differs and is not acted on."""
    take_back = models.BooleanField(default=False)
    """Take waiting cases back from those who have them in hand."""
    error = models.TextField(blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "lease_until"])]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"sweep {self.pk} under {self.release}: {self.status}"

    @property
    def status_words(self) -> str:
        """How it stands, in the language in force."""
        return Sweep.Status(self.status).words

    @property
    def looked_at(self) -> int:
        """How many cases were looked at so far."""
        return int(self.counts.get("seen", 0))

    @property
    def running(self) -> bool:
        """Whether a job has it in hand, or will."""
        return self.status in (Sweep.Status.LOOKING, Sweep.Status.ACTING)


class SweptCase(models.Model):
    """A case that comes to something else under the release, or may; and what became of it."""

    class State(models.TextChoices):
        """What became of it."""

        FOUND = "found", N_("nothing yet")
        ACTED = "acted", N_("decided by the rules")
        TASK = "task", N_("given to a person")
        ROUTED = "routed", N_("read again where it waits")
        LEFT = "left", N_("left as it is")
        GONE = "gone", N_("something else happened meanwhile")

        @property
        def words(self) -> str:
            """What it is called, in the language in force."""
            return _(str(self.label))

    sweep = models.ForeignKey(Sweep, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="+")
    """That which stood when it was looked at; none for a case that waits."""
    was = models.CharField(max_length=80, blank=True)
    now = models.CharField(max_length=80, blank=True)
    """The action it comes to; empty: not settled, a person must look."""
    possible = models.JSONField(default=list)
    """What it may come to where it is not settled."""
    clauses = models.JSONField(default=list)
    points = models.PositiveIntegerField(default=0)
    in_hand = models.BooleanField(default=False)
    queue = models.CharField(max_length=80, blank=True)
    """Of a case that waits: the queue it belongs to now, where that is another."""
    state = models.CharField(max_length=6, choices=State.choices, default=State.FOUND)
    made = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="+")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("sweep", "case", name="one_look_a_case")]
        indexes = [models.Index(fields=["sweep", "state", "id"])]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.was} → {self.now or '?'}"

    @property
    def state_words(self) -> str:
        """What became of it, in the language in force."""
        return SweptCase.State(self.state).words
