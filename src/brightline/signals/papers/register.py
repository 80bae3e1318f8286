"""The register of numbers that the team uploads: a table with one number a row."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from brightline.i18n import _
from brightline.rulebook.model import Table
from brightline.signals.options import quoted
from brightline.signals.papers.finding import key_of
from brightline.signals.papers.kinds import PaperKind
from brightline.signals.tables import UnusableTable, rows_of
from brightline.signals.text import folded

COLUMNS = {
    "number": (
        "số", "số công bố", "số phiếu công bố", "số tiếp nhận", "số tiếp nhận phiếu công bố",
        "số đăng ký", "số lưu hành", "số giấy phép", "số xác nhận", "mã số thuế", "mst",
    ),
    "product": ("tên sản phẩm", "sản phẩm", "tên hàng", "tên trang thiết bị", "product name"),
    "holder": ("đơn vị", "công ty", "tổ chức", "tên doanh nghiệp", "đơn vị công bố", "company"),
    "issued": ("ngày cấp", "ngày tiếp nhận", "ngày công bố", "issued on"),
    "valid_to": ("hiệu lực đến", "có giá trị đến", "ngày hết hạn", "hết hạn", "expires"),
    "status": ("tình trạng", "trạng thái", "state"),
}  # fmt: skip
"""Our name of a column → the names it goes by in what authorities publish."""
IN_FORCE, REVOKED, EXPIRED = "in_force", "revoked", "expired"
STATUS = {
    folded(words): status
    for status, all_words in {
        IN_FORCE: ("", "in_force", "in force", "valid", "active", "còn hiệu lực", "hiệu lực",
                   "đang hoạt động", "đã cấp", "đã tiếp nhận"),
        REVOKED: ("revoked", "withdrawn", "cancelled", "thu hồi", "đã thu hồi", "bị thu hồi",
                  "đình chỉ", "hủy", "đã hủy", "ngừng hoạt động", "đã giải thể", "giải thể"),
        EXPIRED: ("expired", "hết hiệu lực", "hết hạn", "đã hết hạn"),
    }.items()
    for words in all_words
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")


class Entry(NamedTuple):
    """What the register says of a number. Days are those of the paper; empty words where none."""

    product: str
    holder: str
    issued: date | None
    valid_to: date | None
    status: str


@lru_cache(maxsize=16)
def read_register(table: Table, kind: PaperKind) -> dict[str, tuple[Entry, ...]]:
    """Key of a number → its rows. Raises `UnusableTable` with the line that is at fault."""
    found: dict[str, list[Entry]] = {}
    for line, cells in rows_of(table, COLUMNS, ("number",)):
        key = key_of(cells["number"], kind)
        if key is None:
            message = _("{value} is no number like {example}").format(
                value=quoted(cells["number"], 40), example=kind.example
            )
            raise UnusableTable(table, message, line)
        status = STATUS.get(folded(cells.get("status", "")))
        if status is None:
            message = _("{value} is no status; there are: {names}").format(
                value=quoted(cells["status"], 40),
                names=_("in force, revoked, expired"),
            )
            raise UnusableTable(table, message, line)
        entry = Entry(
            cells.get("product", ""),
            cells.get("holder", ""),
            _day(table, cells.get("issued", ""), line),
            _day(table, cells.get("valid_to", ""), line),
            status,
        )
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _day(table: Table, written: str, line: int) -> date | None:
    """A day as `2026-06-30` or `30/06/2026`; None where the cell is empty."""
    if not written:
        return None
    match = _DAY.match(written)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(written[:10])
    except ValueError:
        message = _("{value} is no date; write 2026-06-30 or 30/06/2026")
        raise UnusableTable(table, message.format(value=quoted(written, 20)), line) from None
