"""Where a release edits a legal instrument, the clauses that rest on it are to be looked at."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.written import Edit, edits
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import recorded
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of
from brightline.workbench.rulebooks.models import Release, Way
from brightline.workbench.upkeep.actions.report_law_change import report_law_change

_SAYS = frozenset({"", "article", "effective", "status", "title", "cite", "note"})
"""Fields of an instrument whose change may change what it demands; not who checked it when."""


def after_release(event: Event, **_more: Any) -> None:
    """Open requests for clauses whose law was edited and that were not edited with it.

    Not after a rollback: that brings back what was weighed already.
    """
    if event.kind != EventKind.RELEASE_PUBLISHED:
        return
    release = Release.objects.filter(pk=event.on_id).first()
    if release is None or not release.base or release.way == Way.ROLLBACK:
        return
    try:
        old, new = engine_of(release.base).rulebook, engine_of(release.sha).rulebook
    except NoRulebook:
        return
    found = list(edits(old, new, Renames(old, new)))
    touched = {(e.sop or "", e.name) for e in found if e.kind == "clause"}
    for law in {e.name for e in found if e.kind == "law" and e.field in _SAYS and not _new(e)}:
        if law in new.law:
            report_law_change(
                release.market, new, law,
                _("Release {n} edits this legal instrument. See whether the clause still fits.")
                .format(n=release.number),
                release.published_by, key=f"release-{release.number}", without=touched,
            )  # fmt: skip


def _new(edit: Edit) -> bool:
    """Whether the instrument itself is new: nothing rested on it yet."""
    return not edit.field and edit.before is None


def listen() -> None:
    """Hang on the audit log; called once, when the app is ready."""
    recorded.connect(after_release, dispatch_uid="upkeep.after_release")
