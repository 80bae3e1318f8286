"""How a market runs its queues: each setting with what it does."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import reaches
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Market
from brightline.workbench.cases.naming import markets
from brightline.workbench.look.forms import Form
from brightline.workbench.queues.actions.change_market import change_market


class MarketForm(Form):
    """The settings; shares in per cent."""

    automatic = forms.BooleanField(required=False)
    audit_percent = forms.FloatField(min_value=0, max_value=100)
    second_percent = forms.FloatField(min_value=0, max_value=100)
    lease_minutes = forms.IntegerField(min_value=1, max_value=240)
    appeal_days = forms.IntegerField(min_value=1, max_value=365)
    why = forms.CharField(max_length=1000, required=False)


def _percent(share: float) -> float | int:
    """A share in per cent, whole where it is."""
    found = round(share * 100, 2)
    return int(found) if found.is_integer() else found


@permitted(Permission.QUEUES_QUEUE_MANAGE)
def market_settings(request: HttpRequest, market: str) -> HttpResponse:
    """The settings of a market; for those whose right holds in all its queues."""
    me: User = request.user  # type: ignore[assignment]
    if market not in markets():
        raise Http404
    if not reaches(me, Permission.QUEUES_QUEUE_MANAGE, market, ""):
        raise PermissionDenied(Permission.QUEUES_QUEUE_MANAGE)
    now = Market.objects.filter(pk=market).first() or Market(code=market)
    known = {
        "automatic": now.automatic,
        "audit_percent": _percent(now.audit_share),
        "second_percent": _percent(now.second_share),
        "lease_minutes": now.lease_minutes,
        "appeal_days": now.appeal_days,
    }
    form = MarketForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        why = said.pop("why")
        said["audit_share"] = round(said.pop("audit_percent") / 100, 6)
        said["second_share"] = round(said.pop("second_percent") / 100, 6)
        if change_market(market, me, said, why):
            messages.success(request, _("Saved. It holds for cases that come in from now on."))
        return redirect("market_settings", market)
    return render(
        request, "queues/market.html", {"market": market, "form": form},
        status=422 if form.is_bound else 200,
    )  # fmt: skip
