"""Screening by Spark beside screening on one machine: rows a second of a core, and when it pays.

Run: `[BRIGHTLINE_DATA=FOLDER] python benchmarks/spark.py [--rows 100000] [--cores 2]`. Three kinds
of rows: *coded*, whose facts are given (those of the golden cases); *attributes*, of which signals
read numbers and choices but no text; *texts*, with title and description (of FOLDER's
`tiki-listings/listings.csv`, else of the golden cases), all signals. Local: one worker in one
process. Spark: `local[CORES]`, a session that has screened something before, so that Java is warm.

Seconds are the processor's, of all processes of an engine (Java, its Python workers), so that
other work on the machine counts little; the wall clock is given beside them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read
from brightline.screening.screen import screen
from brightline.screening.spark.screen import screen_with_spark
from brightline.screening.spark.session import spark_session
from brightline.screening.summary import Summary
from machine import described, real_data

KINDS = ("coded", "attributes", "texts")
TEXT_KINDS = ("text", "list")
AT_ONCE = 50_000
FLEETS = (16, 64, 256)
ALLOCATED = 60
"""Seconds until a cluster has given the executors: not measured, an assumption said as such."""


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds of the processor in all processes, and of the clock."""

    rows: int
    processor: float
    wall: float


def golden(book: Path) -> list[dict[str, Any]]:
    """The golden cases about listings."""
    cases = []
    for path in sorted((book / "cases").glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            cases += [json.loads(line) for line in file]
    return [case for case in cases if case["subject"] == "listing"]


def samples(book: Rulebook, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """A few hundred rows of each kind."""
    cases = golden(bundled_rulebook())
    lines = [{**case, "id": str(number)} for number, case in enumerate(cases)]
    raw = folder / "golden.jsonl"
    raw.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    screen(book, raw, folder / "facts.parquet", facts=True, workers=1)
    decided = pq.read_table(folder / "facts.parquet")
    facts = decided.select(decided.column_names[6:]).to_pylist()
    kinds = {name: of.kind for name, of in book.subjects["listing"].attributes.items()}
    plain = [name for name, kind in kinds.items() if str(kind) not in TEXT_KINDS]
    of_cases = [case["attributes"] for case in cases]
    data = real_data()
    texts = [{n: a.get(n) or "" for n in ("title", "description")} for a in of_cases]
    if data is not None:
        path = data / "tiki-listings" / "listings.csv"
        with path.open(encoding="utf-8", newline="") as file:
            texts = [{n: r[n] for n in ("title", "description")} for r in csv.DictReader(file)]
    known = {key for row in facts for key, value in row.items() if value is not None}
    return {
        "coded": [{key: row[key] for key in sorted(known)} for row in facts],
        "attributes": [{name: _text(of.get(name)) for name in plain} for of in of_cases],
        "texts": texts,
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def written(rows: list[dict[str, Any]], kind: str, count: int, path: Path) -> Path:
    """A file of so many rows: the sample over and over, each with an id, texts with a word more."""
    table = pa.Table.from_pylist(rows)
    writer = None
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        some = table.take([number % len(rows) for number in numbers])
        if kind == "texts":
            for at, name in enumerate(table.column_names):
                texts = some.column(name).to_pylist()
                made = [f"{text} {number:x}" for text, number in zip(texts, numbers, strict=True)]
                some = some.set_column(at, name, pa.array(made))
        some = some.append_column("id", pa.array([str(number) for number in numbers]))
        some = some.append_column("subject", pa.array(["listing"] * len(numbers)))
        writer = writer or pq.ParquetWriter(path, some.schema)
        writer.write_table(some)
    assert writer is not None
    writer.close()
    return path


class Meter:
    """Seconds that this process and those below it compute, looked at four times a second.

    A process that ends keeps what it was last seen with.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[int, float], list[float]] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Meter:
        self._look(first=True)
        self._watch.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._watch.join()
        self._look()

    @property
    def seconds(self) -> float:
        """Of all processes, since the beginning."""
        return sum(last - first for first, last in self._seen.values())

    def _work(self) -> None:
        while not self._over.wait(0.25):
            self._look()

    def _look(self, first: bool = False) -> None:
        own = psutil.Process()
        for process in (own, *own.children(recursive=True)):
            try:
                used = process.cpu_times()
                key = process.pid, process.create_time()
            except psutil.Error:
                continue
            total = used.user + used.system
            known = self._seen.setdefault(key, [total if first else 0.0, total])
            known[1] = total


def measured(work: Callable[[], Summary], own: bool) -> Cost:
    """What a screening took. `own`: in this process alone."""
    began, before = time.perf_counter(), time.process_time()
    with Meter() as meter:
        summary = work()
    used = time.process_time() - before if own else meter.seconds
    return Cost(summary.rows, used, time.perf_counter() - began)


def runs(book: Rulebook, folder: Path, sizes: list[int]) -> Iterator[tuple[str, Cost, Cost]]:
    """Every kind and size: local, Spark. Their figures are held against each other."""
    number = 0
    for kind, rows in samples(book, folder).items():
        for size in sizes:
            number += 1
            cases = written(rows, kind, size, folder / f"{number}.parquet")
            found: list[Summary] = []

            def here(cases: Path = cases, found: list[Summary] = found) -> Summary:
                found.append(screen(book, cases, folder / "local.parquet", workers=1))
                return found[-1]

            def there(
                cases: Path = cases, found: list[Summary] = found, number: int = number
            ) -> Summary:
                found.append(screen_with_spark(book, str(cases), str(folder / f"out{number}")))
                return found[-1]

            local, spark = measured(here, own=True), measured(there, own=False)
            one, other = (summary.to_json() for summary in found)
            for name in ("seconds", "rows_per_second", "output", "rejected_output"):
                del one[name], other[name]
            assert one == other, kind
            yield kind, local, spark
            cases.unlink()


def slope(costs: list[Cost], of: Callable[[Cost], float]) -> tuple[float, float]:
    """Seconds before the first row, and a row, through the smallest and the largest run."""
    least, most = min(costs, key=lambda c: c.rows), max(costs, key=lambda c: c.rows)
    if least.rows == most.rows:
        return 0.0, of(most) / most.rows
    each = (of(most) - of(least)) / (most.rows - least.rows)
    return of(least) - each * least.rows, each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 400_000, 1_600_000])
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    print(described("pyspark"))
    book = read(bundled_rulebook())
    print(f"rulebook {book.sha[:12]}, load average {os.getloadavg()[0]:.1f} before\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        settings = {"spark.master": f"local[{given.cores}]"}
        with spark_session(settings):
            warm = written([{"title": "Balo"}], "texts", 50_000, folder / "warm.parquet")
            started = time.perf_counter() - began
            screen_with_spark(book, str(warm), str(folder / "warm"))
            first = time.perf_counter() - began
            print(
                f"Spark started in {started:.1f} s; 50,000 rows were decided after {first:.1f} s\n"
            )
            print("| rows | kind | local s (wall) | Spark s (wall) | local rows/s/core |", end="")
            print(" Spark rows/s/core | share |")
            print("|---|---|---|---|---|---|---|")
            every: dict[str, list[tuple[Cost, Cost]]] = {}
            for kind, local, spark in runs(book, folder, given.rows):
                every.setdefault(kind, []).append((local, spark))
                here, there = (cost.rows / cost.processor for cost in (local, spark))
                print(
                    f"| {local.rows:,} | {kind} | {local.processor:.1f} ({local.wall:.1f}) | "
                    f"{spark.processor:.1f} ({spark.wall:.1f}) | {here:,.0f} | {there:,.0f} | "
                    f"{there / here:.0%} |",
                    flush=True,
                )
    _paying(every, first)


def _paying(every: dict[str, list[tuple[Cost, Cost]]], first: float) -> None:
    print("\n| kind | local µs a row | Spark µs a row | share | " + " | ".join(
        f"pays from, {cores} cores" for cores in FLEETS) + " |")  # fmt: skip
    print("|---|---|---|---|" + "---|" * len(FLEETS))
    for kind, costs in every.items():
        _fixed, here = slope([local for local, _spark in costs], lambda c: c.processor)
        _fixed, there = slope([spark for _local, spark in costs], lambda c: c.processor)
        fixed = first + ALLOCATED
        from_ = [fixed / (here / 2 - there / cores) for cores in FLEETS]
        told = " | ".join(f"{rows:,.0f}" if rows > 0 else "never" for rows in from_)
        print(f"| {kind} | {here * 1e6:.1f} | {there * 1e6:.1f} | {here / there:.0%} | {told} |")
    print(
        f"\nPays: beside two workers on two cores; {first:.0f} s for Spark's start and first task, "
        f"as measured, and {ALLOCATED} s for the cluster to give the cores, which is assumed."
    )


if __name__ == "__main__":
    main()
