"""The drop-downs of a workbook. They suggest; a cell may hold what they do not offer."""

from __future__ import annotations

from typing import Any

from brightline.exchange.xlsx.rows import Workbook
from brightline.exchange.xlsx.sheets import BY_ID, WHEN, YES_NO, Column
from brightline.i18n import language

MOST_LISTED = 250
"""Excel takes a list of at most 255 characters into a rule."""


class Choices:
    """What may be chosen where, from the rows of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.facts = {(row.get("sop", ""), row["id"]): row for row in book.sheets.get("facts", [])}
        self.options: dict[tuple[object, object], list[int]] = {}
        for number, row in enumerate(book.sheets.get("options", []), start=3):
            self.options.setdefault((row.get("sop", ""), row["fact"]), []).append(number)
        self.terms: dict[object, list[str]] = {}
        for row in book.sheets.get("definitions", []):
            names = self.terms.setdefault(row.get("sop", ""), [])
            if row["id"] not in names:
                names.append(str(row["id"]))
        self._option_column = [column.key for column in BY_ID["options"].columns].index("id")

    def rule(self, key: str, column: Column, sop: str) -> dict[str, Any] | None:
        """The rule for a column, None where anything may stand in it."""
        source: Any = None
        if column.choices:
            source = list(column.choices)
        elif column.of:
            source = f"='{BY_ID[column.of].name(language())}'!$A$3:$A$500"
        elif column.kind == "test":
            source = self._of_test(key.removeprefix(WHEN), sop)
        if source is None or (isinstance(source, list) and len(",".join(source)) > MOST_LISTED):
            return None
        strict = column.choices and column.kind in ("id", "flag")
        return {
            "validate": "list",
            "source": source,
            "error_type": "stop" if strict else "information",
            "show_error": bool(strict),
        }

    def _of_test(self, name: str, sop: str) -> Any:
        if name in ("is", "is_not"):
            return self.terms.get(sop)
        where = (sop, name) if (sop, name) in self.facts else ("", name)
        fact = self.facts.get(where)
        if fact is None:
            return None
        if fact.get("kind") == "yes_no":
            return list(YES_NO)
        rows = self.options.get(where)
        if not rows:
            return None
        letter = "ABCDEFGH"[self._option_column]
        sheet = BY_ID["options"].name(language())
        return f"='{sheet}'!${letter}${rows[0]}:${letter}${rows[-1]}"
