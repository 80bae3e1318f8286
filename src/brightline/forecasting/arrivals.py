"""When cases come: the mean of every hour of the week, and how much weeks and days differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
WEEK = 168
"""Hours of a week; the first begins on Monday at midnight."""
USUAL_SPREAD = 0.15
"""How much weeks and days differ from their mean where too few were seen to say it (their
coefficient of variation)."""
LEAST_WEEKS = 4
_HOUR = np.timedelta64(1, "h")
_MONDAY = np.datetime64("1970-01-05T00", "h")


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """`hourly` (168): mean cases of each hour of the week, from Monday at midnight.

    `week_spread` and `day_spread` are coefficients of variation of a week's and a day's volume
    around that, over and above chance. `days` were seen; `measured`: enough of them to tell the
    spreads. `by_hour`: the times had hours; else a day is taken as even.
    """

    hourly: F64
    week_spread: float
    day_spread: float
    days: int
    measured: bool
    by_hour: bool = True

    @property
    def week(self) -> float:
        """Mean cases a week."""
        return float(self.hourly.sum())

    def scaled(self, factor: float) -> Arrivals:
        """The same pattern with so many times the cases."""
        return Arrivals(
            self.hourly * factor,
            self.week_spread,
            self.day_spread,
            self.days,
            self.measured,
            self.by_hour,
        )


def arrivals_of(
    moments: npt.NDArray[np.datetime64], by_hour: bool = True, zone_hours: int = 7
) -> Arrivals:
    """The pattern of cases that came at these moments (UTC; `NaT` is left out).

    `zone_hours`: how far the clock of the people is ahead of UTC. `by_hour` off: the moments are
    days (already local), each spread evenly. Raises `ValueError` where there is none.
    """
    known = moments[~np.isnat(moments)]
    if not len(known):
        raise ValueError("no case says when it came")
    local = known.astype("datetime64[h]")
    if by_hour:
        local = local + zone_hours * _HOUR
    first, last = local.min().astype("datetime64[D]"), local.max().astype("datetime64[D]")
    days = int((last - first) / np.timedelta64(1, "D")) + 1
    at = ((local - first.astype("datetime64[h]")) / _HOUR).astype(np.int64)
    by_day_hour = np.bincount(at, minlength=days * 24).astype(np.float64).reshape(days, 24)
    if not by_hour:
        by_day_hour = np.repeat(by_day_hour.sum(axis=1, keepdims=True) / 24, 24, axis=1)
    begin = int(((first.astype("datetime64[h]") - _MONDAY) / _HOUR) // 24 % 7)
    weekday = (np.arange(days) + begin) % 7
    overall = by_day_hour.mean(axis=0)
    hourly = np.array(
        [by_day_hour[weekday == d].mean(axis=0) if (weekday == d).any() else overall
         for d in range(7)]
    )  # fmt: skip
    weeks = days // 7
    measured = weeks >= LEAST_WEEKS
    week_spread = day_spread = USUAL_SPREAD
    if measured:
        week_spread, day_spread = _spreads(by_day_hour.sum(axis=1), hourly.sum(axis=1)[weekday])
    return Arrivals(hourly.reshape(WEEK), week_spread, day_spread, days, measured, by_hour)


def _spreads(seen: F64, expected: F64) -> tuple[float, float]:
    """How weeks differ, and how days differ within their week, beyond chance (Poisson)."""
    weeks = len(seen) // 7
    seen, expected = seen[: weeks * 7].reshape(weeks, 7), expected[: weeks * 7].reshape(weeks, 7)
    ratio = seen.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-9)
    week = ratio.var(ddof=1) - (1 / np.maximum(seen.sum(axis=1), 1)).mean()
    inside = expected * ratio[:, None]
    usable = inside > 0
    off = (seen[usable] / inside[usable] - 1) ** 2 - 1 / inside[usable]
    # The mean of each weekday was fitted to the same days, and each week's factor too.
    freedom = weeks * 7 / max(1, (weeks - 1) * 6)
    return float(np.sqrt(max(0.0, week))), float(np.sqrt(max(0.0, off.mean() * freedom)))


def shape_of_day(hours: Sequence[float]) -> F64:
    """A week of seven equal days from 24 hourly means."""
    return np.tile(np.asarray(hours, np.float64), 7)
