"""What an audit finds out for itself: what signals saw, and by lot some of what they did not see.

The automatic decision would otherwise lie on the table: where no signal saw anything, the case
would come settled, and the auditor could only nod. Asking every fact of a listing anew would take
some 35 questions; people would click through them. So a few are drawn by lot, each of which could
change the outcome by itself. Over many audits that measures, without bias, what signals overlook.
"""

from __future__ import annotations

from random import Random

from brightline.rulebook.deciding import Decision as Ruling
from brightline.workbench.cases.models import Case
from brightline.workbench.rulebooks.engine import Engine, Facts

LOOKS = 6
"""Facts without evidence that an audit asks anew, at most; about a minute's work."""


def to_find_out(case: Case, engine: Engine, start: Ruling, lot: int) -> set[str]:
    """The names of the facts that an audit of a case asks anew.

    `start` is what the rules make of all that came with it; the same `lot` draws the same facts.
    """
    table = start.table
    from_signals = {
        name: fact
        for name, fact in case.facts.items()
        if name not in case.given
        and not str(fact["source"]).startswith("attribute:")
        and (place := table.places.get(name)) is not None
        and table.columns[place].fact.ask is not None
    }
    seen = {name for name, fact in from_signals.items() if fact.get("evidence")}
    silent = sorted(from_signals.keys() - seen)
    Random(lot).shuffle(silent)
    drawn: set[str] = set()
    for name in silent:
        if len(drawn) == LOOKS:
            break
        if _hangs_on(case, engine, name):
            drawn.add(name)
    return seen | drawn


def _hangs_on(case: Case, engine: Engine, name: str) -> bool:
    """Whether another value of this fact alone could lead to another action."""
    without: Facts = {other: fact for other, fact in case.facts.items() if other != name}
    known, open_ = (
        engine.verdict(case.subject, case.day, facts).possible_actions
        for facts in (case.facts, without)
    )
    return set(open_) != set(known)
