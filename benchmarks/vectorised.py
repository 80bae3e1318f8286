"""Columns of coded facts → verdicts: the kernel beside what a data team would use instead.

Run: `python benchmarks/vectorised.py`. Same table, same coded cases (int8, in memory), verdicts
out. Where every fact is known the answers are compared case by case. Where facts are unknown (NULL)
an SQL `CASE` reads NULL as false and decides all the same: how many cases it decides that are in
truth undecided is counted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.deciding import Decider
from brightline.rulebook.table import Table
from brightline.screening.fused import available
from brightline.screening.kernel import Kernel
from machine import described
from random_tables import random_rulebook

CASES = 4_000_000
CORES = 2
Codes = list[npt.NDArray[np.int8]]


def random_codes(table: Table, unknown: float) -> Codes:
    """Uniform random atoms of every tested fact; each unknown with a chance of its own."""
    chance = np.random.default_rng(1)
    columns = []
    for place in table.tested:
        codes = chance.integers(0, table.columns[place].atoms, CASES).astype(np.int8)
        if unknown:
            codes[chance.random(CASES) < unknown] = UNKNOWN
        columns.append(codes)
    return columns


def best_rate(run: Callable[[], object], times: int = 3) -> float:
    """Million cases a second, the best of a few runs."""
    best = 0.0
    for _time in range(times):
        start = time.perf_counter()
        run()
        best = max(best, CASES / (time.perf_counter() - start) / 1e6)
    return best


class Ours:
    """Our rates, and of every case the clause and whether it is determined."""

    def __init__(self, table: Table, codes: Codes, fused: bool) -> None:
        kernel = Kernel(Decider(table), fused)
        self.fused = fused
        if fused:
            Kernel(Decider(table), fused).decide([of[:100_000] for of in codes])  # compile
        start = time.perf_counter()
        answers = kernel.decide(codes, threads=CORES)
        self.first_rate = CASES / (time.perf_counter() - start) / 1e6
        self.rate = best_rate(lambda: kernel.decide(codes, threads=CORES))
        number = {of.clause.id: index for index, of in enumerate(table.clauses)}
        clauses = [number[a.reported[0].clause] if a.reported else -1 for a in answers.distinct]
        self.clause = np.array(clauses, dtype=np.int32)[answers.index]
        """-1: open, or which harmless one does not matter."""
        self.determined = np.array([a.determined for a in answers.distinct])[answers.index]
        self.open = answers.open

    def line(self, shown: str) -> str:
        """A line of the table of results."""
        name = "Brightline, numba" if self.fused else "Brightline, NumPy"
        undecided = 1 - self.determined.mean()
        note = f"{undecided:.1%} undecided; first run {self.first_rate:.1f}"
        return f"| {shown} | {name} | {self.rate:.1f} | {note} |"


def as_arrow(codes: Codes) -> pa.Table:
    """The codes as an Arrow table, unknown as NULL."""
    columns: dict[str, pa.Array] = {"id": pa.array(np.arange(CASES))}
    for index, column in enumerate(codes):
        unknown = column < 0
        columns[f"f{index}"] = pa.array(column, mask=unknown if unknown.any() else None)
    return pa.table(columns)


def tests(table: Table) -> list[tuple[int, list[tuple[int, list[int]]]]]:
    """For every row its clause, and for each tested fact the codes that pass."""
    at = {place: index for index, place in enumerate(table.tested)}
    return [
        (row.clause, [
            (at[place], [a for a in range(table.columns[place].atoms) if cell >> a & 1])
            for place, cell in row.cells.items()
        ])
        for row in table.rows
    ]  # fmt: skip


def sql_test(name: str, passing: list[int]) -> str:
    """The test as one would write it by hand: an equality, a range or a list."""
    if len(passing) == 1:
        return f"{name} = {passing[0]}"
    if passing == list(range(passing[0], passing[-1] + 1)):
        return f"{name} BETWEEN {passing[0]} AND {passing[-1]}"
    return f"{name} IN ({', '.join(map(str, passing))})"


def duckdb_case(table: Table) -> str:
    """The rules as one CASE."""
    arms = []
    for clause, cells in tests(table):
        condition = " AND ".join(sql_test(f"f{i}", passing) for i, passing in cells) or "true"
        arms.append(f"WHEN {condition} THEN {clause}")
    return f"CASE {' '.join(arms)} ELSE -1 END"


def duckdb_masks(table: Table) -> str:
    """The rules as masks of 64 rows, ANDed; the lowest bit names the row."""
    words = -(-len(table.rows) // 64)
    parts = []
    for word in range(words):
        looked_up = []
        for index, place in enumerate(table.tested):
            masks = [
                table.masks[place][code] >> 64 * word & (1 << 64) - 1
                & (1 << max(0, min(64, len(table.rows) - 64 * word))) - 1
                for code in range(table.columns[place].atoms)
            ]  # fmt: skip
            listed = ", ".join(f"{mask}::UBIGINT" for mask in masks)
            looked_up.append(f"([{listed}])[f{index} + 1]")
        parts.append(" & ".join(looked_up))
    arms = [
        f"WHEN w{word} <> 0 THEN {64 * word} + bit_count(xor(w{word}, w{word} - 1))::INT - 1"
        for word in range(words)
    ]
    inner = ", ".join(f"{part} AS w{word}" for word, part in enumerate(parts))
    row = f"CASE {' '.join(arms)} ELSE -1 END"
    return f"SELECT id, {row} AS row FROM (SELECT id, {inner} FROM cases)"


def duckdb_rate(cases: pa.Table, query: str) -> tuple[float, npt.NDArray[np.int64]]:
    with duckdb.connect(config={"threads": CORES}) as base:
        base.register("arrow_cases", cases)
        base.execute("CREATE TABLE cases AS SELECT * FROM arrow_cases")
        found: list[dict[str, npt.NDArray[np.int64]]] = []
        rate = best_rate(lambda: found.append(base.execute(query).fetchnumpy()), 2)
        in_order = np.empty(CASES, dtype=np.int64)  # DuckDB may return rows in any order
        in_order[found[-1]["id"]] = np.ma.filled(found[-1]["row"], -1)
        return rate, in_order


def polars_rate(table: Table, cases: pa.Table) -> tuple[float, npt.NDArray[np.int64]]:
    frame = pl.from_arrow(cases)
    chain = None
    for clause, cells in tests(table):
        condition = pl.lit(True)
        for index, passing in cells:
            column = pl.col(f"f{index}")
            if passing == list(range(passing[0], passing[-1] + 1)):
                condition = condition & column.is_between(passing[0], passing[-1])
            else:
                condition = condition & column.is_in(passing)
        start = pl if chain is None else chain
        chain = start.when(condition).then(clause)
    assert chain is not None
    rule = chain.otherwise(-1).alias("row")
    found: list[npt.NDArray[np.int64]] = []
    rate = best_rate(lambda: found.append(frame.select(rule)["row"].to_numpy()), 2)
    return rate, found[-1]


def compare(clauses: int, facts: int) -> None:
    table = Table(random_rulebook(clauses, facts), "listing", date(2026, 1, 1))
    clause_of_row = np.array([row.clause for row in table.rows] + [-1])
    for unknown in (0.0, 0.01, 0.1):
        codes = random_codes(table, unknown)
        shown = f"{clauses} × {facts}, {unknown:.0%} unknown"
        plain = Ours(table, codes, False)
        clause, determined = plain.clause, plain.determined
        print(plain.line(shown), flush=True)
        if available():
            fused = Ours(table, codes, True)
            assert (fused.clause == clause).all() and (fused.determined == determined).all()
            assert (fused.open == plain.open).all()
            print(fused.line(shown), flush=True)
        if unknown == 0.01:
            continue
        cases = as_arrow(codes)
        others: list[tuple[str, float, npt.NDArray[np.int64]]] = []
        query = f"SELECT id, {duckdb_case(table)} AS row FROM cases"
        others.append(("DuckDB, CASE", *duckdb_rate(cases, query)))
        others.append(("Polars, when/then", *polars_rate(table, cases)))
        if not unknown:
            masked = duckdb_rate(cases, duckdb_masks(table))
            others.append(("DuckDB, masks", masked[0], clause_of_row[masked[1]]))
        for name, theirs, found in others:
            if unknown:
                wrong = int((~determined & (found >= 0)).sum())
                note = f"decides {wrong / CASES:.1%} that are undecided"
            else:
                assert (found == clause).all(), name
                note = "same answers"
            print(f"| {shown} | {name} | {theirs:.1f} | {note} |", flush=True)


def main() -> None:
    random.seed(1)
    print(described("duckdb", "polars", "numba"))
    print(f"{CASES:,} cases in memory, {CORES} threads\n")
    print("| clauses × facts | engine | million cases/s | |\n|---|---|---|---|")
    compare(60, 15)
    compare(300, 25)


if __name__ == "__main__":
    main()
