"""The slow, obvious meaning of a rulebook, written from the format alone.

Nothing of `tests`, `boxes`, `table` or `settling` is used: tests are read again here in the
plainest way, and what is unknown is filled in by trying everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from brightline.rulebook.model import Clause, Condition, Fact, Hit, Kind, Rulebook, Sop

Known = Mapping[str, object]


def passes(fact: Fact, raw: object, value: object) -> bool:
    """Whether one value passes a unary test as written."""
    if isinstance(raw, (list, tuple)):
        return any(passes(fact, item, value) for item in raw)
    if isinstance(raw, Mapping):
        ((word, inner),) = raw.items()
        return not passes(fact, inner, value) if word == "not" else under(fact, inner, value)
    if fact.kind is not Kind.NUMBER:
        return raw == value
    return number_passes(str(raw), float(value))  # type: ignore[arg-type]


def number_passes(text: str, value: float) -> bool:
    """A number test such as `< 3`, `1..5`, `(0..1]` or a bare number."""
    text = text.replace(" ", "")
    if ".." in text:
        low, high = re.sub(r"[\[\]()]", "", text).split("..")
        above = value > float(low) if text[0] in "(]" else value >= float(low)
        below = value < float(high) if text[-1] in ")[" else value <= float(high)
        return above and below
    sign = re.match(r"[<>=]*", text)[0]  # type: ignore[index]
    bound = float(text[len(sign) :])
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "": value == bound,
    }[sign]


def under(fact: Fact, node: object, value: object) -> bool:
    """Whether an option is a node of the tree or stands below it."""

    def below(options: Mapping[str, object], inside: bool) -> Iterator[str]:
        for name, option in options.items():
            here = inside or name == node
            if here:
                yield name
            yield from below(option.options, here)  # type: ignore[attr-defined]

    if isinstance(node, (list, tuple)):
        return any(under(fact, one, value) for one in node)
    return value in set(below(fact.options, False))


def declared(rulebook: Rulebook, sop: Sop | None, name: str) -> tuple[str, Fact]:
    """A bare name's fact: the SOP's own, else a shared one. Named `sop.fact` throughout here."""
    if sop is not None and name in sop.facts:
        return f"{sop.sop}.{name}", sop.facts[name]
    return name, rulebook.facts[name]


def holds(rulebook: Rulebook, sop: Sop | None, condition: Condition, facts: Known) -> bool:
    """Whether every part of a condition holds; all facts must be known."""
    for name, raw in condition.items():
        if name in ("is", "is_not"):
            terms = raw if isinstance(raw, (list, tuple)) else [raw]
            met = any(any_holds(rulebook, sop, sop.definitions[t], facts) for t in terms)
            if met != (name == "is"):
                return False
        else:
            full, fact = declared(rulebook, sop, name)
            if not passes(fact, raw, facts[full]):
                return False
    return True


def any_holds(rulebook: Rulebook, sop: Sop | None, conditions: object, facts: Known) -> bool:
    """Whether any condition of a list holds; an empty list always does."""
    return not conditions or any(holds(rulebook, sop, c, facts) for c in conditions)


def winner(rulebook: Rulebook, sop: Sop, facts: Known) -> Clause | None:
    """The one clause an SOP reports when everything is known."""
    if not any_holds(rulebook, sop, sop.scope, facts):
        return None
    met = [c for c in sop.clauses if not c.otherwise and any_holds(rulebook, sop, c.when, facts)]
    if met:
        if sop.hit is Hit.FIRST:
            return met[0]
        return max(met, key=lambda c: rulebook.actions[c.action].severity)
    return next((c for c in sop.clauses if c.otherwise), None)


@dataclass(frozen=True)
class Answer:
    """What the slow way says of a case."""

    determined: bool
    possible_actions: frozenset[str]
    clauses: frozenset[tuple[str, str]]
    contradicted: bool


def values_of(rulebook: Rulebook, fact: Fact, thresholds: set[float]) -> list[object]:
    """Values that stand for all: every option; below, at and above each threshold."""
    if fact.kind is Kind.YES_NO:
        return ["yes", "no"]
    if fact.kind is Kind.CHOICE:
        found: list[object] = []

        def walk(options: Mapping[str, object]) -> None:
            for name, option in options.items():
                found.append(name)
                walk(option.options)  # type: ignore[attr-defined]

        walk(fact.options)
        return found
    points = {t + d for t in thresholds for d in (-0.5, 0, 0.5)}
    return sorted(p for p in points if fact.min <= p <= fact.max)  # type: ignore[operator]


def answer(rulebook: Rulebook, subject: str, known: Known, thresholds: set[float]) -> Answer:
    """Decide by trying every way of filling in what is unknown.

    `known` maps full names (`sop.fact`, shared bare) to values or `cannot_tell`.
    """
    sops = [sop for sop in rulebook.sops if sop.subject == subject]
    every = dict(rulebook.facts)
    for sop in sops:
        every |= {f"{sop.sop}.{name}": fact for name, fact in sop.facts.items()}
    options = {n: values_of(rulebook, f, thresholds) for n, f in every.items()}
    untold = [n for n in every if known.get(n) == "cannot_tell"]
    unknown = [n for n in every if known.get(n) is None]
    told = {n: v for n, v in known.items() if v is not None and v != "cannot_tell"}
    impossible = [(None, c) for c in rulebook.impossible]
    impossible += [(sop, c) for sop in sops for c in sop.impossible]

    def allowed(facts: Known) -> bool:
        return not any(holds(rulebook, sop, c, facts) for sop, c in impossible)

    def surely_met(sop: Sop | None, condition: Condition) -> bool:
        names = {declared(rulebook, sop, name)[0] for name in condition}
        return names <= set(told) and holds(rulebook, sop, condition, told)

    def outcomes(keep: bool) -> list[tuple[str, frozenset[object], frozenset[tuple[str, str]]]]:
        found = []
        for filling in product(*(options[n] for n in unknown)):
            facts = told | dict(zip(unknown, filling, strict=True))
            worlds = [
                facts | dict(zip(untold, world, strict=True))
                for world in product(*(options[n] for n in untold))
            ]
            worlds = [w for w in worlds if not keep or allowed(w)]
            if worlds:
                found.append(outcome(worlds))
        return found

    def outcome(
        worlds: list[Known],
    ) -> tuple[str, frozenset[object], frozenset[tuple[str, str]]]:
        actions, violated, reported = [default], set(), set()
        for sop in sops:
            won = {c.id if c else None for c in (winner(rulebook, sop, w) for w in worlds)}
            if len(won) > 1:
                actions.append(sop.cannot_tell)
                violated.add((sop.sop, "cannot_tell"))
                reported.add((sop.sop, "cannot_tell"))
            elif (name := won.pop()) is not None:
                clause = next(c for c in sop.clauses if c.id == name)
                actions.append(clause.action)
                reported.add((sop.sop, name))
                if rulebook.actions[clause.action].violation:
                    violated.add((sop.sop, name))
        return most_severe(actions), frozenset(violated), frozenset(reported)

    listed = list(rulebook.actions)
    default = min(listed, key=lambda a: (rulebook.actions[a].severity, -listed.index(a)))

    def most_severe(actions: list[str]) -> str:
        return max(actions, key=lambda a: (rulebook.actions[a].severity, -listed.index(a)))

    found = outcomes(keep=True)
    broken = any(surely_met(sop, c) for sop, c in impossible)
    if broken or not found:
        found = outcomes(keep=False)
        agreed = len({(a, v) for a, v, _r in found}) == 1
        contradicted = broken or not agreed
    else:
        agreed, contradicted = len({(a, v) for a, v, _r in found}) == 1, False
    return Answer(
        determined=agreed and not contradicted,
        possible_actions=frozenset(a for a, _v, _r in found),
        clauses=frozenset.intersection(*(r for _a, _v, r in found)),
        contradicted=contradicted,
    )
