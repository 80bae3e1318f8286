"""Precedents: found again, read, retired and restored."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.escalations.actions.change_precedent import change_precedent
from brightline.workbench.escalations.listing import markets_of
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.escalations.searching import hit_of, search, sops_with

_READ = Permission.ESCALATIONS_PRECEDENT_READ


@permitted(_READ)
@require_GET
def precedent_list(request: HttpRequest) -> HttpResponse:
    """The precedents of one's markets, searched."""
    person: Any = request.user
    markets = markets_of(person, _READ)
    text, sop = request.GET.get("q", "")[:200], request.GET.get("sop", "")
    retired = request.GET.get("state") == "retired"
    return render(
        request,
        "escalations/precedents.html",
        {
            "found": search(markets, text, sop, not retired),
            "text": text,
            "sop": sop,
            "retired": retired,
            "sops": sops_with(markets),
            "any": Precedent.objects.filter(market__in=markets).exists(),
        },
    )


@permitted(_READ)
@require_GET
def precedent(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """One precedent."""
    return _page(request, _read(request, precedent_id))


@permitted(Permission.ESCALATIONS_QUESTION_ANSWER)
@require_POST
def change(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """Retire it or restore it, for a reason."""
    found = _read(request, precedent_id)
    active, why = request.POST.get("active") == "yes", request.POST.get("why", "")
    if not why.strip():
        return _page(request, found, _("Give the reason: others will ask."), 400)
    person: Any = request.user
    change_precedent(found.pk, person, active, why)
    again, retired = _("The precedent holds again."), _("Retired: no longer shown on cases.")
    messages.success(request, again if active else retired)
    return redirect("precedent", precedent_id=found.pk)


def _read(request: HttpRequest, precedent_id: int) -> Precedent:
    found = (
        Precedent.objects.select_related("case", "made_by", "reviewed_by", "escalation")
        .filter(pk=precedent_id)
        .first()
    )
    if found is None:
        raise Http404
    if not may(request.user, _READ, found.market):
        raise PermissionDenied(_READ)
    return found


def _page(
    request: HttpRequest, found: Precedent, error: str = "", status: int = 200
) -> HttpResponse:
    changes = may(request.user, Permission.ESCALATIONS_QUESTION_ANSWER, found.market)
    return render(
        request,
        "escalations/precedent.html",
        {"hit": hit_of(found), "error": error, "may_change": changes},
        status=status,
    )
