"""Columns of cases get the verdicts that the cases get one by one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.rulebook.deciding import Decider
from brightline.rulebook.table import Table
from brightline.screening import kernel as kernel_module
from brightline.screening.fused import available
from brightline.screening.kernel import Answer, Answers, Kernel
from tests.examples import some
from tests.rulebook.strategies import cases, rulebooks

from .made import wide_rulebook

TODAY = date(2026, 11, 23)
Columns = list[np.ndarray]


def assert_agree(table: Table, codes: Columns, rows: int) -> None:
    answers = Kernel(Decider(table)).decide(codes, rows)
    if available():
        assert_same(answers, Kernel(Decider(table), fused=True).decide(codes, rows))
    decider = Decider(table)
    for row in range(rows):
        coded = [-1] * len(table.columns)
        for place, column in zip(table.tested, codes, strict=True):
            coded[place] = int(column[row])
        verdict = decider.verdict_on(table.standing_of(coded))
        assert answers.distinct[answers.index[row]] == Answer.of(verdict)
        places = tuple(table.tested[fact] for fact in answers.open_facts(row))
        assert places == verdict.open_facts


def assert_same(one: Answers, other: Answers) -> None:
    """The compiled loop and plain NumPy say the same."""
    assert [one.distinct[i] for i in one.index] == [other.distinct[i] for i in other.index]
    assert (one.open == other.open).all()


def random_codes(table: Table, rows: int, seed: int, unknown: float, untold: float) -> Columns:
    rng = np.random.default_rng(seed)
    codes = []
    for place in table.tested:
        column = rng.integers(0, table.columns[place].atoms, rows).astype(np.int8)
        column[rng.random(rows) < unknown] = -1
        column[rng.random(rows) < untold] = -2
        codes.append(column)
    return codes


@given(st.data())
def test_every_construct_of_the_language(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    table = Table(rulebook, "listing", TODAY)
    some = [table.codes(table.named(data.draw(cases(rulebook)))) for _case in range(8)]
    codes = [np.array([case[place] for case in some], np.int8) for place in table.tested]
    assert_agree(table, codes, len(some))


@given(
    st.integers(0, 10_000),
    st.lists(st.integers(1, 12), min_size=1, max_size=5),
    st.sampled_from([0, 0, 1, 3]),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.sampled_from([0.0, 0.0, 0.1]),
)
@settings(max_examples=some(40), deadline=None)
def test_several_sops(
    seed: int, sops: list[int], axioms: int, unknown: float, untold: float
) -> None:
    table = Table(wide_rulebook(seed, sops, 2, axioms), "listing", TODAY)
    assert_agree(table, random_codes(table, 60, seed, unknown, untold), 60)


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.05, 0.3]), st.sampled_from([0.0, 0.03]))
@settings(max_examples=some(25), deadline=None)
def test_more_rows_than_a_word_or_two_hold(seed: int, unknown: float, untold: float) -> None:
    sops = [[70], [170], [100, 5, 20], [63], [64], [126]][seed % 6]
    rulebook = wide_rulebook(seed, sops, 3, axioms=(0, 0, 70)[seed % 3], most_cells=6)
    table = Table(rulebook, "listing", TODAY)
    assert_agree(table, random_codes(table, 80, seed, unknown, untold), 80)


def test_more_than_64_facts() -> None:
    table = Table(wide_rulebook(5, [40, 150, 20], 20, axioms=2), "listing", TODAY)
    assert len(table.tested) > 64
    assert_agree(table, random_codes(table, 200, 5, 0.1, 0.01), 200)


def test_an_sop_too_large_for_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    from brightline.screening import layout

    monkeypatch.setattr(layout, "MOST_PAIRED", 20)
    table = Table(wide_rulebook(9, [100, 30, 4], 2), "listing", TODAY)
    assert_agree(table, random_codes(table, 200, 9, 0.1, 0.0), 200)


def test_blocks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(wide_rulebook(3, [30, 80]), "listing", TODAY)
    codes = random_codes(table, 1000, 3, 0.05, 0.0)
    whole = Kernel(Decider(table)).decide(codes)
    monkeypatch.setattr(kernel_module, "BLOCK", 64)
    cut = Kernel(Decider(table)).decide(codes, threads=4)
    assert_same(whole, cut)


def test_a_code_that_its_fact_does_not_have_is_refused() -> None:
    table = Table(wide_rulebook(3, [5]), "listing", TODAY)
    codes = random_codes(table, 4, 3, 0, 0)
    codes[0][1] = 99
    with pytest.raises(ValueError, match="code"):
        Kernel(Decider(table)).decide(codes)


def test_no_cases_and_no_rules() -> None:
    table = Table(wide_rulebook(3, [5]), "listing", TODAY)
    assert (
        len(Kernel(Decider(table)).decide([c[:0] for c in random_codes(table, 4, 3, 0, 0)]).index)
        == 0
    )
    empty = Table(wide_rulebook(3, []), "listing", TODAY)
    answers = Kernel(Decider(empty)).decide([], 3)
    assert [answers.distinct[i].action for i in answers.index] == ["allow_too"] * 3


def test_cases_of_too_many_ways_are_left_to_the_decider(monkeypatch: pytest.MonkeyPatch) -> None:
    from brightline.screening import filling

    table = Table(wide_rulebook(11, [30, 12], 2, axioms=2), "listing", TODAY)
    codes = random_codes(table, 150, 11, 0.3, 0.0)
    assert_agree(table, codes, 150)
    for most in (1, 8):
        monkeypatch.setattr(filling, "MOST_WAYS", most)
        assert_agree(table, codes, 150)


def test_what_is_settled_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from brightline.screening import questions

    monkeypatch.setattr(questions, "_FIRST_BITS", 1)
    table = Table(wide_rulebook(12, [30, 12], 2, axioms=1), "listing", TODAY)
    codes = random_codes(table, 3000, 12, 0.2, 0.02)
    kernel = Kernel(Decider(table))
    parts = [[of[at : at + 500] for of in codes] for at in range(0, 3000, 500)]
    first = [kernel.decide(part) for part in parts]
    for part, once in zip(parts, first, strict=True):
        assert_same(once, kernel.decide(part))
    assert_same(Kernel(Decider(table)).decide(parts[3]), first[3])
    monkeypatch.setattr(questions, "MOST_KEPT", 10)
    assert_same(Kernel(Decider(table)).decide(parts[3]), first[3])
