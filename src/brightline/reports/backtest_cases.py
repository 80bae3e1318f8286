"""The most telling cases of a back-test: what became of each, and why, without what stayed."""

from __future__ import annotations

from typing import Any

from brightline.backtesting.results import Backtest, Kind, Outcome, TellingCase
from brightline.i18n import _, language, ngettext
from brightline.reports.backtest_words import Actions, count, kind_name, spoken, tone
from brightline.rulebook.model import CANNOT_TELL

MOST_FACTS = 60


class Cases:
    """The telling cases in the language in force."""

    def __init__(self, found: Backtest, actions: Actions) -> None:
        self._found, self._actions, self._language = found, actions, language()
        self._titles = {(one.sop, one.clause): one.title for one in found.clauses}

    def views(self) -> list[dict[str, Any]]:
        """Each case as the template takes it."""
        return [self._view(one) for one in self._found.telling]

    def _view(self, one: TellingCase) -> dict[str, Any]:
        alike = ngettext("{n} case like it", "{n} cases like it", one.like_it)
        mine, theirs = set(one.old.clauses), set(one.new.clauses)
        return {
            "id": one.id,
            "kind": kind_name(Kind(one.kind)),
            "tone": tone(Kind(one.kind)),
            "like": alike.format(n=count(one.like_it)),
            "case": spoken(one.case),
            "old": self._outcome(one.old, mine - theirs),
            "new": self._outcome(one.new, theirs - mine),
            "why": spoken(one.why),
            "facts": [(name, str(value)) for name, value in list(one.facts.items())[:MOST_FACTS]],
        }

    def _outcome(self, of: Outcome, only: set[tuple[str, str, str, int]]) -> dict[str, Any]:
        """What a version says; of the clauses only those that the other does not report."""
        if of.determined:
            action = self._actions.title(of.action)
        else:
            may = ", ".join(self._actions.title(name) for name in of.possible)
            action = _("Not determined; it may come to: {actions}").format(actions=may)
        return {
            "action": action,
            "points": ngettext("{n} point", "{n} points", of.points).format(n=count(of.points))
            if of.points
            else "",
            "clauses": [
                {"id": f"{sop}/{clause}", "title": self._title(sop, clause)}
                for sop, clause, _action, _points in of.clauses
                if (sop, clause, _action, _points) in only
            ],
        }

    def _title(self, sop: str, clause: str) -> str:
        if clause == CANNOT_TELL:
            return _("It cannot be told")
        return spoken(self._titles.get((sop, clause)), "")
