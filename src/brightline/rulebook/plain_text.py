"""Bytes to lines of UTF-8 text, or the place where they are not that."""

from __future__ import annotations

import re

from brightline.i18n import _
from brightline.rulebook.nodes import Document

_BREAK = re.compile(r"\r\n|\r|\n")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that nobody sees and no rulebook needs; some parsers take them for line ends."""


def decoded(data: bytes, document: Document, largest: int) -> Document:
    """The document with the lines of a UTF-8 file, or the problem that keeps it from being text."""
    if len(data) > largest:
        document.report(
            "BL-102",
            None,
            _("this file is larger than {size} MB").format(size=largest // 1024 // 1024),
            _("split it, or move long texts and word lists to files of their own"),
        )
        return document
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = _("it looks like UTF-16: save it again as UTF-8")
        document.report("BL-103", None, _("this file is not UTF-8 text"), hint)
        return document
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        document.lines = _BREAK.split(data.decode("utf-8", "replace"))
        _report_at(
            document,
            before,
            _("byte {value} at offset {offset} is not UTF-8 text").format(
                value=f"0x{data[error.start]:02x}", offset=error.start
            ),
            _("save the file again as UTF-8"),
        )
        return document
    document.lines = _BREAK.split(text)
    if bad := CONTROL.search(text):
        char = f"U+{ord(bad[0]):04X}"
        message = _("the character {char} has no place in a rulebook").format(char=char)
        _report_at(document, text[: bad.start()], message, _("delete it: it cannot be seen"))
    return document


def _report_at(document: Document, before: str, message: str, hint: str) -> None:
    lines = _BREAK.split(before)
    column = len(lines[-1]) + 1
    document.problems.append(
        document.problem_at("BL-103", len(lines), column, column + 1, message, hint)
    )
