"""A back-test of cases in memory: what the case store and the benchmarks hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.counting import Tables
from brightline.backtesting.effort import SAMPLED
from brightline.backtesting.grouping import GROUPINGS, Names
from brightline.backtesting.kept import Kept
from brightline.backtesting.pair import BLOCK, Batch, Pair
from brightline.backtesting.report import VersionNames, report
from brightline.backtesting.results import Backtest, Kind
from brightline.backtesting.sampling import MOST_WAYS, questioned, shown
from brightline.backtesting.source import Source, kept_at
from brightline.backtesting.states import joint_states
from brightline.backtesting.tally import Cell
from brightline.rulebook.model import Rulebook

_SEED = 20_261_125


def backtest_coded(
    old: Rulebook,
    new: Rulebook,
    cases: Sequence[CodedCases],
    *,
    names: VersionNames,
    as_of: date | None = None,
    threads: int = 2,
    sampled: int = SAMPLED,
) -> Backtest:
    """Put cases in memory to both versions, as they stand on `as_of` (default: today).

    `cases`: one for each subject; those of a subject that only one version knows are left out.
    `sampled`: how many cases are questioned for `Backtest.effort`.
    """
    started, on = time.perf_counter(), as_of or date.today()
    states = joint_states(old, new)
    named = {name: Names() for name in GROUPINGS}
    sources: dict[str, Source] = {}
    pairs: dict[str, Pair] = {}
    for of in cases:
        if of.subject in old.subjects and of.subject in new.subjects:
            pairs[of.subject] = pair = Pair.of(old, new, of.subject, on, states)
            sources[of.subject] = Source(of, pair.match)
    for subject, source in sources.items():
        _count(pairs[subject], source, named, threads)
    tables = Tables(old, new, states, list(pairs.values()), {n: of.all for n, of in named.items()})
    drawn = _drawn(sources, sampled)
    effort = questioned(pairs, drawn, sum(of.cases.rows for of in sources.values()))
    telling = shown(pairs, _ways(pairs, sources, tables))
    return report(tables, names, on, effort, telling, time.perf_counter() - started)


def _count(pair: Pair, source: Source, named: dict[str, Names], threads: int) -> None:
    """Add all cases of a source to the tally of its pair."""
    rows = source.cases.rows
    numbers = {n: named[n].numbers(of.names) for n, of in source.cases.groups.items()}

    def work(start: int) -> None:
        batch = source.batch(start, min(start + BLOCK, rows))
        groups = {n: np.take(numbers[n], of) for n, of in batch.groups.items()}
        pair.add(Batch(batch.rows, batch.old, batch.new, batch.differs, groups), start)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(0, rows, BLOCK)))


def _drawn(sources: dict[str, Source], most: int) -> list[tuple[str, Kept]]:
    """A simple random sample of all cases, the same each time."""
    total = sum(of.cases.rows for of in sources.values())
    draw = np.random.default_rng(_SEED)
    chosen = np.sort(draw.choice(total, min(most, total), replace=False))
    found, first = [], 0
    for subject, source in sources.items():
        inside = chosen[(chosen >= first) & (chosen < first + source.cases.rows)] - first
        found += [(subject, kept_at(source, int(row))) for row in inside]
        first += source.cases.rows
    return found


def _ways(
    pairs: dict[str, Pair], sources: dict[str, Source], tables: Tables
) -> dict[tuple[str, int, int], tuple[Kept, Kind]]:
    found: dict[tuple[str, int, int], tuple[Kept, Kind]] = {}
    for subject, pair in pairs.items():
        most = sorted(pair.tally.pairs.items(), key=lambda one: (-one[1][0], one[1][1]))
        for (then, now), (_cases, row) in most[:MOST_WAYS]:
            old, new, flags = pair.judge(sources[subject].batch(row, row + 1))
            kind = tables.kind(Cell(int(old.states[0]), int(new.states[0]), bool(flags[0])))
            found[subject, then, now] = kept_at(sources[subject], row), kind
    return found
