"""A store of a million cases: appended, appended again, compacted, described, sampled, read.

    ./run bench case_store
    .venv/bin/python benchmarks/case_store.py 300000

Wall and CPU seconds of each step, and the largest memory of the process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from brightline.casestore.appending import Appender
from brightline.casestore.compacting import compact
from brightline.casestore.describing import describe
from brightline.casestore.kinds import CASES
from brightline.casestore.sampling import sample
from brightline.casestore.store import Store

FACTS, BATCH = 30, 50_000


def cases(first: int, count: int) -> pa.Table:
    """Cases of three months, with facts of options and numbers."""
    draw = np.random.default_rng(first)
    days = [date(2026, 8, 1) + timedelta(days=int(d)) for d in range(90)]
    at = draw.integers(0, 90, count)
    empty = pa.nulls(count, pa.string())
    columns = {
        "id": pa.array([f"case-{first + n}" for n in range(count)]),
        "subject": pa.array(["listing"] * count),
        "day": pa.array([days[d] for d in at]),
        "at": pa.nulls(count, CASES.schema.field("at").type),
        "source": empty, "seller": empty, "rulebook": pa.array(["0" * 64] * count),
        "attributes": empty,
    }  # fmt: skip
    table = pa.Table.from_arrays(
        [columns[name] for name in CASES.schema.names], schema=CASES.schema
    )
    options = pa.array(["yes", "no", "cannot_tell"])
    facts = {
        f"sop.fact{n}": options.take(pa.array(draw.integers(0, 3, count)))
        if n % 5
        else pa.array(draw.random(count))
        for n in range(FACTS)
    }
    given = pa.array(["given"] * count)
    return table.append_column(
        "facts", pa.StructArray.from_arrays(list(facts.values()), list(facts))
    ).append_column("sources", pa.StructArray.from_arrays([given] * FACTS, list(facts)))


def timed(name: str, act: Callable[[], object]) -> None:
    """Do something and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    told = act()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:24} {wall:8.2f} s wall {cpu:8.2f} s CPU   {told or ''}")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.at(Path(folder) / "store", "VN")

        def append() -> object:
            with Appender(store) as batch:
                for first in range(0, count, BATCH):
                    batch.add("cases", cases(first, min(BATCH, count - first)))
                return batch.commit()["cases"]

        def read() -> object:
            return sum(batch.num_rows for batch in store.batches())

        timed("making the cases", lambda: [cases(n, BATCH) for n in range(0, count, BATCH)] and "")
        timed("append", append)
        timed("append the same again", append)
        timed("compact", lambda: compact(store))
        timed("describe", lambda: describe(store).cases)
        timed("sample 500 of 3 months", lambda: len(sample(store, 500, 1, ["month"]).cases))
        timed("read all", read)
        size = sum(file.bytes for file in store.manifest.files)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:,} cases, {size / 1e6:.0f} MB on the disk, at most {most} MB of memory")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
