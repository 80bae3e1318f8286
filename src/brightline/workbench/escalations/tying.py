"""What a precedent can be tied to: the clauses and facts of the SOPs that have a say in a case."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import language
from brightline.rulebook.model import Rulebook, Sop
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.telling_words import in_language
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause or fact to tie to: what the form sends, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Those of one SOP."""

    title: str
    clauses: tuple[Choice, ...]
    facts: tuple[Choice, ...]


def choices(book: Rulebook, turn: Turn | None, what: About) -> list[Choices]:
    """The SOPs that have a say in a turn, that of the question before the others."""
    names = [what.sop] if what.sop else []
    if turn is not None:
        outcomes = turn.ruling.verdict.outcomes
        for segment, outcome in zip(turn.ruling.table.segments, outcomes, strict=True):
            if outcome != NO_CLAUSE and segment.sop.sop not in names:
                names.append(segment.sop.sop)
    sops = {sop.sop: sop for sop in book.sops}
    return [_of(book, sops[name], what) for name in names if name in sops]


def _of(book: Rulebook, sop: Sop, what: About) -> Choices:
    """An SOP's own; and the fact asked about, where that is one that all SOPs share."""
    lang, facts = language(), dict(sop.facts)
    if sop.sop == what.sop and what.fact in book.facts:
        facts.setdefault(what.fact, book.facts[what.fact])
    return Choices(
        in_language(sop.title, lang, sop.sop),
        tuple(
            Choice(str(About(sop.sop, clause.id)), f"{clause.id} {in_language(clause.title, lang)}")
            for clause in sop.clauses
        ),
        tuple(
            Choice(str(About(sop.sop, fact=name)), in_language(fact.ask or fact.title, lang, name))
            for name, fact in facts.items()
        ),
    )
