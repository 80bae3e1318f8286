"""What a newer version calls the things of an older one: ids kept, or declared by `was:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brightline.rulebook.boxes import FactKey
from brightline.rulebook.model import Fact, Rulebook
from brightline.rulebook.tests import tree


class Renames:
    """From the ids of an old version to those of a new one."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._sops = _map((s.sop for s in old.sops), {s.sop: s.was for s in new.sops})
        before = {sop.sop: sop for sop in old.sops}
        self._facts: dict[FactKey, FactKey] = {}
        self._clauses: dict[tuple[str, str], str] = {}
        self._options: dict[tuple[FactKey, str], str] = {}
        self._add_facts(None, None, old.facts, new.facts)
        for sop in new.sops:
            then = next((o for o, now in self._sops.items() if now == sop.sop), None)
            if then is None:
                continue
            self._add_facts(then, sop.sop, before[then].facts, sop.facts)
            clauses = _map(
                (clause.id for clause in before[then].clauses),
                {clause.id: clause.was for clause in sop.clauses},
            )
            self._clauses |= {(then, o): now for o, now in clauses.items()}

    @property
    def none(self) -> bool:
        """Whether everything that both versions have is called the same in both."""
        return (
            all(then == now for then, now in self._sops.items())
            and all(then == now for then, now in self._facts.items())
            and all(clause == now for (_sop, clause), now in self._clauses.items())
            and all(option == now for (_fact, option), now in self._options.items())
        )

    def _add_facts(
        self, then: str | None, now: str | None, old: Mapping[str, Fact], new: Mapping[str, Fact]
    ) -> None:
        for before, after in _map(old, {name: fact.was for name, fact in new.items()}).items():
            self._facts[then, before] = (now, after)
            known = {name: option.was for name, option, _above in tree(new[after].options)}
            former = (name for name, _option, _above in tree(old[before].options))
            for option, renamed in _map(former, known).items():
                self._options[(now, after), option] = renamed

    def sop_now(self, sop: str) -> str | None:
        """The new id of an old SOP; None where it is gone."""
        return self._sops.get(sop)

    def fact_now(self, key: FactKey) -> FactKey:
        """The new place of an old fact; its old one where it is gone."""
        return self._facts.get(key, key)

    def clause_now(self, sop: str, clause: str) -> str | None:
        """The new id of a clause of an old SOP; None where it is gone."""
        return self._clauses.get((sop, clause))

    def option_now(self, fact: FactKey, option: str) -> str:
        """The new id of an option of a fact (by its new place); its old one where it is gone."""
        return self._options.get((fact, option), option)


def _map(old: Iterable[str], new: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Old id → new id: kept, or named by `was` of exactly the thing it became."""
    became = {former: now for now, formers in new.items() for former in formers}
    found = {}
    for name in old:
        if name in new:
            found[name] = name
        elif name in became:
            found[name] = became[name]
    return found
