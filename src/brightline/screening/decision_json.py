"""A decision as JSON: the keys that the command line, the API and the audit share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Decision, Reported
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.telling_tests import test_text
from brightline.rulebook.tracing import ClauseTrace

Asker = Callable[[Decision], int | None]
"""Which column to ask about next (index into `table.columns`); None: nothing more to ask."""


def to_json(
    decision: Decision,
    asker: Asker | None = None,
    id: str | None = None,  # noqa: A002
) -> dict[str, Any]:
    """The decision as plain data, ready for `json.dumps`. Facts go by their names in JSON.

    `next_question.fact` is the fact's name inside its SOP; `sop` is null for a shared fact.
    Without an `asker` there is no next question.
    """
    table, verdict = decision.table, decision.verdict
    return {
        "id": id,
        "subject": table.subject,
        "rulebook": table.rulebook.sha,
        "action": verdict.action,
        "determined": verdict.determined,
        "points": verdict.points,
        "clauses": [reported_json(clause) for clause in verdict.reported],
        "facts": {
            name: {
                "value": fact.value,
                "source": fact.source,
                "relied_on": fact.relied_on,
                **fact.detail,
            }
            for name, fact in decision.facts.items()
        },
        "unknown": list(decision.unknown),
        "next_question": _question(decision, asker),
        "possible_actions": list(verdict.possible_actions),
        "follow_ups": [
            {
                "sop": sop,
                "clause": clause,
                "do": dict(step.do),
                "role": step.role,
                "within_seconds": step.within,
            }
            for sop, clause, step in decision.follow_ups
        ],
        "contradictions": [
            {
                table.columns[place].name: test_text(table.columns[place], cell)
                for place, cell in sorted(table.rows[row].cells.items())
            }
            for row in verdict.contradictions
        ],
        "trace": [trace_json(decision, entry) for entry in decision.trace],
    }


def reported_json(clause: Reported) -> dict[str, Any]:
    """A clause that a decision reports, as JSON and the workbench's decisions keep it."""
    return {
        "sop": clause.sop,
        "clause": clause.clause,
        "action": clause.action,
        "points": clause.points,
        "violation": clause.violation,
    }


def trace_json(decision: Decision, entry: ClauseTrace) -> dict[str, Any]:
    """One clause's trace: its status, whether it is its SOP's answer, what failed, what is open."""
    table = decision.table
    of = table.clauses[entry.clause]
    return {
        "sop": of.sop.sop,
        "clause": of.clause.id,
        "status": entry.status.value,
        "wins": entry.clause != NO_CLAUSE and entry.clause in decision.verdict.outcomes,
        "failed": [
            {
                "fact": table.columns[cell.column].name,
                "value": _value(decision, table.columns[cell.column]),
                "test": test_text(table.columns[cell.column], cell.passing),
            }
            for cell in entry.failed
        ],
        "open": [table.columns[place].name for place in entry.open],
    }


def _value(decision: Decision, column: Column) -> object:
    fact = decision.facts.get(column.name)
    return fact.value if fact is not None and fact.relied_on else None


def _question(decision: Decision, asker: Asker | None) -> dict[str, str | None] | None:
    place = None if asker is None or decision.verdict.determined else asker(decision)
    if place is None:
        return None
    column = decision.table.columns[place]
    sop, name = column.key
    return {"sop": sop, "fact": name}
