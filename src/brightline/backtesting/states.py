"""What a case comes to as one small number: an action, or a set of actions that are still open.

Both versions of a rulebook share the numbers, so that a pair of them tells a flow.
"""

from __future__ import annotations

from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.possible import MOST_ACTIONS
from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import ranked_actions
from brightline.screening.errors import UnusableCases
from brightline.screening.layout import U64

U8 = npt.NDArray[np.uint8]
MOST_STATES = 255


def joint_actions(old: Rulebook, new: Rulebook) -> tuple[str, ...]:
    """The actions of both versions, least severe first, as the newer one ranks them."""
    names = list(ranked_actions(new))
    for name in ranked_actions(old):
        if name not in names:
            severity = old.actions[name].severity
            at = sum(
                new.actions[one].severity <= severity
                if one in new.actions
                else old.actions[one].severity <= severity
                for one in names
            )
            names.insert(at, name)
    return tuple(names)


def joint_states(old: Rulebook, new: Rulebook) -> States:
    """Numbers for both versions. Raises `UnusableCases` where they have too many actions."""
    actions = joint_actions(old, new)
    if len(actions) > MOST_ACTIONS:
        raise UnusableCases(
            _("the versions have {n} actions between them, more than {most}").format(
                n=len(actions), most=MOST_ACTIONS
            )
        )
    return States(actions)


class States:
    """Numbers for actions and for sets of actions. Safe to share between threads.

    Below `len(actions)` the number is that of an action; above, of a set (`sets`, bits of actions).
    """

    def __init__(self, actions: tuple[str, ...]) -> None:
        self.actions = actions
        self.sets: list[int] = []
        self._numbers: dict[int, int] = {}
        self._lock = Lock()

    def of_set(self, actions: int) -> int:
        """The number of a set of actions (a bit each). Where numbers run out: of all actions."""
        with self._lock:
            if actions not in self._numbers:
                if len(self.actions) + len(self.sets) >= MOST_STATES - 1:
                    actions = (1 << len(self.actions)) - 1
                    if actions in self._numbers:
                        return self._numbers[actions]
                self._numbers[actions] = len(self.actions) + len(self.sets)
                self.sets.append(actions)
            return self._numbers[actions]

    def of_others(self, others: States) -> U8:
        """[state of others] the state here, for actions that are known here too."""
        found = np.zeros(256, np.uint8)
        joint = [self.actions.index(n) if n in self.actions else -1 for n in others.actions]
        found[: len(joint)] = np.maximum(joint, 0)
        for at, bits in enumerate(others.sets, len(joint)):
            found[at] = self.of_set(
                sum(1 << j for own, j in enumerate(joint) if bits >> own & 1 and j >= 0)
            )
        return found

    def possible(self, state: int) -> int:
        """The actions that a state leaves possible, a bit each."""
        count = len(self.actions)
        return 1 << state if state < count else self.sets[state - count]

    def open(self, state: int) -> bool:
        """Whether the state is not determined."""
        return state >= len(self.actions)

    def of_sets(self, sets: U64, joint: list[int]) -> U8:
        """[case] the numbers of sets of a table's ranks; `joint[rank]` is the action's number."""
        distinct, at = np.unique(sets, return_inverse=True)
        numbers = [
            self.of_set(sum(1 << j for rank, j in enumerate(joint) if of >> rank & 1))
            for of in distinct.tolist()
        ]
        return np.array(numbers, np.uint8)[at.reshape(-1)]
