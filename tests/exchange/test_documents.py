"""A document becomes a first draft of an SOP: what it says, and what is left to a person."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from brightline.editing.edits import value_at
from brightline.exchange.documents.blocks import Grid, Paragraph
from brightline.exchange.documents.docx import docx_blocks
from brightline.exchange.documents.drafting import drafted
from brightline.exchange.documents.sheets import sheet_blocks
from brightline.exchange.faults import Unreadable
from tests.workbench.making import a_rulebook

TODAY = date(2026, 11, 25)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str, style: str = "", item: bool = False) -> str:
    of = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = "<w:numPr/>" if item else ""
    return f"<w:p><w:pPr>{of}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
        )
    return path


def test_a_word_document_is_headings_paragraphs_lists_and_tables(tmp_path):
    table = "<w:tbl>" + "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("Hành vi", "Xử lý"), ("Bán kiếm", "Gỡ sản phẩm"))
    ) + "</w:tbl>"  # fmt: skip
    path = document(
        tmp_path / "a.docx", p("Dao", "Heading1") + p("Mục đích.") + p("Một", item=True) + table
    )
    assert docx_blocks(path) == [
        Paragraph("Dao", 1), Paragraph("Mục đích."), Paragraph("Một", 0, True),
        Grid((("Hành vi", "Xử lý"), ("Bán kiếm", "Gỡ sản phẩm"))),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", ""])
def test_a_document_that_would_do_harm_or_is_none_is_refused(tmp_path, head):
    path = tmp_path / "a.docx"
    if head:
        document(path, "", head)
    else:
        path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable):
        docx_blocks(path)


def test_rows_become_clauses_with_what_is_known_and_the_rest_is_marked():
    grid = Grid((
        ("STT", "Hành vi vi phạm", "Hình thức xử lý", "Điểm", "Ghi chú nội bộ"),
        ("1", "Bán vũ khí ngụy trang. Kể cả bút.", "Tạm khóa gian hàng", "24", ""),
        ("2", "Bán kiếm", "phạt thật nặng", "nhiều", "hỏi pháp chế"),
    ))  # fmt: skip
    blocks = [Paragraph("Dao kiếm", 1), Paragraph("Giữ an toàn."), grid]
    found = drafted(blocks, a_rulebook(), "", "vi", TODAY)
    assert found.sop == "dao-kiem"
    first, second, rest = value_at(found.text, ("clauses",))
    assert (first["action"], first["points"]) == ("suspend_shop", 24)
    assert first["when"] == {"rule_1": "yes"} and second["action"] == "escalate"
    assert rest["otherwise"] == "yes" and rest["action"] == "allow"
    assert value_at(found.text, ("purpose", "vi")) == "Giữ an toàn."
    said = [(d.clause, d.said) for d in found.doubts]
    left = ("phạt thật nặng", "nhiều", "Ghi chú nội bộ: hỏi pháp chế")
    assert said == [("DK-2", one) for one in left]
    assert found.text.count("# ?") == 3


def test_a_draft_from_a_document_can_be_read_and_lacks_only_the_other_language(tmp_path):
    from brightline.exchange.written import files_of
    from brightline.exchange.yaml_text import document as written
    from brightline.rulebook.laws import LAWS
    from brightline.rulebook.laws.checker import Checker

    book = a_rulebook()
    found = drafted([Paragraph("Cấm bán kiếm: gỡ sản phẩm", 0, True)], book, "Kiếm", "vi", TODAY)
    (tmp_path / "sops").mkdir()
    (tmp_path / "rulebook.yaml").write_text(written(files_of(book).head), "utf-8")
    (tmp_path / f"sops/{found.sop}.yaml").write_text(found.text, "utf-8")
    checked = Checker(tmp_path, LAWS, unfinished=True).check(TODAY)
    assert checked.rulebook is not None
    assert {one.code for one in checked.problems if one.severity == "error"} == {"BL-208"}


def test_any_workbook_is_tables(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["Hành vi", "Điểm"])
    book.active.append(["Bán kiếm", 12])
    book.save(tmp_path / "a.xlsx")
    [grid] = sheet_blocks(tmp_path / "a.xlsx")
    assert isinstance(grid, Grid) and grid.rows == (("Hành vi", "Điểm"), ("Bán kiếm", "12"))
