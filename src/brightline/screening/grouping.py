"""Which table decides each row: by what the case is about and by its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.i18n import _
from brightline.rulebook.deciding import Decider, Deciders
from brightline.rulebook.model import Rulebook
from brightline.screening.days import TIME_ATTRIBUTE, day_of
from brightline.screening.one import CaseError, subject_named
from brightline.screening.planning import Plan
from brightline.screening.rows import Rows

Positions = npt.NDArray[np.intp]
_MOST_KEPT = 100_000
_LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one subject under one table: their positions in the chunk, ascending."""

    subject: str
    decider: Decider
    at: Positions


class Grouper:
    """Groups the rows of chunk after chunk; keeps the tables between them."""

    def __init__(self, rulebook: Rulebook, plan: Plan, as_of: date) -> None:
        self._rulebook, self._plan = rulebook, plan
        self._as_of = plan.day or as_of
        self._deciders = Deciders(rulebook)
        self._kept: dict[tuple[str, date], Decider] = {}
        self._days: dict[str, date] = {}

    def groups(self, rows: Rows) -> list[Group]:
        """The rows in groups; those without a subject or with a time that is none are rejected."""
        subjects, days = self._subjects_of(rows), self._days_of(rows)
        if isinstance(subjects, str) and isinstance(days, date):
            kept = [row for row in range(len(rows)) if row not in rows.rejects]
            group = Group(subjects, self._decider(subjects, days), np.array(kept, np.intp))
            return [group] if kept else []
        if isinstance(subjects, str):
            subjects = [subjects] * len(rows)
        if isinstance(days, date):
            days = [days] * len(rows)
        found: dict[tuple[str, int], tuple[Decider, list[int]]] = {}
        for at, (subject, day) in enumerate(zip(subjects, days, strict=True)):
            if at not in rows.rejects:
                decider = self._decider(subject, day)
                found.setdefault((subject, id(decider)), (decider, []))[1].append(at)
        return [
            Group(subject, decider, np.array(kept, np.intp))
            for (subject, _id), (decider, kept) in found.items()
        ]

    def _decider(self, subject: str, day: date) -> Decider:
        if (subject, day) not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[subject, day] = self._deciders.decider(subject, day)
        return self._kept[subject, day]

    def _subjects_of(self, rows: Rows) -> str | Sequence[str]:
        """The subject of every row, or of all; empty where the row is rejected."""
        plan = self._plan
        if plan.subject is not None:
            return plan.subject
        found = rows.values(plan.subject_source) if plan.subject_source else None
        if found is None and len(self._rulebook.subjects) == 1:
            return next(iter(self._rulebook.subjects))
        return [self._subject(rows, at, raw) for at, raw in enumerate(found or [None] * len(rows))]

    def _subject(self, rows: Rows, at: int, raw: Any) -> str:
        if isinstance(raw, str) and raw in self._rulebook.subjects:
            return raw
        try:
            return subject_named(self._rulebook, raw)
        except CaseError as error:
            rows.reject(at, sentence(error))
            return ""

    def _days_of(self, rows: Rows) -> date | Sequence[date]:
        """The day of every row, or of all."""
        found = rows.values(self._plan.time) if self._plan.time else None
        if found is None:
            return self._as_of
        return [
            self._as_of if raw is None or raw == "" else self._day(rows, at, raw)
            for at, raw in enumerate(found)
        ]

    def _day(self, rows: Rows, at: int, raw: Any) -> date:
        day = self._days.get(raw) if isinstance(raw, str) else None
        if day is not None:
            return day
        try:
            day = day_of(raw)
        except ValueError:
            reason = _("{name} is no date: {value}")
            rows.reject(at, reason.format(name=TIME_ATTRIBUTE, value=str(raw)[:60]))
            return self._as_of
        if isinstance(raw, str) and len(raw) <= _LONGEST_KEY:
            if len(self._days) >= _MOST_KEPT:
                self._days.clear()
            self._days[raw] = day
        return day


def sentence(error: Any) -> str:
    """An error's message, and its hint where it has one."""
    message, hint = error.message, error.hint
    return f"{message}: {hint}" if hint else str(message)
