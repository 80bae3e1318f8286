"""What becomes of the queue under either version of the rules: the same arrivals and people."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from brightline.backtesting.results import Backtest, Effort
from brightline.forecasting.arrivals import arrivals_of
from brightline.forecasting.queue import RUNS, WEEKS, Forecast, Work, forecast
from brightline.forecasting.shifts import Shifts
from brightline.forecasting.staffing import Needed, needed
from brightline.i18n import _

LEAST_TIMES = 30
"""Decisions whose time is known, for their mean to be trusted."""
LEAST_COMPLETE = 30
"""Cases that can be asked out, for the change in their time to be trusted."""
SPREAD = 1.0
"""How handling times differ from case to case where that was not measured."""
LONGEST = 4 * 3600.0
"""A decision that took longer than this was left lying; its time says nothing."""
Source = Literal["decisions", "given", "rulebook"]


class NoOutlook(ValueError):
    """A queue that cannot be foreseen: `message` says what is missing, `hint` how to give it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Outlook:
    """A queue under both versions.

    `arriving`: all cases a week. `seconds_*`: mean handling time of a case that needs a person,
    from `source` (`times` decisions). `changes_time`: whether the questions of the new version
    changed that mean; else it is taken as the same. `days` of arrivals were seen; `measured` and
    `by_hour` as of `Arrivals`.
    """

    sla: float
    wanted: float
    weeks: int
    runs: int
    seed: int
    shrinkage: float
    learning: float
    arriving: float
    days: int
    measured: bool
    by_hour: bool
    source: Source
    times: int
    changes_time: bool
    seconds_old: float
    seconds_new: float
    old: Forecast
    new: Forecast
    needed_old: Needed
    needed_new: Needed

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def outlook_of(
    found: Backtest,
    moments: npt.NDArray[np.datetime64],
    by_hour: bool,
    seconds: npt.NDArray[np.float64],
    shifts: Shifts,
    *,
    sla: float,
    given_seconds: float | None = None,
    learning: float = 0.0,
    wanted: float = 0.95,
    weeks: int = WEEKS,
    runs: int = RUNS,
    seed: int = 1,
) -> Outlook:
    """The outlook of a back-test whose cases came at these moments.

    `seconds`: how long people took for each case; `given_seconds` comes before it. Raises
    `NoOutlook` where neither arrivals nor handling times are known.
    """
    if not found.cases:
        raise NoOutlook(_("there is no case to foresee a queue from"), _("give some cases"))
    try:
        arrivals = arrivals_of(moments, by_hour)
    except ValueError:
        raise NoOutlook(
            _("no case says when it came, so the queue cannot be foreseen"),
            _("the cases need a created_at; leave --shifts away to do without"),
        ) from None
    old, source, times = _work(found, seconds, given_seconds)
    ratio, error, changes = _ratio(found.effort)
    shares = [n / found.cases for n in (found.person_old, found.person_new)]
    works = [
        Work(shares[0], old.seconds, old.spread, old.seconds_error),
        Work(
            shares[1],
            old.seconds * ratio,
            old.spread,
            float(np.hypot(old.seconds_error * ratio, old.seconds * error)),
            learning=learning,
        ),
    ]
    made = [
        forecast(arrivals, work, shifts, sla, weeks=weeks, runs=runs, seed=seed) for work in works
    ]
    need = [needed(arrivals, work, shifts, sla, wanted, seed) for work in works]
    return Outlook(
        sla, wanted, weeks, runs, seed, shifts.shrinkage, learning, arrivals.week, arrivals.days,
        arrivals.measured, arrivals.by_hour, source, times, changes, works[0].seconds,
        works[1].seconds, made[0], made[1], need[0], need[1],
    )  # fmt: skip


def _work(
    found: Backtest, seconds: npt.NDArray[np.float64], given: float | None
) -> tuple[Work, Source, int]:
    """The work of a case under the old version, where that comes from, and out of how many."""
    own = seconds[seconds <= LONGEST]
    if given is not None:
        return Work(1.0, given, SPREAD), "given", 0
    if len(own) >= LEAST_TIMES:
        mean, spread = float(own.mean()), float(own.std(ddof=1))
        return (
            Work(1.0, mean, spread / mean, spread / float(np.sqrt(len(own)))),
            "decisions",
            len(own),
        )
    effort = found.effort
    if effort is not None and effort.complete >= LEAST_COMPLETE and effort.seconds_old.mean > 0:
        error = (effort.seconds_old.high - effort.seconds_old.low) / (2 * 1.96)
        work = Work(1.0, effort.seconds_old.mean, SPREAD, error)
        return work, "rulebook", effort.complete
    raise NoOutlook(
        _("it is not known how long a person takes for a case"),
        _("say it with --seconds 60, or use a store of cases with decisions"),
    )


def _ratio(effort: Effort | None) -> tuple[float, float, bool]:
    """How many times as long a case takes under the new version, its error, whether it is known."""
    if effort is None or effort.complete < LEAST_COMPLETE or effort.seconds_old.mean <= 0:
        return 1.0, 0.0, False
    base = effort.seconds_old.mean
    error = (effort.seconds_change.high - effort.seconds_change.low) / (2 * 1.96) / base
    return max(0.05, 1 + effort.seconds_change.mean / base), error, True
