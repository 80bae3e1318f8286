"""A precedent: an answer that holds for later cases of the same clause or fact."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from brightline.workbench.cases.models import Case
from brightline.workbench.escalations.models.escalation import Escalation


class Precedent(models.Model):
    """A question and its answer, tied to a clause or fact of an SOP. Its words never change.

    The ids are those of the rulebook `sha`; `renaming` follows them through later releases.
    `seq` is that of the last event on it: it grows in the order of commits, so that whoever has
    seen the highest one has seen all of them.
    """

    market = models.CharField(max_length=8)
    sop = models.CharField(max_length=80)
    clause = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    question = models.TextField()
    answer = models.TextField()
    answer_en = models.TextField(blank=True)
    escalation = models.OneToOneField(
        Escalation, models.PROTECT, null=True, related_name="precedent"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    sha = models.CharField(max_length=64)
    search_text = models.TextField()
    """The folded words of question, answer and case; see `cases.searching.fold`."""
    active = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    """When someone last stood for it: made, retired or restored it."""
    why = models.TextField(blank=True)
    """Why it was retired or restored last."""
    seq = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["market", "seq"]),
            models.Index(fields=["market", "sop", "active"]),
        ]
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"precedent {self.pk} on {self.sop} {self.clause or self.fact}"

    def answer_in(self, language: str) -> str:
        """The answer in a language, else as it was given."""
        return (self.answer_en if language == "en" else "") or self.answer
