"""Short ways to precedents, for tests."""

from __future__ import annotations

from typing import Any

from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.actions.make_precedent import make_precedent
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.rulebooks.in_force import release_now

QUESTION = "Bút có lưỡi dao 5 cm có tính là ngụy trang không?"


def precedent(
    by: Any, question: str, answer: str = "Có.", about: str = "knives/?hidden", **more: Any
) -> Precedent:
    """A precedent without a case behind it."""
    return make_precedent(
        by, "VN", About.read(about), question, answer, sha=release_now("VN").sha, **more
    )
