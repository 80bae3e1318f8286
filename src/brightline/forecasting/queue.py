"""The work that came against the work that people could do, hour by hour, many times over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from brightline.forecasting.arrivals import F64, WEEK, Arrivals
from brightline.forecasting.shifts import Shifts

STEPS_AN_HOUR = 4
RUNS = 400
WEEKS = 4
_LOW, _HIGH = 10, 90


@dataclass(frozen=True, slots=True)
class Work:
    """The work that cases bring. Of all that come, `share` need a person.

    Such a case takes `seconds` in the mean, with a coefficient of variation of `spread` from case
    to case; the mean itself is known to within `seconds_error` (one standard error). Every case is
    looked at `looks` times. In the first weeks of new rules people are slower: by `learning` (0.2:
    a fifth), which halves every `learning_weeks`.
    """

    share: float
    seconds: float
    spread: float = 1.0
    seconds_error: float = 0.0
    looks: float = 1.0
    learning: float = 0.0
    learning_weeks: float = 1.0


@dataclass(frozen=True, slots=True)
class Spread:
    """A number in one future out of many: its mean, and what it is below in 10 and in 90 of 100."""

    mean: float
    p10: float
    p90: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A queue over `weeks` weeks, beginning on a Monday at midnight.

    `within`: share of the cases that came that were done `sla` seconds after they came, at the
    latest. `backlog_*`: cases waiting at the end of each hour. `left`: cases waiting at the very
    end. `needed`: hours of work a week, in the mean; `paid`: hours on duty; `load`: needed over
    what those hours yield. `behind`: share of the futures in whose last week there are always more
    cases waiting than come within one SLA.
    """

    sla: float
    weeks: int
    arriving: float
    needed: float
    paid: float
    load: float
    within: Spread
    worst_week: Spread
    left: Spread
    behind: float
    backlog_p10: tuple[float, ...]
    backlog_p50: tuple[float, ...]
    backlog_p90: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        from dataclasses import asdict

        return asdict(self)


def forecast(
    arrivals: Arrivals,
    work: Work,
    shifts: Shifts,
    sla: float,
    *,
    weeks: int = WEEKS,
    runs: int = RUNS,
    seed: int = 1,
    waiting: float = 0.0,
    steps_an_hour: int = STEPS_AN_HOUR,
) -> Forecast:
    """What becomes of a queue that is served first come, first served. `sla` in seconds.

    Drawn anew in every run: each week's and each day's volume (log-normal), the cases of every step
    (Poisson), their work (gamma, with the mean and spread of `work`) and the mean handling time.
    `waiting` cases are there at the beginning. The same seed gives the same answer. Raises
    `ValueError` on numbers that cannot be.
    """
    if not (sla > 0 and weeks > 0 and runs > 0 and steps_an_hour > 0 and waiting >= 0):
        raise ValueError("sla, weeks, runs and steps are more than 0, and nobody waits negatively")
    draw = np.random.default_rng(seed)
    tail = int(np.ceil(sla / 3600 / WEEK))
    steps, step_seconds = WEEK * steps_an_hour, 3600.0 / steps_an_hour
    seen = steps * weeks
    # A case that comes at the very end is followed until its SLA is over, and no further.
    every = min(steps * (weeks + tail), seen + int(np.ceil(sla / step_seconds)) + 1)
    cases = _cases(arrivals, work, draw, runs, weeks + tail, steps_an_hour)[:, :every]
    mean = work.seconds * work.looks
    factor = _pace(work, every, steps)
    known = np.maximum(0.05, 1 + draw.normal(0, 1, (runs, 1)) * _ratio(work.seconds_error, work))
    came = _work(cases, mean, work.spread, draw) * factor * known
    came[:, 0] += waiting * mean
    can = np.tile(np.repeat(shifts.capacity / steps_an_hour, steps_an_hour), weeks + tail)[:every]
    held = _backlog(came, can)
    whole = np.cumsum(came, axis=1)
    done = whole - held
    within = _within(whole, came, done, can, sla / step_seconds, seen)
    by_week = _shares(within, cases[:, :seen], weeks, steps)
    share = (within * cases[:, :seen]).sum(axis=1) / np.maximum(cases[:, :seen].sum(axis=1), 1e-9)
    share[cases[:, :seen].sum(axis=1) == 0] = 1.0
    each = np.maximum(mean * factor * known, 1e-9)
    cases_waiting = (held / each)[:, steps_an_hour - 1 : seen : steps_an_hour]
    low, middle, high = np.percentile(cases_waiting, (_LOW, 50, _HIGH), axis=0)
    weekly = arrivals.week * work.share
    needed = weekly * mean / 3600
    can_week = float(shifts.capacity.sum()) / 3600
    left, lowest = cases_waiting[:, -1], cases_waiting[:, -WEEK:].min(axis=1)
    return Forecast(
        sla,
        weeks,
        weekly,
        needed,
        shifts.hours,
        needed / can_week if can_week else float("inf"),
        _spread(share),
        _spread(by_week.min(axis=1)),
        _spread(left),
        float((lowest > weekly * sla / (3600 * WEEK)).mean()),
        tuple(low.tolist()),
        tuple(middle.tolist()),
        tuple(high.tolist()),
    )


