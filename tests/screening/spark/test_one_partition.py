"""What an executor makes of its rows, without Spark: decisions, rejected rows and a tally."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from brightline import i18n
from brightline.screening.batches import Job
from brightline.screening.counting import Counts
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import mapping_of
from brightline.screening.planning import plan_of
from brightline.screening.reading import Rejected
from brightline.screening.spark.failing import Failed, unusable
from brightline.screening.spark.tallies import Tally, added_up
from brightline.screening.spark.task import (
    DECIDED,
    KIND,
    NUMBER,
    REJECTED,
    TALLY,
    Task,
    column_name,
    decided,
    line_of,
)
from brightline.screening.spark.types import as_in_file
from tests.screening.shop import ACTIONS, MAP, ROWS, TODAY, shop


def task(columns: pa.Schema, **more: Any) -> Task:
    """The work on columns as `MAP` has them."""
    plan = plan_of(shop(), mapping_of(MAP), columns.names)
    job = Job(shop(), plan, tuple(columns.names), TODAY)
    return Task("test", job, columns, **{"language": "en", **more})


def batches(rows: Sequence[dict[str, Any]], size: int) -> list[pa.RecordBatch]:
    """Rows as they come from Spark, each with its number."""
    made = pa.Table.from_pylist(list(rows))
    numbers = pa.array(range(1, len(rows) + 1))
    named = made.rename_columns([column_name(at) for at in range(made.num_columns)])
    return named.append_column(NUMBER, numbers).to_batches(max_chunksize=size)


COLUMNS = pa.Table.from_pylist(ROWS).schema


def run(rows: Sequence[dict[str, Any]], size: int, **more: Any) -> dict[int, list[str]]:
    """The texts in the column `id`, by kind."""
    made = batches(rows, size)
    found: dict[int, list[str]] = {DECIDED: [], REJECTED: [], TALLY: []}
    for batch in decided(task(COLUMNS, **more), iter(made)):
        for row in batch.to_pylist():
            found[row[KIND]].append(row["action"] if row[KIND] == DECIDED else row["id"])
    return found


@pytest.mark.parametrize("size", [2, 100])
def test_every_row_leaves_once_and_the_tally_counts_it(size: int) -> None:
    found = run([*ROWS, {**ROWS[0], "what": "tank"}], size)
    assert found[DECIDED] == ACTIONS
    told = [json.loads(line) for line in found[REJECTED]]
    assert [row["row"] for row in told] == [7]
    assert "tank" in told[0]["reason"]
    assert "tank" in told[0]["raw"]
    (tally,) = map(Tally.of_text, found[TALLY])
    assert (tally.first, tally.attempt) == (1, 0)
    assert (tally.counts.decided, tally.counts.rejected) == (6, 1)
    assert tally.counts.by_action == {
        "remove": 1, "allow": 1, "escalate": 1, "edit": 1, "manual_review": 2
    }  # fmt: skip


def test_an_empty_partition_has_a_tally_of_nothing() -> None:
    none: Iterator[pa.RecordBatch] = iter([batches(ROWS, 10)[0].slice(0, 0)])
    (only,) = decided(task(COLUMNS), none)
    assert only.column(KIND).to_pylist() == [TALLY]
    assert Tally.of_text(only.column(0)[0].as_py()) == Tally()


def test_tallies_come_back_from_text_and_add_up() -> None:
    counts = Counts(decided=5, determined=3, rejected=1)
    counts.by_subject["listing", True] = 3
    counts.by_clause["fakes", "F-1", "remove"] = 2
    counts.blocking["price"] = 2
    tally = Tally(4096, 1, counts)
    again = Tally.of_text(tally.to_text())
    assert again == tally
    both = added_up([tally, again])
    assert both.decided == 10
    assert both.by_clause == {("fakes", "F-1", "remove"): 4}


def test_reasons_are_in_the_language_of_the_one_who_asked() -> None:
    told = [
        json.loads(run([{**ROWS[0], "what": "tank"}], 10, language=name)[REJECTED][0])["reason"]
        for name in ("en", "vi")
    ]
    i18n.set_language("en")
    assert told[0] != told[1]


def test_another_version_on_the_executors_is_refused() -> None:
    with pytest.raises(Failed) as caught:
        run(ROWS, 10, version="0.0.1")
    told = unusable(caught.value)
    assert "the driver has 0.0.1" in told.message
    assert told.hint == "install the same version everywhere"


def test_what_an_executor_says_survives_the_stack_that_spark_puts_around_it() -> None:
    error = Failed.of(UnusableCases('a "column" of type map<>', "leave it out"))
    wrapped = RuntimeError(f"Job aborted: Traceback\n  File x\nFailed: {error}\n\tat org.apache…")
    told = unusable(wrapped)
    assert (told.message, told.hint) == ('a "column" of type map<>', "leave it out")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\nModuleNotFoundError: No module named 'brightline'\n", "no module brightline"),
        ('java.io.IOException: Cannot run program "python3.11": error=2', "python3.11"),
        ("[SOME_ERROR] no room on the disk\n\tat org.apache.spark", "no room on the disk"),
    ],
)
def test_what_often_goes_wrong_is_named(text: str, said: str) -> None:
    told = unusable(RuntimeError(text))
    assert said in told.message
    assert told.hint


def test_columns_are_what_pyarrow_reads_from_the_file() -> None:
    utc = datetime(2026, 11, 25, 20, 30, tzinfo=UTC)
    hanoi, naive = pa.timestamp("us", "Asia/Ho_Chi_Minh"), pa.timestamp("us")
    from_spark = pa.array([utc, None], pa.timestamp("us", "UTC"))
    assert as_in_file(from_spark, hanoi)[0].as_py().isoformat() == "2026-11-26T03:30:00+07:00"
    assert as_in_file(from_spark, naive)[0].as_py() == utc.replace(tzinfo=None)
    nanos = pa.array([1_700_000_000_123_456_789], pa.int64())
    assert as_in_file(nanos, pa.timestamp("ns")).cast(pa.int64()) == nanos
    large = pa.array([Decimal(2**64 - 1), None], pa.decimal128(20, 0))
    assert as_in_file(large, pa.uint64()).to_pylist() == [2**64 - 1, None]
    inner = pa.struct([("at", hanoi), ("n", pa.int64())])
    struct = pa.array(
        [{"at": utc, "n": 1}, None],
        pa.struct([("at", pa.timestamp("us", "UTC")), ("n", pa.int64())]),
    )
    made = as_in_file(struct, inner)
    assert made.type == inner
    assert made[1].as_py() is None
    assert made[0].as_py()["at"].isoformat() == "2026-11-26T03:30:00+07:00"


def test_half_a_character_in_a_raw_row_is_still_text() -> None:
    row = Rejected(3, "why", "\ud800")
    assert json.loads(pa.array([line_of(row)])[0].as_py())["raw"] == "\ud800"


def test_numbers_of_rows_need_not_follow_each_other() -> None:
    (made,) = batches([{**row, "code": None} for row in ROWS[:3]], 10)
    made = made.set_column(made.num_columns - 1, NUMBER, pa.array([7, 8, 100]))
    found = list(decided(task(COLUMNS), iter([made])))
    assert found[0].column(0).to_pylist() == ["7", "8", "100"]
    assert np.all(np.asarray(found[0].column(KIND)) == DECIDED)
