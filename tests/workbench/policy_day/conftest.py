"""The people of a policy day, each with a window of their own; the real jobs beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from brightline.workbench import jobs
from brightline.workbench.accounts.models import User
from brightline.workbench.desk import impact as desk_impact
from brightline.workbench.drafts import impact
from brightline.workbench.pilots import drawing
from brightline.workbench.understanding import current
from tests.workbench.making import person

Enter = Callable[..., Any]
Jobs = Callable[[], AbstractContextManager[None]]
ROLES = {
    "lan": "moderator", "thu": "author", "phuong": "legal", "mai": "manager", "duc": "lead",
}  # fmt: skip
"""Who works on this day, and as what. Thu writes; Mai and Đức sign; Lan decides cases."""


@pytest.fixture(autouse=True)
def _nothing_counted():
    """Nothing that one test counted or remembered holds in the next."""
    for remembers in (current, drawing, impact, desk_impact):
        remembers.forget()
    cache.clear()
    yield
    current.forget()
    drawing.forget()


@pytest.fixture
def people(db) -> dict[str, User]:
    """Everyone of the day by name."""
    return {name: person(name, role) for name, role in ROLES.items()}


@pytest.fixture
def enter(browser, live_server) -> Iterator[Enter]:
    """`enter(person)` opens the window of a person who is logged in; no script may fail in it."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_window(who: User, path: str = "/", width: int = 1440, scheme: str = "light") -> Any:
        client = Client()
        client.force_login(who)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", color_scheme=scheme,
            reduced_motion="reduce", base_url=live_server.url,
        )  # fmt: skip
        contexts.append(context)
        context.add_cookies([{
            "name": settings.SESSION_COOKIE_NAME, "url": live_server.url,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }])  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def jobs_run(transactional_db) -> Jobs:
    """`with jobs_run(): …`: the jobs of every room run as they do beside the server."""

    @contextmanager
    def running() -> Iterator[None]:
        stop = threading.Event()
        runner = threading.Thread(target=jobs.run, args=(stop,))
        runner.start()
        try:
            yield
        finally:
            stop.set()
            runner.join()

    return running
