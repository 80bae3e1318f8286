"""When cases came: the moments of a file or a store of cases, for the pattern of arrivals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.casestore.errors import UnusableStore
from brightline.casestore.standing import standing
from brightline.casestore.store import Store
from brightline.rulebook.model import Rulebook
from brightline.screening.days import day_of
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping
from brightline.screening.planning import plan_of
from brightline.screening.reading import Cases
from brightline.screening.rows import rows_of
from brightline.screening.stored_cases import is_store
from brightline.screening.storing import moment_of

Moments = npt.NDArray[np.datetime64]
LEAST_BY_HOUR = 0.5
"""Where fewer of the cases than this say the hour, their days are used."""


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The moments of cases (`NaT`: not said), whether they tell the hour, and how long people took.

    `seconds`: from claim to decision, a number a case that a person decided; empty where not known.
    """

    moments: Moments
    by_hour: bool
    seconds: npt.NDArray[np.float64]


def times_of(path: Path, rulebook: Rulebook, mapping: CaseMapping | None = None) -> Times:
    """When the cases of a file or store came. Raises `UnusableCases`."""
    if is_store(path):
        try:
            return _of_store(Store(path))
        except UnusableStore as error:
            raise UnusableCases(error.message, error.hint) from None
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    hours: list[datetime | None] = []
    days: list[date | None] = []
    for file in files:
        with Cases(file) as cases:
            plan = plan_of(rulebook, mapping, cases.columns)
            columns = [] if plan.time is None else [plan.time.column]
            wanted = [c for c in columns if c in cases.columns] or plan.columns
            for chunk in cases.chunks(wanted):
                rows = rows_of(chunk, cases.columns, plan.mapped)
                found = rows.values(plan.time) if plan.time is not None else None
                for raw in found or ():
                    hour, day = _read(raw)
                    hours.append(hour)
                    days.append(day)
    return _times(hours, days, np.zeros(0))


def _read(raw: Any) -> tuple[datetime | None, date | None]:
    try:
        return moment_of(raw), None if raw in (None, "") else day_of(raw)
    except (ValueError, TypeError):
        return None, None  # the back-test itself says that it cannot be read


def _times(
    hours: list[datetime | None], days: list[date | None], seconds: npt.NDArray[np.float64]
) -> Times:
    known = sum(day is not None for day in days)
    told = sum(hour is not None for hour in hours)
    if known and told >= LEAST_BY_HOUR * known:
        plain = [None if h is None else h.astimezone(UTC).replace(tzinfo=None) for h in hours]
        return Times(np.array(plain, "datetime64[us]"), True, seconds)
    return Times(np.array(days, "datetime64[D]"), False, seconds)


def _of_store(store: Store) -> Times:
    hours: list[Moments] = []
    days: list[Moments] = []
    for batch in store.batches("cases", ("at", "day")):
        hours.append(batch.column("at").to_numpy(zero_copy_only=False).astype("datetime64[us]"))
        days.append(batch.column("day").to_numpy(zero_copy_only=False).astype("datetime64[D]"))
    if not hours:
        return Times(np.zeros(0, "datetime64[us]"), True, np.zeros(0))
    at, day = np.concatenate(hours), np.concatenate(days)
    by_hour = (~np.isnat(at)).sum() >= LEAST_BY_HOUR * (~np.isnat(day)).sum() and not np.isnat(
        at
    ).all()
    table = standing(store)
    people = np.array([how != "automatic" for how in table.column("how").to_pylist()], np.bool_)
    taken = table.column("seconds").to_numpy().astype(np.float64)
    taken = taken[people] if len(taken) else taken
    return Times(at if by_hour else day, bool(by_hour), taken[np.isfinite(taken) & (taken > 0)])
