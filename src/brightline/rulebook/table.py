"""The compiled table of one subject: rows of cells, and for each value the rows it leaves standing.

A *row* is one box of one clause, scope included. Rows stand in the order in which they win: by
SOP, and within it by severity (or file order under `first`). For each fact and code one integer
*mask* says which rows that value leaves standing, twice over:

    bits 0 … n-1     *possibly*: some way of filling in the unknown keeps the row
    bits n … 2n-1    *surely*:   every way does

For a known value both halves agree; for unknown, *possibly* keeps every row and *surely* clears the
rows that test the fact. AND the masks of all facts and the lowest bit of an SOP's stretch is the
row that wins. Combinations that cannot occur (`impossible`) are rows too, at the end.

This is the only meaning a rule has: one case, columns of cases, questions and proofs all read it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from brightline.i18n import _
from brightline.rulebook.boxes import Box, FactKey, both, boxes_of
from brightline.rulebook.columns import (
    CANNOT_TELL_CODE,
    UNKNOWN,
    Column,
    FactError,
    fact_names,
)
from brightline.rulebook.model import CANNOT_TELL, Clause, Fact, Hit, Rulebook, Sop
from brightline.rulebook.tests import did_you_mean


@dataclass(frozen=True, slots=True)
class Row:
    """One box of a clause: for each fact it tests, the atoms that pass (a bit set)."""

    clause: int
    cells: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class TableClause:
    """A clause as the table knows it: its SOP, its rows' indexes, the rank of its action."""

    sop: Sop
    clause: Clause
    rank: int
    violation: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """The stretch of rows that belong to one SOP: `start <= row < stop`.

    `scope` are the boxes (column → atoms) in which the SOP applies; each row lies in one of them.
    """

    sop: Sop
    start: int
    stop: int
    rank_if_cannot_tell: int
    scope: tuple[Mapping[int, int], ...] = ()


