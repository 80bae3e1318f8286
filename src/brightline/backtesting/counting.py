"""Counts of all subjects as the tables of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from brightline.backtesting.grouping import COLUMNS, HUMAN
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import (
    Action,
    Agreement,
    Bounds,
    FactLine,
    Flow,
    GroupLine,
    HumanFlow,
    Kind,
    Range,
)
from brightline.backtesting.states import States
from brightline.backtesting.tally import Cell
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook, Text
from brightline.rulebook.tests import tree

I64 = npt.NDArray[np.int64]


class Tables:
    """The tables of a report. `names`: of each grouping, its groups by number."""

    def __init__(
        self,
        old: Rulebook,
        new: Rulebook,
        states: States,
        pairs: Sequence[Pair],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        self.old, self.new, self.states, self.pairs, self.names = old, new, states, pairs, names
        self.cells: Counter[Cell] = Counter()
        self.cases = 0
        self.sum_up()

    def sum_up(self) -> None:
        """Take in what the tallies hold by now."""
        self.cells = Counter()
        for pair in self.pairs:
            self.cells.update(_counted(pair.tally.cells, pair.tally.groups.get("")))
        self.cases = sum(self.cells.values())

    def actions(self) -> tuple[Action, ...]:
        """The actions of both versions in words."""
        made = []
        for name in self.states.actions:
            of = self.new.actions.get(name) or self.old.actions[name]
            made.append(Action(name, of.title, of.violation, of.person))
        return tuple(made)

    def kind(self, cell: Cell) -> Kind:
        """What became of the cases of a cell."""
        old_open, new_open = self.states.open(cell.old), self.states.open(cell.new)
        if old_open and new_open:
            return Kind.OPEN_SAME if cell.flag else Kind.OPEN
        if old_open or new_open:
            return Kind.SETTLED if old_open else Kind.OPENED
        if cell.old == cell.new:
            return Kind.OTHER_CLAUSES if cell.flag else Kind.SAME
        before, now = self._severity(cell.old), self._severity(cell.new)
        if before == now:
            return Kind.OTHER_ACTION
        return Kind.STRICTER if now > before else Kind.MILDER

    def _severity(self, state: int) -> int:
        name = self.states.actions[state]
        of = self.new.actions.get(name) or self.old.actions[name]
        return of.severity

    def kinds(self, cells: Mapping[Cell, int] | None = None) -> dict[str, int]:
        """Kind → cases, every kind named."""
        found = dict.fromkeys(map(str, Kind), 0)
        for cell, count in (self.cells if cells is None else cells).items():
            found[str(self.kind(cell))] += count
        return found

    def action_of(self, state: int) -> str:
        """The action's id; `manual_review` where it is open."""
        return MANUAL_REVIEW if self.states.open(state) else self.states.actions[state]

    def flows(self, cells: Mapping[Cell, int] | None = None, same: bool = True) -> tuple[Flow, ...]:
        """The cells as flows from action to action, most cases first; `same`: also the same."""
        counts: Counter[tuple[str, str]] = Counter()
        certain: Counter[tuple[str, str]] = Counter()
        for cell, count in (self.cells if cells is None else cells).items():
            key = self.action_of(cell.old), self.action_of(cell.new)
            counts[key] += count
            if self.kind(cell) is Kind.OPEN_SAME:
                certain[key] += count
        listed = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return tuple(Flow(*k, n, certain[k]) for k, n in listed if same or k[0] != k[1])

    def open_cases(self, new: bool) -> int:
        """Cases that are not determined in a version."""
        return sum(n for c, n in self.cells.items() if self.states.open(c.new if new else c.old))

    def person_cases(self, new: bool) -> int:
        """Cases that need a person in a version: open ones, and those that are handed to one."""
        book = self.new if new else self.old
        found = 0
        for cell, count in self.cells.items():
            action = self.action_of(cell.new if new else cell.old)
            if action == MANUAL_REVIEW or book.actions[action].person:
                found += count
        return found

    def bounds(self) -> tuple[Bounds, ...]:
        """Every action's bounds, least severe first."""
        return tuple(self._bounds(at) for at in range(len(self.states.actions)))

    def _bounds(self, action: int) -> Bounds:
        old, new, change = [0, 0], [0, 0], [0, 0]
        for cell, count in self.cells.items():
            least_old, most_old = self._may_be(cell.old, action)
            least_new, most_new = self._may_be(cell.new, action)
            old = [old[0] + least_old * count, old[1] + most_old * count]
            new = [new[0] + least_new * count, new[1] + most_new * count]
            if self.kind(cell) is not Kind.OPEN_SAME:
                change[0] += (least_new - most_old) * count
                change[1] += (most_new - least_old) * count
        return Bounds(self.states.actions[action], Range(*old), Range(*new), Range(*change))

    def _may_be(self, state: int, action: int) -> tuple[int, int]:
        """Whether a state surely is, and whether it may be, an action (0 or 1 each)."""
        possible = self.states.possible(state)
        return int(possible == 1 << action), possible >> action & 1

    def groups(self) -> dict[str, tuple[GroupLine, ...]]:
        """Every grouping that some case has, its largest groups first; weeks in order of time."""
        found = {}
        for name, named in self.names.items():
            if name == HUMAN:
                continue
            titles = self._titles(COLUMNS[name])
            by = self._by(name, named)
            lines = [self._group(group, cells, titles.get(group, {})) for group, cells in by]
            if any(line.name for line in lines):
                key = (lambda g: g.name) if name == "week" else (lambda g: (-g.cases, g.name))
                found[name] = tuple(sorted(lines, key=key))
        return found

    def _by(self, name: str, named: Sequence[str]) -> Iterable[tuple[str, Counter[Cell]]]:
        found: defaultdict[str, Counter[Cell]] = defaultdict(Counter)
        for pair in self.pairs:
            table = pair.tally.groups.get(name)
            for group, row in enumerate(table if table is not None else ()):
                cells = _counted(pair.tally.cells, row[None])
                if cells:
                    found[named[group]].update(cells)
            nowhere = _counted(pair.tally.cells, pair.tally.groups.get(""))
            if table is not None:
                nowhere -= _counted(pair.tally.cells, table.sum(axis=0)[None])
            if nowhere:  # parts of a file in which no case says it
                found[""].update(nowhere)
        return found.items()

    def _titles(self, facts: Sequence[str]) -> dict[str, Text]:
        """The options of facts of these names, in words."""
        found: dict[str, Text] = {}
        for book in (self.old, self.new):
            for declared in (*(sop.facts for sop in book.sops), book.facts):
                for fact in (declared[name] for name in facts if name in declared):
                    found |= {name: option.text for name, option, _above in tree(fact.options)}
        return found

    def _group(self, name: str, cells: Counter[Cell], title: Text) -> GroupLine:
        return GroupLine(
            name,
            sum(cells.values()),
            {kind: count for kind, count in self.kinds(cells).items() if count},
            sum(count for cell, count in cells.items() if self.states.open(cell.old)),
            sum(count for cell, count in cells.items() if self.states.open(cell.new)),
            self.flows(cells, same=False),
            title,
        )

    def agreement(self) -> Agreement | None:
        """The versions beside what moderators decided; None where no case says it."""
        named = self.names.get(HUMAN, ())
        flows: Counter[tuple[str, str, str]] = Counter()
        unknown = 0
        for human, cells in self._by(HUMAN, named):
            if human and human not in self.states.actions:
                unknown += sum(cells.values())
            elif human:
                for cell, count in cells.items():
                    flows[human, self.action_of(cell.old), self.action_of(cell.new)] += count
        if not flows and not unknown:
            return None
        listed = sorted(flows.items(), key=lambda one: (-one[1], one[0]))

        decided = [sum(n for k, n in listed if k[side] != MANUAL_REVIEW) for side in (1, 2)]
        same = [sum(n for k, n in listed if k[side] == k[0]) for side in (1, 2)]
        return Agreement(
            sum(flows.values()),
            decided[0],
            same[0],
            decided[1],
            same[1],
            unknown,
            tuple(HumanFlow(*key, n) for key, n in listed),
        )

    def missing(self) -> tuple[FactLine, ...]:
        """The facts that open cases hang on, the most in the new version first."""
        old: Counter[str] = Counter()
        new: Counter[str] = Counter()
        titles: dict[str, Text] = {}
        for pair in self.pairs:
            sides = (
                (old, pair.old.table, pair.tally.missing_old, pair.match.renames),
                (new, pair.new.table, pair.tally.missing_new, None),
            )
            now = {column.key: column.name for column in pair.new.table.columns}
            for counts, table, missing, renames in sides:
                for place, number in zip(table.tested, missing.tolist(), strict=True):
                    column = table.columns[place]
                    name = column.name
                    if renames is not None:
                        name = now.get(renames.fact_now(column.key), name)
                    counts[name] += number
                    titles[name] = dict(column.fact.title or {})
        names = sorted(titles, key=lambda n: (-new[n], -old[n], n))
        return tuple(FactLine(n, titles[n], old[n], new[n]) for n in names if old[n] or new[n])


def _counted(cells: Sequence[Cell], counts: I64 | None) -> Counter[Cell]:
    if counts is None:
        return Counter()
    return Counter({cells[at]: n for at, n in enumerate(counts[0].tolist()) if n})
