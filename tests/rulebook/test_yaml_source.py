"""Rulebook files are read with the place of every value, and hostile ones are refused cheaply."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brightline.rulebook import yaml_source
from brightline.rulebook.nodes import Document, Mapping, Node, Scalar, Sequence, find
from brightline.rulebook.reading import read_with_sources
from brightline.rulebook.yaml_source import load

from .planted import HERE, good_copy, mistakes, problems_of


def tree(text: str) -> Node:
    document = load(text.encode(), "x.yaml")
    assert document.problems == []
    assert document.root is not None
    return document.root


def value(text: str) -> object:
    node = find(tree(f"a: {text}"), ("a",))
    assert isinstance(node, Scalar)
    return node.resolved()


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "2026-06-30", "12:30", "0x1F"])
def test_words_and_dates_stay_words(word: str) -> None:
    assert value(word) == word


@pytest.mark.parametrize("word", ['"7"', "'7'", '"yes"', '"true"', '"null"'])
def test_what_is_quoted_stays_text(word: str) -> None:
    assert value(word) == word[1:-1]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("7", 7), ("-3", -3), ("+4", 4), ("0.5", 0.5), (".5", 0.5), ("1e3", 1000.0), ("1.", 1.0)],
)
def test_numbers_are_numbers(written: str, meant: float) -> None:
    assert value(written) == meant


@pytest.mark.parametrize("written", [".inf", "-.inf", ".nan", "1_000", "9" * 5000, "1e999999"])
def test_what_no_fact_can_be_stays_text(written: str) -> None:
    assert value(written) == written


def test_every_value_knows_its_place() -> None:
    root = tree("owner: safety\nđội:\n  - {vi: Một, en: One}\n")
    places = {}
    for path in [("owner",), ("đội",), ("đội", 0), ("đội", 0, "en")]:
        node = find(root, path)
        assert node is not None
        places[path] = (node.line, node.column, node.end)
    assert places == {
        ("owner",): (1, 8, 14),
        ("đội",): (3, 3, 3),
        ("đội", 0): (3, 5, 23),
        ("đội", 0, "en"): (3, 19, 22),
    }
    assert isinstance(find(root, ("đội",)), Sequence)


def test_texts_are_brought_to_normal_form() -> None:
    assert value("Thuo\u0302\u0301c la\u0301") == "Thuốc lá"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(ending: str) -> None:
    node = find(tree(f"a: 1{ending}b: 2{ending}"), ("b",))
    assert node is not None
    assert (node.line, node.column) == (2, 4)


def test_a_mark_of_windows_at_the_start_is_passed_over() -> None:
    document = load(b"\xef\xbb\xbfa: 1\n", "x.yaml")
    assert document.problems == []
    assert isinstance(document.root, Mapping)
    node = document.root.get("a")
    assert node is not None
    assert node.column == 4


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "BL-104", (0, 0)),
        (b"# nothing\n", "BL-104", (0, 0)),
        (b"a: 1\nb: caf\xe9\n", "BL-103", (2, 7)),
        ("a: 1\n".encode("utf-16"), "BL-103", (0, 0)),
        ("a: \u2028b\n".encode(), "BL-103", (1, 4)),
        (b"a: \x00\n", "BL-103", (1, 4)),
        (b"%YAML 9.9\n---\na: 1\n", "BL-104", (1, 1)),
        (b"a: 'open\n\n\n", "BL-104", (1, 4)),
        (b"a: [1, 2\n", "BL-104", (1, 4)),
        (b"'a': 1\n\"a\": 2\n", "BL-106", (2, 1)),
        (b"? \n: 1\n", "BL-109", (1, 2)),
    ],
)
def test_what_is_no_text_or_no_yaml_is_refused(
    data: bytes, code: str, place: tuple[int, int]
) -> None:
    problems = load(data, "x.yaml").problems
    assert [(p.code, (p.line, p.column)) for p in problems] == [(code, place)]


def bomb() -> bytes:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for name, last in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 9)}]")
    return "\n".join(lines).encode()


MEGA = 1024 * 1024
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a billion laughs": (bomb, "BL-105"),
    "a million open brackets": (lambda: b"[" * 1_000_000, "BL-102"),
    "a million open braces": (lambda: b"{a: " * 250_000, "BL-102"),
    "a hundred thousand nested lists": (lambda: b"- " * 100_000, "BL-102"),
    "a hundred thousand nested keys": (lambda: b"? " * 100_000, "BL-102"),
    "a text of two megabytes": (lambda: b"a: '" + b"x" * (2 * MEGA - 10) + b"'", "BL-102"),
    "a block of two megabytes": (lambda: b"a: |\n" + b"  xxxxxxxx\n" * 180_000, "BL-102"),
    "an open quote of two megabytes": (lambda: b'a: "' + b"x\\n" * 600_000, "BL-104"),
    "a key repeated": (lambda: b"a: 1\n" * 400_000, "BL-106"),
    "a million small values": (lambda: b"a: [" + b"b," * 1_000_000 + b"]", "BL-102"),
    "a million nulls": (lambda: b"a: [" + b"~," * 1_000_000 + b"]", "BL-107"),
    "two megabytes of anchors": (lambda: b"a: [" + b"&b c," * 400_000 + b"]", "BL-105"),
    "an anchor of a megabyte": (lambda: b"a: &" + b"b" * MEGA + b" c", "BL-105"),
    "a tag of a megabyte": (lambda: b"a: !" + b"b" * MEGA + b" c", "BL-105"),
    "a key of a megabyte": (lambda: b"k" * MEGA + b": 1", "BL-102"),
    "a file past the limit": (lambda: b"a: b\n" * 500_000, "BL-102"),
}


class Counted:
    """An event parser that counts the events asked of it."""

    events = 0

    def __init__(self, text: str) -> None:
        self.parser = yaml_source.libyaml_events()(text)

    def get_event(self) -> Any:
        Counted.events += 1
        return self.parser.get_event()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_bounded_time_and_memory(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, code = HOSTILE[name]
    data = make()
    monkeypatch.setattr(yaml_source, "Events", Counted)
    Counted.events = 0
    tracemalloc.start()
    document = load(data, "x.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code in [problem.code for problem in document.problems]
    assert len(document.problems) <= 100
    assert Counted.events <= 2 * yaml_source.MOST_VALUES
    assert peak < 24 * len(data) + 48 * MEGA


def test_a_huge_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    with (folder / "sops" / "huge.yaml").open("wb") as file:
        file.truncate(100 * MEGA)
    tracemalloc.start()
    problems = problems_of(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [problem.code for problem in problems] == ["BL-102"]
    assert peak < 16 * MEGA


def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    os.mkfifo(folder / "sops" / "pipe.yaml")
    assert [problem.code for problem in problems_of(folder)] == ["BL-101"]


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_source, "Events", yaml_source.pure_events())


def shape(node: Node) -> object:
    """The tree with every place, as plain data."""
    place = (node.line, node.column, node.end)
    if isinstance(node, Mapping):
        return place, {name: shape(child) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        return place, [shape(child) for child in node.items]
    return place, node.resolved() if isinstance(node, Scalar) else None


@pytest.mark.usefixtures("pure")
def test_without_libyaml_the_tree_is_the_same() -> None:
    for path in sorted((HERE / "good").rglob("*.yaml")):
        slow = load(path.read_bytes(), path.name)
        yaml_source.Events = yaml_source.libyaml_events()
        fast = load(path.read_bytes(), path.name)
        yaml_source.Events = yaml_source.pure_events()
        assert slow.root is not None
        assert fast.root is not None
        assert shape(slow.root) == shape(fast.root)


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize("mistake", mistakes("yaml"), ids=str)
def test_without_libyaml_the_same_is_refused(mistake: Any, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    line, _column, _end = mistake.plant(folder)
    assert [(p.code, p.line) for p in problems_of(folder)] == [(mistake.code, line)]


def test_documents_are_named_as_the_user_named_them(tmp_path: Path) -> None:
    _rulebook, sources, _problems = read_with_sources(good_copy(tmp_path))
    assert sources.place("sops/vapes.yaml", ("clauses", 0, "action")) == (
        str(tmp_path / "market" / "sops" / "vapes.yaml"),
        53,
        13,
    )
    assert isinstance(sources.documents["law.yaml"], Document)
