"""The precedents that help with a turn: of its clauses and facts first, then alike in words."""

from __future__ import annotations

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.searching import fold, texts_of
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.likeness import LEAST
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.escalations.renaming import renames_in, today
from brightline.workbench.escalations.shelf import ask_again, shelf_of, ties_in

PRECEDENT_EVENTS = (EventKind.PRECEDENT_MADE, EventKind.PRECEDENT_CHANGED)
_BY_SOP, _BY_QUESTION = 1, 2
_MOST_READ = 200


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


def likeness(market: str, folded: str, most: int = _MOST_READ) -> dict[int, float]:
    """How much the precedents of a market are like a folded text, by key, retired ones too."""
    with shelf_of(market) as shelf:
        return {} if shelf is None else dict(shelf.index.like(folded, most))


def number(event: Event, **_more: object) -> None:
    """Give a precedent the place of its newest event in the log: by that it is read anew."""
    if event.kind in PRECEDENT_EVENTS:
        Precedent.objects.filter(pk=event.on_id).update(seq=event.seq)
        ask_again()


def _found(case: Case, asked: set[About], sops: set[str], most: int) -> list[Precedent]:
    market, text, renames = case.market, text_of(case), renames_in(case.market)
    ranked = []
    with shelf_of(market) as shelf:
        alike = dict(shelf.index.like(text, _MOST_READ, LEAST)) if shelf is not None else {}
        for what, tied in (shelf.tied if shelf is not None else ties_in(market)).items():
            degree = _degree(today(what, renames), asked, sops)
            shown = tied if degree == _BY_QUESTION else tied & alike.keys()
            ranked += [(-degree, -alike.get(pk, 0.0), -pk) for pk in shown]
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
