"""Old names of SOPs, clauses and facts, followed through the releases of a market.

`was:` in a rulebook says what a thing was called before. A precedent keeps the names of the day it
was made; here they become those of the release in force, so that it outlives every rename.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brightline.workbench.escalations.about import About
from brightline.workbench.rulebooks.in_force import shas_of
from brightline.workbench.rulebooks.models import Release

_kept: dict[str, Renames] = {}
"""By the rulebook's hash, which never names another."""


@dataclass(frozen=True, slots=True)
class Renames:
    """The old names that one release knows, each with the new one.

    `clauses` and `facts` are by the SOP's new name; a fact that all SOPs share stands under "".
    """

    sops: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[tuple[str, str], str] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def after(self, what: About) -> About:
        """The names of a thing after this release."""
        sop = self.sops.get(what.sop, what.sop)
        clause = self.clauses.get((sop, what.clause), what.clause)
        fact = self.facts.get((sop, what.fact)) or self.facts.get(("", what.fact), what.fact)
        return About(sop, clause, fact)


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


def today(what: About, renames: list[Renames]) -> About:
    """The names of a thing now, whenever it got the ones it has."""
    for one in renames:
        what = one.after(what)
    return what
