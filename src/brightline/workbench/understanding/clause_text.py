"""The text of a clause for someone who got it wrong: when it holds, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from brightline.reports.guide.book import Book, Tables
from brightline.reports.guide.clauses_view import condition
from brightline.rulebook.telling import Reason, explain
from brightline.rulebook.telling_boxes import Where
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.understanding.outcomes import decided
from brightline.workbench.understanding.witnesses import Pair


@lru_cache(maxsize=8)
def _tables(sha: str, day: date) -> Tables:
    return Tables(engine_of(sha).rulebook, day)


@dataclass(frozen=True)
class Explained:
    """Why a case comes to what it does: the clause in force, its conditions, law, and facts."""

    reason: Reason | None
    where: Where | None


def explained(pair: Pair, case: Mapping[str, Any]) -> Explained:
    """Why a case comes to what it does under its SOP, in the language in force."""
    decision = decided(pair.new, case["subject"], pair.day, case["now"])
    told = explain(decision)
    reason = next((r for r in (*told.reasons, *told.quiet) if r.sop == case["sop"]), None)
    if reason is None:
        return Explained(None, None)
    sop = pair.new.rulebook.sop_named(reason.sop)
    clause = next((c for c in sop.clauses if c.id == reason.clause), None)
    if clause is None:
        return Explained(reason, None)
    return Explained(reason, condition(Book(_tables(pair.new.sha, pair.day)), sop, clause))
