"""Mistakes in a workbook are named by sheet and cell, with what was probably meant."""

from __future__ import annotations

import datetime

import pytest

from brightline.exchange.xlsx.writing import to_xlsx
from tests.exchange.conftest import Sheets


@pytest.mark.parametrize(
    ("sheet", "key", "row", "value", "message", "hint"),
    [
        ("vapes", "action", 3, "remov", "there is no action named remov", "did you mean remove?"),
        ("vapes", "points", 3, "many", "many is no whole number", "write digits only"),
        ("vapes", "when.is", 3, "devise", "there is no definition named devise", "device?"),
        ("vapes", "otherwise", 3, "maybe", "maybe is neither yes nor no", "write yes or no"),
        ("vapes", "basis", 3, "res-9", "there is no entry of law.yaml named res-9", "res-1"),
        ("vapes", "title.en", 3, None, "", ""),
        ("vapes", "id", 4, None, "the id of the clause is missing", "another way"),
        ("vapes", "id", 4, "V-1", "the id V-1 is used twice", "an id of its own"),
        ("vapes", "when.item", 4, "heated, other", "several options stand in brackets",
         "[heated, other]"),
        ("vapes", "when.item", 4, "heatd", "no option named heatd", "did you mean heated?"),
        ("vapes", "when.price", 4, "< 50.000", "may mean two numbers", "without grouping"),
        ("vapes", "when.item", 4, "[heated", "is not closed", ""),
        ("vapes", "from", 3, "31/12/2026", "is no date", "2026-06-30"),
        ("Options", "under", 4, "nowhere", "no option nowhere of this fact", "above this one"),
        ("Options", "fact", 3, "itm", "there is no itm", ""),
        ("Facts", "sop", 4, "vape", "there is no vape", "did you mean vapes?"),
        ("Facts", "kind", 4, "choise", "choise is not allowed here", "did you mean choice?"),
        ("Definitions", "condition", 3, "{itm: heated}", "there is no fact named itm", "item"),
        ("Follow-ups", "clause", 3, "V-8", "there is no V-8", "did you mean"),
        ("Follow-ups", "within", 3, "soon", "soon is no length of time", "24h"),
        ("SOPs", "sheet", 3, "vapors", "there is no sheet vapors", ""),
        ("SOPs", "owner", 3, "saftey", "there is no team named saftey", "did you mean safety?"),
        ("Word lists", "kind", 3, None, "kind is empty", "letters"),
        ("Rulebook", "key", 3, "rulebok", "rulebok is no key", "did you mean rulebook?"),
    ],
)  # fmt: skip
def test_the_cell_and_what_was_meant_are_named(sheets, sheet, key, row, value, message, hint):
    cell = sheets.put(sheet, key, row, value)
    found = sheets.faults()
    at = [(s, c) for s, c, m, h in found if message in m and hint in h]
    assert (sheet, cell) in at, found


def test_a_wrong_key_of_a_column_is_named(sheets):
    cell = sheets.put("vapes", "points", 2, "pionts")
    fault = ("vapes", cell, "pionts is no key of a column here", "did you mean points?")
    assert fault in sheets.faults()


def test_a_sheet_that_nobody_names_is_not_passed_over(sheets):
    sheets.book.create_sheet("Exmples")["A1"] = "x"
    assert [f for f in sheets.faults() if f[0] == "Exmples" and "Examples" in f[3]]


def test_a_sheet_that_is_missing_is_not_taken_for_an_empty_one(sheets):
    del sheets.book["Examples"]
    assert [f for f in sheets.faults() if "Examples / Ví dụ" in f[2]]


def test_a_formula_is_never_evaluated(sheets):
    cell = sheets.put("vapes", "points", 3, "=6+6")
    assert [f[:2] for f in sheets.faults() if "holds a formula" in f[2]] == [("vapes", cell)]


def test_a_date_made_of_a_range_is_told(sheets):
    cell = sheets.put("vapes", "when.price", 4, datetime.date(2026, 5, 1))
    found = [f for f in sheets.faults() if "made a date" in f[2]]
    assert [f[:2] for f in found] == [("vapes", cell)]
    assert "1..5" in found[0][3]


def test_merged_cells_are_refused(sheets):
    sheets.book["vapes"].merge_cells("A3:A4")
    assert [f for f in sheets.faults() if f[:2] == ("vapes", "A3") and "merged" in f[2]]


def test_hidden_rows_are_read_and_told(sheets, good):
    sheets.book["vapes"].row_dimensions[4].hidden = True
    read = sheets.read_whole()
    assert read.rulebook.sha == good.sha
    assert read.notes == ("sheet vapes: hidden rows were read too: 4",)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("points", "12"),
        ("points", "１２"),
        ("action", " remove  "),
        ("action", "ｒｅｍｏｖｅ"),
        ("id", "V-1\xa0"),
    ],
)
def test_what_only_looks_otherwise_reads_the_same(sheets, good, key, value):
    sheets.put("vapes", key, 3, value)
    assert sheets.read().sha == good.sha


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("≤ 5", "<= 5"), ("（0..1]", "(0..1]"), ("＜ 3", "< 3"), (3, 3), ("[1..2]", "[1..2]"),
     ("[“phones”]", None)],
)  # fmt: skip
def test_signs_that_keyboards_make_are_understood(sheets, typed, meant):
    key, row = ("when.price", 4) if meant is not None else ("when.item", 4)
    if meant is None:
        typed = "[“heated”]"
    sheets.put("vapes", key, row, typed)
    test = sheets.read().sop_named("vapes").clauses[1].when[0][key.removeprefix("when.")]
    assert test == (["heated"] if meant is None else meant)


def test_true_and_dates_of_the_spreadsheet_are_understood(sheets, good):
    row = sheets.row("Actions", "id", "allow")
    sheets.put("Actions", "violation", row, False)
    sheets.put("SOPs", "review_by", 3, datetime.date(2027, 6, 30))
    assert sheets.read().sha == good.sha


def test_the_messages_are_vietnamese_too(good, tmp_path):
    from brightline.i18n import use

    with use("vi"):
        sheets = Sheets(to_xlsx(good), tmp_path / "book.xlsx")
        sheets.put("vapes", "action", 3, "=1")
        message = sheets.faults()[0][2]
    assert "công thức" in message


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", ".."])
def test_no_name_in_a_workbook_leads_out_of_the_folder(sheets, name):
    cell = sheets.put("Word lists", "list", 3, name)
    sop = sheets.put("SOPs", "sop", 3, name)
    found = [fault[:2] for fault in sheets.faults()]
    assert ("Word lists", cell) in found or ("SOPs", sop) in found
    sheets.put("SOPs", "sop", 3, "reviews")
    assert [f for f in sheets.faults() if f[:2] == ("Word lists", cell) and "is no id" in f[2]]
