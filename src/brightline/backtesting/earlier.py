"""What earlier drafts came to, so that the next is put only to what it changes of one of them.

An author changes a draft bit by bit. Once an edit reaches many cases, each later draft reaches them
too; but between two drafts that follow each other there is one edit, and only the cases that this
one reaches are decided anew.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.judging import I32, Flags, Labels, Side
from brightline.backtesting.matching import Match
from brightline.backtesting.patterns import Grouped
from brightline.backtesting.source import Source
from brightline.backtesting.states import U8, States
from brightline.backtesting.touching import Touch
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Rulebook

KEPT = 3
"""Drafts whose verdicts are kept: five bytes a row each."""
_MOST_LABELS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """A draft's verdicts on rows of `grouped`; label -1: not decided, since the edit did not reach
    it. Nothing in the draft is called otherwise than in the version in force."""

    book: Rulebook
    side: Side
    states: States
    grouped: Grouped
    label_of: I32
    state_of: U8

    @classmethod
    def none(cls, book: Rulebook, side: Side, states: States, grouped: Grouped) -> Verdicts:
        """To be filled in."""
        rows = grouped.cases.rows
        return cls(
            book, side, states, grouped, np.full(rows, -1, np.int32), np.zeros(rows, np.uint8)
        )


class Earlier:
    """The last few drafts. Safe to call from several threads."""

    def __init__(self) -> None:
        self._kept: deque[Verdicts] = deque(maxlen=KEPT)
        self._of_patterns: Verdicts | None = None
        self._lock = Lock()

    def keep(self, verdicts: Verdicts, patterns: Grouped) -> None:
        """Keep a draft's verdicts, all of them; `patterns`: those that it may have divided."""
        if len(verdicts.side.labels.all) > _MOST_LABELS:
            return
        whole = _undivided(verdicts, patterns)
        with self._lock:
            self._kept.appendleft(verdicts)
            self._of_patterns = whole or self._of_patterns

    def before(self, new: Rulebook, grouped: Grouped) -> Verdicts | None:
        """The newest draft that a new one can be held against; None where there is none.

        Its rows are the new one's, or patterns that the new one divides.
        """
        with self._lock:
            kept = [of for of in self._kept if of.grouped is grouped]
            if self._of_patterns is not None:
                kept.append(self._of_patterns)
        return next((of for of in kept if Renames(of.book, new).none), None)


def _undivided(of: Verdicts, patterns: Grouped) -> Verdicts | None:
    """The verdicts on patterns that the draft did not divide; those it did count as not decided.

    What divides is a value, not a case: a pattern whose cases lie all on one side of a new
    threshold is divided too, since another draft's rows may be named by a value on the other side.
    """
    if of.grouped.whole is None:
        return of
    if of.grouped.parts is None:
        return None
    rows = np.flatnonzero(~of.grouped.parts.divided[of.grouped.whole])
    found = Verdicts.none(of.book, of.side, of.states, patterns)
    found.label_of[of.grouped.whole[rows]] = of.label_of[rows]
    found.state_of[of.grouped.whole[rows]] = of.state_of[rows]
    return found


class Reuse:
    """The verdicts of an earlier draft that a new one leaves as they are."""

    def __init__(self, of: Verdicts, new: Side, book: Rulebook, grouped: Grouped) -> None:
        """The new side goes on numbering labels where the earlier one stopped."""
        match = Match.of(of.side.table, new.table, Renames(of.book, book))
        self._of, self._grouped = of, grouped
        self._touch = Touch(match, of.side.layout, new.layout)
        self._source = Source(grouped.cases, match)
        self._same = match.same and self._source.alike

    def at(self, rows: npt.NDArray[np.intp], start: int, stop: int) -> tuple[I32, U8, Flags]:
        """For some rows of a block: labels, states (of the earlier draft), and which of them hold
        for the new draft too."""
        divides = self._grouped is not self._of.grouped and self._grouped.whole is not None
        own = self._grouped.whole[rows] if divides else rows  # type: ignore[index]
        labels, states = self._of.label_of[own], self._of.state_of[own]
        holds = labels >= 0
        if not self._same:
            batch = self._source.batch(start, stop)
            touched = self._touch.touched(batch.old, batch.new, batch.rows, batch.differs)
            holds &= False if touched is None else ~touched[rows - start]
        return labels, states, holds


def labels_for(of: Verdicts | None, own: Labels, renames: Renames) -> tuple[Labels, I32]:
    """Labels to number a draft's with, and [label of the version in force] its number in them."""
    if of is None:
        return own.renamed(renames)
    return of.side.labels.copy(), np.arange(len(own.all), dtype=np.int32)
