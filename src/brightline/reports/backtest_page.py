"""A back-test as one page to read, print or send: what changes, for which cases, at what cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from brightline.backtesting.results import CHANGED, MAY_CHANGE, Backtest, Kind, Range
from brightline.i18n import _, format_date, language, ngettext
from brightline.reports.backtest_cases import Cases
from brightline.reports.backtest_charts import Track, weeks
from brightline.reports.backtest_tables import Tables
from brightline.reports.backtest_words import (
    Actions,
    count,
    kind_name,
    kind_text,
    percent,
    signed,
    spoken,
    tone,
    words,
)
from brightline.reports.page import page

if TYPE_CHECKING:
    from brightline.forecasting.outlook import Outlook
    from brightline.rulebook.model import Rulebook

MOST_FLOWS = 24
MOST_MATRIX = 14


def backtest_page(
    found: Backtest, outlook: Outlook | None = None, rulebook: Rulebook | None = None
) -> str:
    """The HTML; with an outlook, what becomes of the queue too. `rulebook`: the new version, whose
    words categories and segments are told in."""
    return page("backtest.html.jinja", lambda: BacktestView(found, outlook, rulebook).view())


class BacktestView:
    """One back-test in the language in force, part by part, as the template takes it."""

    def __init__(
        self, found: Backtest, outlook: Outlook | None = None, rulebook: Rulebook | None = None
    ) -> None:
        self.found, self.outlook, self.language = found, outlook, language()
        self.rulebook = rulebook
        self.actions = Actions(found)

    def view(self) -> dict[str, Any]:
        """All of it."""
        found = self.found
        made: dict[str, Any] = {
            "title": _("{rulebook}: what past cases would have come to").format(
                rulebook=spoken(found.new.title)
            ),
            "facts": [
                (_("Before"), f"{found.old.name} · {found.old.sha[:12]}"),
                (_("Now"), f"{found.new.name} · {found.new.sha[:12]}"),
                (_("As of"), format_date(date.fromisoformat(found.as_of))),
                (_("Cases tested"), count(found.cases)),
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
        tables = Tables(found, self.actions, self.rulebook)
        return made | {
            "tiles": self.tiles(),
            "kinds": self.kinds(),
            "flows": self.flows(),
            "matrix": self.matrix(),
            "bounds": self.bounds(),
            "sops": tables.sops(),
            "clauses": tables.clauses(),
            "groups": tables.groups(),
            "weeks": weeks(found.groups.get("week", ())),
            "missing": tables.missing(),
            "agreement": tables.agreement(),
            "effort": tables.effort(),
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


def _range(of: Range, change: bool = False) -> str:
    show = signed if change else count
    return show(of.least) if of.least == of.most else f"{show(of.least)} – {show(of.most)}"
