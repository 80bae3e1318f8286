"""What one process counted, in words that another understands, and many of them put together.

Numbers of states, labels and groups are given in the order in which a process meets them. A share
says what they stand for, so that counts add up whoever made them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from brightline.backtesting.grouping import Names
from brightline.backtesting.judging import Label
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import Refused
from brightline.backtesting.sampling import Drawn, Keeper, Seen
from brightline.backtesting.states import States
from brightline.backtesting.tally import Cell, Tally

I64 = npt.NDArray[np.int64]
State = tuple[bool, int]
"""Whether it is open, and the possible actions, a bit each."""


@dataclass(slots=True)
class SubjectShare:
    """The counts of one subject. `groups`: grouping → name → cases by the order of `cells`."""

    cases: int
    cells: list[tuple[State, State, bool]]
    groups: dict[str, dict[str, list[int]]]
    labels: list[tuple[Label, int]]
    pairs: list[tuple[Label, Label, int, int]]
    missing_old: list[int]
    missing_new: list[int]


@dataclass(slots=True)
class Share:
    """What came of some of the rows. `first`: the lowest row; `refusals`: the first of them."""

    first: int
    rows: int = 0
    refused: int = 0
    refusals: list[Refused] = field(default_factory=list)
    subjects: dict[str, SubjectShare] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)


def fresh(pairs: Mapping[str, Pair], states: States) -> Keeper:
    """Pairs with nothing counted, and a keeper for them; what they have compiled stays."""
    for pair in pairs.values():
        old, new = len(pair.old.table.tested), len(pair.new.table.tested)
        pair.tally = Tally(old, new, len(states.actions))
    return Keeper(pairs)


def subject_share(pair: Pair, states: States, names: Mapping[str, Names]) -> SubjectShare:
    """What a pair has counted."""
    tally, labels = pair.tally, pair.labels.all

    def state(number: int) -> State:
        return states.open(number), states.possible(number)

    groups: dict[str, dict[str, list[int]]] = {}
    for name, table in tally.groups.items():
        named = names[name].all if name else [""]
        groups[name] = {named[at]: row.tolist() for at, row in enumerate(table) if row.any()}
    return SubjectShare(
        tally.cases,
        [(state(cell.old), state(cell.new), cell.flag) for cell in tally.cells],
        groups,
        [(labels[at], n) for at, n in enumerate(tally.labels.tolist()) if n],
        [(labels[old], labels[new], n, at) for (old, new), (n, at) in tally.pairs.items()],
        tally.missing_old.tolist(),
        tally.missing_new.tolist(),
    )


def add_share(
    share: Share,
    pairs: Mapping[str, Pair],
    states: States,
    names: Mapping[str, Names],
    keeper: Keeper,
) -> None:
    """Add a share to the counts of pairs and to what a keeper keeps."""
    for subject, part in share.subjects.items():
        _add(part, pairs[subject], states, names)
    keeper.take_in(sum(part.cases for part in share.subjects.values()), share.seen, share.drawn)


def _add(part: SubjectShare, pair: Pair, states: States, names: Mapping[str, Names]) -> None:
    tally, labels = pair.tally, pair.labels

    def number(state: State) -> int:
        is_open, possible = state
        return states.of_set(possible) if is_open else possible.bit_length() - 1

    cells = [Cell(number(old), number(new), flag) for old, new, flag in part.cells]
    groups: dict[str, list[tuple[int, Sequence[int]]]] = {}
    for name, rows in part.groups.items():
        numbers = names[name].numbers(list(rows)).tolist() if name else [0]
        groups[name] = list(zip(numbers, rows.values(), strict=True))
    tally.merge(
        part.cases,
        cells,
        groups,
        [(labels.number(label), count) for label, count in part.labels],
        [((labels.number(old), labels.number(new)), n, at) for old, new, n, at in part.pairs],
        (part.missing_old, part.missing_new),
    )
