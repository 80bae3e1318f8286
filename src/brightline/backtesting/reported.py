"""By SOP and by clause: how many cases report it in either version, in one of them only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set

from brightline.backtesting.judging import Label
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import ClauseLine, SopLine
from brightline.rulebook.model import CANNOT_TELL, Text

Key = tuple[str, ...]
"""An SOP, or an SOP and a clause, by their newer ids."""


def sop_lines(pairs: Sequence[Pair]) -> tuple[SopLine, ...]:
    """Every SOP in force in either version, in the order of their ids."""
    lines = []
    for pair in pairs:
        counts = _Counts(pair, lambda label: {(sop,) for sop, *_rest in label.faults})
        renames = pair.match.renames
        before = {renames.sop_now(s.sop.sop) or s.sop.sop: s.sop for s in pair.old.table.segments}
        after = {s.sop.sop: s.sop for s in pair.new.table.segments}
        for name in sorted({*before, *after}):
            of = after.get(name) or before[name]
            state = _state(name in before, name in after)
            lines.append(SopLine(name, of.title, state, pair.tally.cases, *counts.of((name,))))
    return tuple(lines)


def clause_lines(pairs: Sequence[Pair]) -> tuple[ClauseLine, ...]:
    """Every clause that some case reports in either version, the most changed first."""
    lines: list[ClauseLine] = []
    for pair in pairs:
        counts = _Counts(pair, _clauses_of)
        lines += [_clause_line(pair, sop, clause, counts) for sop, clause in counts.keys]
    lines.sort(key=lambda of: (-(of.gained + of.lost), -of.new, of.sop, of.clause))
    return tuple(lines)


def _clauses_of(label: Label) -> set[Key]:
    return {(sop, clause) for sop, clause, _action, _points in label.faults + label.quiet}


def _clause_line(pair: Pair, sop: str, clause: str, counts: _Counts) -> ClauseLine:
    before, now = _clause_in(pair, sop, clause, old=True), _clause_in(pair, sop, clause, old=False)
    return ClauseLine(
        sop,
        clause,
        (now or before or ({}, ""))[0],
        "" if clause == CANNOT_TELL else _state(before is not None, now is not None),
        before[1] if before else "",
        now[1] if now else "",
        pair.tally.cases,
        *counts.of((sop, clause)),
    )


def _state(before: bool, now: bool) -> str:
    return "" if before and now else "new" if now else "gone"


class _Counts:
    """How many cases report a thing in the old version, in the new one, only in one."""

    def __init__(self, pair: Pair, things: Callable[[Label], Set[Key]]) -> None:
        labels = [things(label) for label in pair.labels.all]
        self._old: Counter[Key] = Counter()
        self._gained: Counter[Key] = Counter()
        self._lost: Counter[Key] = Counter()
        for number, count in enumerate(pair.tally.labels.tolist()):
            for thing in labels[number] if count else ():
                self._old[thing] += count
        for (old, new), (count, _first) in pair.tally.pairs.items():
            for thing in labels[new] - labels[old]:
                self._gained[thing] += count
            for thing in labels[old] - labels[new]:
                self._lost[thing] += count
        self.keys = sorted({*self._old, *self._gained})

    def of(self, thing: Key) -> tuple[int, int, int, int]:
        """old, new, gained, lost."""
        old, gained, lost = self._old[thing], self._gained[thing], self._lost[thing]
        return old, old + gained - lost, gained, lost


def _clause_in(pair: Pair, sop: str, clause: str, old: bool) -> tuple[Text, str] | None:
    """The title and action of a clause in a version, by its newer name."""
    renames = pair.match.renames
    for of in (pair.old if old else pair.new).table.clauses:
        own, name = of.sop.sop, of.clause.id
        if old:
            own, name = renames.sop_now(own) or own, renames.clause_now(own, name) or name
        if (own, name) == (sop, clause):
            return of.clause.title, of.clause.action
    return None
