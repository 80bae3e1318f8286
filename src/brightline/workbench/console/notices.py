"""What a seller would be told about a decision, in every language of the rulebook."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.rulebook.deciding import Decision
from brightline.rulebook.telling_words import in_language


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of one clause: (language, text) pairs, the rulebook's first language first."""

    clause: str
    texts: tuple[tuple[str, str], ...]


def notices(ruling: Decision) -> list[Notice]:
    """The notices of the violated clauses, in the order in which they are reported."""
    table, found = ruling.table, []
    for outcome in ruling.verdict.outcomes:
        if outcome < 0 or not table.clauses[outcome].violation:
            continue
        clause = table.clauses[outcome].clause
        texts = tuple(
            (one, in_language(clause.notice, one))
            for one in table.rulebook.languages
            if clause.notice and one in clause.notice
        )
        if texts:
            found.append(Notice(clause.id, texts))
    return found
