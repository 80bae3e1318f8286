"""Checks a rulebook, and again after each edit: what has not changed is not looked at again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from brightline.i18n import language
from brightline.rulebook.laws.accepting import Accepted, sifted
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Rulebook, Sop
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Shelf, Sources, read_with_sources

Law = Callable[[Occasion], Iterable[Problem]]


@dataclass(frozen=True)
class Laws:
    """Laws by what they look at: one SOP and what all SOPs share; several SOPs; the rest."""

    of_an_sop: tuple[Law, ...] = ()
    across_sops: tuple[Law, ...] = ()
    of_the_rulebook: tuple[Law, ...] = ()

    def __add__(self, other: Laws) -> Laws:
        return Laws(
            self.of_an_sop + other.of_an_sop,
            self.across_sops + other.across_sops,
            self.of_the_rulebook + other.of_the_rulebook,
        )


@dataclass(frozen=True)
class Findings:
    """The rulebook, None where it cannot be read; what is to be mended; what is accepted.

    Both are in the order of files and lines.
    """

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...] = ()
    sources: Sources | None = field(default=None, compare=False, repr=False)


class Checker:
    """Holds the rulebook of a folder to some laws, as often as it changes."""

    def __init__(self, folder: Path, laws: Laws, unfinished: bool = False) -> None:
        """`unfinished`: hold also one whose texts are not all translated yet to the laws."""
        self.folder = folder.parent if folder.is_file() else folder
        self.laws, self.unfinished = laws, unfinished
        self._shelf = Shelf()
        self._kept: dict[str, tuple[Hashable, list[Problem]]] = {}

    def check(self, today: date) -> Findings:
        """What is found now; dates are judged as of a day."""
        rulebook, sources, problems = read_with_sources(self.folder, self._shelf, self.unfinished)
        if rulebook is None:
            return Findings(None, tuple(problems), sources=sources)
        found = dict.fromkeys([*problems, *self._found(rulebook, sources, today)])
        result = sifted(rulebook, sources, found)
        return Findings(
            rulebook,
            tuple(sorted(result.problems, key=lambda problem: problem.order)),
            tuple(sorted(result.accepted, key=lambda one: one.problem.order)),
            sources,
        )

    def _found(self, rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
        whole = Occasion(rulebook, sources, self.folder, today)
        for law in self.laws.of_the_rulebook:
            yield from law(whole)
        shared = tuple(
            document.digest
            for name, document in sources.documents.items()
            if not name.startswith("sops/")
        )
        given = (shared, today, language())
        for sop in rulebook.sops:
            key = (given, sources.documents[f"sops/{sop.sop}.yaml"].digest)
            yield from self._of_one(
                sop, key, Occasion(rulebook.of_sops(sop), sources, self.folder, today)
            )
        self._forget(rulebook)
        for subject in rulebook.subjects:
            sops = [sop for sop in rulebook.sops if sop.subject == subject]
            if len(sops) > 1:
                at = Occasion(rulebook.of_sops(*sops), sources, self.folder, today)
                for law in self.laws.across_sops:
                    yield from law(at)

    def _of_one(self, sop: Sop, key: Hashable, at: Occasion) -> list[Problem]:
        """What the laws of an SOP find in one: as last time if nothing has changed."""
        kept = self._kept.get(sop.sop)
        if kept is None or kept[0] != key:
            kept = (key, [problem for law in self.laws.of_an_sop for problem in law(at)])
            self._kept[sop.sop] = kept
        return kept[1]

    def _forget(self, rulebook: Rulebook) -> None:
        """Lets go of SOPs that are gone."""
        for name in self._kept.keys() - {sop.sop for sop in rulebook.sops}:
            del self._kept[name]
