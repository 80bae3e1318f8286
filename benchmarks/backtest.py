"""Two versions of a 60-clause SOP on 10 million coded cases: back-test, live impact, DuckDB beside.

Run: `python benchmarks/backtest.py [--rows 10000000]`. Each figure is taken in a process of its
own, so that the memory is that of the one thing measured (the greatest resident size, cases and
the making of them included). The cases are random, int8 in memory, with a category (30), a seller segment (5) and a
week (13). DuckDB counts only the matrix of actions, from the same cases as a table of its own;
where all is known both matrices are compared. Wall time is the best of three, CPU time that of the
same run: on a busy machine the second says more.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import CodedCases, GroupColumn
from brightline.backtesting.coded_run import backtest_coded
from brightline.backtesting.report import VersionNames
from brightline.backtesting.session import Session
from brightline.rulebook.model import Clause, Rulebook
from brightline.rulebook.table import Table
from brightline.screening.fused import available
from machine import described
from random_tables import random_rulebook
from vectorised import sql_test, tests

CLAUSES, FACTS, CORES, DAY = 60, 15, 2, date(2026, 1, 1)
GROUPS = {"category": 30, "segment": 5, "week": 13}
NAMES = VersionNames("before", "now")
Codes = list[npt.NDArray[np.int8]]
Edit = Callable[[list[Clause]], None]


def edited(book: Rulebook, *edits: Edit) -> Rulebook:
    """The rulebook with some clauses of its SOP changed."""
    sop = book.sops[0]
    clauses = list(sop.clauses)
    for edit in edits:
        edit(clauses)
    return book.of_sops(sop.model_copy(update={"clauses": tuple(clauses)}))


def changed(at: int, **values: Any) -> Edit:
    """An edit that gives a clause other values."""

    def edit(clauses: list[Clause]) -> None:
        clauses[at] = clauses[at].model_copy(update=values)

    return edit


def widened(at: int) -> Edit:
    """An edit that takes the first test of a clause away."""

    def edit(clauses: list[Clause]) -> None:
        when = dict(clauses[at].when[0])
        when.pop(next(iter(when)))
        clauses[at] = clauses[at].model_copy(update={"when": (when,)})

    return edit


def gone(at: int) -> Edit:
    """An edit that takes a clause away."""
    return lambda clauses: clauses.pop(at) and None


EDITS: dict[str, tuple[Edit, ...]] = {
    "another action of the 2nd clause": (changed(1, action="ban"),),
    "other points of the 6th": (changed(5, points=9),),
    "another action of the 21st": (changed(20, action="ban"),),
    "a test less in the 41st": (widened(40),),
    "the 31st is gone": (gone(30),),
}


def versions() -> tuple[Rulebook, Rulebook]:
    """The SOP, and the same with three clauses edited."""
    old = random_rulebook(CLAUSES, FACTS)
    new = edited(old, changed(20, action="ban"), widened(40), changed(5, points=9))
    return old, new


def random_cases(table: Table, rows: int, unknown: float) -> tuple[Codes, CodedCases]:
    """Uniform random atoms of every tested fact; each unknown with a chance of its own."""
    chance = np.random.default_rng(1)
    columns = []
    for place in table.tested:
        codes = chance.integers(0, table.columns[place].atoms, rows).astype(np.int8)
        if unknown:
            codes[chance.random(rows) < unknown] = -1
        columns.append(codes)
    groups = {
        name: GroupColumn(
            chance.integers(1, count + 1, rows).astype(np.uint8),
            ("", *(f"{name} {number}" for number in range(count))),
        )
        for name, count in GROUPS.items()
    }
    return columns, CodedCases.of_table(table, columns, groups)


def best_of(run: Callable[[], Any], times: int = 3) -> tuple[float, float, Any]:
    """Wall and CPU seconds of the quickest of some runs, and what it gave."""
    found = []
    for _time in range(times):
        cpu, wall = time.process_time(), time.perf_counter()
        given = run()
        found.append((time.perf_counter() - wall, time.process_time() - cpu, given))
    return min(found, key=lambda one: one[0])


def peak() -> float:
    """The greatest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def backtested(rows: int, unknown: float) -> dict[str, Any]:
    """The whole report, with and without the questions."""
    old, new = versions()
    table = Table(old, "listing", DAY)
    cases = random_cases(table, rows, unknown)[1]
    warm = random_cases(table, 1000, unknown)[1]

    def run(of: CodedCases, sampled: int) -> Any:
        return backtest_coded(
            old, new, [of], names=NAMES, as_of=DAY, threads=CORES, sampled=sampled
        )

    run(warm, 0)
    tables = best_of(lambda: run(cases, 0))
    whole = best_of(lambda: run(cases, 100), 1)
    flows = {(f.old, f.new): f.cases for f in tables[2].flows}
    return {"tables": tables[:2], "whole": whole[:2], "peak": peak(), "flows": flows}


def live(rows: int, unknown: float) -> dict[str, Any]:
    """Each edit put to a session, with and without the questions."""
    old, _new = versions()
    cases = random_cases(Table(old, "listing", DAY), rows, unknown)[1]
    session = Session([cases], old, as_of=DAY, threads=CORES)
    session.impact(old)
    lines = []
    for name, edits in EDITS.items():
        draft = edited(old, *edits)
        counts = best_of(lambda draft=draft: session.impact(draft, effort=False))  # type: ignore[misc]
        whole = best_of(lambda draft=draft: session.impact(draft))  # type: ignore[misc]
        lines.append((name, counts[2].reached, counts[:2], whole[:2]))
    return {"lines": lines, "peak": peak()}


