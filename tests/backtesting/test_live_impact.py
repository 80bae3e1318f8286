"""The impact of a draft, put only to the cases that it can reach, is that of a whole back-test."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from brightline.backtesting import held as held_module
from brightline.backtesting.coded import CodedCases, FactColumn
from brightline.backtesting.coded_run import backtest_coded
from brightline.backtesting.report import VersionNames
from brightline.backtesting.results import Kind
from brightline.backtesting.session import Impact, Session, Superseded
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from tests.screening.made import wide_rulebook
from tests.screening.test_kernel_agrees_with_decider import random_codes

from .edits import edited, with_clauses, with_sops

TODAY = date(2026, 11, 23)
NAMES = VersionNames("old", "new")


def cases_of(book: Rulebook, rows: int, seed: int, unknown: float, untold: float) -> CodedCases:
    table = Table(book, "listing", TODAY)
    return CodedCases.of_table(table, random_codes(table, rows, seed, unknown, untold))


def assert_same_as_whole(session: Session, cases: CodedCases, old: Rulebook, new: Rulebook) -> None:
    impact = session.impact(new)
    whole = backtest_coded(old, new, [cases], names=NAMES, as_of=TODAY, sampled=session._sampled)
    for name in ("cases", "kinds", "bounds", "sops", "clauses", "open_old", "open_new"):
        assert getattr(impact, name) == getattr(whole, name), name
    assert set(impact.flows) == set(whole.flows)
    assert (impact.person_old, impact.person_new) == (whole.person_old, whole.person_new)
    assert (impact.changed, impact.may_change) == (whole.changed, whole.may_change)
    assert impact.effort == whole.effort


@given(
    st.integers(0, 10_000),
    st.lists(st.integers(1, 12), min_size=1, max_size=3),
    st.sampled_from([0, 0, 2]),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from([0.0, 0.05]),
)
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_draft_after_draft(
    seed: int, sops: list[int], axioms: int, unknown: float, untold: float
) -> None:
    old = wide_rulebook(seed, sops, 2, axioms)
    cases = cases_of(old, 300, seed, unknown, untold)
    session = Session([cases], old, as_of=TODAY, sampled=3)
    draft = old
    for step in range(3):
        draft = edited(draft, seed + step, 1)
        assert_same_as_whole(session, cases, old, draft)


def test_blocks_and_a_new_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a number only the interval is stored: where the new threshold cuts it, it is unknown."""
    monkeypatch.setattr(held_module, "BLOCK", 64)
    old = wide_rulebook(8, [6, 4], 1)
    cases = cases_of(old, 1000, 8, 0.1, 0.0)
    session = Session([cases], old, as_of=TODAY, sampled=5)
    sop = old.sops[0]
    when = ({**sop.clauses[0].when[0], "price_0": "< 1.7"},)
    clause = sop.clauses[0].model_copy(update={"when": when})
    new = with_sops(old, with_clauses(sop, [clause, *sop.clauses[1:]]), *old.sops[1:])
    assert_same_as_whole(session, cases, old, new)
    session.impact(new, effort=False)


def test_the_version_in_force_itself_changes_nothing_and_reaches_no_case() -> None:
    old = wide_rulebook(8, [6, 4], 1)
    session = Session([cases_of(old, 500, 8, 0.2, 0.0)], old, as_of=TODAY, sampled=5)
    impact = session.impact(old)
    assert impact.reached == 0
    assert impact.changed == impact.may_change == 0
    assert impact.kinds[Kind.SAME] + impact.kinds[Kind.OPEN_SAME] == 500
    assert impact.effort is not None
    assert impact.effort.seconds_change.mean == 0


def test_a_newer_draft_ends_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    old = wide_rulebook(8, [6, 4], 1)
    new = edited(old, 1)
    session = Session([cases_of(old, 500, 8, 0.2, 0.0)], old, as_of=TODAY, sampled=5)
    first = session._held["listing"].put
    calls: list[Impact] = []
    typed = iter([new])

    def overtaken(*arguments: object) -> object:
        for newer in typed:
            calls.append(session.impact(newer))  # noqa: PERF401 - one that ends this one
        return first(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(session._held["listing"], "put", overtaken)
    with pytest.raises(Superseded):
        session.impact(new)
    assert calls[0].cases == 500
    monkeypatch.undo()
    with pytest.raises(Superseded):
        session.impact(new, cancelled=lambda: True)
    assert session.impact(new).cases == 500


def test_a_number_known_as_an_interval_is_unknown_where_a_new_threshold_cuts_it() -> None:
    old = wide_rulebook(8, [6, 4], 1)
    table = Table(old, "listing", TODAY)
    cases = cases_of(old, 50, 8, 0.0, 0.0)
    of = cases.facts[None, "price_0"]
    column = next(c for c in table.columns if c.name == "price_0")
    low, high = column.interval(1)
    cut = type(column)(column.name, column.key, column.fact, (), ((low + high) / 2,))
    assert of.look_up(column).tolist() == [-1, -2, *range(column.atoms)]
    assert of.look_up(cut)[3] == -1
    assert np.array_equal(of.look_up(cut)[[2, 4]], [0, 1])
    exact = FactColumn(of.codes, numbers=np.array([low, (low + high) / 2, high]))
    assert exact.look_up(cut).tolist() == [-1, -2, 0, 1, 1]
