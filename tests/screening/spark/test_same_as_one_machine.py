"""What Spark decides of a folder is what one machine decides of the same rows in one file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from brightline.cli import cli
from brightline.paths import bundled_rulebook
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import mapping_of
from brightline.screening.screen import Progress
from brightline.screening.spark import rejecting
from brightline.screening.spark.files import Files
from brightline.screening.spark.screen import screen_with_spark
from brightline.screening.summary import Summary
from tests.screening.shop import MAP, ROWS, TODAY, clause, rejected, screened, shop, sop, write

from .comparing import same_figures, sorted_rows

pytestmark = pytest.mark.slow


def by_spark(cases: Path, out: Path, mapping: Any = MAP, book: Any = None, **more: Any) -> Summary:
    plan = None if mapping is None else mapping_of(mapping)
    return screen_with_spark(
        book or shop(), str(cases), str(out), mapping=plan, as_of=TODAY, **more
    )


def folder(path: Path, *tables: pa.Table) -> Path:
    path.mkdir()
    for number, table in enumerate(tables):
        pq.write_table(table, path / f"{number:03}.parquet", row_group_size=50)
    return path


def agree(tmp_path: Path, book: Any, whole: pa.Table, cuts: Sequence[int], mapping: Any) -> Summary:
    """Both engines on the same rows: for Spark cut into files. Returns Spark's summary."""
    pq.write_table(whole, tmp_path / "one.parquet")
    ends = [*cuts, whole.num_rows]
    parts = [whole.slice(a, b - a) for a, b in zip([0, *cuts], ends, strict=True)]
    cases = folder(tmp_path / "cases", *parts)
    local = tmp_path / "local.parquet"
    expected = screened(tmp_path / "one.parquet", local, book, mapping, facts=True)
    found = by_spark(cases, tmp_path / "out", mapping, book, facts=True)
    same_figures(found, expected)
    assert sorted_rows(tmp_path / "out") == sorted_rows(local)
    plain = [{k: row[k] for k in ("row", "reason", "raw")} for row in rejected(tmp_path / "out")]
    assert plain == rejected(local)
    return found


def test_raw_attributes_given_facts_and_bad_rows(spark: Any, tmp_path: Path) -> None:
    rows = [{**ROWS[n % 6], "code": f"A{n}" if n % 7 else None} for n in range(600)]
    for n in range(0, 600, 50):
        rows[n]["what"] = "tank"
    found = agree(tmp_path, shop(), pa.Table.from_pylist(rows), [100, 101, 420], MAP)
    assert (found.decided, found.rejected) == (588, 12)
    told = rejected(tmp_path / "out")
    assert [(r["row"], r["file"], r["row_in_file"]) for r in told[:4]] == [
        (1, "000.parquet", 1), (51, "000.parquet", 51), (101, "001.parquet", 1),
        (151, "002.parquet", 50),
    ]  # fmt: skip
    assert found.rejected_output == str(tmp_path / "out.rejected.jsonl")
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]


def kinds() -> dict[str, pa.Array]:
    """A column of every type that a case's column may have, six values each."""
    hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    begin = datetime(2026, 6, 29, 17, 30, tzinfo=UTC)
    times = [begin + timedelta(minutes=15 * n) for n in range(5)]
    days = [date(2026, 6, 28) + timedelta(days=n) for n in range(5)]
    numbers = [3, 900, 1200, 5, 0, None]
    return {
        "hanoi_us": pa.array([*times, None], pa.timestamp("us", hanoi.key)),
        "utc_ns": pa.array([*times, None], pa.timestamp("ns", "UTC")),
        "naive_ns": pa.array([*[t.replace(tzinfo=None) for t in times], None], pa.timestamp("ns")),
        "naive_ms": pa.array([*[t.replace(tzinfo=None) for t in times], None], pa.timestamp("ms")),
        "day": pa.array([*days, None], pa.date32()),
        "day_as_text": pa.array([*[d.isoformat() for d in days], None]),
        "u8": pa.array([3, 200, 120, 5, 0, None], pa.uint8()),
        "u64": pa.array([3, 2**64 - 1, 1200, 5, 0, None], pa.uint64()),
        "i64": pa.array(numbers, pa.int64()),
        "f32": pa.array(numbers, pa.float32()),
        "money": pa.array(
            [*map(Decimal, ["3.10", "900", "1200", "5", "0"]), None], pa.decimal128(12, 2)
        ),
        "category": pa.array(["Hàng giả", "b", "b", "Hàng giả", "c", None]).dictionary_encode(),
        "bytes": pa.array([b"H\xc3\xa0ng gi\xe1\xba\xa3", b"\xff", b"c", b"", b"x", None]),
        "words": pa.array([["Hàng giả"], [], ["a", None], ["b", "c"], [""], None]),
        "nothing": pa.nulls(6),
    }