class Table:
    """The rules of one subject on one day, compiled. Immutable; safe to share between threads."""

    def __init__(self, rulebook: Rulebook, subject: str, on: date) -> None:
        """Compile. Raises `KeyError` where the rulebook has no such subject."""
        rulebook.subjects[subject]
        self.rulebook, self.subject = rulebook, subject
        sops = [s for s in rulebook.sops if s.subject == subject and s.active(on)]
        sops.sort(key=lambda sop: sop.sop)
        self.actions = ranked_actions(rulebook)
        ranks = {name: rank for rank, name in enumerate(self.actions)}
        facts = _facts(rulebook, sops)

        self.clauses: list[TableClause] = []
        stretches: list[tuple[Sop, int, int, list[Box]]] = []
        boxes: list[tuple[int, Box]] = []
        for sop in sops:
            start = len(boxes)
            scope = boxes_of(sop.scope, sop, facts)
            boxes += self._sop_boxes(sop, on, scope, facts, ranks)
            stretches.append((sop, start, len(boxes), scope))
        self.rule_rows = len(boxes)
        """Rows below this index belong to clauses; the rest are impossible combinations."""
        boxes += [(-1, box) for box in boxes_of(rulebook.impossible, None, facts) if box]
        boxes += [(-1, b) for s in sops if s.impossible for b in boxes_of(s.impossible, s, facts)]

        names = fact_names(rulebook)
        tested = [box for _clause, box in boxes]
        tested += [box for _sop, _start, _stop, scope in stretches for box in scope]
        self.columns: tuple[Column, ...] = tuple(
            Column.of(names[key], key, fact, (box[key] for box in tested if key in box))
            for key, fact in facts.items()
        )
        places = {column.key: index for index, column in enumerate(self.columns)}

        def coded(box: Box) -> Mapping[int, int]:
            return {places[k]: self.columns[places[k]].holds(v) for k, v in box.items()}

        self.rows: tuple[Row, ...] = tuple(Row(clause, coded(box)) for clause, box in boxes)
        self.segments = [
            Segment(sop, start, stop, ranks[sop.cannot_tell], tuple(map(coded, scope)))
            for sop, start, stop, scope in stretches
        ]
        self._compile_masks()

    def _sop_boxes(
        self,
        sop: Sop,
        on: date,
        scope: Sequence[Box],
        facts: Mapping[FactKey, Fact],
        ranks: Mapping[str, int],
    ) -> list[tuple[int, Box]]:
        severity = {name: action.severity for name, action in self.rulebook.actions.items()}
        ordered = [clause for clause in sop.clauses if clause.active(on)]
        if sop.hit is not Hit.FIRST:
            ordered.sort(key=lambda clause: -severity[clause.action])
        ordered.sort(key=lambda clause: clause.otherwise)
        found: list[tuple[int, Box]] = []
        for clause in ordered:
            index = len(self.clauses)
            violation = self.rulebook.actions[clause.action].violation
            self.clauses.append(TableClause(sop, clause, ranks[clause.action], violation))
            own: list[Box] = [{}] if clause.otherwise else boxes_of(clause.when, sop, facts)
            found += [(index, box) for box in both(scope, own)]
        return found

    def _compile_masks(self) -> None:
        count = len(self.rows)
        every = (1 << count) - 1
        self.width, self.every = count, every
        self.masks: list[list[int]] = []
        """`masks[fact][code]`: *surely* above *possibly*; last come cannot tell and unknown."""
        for place, column in enumerate(self.columns):
            testing = 0
            passing = [every] * column.atoms
            for bit, row in enumerate(self.rows):
                if place in row.cells:
                    testing |= 1 << bit
                    for atom in range(column.atoms):
                        if not row.cells[place] >> atom & 1:
                            passing[atom] &= ~(1 << bit)
            known = [mask << count | mask for mask in passing]
            unknown = (every & ~testing) << count | every
            self.masks.append([*known, unknown, unknown])
        self.tested: tuple[int, ...] = tuple(
            i for i in range(len(self.columns)) if any(i in row.cells for row in self.rows)
        )
        """Columns that some row tests, in order; only these can matter."""
        self._lay_out_codes()

    def _lay_out_codes(self) -> None:
        """Give each tested column a field above the masks, and make the tables of `standing`."""
        wide = any(self.columns[place].atoms > 250 for place in self.tested)
        self._step = 16 if wide else 8  # bits of a field, which holds code + 2
        self._codes_at = 2 * self.width
        ones = (1 << self._step) - 1
        self.full = (1 << self._codes_at + self._step * len(self.tested)) - 1
        rows = (1 << self._codes_at) - 1
        choices, numbers = [], []
        for index, place in enumerate(self.tested):
            column, masks = self.columns[place], self.masks[place]
            at = self._codes_at + self._step * index
            rest = self.full ^ ones << at ^ rows
            coded = [masks[code] | rest | code + 2 << at for code in range(column.atoms)]
            told, unknown = masks[CANNOT_TELL_CODE] | rest, masks[UNKNOWN] | rest | 1 << at
            if column.numeric:
                low, high = column.interval(0)[0], column.interval(column.atoms - 1)[1]
                # A number outside the range meets None here, and the slow path names the trouble.
                guarded = [None, *coded, None]
                numbers.append((column.name, (low, *column.cuts, high), guarded, unknown))
            else:
                by_value: dict[object, int] = dict(zip(column.options, coded, strict=True))
                choices.append((column.name, by_value | {None: unknown, CANNOT_TELL: told}))
        self._choices, self._numbers = tuple(choices), tuple(numbers)

    def standing(self, facts: Mapping[str, object]) -> int:
        """Where a case stands, as one integer: the rows left, and the code of every tested fact.

        `facts` maps JSON names to values; a missing fact is unknown, names the table does not
        know are not looked at (`named` checks those). Bits 0 … n-1 are the rows that possibly
        hold, n … 2n-1 those that surely do, above them the codes. Raises `FactError` on a value
        that the fact cannot have.
        """
        standing, get = self.full, facts.get
        try:
            for name, by_value in self._choices:
                standing &= by_value[get(name)]
            for name, cuts, coded, unknown in self._numbers:
                value = get(name)
                if value is None:
                    standing &= unknown
                elif value.__class__ is bool:
                    raise TypeError
                else:
                    standing &= coded[bisect_right(cuts, value)]  # type: ignore[call-overload,operator]
        except (KeyError, TypeError):
            return self.standing_of(self.codes(facts))
        return standing

    def codes(self, facts: Mapping[str, object]) -> list[int]:
        """The code of every column for a case's facts; raises `FactError` likewise."""
        return [column.code(facts.get(column.name)) for column in self.columns]

    def standing_of(self, codes: Sequence[int]) -> int:
        """The standing of coded facts (one code a column)."""
        rows = (1 << self._codes_at) - 1
        fields = 0
        for index, place in enumerate(self.tested):
            rows &= self.masks[place][codes[place]]
            fields |= codes[place] + 2 << self._step * index
        return fields << self._codes_at | rows

    def codes_plus_two(self, standing: int) -> Sequence[int]:
        """The codes of the tested columns in a standing, each plus two (so none is negative)."""
        data = (standing >> self._codes_at).to_bytes(len(self.tested) * self._step // 8, "little")
        return data if self._step == 8 else memoryview(data).cast("H")

    @cached_property
    def places(self) -> dict[str, int]:
        """Column index by JSON name; `sop.fact` and unambiguous bare names are understood too."""
        found: dict[str, int] = {}
        bare: dict[str, list[int]] = {}
        for place, column in enumerate(self.columns):
            sop, name = column.key
            found[column.name] = place
            if sop is not None:
                found[f"{sop}.{name}"] = place
                bare.setdefault(name, []).append(place)
        for name, holders in bare.items():
            if len(holders) == 1:
                found.setdefault(name, holders[0])
        return found

    def named(self, facts: Mapping[str, object]) -> dict[str, object]:
        """A case's facts under the names of the columns, values cleaned.

        Raises `FactError` on a name that is no fact of this subject or a value it cannot have.
        """
        cleaned: dict[str, object] = {}
        for name, value in facts.items():
            if name not in self.places:
                raise FactError(
                    _("no fact named {name} for a {subject}").format(
                        name=name[:80], subject=self.subject
                    ),
                    did_you_mean(name[:80], [column.name for column in self.columns]),
                )
            column = self.columns[self.places[name]]
            cleaned[column.name] = column.clean(value)
        return cleaned

    def outcome(self, clause: int | None) -> int | str:
        """What counts of a clause (None: no clause): itself if it finds fault, else its action.

        Which of two allowing clauses applies makes no difference to a case.
        """
        if clause is None:
            return self.rulebook.default_action
        of = self.clauses[clause]
        return clause if of.violation else of.clause.action


def ranked_actions(rulebook: Rulebook) -> tuple[str, ...]:
    """Actions from least to most severe; among equals the one listed first ranks higher."""
    listed = list(rulebook.actions)
    listed.reverse()
    return tuple(sorted(listed, key=lambda name: rulebook.actions[name].severity))


def _facts(rulebook: Rulebook, sops: Sequence[Sop]) -> dict[FactKey, Fact]:
    facts: dict[FactKey, Fact] = {(None, name): fact for name, fact in rulebook.facts.items()}
    for sop in sops:
        facts |= {(sop.sop, name): fact for name, fact in sop.facts.items()}
    return facts


_DAYS_KEPT = 1_000


class Tables:
    """The tables of a rulebook, compiled when first needed and kept."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._kept: dict[tuple[str, tuple[bool, ...]], Table] = {}
        self._days: dict[tuple[str, date], Table] = {}

    def table(self, subject: str, on: date) -> Table:
        """The table of a subject as of a day; days with the same rules in force share one."""
        known = self._days.get((subject, on))
        if known is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            known = self._days[subject, on] = self._table(subject, on)
        return known

    def _table(self, subject: str, on: date) -> Table:
        sops = [sop for sop in self.rulebook.sops if sop.subject == subject]
        in_force = tuple(
            part for sop in sops for part in (sop.active(on), *(c.active(on) for c in sop.clauses))
        )
        if (subject, in_force) not in self._kept:
            self._kept[subject, in_force] = Table(self.rulebook, subject, on)
        return self._kept[subject, in_force]
