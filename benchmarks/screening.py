"""A whole screening: Parquet in, the Vietnam rulebook with all its word lists, Parquet out.

Run: `BRIGHTLINE_DATA=FOLDER python benchmarks/screening.py [--rows 200000 …]`, where FOLDER
holds `tiki-listings/listings.csv`, which is not part of this repository; its rows
are repeated, each text with a word of its own at its end, so that no two are alike. Memory is the
sum over all processes of what each has to itself (USS), looked at five times a second.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import threading
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from brightline.paths import bundled_rulebook
from brightline.rulebook.reading import read
from brightline.screening.screen import screen
from machine import described, real_data

COLUMNS = ("id", "title", "description", "section", "price_vnd")
AT_ONCE = 50_000
HERE = Path(__file__).resolve().parent


def repeated(source: Path, target: Path, rows: int) -> int:
    """Write so many listings as Parquet; returns the characters of title and description."""
    with source.open(encoding="utf-8", newline="") as file:
        listings = list(csv.DictReader(file))
    characters = 0
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(target, schema) as writer:
        for start in range(0, rows, AT_ONCE):
            chosen = [
                (number, listings[number % len(listings)])
                for number in range(start, min(start + AT_ONCE, rows))
            ]
            columns = {name: [row.get(name, "") for _n, row in chosen] for name in COLUMNS[3:]}
            columns["id"] = [str(number) for number, _row in chosen]
            columns["title"] = [f"{row['title']} {number:x}" for number, row in chosen]
            columns["description"] = [f"{row['description']} {n:x}" for n, row in chosen]
            characters += sum(map(len, columns["title"])) + sum(map(len, columns["description"]))
            writer.write_table(pa.table({name: columns[name] for name in COLUMNS}, schema))
    return characters


class Memory:
    """The most memory that this process and its children had to themselves, in MB."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._watch.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._over.wait(0.2):
            total = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    total += process.memory_full_info().uss
                except psutil.Error:
                    continue
            self.most = max(self.most, total / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[200_000, 1_000_000, 5_000_000])
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    data = real_data()
    if data is None:
        return
    print(described("psutil"))
    book = read(bundled_rulebook())
    terms = sum(map(len, book.lexicons.values()))
    print(f"rulebook {book.sha[:12]}: {terms} terms, {given.workers} workers\n")
    print("| rows | characters a row | seconds | rows/s | peak memory MB |\n|---|---|---|---|---|")
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            cases = Path(folder) / "cases.parquet"
            characters = repeated(data / "tiki-listings" / "listings.csv", cases, rows)
            with Memory() as memory:
                summary = screen(
                    book,
                    cases,
                    Path(folder) / "out.parquet",
                    mapping=HERE / "maps" / "tiki-parquet.yaml",
                    workers=given.workers,
                )
        assert summary.decided == rows
        print(
            f"| {rows:,} | {characters / rows:.0f} | {summary.seconds:.1f} | "
            f"{summary.rows_per_second:,.0f} | {memory.most:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
