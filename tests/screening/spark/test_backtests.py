"""A back-test in partitions, by Spark or not, is the back-test of all the rows at once."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from brightline.backtesting.by_spark import Task, backtest_with_spark, counted
from brightline.backtesting.grouping import By
from brightline.backtesting.kit import Kit, Wanted
from brightline.backtesting.report import VersionNames, report
from brightline.backtesting.results import Backtest
from brightline.backtesting.run import backtest
from brightline.backtesting.sampling import Keeper
from brightline.backtesting.shares import add_share
from brightline.rulebook.model import Rulebook
from brightline.screening.mapping import mapping_of
from brightline.screening.spark.task import NUMBER, column_name
from tests.backtesting.edits import edited, with_clauses, with_sops
from tests.screening.shop import MAP, ROWS, TODAY, shop

NAMES = VersionNames("old", "new")
MAPPING = mapping_of({**MAP, "time": "day"})
BY = By("shelf", "shop", "human")


def rows(count: int) -> pa.Table:
    """Rows of every kind, in groups, some of them decided by people, one in fifty unusable."""
    made: list[dict[str, Any]] = []
    for n in range(count):
        row = {
            **ROWS[n * 7 % 6],
            "code": f"A{n}",
            "vnd": [500, 900, 5000, None][n % 4],
            "shelf": ["bags", "shoes", None][n * n % 3],
            "shop": f"s{n % 5}",
            "day": (date(2026, 1, 1) + timedelta(days=n % 40)).isoformat(),
            "human": [None, "allow", "remove", "escalate", "no such"][n % 5],
        }
        made.append(row)
    return pa.Table.from_pylist(made)


def stricter(book: Rulebook) -> Rulebook:
    """A low price alone is enough, and fakes weigh more."""
    fakes, vapes = book.sops
    first, second, rest = fakes.clauses
    first = first.model_copy(update={"points": 20})
    second = second.model_copy(update={"when": ({"price": "< 1000"},)})
    return with_sops(book, with_clauses(fakes, [first, second, rest]), vapes)


def whole(old: Rulebook, new: Rulebook, table: pa.Table, path: Path) -> dict[str, Any]:
    """What one process says of all rows."""
    pq.write_table(table, path)
    return plain(backtest(old, new, path, names=NAMES, mapping=MAPPING, by=BY, as_of=TODAY))


def plain(found: Backtest) -> dict[str, Any]:
    return {**found.to_json(), "seconds": 0}


def in_parts(old: Rulebook, new: Rulebook, table: pa.Table, cuts: Sequence[int]) -> dict[str, Any]:
    """The same in partitions that are counted each by itself and added up in another order."""
    wanted = Wanted(old, new, TODAY, MAPPING, BY)
    task = Task(f"{id(table)}-{id(new)}", wanted, table.schema, tuple(table.column_names), "en")
    named = table.rename_columns([column_name(at) for at in range(table.num_columns)])
    named = named.append_column(NUMBER, pa.array(range(1, table.num_rows + 1)))
    ends = [*cuts, table.num_rows]
    shares = []
    for start, end in reversed(list(zip([0, *cuts], ends, strict=True))):
        batches = named.slice(start, end - start).to_batches(max_chunksize=97)
        shares.append(pickle.loads(pickle.dumps(counted(task, iter(batches)))))
    kit = Kit.of(wanted)
    keeper = Keeper(kit.pairs)
    for share in sorted(shares, key=lambda share: share.first):
        add_share(share, kit.pairs, kit.states, kit.reader.names, keeper)
    kit.tables.sum_up()
    refused = [one for share in sorted(shares, key=lambda s: s.first) for one in share.refusals]
    assert sum(share.rows for share in shares) == table.num_rows
    return plain(
        report(
            kit.tables, NAMES, TODAY, keeper.effort(), keeper.telling(), 0,
            sum(share.refused for share in shares), refused[:20],
        )
    )  # fmt: skip


@pytest.mark.parametrize("cuts", [[], [1], [300, 301, 850]])
def test_parts_add_up_to_the_whole(tmp_path: Path, cuts: list[int]) -> None:
    table = rows(1000)
    expected = whole(shop(), stricter(shop()), table, tmp_path / "all.parquet")
    assert in_parts(shop(), stricter(shop()), table, cuts) == expected
    assert expected["effort"]
    assert expected["telling"]
    assert len(expected["groups"]) == 3
    assert expected["agreement"]


@pytest.mark.parametrize("seed", range(5))
def test_parts_add_up_after_random_edits(tmp_path: Path, seed: int) -> None:
    table = rows(200)
    new = edited(shop(), seed, 3)
    expected = whole(shop(), new, table, tmp_path / "all.parquet")
    found = in_parts(shop(), new, table, [50, 120])
    assert found == expected


def test_rows_that_cannot_be_read_are_counted_once(tmp_path: Path) -> None:
    table = rows(300)
    what = table.column("what").to_pylist()
    for n in range(0, 300, 50):
        what[n] = "tank"
    table = table.set_column(table.column_names.index("what"), "what", pa.array(what))
    expected = whole(shop(), stricter(shop()), table, tmp_path / "all.parquet")
    found = in_parts(shop(), stricter(shop()), table, [100, 200])
    sampled = ("effort",)  # which cases are questioned goes by the numbers of the rows
    assert {k: v for k, v in found.items() if k not in sampled} == {
        k: v for k, v in expected.items() if k not in sampled
    }
    assert found["refused"] == 6
    assert found["refusals"][1]["row"] == 51


@pytest.mark.slow
def test_spark_says_what_one_machine_says(spark: Any, tmp_path: Path) -> None:
    table = rows(1000)
    expected = whole(shop(), stricter(shop()), table, tmp_path / "all.parquet")
    folder = tmp_path / "cases"
    folder.mkdir()
    for n, start in enumerate((0, 300, 301, 850)):
        end = (300, 301, 850, 1000)[n]
        pq.write_table(table.slice(start, end - start), folder / f"{n}.parquet")
    seen: list[Any] = []
    found = backtest_with_spark(
        shop(), stricter(shop()), str(folder), names=NAMES, mapping=MAPPING, by=BY, as_of=TODAY,
        progress=seen.append,
    )  # fmt: skip
    assert plain(found) == expected
    assert seen[-1] == (1000, 1.0)
