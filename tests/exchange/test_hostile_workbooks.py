"""Workbooks made to do harm end in a plain refusal, soon and with little memory."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from brightline.exchange.faults import Unreadable
from brightline.exchange.xlsx.reading import from_xlsx
from brightline.exchange.xlsx.writing import to_xlsx


@pytest.fixture(scope="module")
def data(good) -> bytes:
    return to_xlsx(good)


def changed(data: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == part else held)
    return out.getvalue()


def added(data: bytes, name: str, held: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", 8) as archive:
        archive.writestr(name, held)
    return out.getvalue()


def refused(data: bytes, tmp_path) -> str:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        from_xlsx(path)
    return caught.value.problems[0].message


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_document_that_declares_entities_is_refused(data, tmp_path, part):
    def bomb(held: bytes) -> bytes:
        return re.sub(rb"\?>", b"?>" + BOMB, held, count=1)

    assert "declares entities" in refused(changed(data, part, bomb), tmp_path)


def test_another_encoding_does_not_hide_them(data, tmp_path):
    def wide(held: bytes) -> bytes:
        text = held.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return text.replace("?>", "?>" + BOMB.decode(), 1).encode("utf-16")

    assert "odd encoding" in refused(changed(data, "xl/workbook.xml", wide), tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(data, tmp_path):
    bomb = added(data, "xl/media/image1.png", b"\0" * (300 << 20))
    assert len(bomb) < 2 << 20
    assert "unpack to more than" in refused(bomb, tmp_path)


def test_macros_are_refused(data, tmp_path):
    assert "macros" in refused(added(data, "xl/vbaProject.bin", b"x"), tmp_path)


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (b"", "this is no workbook"),
        (b"PK\x03\x04 and so on", "this is no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old format or has a password"),
        (b"id,title\n1,2\n", "this is no workbook"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(tmp_path, held, message):
    assert message in refused(held, tmp_path)


def test_a_damaged_workbook_is_refused(data, tmp_path):
    broken = changed(data, "xl/workbook.xml", lambda held: held[: len(held) // 2])
    assert "cannot be read" in refused(broken, tmp_path)
    place = data.index(b"xl/worksheets/sheet3.xml") + 200
    assert refused(data[:place] + b"\xff" * 64 + data[place + 64 :], tmp_path)


@pytest.mark.slow
def test_a_million_empty_rows_do_no_harm(good, data, tmp_path):
    rows = b"".join(b'<row r="%d"/>' % number for number in range(50, 1_000_000))
    path = tmp_path / "long.xlsx"
    path.write_bytes(
        changed(data, "xl/worksheets/sheet4.xml",
                lambda held: held.replace(b"</sheetData>", rows + b"</sheetData>"))
    )  # fmt: skip
    assert from_xlsx(path).rulebook.sha == good.sha


def test_a_sheet_full_of_cells_is_refused(data, tmp_path, monkeypatch):
    monkeypatch.setattr("brightline.exchange.xlsx.opening.MOST_CELLS", 5000)
    row = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(99, 6000))

    def filled(held: bytes) -> bytes:
        return held.replace(b"</sheetData>", row + b"</sheetData>")

    assert "cells" in refused(changed(data, "xl/worksheets/sheet4.xml", filled), tmp_path)