def _ratio(error: float, work: Work) -> float:
    return error / work.seconds if work.seconds > 0 else 0.0


def _cases(
    arrivals: Arrivals,
    work: Work,
    draw: np.random.Generator,
    runs: int,
    weeks: int,
    steps_an_hour: int,
) -> F64:
    """[run, step] cases that come and need a person."""
    hourly = np.repeat(arrivals.hourly * work.share / steps_an_hour, steps_an_hour)
    week = _log_normal(draw, arrivals.week_spread, (runs, weeks, 1, 1))
    day = _log_normal(draw, arrivals.day_spread, (runs, weeks, 7, 1))
    mean = hourly.reshape(1, 1, 7, -1) * week * day
    return draw.poisson(mean).reshape(runs, -1).astype(np.float64)


def _log_normal(draw: np.random.Generator, spread: float, shape: tuple[int, ...]) -> F64:
    """Factors of mean 1 with this coefficient of variation."""
    sigma = np.sqrt(np.log1p(spread**2))
    return draw.lognormal(-(sigma**2) / 2, sigma, shape)


def _pace(work: Work, every: int, steps: int) -> F64:
    """[step] how much longer a case takes while the rules are new."""
    week = np.arange(every) / steps
    return 1 + work.learning * 0.5 ** (week / work.learning_weeks)


def _work(cases: F64, mean: float, spread: float, draw: np.random.Generator) -> F64:
    """[run, step] seconds of work: the sum of as many handling times as cases."""
    if spread <= 0 or mean <= 0:
        return cases * mean
    return draw.gamma(cases / spread**2, mean * spread**2)


def _backlog(came: F64, can: F64) -> F64:
    """[run, step] work that is left at the end of each step (Lindley's recursion, summed up)."""
    net = np.cumsum(came - can, axis=1)
    return net - np.minimum(np.minimum.accumulate(net, axis=1), 0.0)


def _within(whole: F64, came: F64, done: F64, can: F64, sla_steps: float, seen: int) -> F64:
    """[run, step] share of the step's work that is done when its SLA is over.

    Work is done in the order it came, as fast as it can be. Within a step arrivals and people are
    spread evenly.
    """
    runs, every = done.shape
    deadline = np.arange(seen) + 0.5 + sla_steps  # in steps, of the middle of each step's arrivals
    at = np.minimum(deadline, every - 1e-9)
    left = np.floor(at).astype(np.int64)
    part = at - left
    ends = np.concatenate([np.zeros((runs, 1)), done], axis=1)
    arrived = np.concatenate([np.zeros((runs, 1)), whole], axis=1)
    by_then = np.minimum(ends[:, left] + can[left] * part, arrived[:, left] + came[:, left] * part)
    own, before = came[:, :seen], arrived[:, :seen]
    return np.where(own > 0, np.clip((by_then - before) / np.maximum(own, 1e-9), 0, 1), 1.0)


def _shares(within: F64, cases: F64, weeks: int, steps: int) -> F64:
    """[run, week] share within the SLA of the cases that came in each week."""
    good = (within * cases).reshape(len(cases), weeks, steps).sum(axis=2)
    total = cases.reshape(len(cases), weeks, steps).sum(axis=2)
    return np.where(total > 0, good / np.maximum(total, 1e-9), 1.0)


def _spread(values: F64) -> Spread:
    low, high = np.percentile(values, (_LOW, _HIGH))
    return Spread(float(values.mean()), float(low), float(high))
