"""A store without texts is read column by column, and comes to what it comes to row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brightline.backtesting import run as run_module
from brightline.backtesting.store_columns import read_store
from brightline.casestore.store import Store
from tests.casestore.making import case, decide, put
from tests.screening.shop import shop

from .test_files import edited, plain, ran

OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 3)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Cases of two months; in the newer file a fact more, one of a version long gone, and none of
    a fact that the older one has. People decided some."""
    made = Store.at(tmp_path / "store", "VN")
    items, fakes = ["phone", "vape", "other", None, "cannot_tell"], ["yes", "no", None, "no"]
    prices = [500.0, 5000.0, None]
    put(made, *(
        case(f"a{n}", OCTOBER, item=items[n % 5], **{"fakes.fake": fakes[n % 4]},
             **{"fakes.price": prices[n % 3]})
        for n in range(60)
    ))  # fmt: skip
    put(made, *(
        case(f"b{n}", NOVEMBER, item=items[n % 5], **{"fakes.licensed": ["yes", "no"][n % 2]},
             **{"fakes.price": prices[n % 3], "gone.fact": "yes"})
        for n in range(40)
    ))  # fmt: skip
    for number in range(0, 60, 7):
        decide(made, f"a{number}", "allow", number % 50)
    return made


def both_ways(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], ...]:
    books = shop(), edited(shop())
    quick = plain(ran(*books, store.root))
    monkeypatch.setattr(run_module, "read_store", lambda *_arguments: None)
    slow = plain(ran(*books, store.root))
    for found in (quick, slow):  # which of many like it is shown is not settled
        found["telling"] = [(one["kind"], one["like_it"]) for one in found["telling"]]
    return quick, slow


def test_column_by_column_says_what_row_by_row_says(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_store(store.root, shop(), edited(shop())) is not None
    quick, slow = both_ways(store, monkeypatch)
    assert quick == slow
    assert quick["cases"] == 100 and quick["refused"] == 0
    assert quick["agreement"]["labelled"] == 9
    assert [line["name"] for line in quick["groups"]["week"]] == ["2026-W41", "2026-W45"]


@pytest.mark.parametrize(
    "odd",
    [
        {"attributes": '{"title": "hàng giả"}'},
        {"facts": {"item": "sofa"}},
        {"subject": "sofa"},
        {"facts": {"fakes.price": "cheap"}},
    ],
)
def test_other_stores_are_read_row_by_row(
    store: Store, odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, {**case("odd", NOVEMBER), **odd})
    assert read_store(store.root, shop(), edited(shop())) is None
    quick, slow = both_ways(store, monkeypatch)
    assert quick == slow
    assert quick["cases"] + quick["refused"] == 101
