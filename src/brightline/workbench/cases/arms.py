"""Arriving cases that another room draws for a trial: judged by a draft, kept to a group of people.

A room adds a `Drawer` in its AppConfig.ready. It is asked for every arriving case, after the
rulebook in force has said which queue it belongs to: so who gets into a trial depends on nothing
that the draft does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from brightline.workbench.cases.models.case import Case


@dataclass(frozen=True, slots=True)
class Arm:
    """What a case was drawn for. `sha` judges it (empty: the rulebook in force), `role` is who
    may decide it (as `Task.role`), `trial` and `name` are the drawer's own."""

    trial: int
    name: str
    sha: str = ""
    role: str = ""


class Drawer(Protocol):
    """A room that draws cases for trials."""

    def draw(self, market: str, ref: str, queue: str) -> Arm | None:
        """The arm of an arriving case; None leaves it alone. Asks the database nothing."""

    def drawn(self, cases: Sequence[tuple[Case, Arm]]) -> None:
        """Keep what was drawn; called in the transaction in which the cases were written."""

    def judges(self, market: str, sha: str) -> bool:
        """Whether a draft is at work: cases read under it stay under it."""


DRAWERS: list[Drawer] = []


def arm_of(market: str, ref: str, queue: str) -> Arm | None:
    """The arm of an arriving case, if any drawer wants it."""
    found = (drawer.draw(market, ref, queue) for drawer in DRAWERS)
    return next((arm for arm in found if arm is not None), None)


def keep_arms(cases: Sequence[tuple[Case, Arm]]) -> None:
    """Tell the drawers what was drawn."""
    if cases:
        for drawer in DRAWERS:
            drawer.drawn(cases)


def judged_by_draft(market: str, sha: str) -> bool:
    """Whether a rulebook is a draft at work in a market."""
    return any(drawer.judges(market, sha) for drawer in DRAWERS)
