"""Questions are asked only where the answer can change the decision, and always while one can."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from brightline.rulebook.asking import Asker, choosing
from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN
from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table

from .strategies import T, cases, rulebooks

TODAY = date(2026, 11, 23)

Decision = tuple[object, ...]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Rulebook, Table]:
    """A random table of which most facts can be asked, at various costs."""
    rulebook = draw(rulebooks())

    def asked(fact: object) -> object:
        ask = draw(st.sampled_from([T, T, T, None]))
        return fact.model_copy(update={"ask": ask, "cost": draw(st.sampled_from([1.0, 2.0, 9.0]))})

    rulebook = rulebook.model_copy(
        update={
            "facts": {name: asked(fact) for name, fact in rulebook.facts.items()},
            "sops": tuple(
                sop.model_copy(update={"facts": {n: asked(f) for n, f in sop.facts.items()}})
                for sop in rulebook.sops
            ),
        }
    )
    return rulebook, Table(rulebook, "listing", TODAY)


class Reference:
    """The slow, obvious answer: every completion, every change of one fact."""

    def __init__(self, table: Table, codes: list[int]) -> None:
        self.table, self.codes = table, codes
        self.decider = Decider(table)
        self.unknown = [p for p in table.tested if codes[p] == UNKNOWN]
        self.decisions = {
            answers: decision
            for answers in product(*(range(table.columns[p].atoms) for p in self.unknown))
            if (decision := self.decision(answers)) is not None
        }

    def decision(self, answers: tuple[int, ...]) -> Decision | None:
        """What a completion is decided to be; None where it is not allowed."""
        codes = list(self.codes)
        for place, code in zip(self.unknown, answers, strict=True):
            codes[place] = code
        if not self.allowed(codes):
            return None
        verdict = self.decider.verdict_on(self.table.standing_of(codes))
        assert verdict.determined
        found = {
            (r.sop, r.clause) for r in verdict.reported if r.violation or r.clause == "cannot_tell"
        }
        return verdict.action, frozenset(found)

    def allowed(self, codes: list[int]) -> bool:
        """Whether some way of filling in what cannot be told makes no impossible combination."""
        untold = [p for p in self.table.tested if codes[p] == CANNOT_TELL_CODE]
        return any(
            not any(
                all(
                    cell >> dict(zip(untold, world, strict=True)).get(p, codes[p]) & 1
                    for p, cell in row.cells.items()
                )
                for row in self.table.rows[self.table.rule_rows :]
            )
            for world in product(*(range(self.table.columns[p].atoms) for p in untold))
        )

    def changing(self) -> set[int]:
        """Facts whose change alone changes the decision of some completion."""
        return {
            place
            for index, place in enumerate(self.unknown)
            for answers, decision in self.decisions.items()
            if any(
                self.decisions.get((*answers[:index], code, *answers[index + 1 :]), decision)
                != decision
                for code in range(self.table.columns[place].atoms)
            )
        }

    def answers_matter(self, asked: set[int]) -> bool:
        """Whether the answers to all of `asked` bear on what the case can come to."""
        possible: dict[tuple[int, ...], set[Decision]] = {}
        for answers, decision in self.decisions.items():
            given = tuple(
                a for a, place in zip(answers, self.unknown, strict=True) if place in asked
            )
            possible.setdefault(given, set()).add(decision)
        return len({frozenset(found) for found in possible.values()}) > 1


def askable(table: Table) -> set[int]:
    return {p for p, column in enumerate(table.columns) if column.fact.ask}


@given(st.data())
def test_it_asks_exactly_while_an_answer_can_change_the_decision(data: st.DataObject) -> None:
    check(data, looked_through=True)


@given(st.data())
def test_sampling_and_proof_agree_with_trying_everything(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choosing, "MOST_COMPLETIONS", 0)
        patch.setattr(choosing, "SAMPLES", 3)  # few, so that the solver is asked often
        check(data, looked_through=False)


def check(data: st.DataObject, looked_through: bool) -> None:
    rulebook, table = data.draw(tables())
    asker = Asker(table)
    for _again in range(3):
        case = data.draw(cases(rulebook))
        codes = table.codes(table.named(case))
        standing = table.standing_of(codes)
        reference = Reference(table, codes)
        asked = askable(table)
        changing = reference.changing() & asked
        question = asker.next_question(standing)
        assert question == asker.next_question(standing)
        if changing:
            event("one fact can change it")
            assert question in changing
        elif question is not None:
            event("only together")
            assert question in asked and codes[question] == UNKNOWN
            assert reference.answers_matter(asked)
        else:
            event("nothing to ask")
            if looked_through or asked >= set(reference.unknown):
                assert not reference.answers_matter(asked)
