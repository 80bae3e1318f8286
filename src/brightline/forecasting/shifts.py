"""Who is on when: a small YAML file of shifts as people on duty in every hour of the week.

shrinkage: 0.3                # share of paid time that is not work: breaks, training, meetings
shifts:
  - {days: mon-fri, from: "08:00", to: "17:00", people: 12}
  - {days: [sat, sun], from: "22:00", to: "06:00", people: 2}
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from brightline.forecasting.arrivals import F64, WEEK
from brightline.i18n import _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_SHRINKAGE = 0.3
MOST_PEOPLE = 1_000_000
_LARGEST = 64 * 1024


class UnusableShifts(ValueError):
    """A file of shifts that cannot be used: `message`, maybe a `hint`."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """`people` (168): how many are on duty in each hour of the week; part of an hour counts so.

    `shrinkage`: the share of that time that goes elsewhere.
    """

    people: F64
    shrinkage: float = USUAL_SHRINKAGE

    @property
    def hours(self) -> float:
        """Paid hours a week."""
        return float(self.people.sum())

    @property
    def capacity(self) -> F64:
        """(168) seconds of work that can be done in each hour."""
        return self.people * 3600.0 * (1.0 - self.shrinkage)

    def times(self, factor: float) -> Shifts:
        """The same shifts with so many times the people."""
        return Shifts(self.people * factor, self.shrinkage)


def read_shifts(path: Path) -> Shifts:
    """The shifts in a YAML file. Raises `UnusableShifts` that says which line is wrong."""
    import yaml

    name = path.name
    try:
        if path.stat().st_size > _LARGEST:
            raise UnusableShifts(_("{path} is too large for a file of shifts").format(path=name))
        found = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise UnusableShifts(
            _("{path} cannot be read: {error}").format(path=path, error=error.strerror)
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, UnusableShifts):
            raise
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise UnusableShifts(
            _("{path}:{line}: this is not YAML").format(path=name, line=line)
        ) from None
    return shifts_of(found, name)


def shifts_of(found: Any, name: str) -> Shifts:
    """The shifts of parsed YAML. Raises `UnusableShifts`."""
    form = _("write shifts: and a list of {{days: mon-fri, from: …, to: …, people: 12}}").format()
    if not isinstance(found, dict) or not isinstance(found.get("shifts"), list):
        raise UnusableShifts(_("{path} has no list of shifts").format(path=name), form)
    for key in found:
        if key not in ("shifts", "shrinkage"):
            raise UnusableShifts(
                _("{path} has a key {key} that shifts do not have").format(
                    path=name, key=repr(key)[:60]
                ),
                form,
            )
    shrinkage = _number(found.get("shrinkage", USUAL_SHRINKAGE), 0, 0.95)
    if shrinkage is None:
        raise UnusableShifts(_("{path}: shrinkage is a share from 0 to 0.95").format(path=name))
    people = np.zeros(WEEK)
    for number, shift in enumerate(found["shifts"], 1):
        try:
            people += _shift(shift)
        except _Wrong as wrong:
            raise UnusableShifts(
                _("{path}, shift {number}: {reason}").format(
                    path=name, number=number, reason=wrong
                ),
                form,
            ) from None
    if not people.any():
        raise UnusableShifts(_("{path}: nobody is ever on duty").format(path=name), form)
    return Shifts(people, shrinkage)


class _Wrong(Exception):
    """What is wrong with one shift."""


def _shift(shift: Any) -> F64:
    if not isinstance(shift, dict):
        raise _Wrong(_("it is not written as days, from, to, people"))
    for key in shift:
        if key not in ("days", "from", "to", "people"):
            raise _Wrong(_("it has a key {key} that a shift does not have").format(key=repr(key)))
    count = _number(shift.get("people"), 0, MOST_PEOPLE)
    if count is None:
        raise _Wrong(_("people is a number, 0 or more"))
    begin, end = _minutes(shift.get("from", "00:00")), _minutes(shift.get("to", "24:00"))
    if end <= begin:
        end += 24 * 60  # into the next morning
    minutes = np.zeros(WEEK * 60)
    for day in _days(shift.get("days", "mon-sun")):
        at = (np.arange(day * 1440 + begin, day * 1440 + end)) % len(minutes)
        minutes[at] += count
    hours: F64 = minutes.reshape(WEEK, 60).mean(axis=1)
    return hours


def _days(raw: Any) -> list[int]:
    names = raw if isinstance(raw, list) else str(raw).replace(" ", "").split(",")
    found: list[int] = []
    for name in names:
        first, dash, last = str(name).strip().lower().partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise _Wrong(
                _("no day is called {name}; the days are {days}").format(
                    name=repr(str(name)[:20]), days=", ".join(DAYS)
                )
            )
        start = DAYS.index(first)
        length = (DAYS.index(last) - start) % 7 + 1 if dash else 1
        found += [(start + step) % 7 for step in range(length)]
    return sorted(set(found))


def _minutes(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= 24 * 60:
        return raw if raw > 24 else raw * 60  # YAML 1.1 reads 17:00 as 1020
    hour, colon, minute = str(raw).strip().partition(":")
    if hour.isdigit() and (not colon or minute.isdigit()):
        found = int(hour) * 60 + int(minute or 0)
        if found <= 24 * 60 and int(minute or 0) < 60:
            return found
    raise _Wrong(_("{time} is no time of day; write 08:30").format(time=repr(raw)[:20]))


def _number(raw: Any, least: float, most: float) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not least <= raw <= most:
        return None
    return float(raw)
