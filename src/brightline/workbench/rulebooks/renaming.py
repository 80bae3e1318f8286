"""Old names of SOPs, clauses and facts, followed through the releases of a market.

`was:` in a rulebook says what a thing was called before. A decision and a precedent keep the names
of the day they were made; here those become the names of the newest release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from brightline.workbench.rulebooks.in_force import shas_of
from brightline.workbench.rulebooks.models import Release

_kept: dict[str, Renames] = {}
"""By the rulebook's hash, which never names another."""


class Named(NamedTuple):
    """An SOP, and the clause or fact of it; empty where there is none."""

    sop: str
    clause: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Renames:
    """The old names that one release knows, each with the new one.

    `clauses` and `facts` are by the SOP's new name; a fact that all SOPs share stands under "".
    """

    sops: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[tuple[str, str], str] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    has: frozenset[Named] = frozenset()
    """The clauses of this release, as it names them."""

    def after(self, what: Named) -> Named:
        """The names of a thing after this release."""
        sop = self.sops.get(what.sop, what.sop)
        clause = self.clauses.get((sop, what.clause), what.clause)
        fact = self.facts.get((sop, what.fact)) or self.facts.get(("", what.fact), what.fact)
        return Named(sop, clause, fact)


def renames_of(form: str) -> Renames:
    """What a rulebook's canonical form says of older names.

    A name that is in use again is none of the old ones.
    """
    book = json.loads(form)
    sops = {sop["sop"]: sop for sop in book["sops"]}
    return Renames(
        dict(_old(sops)),
        {(sop, old): new for sop, one in sops.items() for old, new in _old(_by_id(one))},
        {
            (sop, old): new
            for sop, facts in [("", book.get("facts") or {})]
            + [(name, one.get("facts") or {}) for name, one in sops.items()]
            for old, new in _old(facts)
        },
        frozenset(Named(sop, clause) for sop, one in sops.items() for clause in _by_id(one)),
    )


def _by_id(sop: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {clause["id"]: clause for clause in sop["clauses"]}


def _old(named: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for name, one in named.items():
        for old in one.get("was") or ():
            if old not in named:
                yield old.rpartition(".")[2], name


def renames_in(market: str) -> list[Renames]:
    """The renames of every release of a market, the oldest first."""
    shas = shas_of(market)
    missing = [sha for sha in shas if sha not in _kept]
    if missing:
        found = Release.objects.filter(sha__in=missing)
        for sha, form in found.values_list("sha", "form"):
            _kept[sha] = renames_of(form)
    return [_kept[sha] for sha in shas]


def today(what: Named, renames: list[Renames]) -> Named:
    """The names of a thing now, whenever it got the ones it has."""
    for one in renames:
        what = one.after(what)
    return what


def ever_called(market: str, asked: str) -> set[Named]:
    """The clauses that someone means by `EC-1` or `e-cigarettes/EC-1`, under every name that they
    ever had: one that was renamed is found by its old name and by its new one. Case is ignored.
    """
    sop, _slash, clause = asked.strip().casefold().rpartition("/")
    renames = renames_in(market)
    now = {name: today(name, renames) for one in renames for name in one.has}
    meant = {
        new for old, new in now.items()
        for name in (old, new)
        if name.clause.casefold() == clause and sop in ("", name.sop.casefold())
    }  # fmt: skip
    return {old for old, new in now.items() if new in meant}
