"""Facts in, decision out: the action, the clauses, what is still open, and why.

`Decider.verdict` is the fast path (a dict of facts, no trace); `Decider.decide` adds sources,
follow-ups and the trace. Both read the one compiled table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from brightline.rulebook.model import CANNOT_TELL, MANUAL_REVIEW, FollowUp, Rulebook
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD, Settler
from brightline.rulebook.table import Table, Tables
from brightline.rulebook.tracing import ClauseTrace, Tracer

OPEN = -3
"""The outcome of an SOP that still depends on what is unknown."""

_MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause that the decision reports. `clause` is `cannot_tell` where an SOP comes to that."""

    sop: str
    clause: str
    action: str
    points: int
    violation: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a standing. Shared between cases: immutable.

    `outcomes` has one entry an SOP (table order): a clause index, `NO_CLAUSE`, `UNTOLD` or `OPEN`.
    `action` is `manual_review` while not determined. `open_facts` are column indexes: unknown facts
    that a row still in question tests. `contradictions` are row indexes of the impossible
    combinations that the known facts make up; a contradicted case is never determined.
    """

    action: str
    determined: bool
    outcomes: tuple[int, ...]
    reported: tuple[Reported, ...]
    points: int
    possible_actions: tuple[str, ...]
    open_facts: tuple[int, ...] = ()
    contradictions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplied:
    """A fact's value and who or what supplied it; a suggestion is not relied on."""

    value: object
    source: str
    relied_on: bool = True
    detail: Mapping[str, object] = field(default_factory=dict)


