"""The page on signals names every signal, every parameter, and shows the example as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brightline.signals.registry import Registry
from tests.signals import example_plugin
from tests.signals.making import words_in
from tests.signals.test_prices_in_words import money

PAGE = (Path(__file__).parents[2] / "docs/reference/signals.md").read_text(encoding="utf-8")
SIGNALS = Registry().signals


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"docs/reference/signals.md has no section {title}"
    return found[1]


@pytest.mark.parametrize("name", SIGNALS)
def test_every_signal_has_a_section_with_every_parameter(name: str) -> None:
    table = section(f"`{name}`").split("| parameter | meaning |\n")[1].split("\n\n")[0]
    rows = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert rows == set(SIGNALS[name].parameters)


def test_the_plug_in_of_the_page_is_the_one_that_is_tested() -> None:
    source = Path(example_plugin.__file__).read_text(encoding="utf-8")
    assert source.strip() in section("Your own signal")


def test_the_prices_of_the_page_are_read_as_it_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([\d., ]+|not read) \|", section("`number`"), re.MULTILINE)
    assert len(rows) >= 12
    for text, told in rows:
        expected = (
            [] if told == "not read" else [float(n.replace(".", "")) for n in told.split(", ")]
        )
        assert money(text) == expected, text


def test_the_words_of_the_page_are_found_as_it_says() -> None:
    pattern = r"^\| `([^`]+)`( \(fold\))? \| `([^`]+)` \| (yes|no) \|"
    rows = re.findall(pattern, section("`lexicon`"), re.MULTILINE)
    assert len(rows) >= 12
    for term, fold, text, told in rows:
        assert bool(words_in(text, (term, "word", bool(fold)))) is (told == "yes"), (term, text)
