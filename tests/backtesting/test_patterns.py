"""Cases held by their patterns come to what they come to case by case, whatever a draft tests."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brightline.backtesting import dividing
from brightline.backtesting import patterns as patterns_module
from brightline.backtesting.coded import FIRST_AT, CodedCases, FactColumn
from brightline.backtesting.patterns import Patterns
from brightline.backtesting.session import Session
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from tests.screening.made import wide_rulebook

from .edits import edited, with_clauses, with_sops

TODAY = date(2026, 11, 23)


def cases_of(full: Rulebook, rows: int, seed: int, unknown: float) -> CodedCases:
    """Random cases that know numbers as they are, and facts that not every version tests."""
    draw = np.random.default_rng(seed)
    facts = {}
    for column in Table(full, "listing", TODAY).columns:
        numbers = np.unique(draw.normal(1.5, 1.5, 40).clip(0, 5).round(1))
        count = len(numbers) if column.numeric else column.atoms
        codes = draw.integers(1, count + FIRST_AT, rows).astype(np.uint8)
        codes[draw.random(rows) < unknown] = 0
        facts[column.key] = (
            FactColumn(codes, numbers=numbers) if column.numeric
            else FactColumn(codes, column.options)
        )  # fmt: skip
    return CodedCases("listing", rows, facts)


def other_threshold(book: Rulebook, at: str) -> Rulebook:
    """The first clause that tests the price tests it elsewhere."""
    for number, sop in enumerate(book.sops):
        for place, clause in enumerate(sop.clauses):
            price = next((n for w in clause.when for n in w if n.startswith("price")), None)
            if price is not None:
                when = ({**clause.when[0], price: at}, *clause.when[1:])
                changed = list(sop.clauses)
                changed[place] = clause.model_copy(update={"when": when})
                sops = list(book.sops)
                sops[number] = with_clauses(sop, changed)
                return with_sops(book, *sops)
    return book


def assert_same(by_case: Session, by_pattern: Session, cases: CodedCases, new: Rulebook) -> None:
    """Everything but the time it took and what examples were chosen is the same."""
    slow, quick = asdict(by_case.impact(new)), asdict(by_pattern.impact(new))
    shown = quick.pop("examples")
    for name in ("seconds", "reached"):
        slow.pop(name), quick.pop(name)
    assert {(e["old"], e["new"]) for e in shown} == {
        (e["old"], e["new"]) for e in slow.pop("examples")
    }
    flows = {tuple(flow.items()) for flow in map(dict, slow.pop("flows"))}
    assert flows == {tuple(flow.items()) for flow in map(dict, quick.pop("flows"))}
    assert quick == slow
    for one in shown:
        for case in one["cases"]:
            assert gone_through(cases, by_case.old, new, case) == (one["old"], one["new"])


def gone_through(cases: CodedCases, old: Rulebook, new: Rulebook, case: int) -> tuple[str, str]:
    """One case decided by itself under both versions: a session of its own."""
    facts = {
        k: FactColumn(f.codes[case : case + 1], f.options, f.numbers)
        for k, f in cases.facts.items()
    }
    (flow,) = Session([CodedCases("listing", 1, facts)], old, as_of=TODAY).impact(
        new, effort=False
    ).flows  # fmt: skip
    return flow.old, flow.new


@given(
    st.integers(0, 10_000),
    st.lists(st.integers(1, 8), min_size=1, max_size=3),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from(["< 0.4", ">= 1.3", "2.1..3.3", "> 4.7"]),
)
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_edits_thresholds_and_facts_that_nothing_tested(
    seed: int, sops: list[int], unknown: float, threshold: str
) -> None:
    full = wide_rulebook(seed, sops, 2, 0)
    first = full.sops[0]
    old = with_sops(full, with_clauses(first, list(first.clauses[:1])), *full.sops[1:])
    cases = cases_of(full, 400, seed, unknown)
    # half of the cases are the other half again, so that patterns have more than one
    twice = CodedCases(
        "listing", 800,
        {k: FactColumn(np.tile(f.codes, 2), f.options, f.numbers) for k, f in cases.facts.items()},
    )  # fmt: skip
    patterns = Patterns.by(twice, Table(old, "listing", TODAY))
    assert patterns.grouped.cases.rows <= 400
    by_case = Session([twice], old, as_of=TODAY, sampled=3)
    by_pattern = Session([patterns], old, as_of=TODAY, sampled=3)
    for new in (
        edited(old, seed, 2), full, other_threshold(old, threshold),
        other_threshold(edited(full, seed + 1, 1), threshold),
        other_threshold(edited(full, seed + 1, 1), ">= 1.6"),
        other_threshold(edited(full, seed + 1, 1), ">= 1.7"), old,
    ):  # fmt: skip
        assert_same(by_case, by_pattern, twice, new)


def test_patterns_that_fall_together_by_chance_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = wide_rulebook(3, [6, 4], 2)
    cases = cases_of(full, 300, 3, 0.2)
    draws = iter([_Nothing(), np.random.default_rng(1)])
    monkeypatch.setattr(patterns_module.np.random, "default_rng", lambda _seed: next(draws))
    patterns = Patterns.by(cases, Table(full, "listing", TODAY))
    assert next(draws, None) is None, "the first try was thrown away"
    rows = {tuple(int(f.codes[case]) for f in patterns.grouped.cases.facts.values())
            for case in range(patterns.grouped.cases.rows)}  # fmt: skip
    assert len(rows) == patterns.grouped.cases.rows > 1


class _Nothing:
    """Draws the same number for every value."""

    def integers(self, _low: int, _high: int, count: int, kind: type) -> np.ndarray:
        return np.zeros(count, kind)


def test_blocks_and_more_numbers_than_are_counted_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns_module, "BLOCK", 64)
    monkeypatch.setattr(dividing, "BLOCK", 64)
    monkeypatch.setattr(dividing, "_MOST_BINS", 8)
    old = wide_rulebook(8, [6, 4], 1)
    cases = cases_of(old, 1000, 8, 0.1)
    patterns = Patterns.by(cases, Table(old, "listing", TODAY))
    by_case = Session([cases], old, as_of=TODAY, sampled=5)
    by_pattern = Session([patterns], old, as_of=TODAY, sampled=5)
    assert_same(by_case, by_pattern, cases, other_threshold(old, "< 1.7"))
    monkeypatch.setattr(patterns_module, "MOST_NUMBERS", 8)  # more than one number can name
    assert_same(by_case, by_pattern, cases, other_threshold(old, ">= 0.2"))
