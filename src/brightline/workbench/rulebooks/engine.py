"""A rulebook made ready to decide cases, for the threads of a server.

Everything here goes through the one compiled table: the workbench never decides by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from brightline.rulebook.asking import Asker
from brightline.rulebook.columns import Column, FactError
from brightline.rulebook.deciding import Deciders, Decision, Supplied, Verdict
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.screening.one import CaseDecider, CaseError

Facts = dict[str, dict[str, Any]]
"""Facts as they are stored: name → value, source, relied_on, and what else is known of it."""

_AT_ONCE = 40


class Engine:
    """One rulebook, compiled. Safe for several threads: they take turns."""

    def __init__(self, rulebook: Rulebook, sha: str) -> None:
        self.rulebook, self.sha = rulebook, sha
        self._arriving = CaseDecider(rulebook)
        self._deciders = Deciders(rulebook)
        self._askers: dict[int, Asker] = {}
        self._lock = threading.RLock()

    def arrive(self, case: Mapping[str, object], day: date) -> Decision:
        """Read a raw case with the signals and decide it as of a day.

        Raises `CaseError` and `FactError` on a case that cannot be decided.
        """
        with self._lock:
            return self._arriving.decide(case, as_of=day)

    def arrive_many(
        self, cases: Sequence[tuple[Mapping[str, object], date]]
    ) -> list[Decision | CaseError | FactError]:
        """For each raw case and its day what `arrive` gives or raises; faster than one by one."""
        found: list[Decision | CaseError | FactError] = []
        for first in range(0, len(cases), _AT_ONCE):
            with self._lock:  # let go in between: moderators wait for it too
                found += self._arriving.decide_many(cases[first : first + _AT_ONCE])
        return found

    def table(self, subject: str, day: date) -> Table:
        """The table that decides a subject as of a day. Raises `KeyError` on an unknown subject."""
        with self._lock:
            return self._deciders.decider(subject, day).table

    def warm(self) -> None:
        """Compile today's tables of every subject ahead of the first case."""
        for subject in self.rulebook.subjects:
            self.decide(subject, date.today(), {})

    def decide(self, subject: str, day: date, facts: Facts) -> Decision:
        """The decision on stored facts. One that this rulebook does not know, or whose value it
        does not allow any more, counts as unknown."""
        with self._lock:
            decider = self._deciders.decider(subject, day)
            table = decider.table
            known = {n: supplied(told) for n, told in facts.items() if n in table.places}
            try:
                return decider.decide(known)
            except FactError:
                columns = {name: table.columns[table.places[name]] for name in known}
                return decider.decide(
                    {n: fact for n, fact in known.items() if _allowed(columns[n], fact.value)}
                )

    def verdict(self, subject: str, day: date, facts: Facts) -> Verdict:
        """The verdict alone of `decide`, three times as fast: for making many again."""
        with self._lock:
            decider = self._deciders.decider(subject, day)
            try:
                return decider.verdict(
                    {n: f["value"] for n, f in facts.items() if f.get("relied_on", True)}
                )
            except FactError:  # a fact that counts as unknown, which `decide` sifts out
                return self.decide(subject, day, facts).verdict

    def assumed(self, decision: Decision) -> Decision:
        """What would follow if all that signals suggest were right."""
        if all(fact.relied_on for fact in decision.facts.values()):
            return decision
        facts = {name: replace(fact, relied_on=True) for name, fact in decision.facts.items()}
        with self._lock:
            return decision.decider.decide(facts)

    def question(self, decision: Decision, cannot: Collection[int] = ()) -> int | None:
        """The column to ask next; None where nothing that can be asked changes the decision."""
        if decision.verdict.determined:
            return None
        table = decision.table
        suggested = {
            place: column.code(known.value)
            for place, column in enumerate(table.columns)
            if (known := decision.facts.get(column.name)) and not known.relied_on
        }
        with self._lock:
            asker = self._askers.get(id(table))
            if asker is None:
                asker = self._askers[id(table)] = Asker(table)
            return asker.next_question(decision.standing, suggested, cannot)


def supplied(stored: Mapping[str, Any]) -> Supplied:
    """A stored fact as the rules take it."""
    detail = {k: v for k, v in stored.items() if k not in ("value", "source", "relied_on")}
    return Supplied(stored["value"], stored["source"], stored.get("relied_on", True), detail)


def stored(facts: Mapping[str, Supplied]) -> Facts:
    """The facts of a decision as they are stored."""
    return {
        name: {
            "value": fact.value,
            "source": fact.source,
            "relied_on": fact.relied_on,
            **fact.detail,
        }
        for name, fact in facts.items()
    }


def _allowed(column: Column, value: object) -> bool:
    try:
        column.code(value)
    except FactError:
        return False
    return True
