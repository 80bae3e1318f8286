"""Search in precedents, with or without accents, and what they are called under today's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from brightline.workbench.cases.searching import fold
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.escalations.precedents import likeness
from brightline.workbench.escalations.renaming import Renames, renames_in, today
from brightline.workbench.escalations.showing import RuleWords, rule_words
from brightline.workbench.rulebooks.in_force import engine_of, release_now

MOST = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """A precedent, and its rule in words under the rulebook in force now."""

    precedent: Precedent
    about: RuleWords


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the most alike first. `near`: no text has every word, these come near.

    `more` says that there are others beyond the first hundred.
    """

    hits: tuple[Hit, ...]
    near: bool = False
    more: bool = False


def search(markets: Sequence[str], text: str = "", sop: str = "", active: bool = True) -> Found:
    """Precedents whose words hold every word of `text` (as typed, accents or none), of an SOP."""
    found = Precedent.objects.filter(market__in=markets, active=active).select_related(
        "made_by", "case"
    )
    words = fold(text).split()[:20]
    scores: dict[int, float] = {}
    if words:
        for market in markets:
            scores |= likeness(market, " ".join(words))
    rows, near = _rows(found, words, scores)
    namer = _Namer()
    named = (Hit(row, namer(row)) for row in rows)
    hits = [hit for hit in named if sop in ("", hit.about.sop)]
    return Found(tuple(hits[:MOST]), near and bool(hits), len(hits) > MOST)


def _rows(
    found: QuerySet[Precedent], words: list[str], scores: dict[int, float]
) -> tuple[list[Precedent], bool]:
    every = found
    for word in words:
        every = every.filter(search_text__contains=word)
    rows = list(every[: 10 * MOST])
    near = bool(words) and not rows
    if near:
        rows = list(found.filter(pk__in=sorted(scores, key=lambda pk: -scores[pk])[:10]))
    if words:
        rows.sort(key=lambda row: -scores.get(row.pk, 0.0))
    return rows, near


def hit_of(precedent: Precedent) -> Hit:
    """A precedent with its rule as that is called now."""
    return Hit(precedent, _Namer()(precedent))


class _Namer:
    """Puts rules into words under the rulebooks in force; each rule once."""

    def __init__(self) -> None:
        self._renames: dict[str, list[Renames]] = {}
        self._words: dict[tuple[str, About], RuleWords] = {}

    def __call__(self, precedent: Precedent) -> RuleWords:
        market = precedent.market
        what = About(precedent.sop, precedent.clause, precedent.fact)
        if market not in self._renames:
            self._renames[market] = renames_in(market)
        if (market, what) not in self._words:
            engine = engine_of(release_now(market).sha)
            self._words[market, what] = rule_words(engine, today(what, self._renames[market]))
        return self._words[market, what]


def sops_with(markets: Sequence[str]) -> list[tuple[str, str]]:
    """The SOPs that have precedents, as (id now, title)."""
    found: dict[str, str] = {}
    for market in markets:
        names = Precedent.objects.filter(market=market).order_by().values_list("sop", flat=True)
        renames = renames_in(market)
        engine = engine_of(release_now(market).sha)
        for name in names.distinct():
            about = rule_words(engine, today(About(name), renames))
            found[about.sop] = about.sop_title
    return sorted(found.items(), key=lambda one: fold(one[1]))
