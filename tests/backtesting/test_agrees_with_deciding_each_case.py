"""Counts of a back-test are what deciding every case by itself under both versions gives."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brightline.backtesting import pair as pair_module
from brightline.backtesting import touching
from brightline.backtesting.counting import Tables
from brightline.backtesting.pair import Batch, Pair
from brightline.backtesting.reported import clause_lines, sop_lines
from brightline.backtesting.results import Kind
from brightline.backtesting.states import States, joint_actions
from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import Rulebook
from tests.rulebook.strategies import cases, rulebooks
from tests.screening.made import wide_rulebook

from .edits import edited
from .reference import case_codes, faults, slow, verdict_on

TODAY = date(2026, 11, 23)


def pair_of(old: Rulebook, new: Rulebook) -> tuple[Pair, States]:
    states = States(joint_actions(old, new))
    return Pair.of(old, new, "listing", TODAY, states), states


def random_batch(pair: Pair, rows: int, seed: int, unknown: float, untold: float) -> Batch:
    """Random codes of the facts of both versions, the same value in both."""
    rng = np.random.default_rng(seed)
    chosen = {}
    for column in (*pair.old.table.columns, *pair.new.table.columns):
        codes = rng.integers(0, column.atoms, rows).astype(np.int8)
        codes[rng.random(rows) < unknown] = -1
        codes[rng.random(rows) < untold] = -2
        chosen[column.name] = _samples(column, codes)
    sides = [
        [
            np.array([table.columns[p].code(v) for v in chosen[table.columns[p].name]], np.int16)
            for p in table.tested
        ]
        for table in (pair.old.table, pair.new.table)
    ]
    return Batch(rows, sides[0], sides[1])


def _samples(column: object, codes: np.ndarray) -> list[object]:
    from brightline.rulebook.columns import Column

    assert isinstance(column, Column)
    special: dict[int, object] = {-1: None, -2: "cannot_tell"}
    return [
        special[c] if c < 0 else column.sample(c) if column.numeric else column.options[c]
        for c in codes.tolist()
    ]


def assert_agrees(old: Rulebook, new: Rulebook, batch: Batch, pair: Pair, states: States) -> None:
    pair.count(batch)
    tables = Tables(old, new, states, [pair], {})
    expected = slow(pair, batch)
    kinds = tables.kinds()
    assert sum(kinds.values()) == batch.rows
    kinds[Kind.OPEN] += kinds.pop(Kind.OPEN_SAME)
    assert {k: n for k, n in kinds.items() if n} == dict(expected.kinds)
    assert {(f.old, f.new): f.cases for f in tables.flows()} == dict(expected.flows)
    for line in clause_lines(tables.pairs):
        key = line.sop, line.clause
        if key in expected.old or key in expected.new:
            assert (line.old, line.new) == (expected.old[key], expected.new[key])
            assert line.new == line.old + line.gained - line.lost


def assert_bounds_hold(pair: Pair, tables: Tables, states: States, batch: Batch, seed: int) -> None:
    """However the unknown facts are filled in, the counts lie in the bounds."""
    rng = np.random.default_rng(seed)
    then, now = Decider(pair.old.table), Decider(pair.new.table)
    _old, _new, flags = pair.judge(batch)
    bounds = {of.action: of for of in tables.bounds()}
    places = {a: b for a, b, _overlap in pair.match.columns}
    counts = {name: [0, 0] for name in states.actions}
    for row in range(batch.rows):
        a, b = (
            case_codes(of.table, list(codes), row)
            for of, codes in ((then, batch.old), (now, batch.new))
        )
        exact = verdict_on(then, a), verdict_on(now, b)
        for verdict, state in zip(exact, (_old.states[row], _new.states[row]), strict=True):
            ours = {n for i, n in enumerate(states.actions) if states.possible(int(state)) >> i & 1}
            assert set(verdict.possible_actions) <= ours
        for place, code in a.items():
            if code == -1:
                a[place] = int(rng.integers(0, then.table.columns[place].atoms))
                if places.get(place) in b:
                    value = _samples(then.table.columns[place], np.array([a[place]]))[0]
                    b[places[place]] = now.table.columns[places[place]].code(value)
        for place, code in b.items():
            if code == -1:
                b[place] = int(rng.integers(0, now.table.columns[place].atoms))
                back = [o for o, n in places.items() if n == place and o in a]
                for o in back:
                    value = _samples(now.table.columns[place], np.array([b[place]]))[0]
                    a[o] = then.table.columns[o].code(value)
        filled = verdict_on(then, a), verdict_on(now, b)
        if any(f.action not in e.possible_actions for f, e in zip(filled, exact, strict=True)):
            # an impossible combination is no way of filling in: the case stays as it was
            for at, verdict in enumerate(exact):
                counts[verdict.possible_actions[0]][at] += 1
            continue
        for at, verdict in enumerate(filled):
            counts[verdict.action][at] += 1
        if flags[row] and not exact[0].determined and not exact[1].determined:
            assert filled[0].action == filled[1].action
            assert faults(pair, filled[0], True) == faults(pair, filled[1], False)
    for name, (before, after) in counts.items():
        of = bounds[name]
        assert of.old.least <= before <= of.old.most
        assert of.new.least <= after <= of.new.most


@given(st.data(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_every_construct_of_the_language(data: st.DataObject, seed: int) -> None:
    old = data.draw(rulebooks())
    new = edited(old, seed)
    pair, states = pair_of(old, new)
    some = [data.draw(cases(old)) for _case in range(8)]
    named = [(pair.old.table.named(c), c) for c in some]
    sides = []
    for table in (pair.old.table, pair.new.table):
        coded = [
            table.codes({n: v for n, v in own.items() if n in table.places}) for own, _raw in named
        ]
        sides.append([np.array([c[p] for c in coded], np.int16) for p in table.tested])
    batch = Batch(len(some), sides[0], sides[1])
    assert_agrees(old, new, batch, pair, states)
    assert_bounds_hold(pair, Tables(old, new, states, [pair], {}), states, batch, seed)


@given(
    st.integers(0, 10_000),
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.sampled_from([0, 0, 2]),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from([0.0, 0.0, 0.1]),
)
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_several_sops_and_edits(
    seed: int, sops: list[int], axioms: int, unknown: float, untold: float
) -> None:
    old = wide_rulebook(seed, sops, 2, axioms)
    new = edited(old, seed + 1, 3)
    pair, states = pair_of(old, new)
    batch = random_batch(pair, 60, seed, unknown, untold)
    assert_agrees(old, new, batch, pair, states)
    assert_bounds_hold(pair, Tables(old, new, states, [pair], {}), states, batch, seed)


def test_blocks_threads_and_shortcuts_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    old = wide_rulebook(3, [30, 80], 2, 1)
    new = edited(old, 4, 4)
    whole, states = pair_of(old, new)
    batch = random_batch(whole, 2000, 3, 0.1, 0.01)
    whole.count(batch)
    expected = Tables(old, new, states, [whole], {})
    monkeypatch.setattr(pair_module, "BLOCK", 64)
    for most_rows, mostly in ((512, 0.6), (0, 0.6), (512, 2.0), (512, 0.0)):
        monkeypatch.setattr(touching, "MOST_ROWS", most_rows)
        monkeypatch.setattr(pair_module, "MOSTLY", mostly)
        cut, states = pair_of(old, new)
        cut.count(batch, threads=4)
        found = Tables(old, new, states, [cut], {})
        assert clause_lines(found.pairs) == clause_lines(expected.pairs)
        assert sop_lines(found.pairs) == sop_lines(expected.pairs)
        assert found.flows(same=True)[0].cases == expected.flows(same=True)[0].cases
        assert found.missing() == expected.missing()
        if most_rows:
            assert found.kinds() == expected.kinds()
            assert found.bounds() == expected.bounds()
