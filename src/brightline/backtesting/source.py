"""Coded cases put to both tables of a pair, block by block; what both code alike is made once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import BlockCodes, CodedCases, LookUp
from brightline.backtesting.judging import Flags
from brightline.backtesting.kept import Kept
from brightline.backtesting.matching import Match
from brightline.backtesting.pair import Batch


class Source:
    """Cases of one subject, ready to be judged by a pair."""

    def __init__(self, cases: CodedCases, match: Match) -> None:
        self.cases = cases
        self.old = cases.look_ups(match.old)
        self.new = cases.look_ups(match.new, match.renames)
        now = {match.renames.fact_now(key) for key in cases.told} | cases.told
        self.told = (
            [match.old.columns[place].key in cases.told for place in match.old.tested],
            [match.new.columns[place].key in now for place in match.new.tested],
        )
        """For the tested columns of both tables: whether signals tell the fact."""
        self._alike = [self._alike_in_old(of) for of in self.new]
        self._differing = self._differences(match)

    def _alike_in_old(self, of: LookUp | None) -> int | None:
        """The old table's column that codes every case as this one of the new table does."""
        for at, other in enumerate(self.old):
            if of is other is None or (of is not None and other is not None and of.same(other)):
                return at
        return None

    def _differences(self, match: Match) -> list[tuple[npt.NDArray[np.integer], Flags]]:
        """Columns of which some values mean something else in the new version, and which."""
        then = {place: at for at, place in enumerate(match.old.tested)}
        now = {place: at for at, place in enumerate(match.new.tested)}
        found = []
        for a, b, overlap in match.columns:
            old = self.old[then[a]] if a in then else None
            new = self.new[now[b]] if b in now else None
            if old is not None and new is not None and old.own is new.own:
                differs = ~overlap[old.table + 2, new.table + 2]
                if differs.any():
                    found.append((old.own, differs))
        return found

    @property
    def alike(self) -> bool:
        """Whether no case has other facts in the new version than in the old one."""
        return not self._differing

    def batch(self, start: int, stop: int) -> Batch:
        """Some of the cases."""
        old = BlockCodes(self.old, start, stop)
        new = BlockCodes(self.new, start, stop)
        for at, alike in enumerate(self._alike):
            if alike is not None:
                new.like(at, old, alike)
        differs: Flags | None = None
        for own, bad in self._differing:
            here = np.take(bad, own[start:stop])
            differs = here if differs is None else differs | here
        groups = {name: of.codes[start:stop] for name, of in self.cases.groups.items()}
        return Batch(stop - start, old, new, differs, groups)


def kept_at(source: Source, row: int) -> Kept:
    """One case of a source."""
    batch = source.batch(row, row + 1)
    old, new = (tuple(int(of[0]) for of in side) for side in (batch.old, batch.new))
    told_old, told_new = source.told
    return Kept(
        source.cases.id(row),
        old,
        new,
        tuple(t and code >= 0 for t, code in zip(told_old, old, strict=True)),
        tuple(t and code >= 0 for t, code in zip(told_new, new, strict=True)),
    )
