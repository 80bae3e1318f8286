"""How many people the same shifts would need, for a share of cases to be done in time."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.forecasting.arrivals import Arrivals
from brightline.forecasting.queue import Forecast, Work, forecast
from brightline.forecasting.shifts import Shifts

_RUNS = 120


@dataclass(frozen=True, slots=True)
class Needed:
    """`hours` on duty a week so that in 90 of 100 futures `wanted` of the cases are in time.

    None: no number of people reaches it in these shifts, since nobody is on when it would matter;
    `most` is what they could reach at best.
    """

    wanted: float
    hours: float | None
    most: float


def needed(
    arrivals: Arrivals, work: Work, shifts: Shifts, sla: float, wanted: float = 0.95, seed: int = 1
) -> Needed:
    """How many hours the shifts need, by trying: the same pattern with more or fewer people."""

    def reached(factor: float) -> Forecast:
        return forecast(arrivals, work, shifts.times(factor), sla, runs=_RUNS, seed=seed)

    best = reached(1000.0).within.p10
    if best < wanted:
        return Needed(wanted, None, best)
    low, high = 0.0, 1.0
    while reached(high).within.p10 < wanted:
        low, high = high, high * 2
    for _step in range(12):
        middle = (low + high) / 2
        if middle > 0 and reached(middle).within.p10 >= wanted:
            high = middle
        else:
            low = middle
    return Needed(wanted, shifts.hours * high, best)
