"""Tables beside the rules: the newest of a name is read, a bad name told, no version changed."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import use
from brightline.rulebook.canonical import digest
from brightline.rulebook.laws import check
from brightline.rulebook.reading import read
from brightline.rulebook.reading import tables as reading_tables

from .planted import good_copy, problems_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good rulebook with a table `prices` declared."""
    copy = good_copy(tmp_path)
    head = copy / "rulebook.yaml"
    declared = "tables:\n  prices: {title: {vi: Bảng giá, en: Prices}}\nactions:\n"
    head.write_text(head.read_text("utf-8").replace("actions:\n", declared, 1), "utf-8")
    (copy / "tables").mkdir()
    return copy


def put(folder: Path, name: str, data: bytes = b"x\n") -> None:
    (folder / "tables" / name).write_bytes(data)


def test_the_newest_table_of_a_name_is_read(folder: Path) -> None:
    put(folder, "prices.2026-11-20.csv", b"new\n")
    put(folder, "prices.2026-09-30.csv", b"old\n")
    table = read(folder).data["prices"]
    assert (table.data, table.dated) == (b"new\n", "prices.2026-11-20")
    assert table.file == "tables/prices.2026-11-20.csv"


def test_a_declared_table_may_have_no_rows_yet(folder: Path) -> None:
    book = read(folder)
    assert (list(book.tables), book.data) == (["prices"], {})


def test_another_days_table_is_the_same_version_of_the_rules(folder: Path) -> None:
    before = digest(read(folder))
    put(folder, "prices.2026-11-20.csv")
    assert digest(read(folder)) == before


def test_the_rows_travel_with_the_rulebook_to_other_processes(folder: Path) -> None:
    put(folder, "prices.2026-11-20.csv")
    book = read(folder)
    assert pickle.loads(pickle.dumps(book)).data == book.data


@pytest.mark.parametrize(
    "name",
    ["prices.csv", "prices.2026-02-31.csv", "prices.20261120.csv", "giá.2026-11-20.csv",
     "prices.2026-11-20.old.csv", "9prices.2026-11-20.csv"],
)  # fmt: skip
def test_a_name_that_tells_no_day_is_told_with_how_to_write_it(folder: Path, name: str) -> None:
    put(folder, name)
    with use("en"):
        (problem,) = problems_of(folder)
    assert (problem.code, problem.file) == ("BL-404", str(folder / "tables" / name))
    assert problem.hint == "name it like tables/prices.2026-11-20.csv"
    with use("vi"):
        assert problems_of(folder)[0].message == "tên bảng này không ghi ngày"


def test_a_table_that_is_too_large_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_tables, "LARGEST_FILE", 10)
    put(folder, "prices.2026-11-20.csv", b"x" * 11)
    assert [problem.code for problem in problems_of(folder)] == ["BL-102"]


def test_a_table_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "tables" / "prices.2026-11-20.csv").mkdir()
    assert [problem.code for problem in problems_of(folder)] == ["BL-101"]


def test_files_of_an_editor_are_no_tables(folder: Path) -> None:
    put(folder, ".prices.2026-11-20.csv.ab12.part")
    put(folder, "prices.2026-11-20.csv~")
    assert problems_of(folder) == []


def test_a_table_nobody_reads_or_declares_is_found_by_check(folder: Path) -> None:
    put(folder, "costs.2026-11-20.csv")
    with use("en"):
        problems = check(folder, date(2026, 11, 25)).problems
    found = [problem.message for problem in problems if problem.code == "BL-528"]
    assert found == ["no signal reads the table prices", "no table costs is declared"]
