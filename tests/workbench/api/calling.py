"""Short ways to keys and calls."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.api.actions.make_key import make_key
from brightline.workbench.api.keys import SCOPES


def service(name: str = "shop", market: str = "", queue: str = "") -> User:
    """The account of a program."""
    made = User.objects.create_user(name)
    Grant.objects.create(user=made, role="service", market=market, queue=queue)
    return made


def a_token(*scopes: Any, user: User | None = None, **more: Any) -> str:
    """A key's token; by default for everything that the API has calls for."""
    made = user or User.objects.filter(username="shop").first() or service()
    return make_key("test", made, scopes or SCOPES, None, **more)[1]


def call(path: str, token: str | None, body: Any = None, **headers: str) -> Any:
    """GET, or POST where there is a body."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    client = Client(raise_request_exception=True)
    if body is None:
        return client.get(f"/api/v1{path}", headers=sent)
    raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(f"/api/v1{path}", raw, content_type="application/json", headers=sent)


def listing(ref: str = "a-1", title: str = "Kiếm Nhật trang trí", **more: Any) -> dict[str, Any]:
    """A case as a program sends it."""
    return {
        "ref": ref,
        "market": "VN",
        "subject": "listing",
        "attributes": {"title": title},
        **more,
    }
