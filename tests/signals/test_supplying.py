"""How the facts of a case are filled: the first that knows wins, and nothing stops the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from brightline.rulebook.model import Rulebook
from brightline.rulebook.tests import option_ids as rulebook_option_ids
from brightline.signals.columns import DECIDES, NOT_TOLD, SUGGESTS, Column
from brightline.signals.options import option_ids
from brightline.signals.registry import Registry, signal_hook
from brightline.signals.spec import Reading, Request
from tests.signals.making import T, fact, option, rulebook, supplier, terms

USED = {"signal": "attribute", "name": "used"}
WORDS = {"signal": "lexicon", "list": "words", "in": ["title"], "absent": "no"}
LISTS = {"words": terms("cũ", "đã dùng")}
TWO = fact("yes_no", [{**USED, "trust": "decides"}, WORDS])


class Told:
    """A signal that answers every request with what it was made with."""

    name, parameters = "told", ("say",)

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        raise RuntimeError("no idea")

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> Any:
        if self.answer == "prepare":
            raise RuntimeError("cannot prepare")
        self.requests = requests
        return self

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer == "short":
            return []
        answer = attributes["price"] if self.answer == "price" else self.answer
        return [request.reading(answer, "told") for request in self.requests]  # type: ignore[arg-type]


def known(signal: Any) -> Registry:
    class Plugin:
        @signal_hook
        def brightline_signals(self) -> list[Any]:
            return [signal]

    registry = Registry()
    registry.register(Plugin(), "test")
    return registry


def supplied(answer: Any, kind: str = "yes_no", **more: Any) -> Reading:
    book = rulebook({"it": fact(kind, {"signal": "told"}, **more), "other": TWO}, LISTS)
    readings = supplier(book, known(Told(answer))).supply({"title": "hàng cũ", "price": 1})
    assert readings["sop.other"].value == "yes"
    return readings["sop.it"]


def test_the_first_entry_that_knows_supplies_the_fact() -> None:
    ready = supplier(rulebook({"it": TWO}, LISTS))
    first = ready.supply({"used": False, "title": "hàng cũ"})["sop.it"]
    assert (first.value, first.source, first.trust) == ("no", "attribute:used", "decides")
    second = ready.supply({"used": "?", "title": "hàng cũ"})["sop.it"]
    assert (second.value, second.source, second.trust) == ("yes", "lexicon:words", "suggests")


def test_where_none_knows_the_last_reason_stands() -> None:
    reading = supplier(rulebook({"it": TWO}, LISTS)).supply({"used": "?"})["sop.it"]
    assert (reading.value, reading.reason) == (None, 'no such option: "?"')


def test_columns_say_who_told_each_value_and_how_far_it_may_be_trusted() -> None:
    columns = {
        "used": pa.array([True, None, "x" == "y", None]),
        "title": pa.array(["hàng cũ", "hàng cũ", None, None]),
    }
    told = supplier(rulebook({"it": TWO}, LISTS)).supply_columns(columns, 4)["sop.it"]
    assert [told.value(row) for row in range(4)] == ["yes", "yes", "no", None]
    assert told.entry is not None
    assert told.trust is not None
    assert told.entry.tolist() == [0, 1, 0, -1]
    assert told.trust.tolist() == [DECIDES, SUGGESTS, DECIDES, NOT_TOLD]


def test_shared_facts_are_supplied_and_facts_without_from_are_not() -> None:
    book = rulebook({"it": TWO, "asked": {"kind": "yes_no"}}, LISTS, {"shared": TWO})
    assert list(supplier(book).supply({})) == ["shared", "sop.it"]
    assert list(supplier(book).supply_columns({}, 2)) == ["shared", "sop.it"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (RuntimeError("broke"), "the signal told failed: RuntimeError: broke"),
        ("prepare", "the signal told failed: RuntimeError: cannot prepare"),
        ("short", "the signal told failed: ValueError: 0 readings for 1 requests"),
        ("maybe", 'no such option: "maybe"'), (3, "no such option: 3"), (None, None),
    ],
)  # fmt: skip
def test_a_signal_that_fails_leaves_its_facts_unknown(answer: Any, reason: str | None) -> None:
    reading = supplied(answer)
    assert (reading.value, reading.reason) == (None, reason)


@pytest.mark.parametrize("answer", [float("nan"), float("inf"), 11, -1, "5", True, 10**400])
def test_a_number_the_fact_cannot_have_is_unknown_with_a_reason(answer: Any) -> None:
    reading = supplied(answer, "number", min=0, max=10)
    assert reading.value is None
    assert reading.reason


def test_a_signal_that_fails_on_one_case_fails_on_that_case_only() -> None:
    book = rulebook({"it": fact("number", {"signal": "told"}, max=10)}, LISTS)
    ready = supplier(book, known(Told("price")))
    told = ready.supply_columns({"price": pa.array([1, 2, 99, None, 3])}, 5)["sop.it"]
    assert [told.value(row) for row in range(5)] == [1, 2, None, None, 3]
    assert ready.supply({})["sop.it"].reason == "the signal told failed: KeyError: 'price'"


def test_columns_that_fail_or_do_not_fit_are_read_row_by_row() -> None:
    class Broken(Told):
        def read_columns(self, columns: Any, rows: int) -> list[Column]:
            if self.fail:
                raise RuntimeError
            return [Column(options=("yes", "no"), codes=np.zeros(rows + 1, dtype=np.int16))]

    for fail in (True, False):
        signal = Broken("no")
        signal.fail = fail  # type: ignore[attr-defined]
        book = rulebook({"it": fact("yes_no", {"signal": "told"})})
        told = supplier(book, known(signal)).supply_columns({"title": pa.array(["a", "b"])}, 2)
        assert [told["sop.it"].value(row) for row in range(2)] == ["no", "no"]


def test_options_in_another_order_are_put_in_the_facts_order() -> None:
    class Shuffled(Told):
        def read_columns(self, columns: Any, rows: int) -> list[Column]:
            codes = np.array([0, 1, 2, -1], dtype=np.int16)
            return [Column(options=("no", "maybe", "yes"), codes=codes)]

    book = rulebook({"it": fact("yes_no", {"signal": "told"})})
    told = supplier(book, known(Shuffled("no"))).supply_columns({}, 4)["sop.it"]
    assert told.options == ("yes", "no")
    assert [told.value(row) for row in range(4)] == ["no", None, "yes", None]


def test_a_rulebook_that_was_never_checked_still_runs() -> None:
    broken = {
        "a": fact("yes_no", {"signal": "lexicon"}), "b": fact("number", {**WORDS, "list": "gone"}),
        "c": fact("choice", WORDS, options={"x": option()}),
        "d": fact("yes_no", {**WORDS, "in": 5, "kind": {}, "values": "x", "absent": []}),
        "e": fact("yes_no", {"signal": "attribute", "name": ["x"], "map": 5, "default": "z"}),
        "f": fact("yes_no", {"signal": "number", "in": None, "unit": [], "take": {}}),
        "g": fact("yes_no", {**WORDS, "values": {"word": "maybe"}}),
    }  # fmt: skip
    ready = supplier(rulebook(broken, LISTS))
    readings = ready.supply({"title": "cũ", "used": True})
    assert {name for name, reading in readings.items() if reading.value is not None} == set()
    columns = ready.supply_columns({"title": pa.array(["cũ"])}, 1)
    assert all(column.value(0) is None for column in columns.values())


def test_an_empty_batch_is_an_empty_answer() -> None:
    told = supplier(rulebook({"it": TWO}, LISTS)).supply_columns(
        {"title": pa.array([], pa.string())}, 0
    )
    assert told["sop.it"].rows == 0


def test_options_are_numbered_as_the_rulebook_numbers_them() -> None:
    tree = {"a": option(b=option(c=option()), d=option()), "e": T}
    for declared in (fact("choice", USED, options=tree), fact("yes_no", USED)):
        made = rulebook({"it": declared}).sops[0].facts["it"]
        assert option_ids(made) == rulebook_option_ids(made)
