"""The menu: each room's door, in the order of a working day. A room that is not built has none."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import N_
from brightline.workbench.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A door: the name of its address, its words, and the permission that opens it."""

    name: str
    words: str
    permission: Permission


PLACES = (
    Place("console", N_("Review"), Permission.CASES_TASK_WORK),
    Place("appeals", N_("Appeals"), Permission.APPEALS_APPEAL_READ),
    Place("sellers", N_("Sellers"), Permission.SELLERS_SELLER_READ),
)
