"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.api.replies import forget_replies
from brightline.workbench.api.uploads.working import forget_files, read_uploads
from brightline.workbench.jobs import every


@every(seconds=600)
def forget_old_replies() -> None:
    """Replies kept for calls that may come twice go after a day."""
    forget_replies()


every(seconds=2)(read_uploads)


@every(seconds=3600)
def forget_old_files() -> None:
    """Files of uploads go after a month; what was read from them stays."""
    forget_files()
