"""A back-test as one page to read, print or send: what changes, for which cases, at what cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from brightline.backtesting.results import (
    CHANGED,
    MAY_CHANGE,
    Agreement,
    Backtest,
    Effort,
    Kind,
    Mean,
    Range,
)
from brightline.i18n import _, format_date, format_number, language, ngettext
from brightline.reports.backtest_cases import Cases
from brightline.reports.backtest_charts import Track, weeks
from brightline.reports.backtest_words import (
    Actions,
    count,
    kind_name,
    kind_text,
    percent,
    signed,
    signed_decimal,
    tone,
)
from brightline.reports.page import page
from brightline.rulebook.model import CANNOT_TELL
from brightline.rulebook.telling_words import in_language

if TYPE_CHECKING:
    from brightline.forecasting.outlook import Outlook

MOST_FLOWS = 24
MOST_LINES = 20
MOST_MATRIX = 14


def backtest_page(found: Backtest, outlook: Outlook | None = None) -> str:
    """The HTML; with an outlook, what becomes of the queue too."""
    return page("backtest.html.jinja", lambda: BacktestView(found, outlook).view())


class BacktestView:
    """One back-test in the language in force, part by part, as the template takes it."""

    def __init__(self, found: Backtest, outlook: Outlook | None) -> None:
        self.found, self.outlook, self.language = found, outlook, language()
        self.actions = Actions(found)

    def view(self) -> dict[str, Any]:
        """All of it."""
        found = self.found
        made: dict[str, Any] = {
            "title": _("{rulebook}: what past cases would have come to").format(
                rulebook=in_language(found.new.title, self.language)
            ),
            "facts": [
                (_("Before"), f"{found.old.name} · {found.old.sha[:12]}"),
                (_("Now"), f"{found.new.name} · {found.new.sha[:12]}"),
                (_("As of"), format_date(date.fromisoformat(found.as_of))),
                (_("Cases"), count(found.cases)),
            ],
            "words": words(),
            "lead": self.lead(),
            "same": not found.changed and not found.may_change,
            "refused": self.refused(),
            "empty": not found.cases,
            "outlook": None,
        }
        if not found.cases:
            return made
        if self.outlook is not None:
            from brightline.reports.backtest_outlook import outlook_view

            made["outlook"] = outlook_view(self.outlook)
        return made | {
            "tiles": self.tiles(),
            "kinds": self.kinds(),
            "flows": self.flows(),
            "matrix": self.matrix(),
            "bounds": self.bounds(),
            "sops": self.sops(),
            "clauses": self.clauses(),
            "groups": self.groups(),
            "weeks": weeks(found.groups.get("week", ())),
            "missing": self.missing(),
            "agreement": self.agreement(),
            "effort": self.effort(),
            "cases": Cases(found, self.actions).views(),
        }

    def lead(self) -> list[str]:
        """What changed, in a sentence or two."""
        found = self.found
        if not found.cases:
            return [_("There is no case to test.")]
        if not found.changed and not found.may_change:
            return [_("No case comes to anything else.")]
        changed = ngettext("{n} case of {all} changes", "{n} cases of {all} change", found.changed)
        said = [
            _("{changed} ({share}).").format(
                changed=changed.format(n=count(found.changed), all=count(found.cases)),
                share=percent(found.changed, found.cases),
            )
        ]
        if found.may_change:
            may = ngettext(
                "Of {n} more ({share}) the stored facts do not say whether it changes.",
                "Of {n} more ({share}) the stored facts do not say whether they change.",
                found.may_change,
            )
            share = percent(found.may_change, found.cases)
            said.append(may.format(n=count(found.may_change), share=share))
        return said

    def refused(self) -> dict[str, Any] | None:
        """The rows that could not be read."""
        found = self.found
        if not found.refused:
            return None
        text = ngettext(
            "{n} row of {all} cannot be read:", "{n} rows of {all} cannot be read:", found.refused
        )
        return {
            "text": text.format(n=count(found.refused), all=count(found.rows)),
            "rows": [
                _("row {row}: {reason}").format(row=count(one.row), reason=one.reason)
                for one in found.refusals[:5]
            ],
        }

    def tiles(self) -> list[dict[str, str]]:
        """The few numbers that are looked at first."""
        found = self.found
        kinds = found.kinds
        tiles = [
            (_("More severe"), kinds.get(Kind.STRICTER, 0), "strict"),
            (_("Less severe"), kinds.get(Kind.MILDER, 0), "mild"),
            (
                _("Otherwise different"),
                kinds.get(Kind.OTHER_ACTION, 0) + kinds.get(Kind.OTHER_CLAUSES, 0),
                "other",
            ),
            (_("May change"), found.may_change, "open"),
        ]
        made = [
            {"name": name, "number": count(n), "under": percent(n, found.cases), "tone": of}
            for name, n, of in tiles
        ]
        people = found.person_new - found.person_old
        made.append(
            {
                "name": _("For a person"),
                "number": signed(people),
                "under": f"{count(found.person_old)} → {count(found.person_new)}",
                "tone": "person",
            }
        )
        return made

    def kinds(self) -> list[dict[str, Any]]:
        """Every kind that occurs, with its share."""
        whole = self.found.cases
        order = (Kind.SAME, Kind.OPEN_SAME, *CHANGED, *MAY_CHANGE)
        return [
            {
                "name": kind_name(kind),
                "text": kind_text(kind),
                "number": count(n),
                "share": percent(n, whole),
                "width": 100 * n / whole,
                "tone": tone(kind),
            }
            for kind in order
            if (n := self.found.kinds.get(kind, 0))
        ]

    def flows(self) -> dict[str, Any]:
        """From action to action, what changes, the most first."""
        flows = [flow for flow in self.found.flows if flow.old != flow.new]
        flows.sort(key=lambda flow: -flow.cases)
        most = flows[0].cases if flows else 1
        return {
            "more": max(0, len(flows) - MOST_FLOWS),
            "lines": [
                {
                    "old": self.actions.title(flow.old),
                    "new": self.actions.title(flow.new),
                    "number": count(flow.cases),
                    "share": percent(flow.cases, self.found.cases),
                    "width": 100 * flow.cases / most,
                    "tone": self.actions.tone(flow.old, flow.new),
                }
                for flow in flows[:MOST_FLOWS]
            ],
        }

    def matrix(self) -> dict[str, Any] | None:
        """Old actions down, new ones across; those that only stay as they are left out."""
        flows = {(flow.old, flow.new): flow.cases for flow in self.found.flows}
        moving = {name for pair in flows if pair[0] != pair[1] for name in pair}
        names = [name for name in self.actions.order if name in moving]
        if len(names) < 2 or len(names) > MOST_MATRIX:
            return None
        most = max((n for (old, new), n in flows.items() if old != new), default=1)
        rows = []
        for old in names:
            cells = []
            for new in names:
                n = flows.get((old, new), 0)
                strength = 0 if old == new or not n else round(15 + 60 * n / most)
                cells.append(
                    {
                        "number": count(n) if n else "",
                        "tone": "stay" if old == new else self.actions.tone(old, new),
                        "strength": strength,
                    }
                )
            total = sum(n for (row, _new), n in flows.items() if row == old)
            rows.append({"name": self.actions.title(old), "cells": cells, "total": count(total)})
        totals = [
            count(sum(n for (_old, column), n in flows.items() if column == new)) for new in names
        ]
        return {
            "names": [self.actions.title(name) for name in names],
            "rows": rows,
            "totals": totals,
        }

    def bounds(self) -> dict[str, Any]:
        """Between which numbers the cases of each action lie, in both versions."""
        lines = [one for one in reversed(self.found.bounds) if one.old.most or one.new.most]
        track = Track(max((max(one.old.most, one.new.most) for one in lines), default=1))
        return {
            "most": count(track.most),
            "lines": [
                {
                    "name": self.actions.title(one.action),
                    "old": _range(one.old),
                    "new": _range(one.new),
                    "change": _range(one.change, True),
                    "moves": bool(one.change.least or one.change.most),
                    "bars": [track.bar(one.old), track.bar(one.new)],
                }
                for one in lines
            ],
        }

    def sops(self) -> list[dict[str, Any]]:
        """The SOPs whose faults change."""
        lines = [one for one in self.found.sops if one.gained or one.lost or one.state]
        lines.sort(key=lambda one: (-(one.gained + one.lost), one.sop))
        return [
            {
                "id": one.sop,
                "name": in_language(one.title, self.language),
                "state": one.state,
                **_counts(one),
            }
            for one in lines
        ]

    def clauses(self) -> list[dict[str, Any]]:
        """The clauses that change most."""
        lines = [one for one in self.found.clauses if one.gained or one.lost]
        lines.sort(key=lambda one: (-(one.gained + one.lost), one.sop, one.clause))
        return [
            {
                "id": f"{one.sop}/{one.clause}",
                "name": _("It cannot be told")
                if one.clause == CANNOT_TELL
                else in_language(one.title, self.language),
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
                    "name": one.name or _("(none given)"),
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

    def missing(self) -> list[dict[str, Any]]:
        """The facts that open cases hang on."""
        found = self.found
        return [
            {
                "name": in_language(one.title, self.language, one.fact),
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
                    (_("Questions a case"), of.questions_old, of.questions_new, of.questions_change),
                    (
                        _("Moderator's seconds a case"),
                        of.seconds_old, of.seconds_new, of.seconds_change,
                    ),
                )
            ]
            if of.complete
            else [],
        }  # fmt: skip


def words() -> dict[str, str]:
    """The fixed words of the page."""
    return {
        "language": _("Language"),
        "before": _("Before"),
        "now": _("Now"),
        "change": _("Change"),
        "cases": _("cases"),
        "of_cases": _("of cases"),
        "gained": _("gained"),
        "lost": _("lost"),
        "new": _("new"),
        "gone": _("gone"),
        "action": _("action"),
        "changed": _("changed"),
        "strict": _("more severe"),
        "mild": _("less severe"),
        "open": _("open before → now"),
        "all": _("all"),
        "total": _("total"),
        "kinds": _("What becomes of the cases"),
        "flows": _("From action to action"),
        "matrix": _("Actions before (down) and now (across); only those that cases move between."),
        "bounds": _("Cases by action"),
        "bounds_note": _(
            "Solid: cases that surely get the action. Pale: cases whose stored facts leave it open; "
            "the true number lies within the bar."
        ),
        "sops": _("Faults found, by SOP"),
        "clauses": _("Clauses reported"),
        "week": _("By week"),
        "missing": _("What the open cases hang on"),
        "missing_note": _("Share of the cases that are open now. A case may hang on several facts."),
        "agreement": _("Beside what moderators decided"),
        "human": _("moderator"),
        "effort": _("Questions and time"),
        "interval": _("change (95 % interval)"),
        "told": _("Cases that show it"),
        "facts": _("Facts on file"),
        "more": _("and more that are not shown:"),
        "none": _("None of these."),
        "unknown_human": _("cases have an action of moderators that neither version knows:"),
        "foot": _(
            "Both versions are taken as they stand on the day named above, whenever the cases were. "
            "Nothing is guessed: a case counts as decided only if its stored facts settle it."
        ),
    }


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


def _range(of: Range, change: bool = False) -> str:
    show = signed if change else count
    return show(of.least) if of.least == of.most else f"{show(of.least)} – {show(of.most)}"


def _change(of: Mean) -> str:
    if not of.mean and not of.low and not of.high:
        return "0"
    ends = f"{signed_decimal(of.low)} – {signed_decimal(of.high)}"
    return f"{signed_decimal(of.mean)} ({ends})"
