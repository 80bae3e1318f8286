"""Rulebooks whose facts are read from raw attributes, and raw cases for them, good and bad."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from brightline.rulebook.model import Rulebook
from tests.rulebook.strategies import ACTIONS, FACTS, T, any_of, conditions, sops

ATTRIBUTES = {
    "title": "text",
    "text": "text",
    "tags": "list",
    "cost": "money",
    "weight": "number",
    "shipped": "yes_no",
    "kind": "choice",
    "created_at": "date",
}
TITLE = {"signal": "lexicon", "list": "words", "in": ["title", "tags"]}
SOURCES: dict[str, list[Any]] = {
    "flag": [
        TITLE,
        {**TITLE, "absent": "no"},
        [{"signal": "attribute", "name": "shipped", "trust": "decides"}, TITLE],
        {"signal": "attribute", "name": "kind", "map": {"a": "yes"}, "default": "no"},
    ],
    "mark": [{"signal": "attribute", "name": "shipped", "absent": "no"}],
    "item": [
        {"signal": "attribute", "name": "kind", "map": {"1": "a", "true": "b"}},
        {**TITLE, "values": {"thing": "b", "word": "a"}, "absent": "c"},
    ],
    "tree": [{"signal": "attribute", "name": "kind", "default": "other"}],
    "price": [
        {"signal": "attribute", "name": "weight"},
        [{"signal": "attribute", "name": "cost"}, {"signal": "number", "in": ["text", "title"]}],
        {"signal": "number", "in": ["text", "tags"], "take": "max"},
    ],
}
LEXICONS = {
    "words": (
        {"term": "hàng giả", "kind": "word", "fold": True},
        {"term": "pod", "kind": "thing"},
        {"term": "hàng giả mạo", "kind": "except"},
    )
}
texts = st.one_of(
    st.sampled_from(
        [
            "hàng giả",
            "HÀNG GIẢ!",
            "hang gia",
            "hàng giả mạo",
            "pod 2",
            "giá 3",
            "1,5",
            "",
            " ",
            "x\0y",
        ]
    ),
    st.text(max_size=8),
)
numbers = st.one_of(
    st.sampled_from([0, 1, 2, 3, 10, 11, -1, 0.5, 1.5, 2.5, 1e18, 2**53 + 1, 2**70]),
    st.sampled_from(["2", "1.5", "1,5", "nhiều", "1.200", " 3 "]),
)
odd = st.sampled_from([None, True, {"a": 1}, [1, "b"], [[]], [], 5, 2.5, "yes", ["hàng giả", None]])
RAW: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "text": texts,
    "tags": st.lists(texts, max_size=3),
    "cost": numbers,
    "weight": numbers,
    "shipped": st.sampled_from([True, False, "yes", "no", "có", "?", "1", 1]),
    "kind": st.sampled_from(["a", "b", "A", "bud", "leaf", "khác", "", 1]),
    "created_at": st.sampled_from(
        ["2026-01-01", "2026-11-23T10:00:00+07:00", "2030-05-05", "", "hôm qua", 3]
    ),
}
GIVEN: dict[str, list[Any]] = {
    "flag": ["yes", "no", True, "cannot_tell", "maybe", 1],
    "mark": ["yes", "no", False],
    "item": ["a", "b", "c", "d", "cannot_tell"],
    "tree": ["root", "leaf", "twig", "bud", "other"],
    "price": [0, 1, 1.5, 2, 3, 10, 11, "2", "cannot_tell", True],
}


def _supplied(draw: st.DrawFn, name: str) -> dict[str, Any]:
    fact = dict(FACTS[name])
    if draw(st.booleans()):
        fact["from"] = draw(st.sampled_from(SOURCES[name]))
        fact["trust"] = draw(st.sampled_from(["suggests", "decides"]))
    return fact


@st.composite
def raw_rulebooks(draw: st.DrawFn) -> Rulebook:
    """A rulebook of up to three SOPs on two subjects, some in force for a time only."""
    shared = draw(st.lists(st.sampled_from(sorted(FACTS)), min_size=1, max_size=2, unique=True))
    made = [draw(sops(name, shared)) for name in ("one", "two", "three")[: draw(st.integers(1, 3))]]
    for sop in made:
        sop["facts"] = {name: _supplied(draw, name) for name in sop["facts"]}
        sop["subject"] = "review" if sop["sop"] == "three" else "listing"
        sop["from"] = draw(st.sampled_from([None, None, "2026-06-30"]))
    attributes = {name: {"kind": kind, "title": T} for name, kind in ATTRIBUTES.items()}
    return Rulebook.model_validate(
        {
            "rulebook": "raw",
            "title": T,
            "market": "VN",
            "languages": ("vi", "en"),
            "subjects": {
                "listing": {"title": T, "attributes": attributes},
                "review": {"title": T, "attributes": {"title": attributes["title"]}},
            },
            "actions": ACTIONS,
            "facts": {name: _supplied(draw, name) for name in shared},
            "impossible": draw(st.lists(conditions(shared, [], 2).filter(bool), max_size=1)),
            "lexicons": LEXICONS,
            "sops": made,
        }
    )


@st.composite
def raw_cases(draw: st.DrawFn, rulebook: Rulebook) -> dict[str, Any]:
    """A case as it may stand in a jsonl file; about one in ten values is not what it should be."""

    def value(good: st.SearchStrategy[Any]) -> Any:
        return draw(odd) if draw(st.integers(0, 9)) == 0 else draw(good)

    def some(of: Any) -> list[str]:
        return draw(st.lists(st.sampled_from(sorted(of)), max_size=4, unique=True))

    names = {name: name for name in rulebook.facts}
    for sop in rulebook.sops:
        names |= {f"{sop.sop}.{name}": name for name in sop.facts}
        names |= {name: name for name in sop.facts}
    names["nonsense"] = "flag"
    case: dict[str, Any] = {
        "attributes": {name: value(RAW[name]) for name in some(RAW)},
        "facts": {name: value(st.sampled_from(GIVEN[names[name]])) for name in some(names)},
    }
    subject = draw(st.sampled_from(["listing", "listing", "listing", "review", None, "seller"]))
    if subject is not None:
        case["subject"] = subject
    if draw(st.integers(0, 19)) == 0:
        case[draw(st.sampled_from(["attributes", "facts"]))] = value(odd)
    return case


__all__ = ["any_of", "raw_cases", "raw_rulebooks"]
