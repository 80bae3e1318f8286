"""A quiz: cases drawn from the witnesses, options that are plausible, marked by the tables.

A question (JSON): `case` (as a witness is kept), `key` (which witness, so that the next quiz takes
another), `about` (`effect`: what is done; `clause`: by which clause), `options` (effects or clause
ids). Which option is right is not kept: the compiled table says it when the quiz is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from brightline.workbench.understanding.neighbours import outcomes_beside, unchanged
from brightline.workbench.understanding.outcomes import LEFT, NONE, Outcome
from brightline.workbench.understanding.witnesses import Kept, Pair

MOST_OPTIONS = 4
EFFECT, CLAUSE = "effect", "clause"
CONTRAST_FROM = 3
"""In a quiz of so many questions one is of a case for which nothing changed."""

Question = dict[str, Any]
Key = tuple[int, int]
"""A notice and the number of one of its witnesses; an example has a negative notice."""


@dataclass(frozen=True)
class Source:
    """A case that may be asked, and the change that it shows."""

    key: Key
    group: tuple[Any, ...]
    case: Kept


def drawn(
    pair: Pair, sources: Sequence[Source], asked: int, seen: Iterable[Key], random: Random
) -> list[Question]:
    """Questions on cases of as many changes as can be; those `seen` only where none is left."""
    old = set(seen)
    found: list[Question] = []
    for source in _in_turn(sources, old, random):
        if len(found) == asked:
            break
        question = question_of(pair, source, random)
        if question is not None:
            found.append(question)
    if len(found) >= CONTRAST_FROM:
        other = _contrast(pair, sources, random)
        if other is not None:
            found[-1] = other
    random.shuffle(found)
    return found


def _in_turn(sources: Sequence[Source], seen: set[Key], random: Random) -> Iterator[Source]:
    """One case of every change, then a second; within a change those not seen come first."""
    groups: dict[tuple[Any, ...], list[Source]] = {}
    for source in sources:
        groups.setdefault(source.group, []).append(source)
    lists = list(groups.values())
    random.shuffle(lists)
    for group in lists:
        random.shuffle(group)
        group.sort(key=lambda one: one.key in seen)
    most = max(map(len, lists), default=0)
    turns = [group[turn] for turn in range(most) for group in lists if turn < len(group)]
    return iter(turns)


def question_of(pair: Pair, source: Source, random: Random) -> Question | None:
    """A question on a case; None where the tables leave it open or there is nothing to choose."""
    right = pair.now(source.case)
    if not right.settled:
        return None
    before = pair.before(source.case)
    known = bool(pair.old is not None and source.case["was"] and before.settled)
    near = ([before] if known else []) + list(outcomes_beside(pair, source.case))
    abouts = [EFFECT, CLAUSE]
    if known and before.effect == right.effect and before.clause != right.clause:
        abouts.reverse()  # only the clause is another: that is what changed
    for about in abouts:
        options = _options(pair, source.case, right, near, about, random)
        if len(options) > 1:
            return {"case": source.case, "key": list(source.key), "about": about,
                    "options": options}  # fmt: skip
    return None


def _options(
    pair: Pair, case: Kept, right: Outcome, near: list[Outcome], about: str, random: Random
) -> list[Any]:
    """The right one among others that are near it; the nearest mistakes first, then shuffled."""
    found = [said(right, about)]
    for outcome in [*near, *_of_sop(pair, case)]:
        option = said(outcome, about)
        if option not in found and len(found) < MOST_OPTIONS:
            found.append(option)
    random.shuffle(found)
    return found


def said(outcome: Outcome, about: str) -> Any:
    """An outcome as an option: `[action, points]`, or the clause's id."""
    return list(outcome.effect) if about == EFFECT else outcome.clause


def _of_sop(pair: Pair, case: Kept) -> Iterator[Outcome]:
    """What the SOP's clauses come to, in order; in last place that it does not apply."""
    for sop in pair.new.rulebook.sops:
        if sop.sop == case["sop"]:
            for clause in sop.clauses:
                if clause.active(pair.day):
                    yield Outcome(clause.id, clause.action, clause.points)
            yield Outcome(LEFT, sop.cannot_tell)
    yield Outcome(NONE)


def _contrast(pair: Pair, sources: Sequence[Source], random: Random) -> Question | None:
    """A question on a case beside a witness, for which nothing changed."""
    for source in random.sample(list(sources), min(len(sources), 6)):
        near = list(unchanged(pair, source.case))
        random.shuffle(near)
        for case in near:
            question = question_of(pair, Source((0, 0), (), case), random)
            if question is not None and question["about"] == EFFECT:
                return question
    return None


def right_option(pair: Pair, question: Question) -> int:
    """The number of the right option, as the table says it; -1 where it is not among them."""
    found = said(pair.now(question["case"]), question["about"])
    options = question["options"]
    return options.index(found) if found in options else -1
