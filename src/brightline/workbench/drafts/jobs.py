"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.drafts.actions.consult import remind
from brightline.workbench.jobs import every


@every(seconds=1800)
def remind_reviewers() -> None:
    """Whoever was asked about a draft and is late gets a mail, once a day."""
    remind()