def dated() -> Any:
    """A rulebook in which the day of a case matters."""
    late = sop("late", clauses=[clause("L-1", None, "remove")], **{"from": "2026-06-30"})
    return shop(late)


PARTS = {
    "time": ("hanoi_us", "utc_ns", "naive_ns", "naive_ms", "day", "day_as_text"),
    "id": ("u8", "u64", "i64", "f32", "money", "hanoi_us", "bytes", "nothing"),
    "cost": ("u64", "f32", "money"),
    "title": ("category", "bytes", "nothing"),
    "tags": ("words",),
}


def test_columns_of_every_type(spark: Any, tmp_path: Path) -> None:
    """Each type in each part of a case, in files of their own, all in one run of Spark."""
    facts = {"subject": "listing", "facts": {"item": "what"}}
    for part, names in PARTS.items():
        for name in names:
            own = {"time": {"time": name}, "id": {"id": name}}
            mapping = {**facts, **own.get(part, {"attributes": {part: name}})}
            place = tmp_path / f"{part}-{name}"
            place.mkdir()
            what = ["phone", "vape", "other", "phone", "vape", None]
            agree(place, dated(), pa.table({name: kinds()[name], "what": what}), [2], mapping)


def test_names_alone_structs_and_columns_that_stand_in_folders(spark: Any, tmp_path: Path) -> None:
    rows = [
        {
            "id": f"x{n}",
            "attributes": {"title": ["Hàng giả", "Pod", None][n % 3], "cost": 900 + n,
                           "created_at": datetime(2026, 6, 29, 18, n % 60, tzinfo=UTC)},
            "facts": {"item": "vape" if n % 2 else None},
        }
        for n in range(40)
    ]  # fmt: skip
    whole = pa.Table.from_pylist(rows)
    agree(tmp_path, dated(), whole, [10, 30], None)
    parted = tmp_path / "parted"
    for number, licensed in enumerate(("yes", "no")):
        place = parted / f"licensed={licensed}" / "day=01"
        place.mkdir(parents=True)
        pq.write_table(whole.slice(20 * number, 20), place / "p.parquet")
    found = by_spark(parted, tmp_path / "parted-out", None, dated(), facts=True)
    told = whole.append_column("licensed", pa.array(["yes"] * 20 + ["no"] * 20))
    told = told.take([*range(20, 40), *range(20)])  # files go by their names: no before yes
    pq.write_table(told, tmp_path / "told.parquet")
    local = tmp_path / "told-out.parquet"
    same_figures(found, screened(tmp_path / "told.parquet", local, dated(), facts=True))
    assert sorted_rows(tmp_path / "parted-out") == sorted_rows(local)


