"""The chart of an SOP, made from its rows in the compiled table, so that both mean the same.

What is still open after some answers is a *state*: the rows that may yet win, in the order in
which they win, reduced to the facts not asked yet. Equal states are one question. Which fact a
state asks next decides how large the chart grows: it is one of the row that would win first, in an
order that is improved by trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brightline.rulebook.flow.chart import Chart, Edge, Question
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.table import Segment, Table

MOST_QUESTIONS = 40
"""A chart of more questions is no help to a reader."""
MOST_TRIES = 150
"""So many orders of questions are tried."""

Cells = tuple[tuple[int, int], ...]
"""Column and atoms that pass, ascending by column."""
Rule = tuple[int, Cells]
"""A clause (or `NO_CLAUSE`) and what it still asks for."""


@dataclass(frozen=True)
class _State:
    """The rules that may still win, the last one surely holding; and what cannot occur."""

    rules: tuple[Rule, ...]
    forbidden: frozenset[Cells]

    @property
    def outcome(self) -> int | None:
        """The outcome, where nothing is open."""
        return self.rules[0][0] if len(self.rules) == 1 else None

    def places(self) -> list[int]:
        """Columns that may be asked, in table order."""
        return sorted({place for _clause, cells in self.rules for place, _cell in cells})


Chooser = Callable[["_State"], int]
Ways = dict[tuple["_State", int], list[tuple[int, "_State"]]]
"""State and column asked → the atoms and the state after them."""


def chart_of(table: Table, segment: Segment, most: int = MOST_QUESTIONS) -> Chart | None:
    """The smallest chart found for an SOP; None where each has more than `most` questions."""
    scope = segment.scope[0] if len(segment.scope) == 1 and segment.scope[0] else None
    care = {
        place: (scope or {}).get(place, (1 << column.atoms) - 1)
        for place, column in enumerate(table.columns)
    }
    rows = table.rows[segment.start : segment.stop]
    axioms = table.rows[table.rule_rows :]
    rules = [(row.clause, _cells(row.cells, care)) for row in rows]
    forbidden = frozenset(cells for row in axioms if (cells := _cells(row.cells, care)) is not None)
    best: Chart | None = None
    for known in dict.fromkeys((frozenset[Cells](), forbidden)):
        start = _state(rules, known)
        for chart in _tried(start, care, scope, most):
            if best is None or _size(chart) < _size(best):
                best = chart
    return best


def _tried(
    start: _State, care: Mapping[int, int], scope: Mapping[int, int] | None, most: int
) -> Iterator[Chart]:
    """Charts that ask first what the row that would win first asks for.

    Which of its facts comes first is improved step by step: one fact at a time is put where the
    chart gets smallest.
    """

    def made(order: Sequence[int]) -> Chart | None:
        rank = {place: number for number, place in enumerate(order)}

        def choose(state: _State) -> int:
            return min((place for place, _cell in state.rules[0][1]), key=rank.__getitem__)

        return _Maker(care, choose, most, ways).chart(start, scope)

    ways: Ways = {}
    asked = _times(start)
    order = sorted(asked, key=lambda place: (-asked[place], place))
    best = made(order)
    if best is not None:
        yield best
    tries = 0
    for place in sorted(asked):
        for spot in range(len(order)):
            tries += 1
            if tries > MOST_TRIES:
                return
            other = [p for p in order if p != place]
            other.insert(spot, place)
            chart = made(other)
            if chart is not None and (best is None or _size(chart) < _size(best)):
                best, order = chart, other
                yield chart


def _size(chart: Chart) -> tuple[int, int, int]:
    """What makes a chart hard to read: questions, more than three side by side, answers."""
    edges = sum(len(question.edges) for question in chart.questions)
    return len(chart.questions) + 2 * max(0, chart.width() - 3), chart.width(), edges


def _cells(cells: Mapping[int, int], care: Mapping[int, int]) -> Cells | None:
    """What a row asks for within the values that can occur; None where it cannot hold."""
    kept = {place: cell & care[place] for place, cell in cells.items()}
    if not all(kept.values()):
        return None
    return tuple(sorted((p, cell) for p, cell in kept.items() if cell != care[p]))


def _state(rules: Iterable[tuple[int, Cells | None]], forbidden: Iterable[Cells]) -> _State:
    """The state without rules that cannot win any more, or would win over their like."""
    kept: list[Rule] = []
    for clause, cells in rules:
        if cells is None or any(_inside(cells, other) for _clause, other in kept):
            continue
        kept.append((clause, cells))
        if not cells:
            break
    else:
        kept.append((NO_CLAUSE, ()))
    while len(kept) > 1 and kept[-2][0] == kept[-1][0]:
        del kept[-2]
    places = {place for _clause, cells in kept for place, _cell in cells}
    mattering = frozenset(cells for cells in forbidden if {place for place, _c in cells} <= places)
    return _State(tuple(kept), mattering)


def _inside(cells: Cells, other: Cells) -> bool:
    """Whether whatever meets `cells` meets `other`."""
    own = dict(cells)
    return all(place in own and not own[place] & ~cell for place, cell in other)


@dataclass
class _Maker:
    """Makes one chart by one way of choosing."""

    care: Mapping[int, int]
    choose: Chooser
    most: int
    ways: Ways
    """What the answers to a question lead to; other makers may have found it before."""
    found: dict[_State, tuple[int, list[tuple[int, _State]]]] = field(default_factory=dict)
    past: dict[_State, _State] = field(default_factory=dict)

    def chart(self, start: _State, scope: Mapping[int, int] | None) -> Chart | None:
        """The chart from a state on; None where it grows too large."""
        start = self._past_idle(start)
        if start.outcome is not None:
            return Chart((), start.outcome, scope)
        waiting = [start]
        while waiting:
            state = waiting.pop()
            if state in self.found:
                continue
            if len(self.found) >= self.most:
                return None
            place = self.choose(state)
            ways = self._ways(state, place)
            self.found[state] = place, ways
            waiting += [after for _atoms, after in ways if after.outcome is None]
        return self._numbered(start, scope)

    def _past_idle(self, state: _State) -> _State:
        """The state after every question whose answers all lead to the same."""
        if state.outcome is not None:
            return state
        if state not in self.past:
            ways = self._ways(state, self.choose(state))
            self.past[state] = ways[0][1] if len(ways) == 1 else state
        return self.past[state]

    def _ways(self, state: _State, place: int) -> list[tuple[int, _State]]:
        merged: dict[_State, int] = {}
        for atoms, after in self._ways_raw(state, place):
            after = self._past_idle(after)
            merged[after] = merged.get(after, 0) | atoms
        return [(atoms, after) for after, atoms in merged.items()]

    def _ways_raw(self, state: _State, place: int) -> list[tuple[int, _State]]:
        """The states after each answer to a question; answers with the same one together."""
        if (state, place) in self.ways:
            return self.ways[state, place]
        merged: dict[_State, int] = {}
        for atom in range(self.care[place].bit_length()):
            if self.care[place] >> atom & 1:
                after = _answered(state, place, atom)
                if after is not None:
                    merged[after] = merged.get(after, 0) | 1 << atom
        if not merged:  # no such case can be: its answers are told as if it could
            return self._ways_raw(_State(state.rules, frozenset()), place)
        found = [(atoms, after) for after, atoms in merged.items()]
        self.ways[state, place] = found
        return found

    def _numbered(self, start: _State, scope: Mapping[int, int] | None) -> Chart:
        order: list[_State] = []
        seen: set[_State] = set()

        def visit(state: _State) -> None:
            seen.add(state)
            for _atoms, after in reversed(self.found[state][1]):
                if after.outcome is None and after not in seen:
                    visit(after)
            order.append(state)

        visit(start)
        order.reverse()
        number = {state: index for index, state in enumerate(order)}
        return Chart(
            tuple(
                Question(
                    self.found[state][0],
                    tuple(
                        Edge(atoms, number.get(after), after.outcome)
                        for atoms, after in self.found[state][1]
                    ),
                )
                for state in order
            ),
            None,
            scope,
        )


def _answered(state: _State, place: int, atom: int) -> _State | None:
    """The state once a fact is known; None where that cannot be."""
    forbidden = []
    for cells in state.forbidden:
        left = _after(cells, place, atom)
        if left == ():
            return None
        if left is not None:
            forbidden.append(left)
    return _state(((c, _after(cells, place, atom)) for c, cells in state.rules), forbidden)


def _after(cells: Cells, place: int, atom: int) -> Cells | None:
    for at, cell in cells:
        if at == place:
            return tuple(c for c in cells if c[0] != place) if cell >> atom & 1 else None
    return cells


def _times(state: _State) -> dict[int, int]:
    asked: dict[int, int] = {}
    for _clause, cells in state.rules:
        for place, _cell in cells:
            asked[place] = asked.get(place, 0) + 1
    return asked
