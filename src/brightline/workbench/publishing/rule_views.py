"""Who signs what in a market: the rules, and setting them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _, language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reaches
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, roles_with, title
from brightline.workbench.cases.naming import markets, rulebook_of
from brightline.workbench.drafts.access import who
from brightline.workbench.look.forms import plain
from brightline.workbench.publishing.actions.set_push_rule import set_push_rule
from brightline.workbench.publishing.actions.set_sign_rules import BadRule, set_sign_rules
from brightline.workbench.publishing.models import PushRule
from brightline.workbench.rulebooks.models import SignRule
from brightline.workbench.rulebooks.signing import USUAL, rules_of

P = Permission
What = SignRule.What


@permitted(P.RULEBOOKS_RELEASE_SIGN)
def sign_rules(request: HttpRequest, market: str) -> HttpResponse:
    """The rules of a market; who publishes there may change them."""
    me = who(request)
    if market not in markets():
        raise Http404
    if not may(me, P.RULEBOOKS_RELEASE_SIGN, market):
        raise PermissionDenied(P.RULEBOOKS_RELEASE_SIGN)
    changes = reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, market, "")
    if request.method == "POST":
        if not changes:
            raise PermissionDenied(P.RULEBOOKS_RELEASE_PUBLISH)
        try:
            set_sign_rules(market, me, _asked(request), plain(request.POST.get("why", ""))[:1000])
        except BadRule as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Kept. It holds for signatures that are still missing."))
        return redirect("sign_rules", market)
    found = rules_of(market)
    book = rulebook_of(market)
    words: dict[str, str] = {}
    if book is not None:
        words = {name: in_language(of, language(), name) for name, of in book.teams.items()}
        words |= {sop.sop: in_language(sop.title, language(), sop.sop) for sop in book.sops}
    return render(
        request,
        "publishing/rules.html",
        {
            "push_rule": PushRule.objects.filter(market=market).select_related("set_by").first(),
            "market": market, "changes": changes, "own": found != list(USUAL),
            "rules": [_told(rule, words) for rule in found],
            "kinds": [(kind.value, kind.words) for kind in What if kind is not What.ANY],
            "roles": [(r.value, title(r)) for r in roles_with(P.RULEBOOKS_RELEASE_SIGN)],
            "sops": [(sop.sop, words[sop.sop]) for sop in book.sops] if book else [],
            "teams": [(name, words[name]) for name in book.teams] if book else [],
        },
    )  # fmt: skip


@permitted(P.RULEBOOKS_RELEASE_PUBLISH)
@require_POST
def push_rule(request: HttpRequest, market: str) -> HttpResponse:
    """Where what programs push is reviewed: here by signatures, or in git."""
    me = who(request)
    if market not in markets():
        raise Http404
    if not reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, market, ""):
        raise PermissionDenied(P.RULEBOOKS_RELEASE_PUBLISH)
    why = plain(request.POST.get("why", ""))[:1000]
    try:
        set_push_rule(market, me, request.POST.get("review") == "git", why)
    except BadRule as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Kept. It holds for what is pushed from now on."))
    return redirect("sign_rules", market)


def _told(rule: tuple[What, str, Role], words: dict[str, str]) -> dict[str, Any]:
    what, value, role = rule
    return {
        "what": what.words, "value": words.get(value, value), "role": title(role),
        "key": f"{what.value}|{value}|{role.value}", "fixed": rule == USUAL[0],
    }  # fmt: skip


def _asked(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The rules that stay, and the new one."""
    rules = []
    for key in request.POST.getlist("keep"):
        what, _bar, rest = key[:200].partition("|")
        value, _bar, role = rest.rpartition("|")
        rules.append((what, value, role))
    what = request.POST.get("what", "")
    if what:
        value = plain(request.POST.get(f"value-{what}", "")).strip()[:80]
        rules.append((what, value, request.POST.get("role", "")[:32]))
    return rules