def duckdb_matrix(rows: int, unknown: float) -> dict[str, Any]:
    """The matrix of actions in SQL: the rules of both versions as a CASE, and as masks."""
    import duckdb
    import pyarrow as pa

    old, new = versions()
    tables = [Table(book, "listing", DAY) for book in (old, new)]
    assert tables[0].tested == tables[1].tested
    columns = random_cases(tables[0], rows, unknown)[0]
    base = duckdb.connect(config={"threads": CORES})
    base.execute("SET enable_progress_bar = false")
    arrow = pa.table(
        {
            f"f{at}": pa.array(of, mask=(of < 0) if unknown else None)
            for at, of in enumerate(columns)
        }
    )
    base.register("arrow_cases", arrow)
    base.execute("CREATE TABLE cases AS SELECT * FROM arrow_cases")
    base.unregister("arrow_cases")
    del arrow, columns
    as_case = " , ".join(f"{_case(table)} AS a{at}" for at, table in enumerate(tables))
    queries = {
        "CASE": f"SELECT a0, a1, count(*) FROM (SELECT {as_case} FROM cases) GROUP BY 1, 2",
        "masks": _masks(tables),
    }
    found = {}
    for name, query in queries.items():
        wall, cpu, listed = best_of(lambda query=query: base.execute(query).fetchall(), 2)  # type: ignore[misc]
        found[name] = (wall, cpu, {(a, b): n for a, b, n in listed})
    return {"found": found, "peak": peak()}


def _case(table: Table) -> str:
    """The action by one CASE, as one would write it by hand."""
    arms = []
    for clause, cells in tests(table):
        condition = " AND ".join(sql_test(f"f{i}", passing) for i, passing in cells) or "true"
        arms.append(f"WHEN {condition} THEN '{table.clauses[clause].clause.action}'")
    return f"CASE {' '.join(arms)} ELSE '{table.actions[0]}' END"


def _masks(tables: list[Table]) -> str:
    """The same by masks of 64 rows, looked up and ANDed."""
    words, actions = [], []
    for at, table in enumerate(tables):
        assert len(table.rows) <= 64
        looked_up = []
        for fact, place in enumerate(table.tested):
            every = (1 << table.width) - 1
            atoms = range(table.columns[place].atoms)
            listed = ", ".join(f"{table.masks[place][a] & every}::UBIGINT" for a in atoms)
            looked_up.append(f"([{listed}])[f{fact} + 1]")
        words.append(f"{' & '.join(looked_up)} AS w{at}")
        named = ", ".join(f"'{table.clauses[row.clause].clause.action}'" for row in table.rows)
        lowest = f"bit_count(xor(w{at}, w{at} - 1))::INT"
        default = table.actions[0]
        actions.append(
            f"CASE w{at} WHEN 0 THEN '{default}' ELSE ([{named}])[{lowest}] END AS a{at}"
        )
    inner = f"SELECT {', '.join(words)} FROM cases"
    return (
        f"SELECT a0, a1, count(*) FROM (SELECT {', '.join(actions)} FROM ({inner})) GROUP BY 1, 2"
    )


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """What some work gives in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def _ms(pair: tuple[float, float]) -> str:
    return f"{1000 * pair[0]:,.0f} | {1000 * pair[1]:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--unknown", type=float, nargs="+", default=[0.0, 0.01, 0.05])
    given = parser.parse_args()
    print(described("duckdb", "numba"))
    loop = "compiled loop" if available() else "without numba"
    print(f"{given.rows:,} cases, {CLAUSES} clauses, {FACTS} facts, {CORES} threads, {loop}\n")
    print("| unknown | what | wall s | CPU s | peak MB | |\n|---|---|---|---|---|---|")
    for unknown in given.unknown:
        ours = alone(backtested, given.rows, unknown)
        for name, note in (("tables", "all tables"), ("whole", "and questions of 100 cases")):
            wall, cpu = ours[name]
            shown = f"{unknown:.0%} | Brightline, {note} | {wall:.2f} | {cpu:.2f}"
            print(f"| {shown} | {ours['peak']:,.0f} | |", flush=True)
        theirs = alone(duckdb_matrix, given.rows, unknown)
        for name, (wall, cpu, matrix) in theirs["found"].items():
            if not unknown:
                assert matrix == ours["flows"], name
                said = "same matrix"
            else:
                open_cases = sum(
                    n for (a, b), n in ours["flows"].items() if "manual_review" in (a, b)
                )
                said = f"decides the {open_cases / given.rows:.1%} that are open in a version"
                if None in {part for key in matrix for part in key} or name == "masks":
                    said = "unknown makes the mask NULL: no answer"
            shown = f"{unknown:.0%} | DuckDB, the matrix alone, {name} | {wall:.2f} | {cpu:.2f}"
            print(f"| {shown} | {theirs['peak']:,.0f} | {said} |", flush=True)
    print(
        "\n| unknown | edit | cases reached | counts, wall ms | CPU ms "
        "| with questions of 30 cases, wall ms | CPU ms |\n|---|---|---|---|---|---|---|"
    )
    for unknown in given.unknown:
        found = alone(live, given.rows, unknown)
        for name, reached, counts, whole in found["lines"]:
            print(
                f"| {unknown:.0%} | {name} | {reached:,} | {_ms(counts)} | {_ms(whole)} |",
                flush=True,
            )
        print(f"| {unknown:.0%} | peak memory: {found['peak']:,.0f} MB | | | | | |", flush=True)


if __name__ == "__main__":
    main()
