"""Cases that lie in a store are the same when mapped from files: facts, order, ids, patterns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from brightline.backtesting import mapped
from brightline.backtesting.mapped import Folder, FolderWriter
from brightline.backtesting.patterns import Patterns
from brightline.backtesting.stored_facts import StoredFacts
from brightline.casestore.appending import Appender
from brightline.casestore.kinds import CASES
from brightline.casestore.store import Store
from brightline.rulebook.table import Table
from tests.screening.made import wide_rulebook

TODAY = date(2026, 11, 23)


def some_rows(count: int) -> list[dict[str, Any]]:
    """Cases of three months whose facts come and go; the last knows the price as a text."""
    draw = Random(4)
    rows = []
    for number in range(count):
        late = timedelta(hours=draw.randrange(2000), seconds=number)
        at = datetime(2026, 9, 1, tzinfo=UTC) + late
        facts: dict[str, Any] = {"price": draw.choice([None, 1.5, 2.0, 0.1])}
        if number % 3:
            facts["sop-0.item"] = draw.choice([None, "a", "b", "cannot_tell"])
        rows.append({"id": f"c{number}", "at": at, "facts": facts})
    return rows


def stored(root: Path, rows: list[dict[str, Any]], subject: str = "listing") -> Store:
    store = Store.at(root, "VN")
    with Appender(store) as batch:
        for part in (rows[::3], rows[1::3], rows[2::3]):
            plain = [{"subject": subject, "day": r["at"].date(), **r} for r in part]
            table = pa.Table.from_pylist(plain, schema=CASES.schema)
            names = sorted({name for r in part for name in r["facts"]})
            arrays = [pa.array([r["facts"].get(name) for r in part]) for name in names]
            kinds = [pa.float64() if name == "price" else pa.string() for name in names]
            arrays = [a.cast(k) for a, k in zip(arrays, kinds, strict=True)]
            struct = pa.StructArray.from_arrays(arrays, names)
            batch.add("cases", table.append_column("facts", struct))
        batch.commit()
    return store


def value(folder: Folder, key: tuple[str | None, str], case: int) -> Any:
    of = folder.cases.facts[key]
    code = int(of.codes[case])
    if code < 2:
        return (None, "cannot_tell")[code]
    return of.options[code - 2] if of.numbers is None else float(of.numbers[code - 2])


def written(facts: StoredFacts, place: Path) -> Folder:
    out = FolderWriter(place)
    for key, of in facts.facts():
        out.fact(key, of)
    out.finish(facts.subject, facts.ids(), {"of": facts.all})
    return Folder.open(place)


def test_the_newest_cases_first_each_with_its_facts(tmp_path: Path) -> None:
    rows = some_rows(200)
    store = stored(tmp_path / "store", rows)
    stored(tmp_path / "store", some_rows(5), "review")
    facts = StoredFacts(store, "listing", 150)
    folder = written(facts, tmp_path / "mapped")
    newest = sorted(rows, key=lambda row: row["at"], reverse=True)[:150]
    assert (facts.all, folder.cases.rows, folder.about["of"]) == (200, 150, 200)
    assert (facts.until, facts.since) == (newest[0]["at"], newest[-1]["at"])
    for case, row in enumerate(newest):
        assert folder.cases.id(case) == row["id"]
        assert value(folder, (None, "price"), case) == row["facts"]["price"]
        assert value(folder, ("sop-0", "item"), case) == row["facts"].get("sop-0.item")


def test_patterns_are_kept_beside_the_cases_and_found_again(
    tmp_path: Path, monkeypatch: Any
) -> None:
    book = wide_rulebook(8, [6, 4], 1)
    table = Table(book, "listing", TODAY)
    out = FolderWriter(tmp_path / "mapped")
    draw = np.random.default_rng(1)
    from brightline.backtesting.coded import FactColumn

    for column in table.columns:
        numbers = np.array([0.1, 1.5, 3.0]) if column.numeric else None
        count = 3 if column.numeric else column.atoms
        codes = draw.integers(0, count + 2, 500).astype(np.uint8)
        out.fact(column.key, FactColumn(codes, () if column.numeric else column.options, numbers))
    out.finish("listing", pa.chunked_array([[str(n) for n in range(500)]]), {})
    folder = Folder.open(tmp_path / "mapped")
    fresh = Patterns.by(folder.cases, table)
    assert np.array_equal(folder.patterns(table).of, fresh.of)
    monkeypatch.setattr(mapped, "numbered", None)
    again = Folder.open(tmp_path / "mapped").patterns(table)
    assert np.array_equal(again.of, fresh.of)
    assert np.array_equal(again.grouped.counts, fresh.grouped.counts)
