"""Change a notice before it is sent; afterwards only when its gate closes, or withdraw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.understanding.current import forget
from brightline.workbench.understanding.models import Notice

MOST_TITLE, MOST_BODY = 200, 40_000


class Conflict(Exception):
    """Someone else has changed the notice meanwhile, or it was sent."""


class NotKept(ValueError):
    """What cannot be kept; says why, for a person."""


def edit_notice(
    notice: Notice,
    by: User,
    version: int,
    *,
    title: Mapping[str, str],
    body: Mapping[str, str],
    left_out: Sequence[int],
    quiz: bool,
    asked: int,
    needed: int,
) -> Notice:
    """Keep a draft as it was edited. `version` is the one that was read: no edit gets lost.

    Raises `Conflict` and `NotKept`.
    """
    after = {
        "title": _texts(title, MOST_TITLE), "body": _texts(body, MOST_BODY),
        "left_out": sorted({n for n in left_out if 0 <= n < len(notice.witnesses)}),
        "quiz": quiz, "asked": asked, "needed": needed,
    }  # fmt: skip
    shown = len(notice.witnesses) - len(after["left_out"])  # type: ignore[arg-type]
    if quiz and not shown:
        raise NotKept(_("A quiz needs at least one case: show one, or ask for reading only."))
    if quiz and not 1 <= needed <= asked <= 20:
        raise NotKept(_("Of 1 to 20 questions at least one, at most all have to be right."))
    with transaction.atomic():
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if held.version != version or held.state != Notice.State.DRAFT:
            raise Conflict
        before = {key: getattr(held, key) for key in after}
        changed = [key for key in after if before[key] != after[key]]
        if not changed:
            return held
        for key in changed:
            setattr(held, key, after[key])
        held.version += 1
        held.save()
        record(
            EventKind.NOTICE_CHANGED, by, ("notice", held.pk),
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed}, rulebook=held.release.sha,
        )  # fmt: skip
    return held


def _texts(given: Mapping[str, str], most: int) -> dict[str, str]:
    texts = {lang: said.replace("\x00", "").replace("\r\n", "\n").strip()
             for lang, said in given.items()}  # fmt: skip
    for said in texts.values():
        if len(said) > most:
            raise NotKept(_("A text is too long: at most {n} characters.").format(n=most))
    return texts


def move_gate(notice: Notice, by: User, binds_at: datetime, why: str) -> Notice:
    """Let the gate of a notice that was sent close at another time. Raises `NotKept`."""
    if not why.strip():
        raise NotKept(_("Say why: it stands in the log."))
    if binds_at < notice.release.effective_at:
        raise NotKept(_("The gate cannot close before the rules are in force."))
    with transaction.atomic():
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if held.state != Notice.State.SENT:
            raise NotKept(_("It is not in force: it was never sent, or withdrawn."))
        before, held.binds_at = held.binds_at, binds_at
        held.save(update_fields=["binds_at"])
        record(
            EventKind.NOTICE_CHANGED, by, ("notice", held.pk), before={"binds_at": before},
            after={"binds_at": binds_at}, why=why.strip(), rulebook=held.release.sha,
        )  # fmt: skip
    forget()
    return held


def withdraw(notice: Notice, by: User, why: str) -> Notice:
    """Take a notice back that was sent: nobody has to pass it any more. Raises `NotKept`."""
    if not why.strip():
        raise NotKept(_("Say why: it stands in the log."))
    with transaction.atomic():
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if held.state != Notice.State.SENT:
            raise NotKept(_("It is not in force: it was never sent, or withdrawn."))
        held.state = Notice.State.WITHDRAWN
        held.save(update_fields=["state"])
        record(
            EventKind.NOTICE_WITHDRAWN, by, ("notice", held.pk),
            after={"market": held.market, "queue": held.queue, "number": held.release.number},
            why=why.strip(), rulebook=held.release.sha,
        )  # fmt: skip
    forget()
    return held
