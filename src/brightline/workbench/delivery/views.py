"""The pages of webhooks: which there are, one of them with its deliveries."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import in_words
from brightline.workbench.delivery.actions.keep_hook import (
    BadHook,
    change_secret,
    keep_hook,
    set_state,
)
from brightline.workbench.delivery.actions.send_again import send_again
from brightline.workbench.delivery.models import Delivery, Hook
from brightline.workbench.delivery.telling import kinds_offered
from brightline.workbench.rulebooks.models import Release

MANAGE = Permission.DELIVERY_HOOK_MANAGE
STATUSES = ("waiting", "sent", "given_up")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the gate saw to it
    return request.user


def _mine(request: HttpRequest, pk: int) -> Hook:
    """The hook, if the person may manage those of its market."""
    hook = Hook.objects.filter(pk=pk).first()
    if hook is None:
        raise Http404
    if not may(request.user, MANAGE, hook.market):
        raise PermissionDenied(MANAGE)
    return hook


def _markets(request: HttpRequest) -> list[str]:
    """The markets a hook of theirs may be of; an empty one for all of them."""
    every = set(Release.objects.values_list("market", flat=True))
    every |= {market for market, _queue in reach(_person(request), MANAGE)} - {""}
    return [market for market in ["", *sorted(every)] if may(request.user, MANAGE, market)]


@permitted(MANAGE)
def hooks(request: HttpRequest) -> HttpResponse:
    """Every hook, with how its deliveries stand."""
    count = {
        status: Count("deliveries", filter=Q(deliveries__status=status)) for status in STATUSES
    }
    found = [h for h in Hook.objects.annotate(**count) if may(request.user, MANAGE, h.market)]
    found.sort(key=lambda hook: hook.state == Hook.State.ENDED)
    return render(request, "delivery/hooks.html", {"hooks": found})


@permitted(MANAGE)
def add_hook(request: HttpRequest) -> HttpResponse:
    """The form for a new hook."""
    return _form(request, None)


@permitted(MANAGE)
def change_hook(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to change one."""
    return _form(request, _mine(request, pk))


def _form(request: HttpRequest, hook: Hook | None) -> HttpResponse:
    given = {
        "name": hook.name if hook else "",
        "url": hook.url if hook else "",
        "kinds": hook.kinds if hook else [],
        "market": hook.market if hook else _markets(request)[0],
    }
    wrong: BadHook | None = None
    if request.method == "POST":
        given = {
            "name": request.POST.get("name", ""),
            "url": request.POST.get("url", ""),
            "kinds": request.POST.getlist("kinds"),
            "market": request.POST.get("market", ""),
        }
        if given["market"] not in _markets(request):
            raise PermissionDenied(MANAGE)
        try:
            kept = keep_hook(hook, _person(request), **given)
        except BadHook as error:
            wrong = error
        else:
            messages.success(request, _("Saved."))
            return redirect("hook", pk=kept.pk)
    kinds = [(kind.value, in_words(kind)) for kind in kinds_offered()]
    context = {"hook": hook, "given": given, "wrong": wrong, "kinds": kinds,
               "markets": _markets(request)}  # fmt: skip
    return render(request, "delivery/hook_form.html", context, status=422 if wrong else 200)


@permitted(MANAGE)
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """One hook: its secret, its deliveries, what the other side answered."""
    mine = _mine(request, pk)
    rows = mine.deliveries.order_by("-id")
    status = request.GET.get("status", "")
    if status in STATUSES:
        rows = rows.filter(status=status)
    page = Paginator(rows.prefetch_related("tries"), 50).get_page(request.GET.get("page"))
    context = {
        "hook": mine, "page": page, "status": status, "in_words": in_words,
        "show_secret": request.GET.get("secret") == "1",
    }  # fmt: skip
    return render(request, "delivery/hook.html", context)


@permitted(MANAGE)
@require_POST
def hook_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, go on, end, or change the secret."""
    mine, what = _mine(request, pk), request.POST.get("do")
    if what == "secret":
        change_secret(mine, _person(request))
        messages.success(
            request,
            _("The secret is changed. For 24 hours calls are signed with the old one too."),
        )
    elif what in Hook.State.values:
        set_state(mine, Hook.State(what), _person(request))
    return redirect("hook", pk=pk)


@permitted(MANAGE)
@require_POST
def delivery_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one delivery again."""
    row = Delivery.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    mine = _mine(request, row.hook_id)
    send_again(row, _person(request))
    messages.success(request, _("It is sent again within seconds."))
    return redirect("hook", pk=mine.pk)
