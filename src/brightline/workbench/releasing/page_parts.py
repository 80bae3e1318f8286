"""What rooms above add to the pages of releases, such as the draft that one came from.

A room adds in its AppConfig.ready:

    PARTS.append(Part("approvals/on_release.html", draft_of))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from brightline.workbench.rulebooks.models import Release


@dataclass(frozen=True)
class Part:
    """A template, and what it is given for a release; None shows nothing."""

    template: str
    context: Callable[[HttpRequest, Release], dict[str, Any] | None]


@dataclass(frozen=True)
class ListPart:
    """A template above the list of a market's releases and what it is given; None: nothing."""

    template: str
    context: Callable[[HttpRequest, str], dict[str, Any] | None]


PARTS: list[Part] = []
LIST_PARTS: list[ListPart] = []
