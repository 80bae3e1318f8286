"""Sign what a program pushed; with the last signature it is published. Or decline it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.publishing.models import Push
from brightline.workbench.publishing.waiting import base_at, overtaken_by, standing_of_push
from brightline.workbench.rulebooks.actions.publish import Terms
from brightline.workbench.rulebooks.actions.sign import CannotSign, sign
from brightline.workbench.rulebooks.folders import checked
from brightline.workbench.rulebooks.models import Way
from brightline.workbench.rulebooks.scheduling import CannotRelease
from brightline.workbench.uploaded_rulebook import UnusableArchive, unpacked


@dataclass(frozen=True, slots=True)
class SignedPush:
    """What became of it: the push as it stands now; whether this was the last signature."""

    push: Push
    released: bool


def sign_push(push_id: int, person: User, role: str, shown: str, note: str = "") -> SignedPush:
    """Sign the content `shown` (its hash). Raises `CannotSign`.

    Where it cannot be published though all have signed, the push says why and goes on waiting.
    """
    with transaction.atomic():
        push = _held(push_id)
        look_whether_overtaken(push)
        if push.state != Push.State.WAITING or push.sha != shown:
            raise CannotSign(_("It does not wait any more: {state}.").format(
                state=push.state_words))  # fmt: skip
        now = standing_of_push(push)
        sign(now.book, push.base, person, role, note, now.authors)
    return publish_if_signed(push_id)


def publish_if_signed(push_id: int) -> SignedPush:
    """Publish a push that everyone has signed who must; else leave it as it is."""
    with transaction.atomic():
        push = _held(push_id)
        look_whether_overtaken(push)
        if push.state != Push.State.WAITING or not standing_of_push(push).complete:
            return SignedPush(push, False)
        try:
            with transaction.atomic():
                _publish(push)
        except (CannotRelease, UnusableArchive) as error:
            push.said = str(error)
            push.save(update_fields=["said"])
            return SignedPush(push, False)
    return SignedPush(push, True)


def _publish(push: Push) -> None:
    now = timezone.now()
    later = push.effective_at if push.effective_at and push.effective_at > now else None
    terms = Terms(
        effective_at=later, expires_at=push.expires_at, note=push.note, way=Way.PROGRAM,
        came_from=push.commit, seen=push.base,
    )  # fmt: skip
    with unpacked(io.BytesIO(bytes(push.archive))) as folder:
        book = checked(folder, date.today()).rulebook
        if book is None or book.sha != push.sha:
            raise CannotRelease(_("It has an error by now, as of today's date. Push it again."))
        push.release = publish_folder(book, folder, push.pushed_by, terms=terms)
    push.state, push.settled_at, push.said, push.archive = Push.State.RELEASED, now, "", b""
    push.save()


def decline_push(push_id: int, person: User, why: str) -> Push:
    """It is not wanted: nobody can sign it any more. Raises `CannotSign` without a reason."""
    if not why.strip():
        raise CannotSign(_("Say why: whoever pushed it reads it."))
    with transaction.atomic():
        push = _held(push_id)
        if push.state != Push.State.WAITING:
            raise CannotSign(_("It does not wait any more: {state}.").format(
                state=push.state_words))  # fmt: skip
        push.state, push.said, push.archive = Push.State.DECLINED, why.strip()[:2000], b""
        push.settled_by, push.settled_at = person, timezone.now()
        push.save()
        record(
            EventKind.PUSH_DECLINED, person, ("push", push.pk),
            after={"market": push.market, "sha": push.sha}, why=push.said, rulebook=push.sha,
        )  # fmt: skip
    return push


def look_whether_overtaken(push: Push) -> bool:
    """Whether another release has taken the place it was for; it is kept as overtaken then."""
    if push.state != Push.State.WAITING:
        return push.state == Push.State.OVERTAKEN
    base = base_at(push.market, push.effective_at)
    if base == push.base:
        return False
    if base == push.sha:
        push.state = Push.State.RELEASED  # the same content came another way
    else:
        push.state, push.said = Push.State.OVERTAKEN, str(overtaken_by(push.market, base))
    push.settled_at, push.archive = timezone.now(), b""
    push.save()
    return push.state == Push.State.OVERTAKEN


def _held(push_id: int) -> Push:
    return Push.objects.select_for_update(of=("self",)).get(pk=push_id)
