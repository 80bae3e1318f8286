"""One person: what is known of them, their roles, their account."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.actions.change_password import give_password
from brightline.workbench.accounts.actions.change_person import change_person
from brightline.workbench.accounts.actions.close_account import close_account, open_account
from brightline.workbench.accounts.actions.give_role import Refused, give_role, take_role
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may_manage, reaches
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.accounts.sessions import end_sessions, sessions_of
from brightline.workbench.cases.naming import scope_words
from brightline.workbench.people.forms import GrantForm, PersonForm, roles, scopes, split_scope
from brightline.workbench.people.list_views import invitation

P = Permission


@permitted(P.ACCOUNTS_PERSON_MANAGE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a person; POST changes what is known of them."""
    who = get_object_or_404(User, pk=pk)
    known = {name: getattr(who, name) for name in ("display_name", "email", "language")}
    form = PersonForm(request.POST or None, initial=known, person=who)
    if request.method == "POST" and form.is_valid():
        _manages(request, who)
        if change_person(who, request.user, form.cleaned_data):  # type: ignore[arg-type]
            messages.success(request, _("Saved."))
        return redirect("person", pk)
    grants = [
        (grant, title(Role(grant.role)), scope_words(grant.market, grant.queue))
        for grant in who.grants.select_related("given_by").order_by("pk")
    ]
    return render(
        request,
        "people/person.html",
        {"who": who, "form": form, "grants": grants, "roles": roles(), "scopes": scopes(),
         "sessions": sessions_of(who), "mine": who.pk == request.user.pk,
         "managed": may_manage(request.user, who)},  # type: ignore[arg-type]
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _manages(request: HttpRequest, who: User) -> None:
    """Raises `PermissionDenied` where the person's roles reach further than one's own."""
    if not may_manage(request.user, who):  # type: ignore[arg-type]
        raise PermissionDenied(P.ACCOUNTS_PERSON_MANAGE)


@permitted(P.ACCOUNTS_GRANT_GIVE)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    who = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role and where it holds."))
        return redirect("person", pk)
    market, queue = split_scope(form.cleaned_data["scope"])
    if not reaches(request.user, P.ACCOUNTS_GRANT_GIVE, market, queue):  # type: ignore[arg-type]
        raise PermissionDenied(P.ACCOUNTS_GRANT_GIVE)
    role = Role(form.cleaned_data["role"])
    give_role(who, role, request.user, market=market, queue=queue)  # type: ignore[arg-type]
    said = _("{name} now has the role: {role}, {scope}.")
    messages.success(
        request, said.format(name=who, role=title(role), scope=scope_words(market, queue))
    )
    return redirect("person", pk)


@permitted(P.ACCOUNTS_GRANT_GIVE)
@require_POST
def take(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role away."""
    found = get_object_or_404(Grant.objects.select_related("user"), pk=grant, user_id=pk)
    by: User = request.user  # type: ignore[assignment]
    if not reaches(by, P.ACCOUNTS_GRANT_GIVE, found.market, found.queue):
        raise PermissionDenied(P.ACCOUNTS_GRANT_GIVE)
    try:
        take_role(found, by)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("The role is taken away: {role}.")
        messages.success(request, said.format(role=title(Role(found.role))))
    return redirect("person", pk)


@permitted(P.ACCOUNTS_PERSON_MANAGE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    who = get_object_or_404(User, pk=pk)
    _manages(request, who)
    by: User = request.user  # type: ignore[assignment]
    if request.POST.get("do") == "open":
        open_account(who, by)
        messages.success(request, _("The account is open again."))
        return redirect("person", pk)
    try:
        close_account(who, by, request.POST.get("why", "")[:1000])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The account is closed. What they had in hand is back in the queues.")
        )
    return redirect("person", pk)


@permitted(P.ACCOUNTS_PERSON_MANAGE)
@require_POST
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new first password to someone who lost theirs."""
    who = get_object_or_404(User, pk=pk, is_active=True)
    _manages(request, who)
    if who.pk == request.user.pk:
        return redirect("account_change_password")
    return invitation(request, who, give_password(who, request.user))  # type: ignore[arg-type]


@permitted(P.ACCOUNTS_PERSON_MANAGE)
@require_POST
def log_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a person out everywhere."""
    who = get_object_or_404(User, pk=pk)
    _manages(request, who)
    end_sessions(who, but=request.session.session_key)
    messages.success(request, _("Logged out everywhere."))
    return redirect("person", pk)
