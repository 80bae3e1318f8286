"""The page of keys: which there are, a new one (shown once), withdrawing one."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.actions.add_person import add_person
from brightline.workbench.accounts.actions.give_role import give_role
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission, in_words
from brightline.workbench.accounts.roles import Role
from brightline.workbench.api.actions.make_key import NoKey, is_service, make_key
from brightline.workbench.api.actions.withdraw_key import withdraw_key
from brightline.workbench.api.keys import SCOPES
from brightline.workbench.api.models import ApiKey
from brightline.workbench.rulebooks.models import Release

MANAGE = Permission.ACCOUNTS_KEY_MANAGE
NEW = "new"
_NAME = re.compile(r"[\w.@+-]+")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the gate saw to it
    return request.user


@permitted(MANAGE)
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, and the form for a new one."""
    return _page(request)


def _page(
    request: HttpRequest, token: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    found = [
        key
        for key in ApiKey.objects.select_related("user", "made_by")
        if may(request.user, MANAGE, key.market)
    ]
    context = {
        "keys": found, "token": token, "wrong": wrong, "given": request.POST,
        "scopes": [(scope.value, in_words(scope)) for scope in SCOPES],
        "chosen": request.POST.getlist("scopes") or [SCOPES[0].value, SCOPES[1].value],
        "accounts": _accounts(), "markets": _markets(request), "may_add": _may_add(request),
        "in_words": lambda scope: in_words(Permission(scope)),
    }  # fmt: skip
    return render(request, "api/keys.html", context, status=status)


def _accounts() -> list[User]:
    users = User.objects.filter(is_active=True, grants__role=Role.SERVICE.value).distinct()
    return [user for user in users.order_by("username") if is_service(user)]


def _markets(request: HttpRequest) -> list[str]:
    every = set(Release.objects.values_list("market", flat=True))
    every |= {market for market, _queue in reach(_person(request), MANAGE)} - {""}
    return [market for market in ["", *sorted(every)] if may(request.user, MANAGE, market)]


def _may_add(request: HttpRequest) -> bool:
    """Whether they may make an account for a program, not only a key to one."""
    needed = (Permission.ACCOUNTS_PERSON_MANAGE, Permission.ACCOUNTS_GRANT_GIVE)
    return all(may(request.user, one) for one in needed)


@permitted(MANAGE)
@require_POST
def add_key(request: HttpRequest) -> HttpResponse:
    """Make a key and show it, this once: it is in no address and no log."""
    market = request.POST.get("market", "")
    if market not in _markets(request):
        raise PermissionDenied(MANAGE)
    assert isinstance(request.user, User)
    try:
        scopes = [scope for scope in SCOPES if scope.value in request.POST.getlist("scopes")]
        rate = request.POST.get("rate", "").strip()
        if not rate.isascii() or not rate.isdigit() or len(rate) > 9:
            raise NoKey(_("the limit a minute lies between 1 and 1,000,000"))
        with transaction.atomic():  # an account without its key would be left over
            user = _account(request, market)
            name = request.POST.get("name", "")
            _key, token = make_key(name, user, scopes, request.user, market=market, rate=int(rate))
    except NoKey as error:
        return _page(request, wrong=str(error), status=422)
    return _page(request, token)


def _account(request: HttpRequest, market: str) -> User:
    """The account chosen, or a new one. Raises `NoKey`."""
    chosen = request.POST.get("account", "")
    if chosen != NEW:
        found = [user for user in _accounts() if str(user.pk) == chosen]
        if not found:
            raise NoKey(_("choose the account that the key belongs to"))
        return found[0]
    needed = (Permission.ACCOUNTS_PERSON_MANAGE, Permission.ACCOUNTS_GRANT_GIVE)
    if not all(may(request.user, one, market) for one in needed):
        raise PermissionDenied(Permission.ACCOUNTS_PERSON_MANAGE)
    assert isinstance(request.user, User)
    name = request.POST.get("new_account", "").strip()
    if not 2 <= len(name) <= 60 or not _NAME.fullmatch(name):
        raise NoKey(_("the account of a program needs a name of 2 to 60 letters or digits"))
    try:
        with transaction.atomic():
            user = add_person(name, None, request.user)
    except IntegrityError:
        raise NoKey(_("there is an account of that name already")) from None
    give_role(user, Role.SERVICE, request.user, market=market)
    return user


@permitted(MANAGE)
@require_POST
def end_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a key."""
    key = ApiKey.objects.filter(pk=pk).first()
    if key is None:
        raise Http404
    if not may(request.user, MANAGE, key.market):
        raise PermissionDenied(MANAGE)
    if withdraw_key(key, _person(request)):
        messages.success(
            request,
            _("The key {name} is withdrawn: it opens nothing any more.").format(name=key.name),
        )
    return redirect("keys")
