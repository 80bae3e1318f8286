"""What changed since an older version: the telling of `diff`, and marks for the pages of SOPs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from brightline.i18n import _, format_date
from brightline.reports.diff_page import diff_words, told_edit
from brightline.reports.diff_view import later, lead, shared_edits, sop_views
from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.side import NOTHING


@dataclass(frozen=True)
class Marks:
    """What of an SOP to mark: `state` is new or changed; ids of clauses, facts and examples."""

    state: str
    clauses: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    examples: frozenset[str] = frozenset()
    gone: bool = field(default=False)


def changes(comparison: Comparison) -> dict[str, Any]:
    """What the page of changes shows."""
    return {
        "same": comparison.same,
        "lead": lead(comparison),
        "later": later(comparison),
        "old": comparison.old.sha[:12],
        "new": comparison.new.sha[:12],
        "on": format_date(comparison.on),
        "sops": [
            {
                **{key: getattr(sop, key) for key in ("name", "title", "state", "note")},
                "changes": sop.changes,
                "questions": sop.questions,
                "edits": [told_edit(edit) for edit in sop.edits],
            }
            for sop in sop_views(comparison)
        ],
        "shared": [told_edit(edit) for edit in shared_edits(comparison)],
        "words": diff_words(),
    }


def marks(comparison: Comparison | None) -> dict[str, Marks]:
    """The marks of every SOP that is new or changed, by its id."""
    if comparison is None:
        return {}
    return {
        sop.name: _marks(sop) for sop in comparison.sops if not sop.same and sop.new is not None
    }


def _marks(sop: SopComparison) -> Marks:
    if sop.old is None:
        return Marks("new")
    clauses: set[str] = set()
    if sop.difference is not None:
        table = sop.difference.new.table
        for change in sop.changes:
            for flow in change.flows:
                if flow.new != NOTHING:
                    clauses.add(table.clauses[flow.new].clause.id)
    named = {
        kind: frozenset(edit.name for edit in sop.written if edit.kind == kind)
        for kind in ("clause", "fact", "example")
    }
    return Marks("changed", named["clause"] | clauses, named["fact"], named["example"])


def mark_word(state: str) -> str:
    """`new` or `changed`, in words."""
    return _("new") if state == "new" else _("changed")
