"""A sample hangs on the seed and the cases alone; a description counts with denominators."""

from __future__ import annotations

import pytest

from brightline.casestore.compacting import compact
from brightline.casestore.describing import describe
from brightline.casestore.errors import UnusableStore
from brightline.casestore.sampling import sample
from brightline.casestore.store import Store
from tests.casestore.making import OCTOBER, case, decide, put


@pytest.fixture
def store(tmp_path) -> Store:
    """Forty listings, three of them sold by phones, ten reviews; two were decided."""
    made = Store.at(tmp_path / "store", "VN")
    put(made, *(case(f"L{n}", item="phone" if n < 3 else "toy", price=1.0 * n) for n in range(20)))
    put(made, *(case(f"L{n}", item="toy") for n in range(20, 40)))
    put(made, *(case(f"R{n}", subject="review", stars="cannot_tell") for n in range(10)))
    decide(made, "L1", "allow")
    decide(made, "L1", "remove", 2)
    decide(made, "L2", "allow", how="automatic")
    decide(made, "gone", "allow")
    return made


def _ids(drawn) -> list[str]:
    return [one["id"] for one in drawn.cases]


def test_the_same_seed_draws_the_same_however_cases_lie(store):
    first = _ids(sample(store, 12, seed=7))
    compact(store)
    put(store, case("L39", item="other"))  # one case lies elsewhere now
    assert _ids(sample(store, 12, seed=7)) == first
    assert _ids(sample(store, 12, seed=8)) != first
    assert set(_ids(sample(store, 30, seed=7))) > set(first)
    assert len(set(first)) == 12


def test_every_case_is_drawn_as_often_as_any_other(store):
    drawn = [id_ for seed in range(300) for id_ in _ids(sample(store, 5, seed))]
    counts = [drawn.count(id_) for id_ in {*drawn}]
    assert len(counts) == 50
    assert min(counts) > 8 and max(counts) < 60  # 30 each, in expectation


def test_groups_share_alike_and_small_ones_are_whole(store):
    drawn = sample(store, 15, seed=1, by=["subject", "fact:item"])
    shares = {group.values: (group.drawn, group.cases) for group in drawn.groups}
    assert shares == {
        ("listing", "phone"): (3, 3),
        ("listing", "toy"): (6, 37),
        ("review", "-"): (6, 10),
    }
    assert sum(1 / one["inclusion"] for one in drawn.cases) == pytest.approx(50)


def test_a_drawn_case_is_a_case_file_with_its_decision(store):
    drawn = sample(store, 3, seed=1, by=["action"])
    one = next(case for case in drawn.cases if case["id"] == "L1")
    assert one["facts"] == {"item": "phone", "price": 1.0}
    assert one["attributes"] == {"created_at": OCTOBER.isoformat()}
    assert (one["decision"]["action"], one["group"]) == ("remove", {"action": "remove"})


def test_more_groups_than_cases_are_refused(store):
    with pytest.raises(UnusableStore, match="3 groups, more than the 2 cases"):
        sample(store, 2, seed=1, by=["subject", "fact:item"])
    with pytest.raises(UnusableStore, match="cannot be grouped by 'colour'"):
        sample(store, 2, seed=1, by=["colour"])


def test_a_description_counts_what_is_known_and_decided(store):
    found = describe(store)
    assert (found.cases, found.first, found.last, found.without_day) == (50, OCTOBER, OCTOBER, 0)
    assert found.subjects == {"listing": 40, "review": 10}
    assert found.months == {"2026-10": 50}
    facts = {one.fact: one for one in found.facts}
    assert (facts["price"].known, facts["price"].cases) == (20, 40)
    assert (facts["stars"].known, facts["stars"].cannot_tell, facts["stars"].cases) == (0, 10, 10)
    decided = found.decided
    assert (decided.rows, decided.cases, decided.strangers) == (4, 2, 1)
    assert decided.actions == {"remove": 1, "allow": 1}
    assert decided.how == {"review": 1, "automatic": 1}
    assert decided.seconds == 30


def test_an_empty_store_can_be_described_and_compacted(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    assert describe(store).cases == 0
    assert compact(store).files == 0
    assert sample(store, 5, seed=1).cases == ()
