"""`brightline export` and `brightline import`: what is written, what is said, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from brightline.rulebook.reading import read

REFUND = Path(__file__).parents[1] / "exchange" / "camunda" / "refund.dmn"


@pytest.mark.parametrize("form", ["xlsx", "dmn"])
def test_what_is_exported_is_imported_again(run, good, tmp_path, form):
    out = tmp_path / f"book.{form}"
    told = json.loads(run("export", good, "--to", form, "-o", out, "--format", "json").stdout)
    assert told["files"] == [str(out)]
    result = run("import", out, "-o", tmp_path / "back", "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["rulebook"] == told["rulebook"] == read(tmp_path / "back").sha
    assert {file["fate"] for file in found["files"]} == {"new"}


def test_into_the_same_rulebook_nothing_changes(run, copy_of_good, tmp_path):
    run("export", copy_of_good, "--to", "xlsx", "-o", tmp_path / "book.xlsx")
    before = {path: path.stat().st_mtime_ns for path in copy_of_good.rglob("*")}
    result = run("import", tmp_path / "book.xlsx", "--into", copy_of_good)
    assert (result.exit_code, result.stdout) == (0, "Nothing changes.\n")
    assert {path: path.stat().st_mtime_ns for path in copy_of_good.rglob("*")} == before


def edited(tmp_path, run, good, value) -> Path:
    out = tmp_path / "book.xlsx"
    run("export", good, "--to", "xlsx", "-o", out)
    book = openpyxl.load_workbook(out)
    page = book["vapes"]
    column = next(cell.column for cell in page[2] if cell.value == "action")
    page.cell(3, column).value = value
    book.save(out)
    return out


def test_into_another_folder_goes_a_copy_with_the_changes(run, good, tmp_path):
    out = edited(tmp_path, run, good, "escalate")
    result = run("import", out, "--into", good, "-o", tmp_path / "new")
    assert result.exit_code == 0
    assert "sops/vapes.yaml: changed" in result.stdout
    assert read(tmp_path / "new").sop_named("vapes").clauses[0].action == "escalate"
    assert (tmp_path / "new/cases/golden.jsonl").is_file()
    assert read(good).sop_named("vapes").clauses[0].action == "remove"


def test_a_mistake_writes_nothing_and_names_the_cell(run, copy_of_good, tmp_path):
    out = edited(tmp_path, run, copy_of_good, "=1+1")
    before = {p: p.read_bytes() for p in copy_of_good.rglob("*") if p.is_file()}
    result = run("import", out, "--into", copy_of_good)
    assert result.exit_code == 2
    assert "book.xlsx: vapes!" in result.stderr
    assert "formulas are never evaluated" in result.stderr
    assert {p: p.read_bytes() for p in copy_of_good.rglob("*") if p.is_file()} == before
    told = json.loads(run("import", out, "--into", copy_of_good, "--format", "json").stdout)
    assert told["error"]["problems"][0]["sheet"] == "vapes"
    assert told["error"]["problems"][0]["cell"]


def test_a_foreign_table_becomes_a_draft_in_the_rulebook(run, copy_of_good):
    result = run("import", REFUND, "--into", copy_of_good)
    assert result.exit_code == 1
    assert "sops/refund-action.yaml: new" in result.stdout
    checked = run("check", copy_of_good)
    assert checked.exit_code != 0
    assert "cannot_tell is missing here" in checked.stdout + checked.stderr


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_a_flowchart_for_every_sop(run, good, tmp_path, form):
    result = run("export", good, "--to", form, "-o", tmp_path / "charts")
    assert result.exit_code == 0
    suffix = {"mermaid": "mmd", "dot": "dot"}[form]
    names = sorted(path.name for path in (tmp_path / "charts").iterdir())
    assert names == [f"reviews.{suffix}", f"vapes.{suffix}"]


def test_only_the_sops_that_are_wanted(run, good, tmp_path):
    out = tmp_path / "one.xlsx"
    run("export", good, "--to", "xlsx", "-o", out, "--sop", "vapes")
    assert "reviews" not in openpyxl.load_workbook(out).sheetnames
    wrong = run("export", good, "--to", "xlsx", "-o", out, "--sop", "vape")
    assert wrong.exit_code == 2
    assert "did you mean vapes?" in wrong.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("import", "{out}/none.xlsx", "-o", "{out}/x"), "cannot be read"),
        (("import", "{out}/none.xlsx"), "say where to write"),
        (("import", "{out}", "-o", "{out}/x"), "cannot be read"),
        (("export", "{good}", "--to", "xlsx", "-o", "{out}/no/where.xlsx"), "cannot be written"),
        (("export", "{good}", "--to", "dot", "-o", "{good}"), "holds files"),
        (("import", "{refund}", "-o", "{good}"), "holds files"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(run, good, tmp_path, args, said):
    words = [arg.format(out=tmp_path, good=good, refund=REFUND) for arg in args]
    result = run(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not list(tmp_path.iterdir())


def test_an_older_file_is_replaced_and_nothing_is_left_beside_it(run, good, tmp_path):
    out = tmp_path / "book.dmn"
    out.write_text("older")
    run("export", good, "--to", "dmn", "-o", out)
    assert out.read_text("utf-8").startswith("<?xml")
    assert [path.name for path in tmp_path.iterdir()] == ["book.dmn"]
