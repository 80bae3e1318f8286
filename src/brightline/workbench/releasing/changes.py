"""What a release changes, in words: the proved difference from what it takes the place of."""

from __future__ import annotations

from datetime import date
from typing import Any

from brightline.i18n import language
from brightline.reports.diff_page import diff_words, told_edit
from brightline.reports.diff_view import later, lead, shared_edits, sop_views
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of


def changes(base: str, book: Rulebook, day: date) -> dict[str, Any] | None:
    """The difference as the templates take it, in the language in force; None where there is no
    base, or it is gone."""
    if not base:
        return None
    try:
        old = engine_of(base).rulebook
    except NoRulebook:
        return None
    key = (base, book.sha, day, language())
    if key not in _kept:
        if len(_kept) > _MOST:
            _kept.clear()
        _kept[key] = _told(old, book, day)
    return _kept[key]


_MOST = 32
_kept: dict[tuple[str, str, date, str], dict[str, Any]] = {}


def _told(old: Rulebook, new: Rulebook, day: date) -> dict[str, Any]:
    comparison = compare(old, new, day)
    return {
        "same": comparison.same,
        "lead": lead(comparison),
        "later": later(comparison),
        "sops": [
            {"name": sop.name, "title": sop.title, "state": sop.state, "note": sop.note,
             "changes": sop.changes, "questions": sop.questions,
             "edits": [told_edit(edit) for edit in sop.edits]}
            for sop in sop_views(comparison)
        ],
        "shared": [told_edit(edit) for edit in shared_edits(comparison)],
        "words": diff_words(),
    }  # fmt: skip
