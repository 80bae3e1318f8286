"""The distributions of prices of all categories and brands, and the table that keeps them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from brightline.i18n import _
from brightline.rulebook.lookup import Table
from brightline.signals.options import quoted
from brightline.signals.price_level.reference import LARGEST, LAST_BIN, Level, Reference
from brightline.signals.tables import Faults, Row, rows_of
from brightline.signals.text import folded, normal

COLUMNS = ("category", "brand", "listings", "median", "lowest_ordinary", "bins")
"""`bins` alone is read back; the three before it are for people."""
LONGEST_NAME = 200
LONGEST_BINS = 1 << 17
"""Every bin there is, each with a count of nine figures, takes less."""
NO_BRAND = frozenset(
    folded(name)
    for name in (
        "", "OEM", "no brand", "nobrand", "no name", "none", "khác", "other", "others", "không",
        "không có", "không thương hiệu", "chưa rõ", "đang cập nhật", "n/a", "-", "null",
    )
)  # fmt: skip
"""What sellers write where there is no brand."""


class Group(NamedTuple):
    """The listings of a brand in a category; of all of a category where the brand is empty."""

    category: str
    brand: str


def group_of(category: object, brand: object = "") -> Group | None:
    """The group of a listing, from the words as they came; None without a category."""
    name = _named(category)
    if not name:
        return None
    maker = _named(brand)
    return Group(name, "" if _says_no_brand(maker) else maker)


@lru_cache(maxsize=1 << 14)
def _says_no_brand(name: str) -> bool:
    return folded(name) in NO_BRAND


def _named(value: object) -> str:
    """A name in one form; a number, as platforms give their categories, as it is written."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63:
        return str(value)
    return _one_form(value) if isinstance(value, str) and len(value) <= LONGEST_NAME else ""


@lru_cache(maxsize=1 << 14)
def _one_form(name: str) -> str:
    return " ".join(normal(name).split())


class Groups:
    """Group → distribution of its prices."""

    def __init__(self) -> None:
        self.references: dict[Group, Reference] = {}
        self._levels: dict[Group, Level | None] = {}

    def add(self, category: object, brand: object, price: float) -> bool:
        """Count a listing: in its category, and in its brand there. False if it says too little."""
        group = group_of(category, brand)
        if group is None or not 1 <= price <= LARGEST:
            return False
        for one in {group, Group(group.category, "")}:
            self.references.setdefault(one, Reference()).add(price)
        self._levels.clear()
        return True

    def fade(self, share: float) -> None:
        """Let all that is counted so far count for less (0 to 1); what is next to nothing goes."""
        self._levels.clear()
        for reference in self.references.values():
            reference.fade(share)
        self.references = {g: r for g, r in self.references.items() if r.weight >= 0.5}

    def merge(self, other: Groups) -> None:
        """Add all that another one holds."""
        self._levels.clear()
        for group, reference in other.references.items():
            self.references.setdefault(group, Reference()).merge(reference)

    def level(self, group: Group) -> Level | None:
        """What a price of that group is held against; None where nothing was counted."""
        if group not in self._levels:
            reference = self.references.get(group)
            self._levels[group] = reference.level() if reference is not None else None
        return self._levels[group]

    def __iter__(self) -> Iterator[tuple[Group, Level]]:
        """Every group with its level, by name."""
        for group in sorted(self.references):
            level = self.level(group)
            if level is not None:
                yield group, level


def written(groups: Groups) -> str:
    """The groups as the text of a CSV table."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for group, level in groups:
        bins = " ".join(
            f"{number}:{weight:.9g}"
            for number, weight in sorted(groups.references[group].bins.items())
        )
        rows.writerow(
            (*map(_harmless, group), f"{level.listings:.4g}", f"{level.median:.0f}",
             f"{level.fence:.0f}", bins)
        )  # fmt: skip
    return out.getvalue()


def _harmless(name: str) -> str:
    """A seller's word that no spreadsheet takes for a formula."""
    return f" {name}" if name[:1] in ("=", "+", "-", "@") else name


@lru_cache(maxsize=8)
def read_groups(table: Table) -> Groups:
    """The groups that a table keeps; not to be changed, for others are given the same.

    Raises `UnusableTable` with the lines and columns that are at fault.
    """
    groups, faults = Groups(), Faults(table)
    known = dict.fromkeys(COLUMNS, ())
    for row in rows_of(table, known, ("category", "brand", "bins"), faults, LONGEST_BINS):
        name, brand = _named(row.cells["category"]), _named(row.cells["brand"])
        group = Group(name, brand)
        if not name:
            faults.add(_("this cell is empty or too long"), row.line, row.heads["category"])
        elif group in groups.references:
            faults.add(_("this category and brand stand here twice"), row.line)
        else:
            groups.references[group] = _reference(row, faults)
    faults.settle()
    return groups


def _reference(row: Row, faults: Faults) -> Reference:
    """The distribution of a row; what is at fault is noted."""
    reference, head = Reference(), row.heads["bins"]
    pairs = row.cells["bins"].split()
    if not pairs:
        faults.add(_("this cell is empty or too long"), row.line, head)
    for pair in pairs:
        number, colon, weight = pair.partition(":")
        try:
            found = int(number), float(weight)
        except ValueError:
            colon = ""
        if not (colon and 0 <= found[0] <= LAST_BIN and 0 < found[1] <= 1e15):
            message = _("{value} is no bin with its count").format(value=quoted(pair, 20))
            faults.add(message, row.line, head)
            break
        reference.merge(Reference(dict([found])))
    return reference


def faded(days: int, half_life: float) -> float:
    """What counts after so many days are left of 1, if half of it goes every `half_life` days."""
    return math.pow(0.5, max(0, days) / half_life)
