"""Which question to put to the moderator next (first, simple form)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.deciding import Decider
from brightline.rulebook.table import Table


@dataclass(frozen=True)
class History:
    """How often each code of each column was seen in past cases."""

    counts: tuple[NDArray[np.float64], ...]


class Asker:
    """Chooses questions about cases of one table."""

    def __init__(self, table: Table, history: History | None = None) -> None:
        self.table = table
        self._decider = Decider(table)

    def next_question(
        self, standing: int, suggested: Mapping[int, int] | None = None
    ) -> int | None:
        """The column to ask next; None when nothing a person can be asked still matters."""
        verdict = self._decider.verdict_on(standing)
        if verdict.determined or verdict.contradictions:
            return None
        coded = self.table.codes_plus_two(standing)
        unknown = {
            p for p, code in zip(self.table.tested, coded, strict=True) if code - 2 == UNKNOWN
        }
        columns = self.table.columns
        open_ = [p for p in verdict.open_facts if p in unknown and columns[p].fact.ask]
        return min(open_, key=lambda p: (columns[p].fact.cost, p), default=None)
