"""Keeps the table that finds cases by the clauses their decisions rest on."""

from __future__ import annotations

from collections.abc import Iterable

from brightline.workbench.cases.models import Decision, UnderClause


def keep(decisions: Iterable[Decision], *, first: bool) -> None:
    """Write the violated clauses of decisions that came into force, each on another case.

    With `first` none of the cases had a decision before. An exception rests on no clause, and a
    decision without a violation writes nothing.
    """
    decisions = list(decisions)
    if not first:
        UnderClause.objects.filter(case__in=[one.case_id for one in decisions]).delete()
    UnderClause.objects.bulk_create(
        UnderClause(case_id=one.case_id, sop=sop, clause=clause)
        for one in decisions
        if not one.exception
        for sop, clause in one.clause_ids
    )
