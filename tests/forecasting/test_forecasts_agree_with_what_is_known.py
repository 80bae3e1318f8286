"""Forecasts of queues agree with what can be worked out by hand, by formula or case by case."""

from __future__ import annotations

import heapq
import math
from random import Random

import numpy as np
import pytest

from brightline.forecasting.arrivals import Arrivals, shape_of_day
from brightline.forecasting.queue import Work, forecast
from brightline.forecasting.shifts import Shifts
from brightline.forecasting.staffing import needed

HOUR = 3600.0


def _even(cases_an_hour: float) -> Arrivals:
    """The same every hour, no week or day unlike another."""
    return Arrivals(np.full(168, cases_an_hour), 0.0, 0.0, 28, True)


def _people(count: float) -> Shifts:
    return Shifts(np.full(168, count), 0.0)


def test_with_more_work_than_people_the_queue_grows_by_the_difference():
    # 200 cases an hour of 60 s are 12,000 s of work; 3 people do 10,800.
    found = forecast(_even(200), Work(1.0, 60.0, 0.0), _people(3), 4 * HOUR, weeks=2)
    grown = (12_000 - 10_800) / 60 * 336
    assert found.left.mean == pytest.approx(grown, rel=0.02)
    assert found.backlog_p50[99] == pytest.approx(2_000, rel=0.05)
    assert found.load == pytest.approx(12 / 10.8)
    # First come, first served: a case waits (arrived work − done work) / pace: 4 h after t/9 > 4 h.
    assert found.within.mean == pytest.approx(40 / 336, abs=0.02)
    assert found.behind == 1.0


def test_where_nobody_is_on_at_night_cases_wait_for_the_morning():
    # Even arrivals, plenty of people from 8 to 20: who comes between 20 and 4 misses 4 hours.
    on = shape_of_day([0.0] * 8 + [1000.0] * 12 + [0.0] * 4)
    found = forecast(_even(100), Work(1.0, 60.0, 0.0), Shifts(on, 0.0), 4 * HOUR, weeks=2)
    # 16 h of the day are in time, but for the first night, which nobody had to wait out before.
    assert found.within.mean == pytest.approx(16 / 24, abs=0.01)
    assert found.backlog_p50[7] == pytest.approx(800, rel=0.1)  # at 8:00
    assert found.backlog_p50[12] == pytest.approx(0, abs=1)
    nobody_enough = needed(_even(100), Work(1.0, 60.0, 0.0), Shifts(on, 0.0), 4 * HOUR)
    assert nobody_enough.hours is None
    assert nobody_enough.most == pytest.approx(16 / 24, abs=0.01)


def test_one_server_waits_as_pollaczek_and_khinchine_say():
    # M/G/1: mean work waiting = λ E[S²] / (2 (1 − ρ)); one person, 40 cases an hour, 72 s, cv 1.5.
    rate, mean, cv = 40 / HOUR, 72.0, 1.5
    load = rate * mean
    expected = rate * mean**2 * (1 + cv**2) / (2 * (1 - load))
    steady = np.mean(_waiting_work(40, mean, cv, 1, 240)[:, 24 * 240 :])
    assert steady == pytest.approx(expected, rel=0.06)


def _waiting_work(rate: float, mean: float, cv: float, people: float, steps: int) -> np.ndarray:
    from brightline.forecasting import queue

    draw = np.random.default_rng(3)
    cases = queue._cases(_even(rate), Work(1.0, mean, cv), draw, 40, 2, steps)
    came = queue._work(cases, mean, cv, draw)
    return queue._backlog(came, np.full(came.shape[1], people * HOUR / steps))


def test_several_servers_are_late_as_often_as_erlang_says():
    # M/M/12 at 93 %: P(W > t) = C exp(−(cμ − λ) t), where a queue is never closed.
    servers, mean, an_hour = 12, 180.0, 223.0
    offered = an_hour * mean / HOUR
    wait = servers / mean - an_hour / HOUR
    for sla in (600.0, 1800.0):
        found = forecast(
            _even(an_hour), Work(1.0, mean, 1.0), _people(servers), sla,
            weeks=2, runs=80, steps_an_hour=30,
        )  # fmt: skip
        late = _erlang_c(servers, offered) * math.exp(-wait * sla)
        assert 1 - found.within.mean == pytest.approx(late, abs=0.03)


