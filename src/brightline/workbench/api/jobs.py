"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.api.replies import forget_replies
from brightline.workbench.jobs import every


@every(seconds=600)
def forget_old_replies() -> None:
    """Replies kept for calls that may come twice go after a day."""
    forget_replies()
