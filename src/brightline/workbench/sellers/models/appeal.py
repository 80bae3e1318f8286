"""A seller's appeal against a statement of reasons, with papers, and how it was decided."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models

from brightline.i18n import N_, _, language
from brightline.workbench.cases.models import Case, Decision, Task
from brightline.workbench.sellers.models.seller import Seller
from brightline.workbench.sellers.models.statement import Statement


class Outcome(models.TextChoices):
    """How an appeal ended."""

    OVERTURNED = "overturned", N_("Overturned")
    PARTLY = "partly", N_("Overturned in part")
    UPHELD = "upheld", N_("Upheld")

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(str(self.label))


class Appeal(models.Model):
    """One appeal: once a statement. Open while `outcome` is empty."""

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="appeal")
    case = models.ForeignKey(Case, models.CASCADE, related_name="appeals")
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="appeals")
    task = models.OneToOneField(Task, models.CASCADE, related_name="appeal")
    text = models.TextField()
    language = models.CharField(max_length=8)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """By when the seller was told to have an answer."""
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="+")
    answer = models.JSONField(null=True)
    """What the seller was told, in each language; as `sellers.telling.told` makes it."""

    class Meta:
        indexes = [
            models.Index(fields=["outcome", "due_at"]),
            models.Index(fields=["case", "outcome"]),
            models.Index(fields=["seller", "-filed_at"]),
        ]
        ordering = ["filed_at", "id"]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: `KN-000012`."""
        return f"KN-{self.pk:06d}"

    @property
    def outcome_words(self) -> str:
        """How it ended, in the language in force; empty while it is open."""
        return Outcome(self.outcome).words if self.outcome else ""

    @property
    def said(self) -> dict[str, Any]:
        """The answer in the language in force; empty while it is open."""
        answers: dict[str, dict[str, Any]] = self.answer or {}
        return answers.get(language()) or answers.get("vi", {})

    def late(self, at: datetime) -> bool:
        """Whether it is open past its time."""
        return not self.outcome and at > self.due_at


def paper_path(paper: Paper, _name: str) -> str:
    """Where a paper is stored: nothing of the seller's own name for it is in there."""
    return f"appeals/{paper.appeal.filed_at:%Y/%m}/{uuid.uuid4().hex}{paper.suffix}"


class Paper(models.Model):
    """A file that came with an appeal. Pictures have lost what the camera wrote into them."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="papers")
    file = models.FileField(upload_to=paper_path)
    name = models.CharField(max_length=120)
    """The seller's name for it, cleaned; shown, never used as a path."""
    kind = models.CharField(max_length=40)
    """What it is by its content: `application/pdf`, `image/jpeg`, `image/png`."""
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.name}"

    @property
    def suffix(self) -> str:
        """The ending for its content."""
        return {"application/pdf": ".pdf", "image/jpeg": ".jpg"}.get(self.kind, ".png")

    @property
    def picture(self) -> bool:
        """Whether it can be shown on a page."""
        return self.kind.startswith("image/")
