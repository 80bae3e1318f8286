"""Made-up past cases for benchmarks: the golden listings drawn again and again, and jittered.

Each case is a golden listing as the signals read it and people answered. On average `jitter` facts
of a case are changed for what another golden listing has there, unknown included, so that facts
come together that no golden listing has; and every number is multiplied by a number of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.backtesting.coded import FIRST_AT, FactColumn
from brightline.casestore.appending import stage
from brightline.casestore.kinds import CASES
from brightline.casestore.manifest import locked
from brightline.casestore.store import Store
from brightline.paths import bundled_rulebook
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.deciding import Decision
from brightline.rulebook.model import CANNOT_TELL, Rulebook
from brightline.rulebook.table import Table
from brightline.screening.one import CaseDecider
from brightline.workbench.drafts.coding import coded_column

CHUNK = 250_000
_MICROSECONDS = 1_000_000
_YEAR = 365 * 24 * 3600


def golden_facts(book: Rulebook) -> dict[FactKey, FactColumn]:
    """The facts of the golden listings that rules may rely on."""
    raw = [
        case
        for file in sorted((bundled_rulebook() / "cases").glob("*.jsonl"))
        for case in map(json.loads, file.read_text("utf-8").splitlines())
        if case.get("subject") == "listing"
    ]
    today = date.today()
    decisions = CaseDecider(book).decide_many([(case, today) for case in raw])
    known = [
        {name: fact.value for name, fact in one.facts.items() if fact.relied_on}
        for one in decisions
        if isinstance(one, Decision)
    ]
    columns = Table(book, "listing", today).columns
    return {c.key: coded_column(c, [one.get(c.name) for one in known]) for c in columns}


def jittered(
    golden: dict[FactKey, FactColumn], count: int, jitter: float, seed: int
) -> Iterator[tuple[FactKey, FactColumn, npt.NDArray[np.float64] | None]]:
    """Each fact of so many cases: whose value it is ([case] codes), and of a number the value."""
    draw = np.random.default_rng(seed)
    of = len(next(iter(golden.values())).codes)
    drawn = draw.integers(0, of, count)
    for key, fact in golden.items():
        changed = draw.random(count) < jitter / len(golden)
        codes = fact.codes[np.where(changed, draw.integers(0, of, count), drawn)]
        numbers = None
        if fact.numbers is not None:
            own = np.concatenate([np.full(FIRST_AT, np.nan), fact.numbers])[codes]
            numbers = np.minimum(own * draw.lognormal(0, 0.3, count), 99.0).round(3)
        yield key, FactColumn(codes, fact.options, fact.numbers), numbers


def write_store(root: Path, book: Rulebook, count: int, jitter: float) -> None:
    """Lay so many cases of a year down in a new store, month by month, without texts.

    They go past the comparison with what is there already, which an export would make.
    """
    store, golden = Store.at(root, "VN"), golden_facts(book)
    now = int(np.datetime64("now", "us").astype(np.int64))
    staged = []
    for chunk, first in enumerate(range(0, count, CHUNK)):
        rows = min(CHUNK, count - first)
        at = now - ((first + np.arange(rows)) / count * _YEAR * _MICROSECONDS).astype(np.int64)
        moments: Any = pa.array(at, pa.timestamp("us", "UTC"))
        plain = {
            "id": pa.array([f"L{first + row:09}" for row in range(rows)]),
            "subject": pa.array(["listing"]).take(pa.array(np.zeros(rows, np.int64))),
            "day": moments.cast(pa.date32()),
            "at": moments,
        }
        table = pa.Table.from_arrays(
            [plain.get(f.name, pa.nulls(rows, f.type)) for f in CASES.schema], schema=CASES.schema
        )
        facts = {
            name if sop is None else f"{sop}.{name}": _values(fact, numbers)
            for (sop, name), fact, numbers in jittered(golden, rows, jitter, chunk)
        }
        struct = pa.StructArray.from_arrays(list(facts.values()), list(facts))
        month = plain["day"][rows // 2].as_py().strftime("%Y-%m")
        folder = f"cases/subject=listing/month={month}"
        staged.append(stage(store, CASES, folder, table.append_column("facts", struct)))
    with locked(root):
        store.commit(store.manifest, staged)


def _values(fact: FactColumn, numbers: npt.NDArray[np.float64] | None) -> pa.Array[Any]:
    if numbers is not None:
        return pa.array(numbers, mask=np.isnan(numbers))
    values: Any = pa.array([None, CANNOT_TELL, *fact.options], pa.string())
    found: pa.Array[Any] = values.take(pa.array(fact.codes.astype(np.int32)))
    return found
