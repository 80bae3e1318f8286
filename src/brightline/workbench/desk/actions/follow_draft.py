"""Move requests along with the draft that answers them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import Told, record_many
from brightline.workbench.desk.models import Request, State
from brightline.workbench.desk.models.request import OPEN
from brightline.workbench.desk.telling import tell_askers


def being_drafted(requests: Sequence[Request], by: User | None) -> None:
    """A change is being written for them. Call it in the transaction of the draft."""
    _move(requests, State.DRAFTED, by, {State.NEW, State.TRIAGED, State.ANSWERED, State.DECLINED})


def back_to_desk(requests: Sequence[Request], by: User | None) -> None:
    """Their draft was dropped: they wait again."""
    _move(requests, State.TRIAGED, by, {State.DRAFTED})


def in_force(requests: Sequence[Request], by: User | None) -> None:
    """Their change is released."""
    _move(requests, State.DONE, by, {*OPEN, State.ANSWERED})


def _move(requests: Sequence[Request], state: State, by: User | None, of: set[State]) -> None:
    told = []
    for one in requests:
        if one.state not in of:
            continue
        before, one.state, one.changed_at = one.state, state, timezone.now()
        one.save(update_fields=["state", "changed_at"])
        if state == State.DONE:
            tell_askers(one)
        told.append(
            Told(EventKind.REQUEST_CHANGED, ("request", one.pk), before={"state": before},
                 after={"market": one.market, "state": state})
        )  # fmt: skip
    record_many(told, by)
