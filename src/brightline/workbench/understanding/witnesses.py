"""Witness cases of a release: found when it is drafted, put to both tables whenever one is shown.

Kept of a witness (JSON): `sop`, `was` (its older id), `subject`, `change` (a number), `now` (fact →
value), `before` (of those facts that the older rulebook knows: older name and value), `shown` (the
facts worth telling: with these alone both tables come to the same), `told` (whether the notice
shows it; the others are for the quiz). What it comes to is never kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.witnesses import Witness, witnesses
from brightline.rulebook.telling_words import Words
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.understanding.outcomes import (
    Outcome,
    clause_in_words,
    column_of,
    effect_in_words,
    outcome,
)

A_FLOW, A_SOP = 6, 36
"""Witnesses that are kept: of a way from one outcome to another, and of an SOP."""

Kept = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two rulebooks as of a day. `old` is None where there was none."""

    old: Engine | None
    new: Engine
    day: date

    def before(self, kept: Mapping[str, Any]) -> Outcome:
        """What a witness came to."""
        if self.old is None or not kept["was"] or kept["subject"] not in self.old.rulebook.subjects:
            return Outcome("")
        return outcome(
            self.old, kept["subject"], self.day, kept["was"], dict(kept["before"].values())
        )

    def now(self, kept: Mapping[str, Any]) -> Outcome:
        """What it comes to."""
        return outcome(self.new, kept["subject"], self.day, kept["sop"], kept["now"])


def found_witnesses(pair: Pair, comparison: Comparison, sop: SopComparison) -> list[Kept]:
    """The witnesses of an SOP, as they are kept; every way has one before any has two."""
    ranked: dict[tuple[int, int], int] = {}
    order = []
    for one in witnesses(comparison, sop, A_FLOW):
        way = one.change, one.flow
        order.append((ranked.setdefault(way, 0), one))
        ranked[way] += 1
    order.sort(key=lambda ranking: ranking[0])
    return [_kept(pair, sop, one) | {"told": rank == 0} for rank, one in order[:A_SOP]]


def _kept(pair: Pair, sop: SopComparison, one: Witness) -> Kept:
    kept: Kept = {
        "sop": sop.new.sop if sop.new else "",
        "was": sop.old.sop if sop.old else "",
        "subject": sop.subject,
        "change": one.change,
        "before": {name: list(said) for name, said in one.before.items()},
        "now": dict(one.now),
        "shown": [],
    }
    kept["shown"] = shown_facts(pair, kept, one.telling)
    return kept


def shown_facts(pair: Pair, kept: Kept, telling: tuple[str, ...]) -> list[str]:
    """The facts that have to be told so that both tables come to what they come to."""
    wanted = pair.before(kept), pair.now(kept)
    shown = list(telling)
    rest = [name for name in kept["now"] if name not in shown]
    while rest and _with(pair, kept, shown) != wanted:
        shown.append(rest.pop(0))
    for name in [n for n in shown if n not in telling]:
        fewer = [n for n in shown if n != name]
        if _with(pair, kept, fewer) == wanted:
            shown = fewer
    return shown


def _with(pair: Pair, kept: Kept, shown: list[str]) -> tuple[Outcome, Outcome]:
    """What a witness comes to where only some of its facts are known."""
    part = kept | {
        side: {name: value for name, value in kept[side].items() if name in shown}
        for side in ("before", "now")
    }
    return pair.before(part), pair.now(part)


@dataclass(frozen=True)
class Card:
    """A witness told: the facts in sentences, what it came to, what it comes to."""

    number: int
    sop: str
    facts: tuple[str, ...]
    before: str
    before_clause: str
    now: str
    now_clause: str
    same: bool
    """The tables say the same by now: the rules of that day are others again."""


def cards(pair: Pair, kept: list[Kept], skip: frozenset[int] = frozenset()) -> Iterator[Card]:
    """Witnesses as cards, in the language in force; numbers are places in the list."""
    for number, one in enumerate(kept):
        if number not in skip:
            yield card(pair, one, number)


def card(pair: Pair, kept: Kept, number: int = 0) -> Card:
    """One witness as a card."""
    before, now = pair.before(kept), pair.now(kept)
    subject = kept["subject"]
    then = pair.old or pair.new
    return Card(
        number,
        kept["sop"] or kept["was"],
        told_facts(pair, kept),
        effect_in_words(then, subject, before.effect),
        clause_in_words(then, subject, kept["was"], before.clause),
        effect_in_words(pair.new, subject, now.effect),
        clause_in_words(pair.new, subject, kept["sop"], now.clause),
        (before.clause, before.effect) == (now.clause, now.effect),
    )


def told_facts(pair: Pair, kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts of a witness that are worth telling, as sentences in the language in force."""
    subject = kept["subject"]
    told = []
    for name in kept["shown"]:
        for engine in (pair.new, pair.old):
            column = column_of(engine, subject, pair.day, name) if engine else None
            if engine is not None and column is not None and name in kept["now"]:
                told.append(Words(engine.rulebook, subject).statement(column, kept["now"][name]))
                break
    return tuple(told)
