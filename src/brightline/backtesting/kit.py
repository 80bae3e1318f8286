"""What puts cases to two versions: their tables, what reads the cases, and the tables of counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brightline.backtesting.counting import Tables
from brightline.backtesting.grouping import By
from brightline.backtesting.pair import Pair
from brightline.backtesting.reading import CaseReader
from brightline.backtesting.states import States, joint_states
from brightline.rulebook.model import Rulebook
from brightline.screening.mapping import CaseMapping


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a back-test. Can be pickled. Both versions stand as on the day `on`."""

    old: Rulebook
    new: Rulebook
    on: date
    mapping: CaseMapping | None = None
    by: By | None = None
    assume_suggestions: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything compiled. `pairs` by subject: those that both versions know."""

    states: States
    pairs: dict[str, Pair]
    reader: CaseReader
    tables: Tables

    @classmethod
    def of(cls, wanted: Wanted) -> Kit:
        """Raises `UnusableCases` where the versions cannot be held against each other."""
        old, new, on = wanted.old, wanted.new, wanted.on
        states = joint_states(old, new)
        pairs = {
            subject: Pair.of(old, new, subject, on, states)
            for subject in new.subjects
            if subject in old.subjects
        }
        reader = CaseReader(
            old,
            new,
            {subject: pair.match for subject, pair in pairs.items()},
            mapping=wanted.mapping,
            by=wanted.by,
            as_of=on,
            assume_suggestions=wanted.assume_suggestions,
        )
        named = {name: of.all for name, of in reader.names.items()}
        return cls(states, pairs, reader, Tables(old, new, states, list(pairs.values()), named))
