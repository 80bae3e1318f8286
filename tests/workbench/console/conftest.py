"""A browser, logged in, beside a live server; and short ways to post to a turn."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
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
def desk(browser, live_server) -> Iterator[Any]:
    """`desk(person, path)` opens a page in chromium as that person; no script may fail on it."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_desk(person: Any, path: str = "/review/", width: int = 1440, **more: Any) -> Any:
        client = Client()
        client.force_login(person)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", **more
        )
        contexts.append(context)
        context.add_cookies([{
            "name": settings.SESSION_COOKIE_NAME, "url": live_server.url,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }])  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert not wrong
