"""Every example meets the clause that its author expects, on the facts that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _
from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import OPEN, Decider, Deciders, Decision, Supplied
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import CANNOT_TELL, Clause, Example, Sop
from brightline.rulebook.problems import Problem
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD

Words = tuple[str, str | None]


def problems(at: Occasion) -> Iterator[Problem]:
    deciders = Deciders(at.rulebook)
    for sop in at.rulebook.sops:
        for number, example in enumerate(sop.examples):
            words = _wrong(deciders, sop, example, _day(sop, example, at.today))
            if words is not None:
                yield at.sources.problem(
                    "BL-501",
                    f"sops/{sop.sop}.yaml",
                    ("examples", number, "expect"),
                    *words,
                )


def _day(sop: Sop, example: Example, today: date) -> date:
    """A day on which the expected clause is in force: today if it is, else its first or last."""
    dated: list[Sop | Clause] = [sop]
    dated += [clause for clause in sop.clauses if clause.id == example.expect]
    day = max([today, *(part.starts for part in dated if part.starts)])
    return min([day, *(part.ends for part in dated if part.ends)])


def _wrong(deciders: Deciders, sop: Sop, example: Example, on: date) -> Words | None:
    """What is wrong with an example, or None."""
    decider = deciders.decider(sop.subject, on)
    facts = {
        (f"{sop.sop}.{name}" if name in sop.facts else name): Supplied(value, "example")
        for name, value in example.facts.items()
        if "." not in name or name.startswith(f"{sop.sop}.")  # another SOP's fact decides nothing
    }
    try:
        decision = decider.decide(facts)
    except FactError as error:
        return error.message, error.hint
    if decision.verdict.contradictions:
        return (
            _("the facts of this example are listed as impossible together"),
            _("mend the example, or the list under impossible"),
        )
    met = _met(decider, decision, sop)
    if met == example.expect:
        return None
    if met is None:
        return (
            _("the facts of this example do not settle which clause it meets"),
            _("tell these too: {names}").format(names=", ".join(_untold(decision, sop)[:8])),
        )
    return (
        _("this example meets {met}, not {expected}").format(met=met, expected=example.expect)
        if met
        else _("this example meets no clause of this SOP, not {expected}").format(
            expected=example.expect
        ),
        _("mend the clause if the example is right, else the example"),
    )


def _untold(decision: Decision, sop: Sop) -> list[str]:
    """The facts to tell: those in question, else those that leave a clause of the SOP open.

    Two clauses with one action may both be open while the decision as a whole is not in question.
    """
    if decision.unknown:
        return list(decision.unknown)
    table = decision.table
    own = [entry for entry in decision.trace if table.clauses[entry.clause].sop.sop == sop.sop]
    return list(dict.fromkeys(table.columns[place].name for e in own for place in e.open))


def _met(decider: Decider, decision: Decision, sop: Sop) -> str | None:
    """The clause that the SOP reports: its id, `cannot_tell`, "" for none, None while open."""
    for segment, outcome in zip(decider.table.segments, decision.verdict.outcomes, strict=True):
        if segment.sop.sop == sop.sop:
            if outcome == UNTOLD:
                return CANNOT_TELL
            if outcome == OPEN:
                return None
            return "" if outcome == NO_CLAUSE else decider.table.clauses[outcome].clause.id
    return ""
