"""A cell to a node: text, number or day, in whatever way it was typed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from brightline.exchange import yaml_text
from brightline.exchange.faults import Faults
from brightline.exchange.nodes import Place
from brightline.exchange.xlsx.opening import Found
from brightline.i18n import _
from brightline.rulebook.model import NO, YES
from brightline.rulebook.nodes import Node, shortened

_N = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"
_RANGE = re.compile(rf"[\[(\]]?\s*{_N}\s*\.\.\s*{_N}\s*[\])\[]?\Z")
_SIGN = re.compile(r"(?:<=|>=|<|>|=)")
_WORD = re.compile(r"[^\W\d][\w-]*\Z")
_SEVERAL = re.compile(r"[A-Za-z][\w-]*(?:\s*[,;]\s*[A-Za-z][\w-]*)+\Z")
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "≤": "<=", "≥": ">=",
                        "\xa0": " ", "–": "-", "−": "-"})  # fmt: skip
_ESCAPED = re.compile(r"_x000[dD]_")


class Values:
    """Reads the cells of one sheet; whatever is wrong goes to the faults."""

    def __init__(self, sheet: str, faults: Faults) -> None:
        self.sheet, self.faults = sheet, faults

    def node(self, cell: Found, place: Place, kind: str) -> Node:
        """The node of a cell by the kind of its column."""
        if kind in ("text", "plain", "words") and cell.kind in ("s", "inlineStr"):
            return place.scalar(_clean(str(cell.value)))
        text = self._token(cell, kind)
        if text is None:
            return place.broken()
        if kind == "ids":
            items = [one for one in re.split(r"[,;\s]+", text.strip("[]")) if one]
            return place.sequence(place.scalar(one) for one in items)
        if kind == "test":
            return self._test(cell, place, text)
        if kind == "yaml":
            return self._yaml(cell, place, text)
        return place.scalar(text)

    def refuse(self, cell: Found, message: str, hint: str | None = None) -> None:
        """A fault in a cell."""
        self.faults.cell(self.sheet, cell.name, message, hint)

    def _token(self, cell: Found, kind: str) -> str | None:
        """What a cell says where only words and numbers may stand."""
        value = cell.value
        if cell.kind == "f":
            self.refuse(
                cell,
                _("this cell holds a formula; formulas are never evaluated"),
                _("write the value itself; put ' before a text that begins with ="),
            )
        elif cell.kind == "e":
            self.refuse(cell, _("this cell holds an error of the spreadsheet: {value}").format(
                value=shortened(str(value))), _("write the value itself"))  # fmt: skip
        elif isinstance(value, bool):
            return YES if value else NO
        elif isinstance(value, (int, float)):
            return yaml_text.number(value)
        elif isinstance(value, (datetime, date, time, timedelta)):
            return self._day(cell, value, kind)
        else:
            text = _clean(str(value))
            tidy = unicodedata.normalize("NFKC", text) if kind != "yaml" else text
            return tidy.translate(_MARKS).strip() if kind != "yaml" else text.strip()
        return None

    def _day(self, cell: Found, value: object, kind: str) -> str | None:
        if kind in ("date", "plain") and isinstance(value, datetime) and value.time() == time(0):
            return value.date().isoformat()
        if (
            kind in ("date", "plain")
            and isinstance(value, date)
            and not isinstance(value, datetime)
        ):
            return value.isoformat()
        self.refuse(
            cell,
            _("the spreadsheet made a date or a time of what was typed here: {value}").format(
                value=shortened(str(value))
            ),
            _("format the cell as text and type it again, a range as 1..5"),
        )
        return None

    def _test(self, cell: Found, place: Place, text: str) -> Node:
        if _RANGE.match(text) or _SIGN.match(text):
            return place.scalar(text)
        if _WORD.match(text):
            return place.scalar(text, plain=True)
        if _SEVERAL.match(text):
            names = re.split(r"\s*[,;]\s*", text)
            self.refuse(cell, _("several options stand in brackets"),
                        _("write [{names}]").format(names=", ".join(names)))  # fmt: skip
            return place.broken()
        return self._yaml(cell, place, text)

    def _yaml(self, cell: Found, place: Place, text: str) -> Node:
        node, document = place.parsed(text)
        for problem in document.problems[:1]:
            self.refuse(cell, problem.message, problem.hint)
        return node if node is not None and not document.problems else place.broken()


def _clean(text: str) -> str:
    return _ESCAPED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