def test_the_vietnam_rulebook_on_its_own_cases(spark: Any, tmp_path: Path) -> None:
    """Text signals and all: through the command, in Vietnamese."""
    lines = [
        json.loads(line)
        for path in sorted((bundled_rulebook() / "cases").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    names = ("title", "description", "category", "created_at")
    rows = [
        {
            "id": c["id"],
            "subject": c["subject"],
            **{n: c["attributes"].get(n) for n in names},
            "off-platform-listing.for_warranty": ("yes", None)[n % 2]
            if c["subject"] == "listing"
            else None,
        }
        for n, c in enumerate(lines)
    ]
    cases = folder(tmp_path / "cases", *(pa.Table.from_pylist(rows[n::3]) for n in range(3)))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "one.parquet")
    told = []
    for engine, name in (("spark", cases), ("local", tmp_path / "one.parquet")):
        words = ["--lang", "vi", "screen", str(bundled_rulebook()), str(name), "-o",
                 str(tmp_path / f"{engine}.parquet"), "--engine", engine, "--format", "json",
                 "--as-of", "2026-11-25", "--facts"]  # fmt: skip
        result = CliRunner().invoke(cli, words)
        assert result.exit_code == 0, result.output
        told.append(json.loads(result.stdout))
    for one in told:
        del one["seconds"], one["rows_per_second"], one["output"]
    assert told[0] == told[1]
    assert sorted_rows(tmp_path / "spark.parquet") == sorted_rows(tmp_path / "local.parquet")


def test_where_no_row_can_be_decided_the_columns_are_there(spark: Any, tmp_path: Path) -> None:
    cases = write(tmp_path / "cases.parquet", [{**ROWS[0], "what": "tank"}] * 5)
    found = by_spark(cases, tmp_path / "out", facts=True)
    assert (found.decided, found.rejected) == (0, 5)
    assert pq.read_table(tmp_path / "out").column_names[:3] == ["id", "action", "determined"]
    assert "file" not in rejected(tmp_path / "out")[0]


def test_many_rejected_rows_are_sorted_by_the_executors(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejecting, "_MOST_HERE", 3)
    monkeypatch.setattr(rejecting, "_BLOCK", 200)
    bad = pa.Table.from_pylist([{**ROWS[0], "code": f"{n}", "what": "tank"} for n in range(30)])
    by_spark(folder(tmp_path / "cases", bad.slice(0, 9), bad.slice(9)), tmp_path / "out")
    assert [row["row"] for row in rejected(tmp_path / "out")] == list(range(1, 31))


def test_what_cannot_be_used_is_told_and_nothing_is_left(spark: Any, tmp_path: Path) -> None:
    good = pa.Table.from_pylist(ROWS)
    text = good.set_column(2, "vnd", pa.array(["1"] * 6))
    odd = good.set_column(1, "name", pa.array([[("a", 1)]] * 6, pa.map_(pa.string(), pa.int64())))
    one = folder(tmp_path / "one", good)
    (tmp_path / "none").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.parquet").write_bytes(b"PAR1 no")
    (tmp_path / "there").mkdir()
    before = {path.name for path in tmp_path.iterdir()} | {"two", "odd"}
    for cases, out, said in (
        (folder(tmp_path / "two", good, text), "out", "vnd is of type int64 in 000.parquet"),
        (folder(tmp_path / "odd", odd), "out", "the column name is of type map<string, int64"),
        (tmp_path / "none", "out", "there is no Parquet file"),
        (tmp_path / "missing", "out", "there is no"),
        (tmp_path / "broken", "out", "a.parquet is no Parquet file that can be read"),
        (one, "there", "is there already"),
        (one, "out.csv", "with --engine spark cases and decisions are Parquet"),
    ):
        with pytest.raises(UnusableCases) as caught:
            by_spark(cases, tmp_path / out)
        assert said in caught.value.message, (cases, caught.value.message)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_an_interrupted_run_leaves_nothing(spark: Any, tmp_path: Path) -> None:
    table = pa.Table.from_pylist(ROWS)
    cases = folder(tmp_path / "cases", table, table)

    def stop(_progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_spark(cases, tmp_path / "out", progress=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"cases"}
    seen: list[Progress] = []
    by_spark(cases, tmp_path / "out", progress=seen.append)
    assert seen[-1] == (12, 1.0)
    assert seen == sorted(seen)


def test_a_row_that_is_lost_is_noticed(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that shrinks after its footer was read: the counts do not agree, nothing is kept."""
    from brightline.screening.spark import screen as driver

    cases = folder(tmp_path / "cases", pa.Table.from_pylist(ROWS), pa.Table.from_pylist(ROWS))
    look = driver.source_of

    def shrinks(*args: Any) -> Any:
        found = look(*args)
        pq.write_table(pa.Table.from_pylist(ROWS[:4]), cases / "001.parquet")
        return found

    monkeypatch.setattr(driver, "source_of", shrinks)
    with pytest.raises(UnusableCases, match="of 12 rows 10 were decided and 10 written"):
        by_spark(cases, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"cases"}


def test_a_file_that_only_java_reaches_is_read_as_any(spark: Any, tmp_path: Path) -> None:
    path = tmp_path / "a b%20.parquet"
    pq.write_table(pa.table({"n": range(100_000)}), path)
    with Files(spark).remote(path.as_uri()) as file:
        assert pq.ParquetFile(file).metadata.num_rows == 100_000
        file.seek(0)
        assert file.read() == path.read_bytes()
