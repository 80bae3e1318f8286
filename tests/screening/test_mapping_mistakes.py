"""A mapping that does not fit says what is wrong and what could be meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import mapping_of, read_mapping
from brightline.screening.planning import plan_of

from .shop import shop

COLUMNS = ("code", "name", "vnd")


def mistake(mapping: Any, **parts: Any) -> str:
    """Message and hint of a mapping that cannot be used."""
    with pytest.raises(UnusableCases) as caught:
        plan_of(shop(**parts), mapping_of(mapping, "map.yaml"), COLUMNS)
    return f"{caught.value.message}; {caught.value.hint}"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ([], "map.yaml: a mapping has the keys subject, id, time, attributes, facts, constants"),
        ({"atributes": {}}, "map.yaml: no key named atributes; did you mean attributes?"),
        ({1: 2}, "map.yaml: no key named 1"),
        ({"id": 3}, "map.yaml: id is the name of a column"),
        ({"attributes": ["title"]}, "map.yaml: attributes names columns, as in {title: name}"),
        ({"attributes": {"title": 3}}, "map.yaml: attributes names columns"),
        ({"constants": {"title": {"a": 1}}}, "map.yaml: constants names values"),
        ({"subject": ["listing"]}, "map.yaml: subject is the name of a subject; or {column: name}"),
        ({"subject": "lsiting"}, "no subject named lsiting; did you mean listing?"),
        ({"id": "cod"}, "the mapping names a column cod, which the file does not have"),
        ({"attributes": {"titel": "name"}}, "the mapping names an attribute titel"),
        ({"facts": {"itme": "name"}}, "no fact named itme; did you mean item?"),
        ({"constants": {"itme": "phone"}}, "no fact named itme; did you mean item?"),
        ({"constants": {"item": "tank"}}, "item has no option 'tank'"),
        ({"constants": {"price": -1}}, "-1 is outside the range of price"),
        ({"constants": {"created_at": "soon"}}, "created_at is no date: soon"),
        ({"facts": {"price": "vnd", "fakes.price": "vnd"}}, "the mapping names a fact twice"),
        (
            {"attributes": {"cost": "vnd"}, "constants": {"cost": 3}},
            "the mapping gives cost a column and a constant value",
        ),
    ],
)
def test_a_mistake_is_named(mapping: Any, words: str) -> None:
    assert mistake(mapping).startswith(words)


def test_the_subject_is_needed_where_there_are_several() -> None:
    said = mistake({"id": "code"}, subjects=("listing", "review"))
    assert said == (
        "the mapping does not say what the cases are about; "
        "add subject: with one of listing, review"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [", "map.yaml is not YAML that can be read"),
        (b"\xff\xfe", "map.yaml is not YAML that can be read"),
        (b"a: &x [1]\nb: *x\n", "map.yaml: anchors and aliases are not allowed"),
        (b"a: 1\na: 2\n", "map.yaml is not YAML that can be read"),
        (b"!!python/object/apply:os.system [ls]", "map.yaml is not YAML that can be read"),
        (b"[" * 100_000, "map.yaml is not YAML that can be read"),
        (b"# " + b"x" * (2 << 20), "map.yaml is too large for a mapping"),
        (b"", "map.yaml: a mapping has the keys"),
    ],
)
def test_a_file_that_is_no_mapping(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_bytes(content)
    with pytest.raises(UnusableCases) as caught:
        read_mapping(path)
    assert words in caught.value.message


def test_yes_and_no_are_words(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("constants: {licensed: yes, created_at: 2026-01-31}\n")
    mapping = read_mapping(tmp_path / "map.yaml")
    plan = plan_of(shop(), mapping, COLUMNS)
    assert plan.subjects["listing"].constant_facts == {"licensed": "yes"}
    assert str(plan.day) == "2026-01-31"
