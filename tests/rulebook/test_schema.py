"""The JSON Schema for editors takes what the rulebook takes, and marks what it can of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from brightline.rulebook.reading.shape import plain
from brightline.rulebook.schema import KINDS, schema
from brightline.rulebook.yaml_source import load

from .planted import HERE, Mistake, good_copy, mistakes

ROOT = Path(__file__).parents[2]
BEYOND_SHAPE = {
    "a lexicon signal without a list",
    "a day that does not exist",
    "a time of nothing",
    "an empty translation",
}
"""Mistakes in a value's meaning, or in a signal's own parameters: `brightline check` finds them."""
SHAPES = ("BL-201", "BL-202", "BL-203", "BL-204", "BL-205", "BL-206")


def data_of(path: Path) -> Any:
    """A file as an editor's YAML parser sees it."""
    document = load(path.read_bytes(), path.name)
    assert document.root is not None, document.problems
    return plain(document.root, free=True)


def errors(kind: str | None, path: Path) -> list[str]:
    validator = Draft202012Validator(schema(kind))
    return [
        f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(data_of(path))
    ]


def kind_of(path: Path) -> str:
    return "sop" if path.parent.name == "sops" else path.stem


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_it_is_a_schema_of_draft_2020_12(kind: str | None) -> None:
    made = schema(kind)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("folder", [HERE / "good", ROOT / "rulebooks" / "vietnam"], ids=str)
def test_a_good_rulebook_fits(folder: Path) -> None:
    paths = [*folder.glob("*.yaml"), *folder.glob("sops/*.yaml")]
    for path in paths:
        assert errors(kind_of(path), path) == []
        assert errors(None, path) == []


@pytest.mark.parametrize(
    "mistake",
    [m for m in mistakes("shape") if m.code in SHAPES and m.name not in BEYOND_SHAPE],
    ids=str,
)
def test_it_marks(mistake: Mistake, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    mistake.plant(folder)
    path = folder / mistake.file
    assert errors(kind_of(path), path)
    assert errors(None, path)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        schema("lexicon")
