"""What this room adds to the page of a release: who has to be told, and whether they were."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from brightline.workbench.accounts.may import may
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.board import measured_release
from brightline.workbench.understanding.models import Notice
from brightline.workbench.understanding.pairs import previous_of
from brightline.workbench.understanding.views.asking import BOARD


def beside_release(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """Its notices, for whoever may see the board; nothing for a market's first release."""
    if not may(request.user, BOARD, release.market) or previous_of(release) is None:
        return None
    briefing = getattr(release, "briefing", None)
    notices = list(briefing.notices.all()) if briefing else []
    return {
        "release": release,
        "drafted": briefing is not None,
        "notices": len(notices),
        "unsent": sum(one.state == Notice.State.DRAFT for one in notices),
        "measure": measured_release(notices),
    }
