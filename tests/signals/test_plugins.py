"""Anyone may add a signal: the example of the documentation, and what goes wrong with others."""

from __future__ import annotations

import sys
import types
from importlib import metadata
from typing import Any

import pyarrow as pa
import pytest

from brightline.signals.checking import signal_problems
from brightline.signals.registry import Registry, signal_hook
from tests.signals import example_plugin
from tests.signals.making import fact, rulebook, supplier

RATIO = fact(
    "number", {"signal": "price_ratio", "price": "price", "usual": "rating"}, min=0, max=10
)

BUILT_IN = ["attribute", "lexicon", "number", "contact", "claims", "price_level", "papers"]


@pytest.fixture
def known() -> Registry:
    registry = Registry()
    registry.register(example_plugin, "example")
    return registry


def plugin(*signals: Any) -> Any:
    module = types.ModuleType("plugin")
    module.brightline_signals = signal_hook(lambda: list(signals))  # type: ignore[attr-defined]
    return module


def test_the_built_in_signals_are_there() -> None:
    assert list(Registry().signals) == BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_signal_that_cannot_be_loaded_ends_the_program(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = type(Registry().signals[name]).__module__
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=module):
        Registry()


def test_a_plug_in_supplies_facts_like_any_other(known: Registry) -> None:
    reading = supplier(rulebook({"it": RATIO}), known).supply({"price": 30, "rating": 100})[
        "sop.it"
    ]
    assert (reading.value, reading.source, reading.trust) == (
        0.3, "price_ratio:price/rating", "suggests",
    )  # fmt: skip


def test_a_plug_in_need_not_read_columns(known: Registry) -> None:
    columns = {"price": pa.array([30, 50, None]), "rating": pa.array([100, 0, 1])}
    told = supplier(rulebook({"it": RATIO}), known).supply_columns(columns, 3)["sop.it"]
    assert [told.value(row) for row in range(3)] == [0.3, None, None]


def test_check_knows_the_plug_ins_parameters(known: Registry) -> None:
    wrong = fact("yes_no", {"signal": "price_ratio", "prise": "price"})
    assert [p.message for p in signal_problems(rulebook({"it": wrong}), known)] == [
        'the signal price_ratio has no parameter "prise"; did you mean price?',
        "price_ratio supplies a fact of kind number",
    ]


def test_an_unknown_signal_is_named_with_the_one_that_was_meant() -> None:
    book = rulebook({"it": fact("yes_no", {"signal": "lexikon", "list": "a"})})
    (problem,) = signal_problems(book, Registry())
    assert problem.message == 'no signal named "lexikon"; did you mean lexicon?'
    assert supplier(book).supply({})["sop.it"].reason == 'no signal named "lexikon"'


def test_installed_packages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = metadata.EntryPoint("example", "tests.signals.example_plugin", "brightline.signals")
    broken = metadata.EntryPoint("broken", "tests.signals.no_such_module", "brightline.signals")
    monkeypatch.setattr(metadata, "entry_points", lambda group: [broken, entry])
    registry = Registry()
    registry.load_installed()
    assert "price_ratio" in registry.signals
    assert [line.split(":")[0] for line in registry.refused] == ["broken"]


def test_a_plug_in_cannot_take_the_name_of_another_signal(known: Registry) -> None:
    mine = known.signals["price_ratio"]
    known.register(plugin(example_plugin.PriceRatio()), "second")
    assert known.signals["price_ratio"] is mine
    assert known.refused == ["second: ValueError: there is a signal named 'price_ratio' already"]


def test_what_is_no_signal_is_left_out(known: Registry) -> None:
    known.register(plugin("nonsense"), "strange")
    assert list(known.signals) == [*BUILT_IN, "price_ratio"]
    assert len(known.refused) == 1


def test_a_plug_in_that_fails_to_offer_is_left_out(known: Registry) -> None:
    module = types.ModuleType("plugin")
    module.brightline_signals = signal_hook(lambda: 1 / 0)  # type: ignore[attr-defined]
    known.register(module, "failing")
    assert known.refused == ["failing: ZeroDivisionError: division by zero"]
