"""What rooms above add to the page of a case, such as its statement of reasons or its appeal.

A room adds in its AppConfig.ready:

    PARTS.append(Part("sellers/on_case.html", statement_of, Permission.SELLERS_SELLER_READ))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Case


@dataclass(frozen=True)
class Part:
    """A template, and what it is given for a case; None shows nothing."""

    template: str
    context: Callable[[Case], dict[str, Any] | None]
    permission: Permission


PARTS: list[Part] = []
