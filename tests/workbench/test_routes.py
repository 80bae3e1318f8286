"""Every address of the workbench says who may come in, and holds to it both ways."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from brightline.workbench.accounts.gate import _OPEN_MODULES
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import ALLOWED, Role
from tests.workbench.making import a_case, person

pytestmark = pytest.mark.django_db
STAND_INS = {"int": 7_000_001, "str": "nothing", "slug": "nothing", "uuid": uuid.UUID(int=7),
             "path": "nothing"}  # fmt: skip


def routes(
    patterns: list[Any] | None = None, prefix: str = "", given: dict[str, Any] | None = None
) -> Iterator[tuple[str, Any]]:
    """(address, view) of every address there is, with stand-ins for what it takes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").replace("String", "Str")
            value = str(STAND_INS[kind.lower()])
            for written in (f"<{kind.lower()}:{name}>", f"<{name}>"):
                here = here.replace(written, value)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            assert isinstance(pattern, URLPattern)
            yield "/" + here.replace("^", "").replace("$", ""), pattern.callback


ALL = list(routes())
OURS = [(a, v) for a, v in ALL if not v.__module__.startswith(_OPEN_MODULES)]
BEHIND = [(a, v) for a, v in OURS if getattr(v, "permission", None)]


def test_every_address_says_who_may_come_in():
    unmarked = [
        address
        for address, view in OURS
        if not (getattr(view, "public", False) or getattr(view, "logged_in", False)
                or getattr(view, "permission", None))
    ]  # fmt: skip
    assert not unmarked
    assert len(BEHIND) > 20


def test_of_the_login_library_only_known_pages_are_reached():
    names = {view.__module__ for _a, view in ALL if view.__module__.startswith("allauth.")}
    assert names <= {
        "allauth.account.views", "allauth.mfa.base.views", "allauth.mfa.totp.views",
        "allauth.mfa.recovery_codes.views",
    }  # fmt: skip
    addresses = [address for address, _view in ALL]
    assert not [a for a in addresses if "signup" in a or "email" in a or "reset" in a]


def outsider(permission: Permission) -> Any:
    """Someone with every role that does not have the permission."""
    roles = [role.value for role in Role if permission not in ALLOWED[role]]
    return person(f"no-{permission}".replace(":", "-"), *roles)


@pytest.mark.parametrize(("address", "view"), BEHIND, ids=[a for a, _v in BEHIND])
def test_who_lacks_the_permission_is_refused_and_who_has_it_is_not(
    client: Client, release, address, view
):
    for method in (client.get, client.post):
        anonymous = method(address)
        assert anonymous.status_code == 302, anonymous.status_code
        assert anonymous["Location"].startswith("/accounts/login/")
    client.force_login(outsider(view.permission))
    for method in (client.get, client.post):
        assert method(address).status_code == 403
    client.force_login(person("everything", *(role.value for role in Role)))
    for method in (client.get, client.post):
        assert method(address).status_code not in (403, 500)


@pytest.mark.parametrize("address", [a for a, v in OURS if getattr(v, "logged_in", False)])
def test_pages_of_ones_own_ask_to_log_in(client: Client, release, address):
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(person("someone"))
    assert client.get(address).status_code in (200, 302, 404, 405)


def test_a_view_without_a_mark_is_closed_to_everyone(client: Client, dave, rf):
    from django.core.exceptions import PermissionDenied

    from brightline.workbench.accounts.gate import GateMiddleware

    request = rf.get("/")
    request.user = dave
    with pytest.raises(PermissionDenied):
        GateMiddleware(lambda _r: None).process_view(request, lambda _r: None, (), {})


PAGES = ["home", "cases", "queues", "people", "add_person", "events", "verify", "my_settings",
         "why", "roles", "account_login", "mfa_index", "account_change_password"]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_a_strict_policy_and_nothing_inline(client: Client, release, name):
    a_case()
    client.force_login(person("everything", *(role.value for role in Role)))
    if name == "account_login":
        client.logout()
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    page = response.content.decode()
    for inline in (" style=", " onclick=", " onload=", "<style", "javascript:"):
        assert inline not in page, inline
    assert "<script>" not in page


def test_a_role_for_one_market_does_not_reach_another(client: Client, release):
    case = a_case().case
    client.force_login(person("th", "manager", market="TH"))
    assert client.get(reverse("case", args=[case.pk])).status_code == 403
    assert client.get(reverse("queue", args=["VN", "regulated"])).status_code == 403
    assert client.get(reverse("market_settings", args=["VN"])).status_code == 403
    assert client.post(reverse("pause_queue", args=["VN", "regulated"])).status_code == 403
    assert client.post(reverse("bulk", args=["VN", "regulated"])).status_code == 403
    assert case.ref not in client.get(reverse("cases")).content.decode()


def test_a_role_for_one_queue_does_not_reach_another(client: Client, release):
    case = a_case().case
    client.force_login(person("rev", "manager", queue="general"))
    assert client.get(reverse("case", args=[case.pk])).status_code == 403
    assert client.get(reverse("queue", args=["VN", "general"])).status_code == 200
    assert client.get(reverse("queue", args=["VN", "regulated"])).status_code == 403
    assert client.get(reverse("market_settings", args=["VN"])).status_code == 403
    client.force_login(person("reg", "manager", queue="regulated"))
    assert client.get(reverse("case", args=[case.pk])).status_code == 200
