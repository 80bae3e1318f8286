"""What a question is about, by the ids of a rulebook that never change meaning."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.rulebook.columns import Column
from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.workbench.cases.working import Turn


class UnknownRule(ValueError):
    """The rulebook has no such SOP, clause or fact."""


@dataclass(frozen=True, slots=True)
class About:
    """An SOP, and the clause or fact of it; empty where there is none."""

    sop: str = ""
    clause: str = ""
    fact: str = ""

    def __str__(self) -> str:
        """`knives/K-2`, `knives/?item`: what a form sends; `read` takes it back."""
        return f"{self.sop}/?{self.fact}" if self.fact else f"{self.sop}/{self.clause}"

    @classmethod
    def read(cls, text: str) -> About:
        """What `str` gave."""
        sop, _slash, rest = text.partition("/")
        return cls(sop, fact=rest[1:]) if rest.startswith("?") else cls(sop, clause=rest)


def about(turn: Turn, fact: str = "", clause: str = "") -> About:
    """What a turn's question is about: the fact or clause named, else the fact it asks next.

    `fact` is a name in JSON, `clause` an id, or `sop/id`. Raises `UnknownRule`.
    """
    column = turn.column(fact) if fact else (None if clause else turn.question)
    if fact and column is None:
        raise UnknownRule(fact)
    if clause:
        found = _clause(turn, clause)
        return About(found.sop, found.clause, column.key[1] if column else "")
    if column is not None:
        return About(column.key[0] or _sop_asking(turn, column), fact=column.key[1])
    reported = turn.ruling.verdict.reported
    grave = [one for one in reported if one.action == turn.ruling.verdict.action]
    return About(grave[0].sop, _own(grave[0].clause)) if grave else About()


def _own(clause: str) -> str:
    return "" if clause == "cannot_tell" else clause


def _clause(turn: Turn, clause: str) -> About:
    wanted_sop, slash, name = clause.rpartition("/")
    for segment in turn.ruling.table.segments:
        if slash and segment.sop.sop != wanted_sop:
            continue
        if any(one.id == name for one in segment.sop.clauses):
            return About(segment.sop.sop, name)
    raise UnknownRule(clause)


def _sop_asking(turn: Turn, column: Column) -> str:
    """The first SOP whose clauses still in question test a shared fact."""
    table, place = turn.ruling.table, turn.ruling.table.places[column.name]
    for segment in table.segments:
        for row in range(segment.start, segment.stop):
            if turn.ruling.standing >> row & 1 and place in table.rows[row].cells:
                return segment.sop.sop
    return ""


def parts(book: Rulebook, what: About) -> tuple[Sop | None, Clause | None]:
    """The SOP and clause themselves; None where the rulebook has none."""
    sop = next((one for one in book.sops if one.sop == what.sop), None)
    clause = next((c for c in sop.clauses if c.id == what.clause), None) if sop else None
    return sop, clause
