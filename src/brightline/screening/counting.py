"""Counts of decisions, added up chunk by chunk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from brightline.rulebook.table import Table
    from brightline.screening.answers import Answers


@dataclass(slots=True)
class Counts:
    """Cases by what came of them. Can be pickled, and added to another."""

    decided: int = 0
    """Cases that have a row in the output."""
    rejected: int = 0
    determined: int = 0
    to_person: int = 0
    """Determined cases whose action hands them to a person."""
    contradicted: int = 0
    by_subject: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """(subject, decided automatically)."""
    by_action: Counter[str] = field(default_factory=Counter)
    by_sop: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(SOP, action of the clause it reports)."""
    by_clause: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(SOP, clause, action)."""
    blocking: Counter[str] = field(default_factory=Counter)
    """Unknown facts on which undetermined cases hang."""

    def add(self, table: Table, answers: Answers) -> None:
        """Count the answers of a batch under one table."""
        self.decided += len(answers.index)
        actions = table.rulebook.actions
        times = np.bincount(answers.index, minlength=0)
        for number in np.flatnonzero(times).tolist():
            answer, count = answers.distinct[number], int(times[number])
            person = answer.determined and actions[answer.action].person
            self.determined += count * answer.determined
            self.to_person += count * person
            self.contradicted += count * bool(answer.contradictions)
            self.by_subject[table.subject, answer.determined and not person] += count
            self.by_action[answer.action] += count
            for reported in answer.reported:
                self.by_sop[reported.sop, reported.action] += count
                self.by_clause[reported.sop, reported.clause, reported.action] += count
        for fact, place in enumerate(table.tested):
            bit = np.uint64(1 << fact % 64)
            count = int(np.count_nonzero(answers.open[:, fact // 64] & bit))
            if count:
                self.blocking[table.columns[place].name] += count

    def merge(self, other: Counts) -> None:
        """Add another's counts to these."""
        for name in ("decided", "rejected", "determined", "to_person", "contradicted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("by_subject", "by_action", "by_sop", "by_clause", "blocking"):
            getattr(self, name).update(getattr(other, name))
