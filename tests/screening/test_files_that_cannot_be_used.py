"""A file that is not what it claims to be is refused at once, in words, and nothing is written."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from brightline.screening.errors import UnusableCases

from .shop import MAP, ROWS, read, screened, shop, write

HEADER = b"code,name,vnd,what,paper\n"
GZIP, BOMB = gzip.compress(HEADER, mtime=0), gzip.compress(bytes(10**7), mtime=0)


def refused(cases: Path, out: Path | None = None, **options: Any) -> str:
    """Why a screening is refused: message and hint."""
    before = sorted(cases.parent.iterdir())
    with pytest.raises(UnusableCases) as caught:
        screened(cases, out or cases.with_name("out.jsonl"), **{"mapping": MAP, **options})
    assert sorted(cases.parent.iterdir()) == before
    return f"{caught.value.message}; {caught.value.hint}"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cases.csv", b"", "cases.csv has no header that can be read"),
        ("cases.csv", b"\n\n", "cases.csv has no header that can be read"),
        ("cases.csv", b"\xff\xfea\x00", "cases.csv is written in UTF-16; save it as UTF-8"),
        ("cases.csv", b"t\xean,gi\xe1\n", "cases.csv has no header that can be read"),
        ("cases.csv", b"name,name\nx,y\n", "cases.csv has two columns named name"),
        ("cases.csv", b"x" * (2 << 20), "cases.csv has no header that can be read"),
        ("cases.csv", GZIP, "cases.csv is compressed; unpack it first"),
        ("cases.jsonl", BOMB, "cases.jsonl is compressed; unpack it first"),
        ("cases.csv", b"PK\x03\x04rest", "cases.csv is compressed"),
        ("cases.csv.gz", GZIP, "cases.csv.gz is compressed; unpack it first"),
        ("cases.xlsx", b"PK\x03\x04", "cases.xlsx is a spreadsheet; save it as CSV (UTF-8)"),
        ("cases.txt", HEADER, "cases.txt: a file of cases ends in .csv, .jsonl or .parquet"),
        ("cases", HEADER, "cases: a file of cases ends in .csv, .jsonl or .parquet"),
        ("cases.parquet", b"", "cases.parquet is no Parquet file that can be read"),
        ("cases.parquet", b"PAR1" + bytes(100) + b"PAR1", "cases.parquet is no Parquet file"),
    ],
)
def test_a_file_of_another_kind(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name).startswith(reason)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refused(tmp_path / "cases.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read: Is a directory" in refused(tmp_path / "folder.csv")


def test_a_parquet_file_that_is_damaged_inside(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.parquet", [{**ROWS[0], "code": f"A{n}"} for n in range(30_000)])
    content = bytearray(path.read_bytes())
    content[60_000:70_000] = bytes(10_000)
    path.write_bytes(content)
    assert "is damaged after row" in refused(path)


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"a": 1}]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int8())),
        pa.array([[["a"]]]),
        pa.array([1], pa.duration("s")),
    ],
)
def test_a_column_of_a_type_that_no_attribute_has(tmp_path: Path, column: pa.Array[Any]) -> None:
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"name": column, "unused": column}), path)
    said = refused(path, mapping={"attributes": {"title": "name"}})
    assert said.startswith("the column name is of type")
    screened(path, tmp_path / "out.jsonl", mapping={"constants": {"title": "x"}})
    assert len(read(tmp_path / "out.jsonl")) == 1


def test_two_parquet_columns_of_one_name(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["name", "name"])
    pq.write_table(table, tmp_path / "cases.parquet")
    said = refused(tmp_path / "cases.parquet", mapping={"attributes": {"title": "name"}})
    assert said.startswith("cases.parquet has two columns named name")


def test_cases_that_do_not_say_what_they_are_about(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", [{"title": "x"}])
    book = shop(subjects=("listing", "review"))
    assert refused(path, rulebook=book, mapping=None).startswith("no column says what the cases")


def test_facts_that_no_case_has(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.parquet", [{"facts": {"itme": "vape"}}])
    assert refused(path, mapping=None) == "no fact named itme; did you mean item?"


def test_decisions_are_never_written_over_the_cases(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", ROWS)
    assert "written over the cases" in refused(path, path)
    again = write(tmp_path / "out.csv.rejected.jsonl", ROWS)
    assert "written over the cases" in refused(again, tmp_path / "out.csv")


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", ROWS)
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv cannot be written: Is a directory" in refused(path, tmp_path / "folder.csv")
    assert "cannot be written" in refused(path, tmp_path / "none" / "out.csv")
    assert "ends in .csv, .jsonl or .parquet" in refused(path, tmp_path / "out.xls2")


def test_files_without_a_row(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_bytes(b"\n\n")
    (tmp_path / "cases.csv").write_bytes(HEADER)
    schema = pa.schema([(name, pa.string()) for name in ROWS[0]])
    pq.write_table(schema.empty_table(), tmp_path / "cases.parquet")
    for given in ("csv", "jsonl", "parquet"):
        summary = screened(tmp_path / f"cases.{given}", tmp_path / "out.parquet", mapping=MAP)
        assert read(tmp_path / "out.parquet") == []
        assert (summary.rows, summary.actions) == (0, {})


def test_csv_as_spreadsheets_write_it(tmp_path: Path) -> None:
    """A byte order mark, semicolons, Windows line ends."""
    text = "code;name;what\r\nA1;hàng giả;phone\r\n"
    (tmp_path / "cases.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    mapping = {"id": "code", "attributes": {"title": "name"}, "facts": {"item": "what"}}
    screened(tmp_path / "cases.csv", tmp_path / "out.jsonl", mapping=mapping)
    assert read(tmp_path / "out.jsonl")[0]["action"] == "remove"


def test_huge_cells_and_null_characters_are_only_text(tmp_path: Path) -> None:
    rows = [{"name": "x" * 900_000 + " hàng giả"}, {"name": "hàng\0 giả"}, {"name": "x"}]
    for given in ("csv", "jsonl", "parquet"):
        cases = write(tmp_path / f"cases.{given}", rows)
        mapping = {"attributes": {"title": "name"}, "constants": {"item": "phone"}}
        screened(cases, tmp_path / "out.jsonl", mapping=mapping)
        actions = [row["action"] for row in read(tmp_path / "out.jsonl")]
        assert actions[0] == "remove"
        assert len(actions) == 3