def _erlang_c(servers: int, offered: float) -> float:
    """The share that has to wait at all (Erlang, 1917)."""
    below = sum(offered**k / math.factorial(k) for k in range(servers))
    top = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return top / (below + top)


def test_the_formula_of_erlang_is_the_one_that_textbooks_print():
    # 100 calls in 30 minutes of 3 minutes each, 14 people: P(wait) .17413
    assert _erlang_c(14, 100 / 30 * 3) == pytest.approx(0.17413, abs=1e-5)


def test_shifts_agree_with_a_simulation_case_by_case():
    """Two shifts, closed nights, M/G/c: the same share in time as when every case is followed."""
    on = shape_of_day([0.0] * 8 + [14.0] * 14 + [0.0] * 2)
    day = [2.0] * 7 + [10.0] * 5 + [14.0] * 10 + [4.0] * 2
    arrivals = Arrivals(shape_of_day([x * 9 for x in day]), 0.0, 0.0, 28, True)
    work, sla = Work(1.0, 330.0, 1.0), 4 * HOUR
    found = forecast(arrivals, work, Shifts(on, 0.0), sla, weeks=2, runs=200)
    followed = np.mean([_followed(arrivals.hourly, on, 330.0, sla, seed) for seed in range(6)])
    assert found.within.mean == pytest.approx(followed, abs=0.02)
    assert 0.5 < followed < 0.97  # neither everything nor nothing


def _followed(hourly: np.ndarray, on: np.ndarray, mean: float, sla: float, seed: int) -> float:
    """Case by case: the next free person takes the oldest; shifts begin and end on the hour."""
    draw = Random(seed)
    came: list[float] = []
    for hour in range(168 * 2):
        rate, at = hourly[hour % 168] / HOUR, hour * HOUR
        while rate and (at := at + draw.expovariate(rate)) < (hour + 1) * HOUR:
            came.append(at)
    busy = [0.0] * int(on.max())
    heapq.heapify(busy)
    good = 0
    for at in came:
        start = max(at, heapq.heappop(busy))
        while not on[int(start // HOUR) % 168]:
            start = (start // HOUR + 1) * HOUR
        heapq.heappush(busy, start + draw.expovariate(1 / mean))
        good += start + mean - at <= sla
    return good / len(came)


def test_the_same_seed_gives_the_same_and_more_spread_a_wider_band():
    work, shifts = Work(0.5, 120.0), _people(4)
    calm = Arrivals(np.full(168, 200.0), 0.0, 0.0, 28, True)
    wild = Arrivals(np.full(168, 200.0), 0.3, 0.3, 28, True)
    one = forecast(calm, work, shifts, HOUR)
    assert one == forecast(calm, work, shifts, HOUR)
    assert one != forecast(calm, work, shifts, HOUR, seed=2)
    other = forecast(wild, work, shifts, HOUR)
    assert other.within.p90 - other.within.p10 > one.within.p90 - one.within.p10


def test_learning_the_rules_costs_time_at_first():
    shifts = _people(3.6)
    known = forecast(_even(100), Work(1.0, 120.0), shifts, HOUR)
    fresh = forecast(_even(100), Work(1.0, 120.0, learning=0.3), shifts, HOUR)
    assert fresh.worst_week.mean < known.worst_week.mean
    assert max(fresh.backlog_p50[:168]) > max(known.backlog_p50[:168])


def test_people_that_are_needed_are_enough_and_not_twice_enough():
    shifts, work = _people(1), Work(1.0, 120.0)
    found = needed(_even(100), work, shifts, HOUR)
    assert found.hours is not None
    factor = found.hours / shifts.hours
    assert forecast(_even(100), work, shifts.times(factor * 1.05), HOUR).within.p10 >= 0.94
    assert forecast(_even(100), work, shifts.times(factor * 0.9), HOUR).within.p10 < 0.95


@pytest.mark.parametrize("wrong", [{"sla": 0}, {"weeks": 0}, {"runs": 0}, {"waiting": -1}])
def test_numbers_that_cannot_be_are_refused(wrong):
    given = {"sla": HOUR} | wrong
    with pytest.raises(ValueError, match="more than 0"):
        forecast(_even(1), Work(1.0, 60.0), _people(1), **given)
