"""Where a draft's rulebook is kept, and the mark on a case that was in a pilot."""

from __future__ import annotations

from typing import Any

from brightline.workbench.cases.models import Case
from brightline.workbench.pilots.models import PILOT, Drawn, Pilot


def form_of(sha: str) -> tuple[str, str] | None:
    """Market and canonical form of a draft that was ever tried."""
    found = Pilot.objects.filter(sha=sha).values_list("market", "form").first()
    return None if found is None else (found[0], found[1])


def on_case(case: Case) -> dict[str, Any] | None:
    """What the page of a case says of the pilot it was in; None where it was in none."""
    drawn = Drawn.objects.select_related("pilot").filter(case=case).first()
    return None if drawn is None else {"drawn": drawn, "by_draft": drawn.arm == PILOT}
