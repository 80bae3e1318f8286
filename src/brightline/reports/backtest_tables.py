"""The tables of a back-test's page: SOPs, clauses, groups, open facts, moderators, effort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brightline.backtesting.results import CHANGED, Agreement, Backtest, Effort, Kind, Mean
from brightline.i18n import _, format_number, language
from brightline.reports.backtest_words import (
    Actions,
    count,
    percent,
    signed,
    signed_decimal,
    spoken,
)
from brightline.rulebook.model import CANNOT_TELL

if TYPE_CHECKING:
    from brightline.rulebook.model import Option, Rulebook

MOST_LINES = 20


class Tables:
    """The tables in the language in force."""

    def __init__(self, found: Backtest, actions: Actions, rulebook: Rulebook | None) -> None:
        self.found, self.actions, self.language = found, actions, language()
        self.options = option_titles(rulebook, ("category", "seller_segment", "seller_kind"))

    def sops(self) -> list[dict[str, Any]]:
        """The SOPs whose faults change."""
        acting = {one.sop for one in self.found.clauses if one.old_action != one.new_action}
        lines = [
            one
            for one in self.found.sops
            if one.gained or one.lost or one.state or one.sop in acting
        ]
        lines.sort(key=lambda one: (-(one.gained + one.lost), one.sop))
        return [
            {
                "id": one.sop,
                "name": spoken(one.title),
                "state": one.state,
                **_counts(one),
            }
            for one in lines
        ]

    def clauses(self) -> list[dict[str, Any]]:
        """The clauses that change most."""
        lines = [
            one
            for one in self.found.clauses
            if one.gained or one.lost or (one.old != one.new or one.old_action != one.new_action)
        ]
        lines.sort(key=lambda one: (-(one.gained + one.lost), one.sop, one.clause))
        return [
            {
                "id": f"{one.sop}/{one.clause}",
                "name": _("It cannot be told") if one.clause == CANNOT_TELL else spoken(one.title),
                "state": one.state,
                "action": self.actions.change(one.old_action, one.new_action),
                **_counts(one),
            }
            for one in lines[:MOST_LINES]
        ]

    def groups(self) -> list[dict[str, Any]]:
        """By category and seller segment: where it changes."""
        titles = {"category": _("By category"), "segment": _("By seller segment")}
        made = []
        for name, title in titles.items():
            lines = self.found.groups.get(name, ())
            if not lines or (len(lines) == 1 and not lines[0].name):
                continue
            rows = [
                {
                    "name": self.option(one.name) or _("(none given)"),
                    "cases": count(one.cases),
                    "changed": count(changed),
                    "share": percent(changed, one.cases),
                    "width": 100 * changed / one.cases if one.cases else 0,
                    "strict": count(one.kinds.get(Kind.STRICTER, 0)),
                    "mild": count(one.kinds.get(Kind.MILDER, 0)),
                    "open": f"{count(one.open_old)} → {count(one.open_new)}",
                    "order": (-changed, -one.cases),
                }
                for one in lines
                for changed in [sum(one.kinds.get(kind, 0) for kind in CHANGED)]
            ]
            rows.sort(key=lambda row: row["order"])
            made.append(
                {"title": title, "rows": rows[:MOST_LINES], "more": max(0, len(rows) - MOST_LINES)}
            )
        return made

    def option(self, name: str) -> str:
        """A category or segment by its title, where the rulebook has one."""
        return spoken(self.options.get(name), name)

    def missing(self) -> list[dict[str, Any]]:
        """The facts that open cases hang on."""
        found = self.found
        return [
            {
                "name": spoken(one.title, one.fact),
                "id": one.fact,
                "old": count(one.old),
                "new": count(one.new),
                "share": percent(one.new, found.open_new),
                "width": 100 * one.new / found.open_new if found.open_new else 0,
            }
            for one in found.missing[:10]
        ]

    def agreement(self) -> dict[str, Any] | None:
        """The versions beside what moderators decided."""
        of: Agreement | None = self.found.agreement
        if of is None or not of.labelled:
            return None
        flows = [flow for flow in of.flows if flow.old != flow.new]
        flows.sort(key=lambda flow: -flow.cases)
        return {
            "cases": count(of.labelled),
            "rows": [
                (
                    _("decided by the version"),
                    _share(of.old_decided, of.labelled),
                    _share(of.new_decided, of.labelled),
                ),
                (
                    _("as the moderator did"),
                    _share(of.old_same, of.old_decided),
                    _share(of.new_same, of.new_decided),
                ),
            ],
            "flows": [
                (
                    self.actions.title(flow.human),
                    self.actions.title(flow.old),
                    self.actions.title(flow.new),
                    count(flow.cases),
                )
                for flow in flows[:10]
            ],
            "unknown": count(of.unknown) if of.unknown else "",
        }

    def effort(self) -> dict[str, Any] | None:
        """Questions and a moderator's seconds a case."""
        of: Effort | None = self.found.effort
        if of is None:
            return None
        return {
            "of": _(
                "A sample of {n} of {all} cases; of these {complete} have every answer that both "
                "versions ask for, and the means are over those."
            ).format(n=count(of.sampled), all=count(of.of), complete=count(of.complete)),
            "rows": [
                (name, format_number(old.mean, 1), format_number(new.mean, 1), _change(change))
                for name, old, new, change in (
                    (
                        _("Questions a case"),
                        of.questions_old, of.questions_new, of.questions_change,
                    ),
                    (
                        _("Moderator's seconds a case"),
                        of.seconds_old, of.seconds_new, of.seconds_change,
                    ),
                )
            ]
            if of.complete
            else [],
        }  # fmt: skip


def option_titles(rulebook: Rulebook | None, facts: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """The titles of the options of these facts."""
    if rulebook is None:
        return {}
    own = [fact for sop in rulebook.sops for name, fact in sop.facts.items() if name in facts]
    every = [*own, *(rulebook.facts[name] for name in facts if name in rulebook.facts)]
    found: dict[str, Mapping[str, str]] = {}
    for fact in every:
        _collect(fact.options, found)
    return found


def _collect(options: Mapping[str, Option], found: dict[str, Mapping[str, str]]) -> None:
    for id_, option in options.items():
        found[id_] = option.text
        _collect(option.options, found)


def _counts(one: Any) -> dict[str, str]:
    return {
        "old": count(one.old),
        "new": count(one.new),
        "gained": signed(one.gained),
        "lost": signed(-one.lost),
        "cases": count(one.cases),
    }


def _share(part: int, whole: int) -> str:
    return f"{count(part)}/{count(whole)} ({percent(part, whole)})"


def _change(of: Mean) -> str:
    if not of.mean and not of.low and not of.high:
        return "0"
    ends = f"{signed_decimal(of.low)} – {signed_decimal(of.high)}"
    return f"{signed_decimal(of.mean)} ({ends})"
