"""The pattern of arrivals is found again in moments drawn from it; shifts are read as written."""

from __future__ import annotations

import numpy as np
import pytest

from brightline.forecasting.arrivals import USUAL_SPREAD, arrivals_of
from brightline.forecasting.shifts import UnusableShifts, read_shifts

MONDAY = np.datetime64("2026-10-05T00", "h")
HOURS = np.array([0.0] * 8 + [20.0] * 10 + [5.0] * 6)


def _moments(weeks: int, week_spread: float, day_spread: float, seed: int = 5) -> np.ndarray:
    """Local moments of so many weeks; Sundays are half as busy."""
    draw = np.random.default_rng(seed)
    found = []
    for week in range(weeks):
        of_week = max(0.1, 1 + draw.normal(0, week_spread))
        for day in range(7):
            volume = of_week * max(0.1, 1 + draw.normal(0, day_spread)) * (0.5 if day == 6 else 1)
            counts = draw.poisson(HOURS * volume)
            begin = MONDAY + np.timedelta64(week * 168 + day * 24, "h")
            found.append(np.repeat(begin + np.arange(24) * np.timedelta64(1, "h"), counts))
    return np.concatenate(found)


def test_hours_weeks_and_days_are_found_again():
    moments = _moments(40, 0.2, 0.1) - np.timedelta64(7, "h")  # UTC
    found = arrivals_of(moments.astype("datetime64[us]"))
    assert found.measured and found.days == 280
    assert found.hourly[8:18] == pytest.approx(np.full(10, 20), rel=0.12)
    assert found.hourly[6 * 24 + 8 : 6 * 24 + 18].mean() == pytest.approx(10, rel=0.12)
    assert found.hourly[:8].sum() == 0
    assert found.week_spread == pytest.approx(0.2, abs=0.06)
    assert found.day_spread == pytest.approx(0.1, abs=0.04)


def test_chance_alone_is_no_spread():
    found = arrivals_of(_moments(40, 0, 0), zone_hours=0)
    assert found.week_spread < 0.02
    assert found.day_spread < 0.03


def test_too_few_weeks_say_no_spread_and_a_missing_day_is_taken_from_the_others():
    found = arrivals_of(_moments(1, 0, 0)[:120], zone_hours=0)  # Monday only
    assert not found.measured
    assert (found.week_spread, found.day_spread) == (USUAL_SPREAD, USUAL_SPREAD)
    assert found.week == pytest.approx(120 * 7)


def test_days_without_hours_are_even_and_none_at_all_is_an_error():
    days = np.array(["2026-10-05", "2026-10-05", "NaT"], "datetime64[D]")
    found = arrivals_of(days, by_hour=False)
    assert found.hourly[:24] == pytest.approx(np.full(24, 2 / 24))
    with pytest.raises(ValueError, match="no case says when"):
        arrivals_of(days[2:])


def test_shifts_are_read_as_written(tmp_path):
    file = tmp_path / "shifts.yaml"
    file.write_text(
        "shrinkage: 0.25\n"
        "shifts:\n"
        '  - {days: mon-fri, from: "08:00", to: "17:30", people: 12}\n'
        "  - {days: [sat, sun], from: 22:00, to: 06:00, people: 2}\n"
    )
    shifts = read_shifts(file)
    assert shifts.people[8:18].tolist() == [12.0] * 9 + [6.0]  # half of the last hour
    assert shifts.people[5 * 24 + 21 : 5 * 24 + 24].tolist() == [0, 2, 2]
    assert shifts.people[:7].tolist() == [2] * 6 + [0]  # Sunday's shift ends on Monday
    assert shifts.hours == 5 * 12 * 9.5 + 2 * 8 * 2
    assert shifts.capacity[8] == 12 * 3600 * 0.75


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", ":1: this is not YAML"),
        ("people: 3", "no list of shifts"),
        ("shifts: []", "nobody is ever on duty"),
        ("shifts: [{people: 3}]\npause: 1", "a key 'pause'"),
        ("shifts: [{people: 3, days: monday}]", "shift 1: no day is called 'monday'"),
        ("shifts: [{people: 3}, {people: -3}]", "shift 2: people is a number"),
        ("shifts: [{people: yes}]", "people is a number"),
        ("shifts: [{people: .nan}]", "people is a number"),
        ('shifts: [{people: 3, from: "8h"}]', "'8h' is no time of day"),
        ("shifts: [{people: 3, form: 8}]", "a key 'form'"),
        ("shrinkage: 1\nshifts: [{people: 3}]", "shrinkage is a share"),
        ("a: &a [x]\nshifts: *b", "this is not YAML"),
    ],
)
def test_mistakes_in_shifts_are_named(tmp_path, text, said):
    file = tmp_path / "shifts.yaml"
    file.write_text(text)
    with pytest.raises(UnusableShifts) as raised:
        read_shifts(file)
    assert said in raised.value.message


def test_a_yaml_bomb_is_no_file_of_shifts(tmp_path):
    file = tmp_path / "shifts.yaml"
    file.write_text("shifts: [" + "x, " * 40_000 + "]")
    with pytest.raises(UnusableShifts, match="too large"):
        read_shifts(file)