class Decider:
    """Decides cases of one subject under one table. Not for use by several threads at once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.tracer = Tracer(table)
        self._stretches = [
            (segment.start, (1 << segment.stop - segment.start) - 1) for segment in table.segments
        ]
        self._axiom_bit = 1 << table.rule_rows
        self._width, self._every = table.width, table.every
        self._by_winners: dict[int, Verdict] = {}
        self._by_pattern: dict[tuple[int, bytes], Verdict] = {}
        self._told: dict[tuple[int, int], Reported] = {}

    def verdict(self, facts: Mapping[str, object]) -> Verdict:
        """The verdict on facts by JSON name (missing: unknown). Raises `FactError`."""
        return self.verdict_on(self.table.standing(facts))

    def verdict_on(self, standing: int) -> Verdict:
        """The verdict on a standing of the table."""
        possible = standing & self._every
        sure = standing >> self._width & self._every
        if sure >= self._axiom_bit:
            return self._settled(standing)
        winners = 0
        for start, ones in self._stretches:
            rows = possible >> start & ones
            winners |= (rows & -rows) << start
        if winners & ~sure:
            return self._settled(standing)
        try:
            return self._by_winners[winners]
        except KeyError:
            if len(self._by_winners) >= _MOST_KEPT:
                self._by_winners.clear()
            self._by_winners[winners] = found = self._determined(winners)
            return found

    def _determined(self, winners: int) -> Verdict:
        outcomes = []
        for start, ones in self._stretches:
            row = winners >> start & ones
            outcomes.append(
                self.table.rows[start + row.bit_length() - 1].clause if row else NO_CLAUSE
            )
        rank = max((self._rank(i, o) for i, o in enumerate(outcomes)), default=0)
        return self.verdict_of(tuple(outcomes), (rank,), True)

    def _settled(self, standing: int) -> Verdict:
        table = self.table
        rows = (1 << 2 * table.width) - 1
        pattern = bytes([min(code, 2) for code in table.codes_plus_two(standing)])
        key = (standing & rows, pattern)
        found = self._by_pattern.get(key)
        if found is None:
            if len(self._by_pattern) >= _MOST_KEPT:
                self._by_pattern.clear()
            found = self._by_pattern[key] = self._settle(standing)
        return found

    def _settle(self, standing: int) -> Verdict:
        table = self.table
        settler = Settler(table, standing)
        sure = standing >> table.width & table.every
        broken = tuple(b for b in range(table.rule_rows, table.width) if sure >> b & 1)
        outcomes = tuple(o[0] if len(o) == 1 else OPEN for o in settler.outcomes)
        same = all(len({self._finding(o) for o in of_sop}) == 1 for of_sop in settler.outcomes)
        agreed = same and len(settler.ranks) == 1
        if settler.contradictory and not broken and not agreed:
            broken = tuple(range(table.rule_rows, table.width))
        return self.verdict_of(
            outcomes,
            settler.ranks,
            agreed and not broken,
            () if agreed else settler.open_facts,
            broken,
        )

    def _finding(self, outcome: int) -> int:
        """What of an outcome counts as reported: a violated clause, or `cannot_tell`."""
        if outcome >= 0 and not self.table.clauses[outcome].violation:
            return NO_CLAUSE
        return outcome

    def _rank(self, segment: int, outcome: int) -> int:
        if outcome == NO_CLAUSE:
            return 0
        if outcome == UNTOLD:
            return self.table.segments[segment].rank_if_cannot_tell
        return self.table.clauses[outcome].rank

    def verdict_of(
        self,
        outcomes: tuple[int, ...],
        ranks: tuple[int, ...],
        determined: bool,
        open_facts: tuple[int, ...] = (),
        contradictions: tuple[int, ...] = (),
    ) -> Verdict:
        """The verdict of one outcome an SOP; `ranks` of the possible actions, ascending."""
        reported = tuple(
            self._reported(i, outcome)
            for i, outcome in enumerate(outcomes)
            if outcome not in (NO_CLAUSE, OPEN)
        )
        return Verdict(
            action=self.table.actions[ranks[0]] if determined else MANUAL_REVIEW,
            determined=determined,
            outcomes=outcomes,
            reported=reported,
            points=sum(clause.points for clause in reported),
            possible_actions=tuple(self.table.actions[rank] for rank in ranks),
            open_facts=open_facts,
            contradictions=contradictions,
        )

    def _reported(self, segment: int, outcome: int) -> Reported:
        key = segment, outcome
        if key not in self._told:
            self._told[key] = self._report(segment, outcome)
        return self._told[key]

    def _report(self, segment: int, outcome: int) -> Reported:
        sop = self.table.segments[segment].sop
        if outcome == UNTOLD:
            return Reported(sop.sop, CANNOT_TELL, sop.cannot_tell, 0, False)
        of = self.table.clauses[outcome]
        clause = of.clause
        return Reported(sop.sop, clause.id, clause.action, clause.points, of.violation)

    def decide(self, facts: Mapping[str, Supplied]) -> Decision:
        """Decide a case from facts by JSON name, with sources. Raises `FactError` on bad ones.

        Facts that are only suggested (`relied_on` false) are kept for display and count as unknown.
        """
        shown = self.table.named({n: f.value for n, f in facts.items()})
        names = {self.table.columns[self.table.places[n]].name: f for n, f in facts.items()}
        if len(names) == len(facts):
            relied = {name: shown[name] for name, f in names.items() if f.relied_on}
        else:  # a fact under two of its names
            relied = self.table.named({n: f.value for n, f in facts.items() if f.relied_on})
        supplied = {
            name: Supplied(shown[name], f.source, f.relied_on, f.detail)
            for name, f in names.items()
        }
        standing = self.table.standing(relied)
        return Decision(self, standing, self.verdict_on(standing), supplied)


@dataclass(frozen=True)
class Decision:
    """One case decided: the verdict, the facts it rests on, and, when read, the trace."""

    decider: Decider
    standing: int
    verdict: Verdict
    facts: Mapping[str, Supplied]

    @property
    def table(self) -> Table:
        """The table that decided."""
        return self.decider.table

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Names of the unknown facts that the decision may still hang on."""
        return tuple(self.table.columns[place].name for place in self.verdict.open_facts)

    @cached_property
    def trace(self) -> tuple[ClauseTrace, ...]:
        """For every clause of every SOP of the subject: held, failed (why) or open (on what)."""
        return self.decider.tracer.trace(self.standing)

    @cached_property
    def follow_ups(self) -> tuple[tuple[str, str, FollowUp], ...]:
        """The steps that follow the reported clauses: SOP, clause, step."""
        steps = []
        for outcome in self.verdict.outcomes:
            if outcome >= 0:
                of = self.table.clauses[outcome]
                steps += [(of.sop.sop, of.clause.id, step) for step in of.clause.then]
        return tuple(steps)


class Deciders:
    """The deciders of a rulebook, one a subject and day, made when first needed and kept."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._tables = Tables(rulebook)
        self._kept: dict[int, Decider] = {}

    def decider(self, subject: str, on: date) -> Decider:
        """The decider of a subject as of a day. Raises `KeyError` on an unknown subject."""
        table = self._tables.table(subject, on)
        if id(table) not in self._kept:
            self._kept[id(table)] = Decider(table)
        return self._kept[id(table)]
