"""The table of prices of a rulebook, brought up to date from a file of listings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brightline.i18n import _, format_date
from brightline.rulebook.model import Rulebook, Supply
from brightline.rulebook.reading.tables import LARGEST_FILE
from brightline.screening.attribute_rows import attribute_rows
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping
from brightline.screening.screen import Progress
from brightline.screening.writing import AtomicFile
from brightline.signals.asked import facts_of
from brightline.signals.converting import number_of_money
from brightline.signals.parameters import words
from brightline.signals.price_level.groups import Groups, faded, read_groups, written
from brightline.signals.tables import UnusableTable

SIGNAL = "price_level"


@dataclass(frozen=True, slots=True)
class PriceSource:
    """Where the rules look for a price: subject, and the attributes of a listing."""

    table: str
    subject: str
    price: str
    category: str
    brand: str


@dataclass(frozen=True, slots=True)
class PriceUpdate:
    """What became of the listings. `counted` + `without_price` + `without_category` = all read."""

    path: Path
    groups: Groups
    counted: int
    without_price: int
    without_category: int
    other_subject: int
    rejected: int
    since: date | None
    """The day of the table that these were added to; None for a first one."""

    @property
    def read(self) -> int:
        """The listings that were read."""
        return self.counted + self.without_price + self.without_category


def price_sources(rulebook: Rulebook) -> list[PriceSource]:
    """Every table of prices that facts of the rulebook look into, once each."""
    found: dict[PriceSource, None] = {}
    for subject in rulebook.subjects:
        for _name, fact in facts_of(rulebook, subject):
            for supply in fact.supplied_by:
                if supply.signal == SIGNAL:
                    found.setdefault(_source(subject, supply))
    whole = [source for source in found if source.brand]
    tables = {source.table for source in whole}
    return whole + [source for source in found if not source.brand and source.table not in tables]


def _source(subject: str, supply: Supply) -> PriceSource:
    given = supply.parameters
    price, category, brand = (
        next(iter(words(given.get(name))), "") for name in ("price", "category", "brand")
    )
    return PriceSource(str(given.get("table")), subject, price, category, brand)


def update_prices(
    rulebook: Rulebook,
    folder: Path,
    source: PriceSource,
    listings: Path,
    day: date,
    *,
    half_life: float | None = None,
    anew: bool = False,
    mapping: CaseMapping | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> PriceUpdate:
    """Add the prices of a file of listings to a table and write it under its new day.

    What the table held before counts for half after `half_life` days (above 0); None keeps it in
    full. With `anew` nothing is kept. Nothing is written where no listing was counted. Raises
    `UnusableCases` where a file cannot be read or written, or a later table is there.
    """
    newest = rulebook.data.get(source.table)
    if newest is not None and newest.day > day:
        raise UnusableCases(
            _("the table {name} is of {then}, later than {day}").format(
                name=source.table, then=format_date(newest.day), day=format_date(day)
            ),
            _("only the newest table is read: give that day or a later one with --day"),
        )
    groups = Groups()
    before = None if anew else newest
    if before is not None:
        try:
            groups.merge(read_groups(before))
        except UnusableTable as error:
            hint = _("mend the table, or leave it out with --anew")
            raise UnusableCases(str(error), hint) from None
        if half_life is not None:
            groups.fade(faded((day - before.day).days, half_life))
    counted = without_price = without_category = other = rejected = 0
    names = (source.category, source.brand, source.price)
    for part in attribute_rows(rulebook, listings, source.subject, names, mapping):
        for category, brand, raw in part.rows:
            price, _wrong = number_of_money(raw)
            if not isinstance(price, (int, float)) or price < 1:
                without_price += 1
            elif groups.add(category, brand, float(price)):
                counted += 1
            else:
                without_category += 1
        other += part.other
        rejected += part.rejected
        if progress is not None:
            progress(Progress(counted + without_price + without_category, part.share))
    path = folder / "tables" / f"{source.table}.{day.isoformat()}.csv"
    if counted:
        data = written(groups).encode()
        if len(data) > LARGEST_FILE:
            raise UnusableCases(
                _("the table would be larger than {most} MB").format(most=LARGEST_FILE >> 20),
                _("take a coarser category with --map, or let old prices fade with --half-life"),
            )
        path.parent.mkdir(exist_ok=True)
        with AtomicFile(path) as out:
            out.file.write(data)
            out.settle()
            out.finish()
    since = before.day if before is not None else None
    return PriceUpdate(
        path, groups, counted, without_price, without_category, other, rejected, since
    )
