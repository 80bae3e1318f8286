"""Which clauses the decision in force on a case rests on, to find cases by."""

from __future__ import annotations

from django.db import models

from brightline.workbench.cases.models.case import Case


class UnderClause(models.Model):
    """A clause that the decision in force on a case found violated, under its name of that day.

    Written with the decision, taken away when another takes its place.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="under_clauses")
    sop = models.CharField(max_length=80)
    clause = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["clause", "sop", "case"], name="case_under_clause")]

    def __str__(self) -> str:
        return f"{self.case_id} under {self.sop}/{self.clause}"
