"""Handle a request: triage it, answer it, turn it down, join it with another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.desk.impact import weigh
from brightline.workbench.desk.models import Request, State
from brightline.workbench.desk.models.request import OPEN
from brightline.workbench.desk.telling import tell_askers


class Closed(Exception):
    """The request is done with, or joined with another."""


def triage(
    request_id: int, by: User, owner: User | None, due: date | None, severity: int = 0
) -> Request:
    """Give it an owner and a day; `severity` (1 to 100) overrides that of the clause.

    Raises `Closed`.
    """
    with transaction.atomic():
        request = _open(request_id)
        before = _seen(request)
        request.owner, request.due, request.severity = owner, due, max(0, min(severity, 100))
        if request.state == State.NEW:
            request.state = State.TRIAGED
        weigh(request)
        return _kept(request, by, before)


def answer(request_id: int, by: User, text: str, state: State) -> Request:
    """Answer everyone who asked: `ANSWERED`, or `DECLINED` with the reason.

    Raises `Closed`, and `ValueError` without words.
    """
    if not text.strip() or state not in (State.ANSWERED, State.DECLINED):
        raise ValueError("an answer says something")
    with transaction.atomic():
        request = _open(request_id)
        before = _seen(request)
        request.answer, request.state = text.strip()[:5000], state
        request.answered_by, request.answered_at = by, timezone.now()
        request.voices.update(read_at=None)
        tell_askers(request)
        return _kept(request, by, before, why=request.answer)


def reopen(request_id: int, by: User) -> Request:
    """Take a request up again that was answered or turned down. Raises `Closed`."""
    with transaction.atomic():
        request = Request.objects.select_for_update().get(pk=request_id)
        if request.state not in (State.ANSWERED, State.DECLINED):
            raise Closed(request_id)
        before = _seen(request)
        request.state = State.TRIAGED
        return _kept(request, by, before)


def join(request_id: int, by: User, into_id: int) -> Request:
    """Join a request with another of the same market: its voices go over, it points there.

    Raises `Closed`, and `ValueError` for itself or another market.
    """
    if request_id == into_id:
        raise ValueError("a request is not joined with itself")
    with transaction.atomic():
        locked = {one.pk: one for one in Request.objects.select_for_update()
                  .filter(pk__in=[request_id, into_id]).order_by("pk")}  # fmt: skip
        request, into = locked.get(request_id), locked.get(into_id)
        if request is None or into is None or request.market != into.market:
            raise ValueError("two requests of one market")
        if request.state not in OPEN or into.state not in OPEN:
            raise Closed(request_id)
        now = timezone.now()
        request.voices.update(request=into)
        request.state, request.merged_into, request.changed_at = State.MERGED, into, now
        request.save()
        into.search_text = f"{into.search_text} {request.search_text}"[:20_000]
        into.changed_at = now
        if into.due is None or (request.due is not None and request.due < into.due):
            into.due = request.due
        into.save()
        record(
            EventKind.REQUEST_MERGED, by, ("request", request.pk),
            after={"market": request.market, "into": into.pk},
        )  # fmt: skip
    return into


def mark_read(request_id: int, person: User) -> None:
    """Note that someone who asked has read the answer."""
    Request.objects.get(pk=request_id).voices.filter(person=person, read_at=None).update(
        read_at=timezone.now()
    )


def _open(request_id: int) -> Request:
    request = Request.objects.select_for_update().get(pk=request_id)
    if request.state not in OPEN:
        raise Closed(request_id)
    return request


def _seen(request: Request) -> dict[str, Any]:
    return {"state": request.state, "owner": request.owner_id, "due": request.due,
            "severity": request.severity}  # fmt: skip


def _kept(request: Request, by: User, before: dict[str, Any], why: str = "") -> Request:
    request.changed_at = timezone.now()
    request.save()
    record(
        EventKind.REQUEST_CHANGED, by, ("request", request.pk), before=before,
        after={"market": request.market, **_seen(request)}, why=why,
    )  # fmt: skip
    return request
