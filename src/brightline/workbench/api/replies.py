"""A call with an Idempotency-Key is worked once; the same call again gets the same reply."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Status

from brightline.i18n import _
from brightline.workbench.api.door import ApiError, caller
from brightline.workbench.api.models import Reply

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(minutes=2)
"""A call still being worked on after this long died with its process, and is worked again."""

Worked = tuple[int, dict[str, Any]]


def once(request: HttpRequest, work: Callable[[], Worked]) -> Status[Any] | JsonResponse:
    """The reply of `work`, or the one that the same call got before. Raises `ApiError`."""
    given = request.headers.get(HEADER)
    if given is None:
        return Status(*work())
    given = given.strip()
    if not 1 <= len(given) <= 255 or not given.isascii() or not given.isprintable():
        raise ApiError(
            400, _("an Idempotency-Key has 1 to 255 ASCII characters"), field="Idempotency-Key"
        )
    call = _call_of(request)
    kept = _begun(request, given, call)
    if kept is not None:
        answer = JsonResponse(kept.body, status=kept.status)
        answer["Idempotent-Replayed"] = "true"
        return answer
    mine = Reply.objects.filter(key=caller(request), idempotency=given, call=call)
    try:
        status, body = work()
    except BaseException:
        mine.filter(status=0).delete()  # nothing was kept, so that the call can be mended and sent
        raise
    mine.update(status=status, body=body, at=timezone.now())
    return Status(status, body)


def _begun(request: HttpRequest, given: str, call: str) -> Reply | None:
    """The reply kept for this call; None where this process is to work it now."""
    key, now = caller(request), timezone.now()
    try:
        with transaction.atomic():
            Reply.objects.create(key=key, idempotency=given, call=call, at=now)
        return None
    except IntegrityError:
        pass
    kept = Reply.objects.filter(key=key, idempotency=given).first()
    if kept is None or kept.at < now - KEPT:
        Reply.objects.filter(key=key, idempotency=given).delete()
        return _begun(request, given, call)
    if kept.call != call:
        raise ApiError(
            422,
            _("this Idempotency-Key came before, with another call"),
            _("take a new key for a new call"),
            field=HEADER,
        )
    if kept.status:
        return kept
    taken = Reply.objects.filter(pk=kept.pk, status=0, at=kept.at, at__lt=now - GIVEN_UP)
    if taken.update(at=now):
        return None
    raise ApiError(
        409,
        _("this call is being worked on"),
        _("ask again in a few seconds"),
        field=HEADER,
        headers={"Retry-After": "2"},
    )


def _call_of(request: HttpRequest) -> str:
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def forget_replies() -> int:
    """Drop replies older than a day; how many."""
    return Reply.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
