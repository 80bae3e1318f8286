"""A case: what is to be judged, as it came, and what the signals read in it."""

from __future__ import annotations

from django.db import models

from brightline.i18n import N_, _


class Source(models.TextChoices):
    """Why a case was brought in."""

    PROACTIVE = "proactive", N_("Proactive check")
    USER_REPORT = "user_report", N_("User report")
    AUTHORITY = "authority_request", N_("Authority request")
    APPEAL = "appeal", N_("Appeal")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Case(models.Model):
    """One listing, seller, piece of content or review to be judged.

    `attributes` and `given` are as they came; `facts` is what the signals made of them under the
    rulebook `sha` (see `rulebooks.engine.Facts`). `action` is the outcome in force: that of the
    newest decision; empty while there is none.
    """

    market = models.CharField(max_length=8)
    ref = models.CharField(max_length=120)
    """The platform's own name for it: unique in a market."""
    subject = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="vi")
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.PROACTIVE)
    attributes = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    sha = models.CharField(max_length=64)
    day = models.DateField()
    """The day whose rules hold for it."""
    seller = models.CharField(max_length=120, blank=True)
    risk = models.FloatField(default=0)
    """What the platform itself says of the risk, 0 to 1. Shown; never hides a case."""
    action = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)
    """Its words without accents or case, to search in; see `cases.searching`."""
    fingerprint = models.BigIntegerField(default=0)
    """Near-identical cases have the same; see `cases.searching`."""
    sample = models.BooleanField(default=False)
    """Made-up data of the demo, marked wherever it is shown."""

    class Meta:
        constraints = [models.UniqueConstraint("market", "ref", name="one_case_a_ref")]
        indexes = [
            models.Index(fields=["market", "seller", "-received_at"]),
            models.Index(fields=["fingerprint"]),
            models.Index(fields=["-received_at"]),
            models.Index(fields=["action", "-decided_at"]),
            models.Index(fields=["action", "-received_at", "-id"], name="case_outcome_newest"),
            models.Index(fields=["source", "-received_at", "-id"], name="case_source_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.market}/{self.ref}"


class Picture(models.Model):
    """A picture of a case, without what the camera wrote into it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pictures")
    file = models.ImageField(
        upload_to="pictures/%Y/%m/%d", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.file.name}"
