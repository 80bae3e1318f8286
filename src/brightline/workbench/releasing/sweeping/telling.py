"""What a sweep found, for its page: counts with what they are of, bounds, cases in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from brightline.i18n import language
from brightline.rulebook.telling import explain
from brightline.rulebook.telling_words import Words, in_language
from brightline.workbench.cases.actions.reread import with_what_people_said
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import engine_of

SHOWN = 3
"""Cases of each kind of change that are told in words."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cases that stood at one action and come to another; `now` empty: it is not settled."""

    was: str
    now: str
    may_be: tuple[str, ...]
    cases: int
    sellers: int
    points: int
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of `of` cases looked at, at least and at most so many come to something else."""

    least: int
    most: int
    of: int

    @property
    def percent(self) -> tuple[float, float]:
        """The same in per cent."""
        return (100 * self.least / self.of, 100 * self.most / self.of) if self.of else (0.0, 0.0)


def bounds(sweep: Sweep) -> Bounds:
    """How many cases come to something else: those that are settled, and all that may."""
    sure, unsettled = sweep.counts.get("sure", 0), sweep.counts.get("open", 0)
    judged = sum(sweep.counts.get(name, 0) for name in ("same", "reason", "sure", "open"))
    return Bounds(sure, sure + unsettled, judged)


def moves(sweep: Sweep) -> list[Move]:
    """What comes to what, the most frequent first."""
    engine = engine_of(sweep.release.sha)
    rows = (
        sweep.cases.values("was", "now")
        .annotate(n=Count("pk"), sellers=Count("case__seller", distinct=True), sum=Sum("points"))
        .order_by("-n", "was", "now")
    )
    return [
        Move(
            _action(sweep, row["was"]), _action(sweep, row["now"]),
            _may_be(sweep, engine, row["was"]) if not row["now"] else (),
            row["n"], row["sellers"], row["sum"] or 0,
            _examples(sweep, engine, row["was"], row["now"]),
        )
        for row in rows
    ]  # fmt: skip


def queues_to(sweep: Sweep) -> list[tuple[str, int]]:
    """Of cases that wait: how many belong to which queue now."""
    rows = sweep.cases.exclude(queue="").values("queue").annotate(n=Count("pk")).order_by("-n")
    return [(row["queue"], row["n"]) for row in rows]


def _may_be(sweep: Sweep, engine: Engine, was: str) -> tuple[str, ...]:
    every: Counter[str] = Counter()
    for possible in sweep.cases.filter(now="", was=was).values_list("possible", flat=True)[:2000]:
        every.update(possible)
    names = sorted(every, key=lambda name: _severity(engine, name))
    return tuple(_action(sweep, name) for name in names if name != was)


def _severity(engine: Engine, action: str) -> int:
    known = engine.rulebook.actions.get(action)
    return known.severity if known else 0


def _action(sweep: Sweep, name: str) -> str:
    """An action's name in the language in force; empty where there is none."""
    known = engine_of(sweep.release.sha).rulebook.actions.get(name)
    return in_language(known.title, language(), name) if known else name


def _examples(sweep: Sweep, engine: Engine, was: str, now: str) -> list[dict[str, Any]]:
    found = sweep.cases.filter(was=was, now=now).select_related("case", "decision").order_by("pk")
    return [_told(sweep, engine, one) for one in found[:SHOWN]]


def _told(sweep: Sweep, engine: Engine, swept: SweptCase) -> dict[str, Any]:
    """A case in words: what it is, why it stood, what the release says of it."""
    case, words = swept.case, Words(engine.rulebook, swept.case.subject)
    title = next(
        (str(case.attributes[n]) for n in ("title", "caption", "shop_name", "text")
         if case.attributes.get(n)), case.ref,
    )  # fmt: skip
    told: dict[str, Any] = {"swept": swept, "title": title[:160], "because": [], "asks": ""}
    raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
    try:
        day = sweep.day if sweep.kind == Sweep.Kind.LIVE else case.day
        ruling = engine.arrive(raw, day)
        ruling = with_what_people_said(case, engine, day, ruling, swept.decision)
    except ValueError:
        return told
    said = explain(ruling)
    told["because"] = [
        f"{reason.clause}: {', '.join(one.statement for one in reason.because)}"
        for reason in said.reasons[:2]
    ]
    if not ruling.verdict.determined:
        place = engine.question(ruling)
        if place is not None:
            ask = ruling.table.columns[place].fact.ask
            told["asks"] = words.text(ask, "") if ask else ""
    return told
