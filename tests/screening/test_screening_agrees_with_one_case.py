"""A row of the output says what the case gets when it is decided alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Decision
from brightline.rulebook.model import CANNOT_TELL, Rulebook
from brightline.screening.one import CaseDecider, CaseError
from brightline.screening.screen import screen

from .raw import raw_cases, raw_rulebooks

TODAY = date(2026, 11, 23)


def alone(decider: CaseDecider, case: dict[str, Any], assume: bool) -> Decision | None:
    """The decision of a case by itself; None where the case is refused."""
    try:
        return decider.decide(case, TODAY, assume)
    except (CaseError, FactError):
        return None


def row_of(decision: Decision, number: int) -> dict[str, Any]:
    """The row that a decision should have in the output."""
    verdict = decision.verdict
    return {
        "id": str(number),
        "action": verdict.action,
        "determined": verdict.determined,
        "clauses": [f"{clause.sop}/{clause.clause}" for clause in verdict.reported],
        "unknown": list(decision.unknown),
    }


def told(decision: Decision) -> dict[str, Any]:
    """The facts that have a value in the output: a column of numbers cannot say `cannot_tell`."""
    return {
        name: fact.value
        for name, fact in decision.facts.items()
        if fact.value != CANNOT_TELL
        or not decision.table.columns[decision.table.places[name]].numeric
    }


def screened(
    rulebook: Rulebook, cases: list[dict[str, Any]], folder: Path, **options: Any
) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """The rows of the output, and the numbers of rejected rows with the reason."""
    source, out = folder / "cases.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    screen(rulebook, source, out, as_of=TODAY, **options)
    rejected = folder / "out.jsonl.rejected.jsonl"
    lines = rejected.read_text("utf-8").splitlines() if rejected.exists() else []
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return rows, {row["row"]: row["reason"] for row in map(json.loads, lines)}


@given(st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_of_the_output_is_the_decision_of_the_case(
    tmp_path: Path, data: st.DataObject
) -> None:
    rulebook = data.draw(raw_rulebooks())
    cases = data.draw(st.lists(raw_cases(rulebook), max_size=12))
    assume = data.draw(st.booleans())
    decider = CaseDecider(rulebook)
    rows, rejected = screened(rulebook, cases, tmp_path, assume_suggestions=assume, facts=True)
    expected = {n: alone(decider, case, assume) for n, case in enumerate(cases, 1)}
    assert sorted(rejected) == [n for n, decision in expected.items() if decision is None]
    decided = {n: decision for n, decision in expected.items() if decision is not None}
    assert len(rows) == len(decided)
    for row, (number, decision) in zip(rows, decided.items(), strict=True):
        assert {
            name: row[name] for name in ("id", "action", "determined", "clauses", "unknown")
        } == (row_of(decision, number))
        assert {n: row[n] for n in decision.table.places if row.get(n) is not None} == told(
            decision
        )
        assert set(row["suggested"]) == {n for n, f in decision.facts.items() if not f.relied_on}
