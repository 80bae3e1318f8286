"""The precedents that help with a turn: of its clauses and facts first, then alike in words."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from django.db.models import Max

from brightline.workbench.cases.models import Case
from brightline.workbench.cases.searching import fold, texts_of
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.likeness import Likeness
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.escalations.renaming import renames_in, today

LEAST = 0.08
"""Likeness below which two texts share hardly more than common words; see docs."""
_BY_SOP, _BY_QUESTION = 1, 2
_MOST_READ = 200


@dataclass(frozen=True, slots=True)
class _Tie:
    """What is kept of a precedent in memory."""

    what: About
    active: bool


@dataclass
class _Shelf:
    """A market's precedents in memory. Brought up to date by the number of their last event."""

    seq: int = -1
    index: Likeness = field(default_factory=Likeness)
    ties: dict[int, _Tie] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self, market: str) -> None:
        """Read what has changed since. One small query where nothing has."""
        newest = Precedent.objects.filter(market=market).aggregate(newest=Max("seq"))["newest"]
        if newest is None:
            if self.ties:
                self._clear()
            return
        if newest == self.seq:
            return
        if newest < self.seq:
            self._clear()  # another database, or one restored from a copy
        rows = Precedent.objects.filter(market=market, seq__gt=self.seq).order_by("pk")
        new: list[tuple[int, str]] = []
        for row in rows.iterator():
            if row.pk not in self.ties:
                new.append((row.pk, row.search_text))
            self.ties[row.pk] = _Tie(About(row.sop, row.clause, row.fact), row.active)
        self.index.add(new)
        self.seq = newest

    def _clear(self) -> None:
        self.seq, self.index = -1, Likeness()
        self.ties.clear()


_shelves: dict[str, _Shelf] = {}


def precedents_for(turn: Turn, most: int = 3) -> list[Precedent]:
    """The active precedents of the market that help with a turn, the most helpful first.

    First those tied to the fact asked next or to a clause the rules have come to; then those of
    an SOP that is still open or reported; then any whose words are much like the case's. Within
    each, by likeness. Only the first kind is shown whatever its likeness.
    """
    asked, sops = _in_question(turn)
    return _found(turn.case, asked, sops, most)


def precedents_like(case: Case, what: About, most: int = 5) -> list[Precedent]:
    """Those that help with a question on a case: of the same clause or fact first."""
    return _found(case, {what}, {what.sop}, most)


def forget() -> None:
    """Drop what is kept in memory: between tests."""
    _shelves.clear()


def _found(case: Case, asked: set[About], sops: set[str], most: int) -> list[Precedent]:
    market = case.market
    shelf = _shelves.setdefault(market, _Shelf())
    with shelf.lock:
        shelf.refresh(market)
        if not shelf.ties:
            return []
        alike = dict(shelf.index.like(text_of(case), _MOST_READ, LEAST))
        renames = renames_in(market)
        ranked = []
        for pk, tie in shelf.ties.items():
            if not tie.active:
                continue
            degree = _degree(today(tie.what, renames), asked, sops)
            if degree == _BY_QUESTION or pk in alike:
                ranked.append((-degree, -alike.get(pk, 0.0), -pk))
    best = [-pk for _degree, _likeness, pk in sorted(ranked)[:most]]
    rows = Precedent.objects.in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]


def text_of(case: Case) -> str:
    """The folded words of a case, without its reference."""
    return fold(" ".join(texts_of(case.attributes)))[:4_000]


def _degree(what: About, asked: set[About], sops: set[str]) -> int:
    for one in asked:
        same_sop = not one.sop or not what.sop or one.sop == what.sop
        if same_sop and ((one.clause and one.clause == what.clause)
                         or (one.fact and one.fact == what.fact)):  # fmt: skip
            return _BY_QUESTION
    return _BY_SOP if what.sop in sops else 0


def _in_question(turn: Turn) -> tuple[set[About], set[str]]:
    """The fact asked next and the clauses come to; and the SOPs that have a say."""
    verdict = turn.ruling.verdict
    asked = {About(one.sop, clause=one.clause) for one in verdict.reported if one.violation
             or one.action == verdict.action}  # fmt: skip
    sops = {one.sop for one in asked}
    if turn.question is not None:
        sop, fact = turn.question.key
        asked.add(About(sop or "", fact=fact))
        sops |= {sop} if sop else set()
    return asked, sops
