"""The figures of a pilot in words, for its page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Count, Sum

from brightline.i18n import N_, _, format_number, language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.pilots.measuring import (
    DIFFERED,
    HANDED_UP,
    OVERTURNED,
    SLOW,
    Figures,
    Watched,
)
from brightline.workbench.pilots.models import Look, Pilot
from brightline.workbench.rulebooks.in_force import engine_of

_WATCHED = {
    DIFFERED: N_("A blind second look differs from the first"),
    HANDED_UP: N_("The case is handed up"),
    OVERTURNED: N_("An appeal is won, in full or in part"),
    SLOW: N_("The review takes longer than half of those before it"),
}


@dataclass(frozen=True)
class Line:
    """One figure of both arms, with what it is a share of."""

    words: str
    pilot: str
    control: str


@dataclass(frozen=True)
class Bet:
    """One thing that is watched, in words."""

    words: str
    bad: str
    ratio: str
    evidence: float


def lines(figures: Figures) -> list[Line]:
    """The figures of both arms."""
    pilot, control = figures.arms()

    def line(words: str, part: str, whole: str) -> Line:
        return Line(words, *(_share(getattr(a, part), getattr(a, whole)) for a in (pilot, control)))

    seconds = [_seconds(arm.median_seconds) for arm in (pilot, control)]
    return [
        Line(_("Cases drawn"), format_number(pilot.cases), format_number(control.cases)),
        line(_("Cases decided"), "decided", "cases"),
        line(_("Decided automatically"), "automatic", "decided"),
        line(_("Violations found"), "violations", "decided"),
        line(_("Second looks that agree"), "agreed", "twice"),
        line(_("Handed up"), "handed_up", "cases"),
        Line(_("Seconds of a review (median)"), *seconds),
        line(_("Appeals"), "appeals", "decided"),
        line(_("Appeals won"), "overturned", "appeals_decided"),
        line(_("Given to everyone because they were due"), "freed", "cases"),
    ]


def _seconds(found: float | None) -> str:
    return "—" if found is None else _("{n} s").format(n=format_number(round(found)))


def _share(part: int, whole: int) -> str:
    said = _("{part} of {whole}").format(part=format_number(part), whole=format_number(whole))
    return f"{said} ({round(100 * part / whole)} %)" if whole else said


def outcomes(pilot: Pilot, figures: Figures) -> list[Line]:
    """Action → how often, in both arms; the most frequent first."""
    one, other = figures.arms()
    names = sorted({*one.actions, *other.actions},
                   key=lambda n: -one.actions.get(n, 0) - other.actions.get(n, 0))  # fmt: skip
    return [
        Line(
            action_words(pilot, name),
            _share(one.actions.get(name, 0), one.decided),
            _share(other.actions.get(name, 0), other.decided),
        )
        for name in names
    ]


def action_words(pilot: Pilot, name: str) -> str:
    """What an action is called, in the draft or in the rulebook beside it."""
    for sha in (pilot.sha, pilot.base.sha):
        known = engine_of(sha).rulebook.actions.get(name)
        if known is not None:
            return in_language(known.title, language(), name)
    return _("needs a person") if name == "manual_review" else name


def bets(figures: Figures) -> list[Bet]:
    """What is watched, with its evidence."""
    return [Bet(_(_WATCHED[one.name]), _bad(one), _ratio(one), one.peak) for one in figures.watched]


def _bad(one: Watched) -> str:
    return _("{part} of {whole}").format(part=format_number(one.hits), whole=format_number(one.bad))


def _ratio(one: Watched) -> str:
    if one.ratio.estimate is None:
        return "—"
    return _("{n} times (between {low} and {high})").format(
        n=_number(one.ratio.estimate), low=_number(one.ratio.low), high=_number(one.ratio.high)
    )


def _number(value: float) -> str:
    return "∞" if math.isinf(value) else format_number(round(value, 2))


@dataclass(frozen=True)
class Shadow:
    """What the shadow saw: of `looked`, how many come to the same, to something else, or need one
    more answer; the points in all; from which action to which, how often."""

    looked: int
    same: int
    changed: int
    open: int
    points: int
    flows: list[tuple[str, str, int]]


def shadow_of(pilot: Pilot) -> Shadow:
    """What the shadow saw so far."""
    looks = Look.objects.filter(pilot=pilot)
    counts = {(row["settled"], row["same"]): row["n"]
              for row in looks.values("settled", "same").annotate(n=Count("pk"))}  # fmt: skip
    rows = (
        looks.filter(settled=True, same=False)
        .values("decision__action", "action")
        .annotate(n=Count("pk"))
        .order_by("-n")[:20]
    )
    return Shadow(
        sum(counts.values()), counts.get((True, True), 0), counts.get((True, False), 0),
        counts.get((False, False), 0), looks.aggregate(n=Sum("points"))["n"] or 0,
        [(action_words(pilot, r["decision__action"]), action_words(pilot, r["action"]), r["n"])
         for r in rows],
    )  # fmt: skip
