"""The register of numbers that the team uploads: a table with one number a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from brightline.i18n import _
from brightline.rulebook.lookup import Table
from brightline.signals.days import day_in
from brightline.signals.options import quoted
from brightline.signals.papers.finding import key_of
from brightline.signals.papers.kinds import PaperKind
from brightline.signals.tables import Faults, Row, rows_of
from brightline.signals.text import folded, normal

COLUMNS = {
    "number": (
        "số", "số công bố", "số phiếu công bố", "số tiếp nhận", "số tiếp nhận phiếu công bố",
        "số đăng ký", "số lưu hành", "số giấy phép", "số xác nhận", "mã số thuế", "mst",
    ),
    "product": ("tên sản phẩm", "sản phẩm", "tên hàng", "tên trang thiết bị", "product name"),
    "holder": ("đơn vị", "công ty", "tổ chức", "tên doanh nghiệp", "đơn vị công bố", "company"),
    "issued": ("ngày cấp", "ngày tiếp nhận", "ngày công bố", "issued on"),
    "valid_to": ("hiệu lực đến", "có giá trị đến", "ngày hết hạn", "hết hạn", "expires",
                 "valid to"),
    "status": ("tình trạng", "trạng thái", "tình trạng hoạt động", "state"),
}  # fmt: skip
"""Our name of a column → the names it goes by in what authorities publish."""
IN_FORCE, REVOKED, EXPIRED = "in_force", "revoked", "expired"
STATUS = {
    folded(words): status
    for status, all_words in {
        IN_FORCE: ("", "in_force", "in force", "valid", "active", "còn hiệu lực", "hiệu lực",
                   "đang hoạt động", "đã cấp", "đã tiếp nhận"),
        REVOKED: ("revoked", "withdrawn", "cancelled", "thu hồi", "đã thu hồi", "bị thu hồi",
                  "đình chỉ", "hủy", "đã hủy", "giải thể", "đã giải thể", "ngừng hoạt động",
                  "ngừng hoạt động và đã đóng mst", "đóng mst", "tạm ngừng", "tạm ngừng hoạt động",
                  "tạm ngừng kinh doanh", "tạm nghỉ kinh doanh", "suspended", "dissolved",
                  "tạm nghỉ kinh doanh có thời hạn", "không hoạt động tại địa chỉ đã đăng ký"),
        EXPIRED: ("expired", "hết hiệu lực", "hết hạn", "đã hết hạn"),
    }.items()
    for words in all_words
}  # fmt: skip
"""What a register says of a number → what that means. `revoked`: its holder may not use it now."""
NO_DAY = frozenset({"", "-", "không thời hạn", "vô thời hạn", "không có"})


class Entry(NamedTuple):
    """What the register says of a number. Days are those of the paper; empty words where none."""

    product: str
    holder: str
    issued: date | None
    valid_to: date | None
    status: str


@lru_cache(maxsize=16)
def read_register(table: Table, kind: PaperKind) -> Mapping[str, tuple[Entry, ...]]:
    """Key of a number → its rows, equal ones once.

    Raises `UnusableTable` with the lines and columns that are at fault.
    """
    found: dict[str, dict[Entry, None]] = {}
    faults = Faults(table)
    for row in rows_of(table, COLUMNS, ("number",), faults):
        key = key_of(row.cells["number"], kind)
        if key is None:
            message = _("{value} is no number like {example}").format(
                value=quoted(row.cells["number"], 40), example=kind.example
            )
            faults.add(message, row.line, row.heads["number"])
            continue
        entry = Entry(
            row.cells.get("product", ""),
            row.cells.get("holder", ""),
            _day(row, "issued", faults),
            _day(row, "valid_to", faults),
            _status(row, faults),
        )
        if entry.issued and entry.valid_to and entry.valid_to < entry.issued:
            message = _("this paper ends before it was issued")
            faults.add(message, row.line, row.heads["valid_to"])
        found.setdefault(key, {})[entry] = None
    faults.settle()
    return {key: tuple(entries) for key, entries in found.items()}


def _status(row: Row, faults: Faults) -> str:
    """What the row says of the number; without a word it is in force."""
    written = row.cells.get("status", "")
    status = STATUS.get(folded(written))
    if status is None:
        message = _("{value} is no status; write in_force, revoked or expired")
        faults.add(message.format(value=quoted(written, 40)), row.line, row.heads["status"])
    return status or IN_FORCE


def _day(row: Row, name: str, faults: Faults) -> date | None:
    """A day as `2026-06-30` or `30/06/2026`; None where the cell names none."""
    written = row.cells.get(name, "")
    if normal(written) in NO_DAY:
        return None
    day = day_in(written)
    if day is None:
        message = _("{value} is no date; write 2026-06-30 or 30/06/2026")
        faults.add(message.format(value=quoted(written, 20)), row.line, row.heads[name])
    return day
