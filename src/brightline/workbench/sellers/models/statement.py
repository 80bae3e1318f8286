"""A statement of reasons: what a seller was told of a decision, word for word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from brightline.i18n import N_, _, language
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.sellers.models.kept import Kept
from brightline.workbench.sellers.models.seller import Seller


class StatementKind(models.TextChoices):
    """What it tells the seller."""

    RESTRICTION = "restriction", N_("Restriction")
    CHANGE = "change", N_("Changed decision")
    LIFTED = "lifted", N_("Restriction lifted")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Statement(Kept):
    """What a seller was told. Never changed: a later decision makes one that corrects it.

    `texts` holds a rendering in each language, as `sellers.telling.told` makes it; the log keeps
    their `digest`. `appeal_until` is None where there is nothing to appeal.
    """

    puid = models.CharField(max_length=40, unique=True)
    """Names the statement for ever, here and in any register it is handed to."""
    kind = models.CharField(max_length=12, choices=StatementKind.choices)
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="statement")
    case = models.ForeignKey(Case, models.CASCADE, related_name="statements")
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="statements")
    market = models.CharField(max_length=8)
    corrects = models.OneToOneField("self", models.CASCADE, null=True, related_name="corrected_by")
    texts = models.JSONField()
    digest = models.CharField(max_length=64)
    detected = models.BooleanField(default=False)
    """Whether the platform's own signals pointed at it, rather than a person."""
    automated = models.CharField(max_length=8, default="not")
    """How far the decision was automatic: `fully`, `partly`, `not`."""
    made_at = models.DateTimeField()
    appeal_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["market", "made_at", "id"]),
            models.Index(fields=["seller", "-made_at"]),
            models.Index(fields=["case", "-made_at"]),
        ]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.puid}"

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return StatementKind(self.kind).words

    @property
    def text(self) -> dict[str, Any]:
        """It in the language in force, else in Vietnamese."""
        found: dict[str, Any] = self.texts.get(language()) or self.texts["vi"]
        return found

    def in_time(self, at: datetime) -> bool:
        """Whether an appeal is still in time."""
        return self.appeal_until is not None and at <= self.appeal_until
