"""Nothing a seller can type takes a reader down, or more time than its length deserves."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from tests.signals.making import fact, rulebook, supplier, terms

LISTS = {
    "words": terms(
        ("a", "x", True), ("a a", "x", True), ("a a a", "y", True), ("thuốc lá", "x", True),
        ("aa", "except", False), ("a a", "except", False), ("💨", "y", False),
    )
}  # fmt: skip
READY = supplier(
    rulebook(
        {
            "words": fact(
                "choice",
                {"signal": "lexicon", "list": "words", "in": ["title"],
                 "values": {"x": "one", "y": "two"}},
                options={"one": {}, "two": {}},
            ),
            "price": fact(
                "number", {"signal": "number", "in": ["title"], "unit": "vnd", "take": "max"}
            ),
            "raw": fact("yes_no", {"signal": "attribute", "name": "title", "map": {"a": "yes"}}),
            "amount": fact("number", {"signal": "attribute", "name": "title"}),
        },
        LISTS,
    )
)  # fmt: skip
SHAPES: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "a" * n,
    "words": lambda n: "a " * (n // 2),
    "digits": lambda n: "9" * n,
    "grouped digits": lambda n: "1." * (n // 2),
    "small numbers": lambda n: "1 " * (n // 2),
    "prices": lambda n: "1tr2 " * (n // 5),
    "ranges": lambda n: "1-" * (n // 2),
    "price words": lambda n: "giá " * (n // 4),
    "marks": lambda n: "a" + "\u0301" * (n - 1),
    "marks of two kinds": lambda n: "e" + "\u0301\u0302" * (n // 2),
    "invisible": lambda n: "a\u200b" * (n // 2),
    "spaces": lambda n: " " * n,
    "emoji": lambda n: "💨🥤" * (n // 2),
    "surrogates": lambda n: "\ud800a " * (n // 3),
    "noise": lambda n: "".join(random.Random(5).choices("aAạ 1k.,đ\u0301\u200b💨-", k=n)),
}


def seconds(text: str) -> float:
    """Of this process's own computing: what else the machine does is none of its business."""
    start = time.process_time()
    READY.supply({"title": text})
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_many_characters_take_time_in_proportion(shape: str) -> None:
    small, large = SHAPES[shape](30_000), SHAPES[shape](240_000)
    short = min(seconds(small) for _try in range(2))
    long = min(seconds(large) for _try in range(2))
    assert long < 30 * short + 0.5
    assert short < 2


@pytest.mark.parametrize("shape", SHAPES)
def test_strange_text_is_read(shape: str) -> None:
    text = SHAPES[shape](500)
    for reading in READY.supply({"title": text}).values():
        assert all(text[e.start : e.end] == e.text for e in reading.evidence)


@pytest.mark.parametrize("plane", range(17))
def test_every_character_can_be_read(plane: int) -> None:
    every = "".join(map(chr, range(plane << 16, (plane + 1) << 16)))
    assert READY.supply({"title": f"a {every}"})["sop.words"].value is not None
