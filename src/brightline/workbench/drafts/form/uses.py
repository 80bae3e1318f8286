"""What names an entry of the register or of the settings: clauses, SOPs, other entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from brightline.rulebook.model import POLICY, Rulebook
from brightline.rulebook.problems import UnusableRulebook
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.reading import rulebook_of


@dataclass(frozen=True)
class Use:
    """A place that names an entry: the SOP's file and the clause; empty for no SOP, no clause."""

    path: str
    words: str
    at: str = ""


@dataclass(frozen=True)
class Uses:
    """The places by section and name of the entry."""

    known: dict[tuple[str, str], list[Use]] = field(default_factory=lambda: defaultdict(list))

    def of(self, section: str, name: str) -> list[Use]:
        """The places that name this entry, each once."""
        return list(dict.fromkeys(self.known.get((section, name), ())))


def uses_in(draft: Draft) -> Uses | None:
    """Every use in the draft as it stands; None while its files make no rulebook."""
    try:
        book = rulebook_of(draft)
    except UnusableRulebook:
        return None
    return _counted(book)


def _counted(book: Rulebook) -> Uses:
    uses = Uses()
    for sop in book.sops:
        path = f"sops/{sop.sop}.yaml"
        whole = Use(path, sop.sop)
        uses.known["teams", sop.owner].append(whole)
        uses.known["actions", sop.cannot_tell].append(whole)
        if sop.queue:
            uses.known["queues", sop.queue].append(whole)
        for clause in sop.clauses:
            here = Use(path, clause.id, f"clause:{clause.id}")
            uses.known["actions", clause.action].append(here)
            for basis in clause.basis:
                if basis != POLICY:
                    uses.known["law", basis].append(here)
            for step in clause.then:
                uses.known["roles", step.role].append(here)
    for name, law in book.law.items():
        uses.known["teams", law.owner].append(Use("law.yaml", name, f"law:{name}"))
    return uses
