"""A browser, logged in, beside a live server; and short ways to post to a turn."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.workbench.making import a_case

HELD = "Kiếm Nhật <b>dài</b> trưng bày"


def sent(**more: Any) -> dict[str, Any]:
    """An answer as the page sends it."""
    return {"key": str(uuid.uuid4()), **more}


def post(client: Client, task: Any, what: str, body: object) -> Any:
    """Post JSON to an address of a turn."""
    number = getattr(task, "pk", task)
    return client.post(f"/review/task/{number}/{what}/", json.dumps(body), "application/json")


@pytest.fixture
def task(release, alice, client):
    """A task in alice's hands; she is logged in."""
    from brightline.workbench.cases.actions.claim import claim

    a_case(HELD)
    client.force_login(alice)
    return claim(alice)


@pytest.fixture
def desk(enter) -> Callable[..., Any]:
    """`desk(person, path)` opens a page in chromium as that person; no script may fail on it."""

    def open_desk(person: Any, path: str = "/review/", width: int = 1440, **more: Any) -> Any:
        return enter(person, path, width, **({"reduced_motion": "no-preference"} | more))

    return open_desk
