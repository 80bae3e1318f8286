"""Send what waits in the outboxes: calls to hooks side by side, mails one by one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from brightline import i18n
from brightline.workbench.delivery.models import Attempt, Delivery, Hook, Mail
from brightline.workbench.delivery.outbox import cut, failed, succeeded, taken
from brightline.workbench.delivery.signing import headers_of
from brightline.workbench.outside import OutsideError, fetch

AT_ONCE = 8
"""Calls in flight; of one hook at most half of them, so that a slow one holds up no other."""
SECONDS = 10.0
"""For one call in all. The lease of a row is longer than that for every row of a round."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Try:
    """What came of a call: the status, or None and what went wrong."""

    code: int | None
    said: str
    seconds: float


def send_deliveries() -> int:
    """Make one round of calls that are due; how many were made."""
    rows: list[Delivery] = []
    for hook in (
        Hook.objects.select_related("made_by").filter(state=Hook.State.ACTIVE).order_by("?")
    ):
        if len(rows) < AT_ONCE:
            mine = taken(Delivery.objects.filter(hook=hook), AT_ONCE // 2)
            for row in mine:
                row.hook = hook
            rows += mine
    if not rows:
        return 0
    with ThreadPoolExecutor(AT_ONCE) as pool:  # the threads call; only this one writes
        for row, tried in zip(rows, pool.map(called, rows), strict=True):
            note(row, tried)
    return len(rows)


def called(delivery: Delivery) -> Try:
    """Make one signed call."""
    body = delivery.body.encode()
    headers = headers_of(
        f"evt_{delivery.event}", int(time.time()), body, delivery.hook.signing_keys()
    )
    began = time.perf_counter()
    tried: tuple[int | None, str]
    maker = delivery.hook.made_by
    try:
        with i18n.use(maker.language if maker is not None else "vi"):  # it is read by people
            answer = fetch(
                "POST", delivery.hook.url, body, headers,
                seconds=SECONDS, allow_private=settings.HOOKS_ALLOW_PRIVATE,
            )  # fmt: skip
        tried = answer.status, answer.body.decode("utf-8", "replace")
    except OutsideError as error:
        tried = None, str(error)
    return Try(tried[0], tried[1], time.perf_counter() - began)


def note(delivery: Delivery, tried: Try) -> None:
    """Write down what came of a call."""
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery, code=tried.code, seconds=tried.seconds, said=cut(tried.said)
        )
        delivery.code = tried.code
        if tried.code is not None and 200 <= tried.code < 300:
            succeeded(delivery, tried.said)
        else:
            failed(delivery, tried.said, for_good=tried.code == GONE)


def send_mails() -> int:
    """Send mails that are due; how many were tried."""
    rows: Sequence[Mail] = taken(Mail.objects.all(), 4)
    for mail in rows:
        message = EmailMultiAlternatives(mail.subject, mail.text, None, [mail.to])
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        try:
            message.send()
        except Exception as error:  # noqa: BLE001 - a mail server may fail in any way
            failed(mail, f"{type(error).__name__}: {error}")
        else:
            succeeded(mail)
    return len(rows)
