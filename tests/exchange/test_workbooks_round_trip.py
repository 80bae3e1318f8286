"""A workbook read back is the same rulebook; a changed cell changes only what it says."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings

from brightline.exchange.folder import put
from brightline.exchange.importing import imported
from brightline.exchange.xlsx.reading import from_xlsx
from brightline.exchange.xlsx.sheets import SHEETS, clause_sheet
from brightline.exchange.xlsx.writing import to_xlsx
from brightline.i18n import use
from brightline.paths import bundled_rulebook
from brightline.rulebook import model
from brightline.rulebook.reading import read
from tests.examples import some
from tests.exchange.conftest import GOOD
from tests.exchange.making import wordy


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_vietnam_rulebook_comes_back_unchanged(vietnam, tmp_path, language):
    path = tmp_path / "book.xlsx"
    with use(language):
        path.write_bytes(to_xlsx(vietnam))
    found = from_xlsx(path)
    assert found.rulebook.sha == vietnam.sha
    assert not found.notes


@settings(max_examples=some(40))
@given(book=wordy())
def test_any_rulebook_comes_back_unchanged(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "book.xlsx"
    path.write_bytes(to_xlsx(book))
    assert from_xlsx(path).rulebook.sha == book.sha


def test_importing_over_the_same_folder_touches_no_byte(vietnam, tmp_path):
    folder = shutil.copytree(bundled_rulebook(), tmp_path / "vietnam")
    path = tmp_path / "book.xlsx"
    path.write_bytes(to_xlsx(vietnam))
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    found = imported(path, read(folder), folder)
    put(found.plan.files, folder, folder)
    assert found.plan.files == {}
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_one_changed_cell_changes_one_line_of_one_file(sheets, tmp_path, good):
    row = sheets.row("vapes", "id", good.sop_named("vapes").clauses[0].id)
    sheets.put("vapes", "points", row, 99)
    folder = shutil.copytree(GOOD, tmp_path / "good")
    old = (folder / "sops/vapes.yaml").read_text("utf-8")
    sheets.read()
    found = imported(sheets.path, read(folder), folder)
    assert list(found.plan.files) == ["sops/vapes.yaml"]
    new = found.plan.files["sops/vapes.yaml"]
    changed = [(a, b) for a, b in zip(old.splitlines(), new.splitlines(), strict=True) if a != b]
    assert [b.strip() for _a, b in changed] == ["points: 99"]
    put(found.plan.files, folder, folder)
    assert read(folder).sop_named("vapes").clauses[0].points == 99


def test_comments_stay_and_those_that_cannot_are_told(good, tmp_path, sheets):
    folder = shutil.copytree(GOOD, tmp_path / "good")
    file = folder / "sops/vapes.yaml"
    text = file.read_text("utf-8")
    last = good.sop_named("vapes").clauses[-1].id
    assert f"  - id: {last}\n" in text
    text = text.replace(f"  - id: {last}\n", f"  - id: {last}  # beside the last\n")
    file.write_text("# at the top\n" + text, "utf-8")
    sheets.put("vapes", "points", 3, 77)
    sheets.read()
    kept = imported(sheets.path, read(folder), folder)
    assert kept.plan.files["sops/vapes.yaml"].startswith("# at the top\n")
    assert "# beside the last" in kept.plan.files["sops/vapes.yaml"]
    assert not [change.lost for change in kept.changes if change.lost]

    sheets.book["vapes"].delete_rows(sheets.row("vapes", "id", last))
    for name in ("Examples", "Follow-ups"):
        page = sheets.book[name]
        for number in range(page.max_row, 2, -1):
            if last in [cell.value for cell in page[number]]:
                page.delete_rows(number)
    sheets.read()
    lost = imported(sheets.path, read(folder), folder)
    assert [c.lost for c in lost.changes if c.name == "sops/vapes.yaml"] == [("# beside the last",)]


def test_an_sop_that_is_not_in_the_workbook_stays_as_it_was(good, tmp_path):
    path = tmp_path / "one.xlsx"
    path.write_bytes(to_xlsx(good.of_sops(good.sop_named("vapes"))))
    found = imported(path, good, GOOD)
    assert found.plan.files == {}
    assert [c.name for c in found.changes if c.fate == "kept"] == ["sops/reviews.yaml"]


def test_a_word_that_is_added_leaves_the_other_lines_as_they_are(sheets, tmp_path):
    folder = shutil.copytree(GOOD, tmp_path / "good")
    file = folder / "lexicons/vaping.csv"
    lines = file.read_text("utf-8").splitlines()
    lines[1] = ",".join(f'"{cell}"' for cell in lines[1].split(","))
    file.write_text("\n".join(lines) + "\n", "utf-8")
    sheets.book["Word lists"].append(["vaping", "+mới, lạ", "device", None, "no"])
    sheets.read()
    found = imported(sheets.path, read(folder), folder).plan.files
    assert found["lexicons/vaping.csv"].splitlines()[:-1] == lines
    put(found, folder, folder)
    assert read(folder).lexicons["vaping"][-1].term == "+mới, lạ"


def test_columns_may_be_moved_and_a_new_test_added(sheets, good):
    page = sheets.book["vapes"]
    page.insert_cols(1)
    page["A2"] = "when.category"
    page["A3"] = "electronics"
    clause = sheets.read().sop_named("vapes").clauses[0]
    assert clause.when[0]["category"] == "electronics"
    assert clause.title == good.sop_named("vapes").clauses[0].title


def test_a_second_row_without_an_id_is_another_way_to_hold(sheets, good):
    row = sheets.row("vapes", "id", "V-1")
    sheets.book["vapes"].insert_rows(row + 1)
    sheets.put("vapes", "when.is", row + 1, "cheap")
    before, after = (book.sop_named("vapes").clauses[0] for book in (good, sheets.read()))
    assert after.when == (*before.when, {"is": "cheap"})


def test_text_that_begins_like_a_formula_is_text_for_the_spreadsheet(good, tmp_path):
    sop = good.sops[0]
    words = {"vi": "=HYPERLINK(A1)", "en": "@SUM(1)"}
    book = good.of_sops(sop.model_copy(update={"purpose": words}))
    path = tmp_path / "book.xlsx"
    path.write_bytes(to_xlsx(book))
    import openpyxl

    cells = [c for row in openpyxl.load_workbook(path)["SOPs"].iter_rows() for c in row]
    risky = [c for c in cells if c.value in words.values()]
    assert len(risky) == 2
    assert all(c.data_type == "s" and c.quotePrefix for c in risky)


@pytest.mark.parametrize(
    ("sheet", "part", "apart"),
    [
        (
            "sops",
            model.Sop,
            {"facts", "definitions", "impossible", "clauses", "examples", "accept"},
        ),
        ("facts", model.Fact, {"options"}),
        ("examples", model.Example, set()),
        ("accept", model.Acceptance, set()),
        ("then", model.FollowUp, set()),
        ("actions", model.Action, set()),
        ("ladder", model.Step, set()),
        ("queues", model.Queue, set()),
        ("subjects", model.Subject, {"attributes"}),
        ("attributes", model.Attribute, set()),
        ("tables", model.TableUse, set()),
        ("law", model.Law, set()),
        ("lexicons", model.Term, set()),
    ],
)
def test_every_key_of_a_part_has_its_column(sheet, part, apart):
    columns = {c.key for s in SHEETS if s.id == sheet for c in s.columns}
    keys = {field.alias or name for name, field in part.model_fields.items()}
    assert keys - apart <= columns


def test_every_key_of_a_clause_has_its_column():
    columns = {column.key for column in clause_sheet((), False).columns}
    keys = {field.alias or name for name, field in model.Clause.model_fields.items()}
    assert keys - {"when", "then"} <= columns
