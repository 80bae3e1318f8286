"""The difference of two versions as a page to read, print or send."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from brightline.i18n import _, format_date
from brightline.reports.diff_view import (
    later,
    lead,
    pieces,
    proved,
    shared_edits,
    sop_views,
)
from brightline.reports.page import page
from brightline.rulebook.comparing.comparison import Comparison
from brightline.rulebook.comparing.telling_edits import ToldEdit
from brightline.rulebook.telling_words import in_language


def diff_page(comparison: Comparison, old_name: str, new_name: str) -> str:
    """The HTML; `old_name` and `new_name` are what the reader calls the versions."""
    return page("diff.html.jinja", lambda: _view(comparison, old_name, new_name))


def _view(comparison: Comparison, old_name: str, new_name: str) -> dict[str, Any]:
    from brightline.i18n import language

    title = in_language(comparison.new.title, language())
    return {
        "title": _("{rulebook}: what changes").format(rulebook=title),
        "facts": [
            (_("Before"), f"{old_name} · {comparison.old.sha[:12]}"),
            (_("Now"), f"{new_name} · {comparison.new.sha[:12]}"),
            (_("As of"), format_date(comparison.on)),
        ],
        "same": comparison.same,
        "lead": lead(comparison),
        "later": later(comparison),
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


def told_edit(edit: ToldEdit) -> dict[str, Any]:
    """An edit as the templates take it, word by word where it is long."""
    return {**asdict(edit), "pieces": pieces(edit.before, edit.after)}


def diff_words() -> dict[str, str]:
    """The fixed words of a page that tells a difference."""
    return {
        "language": _("Language"),
        "before": _("Before"),
        "now": _("Now"),
        "example": _("For example:"),
        "and_any": _("and one of these:"),
        "any": _("one of these:"),
        "more": _("There are more such cases than are listed here."),
        "asked": _("The question:"),
        "outcomes": _("What cases come to"),
        "questions": _("What must be known"),
        "written": _("What is written differently"),
        "shared": _("What all SOPs share"),
        "new": _("new"),
        "gone": _("gone"),
        "proved": proved(),
    }
