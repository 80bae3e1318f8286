"""A row that cannot be used goes to OUT.rejected.jsonl with its number and why; the rest goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from .shop import MAP, ROWS, read, rejected, screened, shop, sop, write

GOOD = '{"code": "A1", "name": "hàng giả"}'


def lines_screened(tmp_path: Path, *lines: bytes, mapping: Any = MAP) -> list[dict[str, Any]]:
    """What is said of the lines of a jsonl file that are turned away."""
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    screened(tmp_path / "cases.jsonl", tmp_path / "out.jsonl", mapping=mapping)
    return rejected(tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "the line is not JSON from column"),
        (b"[1]", "the line is not a JSON object"),
        (b'"x"', "the line is not a JSON object"),
        (b'{"code": NaN}', "the line holds a number that JSON does not have, or a huge one"),
        (b"9" * 5000, "the line holds a number that JSON does not have, or a huge one"),
        (b"[" * 100_000, "the line is nested too deep"),
        (b'{"name": "\xff"}', "the row is not valid UTF-8"),
        (b'{"name": "\\ud800"}', "name holds half a character"),
        (b'{"code": "\\ud800"}', "id holds half a character"),
        (b'{"what": "tank"}', "item has no option 'tank'"),
        (b'{"what": 3}', "item takes an option, not 3"),
        (b'{"what": ["vape"]}', "item takes an option, not ['vape']"),
        (b'{"name": "' + b"x" * (4 << 20) + b'"}', "the line is longer than 4 MB"),
    ],
)
def test_a_bad_line_is_rejected_with_the_reason(tmp_path: Path, line: bytes, reason: str) -> None:
    (said,) = lines_screened(tmp_path, GOOD.encode(), b"", line, GOOD.encode())
    assert said["reason"].startswith(reason)
    assert (said["row"], said["line"]) == (2, 3)
    assert len(said["raw"]) < 1100
    assert [row["action"] for row in read(tmp_path / "out.jsonl")] == ["remove", "remove"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"facts": {"itme": "vape"}}', "no fact named itme for a listing"),
        (b'{"facts": [1]}', "facts is not an object of names and values"),
        (b'{"attributes": "x"}', "attributes is not an object of names and values"),
        (b'{"subject": "lsiting"}', "no subject named lsiting: did you mean listing?"),
        (b'{"subject": 5}', "no subject named 5"),
        (b'{"facts": {"price": -1}}', "-1 is outside the range of price: 0 to 1000000000"),
        (b'{"facts": {"price": 1, "fakes.price": 1}}', "the fact price is given twice"),
        (b'{"attributes": {"created_at": "h\xc3\xb4m qua"}}', "created_at is no date: hôm qua"),
        (b'{"attributes": {"created_at": 20260101}}', "created_at is no date: 20260101"),
    ],
)
def test_a_case_that_decide_would_refuse_is_rejected(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    (said,) = lines_screened(tmp_path, b"{}", line, mapping=None)
    assert said["row"] == 2
    assert said["reason"].startswith(reason)


def test_a_fact_of_another_subject_is_rejected(tmp_path: Path) -> None:
    own = sop(
        "stars",
        "review",
        facts={"stars": {"kind": "number"}},
        clauses=[{"id": "S-1", "title": {"vi": "x"}, "otherwise": "yes", "action": "allow"}],
    )
    cases = [
        {"subject": "review", "facts": {"stars": 3}},
        {"subject": "listing", "facts": {"stars": 3}},
        {"subject": "listing", "facts": {"stars": None}},
    ]
    for given in ("jsonl", "parquet"):
        path = write(tmp_path / f"cases.{given}", cases)
        screened(path, tmp_path / "out.jsonl", shop(own, subjects=("listing", "review")))
        assert [row["row"] for row in rejected(tmp_path / "out.jsonl")] == [2]
        assert [row["id"] for row in read(tmp_path / "out.jsonl")] == ["1", "3"]


def test_ragged_and_broken_csv_rows_are_rejected(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_bytes(
        b"code,name,vnd,what,paper\n"
        b"A1,Pod,1,vape,yes\n"
        b"A2,Pod\n"
        b"A3,Pod,1,vape,yes,6\n"
        b"\n"
        b"A4,\xff\xfe,1,vape,yes\n"
        b"A5,Pod,cheap,vape,yes\n"
        b"A6,Pod,1,tank,yes\n"
        b'A7,"Pod\nsingle, use",1,vape,TRUE\n'
        b"A8,Pod,1,vape,yes"
    )
    screened(cases, tmp_path / "out.jsonl", mapping=MAP)
    assert [row["id"] for row in read(tmp_path / "out.jsonl")] == ["A1", "A5", "A7", "A8"]
    assert [(r["row"], r["line"], r["reason"].split(":")[0]) for r in rejected(tmp_path / "out.jsonl")] == [
        (2, 3, "the row has 2 cells, the header 5"),
        (3, 4, "the row has 6 cells, the header 5"),
        (4, 6, "the row is not valid UTF-8"),
        (6, 8, "item has no option 'tank'"),
    ]  # fmt: skip


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    head = b'code,name\nA1,ok\nA2,"never closed\n'
    cases.write_bytes(head + b"".join(b"B%d,ok\n" % n for n in range(200_000)))
    summary = screened(cases, tmp_path / "out.jsonl", mapping={"id": "code"}, workers=1)
    (said,) = rejected(tmp_path / "out.jsonl")
    assert (said["row"], said["line"]) == (2, 3)
    assert "is a quotation mark never closed?" in said["reason"]
    assert summary.decided == 200_001


def test_parquet_values_that_are_none_are_rejected(tmp_path: Path) -> None:
    columns = {
        "code": pa.array(["A1", "A2", "A3"]),
        "name": pa.array([b"hang", b"\xff", b"hang"]).view(pa.string()),
        "created": pa.array([0, 0, 2**60], pa.timestamp("ms")),
        "price": pa.array([1.0, 2.0, 3.0]),
    }
    pq.write_table(pa.table(columns), tmp_path / "cases.parquet")
    mapping = {"id": "code", "time": "created", "attributes": {"title": "name"}}
    screened(tmp_path / "cases.parquet", tmp_path / "out.jsonl", mapping=mapping)
    said = rejected(tmp_path / "out.jsonl")
    assert [(row["row"], row["reason"]) for row in said] == [
        (2, "name is not valid UTF-8"),
        (3, "created holds a value that cannot be read"),
    ]
    assert [row["id"] for row in read(tmp_path / "out.jsonl")] == ["A1"]


def test_nan_is_no_number(tmp_path: Path) -> None:
    table = pa.table({"price": pa.array([1.0, float("nan"), None])})
    pq.write_table(table, tmp_path / "cases.parquet")
    mapping = {"facts": {"price": "price"}}
    screened(tmp_path / "cases.parquet", tmp_path / "out.jsonl", mapping=mapping)
    assert [row["row"] for row in rejected(tmp_path / "out.jsonl")] == [2]


def test_all_rows_rejected_leave_an_empty_output(tmp_path: Path) -> None:
    for wanted in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"out.{wanted}"
        summary = screened(write(tmp_path / "c.jsonl", [{"what": "tank"}]), out, mapping=MAP)
        assert read(out) == []
        assert (summary.rows, summary.decided, summary.rejected) == (1, 0, 1)
        assert summary.rejected_output == f"{out}.rejected.jsonl"


def test_the_rows_stay_in_order_around_what_is_rejected(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "code": f"A{n}", "what": "tank" if n % 3 else "phone"} for n in range(9000)]
    screened(write(tmp_path / "cases.csv", rows), tmp_path / "out.csv", mapping=MAP)
    assert [r["id"] for r in read(tmp_path / "out.csv")] == [f"A{n}" for n in range(0, 9000, 3)]
    assert [r["row"] - 1 for r in rejected(tmp_path / "out.csv")] == [
        n for n in range(9000) if n % 3
    ]
