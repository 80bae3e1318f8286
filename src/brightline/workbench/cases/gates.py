"""Gates before the queues: rooms above may keep a person from a queue's tasks, and say why.

A room adds its gate in its AppConfig.ready. A gate is asked at every claim: it answers from what it
remembers, and asks the database only about those it might turn away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User

Pair = tuple[str, str]
"""A market and a queue."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Why someone gets no tasks of a queue for now, in a few words, and where to put it right."""

    words: str
    address: str


Gate = Callable[["User", Sequence[Pair]], Mapping[Pair, Bar]]
GATES: list[Gate] = []


def barred(person: User, pairs: Sequence[Pair]) -> dict[Pair, Bar]:
    """Those of some queues that are closed to a person, and why."""
    found: dict[Pair, Bar] = {}
    for gate in GATES:
        for pair, bar in gate(person, pairs).items():
            found.setdefault(pair, bar)
    return found
