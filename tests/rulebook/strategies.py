"""Random small rulebooks and cases, every part of the language in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from brightline.rulebook.model import Rulebook

T = {"vi": "chữ", "en": "text"}
THRESHOLDS = {0.0, 1.0, 2.0, 3.0, 10.0}
ACTIONS = {
    "allow": {"title": T, "severity": 0, "violation": "no"},
    "allow_too": {"title": T, "severity": 0, "violation": "no"},
    "edit": {"title": T, "severity": 20},
    "escalate": {"title": T, "severity": 50, "violation": "no", "person": "yes"},
    "remove": {"title": T, "severity": 60},
    "remove_too": {"title": T, "severity": 60},
}


def option(**nested: Any) -> dict[str, Any]:
    return {**T, "options": nested} if nested else dict(T)


FACTS: dict[str, dict[str, Any]] = {
    "flag": {"kind": "yes_no"},
    "mark": {"kind": "yes_no"},
    "item": {"kind": "choice", "options": {o: option() for o in ("a", "b", "c")}},
    "tree": {
        "kind": "choice",
        "options": {"root": option(leaf=option(), twig=option(bud=option())), "other": option()},
    },
    "price": {"kind": "number", "min": 0, "max": 10},
}

number_tests = st.one_of(
    st.sampled_from(
        ["< 1", "<= 1", "> 2", ">= 2", "= 3", "1..3", "[1..2]", "(1..3]", "[0..2)", "(1..2)", "3"]
    ),
    st.sampled_from([1, 2, 3]),
    st.just({"not": "1..2"}),
    st.just(["< 1", "> 2"]),
)


def option_tests(options: list[str], tree: bool) -> st.SearchStrategy[Any]:
    one = st.sampled_from(options)
    some = st.lists(one, min_size=1, max_size=2, unique=True)
    proper = some.filter(lambda chosen: len(chosen) < len(options))
    kinds = [one, some, proper.map(lambda chosen: {"not": chosen})]
    if tree:
        kinds.append(st.sampled_from([{"under": "root"}, {"under": ["twig", "other"]}]))
        kinds.append(st.just({"not": {"under": "twig"}}))
    return st.one_of(kinds)


TESTS: dict[str, st.SearchStrategy[Any]] = {
    "flag": st.sampled_from(["yes", "no"]),
    "mark": st.sampled_from(["yes", "no"]),
    "item": option_tests(["a", "b", "c"], False),
    "tree": option_tests(["root", "leaf", "twig", "bud", "other"], True),
    "price": number_tests,
}


@st.composite
def conditions(draw: st.DrawFn, names: list[str], terms: list[str], most: int = 3) -> Any:
    one: dict[str, Any] = {
        name: draw(TESTS[name])
        for name in draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
    }
    if terms and draw(st.booleans()):
        word = draw(st.sampled_from(["is", "is_not"]))
        one[word] = draw(st.sampled_from([*terms, terms[:2]]))
    return one


def any_of(names: list[str], terms: list[str]) -> st.SearchStrategy[Any]:
    one = conditions(names, terms).filter(bool)
    return st.one_of(one, st.lists(one, min_size=1, max_size=2))


@st.composite
def sops(draw: st.DrawFn, name: str, shared: list[str]) -> dict[str, Any]:
    own = draw(st.lists(st.sampled_from(sorted(set(FACTS) - set(shared))), max_size=2, unique=True))
    names = [*own, *shared]
    definitions: dict[str, Any] = {}
    for term in ("first_term", "second_term")[: draw(st.integers(0, 2))]:
        definitions[term] = draw(any_of(names, list(definitions)))
    terms = list(definitions)
    clauses = [
        {
            "id": f"C-{i}",
            "title": T,
            "when": draw(any_of(names, terms)),
            "action": draw(st.sampled_from(sorted(ACTIONS))),
            "points": i,
        }
        for i in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        clauses.append({"id": "rest", "title": T, "otherwise": "yes", "action": "allow"})
    return {
        "sop": name,
        "title": T,
        "subject": "listing",
        "owner": "team",
        "review_by": "2030-01-01",
        "purpose": T,
        "scope": draw(st.one_of(st.just(()), any_of(names, terms))),
        "definitions": definitions,
        "facts": {n: FACTS[n] for n in own},
        "impossible": draw(st.lists(conditions(names, [], 2).filter(bool), max_size=2)),
        "hit": draw(st.sampled_from(["first", "most_severe", "unique"])),
        "clauses": clauses,
        "cannot_tell": draw(st.sampled_from(["escalate", "edit", "allow"])),
    }


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """A rulebook of one or two SOPs over at most six facts, in every construct of the language."""
    shared = draw(st.lists(st.sampled_from(sorted(FACTS)), min_size=1, max_size=2, unique=True))
    return Rulebook.model_validate(
        {
            "rulebook": "random",
            "title": T,
            "market": "VN",
            "languages": ("vi", "en"),
            "subjects": {"listing": {"title": T, "attributes": {}}},
            "actions": ACTIONS,
            "facts": {n: FACTS[n] for n in shared},
            "impossible": draw(st.lists(conditions(shared, [], 2).filter(bool), max_size=1)),
            "sops": [
                draw(sops(name, shared)) for name in ("one", "two")[: draw(st.integers(1, 2))]
            ],
        }
    )


@st.composite
def cases(draw: st.DrawFn, rulebook: Rulebook) -> dict[str, object]:
    """Facts by full name: known, unknown (None) or `cannot_tell`."""
    facts = {name: name for name in rulebook.facts}
    for sop in rulebook.sops:
        facts |= {f"{sop.sop}.{name}": name for name in sop.facts}
    values: dict[str, list[object]] = {
        "flag": ["yes", "no"],
        "mark": ["yes", "no"],
        "item": ["a", "b", "c"],
        "tree": ["root", "leaf", "twig", "bud", "other"],
        "price": [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 10],
    }
    return {
        full: draw(
            st.one_of(
                st.none(), st.sampled_from(values[kind]), st.sampled_from([None, "cannot_tell"])
            )
        )
        for full, kind in facts.items()
    }
