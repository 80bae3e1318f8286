"""The same reading of a chain in one compiled loop, where numba is installed (the extra `fast`).

Everything is as in `chains`, `long_chains` and `openness`, case by case and without arrays in
between. The tests hold both to the same answers. For tables of at most 64 facts.
"""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from brightline.screening.chains import Block, part_of_winners, parts_of_rows
from brightline.screening.fused_tables import FusedTables
from brightline.screening.keys import I32, KeyIndex
from brightline.screening.layout import Chain, Layout


def available() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


class FusedReader:
    """Reads one chain, as `WordReader` and `LongReader` do. Safe to share between threads."""

    def __init__(self, layout: Layout, chain: Chain) -> None:
        from brightline.screening.fused_loop import read

        self._read, self._chain = read, chain
        self._tables = FusedTables.of(layout, chain)
        self._of_row = parts_of_rows(chain) if len(chain.pairs) == 1 else None
        self._by_winners = KeyIndex(part_of_winners(layout, chain.words[0]))

    def read(self, block: Block) -> I32:
        """See `Reader`."""
        known = all(block.all_known(word) for word in self._chain.words)
        codes = np.stack(block.codes) if block.codes else np.zeros((0, block.rows), np.int8)
        part = np.empty(block.rows, np.int32)
        won = np.empty(block.rows if self._of_row is None else 0, np.uint64)
        of_row = self._of_row if self._of_row is not None else part[:1]
        marks = block.open[:, 0], block.is_open, block.undetermined, block.unsettled
        self._read(codes, known, *self._tables, of_row, part, won, *marks)
        return part if self._of_row is not None else self._by_winners.numbers(won)
