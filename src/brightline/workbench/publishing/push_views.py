"""What a program pushed: what it changes, who must sign, and signing or declining it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import title
from brightline.workbench.drafts.access import who
from brightline.workbench.look.forms import plain
from brightline.workbench.publishing.actions.sign_push import (
    decline_push,
    look_whether_overtaken,
    publish_if_signed,
    sign_push,
)
from brightline.workbench.publishing.models import Push
from brightline.workbench.publishing.waiting import standing_of_push
from brightline.workbench.releasing.changes import changes
from brightline.workbench.rulebooks.actions.sign import CannotSign, take_back
from brightline.workbench.rulebooks.models import Signature
from brightline.workbench.rulebooks.times import VIETNAM, said_at

P = Permission


@permitted(P.DRAFTS_DRAFT_READ)
@require_GET
def push_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a push."""
    push, me = _of(request, pk, P.DRAFTS_DRAFT_READ), who(request)
    if push.release is not None:
        return redirect("release", push.market, push.release.number)
    found = standing_of_push(push)
    today = timezone.now().astimezone(VIETNAM).date()
    return render(request, "publishing/push.html", {
        "push": push, "standing": found, "said_at": said_at, "me": me,
        "changes": changes(push.base, found.book, today),
        "signed": [(one, title(one.need.role)) for one in found.signed],
        "mine": [(role.value, title(role)) for role in found.open_to(me)],
        "wrote": me.pk in found.authors,
        "signs": may(me, P.RULEBOOKS_RELEASE_SIGN, push.market),
        "publishes": may(me, P.RULEBOOKS_RELEASE_PUBLISH, push.market),
    })  # fmt: skip


@permitted(P.RULEBOOKS_RELEASE_SIGN)
@require_POST
def push_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign it, take a signature back, decline it, or try again to publish it."""
    push, me = _of(request, pk, P.RULEBOOKS_RELEASE_SIGN), who(request)
    said, what = request.POST, request.POST.get("do")
    try:
        if what == "sign":
            done = sign_push(push.pk, me, said.get("role", "")[:32], said.get("shown", "")[:64],
                             plain(said.get("note", ""))[:2000])  # fmt: skip
            words = _("Signed. Others have still to sign.")
            if done.released:
                words = _("Signed, and published: everyone has signed who must.")
            messages.success(request, words)
        elif what == "unsign":
            mine = Signature.objects.filter(
                market=push.market, sha=push.sha, base=push.base, by=me, taken_back_at=None
            )
            for one in mine:
                take_back(one, me)
        elif what == "decline":
            decline_push(push.pk, me, plain(said.get("why", ""))[:2000])
            messages.success(request, _("Declined. Whoever pushed it sees why."))
        elif what == "publish" and not publish_if_signed(push.pk).released:
            messages.error(request, _("It could not be published: see why below."))
    except CannotSign as error:
        messages.error(request, str(error))
    return redirect("push_approval", push.pk)


def _of(request: HttpRequest, pk: int, permission: Permission) -> Push:
    push = Push.objects.select_related("pushed_by", "settled_by", "release").filter(pk=pk).first()
    if push is None:
        raise Http404
    if not may(request.user, permission, push.market):
        raise PermissionDenied(permission)
    with transaction.atomic():
        look_whether_overtaken(push)
    return push
